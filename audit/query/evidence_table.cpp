#include <algorithm>
#include <set>

#include "audit/log/annotations.h"
#include "audit/query/report_tables.h"
#include "audit/query/values.h"
#include "reports/thumbnail.h"

namespace linkaudit::query {
namespace {

constexpr std::size_t kMostEvidence = 20'000;  // rows
constexpr std::size_t kMostPictures = 200;     // thumbnails, from the newest on
constexpr int kPrintedEvidenceColumns = 11;

std::vector<std::int64_t> entries_of(const View& view) {
  std::set<std::int64_t> entries;
  for (const law::Finding& finding : view.findings) entries.insert(finding.entries.begin(), finding.entries.end());
  for (const law::MatrixCell& cell : view.matrix) entries.insert(cell.entries.begin(), cell.entries.end());
  for (const law::Finding& finding : view.findings) {
    if (finding.contradicted_by) entries.insert(finding.contradicted_by->entry);
  }
  std::vector<std::int64_t> sorted(entries.begin(), entries.end());
  if (sorted.size() > kMostEvidence) sorted.erase(sorted.begin(), sorted.end() - kMostEvidence);
  return sorted;
}

reports::Value picture_of(const log::Log& log, const std::string& sha256, bool wanted) {
  if (sha256.empty()) return {};
  reports::Picture picture{{}, "screenshots/" + sha256};
  if (!wanted) return picture;
  const auto bytes = log.blob(sha256);
  if (bytes) picture.png = reports::thumbnail(*bytes, {160, 120}).value_or("");
  return picture;
}

reports::Row evidence_row(const Reader& reader, const log::Log& log, std::int64_t number, bool picture) {
  const auto entry = log.entry(number);
  const auto logged = log::observation_at(log, number);
  if (!entry || !logged) return {number};
  const probes::Observation& seen = logged->observation;
  const std::string type(name(entry->type));
  return {number,
          reports::Term{type, word_of(reader, "entry_type." + type)},
          seen.at,
          seen.link.empty() ? seen.url : seen.link,
          context_name(reader.catalog, reader.language, seen.context),
          badge(reader.language, seen.outcome),
          term(reader, seen.tier),
          text(seen.method == "attestation" ? seen.observer : seen.vantage),
          picture_of(log, seen.screenshot, picture),
          log::to_hex(entry->leaf),
          "entries/" + std::to_string(number) + ".json",
          text(seen.page ? seen.page->sha256 : std::string()),
          text(seen.rule.id),
          text(seen.page ? seen.page->final_url : std::string()),
          entry->recorded_at,
          seen.context};
}

}  // namespace

reports::Table evidence_table(const Reader& reader, const log::Log& log, const View& view) {
  const std::vector<std::int64_t> entries = entries_of(view);
  std::vector<reports::Row> rows;
  std::size_t pictures = 0;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    rows.push_back(evidence_row(reader, log, *entry, pictures < kMostPictures));
    if (rows.back().size() > 8 && std::holds_alternative<reports::Picture>(rows.back()[8])) ++pictures;
  }
  std::reverse(rows.begin(), rows.end());
  reports::Table table =
      table_of(reader, "evidence",
               {column(reader, "entry", 9), column(reader, "entry_type", 13), column(reader, "at", 17),
                column(reader, "link", 20), column(reader, "context_name", 16), column(reader, "outcome", 19),
                column(reader, "tier", 16), column(reader, "seen_by", 18), column(reader, "screenshot", 24),
                column(reader, "leaf", 34, true), column(reader, "bundle_path", 22), column(reader, "sha256", 66),
                column(reader, "rule", 24), column(reader, "final_url", 40), column(reader, "recorded_at", 17),
                column(reader, "context", 20)},
               std::move(rows));
  table.entry_by = "entry";
  table.printed_columns = kPrintedEvidenceColumns;
  return table;
}

}  // namespace linkaudit::query
