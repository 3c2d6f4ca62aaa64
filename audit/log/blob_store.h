// Bytes by their digest, apart from the entries: evidence, screenshots, catalogs. To be used within a transaction.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/log/blob_text.h"

namespace linkaudit::log {

class BlobStore {
 public:
  BlobStore(Log::State& state, Instant recorded_at) : state_(state), texts_(state), recorded_at_(recorded_at) {}

  // The digests of blobs that are whole, and no larger than is kept; throws std::invalid_argument otherwise. Needs no
  // transaction.
  std::vector<Digest> check(std::span<const Blob> blobs) const;

  // Stays until it is dropped.
  void add(const Digest& digest, const Blob& blob) { add(digest, blob, true); }

  // Puts these in the place of what the slot held.
  void fill(const SlotBlobs& slot, std::span<const Digest> digests);

 private:
  struct Packed {
    std::optional<std::int64_t> base;
    std::optional<std::string> parts;
    std::string data;
  };
  struct Base {
    std::int64_t id = 0, stored_bytes = 0;
  };

  void add(const Digest& digest, const Blob& blob, bool lasting);
  void add_known(std::int64_t id, const Blob& blob, bool lasting);
  void add_new(const Digest& digest, const Blob& blob, bool lasting);
  Packed pack(const Blob& blob);
  std::optional<Base> base_of(const Blob& blob);
  std::optional<std::string> parts_of(const Blob& blob);
  std::int64_t name_of(const std::string& alike);
  void drop_if_unwanted(const Digest& digest);

  Log::State& state_;
  BlobTexts texts_;
  Instant recorded_at_;
};

}  // namespace linkaudit::log
