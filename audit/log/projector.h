// Writes the projections of an entry: everything that is not the truth and can be made again from it.
#pragma once

#include <map>
#include <tuple>

#include "audit/log/dictionaries.h"
#include "audit/log/hash.h"
#include "audit/log/read.h"

namespace linkaudit::log {

class Projector {
 public:
  explicit Projector(Connection& connection) : connection_(&connection) {}

  void move_to(Connection& connection) { connection_ = &connection; }
  void refresh() { dictionaries_.refresh(*connection_); }
  void forget() {
    dictionaries_.forget();
    looks_.clear();
  }

  // Entries in order of their numbers. `identity` is that of an attestation, else not looked at.
  void add(std::int64_t entry, const NewEntry& content, const Digest& identity);
  // Writes what was counted since the last time; before each commit.
  void finish();

 private:
  void add(std::int64_t entry, const NewObservation& content, const Digest& identity);
  void add(std::int64_t entry, const Gap& gap, const Digest& identity);
  void add(std::int64_t entry, const RunRecord& run, const Digest& identity);
  void add(std::int64_t entry, const CatalogRecord& catalog, const Digest& identity);
  void add(std::int64_t entry, const Annotation& annotation, const Digest& identity);
  void add(std::int64_t entry, const WaiverRecord& waiver, const Digest& identity);
  void add(std::int64_t entry, const Remark& remark, const Digest& identity);
  void add(std::int64_t entry, const IssuedReport& report, const Digest& identity);
  void count_taken_back(const Annotation& annotation);
  void count(std::int64_t at, bool simulated, const std::string& type, const std::string& reason, std::int64_t number);
  void note_fire(const std::string& schedule, std::int64_t cell, Instant planned);

  Connection* connection_;
  Dictionaries dictionaries_;
  std::map<std::tuple<std::int64_t, bool, std::string, std::string>, std::int64_t> looks_;  // as the table is
};

inline std::int64_t milliseconds_of(Instant instant) {
  return instant.time_since_epoch().count();
}
inline Instant instant_of(std::int64_t milliseconds) {
  return Instant(std::chrono::milliseconds(milliseconds));
}

}  // namespace linkaudit::log
