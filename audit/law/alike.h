// Links that are compared with one another, and how their platforms were treated through time. All of them are told
// first, one after the other, and none is kept: there may be 100,000.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/law/histories.h"
#include "audit/law/link_state.h"

namespace linkaudit::law {

// A platform is treated otherwise from an instant on: by its links together, the worse in each; nothing where none can
// be compared.
struct Turn {
  Instant at{};
  probes::Tier tier = probes::Tier::target;
  std::uint32_t platform = 0;  // its place
  std::optional<Treatment> treatment;
};

// Of one kind, of the platforms of one category in one context.
class Alike {
 public:
  // Links of one platform side by side. `platform` outlives this.
  void add(std::string_view platform, const LinkHistory& history, Instant as_of);
  // After the last link: puts in order what was told.
  void finish();

  std::size_t platforms() const { return platforms_.size(); }
  // REQUIRES a platform of which a link was added.
  std::uint32_t place_of(std::string_view platform) const;
  const std::vector<Turn>& turns() const { return turns_; }  // in order of time

  // Those that a platform is compared with at as-of at a tier, in the order in which they came; null when there are
  // none.
  ComparedList others(std::uint32_t platform, probes::Tier tier) const;

 private:
  // What a link shows at a tier from an instant on; nothing where that cannot be compared.
  struct Showing {
    Instant at{};
    std::uint32_t link = 0;
    probes::Tier tier = probes::Tier::target;
    std::optional<Treatment> treatment;
    std::int64_t entry = 0;
  };

  void show(const Moment& moment, probes::Tier tier);
  ComparedList compared(std::uint32_t besides, probes::Tier tier) const;

  std::vector<std::string_view> platforms_;
  std::vector<std::uint32_t> platform_of_;  // by link
  std::vector<Showing> showings_;           // until they are in order
  std::vector<Turn> turns_;
  std::array<std::vector<Compared>, probes::kTiers.size()> at_last_;               // by tier, in the platforms' order
  mutable std::map<std::pair<std::uint32_t, probes::Tier>, ComparedList> others_;  // made when they are asked for
};

// Like is compared with like: an item with items, a home page with home pages. Links outside the clause's scope are not
// compared with: what it does not speak of is no measure for it.
class AlikeByKind {
 public:
  // Points to all three.
  AlikeByKind(const Policy& policy, const Clause& clause, const JudgedContext& context)
      : policy_(&policy), clause_(&clause), context_(&context) {}

  // Histories of the context, part after part, in the policy's order.
  void add(const Histories& histories, Instant as_of);
  void finish();

  // Nothing where the link is not compared.
  const Alike* of(std::size_t platform, std::size_t link) const;

 private:
  using Kind = std::pair<std::string_view, std::string>;  // category, and kind of link
  Kind kind_of(std::size_t platform, std::size_t link) const;
  bool obliges(std::size_t platform, std::size_t link) const;

  const Policy* policy_;
  const Clause* clause_;
  const JudgedContext* context_;
  std::map<Kind, Alike> kinds_;
};

}  // namespace linkaudit::law
