#include "audit/log/blob_store.h"

#include <cstring>
#include <stdexcept>

#include "audit/log/transact.h"

namespace linkaudit::log {

namespace {

constexpr std::size_t kLongestAfter = std::size_t{4} << 20;  // to pack longer ones after another would need much memory

}  // namespace

std::vector<Digest> BlobStore::check(std::span<const Blob> blobs) const {
  std::vector<Digest> digests;
  for (const Blob& blob : blobs) {
    if (blob.bytes.size() > kLargestBlob) throw std::invalid_argument("blob " + blob.sha256 + " is larger than 32 MiB");
    const auto digest = blob.digested ? digest_from_hex(blob.sha256) : state_.hasher(blob.bytes);
    if (!digest || to_hex(*digest) != blob.sha256) {
      throw std::invalid_argument("blob " + blob.sha256 + " has another digest");
    }
    digests.push_back(*digest);
  }
  return digests;
}

void BlobStore::add(const Digest& digest, const Blob& blob, bool lasting) {
  if (const auto id = texts_.find(digest)) {
    add_known(*id, blob, lasting);
  } else {
    add_new(digest, blob, lasting);
  }
}

void BlobStore::add_known(std::int64_t id, const Blob& blob, bool lasting) {
  const auto is_there = [&] {
    Query row = state_.connection.query("SELECT data IS NOT NULL FROM blob WHERE id = ?");
    return row.with(id).step() && row.integer(0) != 0;
  };
  if (!is_there()) {  // it was pruned, and is seen again
    const Packed packed = pack(blob);
    state_.connection
        .query("UPDATE blob SET size = ?2, recorded_at = ?3, base = ?4, parts = ?5, data = ?6 WHERE id = ?1")
        .with(id, static_cast<std::int64_t>(blob.bytes.size()), milliseconds_of(recorded_at_), packed.base,
              packed.parts, std::string_view(packed.data))
        .run();
  }
  if (!lasting) return;
  state_.connection.query("UPDATE blob SET lasting = 1 WHERE id = ? AND lasting <> 1").with(id).run();
  if (blob.kind == "screenshot" || blob.kind == "catalog") {
    // What a probe received may be what a person hands in: from then on it stays.
    state_.connection.query("UPDATE blob SET kind = ?2 WHERE id = ?1 AND kind IN ('manifest', 'heads', 'body')")
        .with(id, blob.kind)
        .run();
  }
}

void BlobStore::add_new(const Digest& digest, const Blob& blob, bool lasting) {
  const Packed packed = pack(blob);
  state_.connection
      .query(
          "INSERT INTO blob(digest, kind, size, recorded_at, lasting, base, parts, data) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .with(bytes_of(digest), blob.kind, static_cast<std::int64_t>(blob.bytes.size()), milliseconds_of(recorded_at_),
            lasting, packed.base, packed.parts, std::string_view(packed.data))
      .run();
  if (!lasting || packed.base || blob.alike.empty()) return;
  state_.connection.query("INSERT OR REPLACE INTO base VALUES (?, last_insert_rowid())")
      .with(name_of(blob.alike))
      .run();
}

BlobStore::Packed BlobStore::pack(const Blob& blob) {
  Packed packed{std::nullopt, parts_of(blob), {}};
  if (const auto base = base_of(blob)) {
    packed.base = base->id;
    packed.data = state_.packer.pack_after(texts_.before(base->id, packed.parts.value_or("")), blob.bytes);
    if (packed.data.size() * 2 <= static_cast<std::size_t>(base->stored_bytes)) return packed;
    packed.base = std::nullopt;  // of another kind than that was: what comes is packed after this one
  }
  packed.data = state_.packer.pack(blob.bytes);
  return packed;
}

std::optional<std::string> BlobStore::parts_of(const Blob& blob) {
  std::vector<std::int64_t> numbers;
  for (const std::string& part : blob.parts) {
    const auto digest = digest_from_hex(part);
    const auto id = digest ? texts_.find(*digest) : std::nullopt;
    if (id) numbers.push_back(*id);
    if (numbers.empty()) break;  // the first are the header blocks
  }
  return numbers.empty() ? std::nullopt : std::optional(log::parts_of(numbers));
}

std::optional<BlobStore::Base> BlobStore::base_of(const Blob& blob) {
  if (blob.alike.empty() || blob.bytes.empty()) return std::nullopt;
  if (blob.bytes.size() > kLongestAfter) return std::nullopt;
  Query row = state_.connection.query(
      "SELECT b.id, length(b.data) FROM base JOIN blob AS b ON b.id = base.blob "
      "WHERE base.name = ? AND b.base IS NULL AND b.data IS NOT NULL AND b.lasting = 1 AND b.size <= ?");
  if (!row.with(name_of(blob.alike), static_cast<std::int64_t>(kLongestAfter)).step()) return std::nullopt;
  return Base{row.integer(0), row.integer(1)};
}

// The first eight bytes of its digest. Two names that share them would share what is packed after, and lose room alone.
std::int64_t BlobStore::name_of(const std::string& alike) {
  const Digest digest = state_.hasher(alike);
  std::int64_t name = 0;
  std::memcpy(&name, digest.data(), sizeof name);
  return name;
}

void BlobStore::fill(const SlotBlobs& slot, std::span<const Digest> digests) {
  std::vector<Digest> held;
  {
    Query row = state_.connection.query("SELECT digest FROM slot WHERE name = ?");
    for (row.with(slot.slot); row.step();) {
      if (const auto digest = digest_from_bytes(row.bytes(0))) held.push_back(*digest);
    }
  }
  if (!held.empty()) state_.connection.query("DELETE FROM slot WHERE name = ?").with(slot.slot).run();
  for (std::size_t i = 0; i < digests.size(); ++i) {
    add(digests[i], slot.blobs[i], false);
    state_.connection.query("INSERT OR IGNORE INTO slot VALUES (?, ?)").with(slot.slot, bytes_of(digests[i])).run();
  }
  for (const Digest& digest : held) drop_if_unwanted(digest);
}

void BlobStore::drop_if_unwanted(const Digest& digest) {
  if (state_.connection.query("SELECT 1 FROM slot WHERE digest = ?").with(bytes_of(digest)).step()) return;
  const auto id = texts_.find(digest);
  if (!id) return;
  state_.connection.query("DELETE FROM blob WHERE id = ? AND lasting = 0").with(*id).run();
  state_.connection.query("UPDATE blob SET base = NULL, parts = NULL, data = NULL WHERE id = ? AND lasting = 2")
      .with(*id)
      .run();
}

void Log::for_each_blob(const std::function<bool(const BlobInfo&)>& each) const {
  guarded(path(), [&] {
    SQLite::Statement statement = state_->connection.statement(
        "SELECT digest, kind, size, length(data), recorded_at FROM blob WHERE "
        "data IS NOT NULL ORDER BY digest");
    Query row(statement);
    while (row.step()) {
      const auto digest = digest_from_bytes(row.bytes(0));
      if (!digest) throw LogError(path() + ": a blob has no digest");
      if (!each({to_hex(*digest), row.text(1), row.integer(2), row.integer(3), instant_of(row.integer(4))})) return;
    }
  });
}

}  // namespace linkaudit::log
