// Scripts and the data in them. Input: a script; what stands behind the first "{" or "[" is read as a literal too, and
// all of it as JSON and as the inside of a string.
#include "probes/page/script.h"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "probes/page/entities.h"
#include "probes/page/json_names.h"
#include "probes/page/script_json.h"
#include "probes/page/url.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"

namespace linkaudit::fuzz {
namespace {

using Flat = std::map<std::string, std::string>;

Flat flat_of(probes::InlineData data) {
  data.settle();
  Flat flat;
  data.for_each([&](std::string_view name, std::string_view value) {
    require(flat.emplace(name, value).second, "a name stands once", name);
  });
  return flat;
}

void check_flat(const Flat& flat) {
  require(flat.size() <= 2000, "names are bounded");
  for (const auto& [name, value] : flat) {
    require(is_utf8(name) && is_utf8(value), "names and values are UTF-8", name + "=" + value);
    require(value.size() <= 8 * 1024, "values are bounded", name);
  }
}

void check_findings(const std::string& script) {
  probes::InlineData json;
  probes::ScriptReader reader(json);
  reader.read(script);
  check_flat(flat_of(json));
  const probes::ScriptFindings& found = reader.findings();
  require(!found.redirect || !found.redirect->empty(), "a redirect has a target");
  require(!found.redirect || !probes::is_app_url(*found.redirect), "a redirect stays on the web");
  for (const std::string& jump : found.app_jumps) require(probes::is_app_url(jump), "a jump leaves for an app", jump);
}

// The names in the literal whose first bracket comes first; nothing when it is none.
std::optional<Flat> names_of_literal(const std::string& script) {
  const std::size_t bracket = script.find_first_of("{[");
  if (bracket == std::string::npos) return std::nullopt;
  probes::ScriptTokens tokens(std::string_view(script).substr(bracket + 1));
  probes::JsonNames names("name");
  const probes::Literal literal = probes::read_literal(tokens, script[bracket], names);
  const std::string_view unread = literal.unread;
  require(unread.empty() || unread.data() + unread.size() == tokens.rest().data(), "what is unread is its end", unread);
  if (!literal.whole) return std::nullopt;
  const Flat flat = flat_of(names.found());
  check_flat(flat);
  return flat;
}

std::optional<Flat> names_of_json(const std::string& text) {
  probes::JsonNames names("name");
  const bool good = probes::read_json(text, names);
  const nlohmann::json parsed = nlohmann::json::parse(text, nullptr, false);
  require(good != parsed.is_discarded(), "JSON is taken as such, and nothing else", text);
  if (!good) return std::nullopt;
  Flat flat = flat_of(names.found());
  check_flat(flat);
  for (const auto& [name, value] : flat)
    require(name.starts_with("name"), "every name begins with the variable's", name);
  if (parsed.is_string() && parsed.get<std::string>().find('&') == std::string::npos && text.size() < 8 * 1024) {
    require_same(flat["name"], parsed.get<std::string>(), "a string is its value");
  }
  return flat;
}

void check_data(const std::string& script) {
  const auto by_literal = names_of_literal(script);
  const auto by_json = names_of_json(script);
  const bool is_object = by_json && (script.starts_with('{') || script.starts_with('['));
  if (!is_object || !by_literal) return;
  require(by_literal->size() == by_json->size(), "JSON is a literal too, of the same names", script);
}

}  // namespace

void script(std::string_view input) {
  const std::string script = utf8_decoded(input);
  check_findings(script);
  check_data(script);
  require(is_utf8(probes::string_value(script)), "the value of a string is UTF-8");
  for (const auto style :
       {probes::ReferenceStyle::text, probes::ReferenceStyle::attribute, probes::ReferenceStyle::strict}) {
    const std::string decoded = probes::decode_references(script, style);
    require(is_utf8(decoded), "decoded references are UTF-8", decoded);
    require(decoded.size() <= script.size() + script.size() / 5, "decoded references are hardly longer than before");
  }
}

}  // namespace linkaudit::fuzz
