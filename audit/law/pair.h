// From the links of a platform in a context to one finding.
#pragma once

#include "audit/law/decision.h"

namespace linkaudit::law {

// The links in a clause's scope of which anything is known, one after the other; none is kept, but what the links'
// words and the policy say must outlive it. The clause, which it points to, is taken to be in force.
class Pair {
 public:
  Pair(const Clause& clause, Instant as_of, Detail detail) : as_of_(as_of), detail_(detail), decision_(clause, as_of) {}

  // In the catalog's order.
  void add(const LinkState& link);

  // All but the names, the number of links and the waiver. To be called once, after the last.
  Finding take_finding();

 private:
  void add_words(const LinkHistory& history);

  Instant as_of_;
  Detail detail_;
  int known_ = 0, fresh_ = 0;
  Decision decision_;
  Shown worst_fresh_;
  std::optional<Contradiction> contradicted_;  // of any link, deciding or not
  std::vector<Word> words_;
};

}  // namespace linkaudit::law
