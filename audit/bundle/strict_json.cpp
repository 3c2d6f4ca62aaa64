#include "audit/bundle/strict_json.h"

#include <set>
#include <vector>

#include "audit/bundle/parts.h"

namespace linkaudit::bundle {

using nlohmann::json;

json strict_json(const std::string& name, std::string_view text) {
  const std::string no_json = name + " is no JSON";
  if (text.starts_with("\xEF\xBB\xBF")) throw Misfit(no_json);
  std::vector<std::set<std::string>> members;  // of the objects around, so far
  const json::parser_callback_t look = [&](int depth, json::parse_event_t event, const json& parsed) {
    if (event == json::parse_event_t::object_start) members.emplace_back();
    if (event == json::parse_event_t::object_end) members.pop_back();
    if (event == json::parse_event_t::key && !members.back().insert(parsed.get<std::string>()).second) {
      throw Misfit(name + " has a member twice");
    }
    if (depth > kDeepest) throw Misfit(no_json);
    return true;
  };
  try {
    return json::parse(text, look);
  } catch (const json::exception&) {
    throw Misfit(no_json);
  }
}

std::int64_t entry_number(const json& value) {
  if (!value.is_number_integer()) throw Misfit("a part has not the form it should have");
  return value.get<std::int64_t>();
}

}  // namespace linkaudit::bundle
