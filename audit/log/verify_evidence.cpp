#include "audit/log/verify_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "audit/log/blob_text.h"
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
    if (entry.kept) {
      fail(entry.seq, fmt::format("its {} {} was stored to stay, and is not among what was kept", kind, sha256));
    }
    return;
  }
  if (kept->second.kind != kind) {
    fail(entry.seq, fmt::format("its {} {} is kept as {}", kind, sha256, kept->second.kind));
  }
  if (entry.kept) kept->second.promised = entry.seq;
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

namespace {

// The digest of a part that was stored apart; "" of one that was not.
std::string part_of(const nlohmann::json& holder, const char* name) {
  const auto part = holder.find(name);
  if (part == holder.end() || !part->is_object()) return {};
  const auto bytes = part->value("bytes", std::int64_t{0});
  const bool stored = bytes > 0 && bytes <= static_cast<std::int64_t>(kLargestBlob);
  return stored ? part->value("sha256", std::string()) : std::string();
}

// All parts of a manifest (EVIDENCE.md) that are blobs of their own.
std::vector<std::string> parts_of(const nlohmann::json& manifest) {
  std::vector<std::string> parts = {part_of(manifest, "heads")};
  for (const auto& leg : manifest.value("legs", nlohmann::json::array())) {
    for (const auto& exchange : leg.value("exchanges", nlohmann::json::array())) {
      for (const char* name : {"body", "decoded"}) parts.push_back(part_of(exchange, name));
    }
  }
  return parts;
}

}  // namespace

std::optional<std::string> missing_part(Log::State& state, const std::string& manifest) try {
  const auto read = nlohmann::json::parse(manifest, nullptr, false);
  if (!read.is_object()) return std::nullopt;  // its digest is right, and no one's promise is broken
  for (const std::string& part : parts_of(read)) {
    const auto digest = digest_from_hex(part);
    if (!digest) continue;
    const auto id = BlobTexts(state).find(*digest);
    Query row = state.connection.query("SELECT lasting FROM blob WHERE id = ?");
    if (!id || !row.with(*id).step() || row.integer(0) == 0) return part + " is not among what was kept";
    if (row.integer(0) != 1) return part + " is marked as pruned, and the manifest is not";
  }
  return std::nullopt;
} catch (const nlohmann::json::exception&) {
  return std::nullopt;  // of another shape than ours
}

}  // namespace linkaudit::log
