#include "audit/log/verify.h"

#include <algorithm>
#include <future>
#include <memory>
#include <optional>

#include "audit/log/create.h"
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
    return problem_;
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
    const std::string which = "tree node " + std::to_string(node_number(place)) + " (level " +
                              std::to_string(place.level) + ", index " + std::to_string(place.index) + ")";
    if (!query.with(node_number(place)).step()) return fail(which + " is missing");
    if (query.bytes(0) != bytes_of(hash)) fail(which + " is not the hash of the two below it");
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
};

std::optional<std::string> check_contents(Log::State& state, const char* sql, const std::string& kind) {
  for (Query row = state.connection.query(sql); row.step();) {
    const auto digest = digest_from_bytes(row.bytes(0));
    const std::string which = kind + " " + (digest ? to_hex(*digest) : std::string("without a digest"));
    try {
      const std::string text = state.record(row.bytes(1));
      if (!digest || state.hasher(text) != *digest) return which + ": its content has another digest";
      if (const auto size = row.optional_integer(2); size && *size != static_cast<std::int64_t>(text.size())) {
        return which + ": column size is not that of its content";
      }
    } catch (const SQLite::Exception&) {
      throw;
    } catch (const std::runtime_error& error) {
      return which + ": cannot be unpacked: " + error.what();
    }
  }
  return std::nullopt;
}

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

std::optional<std::string> verify_contents(Log::State& state) {
  if (auto problem = check_contents(state, "SELECT digest, data, NULL FROM fact", "facts")) return problem;
  return check_contents(state, "SELECT digest, data, size FROM blob", "blob");
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

std::optional<std::string> Log::verify() const {
  return guarded(path(), [&]() -> std::optional<std::string> {
    Connection fresh = Connection::temporary();
    create_tables(fresh);
    State other(path(), Connection::open(path(), Access::read), std::nullopt);
    const SameState same(*state_, other);
    auto problem = verify_structure(*state_, fresh);
    if (!problem) {
      auto projections = std::async(std::launch::async, [&] { return verify_projections(other, fresh); });
      problem = verify_entries(*state_);
      if (!problem) problem = verify_contents(*state_);
      projections.wait();
      // Where entries do not fit, what follows from them is beside the point, and may not even be read.
      if (!problem) problem = projections.get();
    }
    if (problem) *problem = path() + ": " + *problem;
    return problem;
  });
}

}  // namespace linkaudit::log
