#include "audit/log/writer_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

#include "audit/log/log.h"

namespace linkaudit::log {

WriterLock::WriterLock(const std::string& database) {
  const std::string path = database + ".lock";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file_ < 0) throw LogRefused(database + ": cannot be written here: " + path + ": " + std::strerror(errno));
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
    if (errno != EWOULDBLOCK && errno != EINTR) return false;
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::microseconds(20000));
  }
  return true;
}

void WriterLock::release() noexcept { ::flock(file_, LOCK_UN); }

Locked::Locked(WriterLock& lock, const std::string& database, std::chrono::milliseconds patience) : lock_(lock) {
  if (!lock_.acquire(patience)) {
    throw LogError(database + ": another program is still writing to it after " +
                   std::to_string(std::chrono::duration_cast<std::chrono::seconds>(patience).count()) + " s");
  }
}

}  // namespace linkaudit::log
