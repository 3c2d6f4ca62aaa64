// A proxy as others run it, on 127.0.0.1: tinyproxy (CONNECT) or microsocks (SOCKS5), of Debian.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace linkaudit::tests {

class RealProxy {
 public:
  enum class Kind { tinyproxy, microsocks };

  // With `user` "" everybody may use it. Waits until it answers. Throws std::runtime_error when it does not.
  explicit RealProxy(Kind kind, const std::string& user = "", const std::string& password = "");
  ~RealProxy();  // ends it
  RealProxy(const RealProxy&) = delete;
  RealProxy& operator=(const RealProxy&) = delete;

  int port() const { return port_; }
  std::string at() const { return "127.0.0.1:" + std::to_string(port_); }
  std::string log() const;  // all it has said

  // Whether it comes to say so: it writes when it likes.
  bool says(const std::string& words) const;

 private:
  bool begin(Kind kind, const std::string& user, const std::string& password);
  bool answers() const;

  std::string directory_;
  int port_ = 0;
  pid_t process_ = -1;
};

// A port of 127.0.0.1 that nobody listens on, for now.
int free_port();

}  // namespace linkaudit::tests
