#include "probes/fetch/multi_events.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <system_error>

namespace linkaudit::probes {
namespace {

constexpr std::size_t kEventsAtOnce = 64;

std::uint32_t wanted(int what) {
  std::uint32_t events = 0;
  if ((what & CURL_POLL_IN) != 0) events |= EPOLLIN;
  if ((what & CURL_POLL_OUT) != 0) events |= EPOLLOUT;
  return events;
}

int seen(std::uint32_t events) {
  int bits = 0;
  if ((events & EPOLLIN) != 0) bits |= CURL_CSELECT_IN;
  if ((events & EPOLLOUT) != 0) bits |= CURL_CSELECT_OUT;
  if ((events & (EPOLLERR | EPOLLHUP)) != 0) bits |= CURL_CSELECT_ERR;
  return bits;
}

bool control(int epoll, int operation, int descriptor, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = descriptor;
  return epoll_ctl(epoll, operation, descriptor, &event) == 0;
}

}  // namespace

MultiEvents::MultiEvents() : epoll_(epoll_create1(EPOLL_CLOEXEC)), woken_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (epoll_ >= 0 && woken_ >= 0 && control(epoll_, EPOLL_CTL_ADD, woken_, EPOLLIN)) return;
  const int error = errno;
  if (epoll_ >= 0) close(epoll_);
  if (woken_ >= 0) close(woken_);
  throw std::system_error(error, std::generic_category(), "cannot wait for connections");
}

MultiEvents::~MultiEvents() {
  close(woken_);
  close(epoll_);
}

void MultiEvents::attach(CURLM* multi) {
  multi_ = multi;
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &MultiEvents::watch);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &MultiEvents::set_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
}

void MultiEvents::turn(std::chrono::milliseconds at_most) {
  std::array<epoll_event, kEventsAtOnce> events{};
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), timeout_ms(at_most));
  if (count < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "cannot wait");
  for (const epoll_event& event : std::span(events).first(static_cast<std::size_t>(std::max(count, 0)))) {
    if (event.data.fd == woken_) {
      forget_wakes();
    } else {
      act(event.data.fd, seen(event.events));
    }
  }
  if (!timer_ || *timer_ > Clock::now()) return;
  timer_.reset();
  act(CURL_SOCKET_TIMEOUT, 0);
}

// Rounded up: libcurl takes a timer that rings early for none.
int MultiEvents::timeout_ms(std::chrono::milliseconds at_most) const {
  auto longest = std::max(at_most, std::chrono::milliseconds(0));
  if (timer_) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*timer_ - Clock::now());
    longest = std::clamp(left, std::chrono::milliseconds(0), longest);
  }
  return static_cast<int>(longest.count());
}

void MultiEvents::act(curl_socket_t socket, int events) {
  int running = 0;
  if (const auto code = curl_multi_socket_action(multi_, socket, events, &running); code != CURLM_OK) {
    throw std::runtime_error(std::string("libcurl: ") + curl_multi_strerror(code));
  }
}

void MultiEvents::wake() noexcept {
  const std::uint64_t one = 1;
  // Full, it is readable already.
  static_cast<void>(!write(woken_, &one, sizeof one));
}

void MultiEvents::forget_wakes() const {
  std::uint64_t times = 0;
  static_cast<void>(!read(woken_, &times, sizeof times));
}

int MultiEvents::watch(CURL*, curl_socket_t socket, int what, void* self, void* known) noexcept {
  auto& events = *static_cast<MultiEvents*>(self);
  if (what == CURL_POLL_REMOVE) {
    control(events.epoll_, EPOLL_CTL_DEL, socket, 0);
    return 0;
  }
  if (known != nullptr) return control(events.epoll_, EPOLL_CTL_MOD, socket, wanted(what)) ? 0 : -1;
  if (!control(events.epoll_, EPOLL_CTL_ADD, socket, wanted(what))) return -1;
  curl_multi_assign(events.multi_, socket, self);
  return 0;
}

int MultiEvents::set_timer(CURLM*, long after_ms, void* self) noexcept {
  auto& timer = static_cast<MultiEvents*>(self)->timer_;
  timer.reset();
  if (after_ms >= 0) timer = Clock::now() + std::chrono::milliseconds(after_ms);
  return 0;
}

}  // namespace linkaudit::probes
