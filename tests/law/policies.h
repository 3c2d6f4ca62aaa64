// A small policy for tests: two platforms, four contexts, one obligation, Shanghai time.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "audit/law/judge.h"

namespace linkaudit::law {

inline Obligation unblock() {
  Obligation obligation;
  obligation.id = "unblock";
  obligation.effective = {2021, 9, 17};
  obligation.zone = "Asia/Shanghai";
  obligation.scope.terms.kinds = {"one_to_one", "group", "feed"};
  obligation.requires_.outcomes = {probes::Outcome::direct};
  obligation.requires_.max_steps = 0;
  return obligation;
}

inline Policy small_policy() {
  Policy policy;
  policy.contexts = {{"wechat/one_to_one", "wechat", "one_to_one", "tencent"},
                     {"wechat/group", "wechat", "group", "tencent"},
                     {"wechat/moments", "wechat", "feed", "tencent"},
                     {"wechat/article", "wechat", "article", "tencent"}};
  policy.platforms = {{"taobao", "ecommerce", "alibaba", {"taobao/item", "taobao/home"}},
                      {"xianyu", "second_hand", "alibaba", {"xianyu/item"}},
                      {"douyin_shop", "ecommerce", "bytedance", {"douyin_shop/item"}}};
  policy.obligations = {unblock()};
  return policy;
}

// The finding of the pair under the policy's first obligation; throws when it is not listed.
inline Finding pick(const std::vector<Finding>& findings, const std::string& platform, const std::string& context) {
  for (const Finding& finding : findings) {
    if (finding.platform == platform && finding.context == context) return finding;
  }
  throw std::out_of_range(platform + " in " + context);
}

}  // namespace linkaudit::law
