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

Standings::Standings(const std::vector<ParityMember>& members, const Clause& clause)
    : clause_(clause), shown_(members.size()) {
  for (std::size_t member = 0; member < members.size(); ++member) {
    if (platforms_.empty() || platforms_.back() != members[member].platform) {
      platforms_.push_back(members[member].platform);
      first_member_.push_back(member);
    }
    platform_of_.push_back(platforms_.size() - 1);
  }
  first_member_.push_back(members.size());
  yardsticks_.assign(probes::kTiers.size(), Yardstick(platforms_.size()));
}

void Standings::show(std::size_t member, probes::Tier tier, const Span* word) {
  const auto at = static_cast<std::size_t>(tier);
  const bool tells = word != nullptr && probes::opens_directly(word->outcome).has_value();
  shown_[member][at] = {tells ? std::optional(Treatment::of(*word)) : std::nullopt, word};
  const std::size_t platform = platform_of_[member];
  std::optional<Treatment> together;
  for (std::size_t each = first_member_[platform]; each < first_member_[platform + 1]; ++each) {
    const auto& treatment = shown_[each][at].treatment;
    if (!treatment) continue;
    if (together) {
      together->join(*treatment);
    } else {
      together = treatment;
    }
  }
  if (together == yardsticks_[at].of(platform)) return;
  if (yardsticks_[at].set(platform, together)) moved_[at] = true;
}

bool Standings::moved(probes::Tier tier) {
  return std::exchange(moved_[static_cast<std::size_t>(tier)], false);
}

Comparison Standings::compare(std::size_t member, const Span& word) const {
  const Requires& required = clause_.obligation->requires_;
  Comparison said;
  said.blame = blame_of(word);
  const std::optional<bool> by_itself = satisfies(required, word);
  if (!by_itself) return said;

  const Treatment own = Treatment::of(word);
  const Yardstick& yardstick = yardsticks_[static_cast<std::size_t>(word.tier)];
  bool compared = false, worse_opened = false, worse_shown = false;
  for (const ParityOver over : required.parity) {
    const auto worse = Treatment::worse(over, own.rank(over), yardstick.best_besides(platform_of_[member], over));
    compared = compared || worse.has_value();
    if (worse.value_or(false)) (over == ParityOver::presentation ? worse_shown : worse_opened) = true;
  }
  const bool failing = !*by_itself || worse_opened;
  if (failing || compared) said.satisfied = !failing && !worse_shown;
  if (failing) {
    said.verdict = verdict_of_failing(clause_, word, said.blame);
  } else if (compared) {
    said.verdict = verdict_of_satisfying(clause_, word.tier);
  }
  if (worse_shown && said.verdict.status != Status::breached) {
    said.verdict = verdict_of_worse_shown(clause_);
    said.blame = probes::Blame::host;
  }
  return said;
}

std::vector<Compared> Standings::others(std::size_t member, probes::Tier tier) const {
  const Yardstick& yardstick = yardsticks_[static_cast<std::size_t>(tier)];
  std::vector<Compared> others;
  for (std::size_t platform = 0; platform < platforms_.size(); ++platform) {
    if (platform == platform_of_[member] || !yardstick.of(platform)) continue;
    Compared& other = others.emplace_back();
    other.platform = platforms_[platform];
    other.treatment = *yardstick.of(platform);
    for (std::size_t each = first_member_[platform]; each < first_member_[platform + 1]; ++each) {
      if (shown(each, tier).treatment) other.entries.push_back(shown(each, tier).word->last_entry);
    }
  }
  return others;
}

}  // namespace linkaudit::law
