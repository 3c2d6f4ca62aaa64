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

json change_json(const run::Retested& change, std::optional<std::int64_t> entry, const std::string& zone) {
  const probes::Observation& seen = change.before;
  const auto text = [](const std::string& value) { return value.empty() ? json(nullptr) : json(value); };
  return {{"entry", change.entry},
          {"replaced_by", entry ? json(*entry) : json(nullptr)},
          {"at", law::format_instant(seen.at, zone)},
          {"link", text(seen.link)},
          {"url", seen.url},
          {"platform", text(seen.platform)},
          {"context", seen.context},
          {"before", verdict_json(seen)},
          {"after", verdict_json(change.after)}};
}

std::string rule_text(const probes::RuleReference& rule) {
  return rule.id.empty() ? std::string() : fmt::format("{} v{}", rule.id, rule.version);
}

reports::Row row_of(const query::Reader& reader, const run::Retested& change, std::optional<std::int64_t> entry) {
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
          query::label(reader.language, change.after.blame),
          entry ? reports::Value(*entry) : reports::Value()};
}

std::vector<reports::Column> columns(const query::Reader& reader) {
  return {query::column(reader, "entry", 8),           query::column(reader, "at", 18),
          query::column(reader, "link", 24),           query::column(reader, "context", 18),
          query::column(reader, "outcome_before", 16), query::column(reader, "rule_before", 24),
          query::column(reader, "blame_before", 12),   query::column(reader, "outcome_after", 16),
          query::column(reader, "rule_after", 24),     query::column(reader, "blame_after", 12),
          query::column(reader, "replaced_by", 8)};
}

}  // namespace

struct Retests::Collected {
  const catalog::Catalog& catalog;
  query::Reader reader;
  std::string id;
  json changes = json::array();
  std::vector<reports::Row> rows = {};
};

Retests::Retests(const Session& session, const catalog::Catalog& catalog, std::string id)
    : collected_(new Collected{catalog, {catalog, session.language()}, std::move(id)}) {}
Retests::~Retests() = default;

void Retests::add(const run::Retested& change, std::optional<std::int64_t> entry) {
  collected_->changes.push_back(change_json(change, entry, collected_->catalog.zone));
  collected_->rows.push_back(row_of(collected_->reader, change, entry));
}

void Retests::show(Session& session, const run::RetestCounts& counts, json document, const std::string& done) {
  const bool text = session.format() == Format::text;
  document["tested"] = counts.tested;
  document["changed"] = counts.changed;
  document["not_kept"] = counts.not_kept;
  document["changes"] = std::move(collected_->changes);
  if (!text || !collected_->rows.empty()) {
    const std::string title = "table." + collected_->id;
    const reports::Table table{collected_->id,
                               session.word(title),
                               session.word(title + ".intro"),
                               columns(collected_->reader),
                               reports::rows_of(std::move(collected_->rows)),
                               1};
    cli::show(session, collected_->catalog, table, document, "changes");
  }
  if (!text) return;
  session.out << fmt::format(fmt::runtime(session.word(done)), counts.tested, counts.changed) << '\n';
  if (counts.not_kept > 0) {
    session.out << fmt::format(fmt::runtime(session.word("evidence.not_kept")), counts.not_kept) << '\n';
  }
}

void retest(Session& session, const ObservationOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  const auto [horizon, filter] = wanted(session, log, catalog, options);
  Retests retests(session, catalog, "retest");
  const auto counts = run::retest(catalog, log, horizon, filter, [&](const auto& change) { retests.add(change); });
  retests.show(session, counts, json::object(), "retest.done");
}

}  // namespace linkaudit::cli
