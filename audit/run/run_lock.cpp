#include "audit/run/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace linkaudit::run {

std::optional<RunLock> RunLock::take(const std::string& database_path, const std::string& suffix) {
  const std::string path = database_path + suffix;
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) throw std::runtime_error(path + ": " + std::strerror(errno));
  RunLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) return std::nullopt;
  const std::string process = std::to_string(::getpid());
  if (::ftruncate(descriptor, 0) == 0) static_cast<void>(::pwrite(descriptor, process.data(), process.size(), 0) > 0);
  return lock;
}

std::string RunLock::holder(const std::string& database_path, const std::string& suffix) {
  std::ifstream file(database_path + suffix);
  std::string process;
  file >> process;
  const bool number = process.size() < 20 && process.find_first_not_of("0123456789") == std::string::npos;
  return number ? process : std::string();
}

RunLock::RunLock(RunLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

RunLock& RunLock::operator=(RunLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

RunLock::~RunLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace linkaudit::run
