// Parity: links of one kind of the platforms of one category in one context, compared with one another tier by tier.
#pragma once

#include <deque>
#include <string_view>
#include <vector>

#include "audit/law/alike.h"

namespace linkaudit::law {

struct ParityMember {
  std::string_view platform;
  const LinkHistory* history = nullptr;  // never nothing
};

// A link is judged at its own best tier, by how the other platforms are treated at that tier. What a platform shows
// there is the worst of its fresh, hard, undisputed words that can tell, in each of outcome, presentation and steps.
// Worse than the best of the others in anything that the clause names: breached, by whoever is to blame; for a worse
// presentation that is the host app, which alone decides it. No worse in anything that could be compared: met. With
// nobody to be compared with: undetermined.
//
// The clause's other demands, if it makes any, are to be met as well.
class Parity {
 public:
  // Of the links that are alike some or all. What they point to must outlive this.
  Parity(const std::vector<ParityMember>& members, const Alike& alike, const Clause& clause);

  // In the members' order; they point into this.
  const std::vector<LinkState>& states() const { return states_; }

 private:
  // Of members whose history is not enough: with a moment wherever the verdict changes.
  std::deque<LinkHistory> histories_;
  std::vector<LinkState> states_;
};

}  // namespace linkaudit::law
