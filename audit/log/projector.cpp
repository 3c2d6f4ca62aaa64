#include "audit/log/projector.h"

#include "audit/log/annotations.h"
#include "audit/log/json_writer.h"
#include "audit/log/span_keeper.h"
#include "audit/log/span_removal.h"

namespace linkaudit::log {
namespace {

// A gap names no platform; the link's own name begins with it.
std::string platform_of(const std::string& link) {
  return link.substr(0, link.find('/'));
}

}  // namespace

void Projector::add(std::int64_t entry, const NewEntry& content, const Digest& identity) {
  std::visit([&](const auto& value) { add(entry, value, identity); }, content);
}

void Projector::add(std::int64_t entry, const NewObservation& content, const Digest& identity) {
  const probes::Observation& seen = content.observation;
  const std::int64_t cell = dictionaries_.number_of(*connection_, cell_of(seen));
  SeenState state;
  state.entry = entry;
  state.at = milliseconds_of(seen.at);
  state.stream = dictionaries_.number_of(*connection_, stream_of(seen, cell));
  state.state = dictionaries_.number_of(*connection_, state_of(seen));
  if (seen.valid_days) state.valid_days = *seen.valid_days;
  add_to_spans(*connection_, state);
  count(state.at, seen.simulated, seen.method == "attestation" ? "attestation" : "observation", "", 1);
  if (content.fire) note_fire(content.fire->schedule, cell, content.fire->planned);
  if (seen.method == "attestation") {
    connection_->query("INSERT INTO attestation VALUES (?, ?)").with(bytes_of(identity), entry).run();
  }
}

void Projector::add(std::int64_t entry, const Gap& gap, const Digest&) {
  const std::string link = well_formed(gap.link);
  const std::int64_t cell =
      dictionaries_.number_of(*connection_, Cell{link, "", platform_of(link), well_formed(gap.context), gap.simulated});
  const std::string schedule = well_formed(gap.schedule), reason = well_formed(gap.reason),
                    method = well_formed(gap.method), vantage = well_formed(gap.vantage);
  connection_->query("INSERT INTO gap VALUES (?, ?, ?, ?, ?, ?, ?)")
      .with(entry, milliseconds_of(gap.at), cell, schedule, reason, method, vantage)
      .run();
  count(milliseconds_of(gap.at), gap.simulated, "gap", reason, 1);
  if (!gap.schedule.empty()) note_fire(gap.schedule, cell, gap.at);
}

void Projector::add(std::int64_t entry, const RunRecord& run, const Digest&) {
  std::int64_t gaps = 0;
  for (const auto& [reason, count] : run.gaps) gaps += count;
  const std::string trigger = well_formed(run.trigger), schedule = well_formed(run.schedule),
                    vantage = well_formed(run.vantage), catalog = well_formed(run.catalog_version);
  connection_->query("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .with(entry, milliseconds_of(run.at), milliseconds_of(run.ended), trigger, schedule, vantage, run.simulated,
            run.planned, run.observed, gaps, catalog)
      .run();
}

void Projector::add(std::int64_t entry, const CatalogRecord& catalog, const Digest&) {
  const std::string sha256 = well_formed(catalog.sha256);
  connection_->query("INSERT INTO catalog VALUES (?, ?, ?)").with(entry, milliseconds_of(catalog.at), sha256).run();
}

void Projector::add(std::int64_t entry, const Annotation& annotation, const Digest&) {
  if (const auto problem = problem_of(*connection_, entry, annotation)) throw std::invalid_argument(*problem);
  if (annotation.kind != AnnotationKind::note) {
    take_from_spans(*connection_, annotation.about);
    count_taken_back(annotation);
  }
  const std::string kind(name(annotation.kind)), by = well_formed(annotation.by), note = well_formed(annotation.note);
  std::optional<std::int64_t> replacement;
  if (annotation.replacement != 0) replacement = annotation.replacement;
  connection_->query("INSERT INTO annotation VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .with(entry, milliseconds_of(annotation.at), kind, annotation.about, replacement, by, note, annotation.simulated)
      .run();
}

void Projector::add(std::int64_t entry, const WaiverRecord& waiver, const Digest&) {
  const std::string id = well_formed(waiver.id), change(name(waiver.change));
  connection_->query("INSERT INTO waiver VALUES (?, ?, ?, ?, ?)")
      .with(entry, milliseconds_of(waiver.at), id, change, waiver.simulated)
      .run();
}

void Projector::add(std::int64_t entry, const Remark& remark, const Digest&) {
  const std::string obligation = well_formed(remark.obligation), platform = well_formed(remark.platform),
                    context = well_formed(remark.context);
  connection_->query("INSERT INTO remark VALUES (?, ?, ?, ?, ?, ?)")
      .with(entry, milliseconds_of(remark.at), obligation, platform, context, remark.simulated)
      .run();
}

void Projector::add(std::int64_t entry, const IssuedReport& report, const Digest&) {
  const std::string id = well_formed(report.report), file = well_formed(report.file),
                    sha256 = well_formed(report.sha256);
  connection_->query("INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?)")
      .with(entry, milliseconds_of(report.at), milliseconds_of(report.as_of), id, file, sha256, report.simulated)
      .run();
}

// A look that was judged anew is one look: its new judgement is counted.
void Projector::count_taken_back(const Annotation& annotation) {
  Query row = connection_->query(
      "SELECT o.at, s.method = 'attestation' FROM observation AS o JOIN stream AS s ON s.id = o.stream "
      "WHERE o.entry = ?");
  if (!row.with(annotation.about).step()) return;
  const std::int64_t at = row.integer(0);
  count(at, annotation.simulated, row.integer(1) != 0 ? "attestation" : "observation", "", -1);
  if (annotation.kind != AnnotationKind::reclassification) count(at, annotation.simulated, "withdrawn", "", 1);
}

void Projector::count(std::int64_t at, bool simulated, const std::string& type, const std::string& reason,
                      std::int64_t number) {
  looks_[{at / std::chrono::milliseconds(kQuarter).count(), simulated, type, reason}] += number;
}

void Projector::finish() {
  for (const auto& [key, number] : looks_) {
    const auto& [quarter, simulated, type, reason] = key;
    if (number == 0) continue;
    connection_
        ->query("INSERT INTO look VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count")
        .with(quarter, simulated, type, reason, number)
        .run();
    if (number > 0) continue;
    connection_->query("DELETE FROM look WHERE quarter = ? AND simulated = ? AND type = ? AND reason = ? AND count = 0")
        .with(quarter, simulated, type, reason)
        .run();
  }
  looks_.clear();
}

void Projector::note_fire(const std::string& schedule, std::int64_t cell, Instant planned) {
  const std::string text = well_formed(schedule);
  connection_
      ->query("INSERT INTO fire VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET planned = max(planned, excluded.planned)")
      .with(text, cell, milliseconds_of(planned))
      .run();
}

}  // namespace linkaudit::log
