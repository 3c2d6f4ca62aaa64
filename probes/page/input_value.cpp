#include "probes/page/input_value.h"

#include <algorithm>
#include <array>

#include "probes/page/ascii.h"

namespace linkaudit::probes {

std::string shown_value(const Token& input) {
  constexpr std::array<std::string_view, 13> kNoText = {"hidden", "password", "checkbox",      "radio", "file",
                                                        "image",  "color",    "range",         "date",  "month",
                                                        "week",   "time",     "datetime-local"};
  const std::string type = to_lower(input.attribute("type"));
  if (std::find(kNoText.begin(), kNoText.end(), type) != kNoText.end()) return {};
  return input.attribute("value");
}

}  // namespace linkaudit::probes
