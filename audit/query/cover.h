// The first sheet: what is judged, by which rules, on how much evidence, and how to read it.
#pragma once

#include <optional>
#include <vector>

#include "audit/query/accounting.h"
#include "audit/query/tables.h"

namespace linkaudit::query {

struct CoverFacts {
  const View& view;
  const Accounting& accounting;
  const Accounting* of_period;   // since that instant; nothing when there is none
  std::optional<Instant> since;  // where the changes begin
  std::int64_t tree_size = 0;
  std::string root;  // hex
};

std::vector<reports::Headline> headlines(const Reader& reader, const CoverFacts& facts);
std::vector<reports::CoverBlock> cover_blocks(const Reader& reader, const CoverFacts& facts);

// As of when, in which zone, and up to which entry the log is asked.
std::string horizon_in_words(const Reader& reader, const log::Horizon& horizon);

// One sentence: planned = observed + gaps, by reason. Also printed by `run`.
std::string accounting_in_words(const Reader& reader, const Accounting& accounting);

}  // namespace linkaudit::query
