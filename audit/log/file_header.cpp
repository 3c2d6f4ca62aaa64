#include "audit/log/file_header.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "audit/log/log.h"
#include "audit/log/schema.h"

namespace linkaudit::log {

std::string immutable_uri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    switch (c) {
      case '%': uri += "%25"; break;
      case '?': uri += "%3f"; break;
      case '#': uri += "%23"; break;
      default: uri += c;
    }
  }
  return uri + "?immutable=1";
}

FileState look_at_file(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    if (errno == ENOENT) return FileState::absent;
    throw LogRefused(path + ": cannot be opened: " + std::strerror(errno));
  }
  if (!S_ISREG(info.st_mode)) throw LogRefused(path + ": is not a file");
  if (info.st_size == 0) return FileState::empty;
  std::int64_t application = 0, version = 0;
  try {
    // Through SQLite, not by reading the file: closing a file of one's own drops SQLite's locks on it (POSIX).
    SQLite::Database database(immutable_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI);
    application = database.execAndGet("PRAGMA application_id").getInt64();
    version = database.execAndGet("PRAGMA user_version").getInt64();
  } catch (const SQLite::Exception&) {
    throw LogRefused(path + ": is not a linkaudit database");
  }
  if (application != kApplicationId) throw LogRefused(path + ": is not a linkaudit database");
  if (version > kSchemaVersion) {
    throw LogRefused(path + ": was written by a newer linkaudit (schema " + std::to_string(version) +
                     "; this one knows up to " + std::to_string(kSchemaVersion) + ")");
  }
  return FileState::ours;
}

}  // namespace linkaudit::log
