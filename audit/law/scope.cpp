#include "audit/law/scope.h"

#include <algorithm>

namespace linkaudit::law {
namespace {

bool names(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool allows(const std::vector<std::string>& list, const std::string& value) {
  return list.empty() || names(list, value);
}

bool matches(const ScopeTerms& terms, const JudgedContext& context, const JudgedPlatform& platform,
             const std::string& link) {
  return allows(terms.hosts, context.host) && allows(terms.contexts, context.id) && allows(terms.kinds, context.kind) &&
         allows(terms.platforms, platform.id) && allows(terms.categories, platform.category) &&
         allows(terms.links, link);
}

}  // namespace

bool covers(const Scope& scope, const JudgedContext& context, const JudgedPlatform& platform, const std::string& link) {
  if (!matches(scope.terms, context, platform, link)) return false;
  return scope.except.empty() || !matches(scope.except, context, platform, link);
}

bool obliges(const Scope& scope, const JudgedContext& context, const JudgedPlatform& platform,
             const std::string& link) {
  if (!covers(scope, context, platform, link)) return false;
  const bool own = !platform.operator_id.empty() && platform.operator_id == context.operator_id;
  return !own || names(scope.terms.platforms, platform.id) || names(scope.terms.links, link);
}

}  // namespace linkaudit::law
