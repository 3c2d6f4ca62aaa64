#include "tests/law/policies.h"

#include <algorithm>
#include <stdexcept>

#include "tests/law/spans.h"

namespace linkaudit::law {

Obligation unblock() {
  Obligation obligation;
  obligation.id = "unblock";
  obligation.effective = {2021, 9, 17};
  obligation.zone = "Asia/Shanghai";
  obligation.scope.terms.kinds = {"one_to_one", "group", "feed"};
  obligation.requires_.outcomes = {probes::Outcome::direct};
  obligation.requires_.max_steps = 0;
  return obligation;
}

Policy small_policy() {
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

Policy policy_of(const Obligation& obligation) {
  Policy policy = small_policy();
  policy.platforms[0].links = {"taobao/item"};
  policy.obligations = {obligation};
  return policy;
}

Finding pick(const std::vector<Finding>& findings, const std::string& platform, const std::string& context) {
  const auto wanted = [&](const Finding& finding) {
    return finding.platform == platform && finding.context == context;
  };
  if (std::count_if(findings.begin(), findings.end(), wanted) != 1) {
    throw std::out_of_range(platform + " in " + context);
  }
  return *std::find_if(findings.begin(), findings.end(), wanted);
}

std::string found(const std::vector<Span>& spans, const std::string& as_of, const Obligation& obligation) {
  return told(pick(judge(policy_of(obligation), spans, at(as_of)), "taobao", "wechat/group"));
}

}  // namespace linkaudit::law
