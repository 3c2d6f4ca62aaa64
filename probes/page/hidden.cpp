#include "probes/page/hidden.h"

#include <algorithm>
#include <array>

#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

bool is_void_element(std::string_view name) {
  constexpr std::array<std::string_view, 14> kNames = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                                       "input", "link", "meta", "param", "source", "track", "wbr"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool is_hidden(const Token& tag) {
  if (tag.name == "template") return true;
  if (tag.name == "html" || tag.name == "body") return false;  // scripts show those again ("anti-flicker")
  if (tag.has("hidden")) return true;
  std::string style = to_lower(tag.attribute("style"));
  style.erase(std::remove_if(style.begin(), style.end(), is_space), style.end());
  return style.find("display:none") != std::string::npos;
}

// Another of the same name ends these when their own end tag was left out.
bool ends_by_itself(std::string_view name) {
  constexpr std::array<std::string_view, 8> kNames = {"p", "li", "dd", "dt", "tr", "td", "th", "option"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

void HiddenElements::open(const Token& start_tag) {
  if (depth_ > 0 && start_tag.name == name_) {
    depth_ = ends_by_itself(name_) ? 0 : depth_ + 1;
  }
  if (depth_ > 0) return;
  if (!is_void_element(start_tag.name) && is_hidden(start_tag)) {
    name_ = start_tag.name;
    depth_ = 1;
  }
}

void HiddenElements::close(const std::string& name) {
  if (depth_ > 0 && name == name_) --depth_;
}

}  // namespace linkaudit::probes
