#include "schedules/cron_field.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace linkaudit::schedules {
namespace {

constexpr std::array<std::string_view, 12> month_names = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                          "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::array<std::string_view, 7> weekday_names = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

constexpr std::array<CronField, 5> fields = {{
    {"minute", 0, 59, {}, "0-59"},
    {"hour", 0, 23, {}, "0-23"},
    {"day-of-month", 1, 31, {}, "1-31"},
    {"month", 1, 12, month_names, "1-12 or JAN-DEC"},
    {"day-of-week", 0, 7, weekday_names, "0-7 or SUN-SAT (0 and 7 are Sunday)"},
}};

char upper(char character) {
  return character >= 'a' && character <= 'z' ? char(character - 'a' + 'A') : character;
}

template <typename Value>
using Parsed = tl::expected<Value, CronError>;

tl::unexpected<CronError> refuse(const CronField& field, std::string_view what, std::string_view valid) {
  return tl::unexpected(
      CronError{std::string(field.name), fmt::format("{}: {}; valid are {}", field.name, what, valid)});
}

Parsed<int> parse_value(const CronField& field, std::string_view text) {
  for (std::size_t index = 0; index < field.value_names.size(); ++index) {
    if (same_name(text, field.value_names[index])) return field.low + static_cast<int>(index);
  }
  int value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  const bool digits_only = stop == end && text.front() != '-';
  if (!digits_only || error == std::errc::invalid_argument) {
    return refuse(field, quoted(text) + (field.value_names.empty() ? " is no number" : " is no number or name"),
                  field.valid);
  }
  if (error != std::errc{} || value < field.low || value > field.high) {
    return refuse(field, fmt::format("{} is out of range", text.substr(0, 40)), field.valid);
  }
  return value;
}

Parsed<int> parse_step(const CronField& field, std::string_view element, std::string_view text) {
  int step = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, step);
  if (error != std::errc{} || stop != end || step < 1) {
    return refuse(field, fmt::format("step {} of {} is no number from 1", quoted(text), quoted(element)),
                  "*/N and A-B/N with N from 1");
  }
  return step;
}

struct Range {
  int first, last;
};

Parsed<Range> parse_range(const CronField& field, std::string_view text) {
  const auto dash = text.find('-');
  const std::string_view left = text.substr(0, dash), right = text.substr(dash + 1);
  if (left.empty() || right.empty() || right.find('-') != std::string_view::npos) {
    return refuse(field, quoted(text) + " is no range", fmt::format("A-B with A and B in {}", field.valid));
  }
  const Parsed<int> first = parse_value(field, left);
  if (!first) return tl::unexpected(first.error());
  const Parsed<int> last = parse_value(field, right);
  if (!last) return tl::unexpected(last.error());
  if (*first > *last) {
    // Sunday is 0 as a name, so that FRI-SUN ends before it begins; 5-7 says the same.
    const bool ends_on_sunday = field.high == 7 && *last == 0;
    return refuse(field, quoted(text) + " runs backwards",
                  ends_on_sunday ? fmt::format("{}-7 to end on Sunday", *first)
                                 : fmt::format("two ranges: {}-{},{}-{}", *first, field.high, field.low, *last));
  }
  return Range{*first, *last};
}

// One element of a list: `*`, a number or a range, the first and the last with a step if wanted.
Parsed<Numbers> parse_element(const CronField& field, std::string_view element) {
  const auto slash = element.find('/');
  const std::string_view base = element.substr(0, slash);
  if (base.empty()) return refuse(field, quoted(element) + " has nothing to step through", "*/N and A-B/N");
  Range range{field.low, field.high};
  if (base.find('-') != std::string_view::npos) {
    const Parsed<Range> parsed = parse_range(field, base);
    if (!parsed) return tl::unexpected(parsed.error());
    range = *parsed;
  } else if (base != "*") {
    const Parsed<int> value = parse_value(field, base);
    if (!value) return tl::unexpected(value.error());
    if (slash != std::string_view::npos) {
      return refuse(field, quoted(element) + " steps from a single number",
                    fmt::format("*/N and A-B/N, such as {}-{}/N", *value, field.high));
    }
    range = {*value, *value};
  }
  int step = 1;
  if (slash != std::string_view::npos) {
    const Parsed<int> parsed = parse_step(field, element, element.substr(slash + 1));
    if (!parsed) return tl::unexpected(parsed.error());
    step = std::min(*parsed, field.high + 1);  // a longer one names the first number alone, too
  }
  Numbers numbers;
  for (int number = range.first; number <= range.last; number += step) numbers.set(static_cast<std::size_t>(number));
  return numbers;
}

}  // namespace

const std::array<CronField, 5>& cron_fields() {
  return fields;
}

bool same_name(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, upper, upper);
}

// For a message of one line: control characters replaced, long text cut between characters.
std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 40;
  std::size_t length = std::min(text.size(), longest);
  while (length < text.size() && length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
  std::string shown(text.substr(0, length));
  std::ranges::replace_if(
      shown, [](unsigned char each) { return each < 0x20 || each == 0x7F; }, '?');
  return '"' + shown + (length < text.size() ? "...\"" : "\"");
}

tl::expected<Numbers, CronError> parse_field(const CronField& field, std::string_view text) {
  Numbers numbers;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t comma = std::min(text.find(',', start), text.size());
    const std::string_view element = text.substr(start, comma - start);
    if (element.empty()) return refuse(field, quoted(text) + " has an empty place in its list", field.valid);
    const Parsed<Numbers> parsed = parse_element(field, element);
    if (!parsed) return parsed;
    numbers |= *parsed;
    start = comma + 1;
  }
  return numbers;
}

}  // namespace linkaudit::schedules
