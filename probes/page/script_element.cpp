#include "probes/page/script_element.h"

#include <algorithm>
#include <array>

#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

// MIME Sniffing Standard, "JavaScript MIME type".
bool is_javascript_type(std::string_view type) {
  constexpr std::array<std::string_view, 16> kTypes = {
      "application/ecmascript", "application/javascript", "application/x-ecmascript", "application/x-javascript",
      "text/ecmascript",        "text/javascript",        "text/javascript1.0",       "text/javascript1.1",
      "text/javascript1.2",     "text/javascript1.3",     "text/javascript1.4",       "text/javascript1.5",
      "text/jscript",           "text/livescript",        "text/x-ecmascript",        "text/x-javascript"};
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

std::string type_of_script(const Token& script) {
  const std::string type = script.attribute("type");
  if (!type.empty()) return to_lower(trim(type));
  const std::string language = script.has("type") ? std::string() : to_lower(script.attribute("language"));
  return "text/" + (language.empty() ? "javascript" : language);
}

// `for` and `event`, from before there was addEventListener().
bool waits_for_event(const Token& script) {
  if (!script.has("for") || !script.has("event")) return false;
  const std::string element = script.attribute("for"), event = to_lower(trim(script.attribute("event")));
  return !equals_ignoring_case(trim(element), "window") || (event != "onload" && event != "onload()");
}

}  // namespace

bool runs_own_script(const Token& start_tag) {
  if (start_tag.has("src")) return false;
  if (start_tag.attributes.empty()) return true;
  const std::string type = type_of_script(start_tag);
  if (type == "module") return true;
  return is_javascript_type(type) && !start_tag.has("nomodule") && !waits_for_event(start_tag);
}

}  // namespace linkaudit::probes
