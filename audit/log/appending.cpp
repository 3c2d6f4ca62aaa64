#include "audit/log/appending.h"

#include <unordered_set>

#include "audit/log/annotations.h"
#include "audit/log/blob_store.h"
#include "audit/log/transact.h"

namespace linkaudit::log {
namespace {

constexpr std::size_t kMostFactsKnown = 65'536;

class Appender {
 public:
  // `kept` are the blobs that are stored to stay along with the entries, `newest` those that slots hold.
  Appender(Log::State& state, Instant recorded_at, std::span<const Digest> kept,
           std::span<const std::vector<Digest>> newest)
      : state_(state), recorded_at_(recorded_at), blobs_(state, recorded_at) {
    for (const Digest& digest : kept) kept_.insert(to_hex(digest));
    for (const auto& slot : newest) {
      for (const Digest& digest : slot) newest_.insert(to_hex(digest));
    }
  }

  std::vector<std::int64_t> append(std::span<const NewEntry> entries) {
    state_.projector.refresh();
    load_range();
    std::vector<std::int64_t> numbers;
    numbers.reserve(entries.size());
    for (const NewEntry& entry : entries) numbers.push_back(add(entry));
    return numbers;
  }

 private:
  // Another writer may have appended since.
  void load_range() {
    const std::int64_t size = state_.size();
    if (state_.range.size() == size) return;
    std::vector<Digest> peaks;
    for (const NodePlace place : peaks_of(size)) peaks.push_back(state_.node(place));
    state_.range = CompactRange(size, std::move(peaks));
  }

  std::int64_t add(const NewEntry& given) {
    const NewEntry entry = settled(given);
    const Written written = write_record(entry, recorded_at_, state_.hasher, keeps(entry));
    Digest identity{};
    if (!written.identity.empty()) {
      identity = state_.hasher(written.identity);
      if (const auto known = known_attestation(identity)) {
        before_ = *known;
        return 0;
      }
    }
    const std::int64_t seq = state_.range.size() + 1;
    if (!written.facts.empty()) add_facts(written);
    add_entry(seq, written);
    state_.projector.add(seq, entry, identity);
    before_ = seq;
    if (const auto* catalog = std::get_if<CatalogRecord>(&entry); catalog != nullptr && !catalog->text.empty()) {
      blobs_.add(state_.hasher(catalog->text), {catalog->sha256, catalog->text, "catalog"});
    }
    return seq;
  }

  // Of all that the entry names by digest, how it comes along with it.
  Kept keeps(const NewEntry& entry) {
    if (const auto* catalog = std::get_if<CatalogRecord>(&entry)) {
      const bool with_text = !catalog->text.empty() && to_hex(state_.hasher(catalog->text)) == catalog->sha256;
      return with_text || kept_.contains(catalog->sha256) ? Kept::stays : Kept::no;
    }
    const auto* seen = std::get_if<NewObservation>(&entry);
    if (seen == nullptr) return Kept::no;
    const std::string &evidence = seen->observation.evidence, &screenshot = seen->observation.screenshot;
    if (evidence.empty() && screenshot.empty()) return Kept::no;
    const bool stays =
        (evidence.empty() || kept_.contains(evidence)) && (screenshot.empty() || kept_.contains(screenshot));
    if (stays) return Kept::stays;
    return screenshot.empty() && newest_.contains(evidence) ? Kept::newest : Kept::no;
  }

  // With what only the log knows: an annotation's replacement by number. Refuses one that cannot be.
  NewEntry settled(const NewEntry& given) {
    const auto* annotation = std::get_if<Annotation>(&given);
    if (annotation == nullptr) return given;
    Annotation said = *annotation;
    if (said.replacement == kEntryBefore) said.replacement = before_;
    const auto problem = problem_of(state_.connection, state_.range.size() + 1, said);
    if (problem) throw EntryRefused(state_.path + ": " + *problem);
    return said;
  }

  std::optional<std::int64_t> known_attestation(const Digest& identity) {
    Query row = state_.connection.query("SELECT entry FROM attestation WHERE identity = ?");
    if (!row.with(bytes_of(identity)).step()) return std::nullopt;
    return row.integer(0);
  }

  void add_facts(const Written& written) {
    if (state_.known_facts.contains(written.facts_digest)) return;
    if (state_.known_facts.size() >= kMostFactsKnown) state_.known_facts.clear();
    const std::string_view key = bytes_of(written.facts_digest);
    if (!state_.connection.query("SELECT 1 FROM fact WHERE digest = ?").with(key).step()) {
      const std::string packed = state_.packer.pack(written.facts);
      state_.connection.query("INSERT INTO fact VALUES (?, ?)").with(key, std::string_view(packed)).run();
    }
    state_.known_facts.insert(written.facts_digest);
  }

  void add_entry(std::int64_t seq, const Written& written) {
    const Digest leaf = leaf_hash(state_.hasher, written.record);
    const std::string type(name(written.type)), packed = state_.packer.pack(written.record);
    state_.connection.query("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)")
        .with(seq, milliseconds_of(written.at), milliseconds_of(recorded_at_), type, std::string_view(packed),
              bytes_of(leaf))
        .run();
    state_.range.add(state_.hasher, leaf, [&](NodePlace place, const Digest& hash) {
      state_.connection.query("INSERT INTO node VALUES (?, ?)").with(node_number(place), bytes_of(hash)).run();
    });
  }

  Log::State& state_;
  Instant recorded_at_;
  BlobStore blobs_;
  std::unordered_set<std::string> kept_, newest_;  // their digests, hex
  std::int64_t before_ = 0;                        // the entry that the one before was given, or that says the same
};

}  // namespace

std::vector<std::int64_t> append_all(Log::State& state, std::span<const NewEntry> entries, Instant recorded_at,
                                     std::span<const Blob> blobs, std::span<const SlotBlobs> slots) {
  if (entries.empty() && blobs.empty() && slots.empty()) return {};
  BlobStore store(state, recorded_at);
  const std::vector<Digest> digests = store.check(blobs);
  std::vector<std::vector<Digest>> of_slots;
  for (const SlotBlobs& slot : slots) of_slots.push_back(store.check(slot.blobs));
  return transact(state, [&] {
    auto numbers = Appender(state, recorded_at, digests, of_slots).append(entries);
    state.projector.finish();
    for (std::size_t i = 0; i < blobs.size(); ++i) store.add(digests[i], blobs[i]);
    for (std::size_t i = 0; i < slots.size(); ++i) store.fill(slots[i], of_slots[i]);
    return numbers;
  });
}

std::vector<std::int64_t> append_within(Log::State& state, std::span<const NewEntry> entries, Instant recorded_at) {
  auto numbers = Appender(state, recorded_at, {}, {}).append(entries);
  state.projector.finish();
  return numbers;
}

}  // namespace linkaudit::log
