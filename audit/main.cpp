// linkaudit. Wires the command line to this process's streams and clock, and does nothing else: a command's way is
// cli/<command>.cpp -> run/ (due -> probes -> log) or query/ (log -> law -> tables) -> reports/.

#include <chrono>
#include <csignal>
#include <iostream>

#include "audit/cli/command_line.h"

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // likewise a file that may not grow
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error of writing, not our end
  const auto now = [] {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  };
  return linkaudit::cli::run_command_line(argc, argv, std::cout, std::cerr, now);
}
