#include "audit/log/verify_blobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "audit/log/blob_text.h"
#include "audit/log/manifest_parts.h"
#include "audit/log/newest_slot.h"
#include "audit/log/pruning.h"

namespace linkaudit::log {
namespace {

constexpr std::array<const char*, 5> kKinds = {"manifest", "heads", "body", "screenshot", "catalog"};  // as Role has it

std::optional<std::string> content_of(BlobTexts& texts, const Digest& digest) {
  const auto id = texts.find(digest);
  try {
    return id ? texts.text(*id) : std::nullopt;
  } catch (const SQLite::Exception&) {
    throw;
  } catch (const std::runtime_error&) {
    return std::nullopt;  // verify_contents() says so
  }
}

}  // namespace

unsigned BlobCheck::role_of(const std::string& kind) {
  const auto found = std::find(kKinds.begin(), kKinds.end(), kind);
  return found == kKinds.end() ? 0U : 1U << static_cast<unsigned>(found - kKinds.begin());
}

std::string BlobCheck::name_of(unsigned role) {
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if ((role & 1U << i) != 0) return kKinds[i];
  }
  return "unknown";
}

BlobCheck::BlobCheck(Log::State& state) : state_(state) {
  load();
}

void BlobCheck::load() {
  Query row = state_.connection.query("SELECT digest, kind, recorded_at, lasting = 1, data IS NOT NULL FROM blob");
  while (row.step()) {
    const auto digest = digest_from_bytes(row.bytes(0));
    if (!digest) continue;
    Stored& stored = stored_[*digest];
    stored.kind = role_of(row.text(1));
    stored.recorded_at = row.integer(2);
    stored.lasting = row.integer(3) != 0;
    stored.there = row.integer(4) != 0;
    if (stored.there) times_.try_emplace(stored.recorded_at, 0);
  }
  for (Query slot = state_.connection.query("SELECT name, digest FROM slot"); slot.step();) {
    const auto digest = digest_from_bytes(slot.bytes(1));
    if (!digest) continue;
    slots_[slot.text(0)].insert(*digest);
    if (const auto found = stored_.find(*digest); found != stored_.end()) found->second.in_slot = true;
  }
}

void BlobCheck::take(const ReadEntry& entry) {
  if (const auto* seen = std::get_if<NewObservation>(&entry.content)) {
    name(entry, seen->observation.evidence, manifest);
    name(entry, seen->observation.screenshot, screenshot);
    look(entry, seen->observation);
  } else if (const auto* used = std::get_if<CatalogRecord>(&entry.content)) {
    name(entry, used->sha256, catalog);
  } else if (const auto* said = std::get_if<Annotation>(&entry.content); said != nullptr && is_pruning(*said)) {
    pruned_up_to_ = std::max(pruned_up_to_, said->about);
    const auto count = pruned_by(*said);
    prunable_ = prunable_ && count ? std::optional(*prunable_ + *count) : std::nullopt;
  } else if (said != nullptr && said->kind == AnnotationKind::reclassification) {
    // What stands in the place of an earlier look is no look.
    if (const auto last = looks_.find(last_slot_); last != looks_.end() && last->second.entry == said->replacement) {
      last->second = before_;
    }
  }
}

// Of a slot that never held what an entry says nothing is remembered.
void BlobCheck::look(const ReadEntry& entry, const probes::Observation& seen) {
  if (seen.evidence.empty()) return;
  last_slot_ = newest_slot(seen);
  auto known = looks_.find(last_slot_);
  if (known == looks_.end()) {
    if (entry.kept != Kept::newest) return;
    known = looks_.emplace(last_slot_, Look()).first;
  }
  before_ = std::exchange(known->second, {entry.seq, seen.evidence, entry.kept == Kept::newest});
}

bool BlobCheck::holds(const std::string& slot, const std::string& sha256) const {
  const auto digest = digest_from_hex(sha256);
  const auto held = slots_.find(slot);
  if (!digest || held == slots_.end() || !held->second.contains(*digest)) return false;
  const auto stored = stored_.find(*digest);
  return stored != stored_.end() && stored->second.there;
}

std::optional<std::string> BlobCheck::problem_of(const std::string& slot, const Look& look) const {
  const std::string which = fmt::format("entry {}: its manifest {}", look.entry, look.manifest);
  if (!holds(slot, look.manifest)) return which + " was stored until the next look, and is not there";
  const auto digest = digest_from_hex(look.manifest);
  BlobTexts texts(state_);
  for (const ManifestPart& part : manifest_parts(content_of(texts, *digest).value_or(""))) {
    if (part.empty || holds(slot, part.sha256)) continue;
    return which + ": its part " + part.sha256 + " was stored until the next look, and is not there";
  }
  return std::nullopt;
}

std::optional<std::string> BlobCheck::problem_of_slots() const {
  std::optional<std::string> first;
  std::int64_t entry = 0;
  for (const auto& [slot, look] : looks_) {
    if (!look.is_newest || look.entry <= pruned_up_to_ || (first && entry < look.entry)) continue;
    auto problem = problem_of(slot, look);
    if (!problem) continue;
    first = std::move(problem);
    entry = look.entry;
  }
  return first;
}

void BlobCheck::name(const ReadEntry& entry, const std::string& sha256, Role role) {
  if (sha256.empty()) return;
  if (first_to_name_ == 0) first_to_name_ = entry.seq;
  if (entry.kept != Kept::no && first_to_say_ == 0) first_to_say_ = entry.seq;
  const std::int64_t recorded_at = milliseconds_of(entry.recorded_at);
  if (const auto time = times_.find(recorded_at); time != times_.end() && time->second == 0) time->second = entry.seq;
  const auto digest = digest_from_hex(sha256);
  const auto found = digest ? stored_.find(*digest) : stored_.end();
  if (found == stored_.end()) return;
  Stored& stored = found->second;
  stored.roles |= role;
  if (stored.first == 0) stored.first = entry.seq;
  if (entry.kept == Kept::stays && stored.promised == 0) stored.promised = entry.seq;
  stored.until_next = stored.until_next || entry.kept == Kept::newest;
  stored.brought = stored.brought || stored.recorded_at == recorded_at;
}

void BlobCheck::read_manifests() {
  std::vector<std::pair<Digest, std::int64_t>> manifests;
  for (const auto& [digest, stored] : stored_) {
    if ((stored.roles & manifest) != 0 && stored.there) manifests.emplace_back(digest, stored.first);
  }
  BlobTexts texts(state_);
  for (const auto& [digest, entry] : manifests) {
    for (const ManifestPart& part : manifest_parts(content_of(texts, digest).value_or(""))) {
      const auto named = digest_from_hex(part.sha256);
      const auto found = named ? stored_.find(*named) : stored_.end();
      if (found == stored_.end()) continue;
      found->second.roles |= part.heads ? heads : body;
      if (found->second.first == 0 || entry < found->second.first) found->second.first = entry;
    }
  }
}

std::int64_t BlobCheck::entry_at(std::int64_t recorded_at) const {
  const auto found = times_.find(recorded_at);
  return found == times_.end() ? 0 : found->second;
}

// The first of what entries name was stored with the one that names it; what a manifest names, perhaps with an earlier
// look, whose manifest has made room; a screenshot, perhaps later, when it was handed in again.
bool BlobCheck::is_of_its_time(const Stored& stored) const {
  if (stored.brought) return true;
  const std::int64_t entry = entry_at(stored.recorded_at);
  const bool earlier = entry != 0 && entry <= stored.first;
  if ((stored.roles & (heads | body)) != 0) return earlier;
  if ((stored.roles & screenshot) == 0) return false;
  const bool handed_in_later = stored.promised == 0 || stored.promised > stored.first;
  return handed_in_later || (earlier && entry <= pruned_up_to_);
}

// Header blocks and bodies whose manifest was pruned, and what was stored before entries said what was kept.
bool BlobCheck::may_be_left_over(const Stored& stored) const {
  if (first_to_say_ == 0) return true;
  if ((stored.kind & (heads | body)) == 0) return false;
  const std::int64_t entry = entry_at(stored.recorded_at);
  return entry != 0 && (entry < first_to_say_ || entry <= pruned_up_to_);
}

std::optional<std::string> BlobCheck::problem_of(const Digest& digest, const Stored& stored) const {
  const std::string hex = to_hex(digest), kind = name_of(stored.kind);
  if (!stored.there) {
    const bool told = stored.roles != 0 || (stored.kind & (heads | body)) != 0 || first_to_say_ == 0;
    return told ? std::nullopt : std::optional(kind + " " + hex + " is listed as pruned, and named by no entry");
  }
  if (!stored.lasting && !stored.in_slot) return "blob " + hex + " is in no slot, and was not stored to stay";
  if (stored.roles == 0) {
    if (may_be_left_over(stored)) return std::nullopt;
    return "blob " + hex + ", stored as " + kind + ", is named by no entry";
  }
  const std::string which = fmt::format("entry {}: its {} {}", stored.first, name_of(stored.roles), hex);
  // One that was there before may have been something else then.
  const bool was_there = entry_at(stored.recorded_at) < stored.first && !stored.brought;
  if ((stored.kind & stored.roles) == 0 && !was_there) return which + " is stored as " + kind;
  if (stored.until_next && stored.promised == 0 && stored.lasting && stored.roles == manifest) {
    return which + " was stored until the next look, and is listed as stored to stay";
  }
  if (!is_of_its_time(stored)) return which + ": column recorded_at is not when an entry brought it";
  return std::nullopt;
}

std::optional<std::string> BlobCheck::problem() {
  read_manifests();
  if (auto problem = problem_of_slots()) return problem;
  std::optional<std::string> first;
  std::pair<std::int64_t, std::string> place;  // the entry, those of none last; then by digest
  std::int64_t pruned = 0;
  for (const auto& [digest, stored] : stored_) {
    pruned += stored.there ? 0 : 1;
    auto problem = problem_of(digest, stored);
    if (!problem) continue;
    const bool has_entry = stored.there && stored.first != 0;
    std::pair here(has_entry ? stored.first : std::numeric_limits<std::int64_t>::max(), to_hex(digest));
    if (first && place < here) continue;
    first = std::move(problem);
    place = std::move(here);
  }
  const bool says_from_the_start = first_to_say_ != 0 && first_to_say_ == first_to_name_;
  if (!first && says_from_the_start && prunable_ && pruned > *prunable_) {
    first = fmt::format("{} blobs are listed as pruned, but the log tells of {}", pruned, *prunable_);
  }
  return first;
}

}  // namespace linkaudit::log
