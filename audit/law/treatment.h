// How a link is shown and opened, in ranks that can be compared: the smaller, the better.
#pragma once

#include <array>
#include <optional>

#include "audit/law/judge.h"

namespace linkaudit::law {

inline constexpr std::array kParities = {ParityOver::outcome, ParityOver::presentation, ParityOver::steps};

class Treatment {
 public:
  Treatment() = default;
  Treatment(int outcome, int presentation, int steps) : ranks_{outcome, presentation, steps} {}
  // REQUIRES a word whose outcome can tell.
  static Treatment of(const Span& word);

  // Is this worse than `best`? Nothing where one of the two is not known. What did not open is worse in steps than
  // anything that did; among what did not, steps are compared where both were noted.
  static std::optional<bool> worse(ParityOver over, int own, int best);

  int rank(ParityOver over) const { return ranks_[static_cast<std::size_t>(over)]; }
  // The worse in each.
  void join(const Treatment& other);
  // The best first, what is not known last.
  friend bool operator<(const Treatment& left, const Treatment& right);
  bool operator==(const Treatment&) const = default;

  static constexpr int kUnknown = -1;

 private:
  std::array<int, kParities.size()> ranks_ = {kUnknown, kUnknown, kUnknown};
};

}  // namespace linkaudit::law
