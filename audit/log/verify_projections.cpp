// The projections made again from the entries, and compared row by row.
#include "audit/log/projections.h"
#include "audit/log/verify.h"

namespace linkaudit::log {
namespace {

bool same_value(const SQLite::Column& left, const SQLite::Column& right) {
  if (left.getType() != right.getType()) return false;
  return left.isInteger() ? left.getInt64() == right.getInt64() : left.getString() == right.getString();
}

// What entries name by digest, and whether it is there.
class EvidenceCounter {
 public:
  EvidenceCounter(Log::State& state, EvidenceCount& count) : count_(count) {
    Query kept = state.connection.query("SELECT count(*) FILTER (WHERE pruned = 0), count(*) FROM kept");
    if (kept.step()) {
      count_.kept = kept.integer(0);
      count_.pruned = kept.integer(1) - kept.integer(0);
    }
    for (Query row = state.connection.query("SELECT digest FROM blob"); row.step();) {
      if (const auto digest = digest_from_bytes(row.bytes(0))) there_.insert(*digest);
    }
  }

  void take(const NewEntry& entry) {
    if (const auto* seen = std::get_if<NewObservation>(&entry)) {
      look_for(seen->observation.evidence);
      look_for(seen->observation.screenshot);
    } else if (const auto* catalog = std::get_if<CatalogRecord>(&entry)) {
      look_for(catalog->sha256);
    }
  }

 private:
  void look_for(const std::string& sha256) {
    if (sha256.empty()) return;
    ++count_.named;
    const auto digest = digest_from_hex(sha256);
    if (!digest || !there_.contains(*digest)) ++count_.absent;
  }

  EvidenceCount& count_;
  std::unordered_set<Digest, DigestHash> there_;
};

struct StopOfWork {
  EntryQueue& queue;
  ~StopOfWork() { queue.stop(); }
};

std::string row_name(const Projection& table, SQLite::Statement& row) {
  return std::string("projection ") + table.name + ", row " + row.getColumn(0).getString();
}

std::optional<std::string> compare(const Projection& table, Connection& kept, Connection& fresh) {
  const std::string sql = std::string("SELECT ") + table.columns + " FROM " + table.name + " ORDER BY " + table.order;
  SQLite::Statement found = kept.statement(sql), wanted = fresh.statement(sql);
  while (true) {
    const bool more_found = found.executeStep(), more_wanted = wanted.executeStep();
    if (!more_found && !more_wanted) return std::nullopt;
    if (!more_wanted) return row_name(table, found) + ": no entry leads to it";
    if (!more_found) return row_name(table, wanted) + ": is missing";
    for (int i = 0; i < found.getColumnCount(); ++i) {
      if (!same_value(found.getColumn(i), wanted.getColumn(i))) {
        return row_name(table, wanted) + ": " + found.getColumn(i).getName() + " does not follow from the entries";
      }
    }
  }
}

}  // namespace

std::optional<std::string> verify_projections(Log::State& state, Connection& fresh, EntryQueue& queue,
                                              EvidenceCount& evidence) {
  const StopOfWork stop{queue};
  EvidenceCounter counter(state, evidence);
  Projecting projecting(fresh);
  fresh.execute("BEGIN");
  for (auto entries = queue.take(); !entries.empty(); entries = queue.take()) {
    for (const ReadEntry& each : entries) {
      projecting.add(each.seq, each.recorded_at, each.content);
      counter.take(each.content);
    }
  }
  if (queue.problem()) return queue.problem();
  projecting.finish();
  fresh.execute("COMMIT");
  for (const Projection& table : projections()) {
    if (auto problem = compare(table, state.connection, fresh)) return problem;
  }
  return std::nullopt;
}

}  // namespace linkaudit::log
