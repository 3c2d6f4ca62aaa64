// Days, counted in a clause's zone: how long a breach lasts, and on how many of those days nobody was looking.
#pragma once

#include <vector>

#include "audit/law/link_state.h"

namespace linkaudit::law {

// The day before the first that counts: the effective date, or, when the clause had been met since then, the day on
// which the present breach was first seen. REQUIRES state.is(breached).
Date overdue_from(const LinkState& state, const Clause& clause);

// When words of any of some links were fresh, taken together as the links come.
class FreshTime {
 public:
  void add(const LinkState& link, Instant as_of);

  // Of the days after `from` up to that of as-of, those on which no word of any of the links was fresh at any time.
  int days_without(const Date& from, Instant as_of, const std::string& zone) const;

 private:
  struct Stretch {
    Instant begin{}, end{};  // both included
  };
  using Stretches = std::vector<Stretch>;

  static void add_run(const Run& run, Instant until, Stretches& stretches);
  static Stretches merged(Stretches stretches);

  Stretches stretches_;
  std::size_t merged_ = 0;  // so many there were when they were last merged
};

}  // namespace linkaudit::law
