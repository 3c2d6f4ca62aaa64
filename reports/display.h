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
  std::string_view word(std::string_view key) const;
  std::string words(std::string_view key, std::string_view first) const;  // with {0} filled in
  std::string words(std::string_view key, std::string_view first, std::string_view second) const;

  // As a person reads it. Line breaks are kept. What is not known, NaN and infinities among it, is empty.
  std::string shown(const Value& value) const;

 private:
  std::string language_;
  Zone zone_;
};

// "✓ direct": plain text of one line.
std::string shown(const Badge& badge);

// Empty, or "SIMULATED 模拟".
std::string simulated_mark(const Report& report);
// The mark with a sentence in each language; for the top of every sheet and page.
std::string simulated_banner(const Report& report);

}  // namespace linkaudit::reports
