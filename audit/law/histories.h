// The history of every link in every context of a policy of which anything is known.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "audit/law/link_history.h"

namespace linkaudit::law {

struct KnownLink {
  std::size_t place = 0;  // in the platform's list
  LinkHistory history;
};

// Points into the policy and the spans, which must outlive it. Spans of what the policy does not list are left out.
class Histories {
 public:
  Histories(const Policy& policy, std::span<const Span> spans, Instant as_of);
  Histories(const Histories&) = delete;
  Histories& operator=(const Histories&) = delete;

  // In the order of the platform's links. `platform` and `context` are places in the policy's lists.
  const std::vector<KnownLink>& of(std::size_t platform, std::size_t context) const {
    return pairs_[platform * contexts_ + context];
  }

  // Of which too much was left out to say what holds now: platform * contexts + context, some twice.
  const std::vector<std::size_t>& wanting() const { return wanting_; }

 private:
  std::vector<Cell> cells_;
  std::size_t contexts_ = 0;
  std::vector<std::vector<KnownLink>> pairs_;
  std::vector<std::size_t> wanting_;
};

}  // namespace linkaudit::law
