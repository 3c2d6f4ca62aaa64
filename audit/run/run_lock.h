// One run at a time on one database: an advisory lock on a file beside it, let go when the process ends however it
// ends.
#pragma once

#include <optional>
#include <string>

namespace linkaudit::run {

// Move-only; holds the lock while it lives.
class RunLock {
 public:
  // Nothing when another holds it: a run, or with the suffix .serve a daemon. Throws std::runtime_error naming the file
  // when it cannot be made.
  static std::optional<RunLock> take(const std::string& database_path, const std::string& suffix = ".run");

  // The number of the process that took it last, "" when that is not known.
  static std::string holder(const std::string& database_path, const std::string& suffix = ".run");

  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&& other) noexcept;
  ~RunLock();

 private:
  explicit RunLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace linkaudit::run
