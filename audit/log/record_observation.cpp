// The record of an observation: what differs from one look to the next.
#include <cmath>

#include "audit/log/hash.h"
#include "audit/log/instant_text.h"
#include "audit/log/record_parts.h"

namespace linkaudit::log {
namespace {

std::int64_t microseconds(double milliseconds) {
  return std::isfinite(milliseconds) && milliseconds >= 0 ? std::llround(milliseconds * 1000) : -1;
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

void write_earlier(JsonWriter& out, const std::vector<probes::Attempt>& earlier) {
  if (earlier.empty()) return;
  out.key("earlier");
  out.begin_array();
  for (const probes::Attempt& attempt : earlier) {
    out.begin_object();
    out.field_if("address", attempt.address);
    out.field("at", instant_text(attempt.at));
    write_failure(out, attempt.failure);
    out.field_if("url", attempt.url);
    out.end_object();
  }
  out.end_array();
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

}  // namespace

std::string observation_record(const NewObservation& entry, std::optional<Instant> recorded_at, EntryType type,
                               const Digest& facts, Kept kept) {
  const probes::Observation& seen = entry.observation;
  JsonWriter out;
  out.begin_object();
  out.field("at", instant_text(seen.at));
  if (seen.attempt != 1) out.field("attempt", std::int64_t{seen.attempt});
  out.field("blame", name(seen.blame));
  out.field_if("client", seen.client);
  out.field("context", seen.context);
  if (seen.context_specific) write_flag(out, "context_specific", *seen.context_specific);
  write_moving_control(out, seen.control);
  write_earlier(out, seen.earlier);
  out.field_if("evidence", seen.evidence);
  out.field("facts", to_hex(facts));
  write_failure(out, seen.failure);
  write_fire(out, entry.fire);
  if (!seen.hard) write_flag(out, "hard", false);
  write_moving_hops(out, seen.hops);
  if (recorded_at) write_kept(out, kept);
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

}  // namespace linkaudit::log
