#include "audit/law/states.h"

#include <algorithm>
#include <utility>

#include "audit/law/scope.h"

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

States::States(const Policy& policy, const Histories& histories, const Clause& clause, std::size_t context,
               Instant as_of)
    : by_platform_(policy.platforms.size()) {
  if (clause.obligation->requires_.parity.empty()) {
    add_each(histories, clause);
  } else {
    add_compared(policy, histories, clause, context, as_of);
  }
}

const LinkState* States::of(std::size_t platform, std::size_t link) const {
  const std::vector<Known>& known = by_platform_[platform];
  const auto found = std::lower_bound(known.begin(), known.end(), link,
                                      [](const Known& each, std::size_t wanted) { return each.link < wanted; });
  return found == known.end() || found->link != link ? nullptr : found->state;
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

// Like is compared with like: an item with items, a home page with home pages. Links outside the scope are not compared
// with: what the clause does not speak of is no measure for it.
void States::add_compared(const Policy& policy, const Histories& histories, const Clause& clause, std::size_t context,
                          Instant as_of) {
  std::map<std::pair<std::string_view, std::string>, Group> groups;  // by category and kind of link
  for (std::size_t at = 0; at < policy.platforms.size(); ++at) {
    const JudgedPlatform& platform = policy.platforms[at];
    for (const auto& [place, history] : histories.of(at)) {
      if (!obliges(clause.obligation->scope, policy.contexts[context], platform, platform.links[place])) continue;
      Group& group = groups[{platform.category, platform.kind_of(place)}];
      group.members.push_back({platform.id, &history});
      group.places.push_back({at, place});
    }
  }
  for (const auto& [alike, group] : groups) {
    const auto& parity = parities_.emplace_back(std::make_unique<Parity>(group.members, clause, as_of));
    for (std::size_t member = 0; member < group.places.size(); ++member) {
      by_platform_[group.places[member].platform].push_back({group.places[member].link, &parity->states()[member]});
    }
  }
  const auto earlier = [](const Known& left, const Known& right) { return left.link < right.link; };
  for (std::vector<Known>& known : by_platform_) std::sort(known.begin(), known.end(), earlier);
}

}  // namespace linkaudit::law
