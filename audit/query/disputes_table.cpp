#include <map>
#include <memory>
#include <tuple>
#include <utility>

#include "audit/log/annotations.h"
#include "audit/query/observation_rows.h"
#include "audit/query/report_tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

constexpr int kPrintedDisputeColumns = 12;
constexpr std::size_t kTitles = 11;  // column of the clauses
constexpr std::int64_t kMostAttestations = 1000;

reports::Term kind_of(const Reader& reader, const std::string& kind) {
  return {kind, word_of(reader, "dispute." + kind)};
}

// The columns that say of which finding; of an attestation they are empty.
void add_finding(const Reader& reader, const law::Finding& finding, reports::Row& row) {
  row.push_back(obligation_title(reader.catalog, reader.language, finding.obligation));
  row.insert(row.end(), {finding.platform, finding.context, finding_id(finding)});
}

reports::Row side_row(const Reader& reader, const log::Log& log, const law::Finding& finding, const law::Word& word) {
  const auto logged = log::observation_at(log, word.entry);
  const bool disputed = finding.disputed;
  reports::Row row = {kind_of(reader, disputed ? "dispute" : "word"),
                      platform_name(reader.catalog, reader.language, finding.platform),
                      context_name(reader.catalog, reader.language, finding.context),
                      word.link,
                      badge(reader.language, word.outcome),
                      term(reader, word.tier),
                      text(speaker_of(word.source)),
                      word.at,
                      entries_value({word.entry}),
                      logged ? text(logged->observation.note) : reports::Value(),
                      logged ? text(logged->observation.source) : reports::Value()};
  add_finding(reader, finding, row);
  return row;
}

reports::Row contradiction_row(const Reader& reader, const law::Finding& finding) {
  const law::Contradiction& by = *finding.contradicted_by;
  reports::Row row = {kind_of(reader, "contradiction"),
                      platform_name(reader.catalog, reader.language, finding.platform),
                      context_name(reader.catalog, reader.language, finding.context),
                      reports::Value(),
                      badge(reader.language, by.outcome),
                      term(reader, by.tier),
                      reports::Value(),
                      by.since,
                      entries_value({by.entry}),
                      reports::Value(),
                      reports::Value()};
  add_finding(reader, finding, row);
  return row;
}

reports::Row attestation_row(const Reader& reader, const log::LoggedObservation& logged) {
  const probes::Observation& seen = logged.observation;
  return {kind_of(reader, logged.withdrawn() != nullptr ? "withdrawn" : "attestation"),
          platform_name(reader.catalog, reader.language, seen.platform),
          context_name(reader.catalog, reader.language, seen.context),
          seen.link,
          badge(reader.language, seen.outcome),
          term(reader, seen.tier),
          text(seen.observer),
          seen.at,
          entries_value({logged.entry}),
          text(seen.note),
          text(seen.source),
          reports::Value(),
          seen.platform,
          seen.context,
          reports::Value()};
}

// Each side once, whichever clauses it is about: of the others their titles are added.
class Sides {
 public:
  Sides(const Reader& reader, const log::Log& log) : reader_(reader), log_(log) {}

  void add(const law::Finding& finding) {
    if (finding.disputed) {
      for (const law::Word& word : finding.words) {
        if (is_new("dispute", finding, word.entry)) rows.push_back(side_row(reader_, log_, finding, word));
      }
    }
    if (finding.contradicted_by && is_new("contradiction", finding, finding.contradicted_by->entry)) {
      rows.push_back(contradiction_row(reader_, finding));
    }
  }

  std::vector<reports::Row> rows;

 private:
  bool is_new(const char* kind, const law::Finding& finding, std::int64_t entry) {
    const auto [place, first] = places_.try_emplace({kind, finding.platform, finding.context, entry}, rows.size());
    if (first) return true;
    auto& titles = std::get<std::string>(rows[place->second][kTitles]);
    titles +=
        word_of(reader_, "list.separator") + obligation_title(reader_.catalog, reader_.language, finding.obligation);
    return false;
  }

  const Reader& reader_;
  const log::Log& log_;
  std::map<std::tuple<std::string, std::string, std::string, std::int64_t>, std::size_t> places_;
};

}  // namespace

reports::Table disputes_table(const Reader& reader, const log::Log& log, const View& view,
                              std::optional<Instant> since) {
  reports::Table table =
      table_of(reader, "disputes",
               {column(reader, "dispute", 16), column(reader, "platform_name", 14), column(reader, "context_name", 18),
                column(reader, "link", 20), column(reader, "outcome", 20), column(reader, "tier", 16),
                column(reader, "said_by", 24), column(reader, "at", 17), column(reader, "entries", 9),
                column(reader, "note", 34, true), column(reader, "source", 34, true),
                column(reader, "obligation_title", 34, true), column(reader, "platform", 14),
                column(reader, "context", 20), column(reader, "finding_id", 44)},
               {});
  Sides sides(reader, log);
  for (const law::Finding& finding : view.findings) sides.add(finding);
  const auto of_findings = std::make_shared<std::vector<reports::Row>>(std::move(sides.rows));
  log::ObservationFilter filter;
  filter.method = "attestation";
  filter.since = since;
  if (!since) filter.limit = kMostAttestations;
  const reports::RowSource attestations =
      rows_of_observations(log, view.horizon, filter,
                           [reader](const log::LoggedObservation& each) { return attestation_row(reader, each); });
  table.rows = [of_findings, attestations]() -> reports::NextRow {
    return [of_findings, next = attestations(), done = std::size_t{0}](reports::Row& row) mutable {
      if (done == of_findings->size()) return next(row);
      row = (*of_findings)[done++];
      return true;
    };
  };
  table.frozen_columns = 3;
  table.printed_columns = kPrintedDisputeColumns;
  return table;
}

}  // namespace linkaudit::query
