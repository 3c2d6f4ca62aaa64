#include "audit/log/file_header.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "audit/log/log.h"
#include "audit/log/schema.h"

namespace linkaudit::log {
namespace {

// A rollback journal that leads back to a database of no pages: the file is what a killed creation left. The format is
// that of https://www.sqlite.org/fileformat2.html#the_rollback_journal.
bool creation_was_interrupted(const std::string& path) {
  constexpr std::array<char, 8> magic = {'\xd9', '\xd5', '\x05', '\xf9', '\x20', '\xa1', '\x63', '\xd7'};
  std::array<char, 20> header{};  // magic, records, nonce, pages before
  std::ifstream journal(path + "-journal", std::ios::binary);
  if (!journal.read(header.data(), header.size())) return false;
  const bool marked = std::equal(magic.begin(), magic.end(), header.begin());
  return marked && std::all_of(header.begin() + 16, header.end(), [](char byte) { return byte == 0; });
}

}  // namespace

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

void check_ours(SQLite::Database& database, const std::string& path) {
  const std::int64_t application = database.execAndGet("PRAGMA application_id").getInt64();
  const std::int64_t version = database.execAndGet("PRAGMA user_version").getInt64();
  if (application != kApplicationId) throw LogRefused(path + ": is not a linkaudit database");
  if (version > kSchemaVersion) {
    throw LogRefused(path + ": was written by a newer linkaudit (schema " + std::to_string(version) +
                     "; this one knows up to " + std::to_string(kSchemaVersion) + ")");
  }
  if (version < 1) throw LogRefused(path + ": is damaged: it has no schema version");
}

FileState look_at_file(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    if (errno == ENOENT) return FileState::absent;
    throw LogRefused(path + ": cannot be opened: " + std::strerror(errno));
  }
  if (!S_ISREG(info.st_mode)) throw LogRefused(path + ": is not a file");
  if (info.st_size == 0 || creation_was_interrupted(path)) return FileState::empty;
  if (::access(path.c_str(), R_OK) != 0) throw LogRefused(path + ": cannot be read: " + std::strerror(errno));
  try {
    // Through SQLite, not by reading the file: closing a file of one's own drops SQLite's locks on it (POSIX).
    SQLite::Database database(immutable_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI);
    check_ours(database, path);
  } catch (const SQLite::Exception&) {
    throw LogRefused(path + ": is not a linkaudit database");
  }
  return FileState::ours;
}

}  // namespace linkaudit::log
