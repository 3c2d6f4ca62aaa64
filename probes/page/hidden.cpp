#include "probes/page/hidden.h"

#include <algorithm>

#include "probes/page/ascii.h"
#include "probes/page/inline_style.h"

namespace linkaudit::probes {
namespace {

bool is_void_element(std::string_view name) {
  constexpr std::array<std::string_view, 14> kNames = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                                       "input", "link", "meta", "param", "source", "track", "wbr"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// What stands in them is shown only where browsers do not know them.
bool holds_fallback(const Token& tag) {
  const std::string_view name = tag.name;
  if (name == "object") return tag.has("data");
  return is_one_of(name, {"video", "audio", "canvas", "datalist", "meter", "progress", "rp"});
}

bool is_hidden(const Token& tag) {
  const std::string_view name = tag.name;
  if (name == "template" || (name == "dialog" && !tag.has("open")) || holds_fallback(tag)) return true;
  if (tag.attributes.empty()) return false;
  if (name == "html" || name == "body") return false;  // scripts show those again ("anti-flicker")
  return tag.has("hidden") || (tag.has("style") && hides(tag.attribute("style")));
}

// Another of the same name ends these when their own end tag was left out.
bool ends_by_itself(std::string_view name) {
  constexpr std::array<std::string_view, 8> kNames = {"p", "li", "dd", "dt", "tr", "td", "th", "option"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// The end of one of these ends what was left open in it. kContainers for all others.
std::size_t container_of(std::string_view name) {
  constexpr std::array<std::string_view, HiddenElements::kContainers> kNames = {"div", "section", "article", "ul",
                                                                                "li",  "table",   "td",      "form"};
  return static_cast<std::size_t>(std::find(kNames.begin(), kNames.end(), name) - kNames.begin());
}

}  // namespace

bool HiddenElements::open(const Token& start_tag) {
  if (depth_ > 0 && start_tag.name == name_) {
    depth_ = ends_by_itself(name_) ? 0 : depth_ + 1;
  } else if (depth_ > 0) {
    if (const std::size_t container = container_of(start_tag.name); container < kContainers) ++inner_[container];
  }
  if (depth_ > 0) return true;
  if (!is_hidden(start_tag)) return false;
  if (is_void_element(start_tag.name)) return true;
  name_ = start_tag.name;
  depth_ = 1;
  inner_ = {};
  return true;
}

bool HiddenElements::close(std::string_view name) {
  if (depth_ == 0) return false;
  const std::size_t container = container_of(name);
  if (name == name_) {
    --depth_;
  } else if (container < kContainers && inner_[container] > 0) {
    --inner_[container];
  } else if (container < kContainers && name_ != "template" && name_ != "object") {
    depth_ = 0;
    return false;
  }
  return true;
}

}  // namespace linkaudit::probes
