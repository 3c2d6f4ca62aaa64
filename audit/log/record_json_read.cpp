// observation_from_json: the reverse of to_json.
#include "audit/log/fields.h"
#include "audit/log/record_json.h"
#include "audit/log/record_parts.h"

namespace linkaudit::log {
namespace {

using nlohmann::json;

probes::Timing timing_from(const json& json_phases, const std::string& place, std::optional<double> total) {
  Fields phases(json_phases, place);
  probes::Timing timing;
  timing.name_lookup = phases.number("name_lookup").value_or(-1);
  timing.connect = phases.number("connect").value_or(-1);
  timing.tls = phases.number("tls").value_or(-1);
  timing.first_byte = phases.number("first_byte").value_or(-1);
  timing.total = total.value_or(-1);
  phases.refuse_others();
  return timing;
}

probes::Hop hop_from(const json& value, const std::string& place) {
  Fields fields(value, place);
  probes::Hop hop;
  hop.url = fields.required_text("url");
  hop.status = fields.small_integer("status").value_or(0);
  hop.via = fields.text("via");
  hop.address = fields.text("address");
  const auto total = fields.number("ms");
  const json* phases = fields.find("phases");
  hop.timing = timing_from(phases == nullptr ? json::object() : *phases, place + "phases.", total);
  hop.http_version = fields.text("http_version");
  hop.tls_version = fields.text("tls_version");
  hop.tls_cipher = fields.text("tls_cipher");
  hop.tls_chain_sha256 = fields.text("tls_chain_sha256");
  fields.refuse_others();
  return hop;
}

std::vector<probes::Hop> hops_from(Fields& fields) {
  std::vector<probes::Hop> hops;
  const json* list = fields.find("hops");
  if (list == nullptr) return hops;
  if (!list->is_array()) fields.fail("hops", "is not a list");
  for (const json& hop : *list) {
    hops.push_back(hop_from(hop, fields.place_of("hops") + "[" + std::to_string(hops.size()) + "]."));
  }
  return hops;
}

std::optional<probes::Page> page_from(Fields& outer) {
  const json* value = outer.find("page");
  if (value == nullptr) return std::nullopt;
  Fields fields(*value, outer.place_of("page."));
  probes::Page page;
  page.final_url = fields.text("final_url");
  page.title = fields.text("title");
  page.charset = fields.text("charset");
  page.bytes = fields.integer("bytes", 0);
  page.sha256 = fields.text("sha256");
  page.truncated = fields.boolean("truncated", false);
  fields.refuse_others();
  return page;
}

std::optional<probes::ControlResult> control_from(Fields& outer) {
  const json* value = outer.find("control");
  if (value == nullptr) return std::nullopt;
  Fields fields(*value, outer.place_of("control."));
  probes::ControlResult control;
  control.outcome = fields.named("outcome", probes::outcome_from);
  control.end = fields.required_named("end", probes::leg_end_from);
  control.rule = rule_from(fields);
  control.hops = hops_from(fields);
  control.page = page_from(fields);
  control.failure = failure_from(fields);
  fields.refuse_others();
  return control;
}

void read_state(Fields& fields, probes::Observation& seen) {
  seen.outcome = fields.required_named("outcome", probes::outcome_from);
  fields.find("opens_directly");  // follows from the outcome
  seen.steps = fields.small_integer("steps");
  seen.rule = rule_from(fields);
  seen.blame = fields.required_named("blame", probes::blame_from);
  seen.context_specific = fields.optional_boolean("context_specific");
  seen.presentation = fields.named("presentation", probes::presentation_from);
  seen.hard = fields.boolean("hard", true);
  seen.failure = failure_from(fields);
}

void read_attestation(Fields& fields, probes::Observation& seen) {
  seen.observer = fields.text("observer");
  seen.client = fields.text("client");
  seen.source = fields.text("source");
  seen.note = fields.text("note");
  seen.screenshot = fields.text("screenshot");
  seen.valid_days = fields.small_integer("valid_days");
}

}  // namespace

std::map<std::string, std::string> text_map_from(Fields& fields, const char* name) {
  std::map<std::string, std::string> map;
  const json* value = fields.find(name);
  if (value == nullptr) return map;
  if (!value->is_object()) fields.fail(name, "is not an object");
  for (const auto& [key, text] : value->items()) {
    if (!text.is_string()) fields.fail(name, key + " is not a text");
    map[key] = text.get<std::string>();
  }
  return map;
}

std::vector<std::string> text_list_from(Fields& fields, const char* name) {
  std::vector<std::string> list;
  const json* value = fields.find(name);
  if (value == nullptr) return list;
  if (!value->is_array()) fields.fail(name, "is not a list");
  for (const json& text : *value) {
    if (!text.is_string()) fields.fail(name, "holds something that is not a text");
    list.push_back(text.get<std::string>());
  }
  return list;
}

std::optional<probes::Failure> failure_from(Fields& outer) {
  const json* value = outer.find("failure");
  if (value == nullptr) return std::nullopt;
  return failure_from_json(*value, outer.place_of("failure."));
}

probes::Failure failure_from_json(const json& value, const std::string& place) {
  Fields fields(value, place);
  probes::Failure failure;
  failure.name = fields.required_named("name", probes::failure_name_from);
  failure.layer = fields.named("layer", probes::layer_from).value_or(probes::layer_of(failure.name));
  failure.hop = fields.small_integer("hop").value_or(0);
  failure.leg = fields.named("leg", probes::leg_from).value_or(probes::Leg::context);
  failure.code = fields.integer("code", 0);
  failure.text = fields.text("text");
  fields.refuse_others();
  return failure;
}

std::vector<probes::Attempt> earlier_from(Fields& outer) {
  std::vector<probes::Attempt> earlier;
  const json* list = outer.find("earlier");
  if (list == nullptr) return earlier;
  if (!list->is_array()) outer.fail("earlier", "is not a list");
  for (const json& value : *list) {
    Fields fields(value, "earlier.");
    probes::Attempt& attempt = earlier.emplace_back();
    attempt.at = fields.required_instant("at");
    attempt.url = fields.text("url");
    attempt.address = fields.text("address");
    attempt.failure = failure_from_json(fields.require("failure"), "earlier.failure.");
    fields.refuse_others();
  }
  return earlier;
}

probes::Observation observation_from_json(const json& value) {
  Fields fields(value, "");
  probes::Observation seen;
  fields.find("entry");  // says where it stood in another log
  seen.at = fields.required_instant("at");
  seen.link = fields.text("link");
  seen.url = fields.text("url");
  seen.platform = fields.text("platform");
  seen.context = fields.required_text("context");
  seen.method = fields.required_text("method");
  seen.tier = fields.required_named("tier", probes::tier_from);
  seen.vantage = fields.text("vantage");
  seen.simulated = fields.boolean("simulated", false);
  read_state(fields, seen);
  seen.hops = hops_from(fields);
  seen.page = page_from(fields);
  seen.control = control_from(fields);
  seen.facts = text_map_from(fields, "facts");
  seen.attempt = fields.small_integer("attempt").value_or(1);
  seen.earlier = earlier_from(fields);
  seen.evidence = fields.text("evidence");
  seen.notes = text_list_from(fields, "notes");
  read_attestation(fields, seen);
  fields.refuse_others();
  return seen;
}

}  // namespace linkaudit::log
