// How a report's values are shown: in its language, in its zone, as plain text.
#pragma once

#include <string>
#include <string_view>

#include "reports/report.h"
#include "reports/zone.h"

namespace linkaudit::reports {

class Display {
 public:
  // Throws std::runtime_error for a zone that does not exist.
  explicit Display(const Report& report);

  const Zone& zone() const { return zone_; }
  std::string_view language() const { return language_; }
  // In the report's language; of a report in both languages in both, "Contents / 目录", its own first. Never in both:
  // yes and no, and the form of a name.
  std::string word(std::string_view key) const;
  std::string words(std::string_view key, std::string_view first) const;  // with {0} filled in
  std::string words(std::string_view key, std::string_view first, std::string_view second) const;

  // For sentences and headings: "27 January 2022", "2022年1月27日". Tables show instants by zone().shown().
  std::string long_date(Instant at) const;
  // The word of a key with {0} filled in: "As of 27 January 2022, 23:59:59", in each language's habit.
  std::string dated(std::string_view key, Instant at) const;
  // For sentences, headings and counted numbers: "12,345". Not for numbers that are names, as those of entries.
  std::string number(std::int64_t number) const;

  // As a person reads it. Line breaks are kept. What is not known, NaN and infinities among it, is empty.
  std::string shown(const Value& value) const;

 private:
  std::string in_each(std::string_view key, const std::function<std::string(std::string_view language)>& text) const;

  std::string language_;
  bool both_;
  Zone zone_;
};

// "✓ direct": plain text of one line.
std::string shown(const Badge& badge);

// Empty, or "SIMULATED 模拟".
std::string simulated_mark(const Report& report);
// The mark with a sentence in each language; for the top of every sheet and page.
std::string simulated_banner(const Report& report);

}  // namespace linkaudit::reports
