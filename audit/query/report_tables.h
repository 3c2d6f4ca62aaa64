// The sheets that only a report has. Column keys are stable, as those of tables.h.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/query/remarks.h"
#include "audit/query/tables.h"

namespace linkaudit::query {

// What is in breach, the gravest first, with columns for an officer to fill in, and what was filled in before.
reports::Table breaches_table(const Reader& reader, const std::vector<law::Finding>& findings,
                              const std::map<std::string, log::LoggedRemark>& remarks);

// Both sides of each dispute, what contradicts a finding, and the attestations from `since` on, else the newest
// thousand; streamed from the log.
reports::Table disputes_table(const Reader& reader, const log::Log& log, const View& view,
                              std::optional<Instant> since);

// By day of the report's zone, in order: planned = observed + gaps by reason. `since`: from that instant on.
reports::Table gaps_by_day_table(const Reader& reader, const std::vector<Period>& days);

// The entries that findings and matrix rest on, each with its hashes and where a bundle holds it.
reports::Table evidence_table(const Reader& reader, const log::Log& log, const View& view);

// What the words of a report mean.
reports::Table glossary_table(const Reader& reader);

// What was seen of each cell, by tier and source, newest bands kept when there are very many.
reports::Timeline timeline_of(const Reader& reader, const std::vector<log::SpanRow>& spans, Instant as_of);

// Rows for programs of what is drawn otherwise.
reports::Table cover_rows(const Reader& reader, const reports::Report& report);
reports::Table timeline_rows(const Reader& reader, std::vector<log::SpanRow> spans);

}  // namespace linkaudit::query
