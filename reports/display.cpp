#include "reports/display.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/text.h"
#include "reports/words.h"

namespace linkaudit::reports {
namespace {

struct Shown {
  const Display& display;

  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::string& text) const { return plain_text(text); }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(double number) const { return std::isfinite(number) ? fmt::format("{}", number) : ""; }
  std::string operator()(bool is) const { return std::string(display.word(is ? "yes" : "no")); }
  std::string operator()(Instant at) const { return display.zone().shown(at); }
  std::string operator()(const Badge& badge) const { return reports::shown(badge); }
  std::string operator()(const Term& term) const { return plain_text(term.label); }
  std::string operator()(const Entries& entries) const { return fmt::format("{}", fmt::join(entries.numbers, ", ")); }
  std::string operator()(const Counted& counted) const { return display.number(counted.number); }
  std::string operator()(const Summed& summed) const { return display.number(summed.number); }
  std::string operator()(const Picture& picture) const { return plain_text(picture.text); }
};

// Words among values and numbers, which would crowd a cell in two languages.
constexpr std::array<std::string_view, 5> in_cells = {"yes", "no", "part", "entry", "filter_shown"};

constexpr std::array<std::string_view, 12> months = {"month.1", "month.2",  "month.3",  "month.4",
                                                     "month.5", "month.6",  "month.7",  "month.8",
                                                     "month.9", "month.10", "month.11", "month.12"};

std::string date_in(std::string_view language, const Civil& day) {
  return fmt::format(fmt::runtime(word(language, "date")), day.day,
                     word(language, months.at(static_cast<std::size_t>(day.month - 1))), day.year);
}

}  // namespace

Display::Display(const Report& report)
    : language_(report.language == Language::zh ? "zh" : "en"), both_(report.both_languages), zone_(report.zone) {}

std::string Display::in_each(std::string_view key,
                             const std::function<std::string(std::string_view language)>& text) const {
  if (!both_ || std::ranges::find(in_cells, key) != in_cells.end()) return text(language_);
  return text(language_) + " / " + text(language_ == "zh" ? "en" : "zh");
}

std::string Display::word(std::string_view key) const {
  return in_each(key, [&](std::string_view language) { return std::string(reports::word(language, key)); });
}

std::string Display::words(std::string_view key, std::string_view first) const {
  return in_each(
      key, [&](std::string_view language) { return fmt::format(fmt::runtime(reports::word(language, key)), first); });
}

std::string Display::words(std::string_view key, std::string_view first, std::string_view second) const {
  return in_each(key, [&](std::string_view language) {
    return fmt::format(fmt::runtime(reports::word(language, key)), first, second);
  });
}

std::string Display::long_date(Instant at) const {
  return date_in(language_, zone_.civil(at));
}

std::string Display::dated(std::string_view key, Instant at) const {
  const Civil c = zone_.civil(at);
  return in_each(key, [&](std::string_view language) {
    const std::string instant =
        fmt::format(fmt::runtime(reports::word(language, "date_and_time")), date_in(language, c),
                    fmt::format("{:02}:{:02}:{:02}", c.hour, c.minute, c.second));
    return fmt::format(fmt::runtime(reports::word(language, key)), instant);
  });
}

std::string Display::number(std::int64_t number) const {
  std::string digits = fmt::format("{}", number);
  const std::size_t sign = number < 0 ? 1 : 0;  // both languages part thousands by a comma
  for (std::size_t at = digits.size(); at > sign + 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string Display::shown(const Value& value) const {
  return std::visit(Shown{*this}, value);
}

std::string shown(const Badge& badge) {
  if (badge.symbol.empty()) return plain_text(badge.label, Breaks::join);
  return plain_text(badge.symbol, Breaks::join) + " " + plain_text(badge.label, Breaks::join);
}

std::string simulated_mark(const Report& report) {
  if (!report.simulated) return {};
  return fmt::format("{} {}", word("en", "simulated"), word("zh", "simulated"));
}

std::string simulated_banner(const Report& report) {
  if (!report.simulated) return {};
  return fmt::format("{}  ·  {} {}", simulated_mark(report), word("en", "simulated_note"),
                     word("zh", "simulated_note"));
}

}  // namespace linkaudit::reports
