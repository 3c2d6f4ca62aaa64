#include "audit/log/projections.h"

#include "audit/log/interchange.h"

namespace linkaudit::log {
namespace {

constexpr Projection kTables[] = {
    {"cell", "id, link, url, platform, context, simulated", "id"},
    {"stream", "id, cell, tier, observer, method, vantage", "id"},
    {"state", "id, outcome, blame, rule, context_specific, steps, presentation, failure, network_failure", "id"},
    {"observation", "entry, at, stream, state, nth, valid_days", "entry"},
    {"span", "stream, first, first_entry, last, last_entry, state, count, valid_days", "stream, first, first_entry"},
    {"gap", "entry, at, cell, schedule, reason, method, vantage", "entry"},
    {"run", "entry, at, ended, \"trigger\", schedule, vantage, simulated, planned, observed, gaps, catalog_version",
     "entry"},
    {"catalog", "entry, at, sha256", "entry"},
    {"fire", "schedule, cell, planned", "schedule, cell"},
    {"attestation", "hex(identity), entry", "identity"},
    {"annotation", "entry, at, kind, about, replacement, \"by\", note, simulated", "entry"},
    {"waiver", "entry, at, waiver, change, simulated", "entry"},
    {"remark", "entry, at, obligation, platform, context, simulated", "entry"},
    {"report", "entry, at, as_of, template, file, sha256, simulated", "entry"},
    {"look", "quarter, simulated, type, reason, count", "quarter, simulated, type, reason"},
};

}  // namespace

std::span<const Projection> projections() {
  return kTables;
}

void Projecting::add(std::int64_t seq, Instant recorded_at, const NewEntry& content) {
  Digest identity{};
  if (type_of(content) == EntryType::attestation) {
    identity = hasher_(write_record(content, recorded_at, hasher_).identity);
  }
  projector_.add(seq, content, identity);
}

std::optional<std::string> project_all(Log::State& state, Connection& into) {
  Projecting projecting(into);
  Query row = state.connection.query("SELECT seq, recorded_at, type, record FROM entry ORDER BY seq");
  while (row.step()) {
    const std::int64_t seq = row.integer(0);
    try {
      const auto type = entry_type_from(row.text(2));
      if (!type) throw std::invalid_argument("its type is not known");
      projecting.add(seq, instant_of(row.integer(1)), state.content(*type, state.record(row.bytes(3))));
    } catch (const std::invalid_argument& error) {
      return "entry " + std::to_string(seq) + ": " + error.what();
    }
  }
  projecting.finish();
  return std::nullopt;
}

}  // namespace linkaudit::log
