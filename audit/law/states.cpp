#include "audit/law/states.h"

#include <algorithm>
#include <map>

namespace linkaudit::law {
namespace {

// Those that are compared with one another, and where they stand in the policy's lists.
struct Group {
  struct Place {
    std::size_t platform = 0, link = 0;
  };
  std::vector<ParityMember> members;
  std::vector<Place> places;
};

}  // namespace

States::States(const Policy& policy, const Histories& histories, const Clause& clause, const AlikeByKind* alike)
    : by_platform_(policy.platforms.size()) {
  if (alike == nullptr) {
    add_each(histories, clause);
  } else {
    add_compared(policy, histories, clause, *alike);
  }
}

void States::add_each(const Histories& histories, const Clause& clause) {
  for (std::size_t platform = 0; platform < by_platform_.size(); ++platform) {
    const std::vector<KnownLink>& links = histories.of(platform);
    std::vector<LinkState>& states = own_.emplace_back();
    states.reserve(links.size());
    by_platform_[platform].reserve(links.size());
    for (const KnownLink& known : links) {
      by_platform_[platform].push_back({known.place, &states.emplace_back(link_state(known.history, clause))});
    }
  }
}

void States::add_compared(const Policy& policy, const Histories& histories, const Clause& clause,
                          const AlikeByKind& alike) {
  std::map<const Alike*, Group> groups;
  for (std::size_t at = 0; at < policy.platforms.size(); ++at) {
    for (const auto& [place, history] : histories.of(at)) {
      const Alike* compared = alike.of(at, place);
      if (compared == nullptr) continue;
      Group& group = groups[compared];
      group.members.push_back({policy.platforms[at].id, &history});
      group.places.push_back({at, place});
    }
  }
  for (const auto& [compared, group] : groups) {
    const auto& parity = parities_.emplace_back(std::make_unique<Parity>(group.members, *compared, clause));
    for (std::size_t member = 0; member < group.places.size(); ++member) {
      by_platform_[group.places[member].platform].push_back({group.places[member].link, &parity->states()[member]});
    }
  }
  const auto earlier = [](const Known& left, const Known& right) { return left.link < right.link; };
  for (std::vector<Known>& known : by_platform_) std::sort(known.begin(), known.end(), earlier);
}

}  // namespace linkaudit::law
