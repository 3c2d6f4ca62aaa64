// libcurl's sockets and timer, waited for by epoll: what a turn costs depends on the sockets that have something to
// say, not on all that are open.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <optional>

namespace linkaudit::probes {

// One thread, but for wake(). Must outlive the multi handle that it is attached to. Throws std::runtime_error when the
// system gives no file descriptors, or libcurl does not go on.
class MultiEvents {
 public:
  using Clock = std::chrono::steady_clock;

  MultiEvents();
  ~MultiEvents();
  MultiEvents(const MultiEvents&) = delete;
  MultiEvents& operator=(const MultiEvents&) = delete;

  void attach(CURLM* multi);  // once

  // Waits for sockets, libcurl's timer or wake(), no longer than told, and lets libcurl do what there is to do.
  void turn(std::chrono::milliseconds at_most);

  void wake() noexcept;  // any thread: ends the turn under way, or the next

 private:
  static int watch(CURL*, curl_socket_t socket, int what, void* self, void* known) noexcept;
  static int set_timer(CURLM*, long after_ms, void* self) noexcept;
  int timeout_ms(std::chrono::milliseconds at_most) const;
  void act(curl_socket_t socket, int events);
  void forget_wakes() const;

  CURLM* multi_ = nullptr;
  int epoll_ = -1, woken_ = -1;
  std::optional<Clock::time_point> timer_;
};

}  // namespace linkaudit::probes
