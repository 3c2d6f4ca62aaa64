// What is stored beside the entries, held against what these say of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "audit/log/entry_queue.h"
#include "audit/log/log_state.h"

namespace linkaudit::log {

// Takes all entries in order. Remembers of what is stored alone, and one look of each slot.
class BlobCheck {
 public:
  explicit BlobCheck(Log::State& state);

  void take(const ReadEntry& entry);

  // The first entry whose evidence is stored as something else, or as of another instant than one at which an entry
  // could have brought it; else what is stored and named by no entry. FORMAT.md says what can be told of what was
  // pruned, or stored before records said what was kept.
  std::optional<std::string> problem();

 private:
  enum Role : unsigned { manifest = 1, heads = 2, body = 4, screenshot = 8, catalog = 16 };

  struct Stored {
    unsigned kind = 0;
    bool there = false, in_slot = false, lasting = false;
    std::int64_t recorded_at = 0;
    unsigned roles = 0;         // by which entries, and manifests that are there, name it
    std::int64_t first = 0;     // the first entry that does
    bool brought = false;       // it was recorded when an entry was that names it itself
    std::int64_t promised = 0;  // the first entry along with which it was stored to stay
  };

  static unsigned role_of(const std::string& kind);
  static std::string name_of(unsigned role);

  void load();
  void name(const ReadEntry& entry, const std::string& sha256, Role role);
  void read_manifests();
  std::optional<std::string> problem_of(const Digest& digest, const Stored& stored) const;
  bool is_of_its_time(const Stored& stored) const;
  bool may_be_left_over(const Stored& stored) const;
  std::int64_t entry_at(std::int64_t recorded_at) const;

  Log::State& state_;
  std::unordered_map<Digest, Stored, DigestHash> stored_;
  std::unordered_map<std::int64_t, std::int64_t> times_;  // of what is stored, to the first entry recorded then
  std::int64_t first_to_name_ = 0, first_to_say_ = 0;     // entries: that names a blob; that says what was kept
  std::int64_t pruned_up_to_ = 0;
  std::optional<std::int64_t> prunable_ = 0;  // how many were let go, as notes say; nothing: one does not say
};

}  // namespace linkaudit::log
