// What one clause says of one word, and when the clause is in force.
#pragma once

#include <optional>

#include "audit/law/calendar.h"
#include "audit/law/judge.h"

namespace linkaudit::law {

// An obligation with its dates worked out.
struct Clause {
  explicit Clause(const Obligation& of);

  bool in_force(Instant now) const { return now >= effective && (!until || now < *until); }

  const Obligation* obligation = nullptr;
  Instant effective{};
  std::optional<Instant> until;
};

// Status is met, breached or undetermined; `would_be` says what an undetermined word would be if it counted.
struct Verdict {
  Status status = Status::undetermined;
  std::optional<Status> would_be;

  bool operator==(const Verdict&) const = default;
};

// Does the word satisfy what is required, whoever is to blame and whatever the method can see? Nothing when it cannot
// tell, and always for parity, which is not a matter of one word.
std::optional<bool> satisfies(const Requires& required, const Span& word);

// Who stands in the way. A person who names nobody describes what the host app showed.
probes::Blame blame_of(const Span& word);

Verdict verdict(const Obligation& obligation, const Span& word);

bool can_confirm(const Obligation& obligation, probes::Tier tier);

}  // namespace linkaudit::law
