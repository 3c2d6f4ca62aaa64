// The projections made again from the entries, and compared row by row.
#include "audit/log/projections.h"
#include "audit/log/verify.h"
#include "audit/log/verify_blobs.h"
#include "audit/log/verify_evidence.h"

namespace linkaudit::log {
namespace {

bool same_value(const SQLite::Column& left, const SQLite::Column& right) {
  if (left.getType() != right.getType()) return false;
  return left.isInteger() ? left.getInt64() == right.getInt64() : left.getString() == right.getString();
}

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
  EvidenceCheck check(state, evidence);
  BlobCheck blobs(state);
  Projecting projecting(fresh);
  fresh.execute("BEGIN");
  for (auto entries = queue.take(); !entries.empty(); entries = queue.take()) {
    for (const ReadEntry& each : entries) {
      projecting.add(each.seq, each.recorded_at, each.content);
      check.take(each);
      blobs.take(each);
    }
  }
  if (queue.problem()) return queue.problem();
  if (auto problem = check.problem()) return problem;
  if (auto problem = blobs.problem()) return problem;
  projecting.finish();
  fresh.execute("COMMIT");
  for (const Projection& table : projections()) {
    if (auto problem = compare(table, state.connection, fresh)) return problem;
  }
  return std::nullopt;
}

}  // namespace linkaudit::log
