#include "audit/serve/service_notice.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <utility>

namespace linkaudit::serve {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::optional<long long> number(const std::string& text) {
  long long value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::chrono::milliseconds> ping_interval() {
  const auto microseconds = number(environment("WATCHDOG_USEC"));
  const auto process = number(environment("WATCHDOG_PID"));
  if (!microseconds || *microseconds <= 0 || (process && *process != ::getpid())) return std::nullopt;
  return std::chrono::milliseconds(*microseconds / 2000);  // twice as often as wanted
}

}  // namespace

ServiceNotice ServiceNotice::from_environment() {
  ServiceNotice notice;
  notice.address_ = environment("NOTIFY_SOCKET");
  const bool is_path = notice.address_.starts_with('/') || notice.address_.starts_with('@');
  if (!is_path || notice.address_.size() >= sizeof(sockaddr_un::sun_path)) return notice;
  notice.socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  notice.ping_every_ = ping_interval();
  return notice;
}

ServiceNotice::ServiceNotice(ServiceNotice&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      address_(std::move(other.address_)),
      ping_every_(other.ping_every_),
      pinged_(other.pinged_) {}

ServiceNotice& ServiceNotice::operator=(ServiceNotice&& other) noexcept {
  std::swap(socket_, other.socket_);
  std::swap(address_, other.address_);
  ping_every_ = other.ping_every_;
  pinged_ = other.pinged_;
  return *this;
}

ServiceNotice::~ServiceNotice() {
  if (socket_ >= 0) ::close(socket_);
}

void ServiceNotice::send(const std::string& message) {
  if (socket_ < 0) return;
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, address_.data(), address_.size());
  if (to.sun_path[0] == '@') to.sun_path[0] = '\0';  // an abstract name
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address_.size());
  // A manager that does not listen is no reason to stop.
  (void)::sendto(socket_, message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                 reinterpret_cast<const sockaddr*>(&to), length);
}

void ServiceNotice::ready() {
  send("READY=1");
}

void ServiceNotice::reloading() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  send("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(now.tv_sec * 1'000'000LL + now.tv_nsec / 1000));
}

void ServiceNotice::stopping() {
  send("STOPPING=1");
}

void ServiceNotice::status(std::string_view one_line) {
  send("STATUS=" + std::string(one_line));
}

void ServiceNotice::alive() {
  if (!ping_every_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - pinged_ < *ping_every_ / 2) return;
  pinged_ = now;
  send("WATCHDOG=1");
}

}  // namespace linkaudit::serve
