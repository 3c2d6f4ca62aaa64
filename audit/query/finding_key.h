// Findings of two judgements, paired.
#pragma once

#include <map>
#include <string_view>
#include <tuple>
#include <vector>

#include "audit/law/judge.h"

namespace linkaudit::query {

// By obligation, platform and context. The findings must outlive it.
class FindingsByKey {
 public:
  explicit FindingsByKey(const std::vector<law::Finding>& findings) {
    for (const law::Finding& finding : findings) by_key_.emplace(key_of(finding), &finding);
  }

  // Null where there is none.
  const law::Finding* find(const law::Finding& like) const {
    const auto found = by_key_.find(key_of(like));
    return found == by_key_.end() ? nullptr : found->second;
  }

 private:
  using Key = std::tuple<std::string_view, std::string_view, std::string_view>;
  static Key key_of(const law::Finding& finding) { return {finding.obligation, finding.platform, finding.context}; }

  std::map<Key, const law::Finding*> by_key_;
};

inline bool same_verdict(const law::Finding& left, const law::Finding& right) {
  return left.status == right.status && left.would_be == right.would_be && left.confidence == right.confidence;
}

}  // namespace linkaudit::query
