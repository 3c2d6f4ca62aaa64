#include "audit/run/evidence_keeper.h"

#include <fmt/format.h>

#include "audit/log/newest_slot.h"
#include "audit/log/read.h"

namespace linkaudit::run {
namespace {

constexpr std::hash<std::string> kHash;

template <typename Value>
int number(const std::optional<Value>& value) {
  return value ? static_cast<int>(*value) : -1;
}

// What makes a run of equal state: the same as of the log's spans. Of two observations or spans.
template <typename Seen>
std::size_t state_of(const Seen& seen, const std::string& rule, std::string_view failure) {
  return kHash(fmt::format("{} {} {} {} {} {} {}", name(seen.outcome), name(seen.blame), rule,
                           number(seen.context_specific), number(seen.steps), number(seen.presentation), failure));
}

std::size_t state_of(const probes::Observation& seen) {
  return state_of(seen, seen.rule.id, seen.failure ? name(seen.failure->name) : "");
}

std::string stream_of(const std::string& cell, const std::string& context, probes::Tier tier,
                      const std::string& source) {
  return fmt::format("{} {} {} {}", cell, context, name(tier), source);
}

std::string stream_of(const probes::Observation& seen) {
  return stream_of(seen.link.empty() ? seen.url : seen.link, seen.context, seen.tier,
                   fmt::format("{}|{}|{}", seen.observer, seen.method, seen.vantage));
}

}  // namespace

EvidenceKeeper::EvidenceKeeper(const catalog::Catalog& catalog, const log::Log& log)
    : catalog_(catalog), mask_(catalog.secret_parameters) {
  if (catalog.evidence_keep != "changes") return;
  log::Horizon horizon;
  horizon.simulated = catalog.simulated;
  log::for_each_newest_span(log, horizon, [this](const log::SpanRow& span) {
    if (span.attestation) return;
    states_[kHash(stream_of(span.link, span.context, span.tier, span.source))] =
        state_of(span, span.rule, span.failure);
  });
}

bool EvidenceKeeper::is_news(const probes::Observation& observation, const std::string& stream) {
  const auto [known, first] = states_.try_emplace(kHash(stream), 0);
  const std::size_t state = state_of(observation);
  return std::exchange(known->second, state) != state || first;
}

void EvidenceKeeper::take(probes::Observation& observation, const EvidenceLegs& legs, std::vector<log::Blob>& blobs,
                          std::vector<log::SlotBlobs>& slots) {
  Evidence evidence = evidence_of(observation, legs, mask_);
  observation.evidence = evidence.sha256;
  const std::string stream = stream_of(observation);
  log::SlotBlobs last{log::newest_slot(observation), {}};
  if (catalog_.evidence_keep != "none") {
    std::vector<log::Blob> stored = blobs_of(evidence, legs, last.slot);
    const bool news = catalog_.evidence_keep == "all" || is_news(observation, stream) ||
                      observation.outcome != probes::Outcome::direct;
    if (news) {
      blobs.insert(blobs.end(), std::make_move_iterator(stored.begin()), std::make_move_iterator(stored.end()));
    } else {
      last.blobs = std::move(stored);
    }
  }
  slots.push_back(std::move(last));
}

}  // namespace linkaudit::run
