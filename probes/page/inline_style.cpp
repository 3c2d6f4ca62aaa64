#include "probes/page/inline_style.h"

#include <algorithm>

#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

class Property {
 public:
  void declare(std::string_view value) {
    const std::size_t mark = value.find('!');
    const bool important =
        mark != std::string_view::npos && equals_ignoring_case(trim(value.substr(mark + 1)), "important");
    value = trim(value.substr(0, mark));
    const bool keyword = std::all_of(value.begin(), value.end(), [](char c) { return is_alpha(c) || c == '-'; });
    if (value.empty() || !keyword || (important_ && !important)) return;
    hides_ = equals_ignoring_case(value, "none") || equals_ignoring_case(value, "hidden") ||
             equals_ignoring_case(value, "collapse");
    important_ = important;
  }
  bool hides() const { return hides_; }

 private:
  bool hides_ = false;
  bool important_ = false;
};

std::string_view without_comment(std::string_view name) {
  const std::size_t end = name.rfind("*/");
  return trim(end == std::string_view::npos ? name : name.substr(end + 2));
}

}  // namespace

bool hides(std::string_view style) {
  Property display, visibility;
  while (!style.empty()) {
    const std::string_view declaration = style.substr(0, style.find(';'));
    style.remove_prefix(std::min(declaration.size() + 1, style.size()));
    const std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = without_comment(declaration.substr(0, colon));
    if (equals_ignoring_case(name, "display")) display.declare(declaration.substr(colon + 1));
    if (equals_ignoring_case(name, "visibility")) visibility.declare(declaration.substr(colon + 1));
  }
  return display.hides() || visibility.hides();
}

}  // namespace linkaudit::probes
