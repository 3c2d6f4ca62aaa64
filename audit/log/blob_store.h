// Bytes by their digest, apart from the entries: evidence, screenshots, catalogs. To be used within a transaction.
#pragma once

#include <span>
#include <vector>

#include "audit/log/log_state.h"

namespace linkaudit::log {

class BlobStore {
 public:
  BlobStore(Log::State& state, Instant recorded_at) : state_(state), recorded_at_(recorded_at) {}

  // The digests of blobs that are whole, and no larger than is kept; throws std::invalid_argument otherwise. Needs no
  // transaction.
  std::vector<Digest> check(std::span<const Blob> blobs) const;

  // Stays until it is dropped.
  void add(const Digest& digest, const std::string& kind, const std::string& bytes) { add(digest, kind, bytes, true); }

  // Puts these in the place of what the slot held.
  void fill(const SlotBlobs& slot, std::span<const Digest> digests);

  void drop(const Digest& digest);

 private:
  void add(const Digest& digest, const std::string& kind, const std::string& bytes, bool lasting);
  void note_kept(const Digest& digest, const std::string& kind);
  void strengthen(const Digest& digest, const std::string& kind);
  void drop_if_unwanted(const Digest& digest);

  Log::State& state_;
  Instant recorded_at_;
};

}  // namespace linkaudit::log
