#include "audit/run/evidence_prune.h"

#include <fmt/format.h>

#include <unordered_set>

#include "audit/law/calendar.h"
#include "audit/log/hash.h"
#include "audit/log/pruning.h"
#include "audit/run/evidence.h"

namespace linkaudit::run {
namespace {

bool is_of_probes(const std::string& kind) {
  return kind == "manifest" || kind == "heads" || kind == "body";
}

// The text of a member whose value is a digest; "" when the record has none. Its quotes stand in no text unescaped.
std::string digest_in(const std::string& record, std::string_view member) {
  constexpr std::size_t kDigits = 64;
  const std::size_t at = record.find(member);
  return at == std::string::npos ? std::string() : record.substr(at + member.size(), kDigits);
}

// What entries name that stays: the evidence of those from the first on that was recorded since, and every screenshot
// and catalog. Their columns are the entries', which nobody changes unseen; those of blobs are not.
struct Wanted {
  std::unordered_set<std::string> sha256;
  std::int64_t before = 0;  // the last entry whose evidence may go
};

Wanted named_since(const log::Log& log, log::Instant since) {
  Wanted wanted;
  bool is_since = false;
  log.for_each_entry(1, log.size(), [&](const log::Entry& entry) {
    is_since = is_since || entry.recorded_at >= since;
    if (!is_since) wanted.before = entry.seq;
    if (entry.type == log::EntryType::attestation) {
      wanted.sha256.insert(digest_in(entry.record, "\"screenshot\":\""));
    } else if (entry.type == log::EntryType::catalog) {
      wanted.sha256.insert(digest_in(entry.record, "\"sha256\":\""));
    } else if (is_since && entry.type == log::EntryType::observation) {
      wanted.sha256.insert(digest_in(entry.record, "\"evidence\":\""));
    }
    return true;
  });
  return wanted;
}

// And all that manifests lead to which stay.
Wanted wanted_since(const log::Log& log, log::Instant since) {
  Wanted wanted = named_since(log, since);
  std::vector<std::string> parts;
  log.for_each_blob([&](const log::BlobInfo& info) {
    if (info.kind != "manifest" || (info.recorded_at < since && !wanted.sha256.contains(info.sha256))) return true;
    try {
      const Manifest manifest = manifest_from_json(log.blob(info.sha256).value_or(""));
      for (std::string& part : parts_of(manifest)) parts.push_back(std::move(part));
    } catch (const std::invalid_argument& problem) {
      throw log::LogError(log.path() + ": evidence " + info.sha256 + ": " + problem.what());
    }
    return true;
  });
  wanted.sha256.insert(parts.begin(), parts.end());
  return wanted;
}

Prunable prunable(const log::Log& log, log::Instant before, const Wanted& wanted) {
  Prunable found;
  log.for_each_blob([&](const log::BlobInfo& info) {
    if (!is_of_probes(info.kind) || info.recorded_at >= before || wanted.sha256.contains(info.sha256)) return true;
    found.sha256.push_back(info.sha256);
    found.observations += info.kind == "manifest" ? 1 : 0;
    found.stored_bytes += info.stored_bytes;
    return true;
  });
  return found;
}

// In order of their digests, so that the digest of all of them can be made again.
std::string words_of(const Prunable& found, log::Instant before) {
  std::string all;
  for (const std::string& sha256 : found.sha256) all += sha256 + '\n';
  return fmt::format("evidence recorded before {} was let go: {} blobs of {} observations, SHA-256 of their digests {}",
                     law::format_instant(before, "UTC"), found.sha256.size(), found.observations,
                     log::to_hex(log::Hasher()(all)));
}

}  // namespace

Prunable prunable(const log::Log& log, log::Instant before) {
  return prunable(log, before, wanted_since(log, before));
}

Prunable prune(log::Log& log, log::Instant before, log::Instant now) {
  Prunable found;
  log::prune(log, now, [&] {
    const Wanted wanted = wanted_since(log, before);
    found = prunable(log, before, wanted);
    return log::Pruning{found.sha256, wanted.before, words_of(found, before)};
  });
  return found;
}

}  // namespace linkaudit::run
