#include "audit/log/file_header.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>

#include "audit/log/damage.h"
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

// https://www.sqlite.org/fileformat2.html#the_database_header
using Header = std::array<char, 100>;
constexpr std::string_view kMagic{"SQLite format 3\0", 16};
constexpr const char* kNotOurs = ": is not a linkaudit database";

// As it lies in the file, whatever state the rest is in: in the middle of a checkpoint, or after one that was killed,
// the first page may speak of pages that are still in the -wal file. By SQLite's own file, since closing one of ours
// would drop the locks that this process holds on the database (POSIX).
Header header_of(const std::string& path) {
  try {
    SQLite::Database database(immutable_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI);
    sqlite3_file* file = nullptr;
    sqlite3_file_control(database.getHandle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    Header header{};
    if (file != nullptr && file->pMethods != nullptr &&
        file->pMethods->xRead(file, header.data(), static_cast<int>(header.size()), 0) == SQLITE_OK) {
      return header;
    }
  } catch (const SQLite::Exception&) {
    // Said below.
  }
  throw NotALog(path + kNotOurs);
}

std::int64_t number_at(const Header& header, std::size_t offset) {
  std::uint32_t number = 0;
  for (std::size_t i = offset; i < offset + 4; ++i) number = number << 8U | static_cast<unsigned char>(header[i]);
  return number;
}

void check_numbers(const std::string& path, std::int64_t application, std::int64_t version) {
  if (application != kApplicationId) throw NotALog(path + kNotOurs);
  if (version > kSchemaVersion) {
    throw LogRefused(path + ": was written by a newer linkaudit (schema " + std::to_string(version) +
                     "; this one knows up to " + std::to_string(kSchemaVersion) + ")");
  }
  if (version < 1) throw NotALog(path + ": is damaged: it has no schema version");
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
  check_numbers(path, application, database.execAndGet("PRAGMA user_version").getInt64());
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
  const Header header = header_of(path);
  if (!std::equal(kMagic.begin(), kMagic.end(), header.begin())) throw NotALog(path + kNotOurs);
  check_numbers(path, number_at(header, 68), number_at(header, 60));
  return FileState::ours;
}

}  // namespace linkaudit::log
