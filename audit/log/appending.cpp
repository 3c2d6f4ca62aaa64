#include "audit/log/appending.h"

#include <SQLiteCpp/Transaction.h>

#include <stdexcept>

namespace linkaudit::log {
namespace {

constexpr std::size_t kMostFactsKnown = 65'536;
constexpr std::size_t kLargestBlob = 32U << 20U;

class Appender {
 public:
  Appender(Log::State& state, Instant recorded_at) : state_(state), recorded_at_(recorded_at) {}

  std::vector<std::int64_t> append(std::span<const NewEntry> entries, std::span<const Digest> digests,
                                   std::span<const Blob> blobs) {
    state_.projector.refresh();
    load_range();
    std::vector<std::int64_t> numbers;
    numbers.reserve(entries.size());
    for (const NewEntry& entry : entries) numbers.push_back(add(entry));
    for (std::size_t i = 0; i < blobs.size(); ++i) add_blob(digests[i], blobs[i].kind, blobs[i].bytes);
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
      add_blob(state_.hasher(catalog->text), "catalog", catalog->text);
    }
    return seq;
  }

  bool known_attestation(const Digest& identity) {
    return state_.connection.query("SELECT 1 FROM attestation WHERE identity = ?").with(bytes_of(identity)).step();
  }

  void add_facts(const Written& written) {
    const std::string key(bytes_of(written.facts_digest));
    if (state_.known_facts.contains(key)) return;
    if (state_.known_facts.size() >= kMostFactsKnown) state_.known_facts.clear();
    if (!state_.connection.query("SELECT 1 FROM fact WHERE digest = ?").with(std::string_view(key)).step()) {
      const std::string packed = state_.packer.pack(written.facts);
      state_.connection.query("INSERT INTO fact VALUES (?, ?)")
          .with(std::string_view(key), std::string_view(packed))
          .run();
    }
    state_.known_facts.insert(key);
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

  void add_blob(const Digest& digest, const std::string& kind, const std::string& bytes) {
    if (state_.connection.query("SELECT 1 FROM blob WHERE digest = ?").with(bytes_of(digest)).step()) return;
    const std::string packed = state_.packer.pack(bytes);
    state_.connection.query("INSERT INTO blob VALUES (?, ?, ?, ?, ?)")
        .with(bytes_of(digest), kind, static_cast<std::int64_t>(bytes.size()), milliseconds_of(recorded_at_),
              std::string_view(packed))
        .run();
  }

  Log::State& state_;
  Instant recorded_at_;
};

std::vector<Digest> checked_digests(Log::State& state, std::span<const Blob> blobs) {
  std::vector<Digest> digests;
  for (const Blob& blob : blobs) {
    if (blob.bytes.size() > kLargestBlob) throw std::invalid_argument("blob " + blob.sha256 + " is larger than 32 MiB");
    digests.push_back(state.hasher(blob.bytes));
    if (to_hex(digests.back()) != blob.sha256)
      throw std::invalid_argument("blob " + blob.sha256 + " has another digest");
  }
  return digests;
}

// What was learnt in a transaction that did not come about.
void forget(Log::State& state) {
  state.projector.forget();
  state.known_facts.clear();
  state.range = CompactRange();
}

}  // namespace

std::vector<std::int64_t> append_all(Log::State& state, std::span<const NewEntry> entries, Instant recorded_at,
                                     std::span<const Blob> blobs) {
  if (!state.lock) throw LogRefused(state.path + ": is open for reading only");
  if (state.broken) throw LogError(state.path + ": an earlier write failed; open it again to go on");
  if (entries.empty() && blobs.empty()) return {};
  const std::vector<Digest> digests = checked_digests(state, blobs);
  const Locked locked(*state.lock, state.path, state.patience);
  try {
    SQLite::Transaction transaction(state.connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    auto numbers = Appender(state, recorded_at).append(entries, digests, blobs);
    transaction.commit();
    return numbers;
  } catch (const SQLite::Exception& error) {
    const int system_error = state.connection.last_write_error();
    forget(state);
    state.broken = is_fatal_for_writing(error);
    throw_log_error(state.path, error, system_error);
  } catch (...) {
    forget(state);
    throw;
  }
}

}  // namespace linkaudit::log
