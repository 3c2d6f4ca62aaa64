// Tells the service manager how the daemon does: sd_notify(3)'s protocol, datagrams of VARIABLE=value lines to the
// socket that NOTIFY_SOCKET names. Nothing happens where there is none.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace linkaudit::serve {

// Move-only; used by one thread at a time.
class ServiceNotice {
 public:
  // From the environment: NOTIFY_SOCKET, and WATCHDOG_USEC for this process (WATCHDOG_PID).
  static ServiceNotice from_environment();

  ServiceNotice(ServiceNotice&& other) noexcept;
  ServiceNotice& operator=(ServiceNotice&& other) noexcept;
  ~ServiceNotice();

  void ready();
  void reloading();
  void stopping();
  void status(std::string_view one_line);
  void alive();  // the watchdog's ping; not more often than it wants

  // How often alive() has to be called; nothing without a watchdog.
  std::optional<std::chrono::milliseconds> ping_every() const { return ping_every_; }

 private:
  ServiceNotice() = default;
  void send(const std::string& message);

  int socket_ = -1;
  std::string address_;
  std::optional<std::chrono::milliseconds> ping_every_;
  std::chrono::steady_clock::time_point pinged_{};
};

}  // namespace linkaudit::serve
