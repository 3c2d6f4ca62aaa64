#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "schedules/cron_field.h"

namespace linkaudit::schedules {
namespace {

constexpr std::size_t field_count = 5;
constexpr std::string_view five_fields = "exactly five fields: minute hour day-of-month month day-of-week";
constexpr std::string_view macro_names = "@hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually";

struct Macro {
  std::string_view name, expression;
};
constexpr std::array<Macro, 7> macros = {{
    {"@hourly", "0 * * * *"},
    {"@daily", "0 0 * * *"},
    {"@midnight", "0 0 * * *"},
    {"@weekly", "0 0 * * 0"},
    {"@monthly", "0 0 1 * *"},
    {"@yearly", "0 0 1 1 *"},
    {"@annually", "0 0 1 1 *"},
}};

tl::unexpected<CronError> refuse_expression(std::string what) {
  return tl::unexpected(CronError{"expression", "expression: " + what});
}

tl::unexpected<CronError> refuse_count(const std::vector<std::string_view>& words) {
  if (words.empty()) return refuse_expression(fmt::format("empty; valid are {}, or {}", five_fields, macro_names));
  if (words.size() > field_count) {
    return refuse_expression(fmt::format("{} fields, {} follows day-of-week; valid are {} (no seconds, no year)",
                                         words.size(), quoted(words[field_count]), five_fields));
  }
  std::string missing;
  for (std::size_t index = words.size(); index < field_count; ++index) {
    missing += fmt::format("{}{}", missing.empty() ? "" : ", ", cron_fields()[index].name);
  }
  return refuse_expression(fmt::format("{} field{}, without {}; valid are {}", words.size(),
                                       words.size() == 1 ? "" : "s", missing, five_fields));
}

template <std::size_t size>
std::bitset<size> narrowed(const Numbers& numbers) {
  return std::bitset<size>(numbers.to_ullong());
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  std::vector<std::string_view> words;
  for (auto start = text.find_first_not_of(blanks); start != std::string_view::npos;) {
    const auto end = std::min(text.find_first_of(blanks, start), text.size());
    words.push_back(text.substr(start, end - start));
    start = text.find_first_not_of(blanks, end);
  }
  return words;
}

tl::expected<Cron, CronError> parse_cron(std::string_view expression) {
  std::vector<std::string_view> words = words_of(expression);
  if (!words.empty() && words.front().starts_with('@')) {
    const auto macro =
        std::ranges::find_if(macros, [&](const Macro& each) { return same_name(each.name, words.front()); });
    if (macro == macros.end() || words.size() > 1) {
      return refuse_expression(fmt::format("{} is not known; valid are {}",
                                           quoted(macro == macros.end() ? words.front() : expression), macro_names));
    }
    words = words_of(macro->expression);
  }
  if (words.size() != field_count) return refuse_count(words);
  std::array<Numbers, field_count> sets;
  for (std::size_t index = 0; index < field_count; ++index) {
    const auto parsed = parse_field(cron_fields()[index], words[index]);
    if (!parsed) return tl::unexpected(parsed.error());
    sets[index] = *parsed;
  }
  if (sets[4].test(7)) sets[4].set(0).reset(7);
  Cron cron;
  cron.minutes = narrowed<60>(sets[0]);
  cron.hours = narrowed<24>(sets[1]);
  cron.days_of_month = narrowed<32>(sets[2]);
  cron.months = narrowed<13>(sets[3]);
  cron.days_of_week = narrowed<7>(sets[4]);
  cron.any_day_of_month = words[2].starts_with('*');
  cron.any_day_of_week = words[4].starts_with('*');
  cron.follows_clock = words[0].starts_with('*') || words[1].starts_with('*');
  return cron;
}

}  // namespace linkaudit::schedules
