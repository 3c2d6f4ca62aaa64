#include "reports/neutral.h"

#include <array>
#include <string_view>

namespace linkaudit::reports {

std::string neutral(std::string text) {
  static constexpr std::array<std::string_view, 5> passed = {" ", "'", "\n", "\u00A0", "\u3000"};
  static constexpr std::array<std::string_view, 9> triggers = {"=", "+", "-", "@", "＝", "＋", "－", "＠", "\u2212"};
  std::string_view rest = text;
  for (bool moved = true; moved;) {
    moved = false;
    for (const auto one : passed) {
      if (!rest.starts_with(one)) continue;
      rest.remove_prefix(one.size());
      moved = true;
    }
  }
  for (const auto one : triggers) {
    if (rest.starts_with(one)) return "'" + text;
  }
  return text;
}

}  // namespace linkaudit::reports
