#include "tests/probes/fetch/real_proxy.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace linkaudit::tests {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

bool comes_true(const std::function<bool()>& condition) {
  for (int tries = 0; tries < 1000; ++tries) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

std::vector<std::string> microsocks(int port, const std::string& user, const std::string& password) {
  std::vector<std::string> command = {"microsocks", "-i", "127.0.0.1", "-p", std::to_string(port)};
  if (!user.empty()) command.insert(command.end(), {"-u", user, "-P", password});
  return command;
}

std::vector<std::string> tinyproxy(const std::string& directory, int port, const std::string& user,
                                   const std::string& password) {
  std::ofstream settings(directory + "/tinyproxy.conf");
  settings << "Port " << port
           << "\nListen 127.0.0.1\nTimeout 30\nMaxClients 100\nLogLevel Info\nDisableViaHeader Yes\n";
  if (!user.empty()) settings << "BasicAuth " << user << " " << password << "\n";
  return {"tinyproxy", "-d", "-c", directory + "/tinyproxy.conf"};
}

pid_t start(const std::vector<std::string>& command, const std::string& log) {
  std::vector<char*> arguments;
  for (const std::string& each : command) arguments.push_back(const_cast<char*>(each.c_str()));
  arguments.push_back(nullptr);
  const pid_t process = fork();
  if (process != 0) return process;
  const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

}  // namespace

int free_port() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  const bool known = bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(listener);
  if (!known) throw std::runtime_error("no port of 127.0.0.1 is free");
  return ntohs(address.sin_port);
}

RealProxy::RealProxy(Kind kind, const std::string& user, const std::string& password) {
  std::string name = std::filesystem::temp_directory_path() / "linkaudit-proxy-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no directory for a proxy");
  directory_ = name;
  // Somebody else may take the port in between.
  for (int tries = 0; tries < 5; ++tries) {
    if (begin(kind, user, password)) return;
  }
  throw std::runtime_error("the proxy does not start: " + log());
}

RealProxy::~RealProxy() {
  if (process_ > 0) {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
  }
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

bool RealProxy::begin(Kind kind, const std::string& user, const std::string& password) {
  port_ = free_port();
  process_ =
      start(kind == Kind::microsocks ? microsocks(port_, user, password) : tinyproxy(directory_, port_, user, password),
            directory_ + "/log");
  bool ended = false;
  const bool listens = comes_true([&] {
    ended = waitpid(process_, nullptr, WNOHANG) == process_;
    return ended || answers();
  });
  if (ended) process_ = -1;
  return listens && !ended;
}

bool RealProxy::answers() const {
  const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port_);
  const bool connected = connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(client);
  return connected;
}

std::string RealProxy::log() const {
  std::ostringstream text;
  text << std::ifstream(directory_ + "/log").rdbuf();
  return text.str();
}

bool RealProxy::says(const std::string& words) const {
  return comes_true([&] { return log().find(words) != std::string::npos; });
}

}  // namespace linkaudit::tests
