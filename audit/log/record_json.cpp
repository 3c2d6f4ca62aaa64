#include "audit/log/record_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "audit/log/instant_text.h"
#include "audit/log/json_writer.h"

namespace linkaudit::log {
namespace {

using nlohmann::json;

// What is not UTF-8 would make nlohmann's dump() throw.
json text(const std::string& bytes) {
  return well_formed(bytes);
}
json text_or_null(const std::string& bytes) {
  return bytes.empty() ? json(nullptr) : text(bytes);
}

template <typename Value>
json optional(const std::optional<Value>& value) {
  return value ? json(*value) : json(nullptr);
}

template <typename Enum>
json named(const std::optional<Enum>& value) {
  return value ? json(std::string(name(*value))) : json(nullptr);
}

json milliseconds(double value) {
  return value < 0 ? json(nullptr) : json(static_cast<double>(std::llround(value * 1000)) / 1000);
}

json hop_json(const probes::Hop& hop) {
  return {{"url", text(hop.url)},
          {"status", hop.status == 0 ? json(nullptr) : json(hop.status)},
          {"via", text_or_null(hop.via)},
          {"address", text_or_null(hop.address)},
          {"ms", milliseconds(hop.timing.total)},
          {"phases",
           {{"name_lookup", milliseconds(hop.timing.name_lookup)},
            {"connect", milliseconds(hop.timing.connect)},
            {"tls", milliseconds(hop.timing.tls)},
            {"first_byte", milliseconds(hop.timing.first_byte)}}},
          {"http_version", text_or_null(hop.http_version)},
          {"tls_version", text_or_null(hop.tls_version)},
          {"tls_cipher", text_or_null(hop.tls_cipher)},
          {"tls_chain_sha256", text_or_null(hop.tls_chain_sha256)}};
}

json hops_json(const std::vector<probes::Hop>& hops) {
  json list = json::array();
  for (const probes::Hop& hop : hops) list.push_back(hop_json(hop));
  return list;
}

json page_json(const std::optional<probes::Page>& page) {
  if (!page) return nullptr;
  return {{"final_url", text(page->final_url)},     {"title", text(page->title)},
          {"charset", text_or_null(page->charset)}, {"bytes", page->bytes},
          {"sha256", text(page->sha256)},           {"truncated", page->truncated}};
}

json failure_json(const std::optional<probes::Failure>& failure) {
  if (!failure) return nullptr;
  return {{"name", name(failure->name)}, {"layer", name(failure->layer)}, {"hop", failure->hop},
          {"leg", name(failure->leg)},   {"code", failure->code},         {"text", text(failure->text)}};
}

json earlier_json(const std::vector<probes::Attempt>& earlier) {
  json list = json::array();
  for (const probes::Attempt& attempt : earlier) {
    list.push_back({{"at", instant_text(attempt.at)},
                    {"url", text_or_null(attempt.url)},
                    {"address", text_or_null(attempt.address)},
                    {"failure", failure_json(attempt.failure)}});
  }
  return list;
}

json facts_json(const std::map<std::string, std::string>& facts) {
  json object = json::object();
  for (const auto& [key, value] : facts) object[well_formed(key)] = text(value);
  return object;
}

json notes_json(const std::vector<std::string>& notes) {
  json list = json::array();
  for (const std::string& note : notes) list.push_back(text(note));
  return list;
}

json rule_version(const probes::RuleReference& rule) {
  return rule.id.empty() ? json(nullptr) : json(rule.version);
}

json control_json(const std::optional<probes::ControlResult>& control) {
  if (!control) return nullptr;
  return {{"outcome", named(control->outcome)},       {"end", name(control->end)},
          {"rule", text_or_null(control->rule.id)},   {"rule_version", rule_version(control->rule)},
          {"hops", hops_json(control->hops)},         {"page", page_json(control->page)},
          {"failure", failure_json(control->failure)}};
}

void write(JsonWriter& out, const json& value);

void write_object(JsonWriter& out, const json& object) {
  std::vector<json::const_iterator> members;
  for (auto member = object.begin(); member != object.end(); ++member) members.push_back(member);
  std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return key_less(a.key(), b.key()); });
  out.begin_object();
  for (const auto& member : members) {
    out.key(member.key());
    write(out, *member);
  }
  out.end_object();
}

void write_integer(JsonWriter& out, const json& value) {
  const bool fits = !value.is_number_unsigned() || value.get<std::uint64_t>() <= std::uint64_t{INT64_MAX};
  out.integer(fits ? value.get<std::int64_t>() : INT64_MAX);
}

void write(JsonWriter& out, const json& value) {
  switch (value.type()) {
    case json::value_t::object: write_object(out, value); return;
    case json::value_t::array:
      out.begin_array();
      for (const json& item : value) write(out, item);
      out.end_array();
      return;
    case json::value_t::string: out.text(value.get_ref<const std::string&>()); return;
    case json::value_t::boolean: out.boolean(value.get<bool>()); return;
    case json::value_t::number_integer:
    case json::value_t::number_unsigned: write_integer(out, value); return;
    case json::value_t::number_float: out.number(value.get<double>()); return;
    case json::value_t::null: out.null(); return;
    default: throw std::invalid_argument("a value that JSON does not know");
  }
}

}  // namespace

json to_json(const probes::Observation& seen, std::int64_t entry) {
  return {{"entry", entry == 0 ? json(nullptr) : json(entry)},
          {"at", instant_text(seen.at)},
          {"link", text_or_null(seen.link)},
          {"url", text_or_null(seen.url)},
          {"platform", text_or_null(seen.platform)},
          {"context", text_or_null(seen.context)},
          {"method", text(seen.method)},
          {"tier", name(seen.tier)},
          {"vantage", text_or_null(seen.vantage)},
          {"simulated", seen.simulated},
          {"outcome", name(seen.outcome)},
          {"opens_directly", optional(probes::opens_directly(seen.outcome))},
          {"steps", optional(seen.steps)},
          {"rule", text_or_null(seen.rule.id)},
          {"rule_version", rule_version(seen.rule)},
          {"blame", name(seen.blame)},
          {"context_specific", optional(seen.context_specific)},
          {"presentation", named(seen.presentation)},
          {"hard", seen.hard},
          {"failure", failure_json(seen.failure)},
          {"hops", hops_json(seen.hops)},
          {"page", page_json(seen.page)},
          {"control", control_json(seen.control)},
          {"facts", facts_json(seen.facts)},
          {"attempt", seen.attempt},
          {"earlier", earlier_json(seen.earlier)},
          {"evidence", text_or_null(seen.evidence)},
          {"notes", notes_json(seen.notes)},
          {"observer", text_or_null(seen.observer)},
          {"client", text_or_null(seen.client)},
          {"source", text_or_null(seen.source)},
          {"note", text_or_null(seen.note)},
          {"screenshot", text_or_null(seen.screenshot)},
          {"valid_days", optional(seen.valid_days)}};
}

std::string canonical(const json& value) {
  JsonWriter out;
  write(out, value);
  return out.take();
}

}  // namespace linkaudit::log
