#include "audit/log/appending.h"

#include "audit/log/blob_store.h"
#include "audit/log/transact.h"

namespace linkaudit::log {
namespace {

constexpr std::size_t kMostFactsKnown = 65'536;

class Appender {
 public:
  Appender(Log::State& state, Instant recorded_at)
      : state_(state), recorded_at_(recorded_at), blobs_(state, recorded_at) {}

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

  std::int64_t add(const NewEntry& entry) {
    const Written written = write_record(entry, recorded_at_, state_.hasher);
    Digest identity{};
    if (!written.identity.empty()) {
      identity = state_.hasher(written.identity);
      if (known_attestation(identity)) return 0;
    }
    const std::int64_t seq = state_.range.size() + 1;
    if (!written.facts.empty()) add_facts(written);
    add_entry(seq, written);
    state_.projector.add(seq, entry, identity);
    if (const auto* catalog = std::get_if<CatalogRecord>(&entry); catalog != nullptr && !catalog->text.empty()) {
      blobs_.add(state_.hasher(catalog->text), "catalog", catalog->text);
    }
    return seq;
  }

  bool known_attestation(const Digest& identity) {
    return state_.connection.query("SELECT 1 FROM attestation WHERE identity = ?").with(bytes_of(identity)).step();
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
    auto numbers = Appender(state, recorded_at).append(entries);
    for (std::size_t i = 0; i < blobs.size(); ++i) store.add(digests[i], blobs[i].kind, blobs[i].bytes);
    for (std::size_t i = 0; i < slots.size(); ++i) store.fill(slots[i], of_slots[i]);
    return numbers;
  });
}

}  // namespace linkaudit::log
