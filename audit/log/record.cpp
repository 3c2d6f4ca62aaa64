#include "audit/log/record.h"

#include "audit/log/instant_text.h"
#include "audit/log/record_parts.h"

namespace linkaudit::log {
namespace {

void write_texts(JsonWriter& out, std::string_view key, const std::vector<std::string>& texts) {
  out.key(key);
  out.begin_array();
  for (const std::string& text : texts) out.text(text);
  out.end_array();
}

Written written(const NewObservation& entry, Instant recorded_at, Hasher& hasher, Kept kept) {
  Written result;
  const bool attested = entry.observation.method == "attestation";
  result.type = attested ? EntryType::attestation : EntryType::observation;
  result.at = entry.observation.at;
  result.facts = stable_facts(entry.observation);
  result.facts_digest = hasher(result.facts);
  result.record = observation_record(entry, recorded_at, result.type, result.facts_digest, kept);
  if (attested) result.identity = observation_record(entry, std::nullopt, result.type, result.facts_digest, Kept::no);
  return result;
}

Written written(const Gap& gap, Instant recorded_at, Hasher&, Kept) {
  JsonWriter out;
  out.begin_object();
  out.field("at", instant_text(gap.at));
  out.field("context", gap.context);
  out.field_if("detail", gap.detail);
  out.field("link", gap.link);
  out.field("method", gap.method);
  out.field("reason", gap.reason);
  out.field("recorded_at", instant_text(recorded_at));
  out.field_if("schedule", gap.schedule);
  if (gap.simulated) write_flag(out, "simulated", true);
  out.field("type", name(EntryType::gap));
  out.field_if("vantage", gap.vantage);
  out.end_object();
  return {EntryType::gap, gap.at, out.take(), {}, {}, {}};
}

Written written(const RunRecord& run, Instant recorded_at, Hasher&, Kept) {
  JsonWriter out;
  out.begin_object();
  out.field("at", instant_text(run.at));
  out.field_if("catalog_version", run.catalog_version);
  out.field("ended", instant_text(run.ended));
  out.key("gaps");
  out.begin_object();
  for (const auto& [reason, count] : in_order<std::int64_t>(run.gaps)) out.field(reason, count);
  out.end_object();
  out.field("observed", run.observed);
  out.field("planned", run.planned);
  out.field("recorded_at", instant_text(recorded_at));
  out.field_if("schedule", run.schedule);
  if (run.simulated) write_flag(out, "simulated", true);
  out.field("trigger", run.trigger);
  out.field("type", name(EntryType::run));
  out.field_if("vantage", run.vantage);
  out.end_object();
  return {EntryType::run, run.at, out.take(), {}, {}, {}};
}

Written written(const CatalogRecord& catalog, Instant recorded_at, Hasher&, Kept kept) {
  JsonWriter out;
  out.begin_object();
  out.field("at", instant_text(catalog.at));
  write_kept(out, kept);
  out.field("recorded_at", instant_text(recorded_at));
  write_texts(out, "schedules", catalog.schedules);
  out.field("sha256", catalog.sha256);
  out.field("type", name(EntryType::catalog));
  out.end_object();
  return {EntryType::catalog, catalog.at, out.take(), {}, {}, {}};
}

Written written(const Annotation& annotation, Instant recorded_at, Hasher&, Kept) {
  JsonWriter out;
  out.begin_object();
  out.field("about", annotation.about);
  out.field("at", instant_text(annotation.at));
  out.field("by", annotation.by);
  out.field("kind", name(annotation.kind));
  out.field("note", annotation.note);
  out.field("recorded_at", instant_text(recorded_at));
  if (annotation.replacement != 0) out.field("replacement", annotation.replacement);
  if (annotation.simulated) write_flag(out, "simulated", true);
  out.field("type", name(EntryType::annotation));
  out.end_object();
  return {EntryType::annotation, annotation.at, out.take(), {}, {}, {}};
}

Written written(const WaiverRecord& waiver, Instant recorded_at, Hasher&, Kept) {
  JsonWriter out;
  out.begin_object();
  out.field("approver", waiver.approver);
  out.field("at", instant_text(waiver.at));
  out.field_if("catalog_version", waiver.catalog_version);
  out.field("change", name(waiver.change));
  write_terms(out, "except", waiver.except);
  out.field("expires", waiver.expires);
  out.field("from", waiver.from);
  out.field("id", waiver.id);
  out.field("justification", waiver.justification);
  if (waiver.last_known) out.field("last_known", instant_text(*waiver.last_known));
  if (!waiver.obligations.empty()) write_texts(out, "obligations", waiver.obligations);
  out.field("recorded_at", instant_text(recorded_at));
  write_terms(out, "scope", waiver.scope);
  if (waiver.simulated) write_flag(out, "simulated", true);
  out.field("type", name(EntryType::waiver));
  out.field("zone", waiver.zone);
  out.end_object();
  return {EntryType::waiver, waiver.at, out.take(), {}, {}, {}};
}

Written written(const Remark& remark, Instant recorded_at, Hasher&, Kept) {
  JsonWriter out;
  out.begin_object();
  out.field_if("action", remark.action);
  out.field("at", instant_text(remark.at));
  out.field_if("context", remark.context);
  out.field_if("due", remark.due);
  out.field("kind", "remark");
  out.field("obligation", remark.obligation);
  out.field_if("owner", remark.owner);
  out.field_if("platform", remark.platform);
  out.field("recorded_at", instant_text(recorded_at));
  if (remark.simulated) write_flag(out, "simulated", true);
  out.field_if("source", remark.source);
  out.field_if("text", remark.text);
  out.field("type", name(EntryType::annotation));
  out.end_object();
  return {EntryType::annotation, remark.at, out.take(), {}, {}, {}};
}

Written written(const IssuedReport& report, Instant recorded_at, Hasher&, Kept) {
  JsonWriter out;
  out.begin_object();
  out.field("as_of", instant_text(report.as_of));
  out.field("at", instant_text(report.at));
  out.field("bytes", report.bytes);
  out.field_if("catalog_version", report.catalog_version);
  out.field("file", report.file);
  if (report.known_entry) out.field("known_entry", *report.known_entry);
  out.field("language", report.language);
  if (!report.options.empty()) write_texts(out, "options", report.options);
  out.field("recorded_at", instant_text(recorded_at));
  out.field("report", report.report);
  out.field("root", report.root);
  out.field("sha256", report.sha256);
  if (report.simulated) write_flag(out, "simulated", true);
  if (report.since) out.field("since", instant_text(*report.since));
  out.field("tree_size", report.tree_size);
  out.field("type", name(EntryType::report));
  out.end_object();
  return {EntryType::report, report.at, out.take(), {}, {}, {}};
}

}  // namespace

void write_terms(JsonWriter& out, std::string_view name, const ScopeLists& terms) {
  if (terms.empty()) return;
  out.key(name);
  out.begin_object();
  for (const auto& [key, ids] : in_order<std::vector<std::string>>(terms)) {
    out.key(key);
    out.begin_array();
    for (const std::string& id : ids) out.text(id);
    out.end_array();
  }
  out.end_object();
}

void write_rule(JsonWriter& out, const probes::RuleReference& rule) {
  out.field_if("rule", rule.id);
  if (rule.version != 0) out.field("rule_version", std::int64_t{rule.version});
}

void write_flag(JsonWriter& out, std::string_view name, bool value) {
  out.key(name);
  out.boolean(value);
}

Written write_record(const NewEntry& entry, Instant recorded_at, Hasher& hasher, Kept kept) {
  return std::visit([&](const auto& value) { return written(value, recorded_at, hasher, kept); }, entry);
}

}  // namespace linkaudit::log
