// One clause in one context, asked of platforms that may be compared with one another: from links to findings. The
// links come a part at a time, and none is kept.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "audit/law/pair.h"
#include "audit/law/states.h"
#include "audit/law/waivers.h"

namespace linkaudit::law {

// What all questions of one judgement have in common. Points to what must outlive them.
struct Asking {
  const Policy& policy;
  Instant as_of;
  Detail detail;
  std::span<const Waiver* const> waivers;  // in force
};

class Question {
 public:
  // `context` and `platforms` are places in the policy's lists.
  Question(const Asking& asking, const Clause& clause, std::size_t context, const std::vector<std::size_t>& platforms);
  Question(const Question&) = delete;
  Question& operator=(const Question&) = delete;

  // Of a clause that compares: all links have to be told before the first is answered.
  bool compares() const { return alike_.has_value(); }
  void tell(const Histories& histories);
  void told();

  // In the catalog's order, part after part, each once.
  void answer(const Histories& histories);

  // When all were answered; once for each platform. Nothing when the pair is outside the scope.
  std::optional<Finding> take_finding(std::size_t platform);

 private:
  // The links of one platform that the clause speaks of.
  struct InScope {
    InScope(const Clause& clause, const Asking& asking);
    // Where all links are waived the pair is exempt; where some are, the others decide and the waiver is named.
    bool exempt() const { return waiver != nullptr && waived_links == links; }

    int links = 0, waived_links = 0;  // measured or not
    Pair bound, waived;
    const Waiver* waiver = nullptr;  // the first that covers any of them
  };

  const JudgedContext& context() const { return asking_.policy.contexts[context_]; }
  bool is_in_scope(const JudgedPlatform& platform, const std::string& link) const;
  const Waiver* waiver_of(const JudgedPlatform& platform, const std::string& link) const;
  std::optional<InScope> in_scope(const JudgedPlatform& platform) const;
  bool asks_about(const Histories& histories, std::size_t platform) const;

  const Asking& asking_;
  Clause clause_;
  std::size_t context_;
  const std::vector<std::size_t>& platforms_;
  std::vector<std::optional<InScope>> pairs_;  // by platform, as in `platforms`; nothing outside the scope
  std::optional<AlikeByKind> alike_;
};

}  // namespace linkaudit::law
