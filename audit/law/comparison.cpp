#include "audit/law/comparison.h"

#include <utility>

namespace linkaudit::law {
namespace {

// How the host app shows a link is the host app's doing alone.
Verdict verdict_of_worse_shown(const Clause& clause) {
  if (clause.obligation->binds_host) return {Status::breached, std::nullopt};
  return {Status::undetermined, Status::breached};
}

}  // namespace

Standings::Standings(const Alike& alike, const Clause& clause)
    : alike_(&alike), clause_(&clause), yardsticks_(probes::kTiers.size(), Yardstick(alike.platforms())) {}

std::optional<Instant> Standings::next() const {
  if (turns_ == alike_->turns().size()) return std::nullopt;
  return alike_->turns()[turns_].at;
}

void Standings::advance(Instant now) {
  for (; turns_ < alike_->turns().size() && alike_->turns()[turns_].at <= now; ++turns_) {
    const Turn& turn = alike_->turns()[turns_];
    const auto tier = static_cast<std::size_t>(turn.tier);
    if (yardsticks_[tier].set(turn.platform, turn.treatment)) moved_[tier] = true;
  }
}

bool Standings::moved(probes::Tier tier) {
  return std::exchange(moved_[static_cast<std::size_t>(tier)], false);
}

Comparison Standings::compare(std::uint32_t platform, const Span& word) const {
  const Requires& required = clause_->obligation->requires_;
  Comparison said;
  said.blame = blame_of(word);
  const std::optional<bool> by_itself = satisfies(required, word);
  if (!by_itself) return said;

  const Treatment own = Treatment::of(word);
  const Yardstick& yardstick = yardsticks_[static_cast<std::size_t>(word.tier)];
  bool compared = false, worse_opened = false, worse_shown = false;
  for (const ParityOver over : required.parity) {
    const auto worse = Treatment::worse(over, own.rank(over), yardstick.best_besides(platform, over));
    compared = compared || worse.has_value();
    if (worse.value_or(false)) (over == ParityOver::presentation ? worse_shown : worse_opened) = true;
  }
  const bool failing = !*by_itself || worse_opened;
  if (failing || compared) said.satisfied = !failing && !worse_shown;
  if (failing) {
    said.verdict = verdict_of_failing(*clause_, word, said.blame);
  } else if (compared) {
    said.verdict = verdict_of_satisfying(*clause_, word.tier);
  }
  if (worse_shown && said.verdict.status != Status::breached) {
    said.verdict = verdict_of_worse_shown(*clause_);
    said.blame = probes::Blame::host;
  }
  return said;
}

}  // namespace linkaudit::law
