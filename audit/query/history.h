// The history of one cell: what each source saw, at each tier, with the entries that began and ended it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "audit/log/read.h"

namespace linkaudit::query {

struct HistorySpan {
  log::SpanRow span;
  std::optional<std::int64_t> ended_by;  // the entry in which its source saw something else; nothing when it goes on
};

// The best evidence first; within a tier in order of time.
std::vector<HistorySpan> history_of(std::vector<log::SpanRow> spans);

}  // namespace linkaudit::query
