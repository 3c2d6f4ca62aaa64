#include "audit/log/blob_store.h"

#include <stdexcept>

#include "audit/log/transact.h"

namespace linkaudit::log {

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

void BlobStore::add(const Digest& digest, const std::string& kind, const std::string& bytes, bool lasting) {
  {
    Query known = state_.connection.query("SELECT lasting, kind FROM blob WHERE digest = ?");
    if (known.with(bytes_of(digest)).step()) {
      if (!lasting) return;
      if (known.integer(0) == 0) {
        note_kept(digest, known.text(1));
        state_.connection.query("UPDATE blob SET lasting = 1 WHERE digest = ?").with(bytes_of(digest)).run();
      }
      return strengthen(digest, kind);
    }
  }
  if (lasting) note_kept(digest, kind);
  const std::string packed = state_.packer.pack(bytes);
  state_.connection.query("INSERT INTO blob VALUES (?, ?, ?, ?, ?, ?)")
      .with(bytes_of(digest), kind, static_cast<std::int64_t>(bytes.size()), milliseconds_of(recorded_at_), lasting,
            std::string_view(packed))
      .run();
  if (lasting) strengthen(digest, kind);
}

// What a probe received may be what a person hands in as a screenshot: from then on it stays.
void BlobStore::strengthen(const Digest& digest, const std::string& kind) {
  if (kind != "screenshot" && kind != "catalog") return;
  for (const char* sql : {"UPDATE blob SET kind = ?2 WHERE digest = ?1 AND kind IN ('manifest', 'heads', 'body')",
                          "UPDATE kept SET kind = ?2 WHERE digest = ?1 AND kind IN ('manifest', 'heads', 'body')"}) {
    state_.connection.query(sql).with(bytes_of(digest), kind).run();
  }
}

void BlobStore::note_kept(const Digest& digest, const std::string& kind) {
  const std::string_view key = bytes_of(digest);
  Query known = state_.connection.query("SELECT pruned FROM kept WHERE digest = ?");
  if (!known.with(key).step()) {
    state_.connection.query("INSERT INTO kept VALUES (?, ?, 0)").with(key, kind).run();
  } else if (known.integer(0) != 0) {  // seen again
    state_.connection.query("UPDATE kept SET pruned = 0 WHERE digest = ?").with(key).run();
  }
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
    add(digests[i], slot.blobs[i].kind, slot.blobs[i].bytes, false);
    state_.connection.query("INSERT OR IGNORE INTO slot VALUES (?, ?)").with(slot.slot, bytes_of(digests[i])).run();
  }
  for (const Digest& digest : held) drop_if_unwanted(digest);
}

void BlobStore::drop_if_unwanted(const Digest& digest) {
  state_.connection
      .query("DELETE FROM blob WHERE digest = ?1 AND lasting = 0 AND NOT EXISTS (SELECT 1 FROM slot WHERE digest = ?1)")
      .with(bytes_of(digest))
      .run();
}

void BlobStore::drop(const Digest& digest) {
  state_.connection.query("DELETE FROM slot WHERE digest = ?").with(bytes_of(digest)).run();
  state_.connection
      .query("UPDATE kept SET pruned = 1 WHERE digest = ? AND pruned = 0 AND kind IN ('manifest', 'heads', 'body')")
      .with(bytes_of(digest))
      .run();
  state_.connection.query("DELETE FROM blob WHERE digest = ? AND kind IN ('manifest', 'heads', 'body')")
      .with(bytes_of(digest))
      .run();
}

std::size_t Log::drop_blobs(const std::function<std::vector<std::string>()>& choose) {
  return transact(*state_, [&] {
    BlobStore store(*state_, {});
    std::size_t dropped = 0;
    for (const std::string& sha256 : choose()) {
      const auto digest = digest_from_hex(sha256);
      if (!digest) continue;
      store.drop(*digest);
      dropped += static_cast<std::size_t>(state_->connection.database().getChanges());
    }
    return dropped;
  });
}

void Log::for_each_blob(const std::function<bool(const BlobInfo&)>& each) const {
  guarded(path(), [&] {
    SQLite::Statement statement =
        state_->connection.statement("SELECT digest, kind, size, length(data), recorded_at FROM blob ORDER BY digest");
    Query row(statement);
    while (row.step()) {
      const auto digest = digest_from_bytes(row.bytes(0));
      if (!digest) throw LogError(path() + ": a blob has no digest");
      if (!each({to_hex(*digest), row.text(1), row.integer(2), row.integer(3), instant_of(row.integer(4))})) return;
    }
  });
}

}  // namespace linkaudit::log
