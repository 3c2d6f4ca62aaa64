#include "audit/run/evidence_prune.h"

#include <unordered_set>

#include "audit/run/evidence.h"

namespace linkaudit::run {
namespace {

bool is_of_probes(const std::string& kind) {
  return kind == "manifest" || kind == "heads" || kind == "body";
}

// All that manifests lead to which stay.
std::unordered_set<std::string> wanted_since(const log::Log& log, log::Instant since) {
  std::unordered_set<std::string> wanted;
  log.for_each_blob([&](const log::BlobInfo& info) {
    if (info.kind != "manifest" || info.recorded_at < since) return true;
    try {
      const Manifest manifest = manifest_from_json(log.blob(info.sha256).value_or(""));
      for (std::string& part : parts_of(manifest)) wanted.insert(std::move(part));
    } catch (const std::invalid_argument& problem) {
      throw log::LogError(log.path() + ": evidence " + info.sha256 + ": " + problem.what());
    }
    return true;
  });
  return wanted;
}

}  // namespace

Prunable prunable(const log::Log& log, log::Instant before) {
  const auto wanted = wanted_since(log, before);
  Prunable found;
  log.for_each_blob([&](const log::BlobInfo& info) {
    if (!is_of_probes(info.kind) || info.recorded_at >= before || wanted.contains(info.sha256)) return true;
    found.sha256.push_back(info.sha256);
    found.observations += info.kind == "manifest" ? 1 : 0;
    found.stored_bytes += info.stored_bytes;
    return true;
  });
  return found;
}

Prunable prune(log::Log& log, log::Instant before) {
  Prunable found;
  log.drop_blobs([&] {
    found = prunable(log, before);
    return found.sha256;
  });
  return found;
}

}  // namespace linkaudit::run
