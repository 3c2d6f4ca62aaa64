// The record of an observation, read back into what its facts gave.
#include "audit/log/record_head.h"

namespace linkaudit::log {
namespace {

using nlohmann::json;
using probes::Observation;

double phase_from(Fields& outer, const json& value) {
  if (!value.is_number_integer()) outer.fail("hops", "holds a time that is not a whole number");
  const auto microseconds = value.get<std::int64_t>();
  return microseconds < 0 ? -1 : static_cast<double>(microseconds) / 1000;
}

void add_moving_hops(Fields& outer, std::vector<probes::Hop>& hops) {
  const json* list = outer.find("hops");
  const std::size_t count = list != nullptr && list->is_array() ? list->size() : 0;
  if (count != hops.size()) outer.fail("hops", "are not as many as in the facts");
  for (std::size_t i = 0; i < count; ++i) {
    const json& value = (*list)[i];
    if (!value.is_array() || value.size() != 6 || !value[0].is_string()) outer.fail("hops", "are not of their form");
    probes::Timing& timing = hops[i].timing;
    hops[i].address = value[0].get<std::string>();
    double* const phases[] = {&timing.name_lookup, &timing.connect, &timing.tls, &timing.first_byte, &timing.total};
    for (std::size_t phase = 0; phase < 5; ++phase) *phases[phase] = phase_from(outer, value[phase + 1]);
  }
}

void add_moving_page(Fields& outer, std::optional<probes::Page>& page) {
  const json* value = outer.find("page");
  if ((value != nullptr) != page.has_value()) outer.fail("page", "is in only one of record and facts");
  if (!page) return;
  if (!value->is_array() || value->size() != 2 || !(*value)[0].is_number_integer() || !(*value)[1].is_string()) {
    outer.fail("page", "is not of its form");
  }
  page->bytes = (*value)[0].get<std::int64_t>();
  page->sha256 = (*value)[1].get<std::string>();
}

void add_moving_control(Fields& outer, std::optional<probes::ControlResult>& control) {
  const json* value = outer.find("control");
  if (!control) {
    if (value != nullptr) outer.fail("control", "is not in the facts");
    return;
  }
  const json nothing = json::object();
  Fields fields(value == nullptr ? nothing : *value, "control.");
  add_moving_hops(fields, control->hops);
  add_moving_page(fields, control->page);
  control->failure = failure_from(fields);
  fields.refuse_others();
}

std::optional<Fire> fire_from(Fields& outer) {
  const json* value = outer.find("fire");
  if (value == nullptr) return std::nullopt;
  Fields fields(*value, "fire.");
  Fire fire{fields.required_text("schedule"), fields.required_instant("planned"), fields.required_text("reason")};
  fields.refuse_others();
  return fire;
}

void add_state(Fields& fields, Observation& seen) {
  seen.outcome = fields.required_named("outcome", probes::outcome_from);
  seen.steps = fields.small_integer("steps");
  seen.rule = rule_from(fields);
  seen.blame = fields.required_named("blame", probes::blame_from);
  seen.context_specific = fields.optional_boolean("context_specific");
  seen.presentation = fields.named("presentation", probes::presentation_from);
  seen.hard = fields.boolean("hard", true);
  seen.failure = failure_from(fields);
}

void add_place(Fields& fields, Observation& seen) {
  seen.link = fields.text("link");
  seen.platform = fields.text("platform");
  seen.context = fields.required_text("context");
  seen.method = fields.required_text("method");
  seen.tier = fields.required_named("tier", probes::tier_from);
  seen.vantage = fields.text("vantage");
  seen.simulated = fields.boolean("simulated", false);
  seen.attempt = fields.small_integer("attempt").value_or(1);
  seen.earlier = earlier_from(fields);
  seen.evidence = fields.text("evidence");
}

void add_words_of_a_person(Fields& fields, Observation& seen) {
  seen.observer = fields.text("observer");
  seen.client = fields.text("client");
  seen.source = fields.text("source");
  seen.note = fields.text("note");
  seen.screenshot = fields.text("screenshot");
  seen.valid_days = fields.small_integer("valid_days");
}

}  // namespace

NewObservation read_observation(std::string_view record, const FindFacts& find_facts, RecordHead* head) {
  return read_all(record, head, [&](Fields& fields, RecordHead& common) {
    common.facts = digest_from(fields, "facts");
    common.kept = kept_from(fields);
    NewObservation entry{find_facts(*common.facts), std::nullopt};
    Observation& seen = entry.observation;
    seen.at = common.at;
    add_place(fields, seen);
    add_state(fields, seen);
    add_moving_hops(fields, seen.hops);
    add_moving_page(fields, seen.page);
    add_moving_control(fields, seen.control);
    add_words_of_a_person(fields, seen);
    entry.fire = fire_from(fields);
    return entry;
  });
}

}  // namespace linkaudit::log
