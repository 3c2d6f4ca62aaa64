#include "audit/run/corrections.h"

#include <fmt/format.h>

namespace linkaudit::run {
namespace {

// The log has it all: the word, and that it stands in the place of the other.
bool is_known(const log::Log& log, const Attestation& said) {
  const auto known = log::known_attestation(log, said.seen);
  const auto old = log::observation_at(log, *said.corrects);
  return known && old && old->withdrawn() != nullptr && old->withdrawn()->annotation.replacement == *known;
}

// The log skips what it has: it must not be what somebody took back.
std::string problem_of_replacement(const log::Log& log, const Attestation& said) {
  const auto known = log::known_attestation(log, said.seen);
  if (!known) return {};
  if (known == said.corrects) return fmt::format("entry {} says just the same already", *known);
  const auto same = log::observation_at(log, *known);
  if (same->withdrawn() == nullptr) return {};
  return fmt::format("entry {} says just the same and was withdrawn, by entry {}; a note can say what is different",
                     *known, same->withdrawn()->entry);
}

}  // namespace

std::string problem_of_withdrawal(const log::Log& log, std::int64_t entry, bool simulated) {
  const auto old = log::observation_at(log, entry);
  if (!old) {
    const auto other = log.entry(entry);
    if (!other) return fmt::format("the log has no entry {}", entry);
    return fmt::format("entry {} is no attestation but of type {}", entry, name(other->type));
  }
  if (old->observation.method != "attestation") {
    return fmt::format("entry {} is no attestation but of type observation: what a probe saw is not corrected by hand",
                       entry);
  }
  if (const auto* by = old->withdrawn())
    return fmt::format("entry {} was withdrawn already, by entry {}", entry, by->entry);
  if (old->observation.simulated != simulated) {
    return fmt::format("entry {} is {}simulated", entry, simulated ? "not " : "");
  }
  return {};
}

std::string Corrections::problem(const Attestation& said) {
  if (!said.corrects) return {};
  const auto complain = [](const std::string& why) { return why.empty() ? why : "corrects: " + why; };
  if (!corrected_.insert(*said.corrects).second) {
    return complain(fmt::format("entry {} is corrected by an earlier line, too", *said.corrects));
  }
  if (log_ == nullptr) return complain(fmt::format("the log has no entry {}", *said.corrects));
  if (is_known(*log_, said)) return {};
  if (auto why = problem_of_withdrawal(*log_, *said.corrects, said.seen.simulated); !why.empty()) return complain(why);
  const probes::Observation old = log::observation_at(*log_, *said.corrects)->observation;
  if (old.link != said.seen.link || old.context != said.seen.context) {
    return complain(fmt::format("entry {} is of {} in {}", *said.corrects, old.link, old.context));
  }
  return complain(problem_of_replacement(*log_, said));
}

void Corrections::add(const Attestation& said, std::vector<log::NewEntry>& entries) const {
  entries.emplace_back(log::NewObservation{said.seen, std::nullopt});
  if (!said.corrects || is_known(*log_, said)) return;
  log::Annotation correction;
  correction.at = now_;
  correction.kind = log::AnnotationKind::correction;
  correction.about = *said.corrects;
  correction.by = said.seen.observer;
  correction.note = said.seen.note;
  correction.replacement = log::kEntryBefore;
  correction.simulated = said.seen.simulated;
  entries.emplace_back(std::move(correction));
}

std::string problem_of(Attestation& said, Corrections& corrections, const KeepScreenshot& keep) {
  if (std::string problem = take_screenshot(said, keep); !problem.empty()) return problem;
  return corrections.problem(said);
}

}  // namespace linkaudit::run
