// Cells, streams and states by number: what observations refer to instead of repeating texts. Numbers are given in
// order of first appearance in the log and never change.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/log/connection.h"
#include "audit/log/hash.h"
#include "probes/observation.h"

namespace linkaudit::log {

// One link in one context. A URL that no catalog lists is a cell of its own (link "").
struct Cell {
  std::string link, url, platform, context;
  bool simulated = false;
};

// One source on one cell at one tier: what spans are kept for.
struct Stream {
  std::int64_t cell = 0;
  probes::Tier tier = probes::Tier::target;
  std::string observer, method, vantage;
};

// The raw state whose runs are spans.
struct State {
  probes::Outcome outcome = probes::Outcome::unclassified;
  probes::Blame blame = probes::Blame::unknown;
  std::string rule;
  std::optional<bool> context_specific;
  std::optional<int> steps;
  std::optional<probes::Presentation> presentation;
  std::optional<probes::FailureName> failure;
};

Cell cell_of(const probes::Observation& seen);
Stream stream_of(const probes::Observation& seen, std::int64_t cell);
State state_of(const probes::Observation& seen);

class Dictionaries {
 public:
  // Learns what other writers have added. Call at the begin of each transaction.
  void refresh(Connection& connection);
  void forget();  // after a rollback: numbers given in it do not exist

  // The number, given now when it is new.
  std::int64_t number_of(Connection& connection, const Cell& cell);
  std::int64_t number_of(Connection& connection, const Stream& stream);
  std::int64_t number_of(Connection& connection, const State& state);

 private:
  // By half the digest of what is numbered, which is enough to tell apart what nobody chose to look alike, and small:
  // there is one for each cell. Numbers are 1, 2, 3 ...
  using Key = std::array<std::uint8_t, 16>;
  using Numbers = absl::flat_hash_map<Key, std::int64_t>;
  Key key_for(const std::string& text);
  template <typename Insert>
  std::int64_t number_in(Numbers& numbers, const std::string& key, const Insert& insert);

  Hasher hasher_;
  Numbers cells_, streams_, states_;
};

// Column values of table `state` for one row, from column `first` on; and of `stream`.
State state_from(const Query& row, int first);

}  // namespace linkaudit::log
