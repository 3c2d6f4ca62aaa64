// Where each link of which anything is known stands under one clause in one context.
#pragma once

#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "audit/law/histories.h"
#include "audit/law/parity.h"

namespace linkaudit::law {

// Points into the histories and the policy, which must outlive it.
class States {
 public:
  // `histories` are those of the context at that place.
  States(const Policy& policy, const Histories& histories, const Clause& clause, std::size_t context, Instant as_of);

  // `link` is a place in the platform's list. Nothing when nothing is known of it.
  const LinkState* of(std::size_t platform, std::size_t link) const;

 private:
  struct Known {
    std::size_t link = 0;
    const LinkState* state = nullptr;
  };

  void add_each(const Histories& histories, const Clause& clause);
  void add_compared(const Policy& policy, const Histories& histories, const Clause& clause, std::size_t context,
                    Instant as_of);

  std::vector<std::vector<Known>> by_platform_;  // in the order of the platform's links
  std::vector<std::vector<LinkState>> own_;      // by platform, of links that are compared with nothing
  std::vector<std::unique_ptr<Parity>> parities_;
};

}  // namespace linkaudit::law
