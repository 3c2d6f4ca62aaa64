#include "tests/log/child.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <exception>
#include <stdexcept>

namespace linkaudit::log {

void write_to(int pipe, const std::string& text) {
  if (::write(pipe, text.data(), text.size()) != static_cast<ssize_t>(text.size())) ::_exit(3);
}

Child::Child(const std::function<void(int pipe)>& work) {
  int ends[2] = {-1, -1};
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  process_ = ::fork();
  if (process_ == 0) {
    ::close(ends[0]);
    try {
      work(ends[1]);
    } catch (const std::exception& error) {
      write_to(ends[1], error.what());
      ::_exit(1);
    }
    ::_exit(0);
  }
  ::close(ends[1]);
  pipe_ = ends[0];
  if (process_ < 0) throw std::runtime_error("no process");
}

Child::~Child() {
  kill();
  wait();
  ::close(pipe_);
}

bool Child::next(char& byte) {
  ssize_t got = 0;
  do {
    got = ::read(pipe_, &byte, 1);
  } while (got < 0 && errno == EINTR);
  return got == 1;
}

std::string Child::rest() {
  std::string text;
  for (char byte = 0; next(byte);) text += byte;
  return text;
}

void Child::kill() {
  if (process_ > 0) ::kill(process_, SIGKILL);
}

void Child::wait(int options) {
  if (process_ <= 0) return;
  pid_t ended = 0;
  do {
    ended = ::waitpid(process_, &status_, options);
  } while (ended < 0 && errno == EINTR);
  if (ended != 0) process_ = -1;
}

bool Child::running() {
  wait(WNOHANG);
  return process_ > 0;
}

bool Child::succeeded() {
  wait();
  return WIFEXITED(status_) && WEXITSTATUS(status_) == 0;
}

std::string as_somebody_else(const std::function<std::string()>& work) {
  constexpr uid_t kNobody = 65534;
  Child child([&](int pipe) {
    if (::geteuid() == 0 && (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) throw std::runtime_error("no setuid");
    write_to(pipe, work());
  });
  return child.rest();
}

}  // namespace linkaudit::log
