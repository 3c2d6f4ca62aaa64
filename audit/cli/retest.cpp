#include "audit/cli/retest.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/output.h"
#include "audit/law/calendar.h"
#include "audit/query/values.h"
#include "audit/run/retest.h"

namespace linkaudit::cli {
namespace {

using nlohmann::json;

json verdict_json(const probes::Observation& judged) {
  return {{"outcome", name(judged.outcome)},
          {"rule", judged.rule.id.empty() ? json(nullptr) : json(judged.rule.id)},
          {"rule_version", judged.rule.id.empty() ? json(nullptr) : json(judged.rule.version)},
          {"blame", name(judged.blame)}};
}

json change_json(const run::Retested& change, const std::string& zone) {
  const probes::Observation& seen = change.before;
  const auto text = [](const std::string& value) { return value.empty() ? json(nullptr) : json(value); };
  return {{"entry", change.entry},           {"at", law::format_instant(seen.at, zone)},
          {"link", text(seen.link)},         {"url", seen.url},
          {"platform", text(seen.platform)}, {"context", seen.context},
          {"before", verdict_json(seen)},    {"after", verdict_json(change.after)}};
}

std::string rule_text(const probes::RuleReference& rule) {
  return rule.id.empty() ? std::string() : fmt::format("{} v{}", rule.id, rule.version);
}

reports::Row row_of(const query::Reader& reader, const run::Retested& change) {
  const probes::Observation& seen = change.before;
  return {change.entry,
          seen.at,
          seen.link.empty() ? seen.url : seen.link,
          seen.context,
          query::badge(reader.language, seen.outcome),
          rule_text(seen.rule),
          query::label(reader.language, seen.blame),
          query::badge(reader.language, change.after.outcome),
          rule_text(change.after.rule),
          query::label(reader.language, change.after.blame)};
}

reports::Table table_of(const Session& session, const query::Reader& reader, std::vector<reports::Row> rows) {
  return {"retest",
          session.word("table.retest"),
          session.word("table.retest.intro"),
          {query::column(reader, "entry", 8), query::column(reader, "at", 18), query::column(reader, "link", 24),
           query::column(reader, "context", 18), query::column(reader, "outcome_before", 16),
           query::column(reader, "rule_before", 24), query::column(reader, "blame_before", 12),
           query::column(reader, "outcome_after", 16), query::column(reader, "rule_after", 24),
           query::column(reader, "blame_after", 12)},
          reports::rows_of(std::move(rows)),
          1};
}

}  // namespace

void retest(Session& session, const ObservationOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  const auto [horizon, filter] = wanted(session, log, catalog, options);
  const query::Reader reader{catalog, session.language()};
  json changes = json::array();
  std::vector<reports::Row> rows;
  const run::RetestCounts counts = run::retest(catalog, log, horizon, filter, [&](const run::Retested& change) {
    changes.push_back(change_json(change, catalog.zone));
    rows.push_back(row_of(reader, change));
  });
  const bool text = session.format() == Format::text;
  if (!text || !rows.empty()) {
    const json document = {
        {"tested", counts.tested}, {"changed", counts.changed}, {"not_kept", counts.not_kept}, {"changes", changes}};
    show(session, catalog, table_of(session, reader, std::move(rows)), document, "changes");
  }
  if (!text) return;
  session.out << fmt::format(fmt::runtime(session.word("retest.done")), counts.tested, counts.changed) << '\n';
  if (counts.not_kept > 0) {
    session.out << fmt::format(fmt::runtime(session.word("evidence.not_kept")), counts.not_kept) << '\n';
  }
}

}  // namespace linkaudit::cli
