#include "audit/log/writer_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <thread>
#include <utility>

#include "audit/log/log.h"

namespace linkaudit::log {

WriterLock::WriterLock(const std::string& database) {
  const std::string path = database + ".lock";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  // That of another user: to lock it, reading is enough.
  const int error = errno;
  if (file_ < 0 && error == EACCES) file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file_ < 0) throw LogRefused(database + ": cannot be written here: " + path + ": " + std::strerror(error));
}

WriterLock::WriterLock(WriterLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

WriterLock& WriterLock::operator=(WriterLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

WriterLock::~WriterLock() {
  if (file_ >= 0) ::close(file_);
}

bool WriterLock::acquire(std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  auto pause = std::chrono::microseconds(200);
  while (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) throw std::system_error(errno, std::generic_category(), "flock");
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::microseconds(20000));
  }
  return true;
}

void WriterLock::release() noexcept {
  ::flock(file_, LOCK_UN);
}

Locked::Locked(WriterLock& lock, const std::string& database, std::chrono::milliseconds patience) : lock_(lock) {
  bool given = false;
  try {
    given = lock_.acquire(patience);
  } catch (const std::system_error& error) {
    throw LogError(database + ": cannot be locked: " + error.what());
  }
  if (!given) {
    throw LogError(fmt::format("{}: another program is still writing to it after {} s", database,
                               static_cast<double>(patience.count()) / 1000));
  }
}

}  // namespace linkaudit::log
