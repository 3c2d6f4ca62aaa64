// A copy of the log while it is in use.
#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <unistd.h>

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

}  // namespace

void back_up(const Log& log, const std::string& copy) {
  if (std::filesystem::exists(copy)) throw LogRefused(copy + ": is there already; a backup replaces nothing");
  const std::string temporary = copy + ".part-" + std::to_string(::getpid());
  try {
    std::filesystem::remove(temporary);
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
