#include "probes/page/page_handlers.h"

#include <algorithm>
#include <array>

#include "probes/page/ascii.h"
#include "probes/page/entities.h"
#include "probes/page/script.h"
#include "probes/page/script_written.h"
#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

bool runs_by_itself(std::string_view handler, const Token& tag) {
  constexpr std::array<std::string_view, 14> kHandlers = {
      "onload",    "onerror",        "onpageshow",       "onreadystatechange", "onloadstart",
      "onloadend", "onbegin",        "onanimationstart", "ontransitionend",    "onplay",
      "oncanplay", "onanimationend", "ontoggle",         "onloadeddata"};
  const auto is_handler = [&](std::string_view name) { return equals_ignoring_case(name, handler); };
  if (std::any_of(kHandlers.begin(), kHandlers.end(), is_handler)) return tag.name != "body" || !is_handler("onload");
  return equals_ignoring_case(handler, "onfocus") && tag.has("autofocus");
}

// Most handlers only put another picture in place of one that is missing.
bool may_leave(std::string_view script) {
  constexpr std::array<std::string_view, 11> kWords = {"location", "submit",    "click", "open",     "eval", "write",
                                                       "navigate", "innerHTML", "\\",    "Function", "["};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return script.find(word) != std::string_view::npos; });
}

bool leaves(std::string_view script) {
  InlineData data;
  ScriptReader reader(data);
  reader.read(script);
  const ScriptFindings& found = reader.findings();
  return found.redirect || found.suspected || !found.app_jumps.empty();
}

}  // namespace

bool leaves_by_handler(const Token& start_tag) {
  for (const auto& [name, value] : start_tag.attributes) {
    const bool handler = name.size() > 5 && to_lower(name[0]) == 'o' && to_lower(name[1]) == 'n';
    if (!handler || !runs_by_itself(name, start_tag)) continue;
    const std::string script = decode_references(value, ReferenceStyle::attribute);
    if (may_leave(script) && leaves(script)) return true;
  }
  return false;
}

bool leaves_by_frame(const Token& frame) {
  std::string text = frame.attribute("srcdoc");
  if (!frame.has("srcdoc")) {
    text = frame.attribute("src");
    if (to_lower(scheme_of(trim(text))) != "javascript") return false;
    text = percent_decode(text);
  }
  const bool reaches_out = text.find("top") != std::string::npos || text.find("parent") != std::string::npos;
  return reaches_out && sets_location(text);
}

}  // namespace linkaudit::probes
