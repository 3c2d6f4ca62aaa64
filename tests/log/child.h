// A second process: for what only another process can show (locks, kills, other rights).
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

namespace linkaudit::log {

// Runs `work` in a forked child. Ends with it: a child still there is killed. The program has no other threads.
class Child {
 public:
  // `work` gets the writing end of a pipe; what it throws is written there and makes the child fail.
  explicit Child(const std::function<void(int pipe)>& work);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // The next byte that the child wrote; false at the end.
  bool next(char& byte);
  // All that is left to read, until the child has closed its end.
  std::string rest();
  void kill();  // SIGKILL
  bool running();
  bool succeeded();  // waits

 private:
  void wait(int options = 0);

  pid_t process_ = -1;
  int pipe_ = -1, status_ = 0;
};

void write_to(int pipe, const std::string& text);

// What `work` gives, run as a user who owns nothing (where the tests run as root; else as the user there is).
std::string as_somebody_else(const std::function<std::string()>& work);

}  // namespace linkaudit::log
