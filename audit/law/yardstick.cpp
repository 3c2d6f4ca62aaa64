#include "audit/law/yardstick.h"

namespace linkaudit::law {

bool Yardstick::set(std::size_t platform, const std::optional<Treatment>& treatment) {
  treatments_[platform] = treatment;
  const auto before = best_;
  for (const ParityOver over : kParities) best_[static_cast<std::size_t>(over)] = best(over);
  return best_ != before;
}

int Yardstick::best_besides(std::size_t platform, ParityOver over) const {
  const Best& best = best_[static_cast<std::size_t>(over)];
  return best.platform == platform ? best.of_others : best.rank;
}

Yardstick::Best Yardstick::best(ParityOver over) const {
  const auto better = [](int rank, int than) { return than == Treatment::kUnknown || rank < than; };
  Best best;
  for (std::size_t platform = 0; platform < treatments_.size(); ++platform) {
    const int rank = treatments_[platform] ? treatments_[platform]->rank(over) : Treatment::kUnknown;
    if (rank == Treatment::kUnknown) continue;
    if (better(rank, best.rank)) {
      best.of_others = best.rank;
      best.rank = rank;
      best.platform = platform;
    } else if (better(rank, best.of_others)) {
      best.of_others = rank;
    }
  }
  return best;
}

}  // namespace linkaudit::law
