#include "audit/law/histories.h"

namespace linkaudit::law {

Histories::Histories(const Policy& policy, std::span<const Span> spans, Instant as_of)
    : cells_(spans, as_of, policy.settings), contexts_(policy.contexts.size()) {
  const Duration window = std::chrono::hours(24) * policy.settings.dispute_days;
  pairs_.reserve(policy.platforms.size() * contexts_);
  for (const JudgedPlatform& platform : policy.platforms) {
    for (const JudgedContext& context : policy.contexts) {
      std::vector<LinkHistory>& links = pairs_.emplace_back();
      for (const std::string& link : platform.links) {
        links.push_back(link_history(link, cells_.find(link, context.id), as_of, window));
      }
    }
  }
}

}  // namespace linkaudit::law
