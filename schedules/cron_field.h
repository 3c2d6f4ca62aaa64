// One field of a cron expression: a list of `*`, numbers, names, ranges and steps.
#pragma once

#include <array>
#include <bitset>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schedules/cron.h"

namespace linkaudit::schedules {

struct CronField {
  std::string_view name;
  int low, high;
  std::span<const std::string_view> value_names;  // the first one stands for `low`
  std::string_view valid;
};

// minute, hour, day-of-month, month, day-of-week
const std::array<CronField, 5>& cron_fields();

// The words of an expression, at blanks.
std::vector<std::string_view> words_of(std::string_view text);

using Numbers = std::bitset<64>;  // bit n: the field names n; 7 of day-of-week is not yet 0

tl::expected<Numbers, CronError> parse_field(const CronField& field, std::string_view text);

bool same_name(std::string_view left, std::string_view right);  // ASCII letters, either case

// A piece of an expression for a message of one line: control characters replaced, cut after 40 bytes.
std::string quoted(std::string_view text);

}  // namespace linkaudit::schedules
