// Records read back into values.
#include <charconv>

#include "audit/log/fields.h"
#include "audit/log/record.h"

namespace linkaudit::log {
namespace {

using nlohmann::json;
using probes::Observation;

json parse(std::string_view text) {
  json value = json::parse(text, nullptr, false);
  if (value.is_discarded()) throw std::invalid_argument("the record is not JSON");
  return value;
}

RecordHead head_from(Fields& fields) {
  RecordHead head;
  head.type = fields.required_named("type", entry_type_from);
  head.at = fields.required_instant("at");
  head.recorded_at = fields.required_instant("recorded_at");
  return head;
}

Digest digest_from(Fields& fields, const char* name) {
  const auto digest = digest_from_hex(fields.required_text(name));
  if (!digest) fields.fail(name, "is not a SHA-256 digest");
  return *digest;
}

probes::RuleReference rule_from(Fields& fields) {
  return {fields.text("rule"), fields.small_integer("rule_version").value_or(0)};
}

std::vector<probes::Hop> stable_hops(Fields& outer) {
  std::vector<probes::Hop> hops;
  const json* list = outer.find("hops");
  if (list == nullptr) return hops;
  if (!list->is_array()) outer.fail("hops", "is not a list");
  for (const json& value : *list) {
    Fields fields(value, outer.place_of("hops."));
    probes::Hop& hop = hops.emplace_back();
    hop.url = fields.required_text("url");
    hop.status = fields.small_integer("status").value_or(0);
    hop.via = fields.text("via");
    hop.http_version = fields.text("http_version");
    hop.tls_version = fields.text("tls_version");
    hop.tls_cipher = fields.text("tls_cipher");
    fields.refuse_others();
  }
  return hops;
}

std::optional<probes::Page> stable_page(Fields& outer) {
  const json* value = outer.find("page");
  if (value == nullptr) return std::nullopt;
  Fields fields(*value, outer.place_of("page."));
  probes::Page page;
  page.final_url = fields.text("final_url");
  page.title = fields.text("title");
  page.charset = fields.text("charset");
  page.truncated = fields.boolean("truncated", false);
  fields.refuse_others();
  return page;
}

std::optional<probes::ControlResult> stable_control(Fields& outer) {
  const json* value = outer.find("control");
  if (value == nullptr) return std::nullopt;
  Fields fields(*value, "control.");
  probes::ControlResult control;
  control.end = fields.required_named("end", probes::leg_end_from);
  control.outcome = fields.named("outcome", probes::outcome_from);
  control.rule = rule_from(fields);
  control.hops = stable_hops(fields);
  control.page = stable_page(fields);
  fields.refuse_others();
  return control;
}

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

std::optional<probes::Failure> failure_from(Fields& outer) {
  const json* value = outer.find("failure");
  if (value == nullptr) return std::nullopt;
  return failure_from_json(*value, outer.place_of("failure."));
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

// Parses, reads what all types share, lets `read` take the rest, and refuses what nobody asked for.
template <typename Read>
auto read_all(std::string_view record, RecordHead* head, Read read) {
  const json value = parse(record);
  Fields fields(value, "");
  RecordHead common = head_from(fields);
  auto result = read(fields, common);
  fields.refuse_others();
  if (head != nullptr) *head = common;
  return result;
}

}  // namespace

Observation read_facts(std::string_view facts) {
  const json value = parse(facts);
  Fields fields(value, "");
  Observation seen;
  seen.url = fields.text("url");
  seen.hops = stable_hops(fields);
  seen.page = stable_page(fields);
  seen.control = stable_control(fields);
  seen.facts = text_map_from(fields, "facts");
  seen.notes = text_list_from(fields, "notes");
  fields.refuse_others();
  return seen;
}

NewObservation read_observation(std::string_view record, const FindFacts& find_facts, RecordHead* head) {
  return read_all(record, head, [&](Fields& fields, RecordHead& common) {
    common.facts = digest_from(fields, "facts");
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

Gap read_gap(std::string_view record, RecordHead* head) {
  return read_all(record, head, [](Fields& fields, RecordHead& common) {
    Gap gap;
    gap.at = common.at;
    gap.link = fields.text("link");
    gap.context = fields.text("context");
    gap.schedule = fields.text("schedule");
    gap.reason = fields.required_text("reason");
    gap.method = fields.text("method");
    gap.vantage = fields.text("vantage");
    gap.simulated = fields.boolean("simulated", false);
    return gap;
  });
}

RunRecord read_run(std::string_view record, RecordHead* head) {
  return read_all(record, head, [](Fields& fields, RecordHead& common) {
    RunRecord run;
    run.at = common.at;
    run.ended = fields.required_instant("ended");
    run.trigger = fields.text("trigger");
    run.schedule = fields.text("schedule");
    run.vantage = fields.text("vantage");
    run.simulated = fields.boolean("simulated", false);
    run.planned = fields.integer("planned", 0);
    run.observed = fields.integer("observed", 0);
    Fields gaps(fields.require("gaps"), "gaps.");
    for (const auto& [reason, count] : fields.require("gaps").items()) {
      run.gaps.emplace_back(reason, gaps.integer(reason.c_str(), 0));
    }
    run.catalog_version = fields.text("catalog_version");
    return run;
  });
}

CatalogRecord read_catalog(std::string_view record, RecordHead* head) {
  return read_all(record, head, [](Fields& fields, RecordHead& common) {
    CatalogRecord catalog;
    catalog.at = common.at;
    catalog.sha256 = fields.required_text("sha256");
    catalog.schedules = text_list_from(fields, "schedules");
    return catalog;
  });
}

RecordHead read_head(std::string_view record) {
  const json value = parse(record);
  Fields fields(value, "");
  RecordHead head = head_from(fields);
  if (fields.find("facts") != nullptr) head.facts = digest_from(fields, "facts");
  return head;
}

}  // namespace linkaudit::log
