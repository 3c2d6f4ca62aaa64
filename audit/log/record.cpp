#include "audit/log/record.h"

#include <algorithm>
#include <cmath>

#include "audit/log/instant_text.h"
#include "audit/log/json_writer.h"

namespace linkaudit::log {
namespace {

using probes::Observation;

std::int64_t microseconds(double milliseconds) {
  return std::isfinite(milliseconds) && milliseconds >= 0 ? std::llround(milliseconds * 1000) : -1;
}

// The members of an object in canonical order, their names as they will be written.
template <typename Value, typename Members>
std::vector<std::pair<std::string, Value>> in_order(const Members& members) {
  std::vector<std::pair<std::string, Value>> sorted;
  for (const auto& [key, value] : members) sorted.emplace_back(well_formed(key), value);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return key_less(a.first, b.first); });
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
  sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());
  return sorted;
}

void write_rule(JsonWriter& out, const probes::RuleReference& rule) {
  out.field_if("rule", rule.id);
  if (rule.version != 0) out.field("rule_version", std::int64_t{rule.version});
}

// Each hop as [address, name lookup, connect, TLS, first byte, total], times in microseconds.
void write_moving_hops(JsonWriter& out, const std::vector<probes::Hop>& hops) {
  if (hops.empty()) return;
  out.key("hops");
  out.begin_array();
  for (const probes::Hop& hop : hops) {
    const probes::Timing& timing = hop.timing;
    out.begin_array();
    out.text(hop.address);
    for (const double phase : {timing.name_lookup, timing.connect, timing.tls, timing.first_byte, timing.total}) {
      out.integer(microseconds(phase));
    }
    out.end_array();
  }
  out.end_array();
}

void write_moving_page(JsonWriter& out, const std::optional<probes::Page>& page) {
  if (!page) return;
  out.key("page");
  out.begin_array();
  out.integer(page->bytes);
  out.text(page->sha256);
  out.end_array();
}

void write_failure(JsonWriter& out, const std::optional<probes::Failure>& failure) {
  if (!failure) return;
  out.key("failure");
  out.begin_object();
  out.field("code", std::int64_t{failure->code});
  out.field("hop", std::int64_t{failure->hop});
  out.field("layer", name(failure->layer));
  out.field("leg", name(failure->leg));
  out.field("name", name(failure->name));
  out.field("text", failure->text);
  out.end_object();
}

void write_moving_control(JsonWriter& out, const std::optional<probes::ControlResult>& control) {
  if (!control || (control->hops.empty() && !control->page && !control->failure)) return;
  out.key("control");
  out.begin_object();
  write_failure(out, control->failure);
  write_moving_hops(out, control->hops);
  write_moving_page(out, control->page);
  out.end_object();
}

void write_fire(JsonWriter& out, const std::optional<Fire>& fire) {
  if (!fire) return;
  out.key("fire");
  out.begin_object();
  out.field("planned", instant_text(fire->planned));
  out.field("reason", fire->reason);
  out.field("schedule", fire->schedule);
  out.end_object();
}

void write_stable_hops(JsonWriter& out, const std::vector<probes::Hop>& hops) {
  if (hops.empty()) return;
  out.key("hops");
  out.begin_array();
  for (const probes::Hop& hop : hops) {
    out.begin_object();
    out.field_if("http_version", hop.http_version);
    out.field("status", std::int64_t{hop.status});
    out.field_if("tls_cipher", hop.tls_cipher);
    out.field_if("tls_version", hop.tls_version);
    out.field("url", hop.url);
    out.field_if("via", hop.via);
    out.end_object();
  }
  out.end_array();
}

void write_stable_page(JsonWriter& out, const std::optional<probes::Page>& page) {
  if (!page) return;
  out.key("page");
  out.begin_object();
  out.field_if("charset", page->charset);
  out.field("final_url", page->final_url);
  out.field("title", page->title);
  if (page->truncated) {
    out.key("truncated");
    out.boolean(true);
  }
  out.end_object();
}

void write_stable_control(JsonWriter& out, const std::optional<probes::ControlResult>& control) {
  if (!control) return;
  out.key("control");
  out.begin_object();
  out.field("end", name(control->end));
  write_stable_hops(out, control->hops);
  if (control->outcome) out.field("outcome", name(*control->outcome));
  write_stable_page(out, control->page);
  write_rule(out, control->rule);
  out.end_object();
}

std::string stable_facts(const Observation& seen) {
  JsonWriter out;
  out.begin_object();
  write_stable_control(out, seen.control);
  if (!seen.facts.empty()) {
    out.key("facts");
    out.begin_object();
    for (const auto& [key, value] : in_order<std::string_view>(seen.facts)) out.field(key, value);
    out.end_object();
  }
  write_stable_hops(out, seen.hops);
  if (!seen.notes.empty()) {
    out.key("notes");
    out.begin_array();
    for (const std::string& note : seen.notes) out.text(note);
    out.end_array();
  }
  write_stable_page(out, seen.page);
  out.field("url", seen.url);
  out.end_object();
  return out.take();
}

void write_flag(JsonWriter& out, std::string_view name, bool value) {
  out.key(name);
  out.boolean(value);
}

// `recorded_at` is left out for the identity of an attestation.
std::string observation_record(const NewObservation& entry, std::optional<Instant> recorded_at, EntryType type,
                               const Digest& facts) {
  const Observation& seen = entry.observation;
  JsonWriter out;
  out.begin_object();
  out.field("at", instant_text(seen.at));
  if (seen.attempt != 1) out.field("attempt", std::int64_t{seen.attempt});
  out.field("blame", name(seen.blame));
  out.field_if("client", seen.client);
  out.field("context", seen.context);
  if (seen.context_specific) write_flag(out, "context_specific", *seen.context_specific);
  write_moving_control(out, seen.control);
  out.field_if("evidence", seen.evidence);
  out.field("facts", to_hex(facts));
  write_failure(out, seen.failure);
  write_fire(out, entry.fire);
  if (!seen.hard) write_flag(out, "hard", false);
  write_moving_hops(out, seen.hops);
  out.field_if("link", seen.link);
  out.field("method", seen.method);
  out.field_if("note", seen.note);
  out.field_if("observer", seen.observer);
  out.field("outcome", name(seen.outcome));
  write_moving_page(out, seen.page);
  out.field_if("platform", seen.platform);
  if (seen.presentation) out.field("presentation", name(*seen.presentation));
  if (recorded_at) out.field("recorded_at", instant_text(*recorded_at));
  write_rule(out, seen.rule);
  out.field_if("screenshot", seen.screenshot);
  if (seen.simulated) write_flag(out, "simulated", true);
  out.field_if("source", seen.source);
  if (seen.steps) out.field("steps", std::int64_t{*seen.steps});
  out.field("tier", name(seen.tier));
  out.field("type", name(type));
  if (seen.valid_days) out.field("valid_days", std::int64_t{*seen.valid_days});
  out.field_if("vantage", seen.vantage);
  out.end_object();
  return out.take();
}

Written written(const NewObservation& entry, Instant recorded_at, Hasher& hasher) {
  Written result;
  const bool attested = entry.observation.method == "attestation";
  result.type = attested ? EntryType::attestation : EntryType::observation;
  result.at = entry.observation.at;
  result.facts = stable_facts(entry.observation);
  result.facts_digest = hasher(result.facts);
  result.record = observation_record(entry, recorded_at, result.type, result.facts_digest);
  if (attested) result.identity = observation_record(entry, std::nullopt, result.type, result.facts_digest);
  return result;
}

Written written(const Gap& gap, Instant recorded_at, Hasher&) {
  JsonWriter out;
  out.begin_object();
  out.field("at", instant_text(gap.at));
  out.field("context", gap.context);
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

Written written(const RunRecord& run, Instant recorded_at, Hasher&) {
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

Written written(const CatalogRecord& catalog, Instant recorded_at, Hasher&) {
  JsonWriter out;
  out.begin_object();
  out.field("at", instant_text(catalog.at));
  out.field("recorded_at", instant_text(recorded_at));
  out.key("schedules");
  out.begin_array();
  for (const std::string& schedule : catalog.schedules) out.text(schedule);
  out.end_array();
  out.field("sha256", catalog.sha256);
  out.field("type", name(EntryType::catalog));
  out.end_object();
  return {EntryType::catalog, catalog.at, out.take(), {}, {}, {}};
}

}  // namespace

Written write_record(const NewEntry& entry, Instant recorded_at, Hasher& hasher) {
  return std::visit([&](const auto& value) { return written(value, recorded_at, hasher); }, entry);
}

}  // namespace linkaudit::log
