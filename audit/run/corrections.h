// Corrections by hand of what persons said: whether they can be, and the entries that make them.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "audit/log/annotations.h"
#include "audit/log/log.h"
#include "audit/run/attestation.h"

namespace linkaudit::run {

// Of attestations that go into one append. `log` must outlive it; nullptr while there is none.
class Corrections {
 public:
  Corrections(const log::Log* log, probes::Instant now) : log_(log), now_(now) {}

  // What is wrong with it, as "corrects: ...", "" when nothing is. Asked once of each.
  std::string problem(const Attestation& said);

  // Appends the entries for one without a problem: what was seen and, unless the log has that too, who put it in the
  // place of what.
  void add(const Attestation& said, std::vector<log::NewEntry>& entries) const;

 private:
  const log::Log* log_;
  probes::Instant now_;
  std::set<std::int64_t> corrected_;
};

// Takes its screenshot, then looks whether it can stand in the place of what it corrects: what is wrong, "" when
// nothing is.
std::string problem_of(Attestation& said, Corrections& corrections, const KeepScreenshot& keep);

// Why a person's word cannot be taken back by hand, in one line, "" when it can.
std::string problem_of_withdrawal(const log::Log& log, std::int64_t entry, bool simulated);

}  // namespace linkaudit::run
