// A small policy for tests: three platforms, four contexts, one obligation, Shanghai time.
#pragma once

#include <string>
#include <vector>

#include "audit/law/judge.h"

namespace linkaudit::law {

// Opens directly, in_app, binds the host app, from 2021-09-17 on, in chats and feeds.
Obligation unblock();

// Taobao has two links, Xianyu and Douyin shop one each.
Policy small_policy();
// The same with one link for each platform, and that obligation alone.
Policy policy_of(const Obligation& obligation);

// The finding of the pair; throws when it is not listed, or listed twice.
Finding pick(const std::vector<Finding>& findings, const std::string& platform, const std::string& context);

// What is found of taobao/item in wechat/group, the only link: told() of it.
std::string found(const std::vector<Span>& spans, const std::string& as_of, const Obligation& obligation = unblock());

}  // namespace linkaudit::law
