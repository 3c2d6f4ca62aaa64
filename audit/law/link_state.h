// One link in one context under one clause: where it stands at as-of, and how it came there.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "audit/law/beginning.h"
#include "audit/law/clause.h"
#include "audit/law/treatment.h"

namespace linkaudit::law {

// A platform that a link is compared with, for parity.
struct Compared {
  std::string_view platform;
  Treatment treatment;
  std::vector<std::int64_t> entries;
};

// By all links of one platform whose evidence is of one tier; null where there is nothing to be compared with.
using ComparedList = std::shared_ptr<const std::vector<Compared>>;

struct LinkState {
  const LinkHistory* history = nullptr;  // never nothing
  Verdict verdict;                       // met or breached only of what is fresh, undisputed and hard
  Beginning begin;            // of the present state, or of the last one known; of a breach: of any outcome that is one
  bool uncured = false;       // when the clause could last be judged it was a breach; now it cannot be
  bool met_in_force = false;  // seen to meet the clause at or after its effective date
  std::optional<Instant> cured_at;               // met now, and when that ended a breach in force
  probes::Blame blame = probes::Blame::unknown;  // of the word that holds
  Satisfied satisfied;
  ComparedList compared;

  bool is(Status status) const { return verdict.status == status; }
  const Moment& now() const { return history->now(); }
  const Span& word() const { return *now().holder->span; }
  Instant last() const { return now().holder->last; }
};

// Under a clause that asks of each word by itself.
LinkState link_state(const LinkHistory& history, const Clause& clause);

// Under one that says `verdicts[kind]` of the moments of a kind. `satisfied` and `compared` stay empty.
LinkState link_state(const LinkHistory& history, const Clause& clause, std::span<const Verdict> verdicts);

// What the clause says of the moment's word by itself, and of its being soft, disputed or stale.
Verdict verdict_at(const Moment& moment, const Clause& clause);
// The same of any verdict on the word.
Verdict verdict_at(const Moment& moment, const Verdict& of_word);

}  // namespace linkaudit::law
