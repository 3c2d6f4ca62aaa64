// What a Log holds. For the sources of audit/log alone.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "audit/log/connection.h"
#include "audit/log/damage.h"
#include "audit/log/packer.h"
#include "audit/log/projector.h"
#include "audit/log/record.h"
#include "audit/log/tree.h"
#include "audit/log/wal_keeper.h"
#include "audit/log/writer_lock.h"

namespace linkaudit::log {

inline constexpr std::chrono::seconds kWriterPatience{30};

struct Log::State {
  State(std::string file, Connection opened, std::optional<WriterLock> writer_lock);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  std::int64_t size();
  Digest node(NodePlace place);                 // throws LogError when it is not stored
  std::string record(std::string_view stored);  // the canonical JSON behind column `record`
  // The facts stored under a digest, read; kept, since they repeat. Valid until the next call.
  const probes::Observation& facts(const Digest& digest);
  NewObservation observation(std::string_view record, RecordHead* head = nullptr);
  NewEntry content(EntryType type, std::string_view record, RecordHead* head = nullptr);

  // Runs `work`, which reads that entry, turning what the readers of records throw into LogError.
  template <typename Work>
  auto decoded(std::int64_t entry, const Work& work) const {
    try {
      return work();
    } catch (const SQLite::Exception&) {
      throw;
    } catch (const LogError&) {
      throw;
    } catch (const std::exception& error) {
      throw LogDamaged(path + ": entry " + std::to_string(entry) + " is damaged: " + error.what());
    }
  }

  std::string path;
  Connection connection;
  std::optional<WriterLock> lock;  // nothing: opened for reading
  Hasher hasher;
  Packer packer;
  Projector projector;
  CompactRange range;                                  // of the tree as of the last append
  std::unordered_set<Digest, DigestHash> known_facts;  // digests that are stored, the ones seen last
  std::unordered_map<std::string, probes::Observation> kept_facts;
  std::chrono::milliseconds patience = kWriterPatience;  // with other writers
  WalKeeper wal;                                         // of one that writes
  bool broken = false;                                   // a commit failed: nothing more is written by this Log
};

}  // namespace linkaudit::log
