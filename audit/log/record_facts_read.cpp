// The stable part of an observation, read back.
#include "audit/log/record.h"
#include "audit/log/record_parts.h"

namespace linkaudit::log {
namespace {

using nlohmann::json;

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
    hop.tls_chain_sha256 = fields.text("tls_chain_sha256");
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

}  // namespace

probes::Observation read_facts(std::string_view facts) {
  const json value = parse_record(facts);
  Fields fields(value, "");
  probes::Observation seen;
  seen.url = fields.text("url");
  seen.hops = stable_hops(fields);
  seen.page = stable_page(fields);
  seen.control = stable_control(fields);
  seen.facts = text_map_from(fields, "facts");
  seen.notes = text_list_from(fields, "notes");
  fields.refuse_others();
  return seen;
}

}  // namespace linkaudit::log
