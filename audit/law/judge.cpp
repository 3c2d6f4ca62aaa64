#include "audit/law/judge.h"

#include "audit/law/histories.h"
#include "audit/law/pair.h"
#include "audit/law/scope.h"
#include "audit/law/waivers.h"

namespace linkaudit::law {
namespace {

class Judge {
 public:
  Judge(const Policy& policy, std::span<const Span> spans, Instant as_of)
      : policy_(policy),
        as_of_(as_of),
        histories_(policy, spans, as_of),
        waivers_(waivers_in_force(policy.waivers, as_of)) {}

  std::vector<Finding> findings() const {
    std::vector<Finding> findings;
    for (const Obligation& obligation : policy_.obligations) {
      const Clause clause(obligation);
      for (std::size_t platform = 0; platform < policy_.platforms.size(); ++platform) {
        for (std::size_t context = 0; context < policy_.contexts.size(); ++context) {
          if (auto finding = judged(clause, platform, context)) findings.push_back(std::move(*finding));
        }
      }
    }
    return findings;
  }

 private:
  // Nothing when the pair is outside the scope.
  std::optional<Finding> judged(const Clause& clause, std::size_t platform_at, std::size_t context_at) const {
    const JudgedPlatform& platform = policy_.platforms[platform_at];
    const JudgedContext& context = policy_.contexts[context_at];
    const Scope& scope = clause.obligation->scope;
    std::vector<LinkState> links, waived;
    const Waiver* waiver = nullptr;
    const auto sort_out = [&](const std::string& link, const LinkHistory& history) {
      const Waiver* exempting = waiver_for(waivers_, context, platform, link);
      if (waiver == nullptr) waiver = exempting;
      (exempting != nullptr ? waived : links).push_back(link_state(history, clause));
    };
    for (std::size_t index = 0; index < platform.links.size(); ++index) {
      if (!obliges(scope, context, platform, platform.links[index])) continue;
      sort_out(platform.links[index], histories_.of(platform_at, context_at)[index]);
    }
    const bool listed = !links.empty() || !waived.empty();
    if (!listed && (!platform.links.empty() || !obliges(scope, context, platform, ""))) return std::nullopt;
    if (!listed) waiver = waiver_for(waivers_, context, platform, "");

    Finding finding = status_of(links, waived, waiver, clause);
    finding.obligation = clause.obligation->id;
    finding.platform = platform.id;
    finding.context = context.id;
    return finding;
  }

  // Where all links are waived the finding is exempt, and says what it would have been; where some are, the others
  // decide and the waiver is named.
  Finding status_of(const std::vector<LinkState>& links, const std::vector<LinkState>& waived, const Waiver* waiver,
                    const Clause& clause) const {
    const bool exempt = waiver != nullptr && links.empty();
    Finding finding = finding_of(exempt ? waived : links, clause, as_of_);
    finding.links = static_cast<int>(links.size() + waived.size());
    if (!clause.in_force(as_of_)) finding = before_due(std::move(finding));
    if (waiver != nullptr) finding.waiver = waiver->id;
    if (!exempt) return finding;
    finding.would_be = finding.status;
    finding.status = Status::exempt;
    finding.days_overdue = finding.unmeasured_days = std::nullopt;
    return finding;
  }

  // Outside its time a clause asks nothing: what was seen is shown, and nothing is said of it.
  static Finding before_due(Finding finding) {
    finding.status = Status::not_due;
    finding.would_be.reset();
    finding.confidence.reset();
    finding.days_overdue = finding.unmeasured_days = std::nullopt;
    finding.cured_on.reset();
    finding.relapsed = false;
    finding.contradicted_by.reset();
    finding.breached_links.clear();
    return finding;
  }

  const Policy& policy_;
  Instant as_of_;
  Histories histories_;
  std::vector<const Waiver*> waivers_;
};

}  // namespace

std::vector<Finding> judge(const Policy& policy, std::span<const Span> spans, Instant as_of) {
  return Judge(policy, spans, as_of).findings();
}

}  // namespace linkaudit::law
