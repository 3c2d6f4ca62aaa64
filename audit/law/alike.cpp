#include "audit/law/alike.h"

#include <algorithm>

#include "audit/law/scope.h"

namespace linkaudit::law {
namespace {

// The treatments of a platform's links at one tier, which come and go.
class Together {
 public:
  void add(const Treatment& treatment) {
    for (const ParityOver over : kParities) ++ranks(over)[treatment.rank(over)];
    ++links_;
  }
  void remove(const Treatment& treatment) {
    for (const ParityOver over : kParities) {
      const auto rank = ranks(over).find(treatment.rank(over));
      if (--rank->second == 0) ranks(over).erase(rank);
    }
    --links_;
  }
  // The worst in each.
  std::optional<Treatment> treatment() const {
    if (links_ == 0) return std::nullopt;
    const auto worst = [&](ParityOver over) { return ranks_[static_cast<std::size_t>(over)].rbegin()->first; };
    return Treatment(worst(ParityOver::outcome), worst(ParityOver::presentation), worst(ParityOver::steps));
  }

 private:
  using Ranks = std::map<int, std::size_t>;  // how many links have it
  Ranks& ranks(ParityOver over) { return ranks_[static_cast<std::size_t>(over)]; }

  std::array<Ranks, kParities.size()> ranks_;
  std::size_t links_ = 0;
};

}  // namespace

void Alike::show(const Moment& moment, probes::Tier tier) {
  Showing& showing = showings_.emplace_back();
  showing.at = moment.at;
  showing.link = static_cast<std::uint32_t>(platform_of_.size() - 1);
  showing.tier = tier;
  if (!moment.settled()) return;
  const Span& word = *moment.holder->span;
  if (!probes::opens_directly(word.outcome)) return;
  showing.treatment = Treatment::of(word);
  showing.entry = word.last_entry;
}

void Alike::add(std::string_view platform, const LinkHistory& history, Instant as_of) {
  if (platforms_.empty() || platforms_.back() != platform) platforms_.push_back(platform);
  platform_of_.push_back(static_cast<std::uint32_t>(platforms_.size() - 1));
  const auto spoken = [&](probes::Tier tier) { return !history.cell->at(tier).empty(); };
  if (std::count_if(probes::kTiers.begin(), probes::kTiers.end(), spoken) == 1) {
    for (const Moment& moment : history.moments) show(moment, moment.tier);
    return;
  }
  for (const probes::Tier tier : probes::kTiers) {
    for (const Moment& moment : timeline(*history.cell, tier, as_of, history.window)) show(moment, tier);
  }
}

void Alike::finish() {
  const auto earlier = [](const Showing& left, const Showing& right) { return left.at < right.at; };
  std::stable_sort(showings_.begin(), showings_.end(), earlier);
  struct Newest {
    std::optional<Treatment> treatment;
    std::int64_t entry = 0;
  };
  for (const probes::Tier tier : probes::kTiers) {
    std::vector<Newest> shown(platform_of_.size());
    std::vector<Together> together(platforms_.size());
    for (const Showing& showing : showings_) {
      if (showing.tier != tier) continue;
      const std::uint32_t platform = platform_of_[showing.link];
      const std::optional<Treatment> before = together[platform].treatment();
      Newest& own = shown[showing.link];
      if (own.treatment) together[platform].remove(*own.treatment);
      own = {showing.treatment, showing.entry};
      if (own.treatment) together[platform].add(*own.treatment);
      const std::optional<Treatment> after = together[platform].treatment();
      if (after != before) turns_.push_back({showing.at, tier, platform, after});
    }
    std::vector<Compared>& at_last = at_last_[static_cast<std::size_t>(tier)];
    at_last.resize(platforms_.size());
    for (std::size_t link = 0; link < shown.size(); ++link) {
      if (shown[link].treatment) at_last[platform_of_[link]].entries.push_back(shown[link].entry);
    }
    for (std::size_t platform = 0; platform < platforms_.size(); ++platform) {
      at_last[platform].platform = platforms_[platform];
      if (const auto treatment = together[platform].treatment()) at_last[platform].treatment = *treatment;
    }
  }
  const auto sooner = [](const Turn& left, const Turn& right) { return left.at < right.at; };
  std::stable_sort(turns_.begin(), turns_.end(), sooner);
  std::vector<Showing>().swap(showings_);  // to assign nothing would keep the room
  std::vector<std::uint32_t>().swap(platform_of_);
}

std::uint32_t Alike::place_of(std::string_view platform) const {
  return static_cast<std::uint32_t>(std::find(platforms_.begin(), platforms_.end(), platform) - platforms_.begin());
}

ComparedList Alike::compared(std::uint32_t besides, probes::Tier tier) const {
  std::vector<Compared> found;
  const std::vector<Compared>& all = at_last_[static_cast<std::size_t>(tier)];
  for (std::uint32_t platform = 0; platform < platforms_.size(); ++platform) {
    if (platform != besides && !all[platform].entries.empty()) found.push_back(all[platform]);
  }
  return found.empty() ? nullptr : std::make_shared<const std::vector<Compared>>(std::move(found));
}

ComparedList Alike::others(std::uint32_t platform, probes::Tier tier) const {
  const auto [known, fresh] = others_.try_emplace({platform, tier});
  if (fresh) known->second = compared(platform, tier);
  return known->second;
}

AlikeByKind::Kind AlikeByKind::kind_of(std::size_t platform, std::size_t link) const {
  const JudgedPlatform& judged = policy_->platforms[platform];
  return {judged.category, judged.kind_of(link)};
}

bool AlikeByKind::obliges(std::size_t platform, std::size_t link) const {
  const JudgedPlatform& judged = policy_->platforms[platform];
  return law::obliges(clause_->obligation->scope, *context_, judged, judged.links[link]);
}

void AlikeByKind::add(const Histories& histories, Instant as_of) {
  for (std::size_t platform = 0; platform < policy_->platforms.size(); ++platform) {
    for (const auto& [link, history] : histories.of(platform)) {
      if (obliges(platform, link)) kinds_[kind_of(platform, link)].add(policy_->platforms[platform].id, history, as_of);
    }
  }
}

void AlikeByKind::finish() {
  for (auto& [kind, alike] : kinds_) alike.finish();
}

const Alike* AlikeByKind::of(std::size_t platform, std::size_t link) const {
  if (!obliges(platform, link)) return nullptr;
  const auto found = kinds_.find(kind_of(platform, link));
  return found == kinds_.end() ? nullptr : &found->second;
}

}  // namespace linkaudit::law
