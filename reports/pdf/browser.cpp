#include "reports/pdf/browser.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

namespace linkaudit::reports::pdf {
namespace {

constexpr std::chrono::seconds longest{300};
constexpr const char* names[] = {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"};

// What a process is started with, for the C interface.
std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

std::vector<std::string> arguments(const std::string& browser, const std::string& page, const std::string& output,
                                   const std::string& directory) {
  std::vector<std::string> all = {browser,
                                  "--headless",
                                  "--disable-gpu",
                                  "--disable-dev-shm-usage",
                                  "--no-first-run",
                                  "--no-default-browser-check",
                                  "--disable-extensions",
                                  "--disable-sync",
                                  "--disable-background-networking",
                                  "--disable-component-update",
                                  "--disable-breakpad",
                                  "--host-resolver-rules=MAP * ~NOTFOUND",
                                  "--proxy-server=127.0.0.1:9",  // addresses need no resolver; nobody answers there
                                  "--user-data-dir=" + directory + "/profile",
                                  "--no-pdf-header-footer",
                                  "--print-to-pdf=" + output};
  if (::geteuid() == 0) all.emplace_back("--no-sandbox");
  all.push_back("file://" + page);
  return all;
}

// Nothing of ours but where programs are: tokens in the environment are not the browser's.
std::vector<std::string> environment(const std::string& directory) {
  const char* path = std::getenv("PATH");
  return {fmt::format("PATH={}", path != nullptr ? path : "/usr/bin:/bin"),
          "HOME=" + directory,
          "TMPDIR=" + directory,
          "XDG_CONFIG_HOME=" + directory,
          "XDG_CACHE_HOME=" + directory,
          "LANG=C.UTF-8"};
}

pid_t start(const std::string& browser, std::vector<std::string> texts, const std::string& directory) {
  std::vector<std::string> variables = environment(directory);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const std::string messages = directory + "/messages";
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, messages.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t process = 0;
  const int error =
      ::posix_spawn(&process, browser.c_str(), &actions, nullptr, pointers(texts).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error(fmt::format("cannot start {}: {}", browser, std::strerror(error)));
  return process;
}

int wait_for(pid_t process, const std::string& browser) {
  const auto deadline = std::chrono::steady_clock::now() + longest;
  for (int status = 0;;) {
    const pid_t ended = ::waitpid(process, &status, WNOHANG);
    if (ended == process) return status;
    if (ended < 0 && errno != EINTR) throw std::runtime_error(browser + ": " + std::strerror(errno));
    if (std::chrono::steady_clock::now() > deadline) {
      ::kill(process, SIGKILL);  // the processes that it started end with it
      ::waitpid(process, &status, 0);
      throw std::runtime_error(fmt::format("{} has not printed the page within {} s", browser, longest.count()));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

}  // namespace

std::string find_browser() {
  const char* path = std::getenv("PATH");
  std::istringstream places(path != nullptr ? path : "");
  std::vector<std::string> directories;
  for (std::string place; std::getline(places, place, ':');) {
    if (!place.empty()) directories.push_back(place);
  }
  for (const char* name : names) {
    for (const std::string& place : directories) {
      std::string candidate = place + "/" + name;
      if (::access(candidate.c_str(), X_OK) == 0) return candidate;
    }
  }
  throw std::runtime_error(
      "a PDF is printed by Chromium or Chrome, and neither is installed (apt install chromium); the .html can be "
      "printed from any browser");
}

namespace {

// What an operator has to change; the rest of what browsers say helps nobody.
std::string known_reason(const std::string& directory) {
  std::ifstream messages(directory + "/messages");
  for (std::string line; std::getline(messages, line);) {
    if (line.find("No usable sandbox") != std::string::npos) return ": the system lets it have no sandbox";
  }
  return {};
}

}  // namespace

void print_page(const std::string& browser, const std::string& page, const std::string& output,
                const std::string& directory) {
  const int status = wait_for(start(browser, arguments(browser, page, output, directory), directory), browser);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
  throw std::runtime_error(WIFEXITED(status) ? fmt::format("{} could not print the page (exit {}){}", browser,
                                                           WEXITSTATUS(status), known_reason(directory))
                                             : fmt::format("{} was ended by signal {}", browser, WTERMSIG(status)));
}

}  // namespace linkaudit::reports::pdf
