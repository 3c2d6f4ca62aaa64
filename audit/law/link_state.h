// One link in one context under one clause: where it stands at as-of, and how it came there.
#pragma once

#include <cstdint>
#include <optional>

#include "audit/law/beginning.h"
#include "audit/law/clause.h"

namespace linkaudit::law {

struct LinkState {
  const LinkHistory* history = nullptr;  // never nothing
  Verdict verdict;                       // met or breached only of what is fresh, undisputed and hard
  Beginning begin;            // of the present state, or of the last one known; of a breach: of any outcome that is one
  bool uncured = false;       // when the clause could last be judged it was a breach; now it cannot be
  bool met_in_force = false;  // seen to meet the clause at or after its effective date
  std::optional<Instant> cured_at;  // met now, and when that ended a breach in force

  bool is(Status status) const { return verdict.status == status; }
  const Moment& now() const { return history->now(); }
  const Span& word() const { return *now().holder->span; }
  Instant last() const { return now().holder->last; }
};

LinkState link_state(const LinkHistory& history, const Clause& clause);

}  // namespace linkaudit::law
