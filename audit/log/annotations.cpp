#include "audit/log/annotations.h"

#include <limits>

#include "audit/log/log_state.h"

namespace linkaudit::log {
namespace {

constexpr std::int64_t kAllKnown = std::numeric_limits<std::int64_t>::max();

std::string numbered(std::int64_t entry) {
  return "entry " + std::to_string(entry);
}

struct Seen {
  std::int64_t cell = 0;
  bool simulated = false, stands = false;
};

std::optional<Seen> seen_in(Connection& connection, std::int64_t entry) {
  Query row = connection.query(
      "SELECT c.id, c.simulated, o.nth FROM observation AS o JOIN stream AS s ON s.id = o.stream "
      "JOIN cell AS c ON c.id = s.cell WHERE o.entry = ?");
  if (!row.with(entry).step()) return std::nullopt;
  return Seen{row.integer(0), row.integer(1) != 0, row.integer(2) > 0};
}

std::string taken_back_by(Connection& connection, std::int64_t entry) {
  Query row = connection.query("SELECT entry FROM annotation WHERE about = ? AND kind <> 'note'");
  row.with(entry).step();
  return numbered(row.integer(0));
}

// What must hold of something that is taken back, or stands in the place of such.
std::optional<std::string> problem_with(Connection& connection, std::int64_t entry, const std::optional<Seen>& seen,
                                        bool simulated) {
  if (!seen) return numbered(entry) + " is nothing that was seen";
  if (!seen->stands) return numbered(entry) + " was withdrawn already, by " + taken_back_by(connection, entry);
  if (seen->simulated != simulated) return numbered(entry) + (simulated ? " is not" : " is") + " simulated";
  return std::nullopt;
}

// Reads rows of: entry, recorded_at, at, kind, about, replacement, by, note, simulated.
LoggedAnnotation annotation_from(const Query& row) {
  LoggedAnnotation logged;
  logged.entry = row.integer(0);
  logged.recorded_at = instant_of(row.integer(1));
  Annotation& said = logged.annotation;
  said.at = instant_of(row.integer(2));
  said.kind = annotation_kind_from(row.text(3)).value_or(AnnotationKind::note);
  said.about = row.integer(4);
  said.replacement = row.optional_integer(5).value_or(0);
  said.by = row.text(6);
  said.note = row.text(7);
  said.simulated = row.integer(8) != 0;
  return logged;
}

}  // namespace

const LoggedAnnotation* LoggedObservation::withdrawn() const {
  for (const LoggedAnnotation& each : annotations) {
    if (each.annotation.kind != AnnotationKind::note) return &each;
  }
  return nullptr;
}

std::optional<std::string> problem_of(Connection& connection, std::int64_t entry, const Annotation& annotation) {
  const std::int64_t about = annotation.about;
  if (about < 1 || about >= entry) return "the log has no " + numbered(about);
  if (annotation.kind == AnnotationKind::note) {
    if (annotation.replacement != 0) return "a note replaces nothing";
    return std::nullopt;
  }
  const auto old = seen_in(connection, about);
  if (const auto problem = problem_with(connection, about, old, annotation.simulated)) return problem;
  const std::int64_t replacement = annotation.replacement;
  if (annotation.kind == AnnotationKind::withdrawal) {
    if (replacement != 0) return "a withdrawal replaces nothing";
    return std::nullopt;
  }
  if (replacement < 1 || replacement >= entry) return "the log has no " + numbered(replacement);
  if (replacement == about) return numbered(about) + " says just the same already";
  const auto other = seen_in(connection, replacement);
  if (const auto problem = problem_with(connection, replacement, other, annotation.simulated)) return problem;
  if (other->cell != old->cell) return numbered(about) + " is of another link or context";
  return std::nullopt;
}

std::vector<LoggedAnnotation> annotations(const Log& log, const Horizon& horizon) {
  return guarded(log.path(), [&] {
    std::vector<LoggedAnnotation> found;
    Query row = log.state().connection.query(
        "SELECT a.entry, e.recorded_at, a.at, a.kind, a.about, a.replacement, a.\"by\", a.note, a.simulated "
        "FROM annotation AS a JOIN entry AS e ON e.seq = a.entry JOIN entry AS old ON old.seq = a.about "
        "WHERE a.entry <= ? AND old.at <= ? AND a.simulated = ? ORDER BY a.entry");
    const std::int64_t known = horizon.known_entry.value_or(kAllKnown);
    for (row.with(known, milliseconds_of(horizon.as_of), horizon.simulated); row.step();) {
      found.push_back(annotation_from(row));
    }
    return found;
  });
}

namespace {

std::optional<LoggedObservation> read_observation_at(Log::State& state, std::int64_t entry, std::int64_t known) {
  Query row = state.connection.query(
      "SELECT e.recorded_at, e.record FROM observation AS o JOIN entry AS e ON e.seq = o.entry WHERE o.entry = ?");
  if (!row.with(entry).step()) return std::nullopt;
  LoggedObservation logged;
  logged.entry = entry;
  logged.recorded_at = instant_of(row.integer(0));
  NewObservation content = state.decoded(entry, [&] { return state.observation(state.record(row.bytes(1))); });
  logged.observation = std::move(content.observation);
  logged.fire = std::move(content.fire);
  add_what_was_said(state.connection, known, logged);
  return logged;
}

}  // namespace

std::optional<LoggedObservation> observation_at(const Log& log, std::int64_t entry) {
  return guarded(log.path(), [&] { return read_observation_at(log.state(), entry, kAllKnown); });
}

std::vector<LoggedObservation> withdrawn_of(const Log& log, const Horizon& horizon, const std::string& link,
                                            const std::string& context) {
  return guarded(log.path(), [&] {
    Log::State& state = log.state();
    const std::int64_t known = horizon.known_entry.value_or(kAllKnown);
    std::vector<std::int64_t> entries;
    Query row = state.connection.query(
        "SELECT o.entry FROM cell AS c JOIN stream AS s ON s.cell = c.id JOIN observation AS o ON o.stream = s.id "
        "WHERE c.link = ? AND c.context = ? AND c.simulated = ? AND o.nth = 0 AND o.at <= ? AND EXISTS (SELECT 1 FROM "
        "annotation AS a WHERE a.about = o.entry AND a.kind <> 'note' AND a.entry <= ?) ORDER BY o.at, o.entry");
    for (row.with(link, context, horizon.simulated, milliseconds_of(horizon.as_of), known); row.step();) {
      entries.push_back(row.integer(0));
    }
    std::vector<LoggedObservation> found;
    for (const std::int64_t entry : entries) found.push_back(*read_observation_at(state, entry, known));
    return found;
  });
}

std::optional<std::int64_t> known_attestation(const Log& log, const probes::Observation& seen) {
  return guarded(log.path(), [&]() -> std::optional<std::int64_t> {
    Log::State& state = log.state();
    const Written written = write_record(NewObservation{seen, std::nullopt}, {}, state.hasher);
    const Digest identity = state.hasher(written.identity);
    Query row = state.connection.query("SELECT entry FROM attestation WHERE identity = ?");
    if (!row.with(bytes_of(identity)).step()) return std::nullopt;
    return row.integer(0);
  });
}

void add_what_was_said(Connection& connection, std::int64_t known, LoggedObservation& logged) {
  logged.annotations.clear();
  Query said = connection.query(
      "SELECT a.entry, e.recorded_at, a.at, a.kind, a.about, a.replacement, a.\"by\", a.note, a.simulated "
      "FROM annotation AS a JOIN entry AS e ON e.seq = a.entry WHERE a.about = ? AND a.entry <= ? ORDER BY a.entry");
  for (said.with(logged.entry, known); said.step();) logged.annotations.push_back(annotation_from(said));
  Query row = connection.query("SELECT min(about) FROM annotation WHERE replacement = ? AND entry <= ?");
  row.with(logged.entry, known).step();
  logged.corrects = row.optional_integer(0);
}

}  // namespace linkaudit::log
