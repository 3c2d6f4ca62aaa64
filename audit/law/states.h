// Where each link of which anything is known stands under one clause in one context.
#pragma once

#include <memory>
#include <vector>

#include "audit/law/histories.h"
#include "audit/law/parity.h"

namespace linkaudit::law {

// Points into the histories, the policy and `alike`, which must outlive it.
class States {
 public:
  // `histories` are those of the context, or of a part of its links. `alike`: those that the clause compares, all
  // links of the context told; null for a clause that compares nothing.
  States(const Policy& policy, const Histories& histories, const Clause& clause, const AlikeByKind* alike);

  struct Known {
    std::size_t link = 0;  // its place in the platform's list
    const LinkState* state = nullptr;
  };
  // In the order of the platform's links.
  const std::vector<Known>& of(std::size_t platform) const { return by_platform_[platform]; }

 private:
  void add_each(const Histories& histories, const Clause& clause);
  void add_compared(const Policy& policy, const Histories& histories, const Clause& clause, const AlikeByKind& alike);

  std::vector<std::vector<Known>> by_platform_;
  std::vector<std::vector<LinkState>> own_;  // by platform, of links that are compared with nothing
  std::vector<std::unique_ptr<Parity>> parities_;
};

}  // namespace linkaudit::law
