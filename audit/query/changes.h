// What changed between two judgements, for the end of a run, for `diff`, and for the report.
#pragma once

#include <optional>
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

struct Change {
  ChangeKind kind = ChangeKind::other;
  law::Finding before, after;
};

// Pairs findings by obligation, platform and context; those of one side only are left out (a changed catalog shows them
// itself). In the order of `after`.
std::vector<Change> changes(const std::vector<law::Finding>& before, const std::vector<law::Finding>& after);

}  // namespace linkaudit::query
