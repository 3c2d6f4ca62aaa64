// Where cron daemons read an expression differently, and where a change of the clock meets it. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schedules/cron.h"

namespace linkaudit::schedules {

enum class Caution { never, star_days, long_step, sunday, leapt, left_out, once, twice };
std::string_view name(Caution caution);

struct CronCaution {
  Caution caution = Caution::never;
  std::string field;          // of long_step
  std::optional<Instant> at;  // of leapt, left_out, once, twice: the first change of the clock that meets it

  bool operator==(const CronCaution&) const = default;
};

// What to know before the expression is taken elsewhere, or at its next change of the clock, looked for in the two
// years after `from`. Each caution at most once, in the order above. REQUIRES: parse_cron(expression) succeeds.
std::vector<CronCaution> lint(std::string_view expression, const Zone& zone, Instant from);

// The caution as one sentence in "en" or "zh".
std::string sentence(const CronCaution& caution, const Zone& zone, std::string_view language);

}  // namespace linkaudit::schedules
