#include "probes/page/refresh.h"

#include <algorithm>

#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

constexpr int kLongestWaitSeconds = 30;

void skip_space(std::string_view& text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
}

}  // namespace

std::optional<std::string> refresh_target(std::string_view value) {
  skip_space(value);
  if (value.empty() || (!is_digit(value.front()) && value.front() != '.')) return std::nullopt;
  int seconds = 0;
  for (; !value.empty() && is_digit(value.front()); value.remove_prefix(1)) {
    seconds = std::min(seconds * 10 + (value.front() - '0'), kLongestWaitSeconds + 1);
  }
  if (seconds > kLongestWaitSeconds) return std::nullopt;
  while (!value.empty() && (is_digit(value.front()) || value.front() == '.')) value.remove_prefix(1);
  if (value.empty() || (!is_space(value.front()) && value.front() != ';' && value.front() != ',')) return std::nullopt;
  skip_space(value);
  if (!value.empty() && (value.front() == ';' || value.front() == ',')) value.remove_prefix(1);
  skip_space(value);
  if (starts_ignoring_case(value, "url")) {
    std::string_view after = value.substr(3);
    skip_space(after);
    if (after.starts_with('=')) {
      value = after.substr(1);
      skip_space(value);
    }
  }
  if (!value.empty() && (value.front() == '"' || value.front() == '\'')) {
    value = value.substr(1, value.find(value.front(), 1) - 1);
  }
  value = trim(value);
  return value.empty() ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace linkaudit::probes
