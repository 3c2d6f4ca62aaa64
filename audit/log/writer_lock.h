// The advisory lock (flock) that every writing transaction and every checkpoint holds, on a side file: SQLite before
// 3.51.3 can corrupt a WAL database when two connections write or checkpoint at the same instant.
#pragma once

#include <chrono>
#include <string>

namespace linkaudit::log {

class WriterLock {
 public:
  // Opens <database>.lock, making it when it is not there. Throws LogRefused when that cannot be.
  explicit WriterLock(const std::string& database);
  WriterLock(WriterLock&& other) noexcept;
  WriterLock& operator=(WriterLock&& other) noexcept;
  ~WriterLock();

  // Waits at most so long; false when another writer still holds it then. Throws std::system_error when the file system
  // knows no such locks.
  [[nodiscard]] bool acquire(std::chrono::milliseconds patience);
  void release() noexcept;

 private:
  int file_ = -1;
};

// Holds the lock for a scope. Throws LogError naming the database when it is not given in time.
class Locked {
 public:
  Locked(WriterLock& lock, const std::string& database, std::chrono::milliseconds patience);
  ~Locked() { lock_.release(); }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;

 private:
  WriterLock& lock_;
};

}  // namespace linkaudit::log
