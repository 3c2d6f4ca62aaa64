// A copy of the log while it is in use.
#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "audit/log/log_state.h"
#include "audit/log/maintenance.h"

namespace linkaudit::log {
namespace {

void sync(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) throw LogError(path + ": cannot be written: " + std::strerror(error));
}

// All pages of one state: in one step, so that nobody who writes meanwhile makes it begin again.
void copy_pages(Connection& from, const std::string& to) {
  SQLite::Database copy(to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  copy.exec("PRAGMA synchronous = OFF");  // made durable as a whole below
  {
    SQLite::Backup backup(copy, from.database());
    backup.executeStep(-1);
  }
  copy.exec("PRAGMA journal_mode = DELETE");  // one file, with none beside it; whoever writes goes back to WAL
}

// <copy>.part-<process>, or what SQLite keeps beside that while it is written.
bool is_part_of(const std::string& name, const std::string& copy) {
  const std::string begin = std::filesystem::path(copy).filename().string() + ".part-";
  if (!name.starts_with(begin)) return false;
  const std::string rest = name.substr(begin.size());
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  const std::string ending = rest.substr(digits);
  return digits > 0 && (ending.empty() || ending == "-journal" || ending == "-wal" || ending == "-shm");
}

// Whoever writes one holds a lock on it, which ends with that process; its journal goes with it.
bool is_left_behind(const std::filesystem::path& part) {
  const std::string name = part.string();
  const std::string database = name.substr(0, name.find_last_of("0123456789") + 1);
  const int file = ::open(database.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (file < 0) return errno == ENOENT;
  const bool left = ::flock(file, LOCK_EX | LOCK_NB) == 0;
  ::close(file);
  return left;
}

void remove_left_behind(const std::string& copy) {
  const auto directory = std::filesystem::path(copy).parent_path();
  std::error_code error;
  for (const auto& each : std::filesystem::directory_iterator(directory.empty() ? "." : directory, error)) {
    if (!is_part_of(each.path().filename().string(), copy) || !is_left_behind(each.path())) continue;
    std::filesystem::remove(each.path(), error);
  }
}

// Holds the lock on a new file as long as it lives.
class Part {
 public:
  explicit Part(const std::string& path) : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644)) {
    if (file_ < 0) throw LogError(path + ": cannot be written: " + std::strerror(errno));
    static_cast<void>(::flock(file_, LOCK_EX | LOCK_NB));
  }
  ~Part() { ::close(file_); }
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

 private:
  int file_;
};

}  // namespace

void back_up(const Log& log, const std::string& copy) {
  if (std::filesystem::exists(copy)) throw LogRefused(copy + ": is there already; a backup replaces nothing");
  const std::string temporary = copy + ".part-" + std::to_string(::getpid());
  remove_left_behind(copy);
  const Part part(temporary);
  try {
    guarded(temporary, [&] { copy_pages(log.state().connection, temporary); });
    sync(temporary, O_RDWR);
    // Unlike rename, link replaces nothing that came meanwhile.
    if (::link(temporary.c_str(), copy.c_str()) != 0) {
      throw LogError(copy + ": cannot be made: " + std::strerror(errno));
    }
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw;
  }
  std::filesystem::remove(temporary);
  const auto directory = std::filesystem::path(copy).parent_path();
  sync(directory.empty() ? "." : directory.string(), O_RDONLY | O_DIRECTORY);
}

}  // namespace linkaudit::log
