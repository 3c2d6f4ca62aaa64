// Rows of spans, put together from what is kept of streams and states.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "audit/log/dictionaries.h"
#include "audit/log/read.h"

namespace linkaudit::log {

// A stream's part of its rows, and its number.
struct StreamRow {
  std::int64_t number = 0;
  SpanRow row;
};

// Reads rows of: number, link, platform, context, tier, observer, method, vantage.
StreamRow stream_from(const Query& query);

// A span as it is kept, or as far as it goes at a horizon.
struct KeptSpan {
  std::int64_t first = 0, first_entry = 0, last = 0, last_entry = 0, state = 0, count = 0;
  std::optional<std::int64_t> valid_days;  // of the last
};

// Reads columns: first, first_entry, last, last_entry, state, count, valid_days, from the one given on.
KeptSpan kept_span_from(const Query& query, int column);

class SpanRows {
 public:
  explicit SpanRows(Connection& connection) : connection_(connection) {}

  SpanRow row(const StreamRow& stream, const KeptSpan& span);
  void fill(SpanRow& row, const KeptSpan& span);  // all but what is the stream's

  // The span up to an instant within it. Each observation keeps its place in its span, so the last one before the
  // instant says how many there were.
  void cut(std::int64_t stream, Instant as_of, KeptSpan& span);

 private:
  const State& state(std::int64_t number);

  Connection& connection_;
  std::unordered_map<std::int64_t, State> states_;
};

}  // namespace linkaudit::log
