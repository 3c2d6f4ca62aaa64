// One connection to the database file, with the settings that the log relies on, and its prepared statements.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "audit/log/log.h"

namespace linkaudit::log {

// A prepared statement in use: reset when it goes, so that it holds no snapshot. Bind from 1 in order with `with`.
class Query {
 public:
  explicit Query(SQLite::Statement& statement) : statement_(&statement) {}
  Query(Query&& other) noexcept;
  Query& operator=(Query&&) = delete;
  ~Query();

  template <typename... Values>
  Query& with(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    return *this;
  }
  bool step() { return statement_->executeStep(); }
  void run() { statement_->exec(); }

  std::int64_t integer(int column) const { return statement_->getColumn(column).getInt64(); }
  std::optional<std::int64_t> optional_integer(int column) const;
  std::string text(int column) const { return statement_->getColumn(column).getString(); }
  std::string_view bytes(int column) const;  // valid until the next step

 private:
  void bind(int index, std::int64_t value) { statement_->bind(index, value); }
  void bind(int index, int value) { statement_->bind(index, value); }
  void bind(int index, bool value) { statement_->bind(index, value ? 1 : 0); }
  void bind(int index, const char* value) = delete;  // would be taken for a bool
  void bind(int index, const std::string& value) { statement_->bindNoCopy(index, value); }
  void bind(int index, std::string_view blob);  // as a blob; must outlive the step
  template <typename Value>
  void bind(int index, const std::optional<Value>& value) {
    if (value) {
      bind(index, *value);
    } else {
      statement_->bind(index);
    }
  }

  SQLite::Statement* statement_;
};

enum class Access { write, read };

// How long a connection waits for another one.
inline constexpr int kBusyMilliseconds = 30'000;

inline constexpr int kCacheKibibytes = 6144;

class Connection {
 public:
  // Throw LogRefused when the file is not ours, LogError when it cannot be used. `write` needs the writer lock.
  static Connection open(const std::string& path, Access access);
  static Connection temporary();  // of its own, gone when closed; may spill to disk

  // The statement for this SQL, prepared once; `sql` must be a literal (it is known by its address).
  Query query(const char* sql);
  SQLite::Statement statement(const std::string& sql) const { return SQLite::Statement(*database_, sql); }
  void execute(const char* sql) { database_->exec(sql); }
  // What SQLite may keep of the file; what it has beyond that is given back.
  void set_cache(int kibibytes) { database_->exec("PRAGMA cache_size = -" + std::to_string(kibibytes)); }
  SQLite::Database& database() const { return *database_; }

  // The errno of a write that failed just now, 0 when it is not known. SQLite keeps none for a failed COMMIT.
  int last_write_error() const;
  // Closing the last connection must not checkpoint unless it holds the writer lock.
  void set_checkpoint_on_close(bool allowed);
  void close();

  const std::string& notice() const { return notice_; }

 private:
  explicit Connection(std::unique_ptr<SQLite::Database> database) : database_(std::move(database)) {}

  std::unique_ptr<SQLite::Database> database_;
  std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> statements_;
  std::string notice_;
};

// Throws the LogError that says what happened to `path`, in one line. `system_error`: the errno behind a failed write.
[[noreturn]] void throw_log_error(const std::string& path, const SQLite::Exception& error, int system_error = 0);
// After these the connection is not to be trusted with another commit: what fsync could not write is gone from the
// kernel's cache, though a second fsync would say that all is well. A full disk is noticed before anything is
// committed.
bool is_fatal_for_writing(const SQLite::Exception& error);

// Runs `work`, turning SQLite's exceptions into LogError.
template <typename Work>
auto guarded(const std::string& path, const Work& work) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    throw_log_error(path, error);
  }
}

}  // namespace linkaudit::log
