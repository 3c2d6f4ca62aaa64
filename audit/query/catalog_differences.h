// How things of two catalogs differ, as far as judging can notice.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "audit/law/policy.h"
#include "audit/query/changes.h"

namespace linkaudit::query {

// The keys whose values differ: "effective, scope".
std::string differences(const law::Obligation& from, const law::Obligation& to);
std::string differences(const law::Waiver& from, const law::Waiver& to);
std::string differences(const law::JudgementSettings& from, const law::JudgementSettings& to);
std::string differences(const law::JudgedPlatform& from, const law::JudgedPlatform& to);
std::string differences(const law::JudgedContext& from, const law::JudgedContext& to);

template <typename Item>
const Item* with_id(const std::vector<Item>& items, const std::string& id) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.id == id; });
  return found == items.end() ? nullptr : &*found;
}

// Of the things with this id in the two lists; nothing when there is no difference that judging could notice.
template <typename Item>
std::vector<Reason> reason(const char* kind, const std::string& id, const std::vector<Item>& from,
                           const std::vector<Item>& to) {
  const Item *was = with_id(from, id), *is = with_id(to, id);
  if (was == nullptr && is == nullptr) return {};
  if (was == nullptr) return {{kind, id, "added", ""}};
  if (is == nullptr) return {{kind, id, "removed", ""}};
  const std::string detail = differences(*was, *is);
  if (detail.empty()) return {};
  return {{kind, id, "changed", detail}};
}

}  // namespace linkaudit::query
