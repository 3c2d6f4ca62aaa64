// The history of every link in every context of a policy.
#pragma once

#include <vector>

#include "audit/law/link_history.h"

namespace linkaudit::law {

// Points into the policy and the spans, which must outlive it.
class Histories {
 public:
  Histories(const Policy& policy, std::span<const Span> spans, Instant as_of);

  // In the order of the platform's links. The numbers are places in the policy's lists.
  const std::vector<LinkHistory>& of(std::size_t platform, std::size_t context) const {
    return pairs_[platform * contexts_ + context];
  }

 private:
  Cells cells_;
  std::size_t contexts_ = 0;
  std::vector<std::vector<LinkHistory>> pairs_;
};

}  // namespace linkaudit::law
