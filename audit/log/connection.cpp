#include "audit/log/connection.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <utility>

#include "audit/log/authorizer.h"
#include "audit/log/damage.h"
#include "audit/log/file_header.h"
#include "audit/log/schema.h"

namespace linkaudit::log {
namespace {

bool has_content(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return !error && size > 0;
}

bool writable_directory_of(const std::string& path) {
  const auto directory = std::filesystem::path(path).parent_path();
  return ::access(directory.empty() ? "." : directory.c_str(), W_OK) == 0;
}

void configure(SQLite::Database& database) {
  sqlite3* const handle = database.getHandle();
  sqlite3_extended_result_codes(handle, 1);
  database.setBusyTimeout(kBusyMilliseconds);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  database.exec("PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON;");
  database.exec("PRAGMA cache_size = -" + std::to_string(kCacheKibibytes));
}

// Reads for the first time, which is when SQLite looks at the -wal file.
void configure_for_reading(SQLite::Database& database, const std::string& path) {
  try {
    configure(database);
    check_ours(database, path);
    if (database.execAndGet("PRAGMA user_version").getInt64() < kSchemaVersion) {
      throw LogRefused(path + ": is of an older schema; any command that writes brings it up to date");
    }
  } catch (const SQLite::Exception& error) {
    if ((error.getErrorCode() & 0xff) != SQLITE_CANTOPEN || writable_directory_of(path)) throw;
    throw LogRefused(path +
                     ": has a -wal file that cannot be read in a directory without write permission; copy both " +
                     "into a directory of your own");
  }
}

}  // namespace

Query::Query(Query&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}

Query::~Query() {
  if (statement_ != nullptr) statement_->tryReset();
}

std::optional<std::int64_t> Query::optional_integer(int column) const {
  const SQLite::Column value = statement_->getColumn(column);
  return value.isNull() ? std::nullopt : std::optional<std::int64_t>(value.getInt64());
}

std::string_view Query::bytes(int column) const {
  const SQLite::Column value = statement_->getColumn(column);
  const auto* data = static_cast<const char*>(value.getBlob());
  return data == nullptr ? std::string_view() : std::string_view(data, static_cast<std::size_t>(value.getBytes()));
}

void Query::bind(int index, std::string_view blob) {
  statement_->bindNoCopy(index, blob.empty() ? "" : blob.data(), static_cast<int>(blob.size()));
}

Connection Connection::open(const std::string& path, Access access) {
  return guarded(path, [&] {
    const bool writing = access == Access::write;
    const bool copy = !writing && !writable_directory_of(path) && !has_content(path + "-wal");
    const int flags = (writing ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READONLY) |
                      (copy ? SQLite::OPEN_URI : 0) | SQLite::OPEN_NOMUTEX;  // one thread at a time uses a Log
    Connection connection(std::make_unique<SQLite::Database>(copy ? immutable_uri(path) : path, flags));
    if (writing) {
      if (sqlite3_db_readonly(connection.database_->getHandle(), "main") == 1)
        throw LogRefused(path + ": is read-only");
      configure(*connection.database_);
    } else {
      configure_for_reading(*connection.database_, path);
      only_read(connection);
    }
    if (copy) {
      connection.notice_ = path +
                           ": read as a copy that nobody changes; it has no -wal file beside it, so entries that " +
                           "were still in one are not seen";
    }
    return connection;
  });
}

Connection Connection::temporary() {
  Connection connection(std::make_unique<SQLite::Database>("", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE));
  connection.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384;");
  return connection;
}

Query Connection::query(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) statement = std::make_unique<SQLite::Statement>(*database_, sql);
  return Query(*statement);
}

int Connection::last_write_error() const {
  sqlite3_file* journal = nullptr;  // the -wal file
  int error = 0;
  sqlite3_file_control(database_->getHandle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal);
  if (journal != nullptr && journal->pMethods != nullptr) {
    journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &error);
  }
  return error;
}

void Connection::set_checkpoint_on_close(bool allowed) {
  sqlite3_db_config(database_->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, allowed ? 0 : 1, nullptr);
}

void Connection::close() {
  statements_.clear();
  database_.reset();
}

bool is_fatal_for_writing(const SQLite::Exception& error) {
  const int code = error.getErrorCode() & 0xff;
  return code == SQLITE_IOERR || code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

void throw_log_error(const std::string& path, const SQLite::Exception& error, int system_error) {
  const std::string intact = "; nothing of this was written, what was there is intact";
  switch (error.getErrorCode() & 0xff) {
    case SQLITE_FULL: throw LogError(path + ": the disk is full" + intact);
    case SQLITE_IOERR:
      if (system_error != 0) throw LogError(path + ": cannot be written: " + std::strerror(system_error) + intact);
      throw LogError(path + ": cannot be read or written: " + error.what());
    case SQLITE_NOTADB: throw NotALog(path + ": is not a linkaudit database");
    case SQLITE_CORRUPT: throw LogDamaged(path + ": is damaged: " + error.what());
    case SQLITE_READONLY:
      if (error.getExtendedErrorCode() == SQLITE_READONLY_ROLLBACK) {
        throw LogInterrupted(path +
                             ": a program was killed while it wrote to it; any command that writes makes that good");
      }
      throw LogRefused(path + ": is read-only");
    case SQLITE_CANTOPEN: throw LogRefused(path + ": cannot be opened: " + error.what());
    case SQLITE_BUSY: throw LogError(path + ": is held by another program");
    default: throw LogError(path + ": " + error.what());
  }
}

}  // namespace linkaudit::log
