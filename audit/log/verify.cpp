#include "audit/log/verify.h"

#include <sqlite3.h>

#include <algorithm>
#include <future>
#include <memory>
#include <optional>

#include "audit/log/create.h"
#include "audit/log/damage.h"
#include "audit/log/snapshot.h"

namespace linkaudit::log {
namespace {

std::string entry_name(std::int64_t seq) {
  return "entry " + std::to_string(seq);
}

// Hashes the entries in order and compares what is stored of them and of the tree.
class EntryCheck {
 public:
  explicit EntryCheck(Log::State& state) : state_(state) {}

  std::optional<std::string> run() {
    Query row = state_.connection.query("SELECT seq, at, recorded_at, type, record, leaf FROM entry ORDER BY seq");
    while (row.step() && !problem_) check(row);
    if (!problem_) check_node_count();
    return misfit_ ? misfit_under(state_, misfit_->first, misfit_->second) : problem_;
  }

 private:
  void check(const Query& row) {
    const std::int64_t seq = row.integer(0), expected = range_.size() + 1;
    if (seq != expected) return fail(entry_name(expected) + " is missing");
    std::string record;
    try {
      record = state_.record(row.bytes(4));
    } catch (const std::exception& error) {
      return fail(entry_name(seq) + ": its record cannot be unpacked: " + error.what());
    }
    const Digest leaf = leaf_hash(state_.hasher, record);
    if (bytes_of(leaf) != row.bytes(5)) return fail(entry_name(seq) + ": its record does not have its leaf hash");
    check_columns(row, record);
    if (problem_) return;
    range_.add(state_.hasher, leaf, [&](NodePlace place, const Digest& hash) { check_node(place, hash); });
  }

  void check_columns(const Query& row, const std::string& record) {
    const std::string place = entry_name(row.integer(0));
    try {
      const RecordHead head = read_head(record);
      if (milliseconds_of(head.at) != row.integer(1)) return fail(place + ": column at is not that of its record");
      if (milliseconds_of(head.recorded_at) != row.integer(2)) {
        return fail(place + ": column recorded_at is not that of its record");
      }
      if (name(head.type) != row.text(3)) return fail(place + ": column type is not that of its record");
    } catch (const std::invalid_argument& error) {
      fail(place + ": " + error.what());
    }
  }

  void check_node(NodePlace place, const Digest& hash) {
    if (problem_) return;
    Query query = state_.connection.query("SELECT hash FROM node WHERE number = ?");
    if (query.with(node_number(place)).step() && query.bytes(0) == bytes_of(hash)) return;
    misfit_ = {place, hash};
    problem_ = "a node of the tree does not fit";  // whose fault it is, is found out when nothing else is being read
  }

  void check_node_count() {
    Query query = state_.connection.query("SELECT count(*), max(number) FROM node");
    query.step();
    if (query.integer(0) != node_count(range_.size())) fail("the tree has nodes that no entry leads to");
  }

  void fail(std::string problem) {
    if (!problem_) problem_ = std::move(problem);
  }

  Log::State& state_;
  CompactRange range_;
  std::optional<std::string> problem_;
  std::optional<std::pair<NodePlace, Digest>> misfit_;
};

std::vector<std::string> schema_of(Connection& connection) {
  std::vector<std::string> parts;
  Query row = connection.query("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema ORDER BY 1");
  while (row.step()) parts.push_back(row.text(0) + '\n' + row.text(1));
  return parts;
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

}  // namespace

std::optional<std::string> verify_structure(Log::State& state, Connection& fresh) {
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

std::optional<std::string> verify_entries(Log::State& state) {
  return EntryCheck(state).run();
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

}  // namespace

namespace {

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

std::optional<std::string> verify_what_is_stored(Log::State& state, Log::State& other, Connection& fresh,
                                                 EvidenceCount& evidence) {
  auto projections = std::async(
      std::launch::async, [&] { return told(other.path, [&] { return verify_projections(other, fresh, evidence); }); });
  auto problem = told(state.path, [&] { return verify_entries(state); });
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
