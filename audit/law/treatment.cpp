#include "audit/law/treatment.h"

#include <algorithm>
#include <limits>

#include "audit/law/clause.h"
#include "audit/law/severity.h"

namespace linkaudit::law {
namespace {

constexpr int kNotOpened = 1'000'000;  // more than steps are ever noted
constexpr int kNotNoted = std::numeric_limits<int>::max();

int rank_of(probes::Presentation presentation) {
  using probes::Presentation;
  switch (presentation) {
    case Presentation::card: return 0;
    case Presentation::link: return 1;
    case Presentation::folded: return 2;
    case Presentation::text: return 3;
    case Presentation::text_token: return 4;
  }
  return Treatment::kUnknown;
}

int rank_of_steps(const Span& word) {
  if (opens(word.outcome)) return std::clamp(steps_of(word), 0, kNotOpened - 1);
  return word.steps ? kNotOpened + std::clamp(*word.steps, 0, kNotOpened - 1) : kNotNoted;
}

}  // namespace

Treatment Treatment::of(const Span& word) {
  return Treatment(severity(word.outcome), word.presentation ? rank_of(*word.presentation) : kUnknown,
                   rank_of_steps(word));
}

std::optional<bool> Treatment::worse(ParityOver over, int own, int best) {
  if (own == kUnknown || best == kUnknown) return std::nullopt;
  if (over == ParityOver::steps && own == kNotNoted) return best < kNotOpened;
  return own > best;
}

void Treatment::join(const Treatment& other) {
  for (std::size_t over = 0; over < ranks_.size(); ++over) ranks_[over] = std::max(ranks_[over], other.ranks_[over]);
}

bool operator<(const Treatment& left, const Treatment& right) {
  const auto unknown_last = [](std::array<int, kParities.size()> ranks) {
    std::replace(ranks.begin(), ranks.end(), Treatment::kUnknown, kNotNoted);
    return ranks;
  };
  return unknown_last(left.ranks_) < unknown_last(right.ranks_);
}

}  // namespace linkaudit::law
