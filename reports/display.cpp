#include "reports/display.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

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
  std::string operator()(const Counted& counted) const { return (*this)(counted.number); }
  std::string operator()(const Summed& summed) const { return (*this)(summed.number); }
  std::string operator()(const Picture& picture) const { return plain_text(picture.text); }
};

}  // namespace

Display::Display(const Report& report) : language_(report.language == Language::zh ? "zh" : "en"), zone_(report.zone) {}

std::string_view Display::word(std::string_view key) const {
  return reports::word(language_, key);
}

std::string Display::words(std::string_view key, std::string_view first) const {
  return fmt::format(fmt::runtime(word(key)), first);
}

std::string Display::words(std::string_view key, std::string_view first, std::string_view second) const {
  return fmt::format(fmt::runtime(word(key)), first, second);
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
