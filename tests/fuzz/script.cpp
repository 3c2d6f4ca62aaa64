// Scripts and the data in them. Input: a script; what stands behind the first "{" or "[" is read as a literal too, and
// all of it as JSON and as the inside of a string.
#include "probes/page/script.h"

#include <nlohmann/json.hpp>

#include "probes/page/entities.h"
#include "probes/page/script_json.h"
#include "probes/page/url.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"

namespace linkaudit::fuzz {
namespace {

using Flat = std::map<std::string, std::string>;

void check_flat(const Flat& flat) {
  require(flat.size() <= 2000, "names are bounded");
  for (const auto& [name, value] : flat) {
    require(is_utf8(name) && is_utf8(value), "names and values are UTF-8", name + "=" + value);
    require(value.size() <= 8 * 1024, "values are bounded", name);
  }
}

void check_findings(const std::string& script) {
  Flat json;
  probes::ScriptReader reader(json);
  reader.read(script);
  check_flat(json);
  const probes::ScriptFindings& found = reader.findings();
  require(!found.redirect || !found.redirect->empty(), "a redirect has a target");
  require(!found.redirect || !probes::is_app_url(*found.redirect), "a redirect stays on the web");
  for (const std::string& jump : found.app_jumps) require(probes::is_app_url(jump), "a jump leaves for an app", jump);
}

// Whatever is written as JSON reads as the JSON parser reads it.
void check_literal(const std::string& script) {
  const std::size_t bracket = script.find_first_of("{[");
  if (bracket == std::string::npos) return;
  probes::ScriptTokens tokens(std::string_view(script).substr(bracket + 1));
  std::string json;
  std::size_t open = 0;
  const bool whole = probes::literal_to_json(tokens, script[bracket], json, open);
  require(!whole || open == 0, "a literal that was read whole leaves nothing open", json);
  require(json.size() <= 512 * 1024, "JSON is bounded");
  require(is_utf8(json), "JSON is UTF-8", json);
}

void check_json(const std::string& text) {
  Flat flat = {{"before", "kept"}};
  const bool good = probes::flatten_json("name", text, flat);
  check_flat(flat);
  require(flat["before"] == "kept", "what was there stays");
  require(good || flat.size() == 1, "what is no JSON adds nothing");
  const nlohmann::json parsed = nlohmann::json::parse(text, nullptr, false);
  if (parsed.is_discarded()) return;
  require(good, "JSON is taken as such", text);
  for (const auto& [name, value] : flat) {
    require(name.starts_with("name") || name == "before", "every name begins with the variable's", name);
  }
  if (parsed.is_string()) {
    const auto once = probes::decode_references(parsed.get<std::string>(), probes::ReferenceStyle::strict);
    if (once.find('&') == std::string::npos && once.size() < 8 * 1024) require_same(flat["name"], once, "a string is its value");
  }
}

}  // namespace

void script(std::string_view input) {
  const std::string script = utf8_decoded(input);
  check_findings(script);
  check_literal(script);
  check_json(script);
  require(is_utf8(probes::string_value(script)), "the value of a string is UTF-8");
  for (const auto style : {probes::ReferenceStyle::text, probes::ReferenceStyle::attribute, probes::ReferenceStyle::strict}) {
    const std::string decoded = probes::decode_references(script, style);
    require(is_utf8(decoded), "decoded references are UTF-8", decoded);
    require(decoded.size() <= script.size(), "decoded references are no longer than they were");
  }
}

}  // namespace linkaudit::fuzz
