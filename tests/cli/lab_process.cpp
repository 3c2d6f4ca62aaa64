#include "tests/cli/lab_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

#include "tests/cli/program.h"

namespace linkaudit::tests {

LabProcess::LabProcess(const Scratch& scratch) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, scratch.path().c_str());
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  std::string program = LINKAUDIT_PROGRAM, command = "lab", option = "--out", directory = "lab";
  char* arguments[] = {program.data(), command.data(), option.data(), directory.data(), nullptr};
  const int failed = ::posix_spawn(&process_, program.c_str(), &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  char byte = 0;
  std::string line;  // it is ready when it has said so
  while (failed == 0 && ::read(ends[0], &byte, 1) == 1 && byte != '\n') line += byte;
  ::close(ends[0]);
  if (line.find("linkaudit.yaml") == std::string::npos) throw std::runtime_error("the lab did not start: " + line);
}

LabProcess::~LabProcess() {
  if (process_ > 0) stop();
}

int LabProcess::stop() {
  const pid_t process = std::exchange(process_, 0);
  ::kill(process, SIGTERM);
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace linkaudit::tests
