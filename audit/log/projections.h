// The tables that follow from the entries, and making them.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "audit/log/log_state.h"

namespace linkaudit::log {

struct Projection {
  const char* name;
  const char* columns;  // those that identify a row first
  const char* order;
};

std::span<const Projection> projections();

// Adds entries, in their order from the first one on, to the empty tables of a connection. The caller begins and ends
// the transaction.
class Projecting {
 public:
  explicit Projecting(Connection& into) : projector_(into) {}
  void add(std::int64_t seq, Instant recorded_at, const NewEntry& content);
  void finish() { projector_.finish(); }

 private:
  Projector projector_;
  Hasher hasher_;
};

// All entries of the log; the first one that cannot be read, in words.
std::optional<std::string> project_all(Log::State& state, Connection& into);

}  // namespace linkaudit::log
