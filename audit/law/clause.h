// What one clause says of one word, and when the clause is in force.
#pragma once

#include <array>
#include <optional>

#include "audit/law/calendar.h"
#include "audit/law/judge.h"

namespace linkaudit::law {

// An obligation with its dates worked out, in one context.
struct Clause {
  explicit Clause(const Obligation& of);

  Clause in(const JudgedContext& context) const;
  bool in_force(Instant now) const { return now >= effective && (!until || now < *until); }
  // Is evidence of the tier what the clause asks for, or better? Never that of a gateway which the context shares with
  // the rest of its host app: it does not know in which context the link was tapped.
  bool can_confirm(probes::Tier tier) const;

  const Obligation* obligation = nullptr;
  Instant effective{};
  std::optional<Instant> until;
  bool shared_gateway = false;
};

// Status is met, breached or undetermined; `would_be` says what an undetermined word would be if it counted.
struct Verdict {
  Status status = Status::undetermined;
  std::optional<Status> would_be;

  bool decided() const { return status != Status::undetermined; }
  bool operator==(const Verdict&) const = default;
};

// Does the word satisfy what is required of one word alone, whoever is to blame and whatever the method can see?
// Nothing when it cannot tell. Where only parity is asked any word that tells does.
std::optional<bool> satisfies(const Requires& required, const Span& word);

// Does the outcome open, be it after a step? And after how many: where none were noted, `direct` has none, the rest
// one.
bool opens(probes::Outcome outcome);
int steps_of(const Span& word);

// Who stands in the way. A person who names nobody describes what the host app showed.
probes::Blame blame_of(const Span& word);

// The same, for parity beside it: parity.h has the rest.
Verdict verdict(const Clause& clause, const Span& word);

// The verdict on what is not as it should be, by who is to blame for it.
Verdict verdict_of_failing(const Clause& clause, const Span& word, probes::Blame blame);
// The verdict on what is as it should be.
Verdict verdict_of_satisfying(const Clause& clause, probes::Tier tier);

// By tier: does what is fresh, hard and undisputed there satisfy the clause? Nothing where it cannot tell.
using Satisfied = std::array<std::optional<bool>, probes::kTiers.size()>;

}  // namespace linkaudit::law
