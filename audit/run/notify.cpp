#include "audit/run/notify.h"

#include <sys/wait.h>

#include <csignal>
#include <cstdio>
#include <stdexcept>

namespace linkaudit::run {

int notify(const std::string& command, const std::string& json) {
  std::fflush(nullptr);
  // A command that does not read must not end us.
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  std::FILE* pipe = ::popen(command.c_str(), "w");
  if (pipe == nullptr) {
    std::signal(SIGPIPE, before);
    throw std::runtime_error("cannot start the notification command");
  }
  // Unbuffered: what a command that does not read leaves behind would make pclose() forget its exit status.
  std::setvbuf(pipe, nullptr, _IONBF, 0);
  std::fwrite(json.data(), 1, json.size(), pipe);
  const int status = ::pclose(pipe);
  std::signal(SIGPIPE, before);
  if (WIFSIGNALED(status)) return 128 + WTERMSIG(status);
  return WEXITSTATUS(status);
}

}  // namespace linkaudit::run
