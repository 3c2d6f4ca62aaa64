#include "audit/log/verify.h"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>

#include "audit/log/create.h"
#include "audit/log/damage.h"
#include "audit/log/snapshot.h"

namespace linkaudit::log {
namespace {

std::vector<std::string> schema_of(Connection& connection) {
  std::vector<std::string> parts;
  Query row = connection.query("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema ORDER BY 1");
  while (row.step()) parts.push_back(row.text(0) + '\n' + row.text(1));
  return parts;
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

// SQLite takes what is missing of the last page for zeros. While there is a -wal file the page may be in that, and what
// was being moved from there when somebody was killed is moved again.
bool last_page_is_cut(Log::State& state) {
  std::error_code error;
  if (const auto wal = std::filesystem::file_size(state.path + "-wal", error); !error && wal > 0) return false;
  const auto size = std::filesystem::file_size(state.path, error);
  Query page = state.connection.query("PRAGMA page_size");
  return !error && page.step() && size % static_cast<std::uintmax_t>(page.integer(0)) != 0;
}

}  // namespace

std::optional<std::string> verify_structure(Log::State& state, Connection& fresh) {
  if (last_page_is_cut(state)) return "the database is damaged: its last page is cut short";
  Query check = state.connection.query("PRAGMA integrity_check(1)");
  if (!check.step() || check.text(0) != "ok") return "the database is damaged: " + first_line(check.text(0));
  const auto wanted = schema_of(fresh), found = schema_of(state.connection);
  for (const std::string& part : wanted) {
    if (!std::binary_search(found.begin(), found.end(), part)) return first_line(part) + " is missing or was changed";
  }
  for (const std::string& part : found) {
    if (!std::binary_search(wanted.begin(), wanted.end(), part)) return first_line(part) + " does not belong here";
  }
  return std::nullopt;
}

namespace {

// Two connections that see one and the same state of the log, so that two threads can look at it at once.
struct SameState {
  SameState(Log::State& one, Log::State& other) {
    while (true) {
      first = std::make_unique<Snapshot>(one.connection);
      const std::int64_t size = one.size();
      second = std::make_unique<Snapshot>(other.connection);
      if (other.size() == size) return;
      second.reset();  // somebody has appended between the two
      first.reset();
    }
  }

  std::unique_ptr<Snapshot> first, second;
};

// What a part of the proof says; where the database cannot even be read for it, that.
template <typename Work>
std::optional<std::string> told(const std::string& path, const Work& work) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    const int code = error.getErrorCode() & 0xff;
    if (code != SQLITE_CORRUPT && code != SQLITE_ERROR) throw;  // SQLITE_ERROR: a table or column is not there
    return std::string("the database is damaged: ") + error.what();
  } catch (const LogDamaged& error) {
    const std::string_view what = error.what(), prefix = what.substr(0, path.size() + 2);
    return std::string(prefix == path + ": " ? what.substr(prefix.size()) : what);
  }
}

struct EndOfEntries {
  EntryQueue& queue;
  ~EndOfEntries() { queue.end(); }
};

// One thread reads the entries and proves them, another one works out what follows from them.
std::optional<std::string> verify_what_is_stored(Log::State& state, Log::State& other, Connection& fresh,
                                                 EvidenceCount& evidence) {
  EntryQueue queue;
  auto projections = std::async(std::launch::async, [&] {
    return told(other.path, [&] { return verify_projections(other, fresh, queue, evidence); });
  });
  const EndOfEntries end{queue};  // goes before what waits for that thread
  auto problem = told(state.path, [&] { return verify_entries(state, queue); });
  queue.end();
  if (!problem) problem = told(state.path, [&] { return verify_contents(state); });
  projections.wait();
  // Where entries do not fit, what follows from them is beside the point, and may not even be read.
  return problem ? problem : projections.get();
}

}  // namespace

Verification verify_all(const Log& log) {
  return guarded(log.path(), [&] {
    Verification found;
    Connection fresh = Connection::temporary();
    create_tables(fresh);
    Log::State other(log.path(), Connection::open(log.path(), Access::read), std::nullopt);
    const SameState same(log.state(), other);
    const auto structure = told(log.path(), [&] { return verify_structure(log.state(), fresh); });
    found.misfit = verify_what_is_stored(log.state(), other, fresh, found.evidence);
    if (structure) found.misfit = found.misfit ? *found.misfit + "; besides, " + *structure : structure;
    if (found.misfit) *found.misfit = log.path() + ": " + *found.misfit;
    return found;
  });
}

std::optional<std::string> Log::verify() const {
  return verify_all(*this).misfit;
}

}  // namespace linkaudit::log
