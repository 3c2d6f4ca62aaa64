// The tables that follow from the entries, and making them.
#pragma once

#include <functional>
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

// Adds all entries of the log, in their order, to the empty tables of `into`; the first entry that cannot be read, in
// words. `each` is given every one. The caller begins and ends the transaction.
std::optional<std::string> project_all(Log::State& state, Connection& into,
                                       const std::function<void(const NewEntry&)>& each = nullptr);

}  // namespace linkaudit::log
