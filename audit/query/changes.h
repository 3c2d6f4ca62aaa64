// What changed between two judgements, for the end of a run, for `diff`, and for the report.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/law/judge.h"

namespace linkaudit::query {

enum class ChangeKind {
  breached,    // a breach that was none before
  relapsed,    // one that had been cured once
  cured,       // no longer a breach, and met now
  unmeasured,  // known before, undetermined now
  measured,    // undetermined before, met now
  other,       // any other change of status: came due, waived, expired
};

std::string_view name(ChangeKind kind);

// Why a finding is another one.
enum class Cause {
  world,  // what was seen
  rule,   // what is asked, from whom, or how pages are read
  both,
  age,  // neither: what was seen has grown stale
};

std::string_view name(Cause cause);

// What of the rules made the difference.
struct Reason {
  std::string kind;    // obligation, waiver, judgement, platform, context, rule
  std::string id;      // of it; of a setting its name
  std::string change;  // added, removed, changed; begun, ended: by its own dates
  std::string detail;  // what of it: "effective, scope"; of a rule "1 -> 2"

  bool operator==(const Reason&) const = default;
};

struct Change {
  ChangeKind kind = ChangeKind::other;
  law::Finding before, after;
  bool is_new = false, is_gone = false;  // only the later, only the earlier judgement has it; the other is empty
  std::optional<Cause> cause = std::nullopt;
  std::vector<Reason> reasons = {};

  const law::Finding& shown() const { return is_gone ? before : after; }
};

// Pairs findings by obligation, platform and context; those of one side only are left out (a changed catalog shows them
// itself). In the order of `after`.
std::vector<Change> changes(const std::vector<law::Finding>& before, const std::vector<law::Finding>& after);

ChangeKind kind_of(const law::Finding& before, const law::Finding& after);

}  // namespace linkaudit::query
