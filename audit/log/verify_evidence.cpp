#include "audit/log/verify_evidence.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/log/blob_text.h"
#include "audit/log/manifest_parts.h"
#include "audit/log/pruning.h"

namespace linkaudit::log {

EvidenceCheck::EvidenceCheck(Log::State& state, EvidenceCount& count) : count_(count) {
  for (Query row = state.connection.query("SELECT digest, kind, lasting, data IS NOT NULL FROM blob"); row.step();) {
    const auto digest = digest_from_bytes(row.bytes(0));
    if (!digest) continue;
    if (row.integer(3) != 0) there_.insert(*digest);
    if (row.integer(2) == 0) continue;
    const bool pruned = row.integer(2) != 1;
    ++(pruned ? count_.pruned : count_.kept);
    kept_[*digest] = {row.text(1), pruned, 0};
  }
}

void EvidenceCheck::take(const ReadEntry& entry) {
  if (const auto* seen = std::get_if<NewObservation>(&entry.content)) {
    look_for(entry, seen->observation.evidence, "manifest");
    look_for(entry, seen->observation.screenshot, "screenshot");
  } else if (const auto* catalog = std::get_if<CatalogRecord>(&entry.content)) {
    look_for(entry, catalog->sha256, "catalog");
  } else if (const auto* said = std::get_if<Annotation>(&entry.content); said != nullptr && is_pruning(*said)) {
    pruned_up_to_ = std::max(pruned_up_to_, said->about);
  }
}

void EvidenceCheck::look_for(const ReadEntry& entry, const std::string& sha256, const char* kind) {
  if (sha256.empty()) return;
  ++count_.named;
  const auto digest = digest_from_hex(sha256);
  if (!digest || !there_.contains(*digest)) ++count_.absent;
  const auto kept = digest ? kept_.find(*digest) : kept_.end();
  if (kept == kept_.end()) {
    if (entry.kept == log::Kept::stays) {
      fail(entry.seq, fmt::format("its {} {} was stored to stay, and is not among what was kept", kind, sha256));
    }
    return;
  }
  if (kept->second.kind != kind) {
    fail(entry.seq, fmt::format("its {} {} is kept as {}", kind, sha256, kept->second.kind));
  }
  if (entry.kept == log::Kept::stays) kept->second.promised = entry.seq;
}

void EvidenceCheck::fail(std::int64_t entry, const std::string& what) {
  if (!problem_) problem_ = fmt::format("entry {}: {}", entry, what);
}

std::optional<std::string> EvidenceCheck::problem() const {
  if (problem_) return problem_;
  std::int64_t first = 0;
  std::string what;
  for (const auto& [digest, kept] : kept_) {
    if (!kept.pruned || kept.promised <= pruned_up_to_ || (first != 0 && kept.promised > first)) continue;
    first = kept.promised;
    what = fmt::format("its {} {}", kept.kind, to_hex(digest));
  }
  if (first == 0) return std::nullopt;
  return fmt::format("entry {}: {} is marked as pruned, and no pruning that the log tells of went so far", first, what);
}

std::optional<std::string> missing_part(Log::State& state, const std::string& manifest) {
  for (const auto& [part, heads, empty] : manifest_parts(manifest)) {
    const auto digest = digest_from_hex(part);
    if (!digest || empty) continue;
    const auto id = BlobTexts(state).find(*digest);
    Query row = state.connection.query("SELECT lasting FROM blob WHERE id = ?");
    if (!id || !row.with(*id).step() || row.integer(0) == 0) return part + " is not among what was kept";
    if (row.integer(0) != 1) return part + " is marked as pruned, and the manifest is not";
  }
  return std::nullopt;
}

}  // namespace linkaudit::log
