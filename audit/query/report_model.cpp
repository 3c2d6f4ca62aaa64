#include "audit/query/report_model.h"

#include <algorithm>
#include <functional>
#include <map>

#include "audit/query/cover.h"
#include "audit/query/diff.h"
#include "audit/query/report_tables.h"
#include "audit/query/values.h"
#include "audit/query/waivers_in_words.h"

namespace linkaudit::query {
namespace {

reports::Table catalogs_table(const Reader& reader, const log::Log& log, const log::Horizon& horizon) {
  std::vector<reports::Row> rows;
  for (const log::LoggedCatalog& row : log::catalogs(log)) {
    if (row.record.at > horizon.as_of || row.entry > horizon.known_entry.value_or(row.entry)) continue;
    rows.push_back({row.entry, row.record.at, row.record.sha256, row.record.sha256 == reader.catalog.version,
                    joined(row.record.schedules, ", ")});
  }
  return table_of(reader, "catalogs",
                  {column(reader, "entry", 9), column(reader, "at", 17), column(reader, "catalog", 68),
                   column(reader, "judged_by", 12), column(reader, "schedules", 30)},
                  std::move(rows));
}

// The last report of its kind that was issued about an earlier instant: so that the same report can be made again after
// it was issued itself.
std::optional<log::LoggedReport> report_before(const log::Log& log, const log::Horizon& horizon,
                                               const std::string& layout) {
  std::optional<log::LoggedReport> last;
  for (log::LoggedReport& each : log::issued_reports(log, horizon)) {
    if (each.report.report != layout || each.report.as_of >= horizon.as_of) continue;
    if (!last || each.report.as_of >= last->report.as_of) last = std::move(each);
  }
  return last;
}

// The changes begin behind that instant, and so does what is counted.
std::optional<Instant> after(std::optional<Instant> since) {
  if (since) *since += std::chrono::milliseconds(1);
  return since;
}

// Builds the parts of one report, each when it is asked for.
class Builder {
 public:
  Builder(const log::Log& log, const Reader& reader, const ReportRequest& request, const catalog::ReportLayout& layout)
      : log_(log),
        reader_(reader),
        request_(request),
        layout_(layout),
        view_(look(log, reader.catalog, request.as_of, request.known_entry)) {}

  ReportModel build();

 private:
  const log::Horizon& horizon() const { return view_.horizon; }
  bool has(const std::string& sheet) const;
  void find_since(ReportModel& model);
  void add_head(reports::Report& report) const;
  void add_cover(ReportModel& model) const;
  void add_tables(const ReportModel& model, reports::Report& report) const;
  void add_data(reports::Report& report) const;
  reports::Table changes(const ReportModel& model) const;
  reports::Table waivers() const;

  const log::Log& log_;
  const Reader& reader_;
  const ReportRequest& request_;
  const catalog::ReportLayout& layout_;
  const View view_;
  std::vector<log::SpanRow> spans_;
};

bool Builder::has(const std::string& sheet) const {
  return layout_.sheets.empty() ||
         std::find(layout_.sheets.begin(), layout_.sheets.end(), sheet) != layout_.sheets.end();
}

// The smallest tree that holds all that the report rests on: entries recorded later do not change it.
void Builder::find_since(ReportModel& model) {
  model.tree_size = log::newest_entry(log_, horizon());
  model.since = request_.since;
  if (!model.since && layout_.since_last) {
    if (const auto before = report_before(log_, horizon(), layout_.id)) {
      model.since = before->report.as_of;
      model.tree_size = std::max(model.tree_size, before->entry);
    }
  }
  model.root = log::to_hex(log_.root_at(model.tree_size));
}

void Builder::add_head(reports::Report& report) const {
  report.language = request_.language;
  report.both_languages = request_.both;
  report.simulated = reader_.catalog.simulated;
  report.title = heading_of(reader_, layout_.title);
  report.organisation = in(reader_.language, layout_.organisation);
  report.subtitle =
      request_.known_entry
          ? formatted(reader_, "report.subtitle.known", day_in_words(reader_, request_.as_of), reader_.catalog.zone,
                      *request_.known_entry)
          : formatted(reader_, "report.subtitle", day_in_words(reader_, request_.as_of), reader_.catalog.zone);
  report.as_of = request_.as_of;
  report.zone = reader_.catalog.zone;
  report.logo = request_.logo;
  report.accent = layout_.accent;
  report.order = layout_.sheets.empty() ? catalog::report_sheets() : layout_.sheets;
}

void Builder::add_cover(ReportModel& model) const {
  const Accounting accounting = account(log_, horizon());
  std::optional<Accounting> of_period;
  if (model.since) of_period = account(log_, horizon(), after(model.since));
  const CoverFacts facts{view_,       accounting,      of_period ? &*of_period : nullptr,
                         model.since, model.tree_size, model.root};
  model.report.checkpoint = std::to_string(model.tree_size) + " " + model.root;
  model.report.headlines = headlines(reader_, facts);
  model.report.cover = cover_blocks(reader_, facts);
}

reports::Table Builder::changes(const ReportModel& model) const {
  if (!model.since) {
    reports::Table table = changes_table(reader_, {}, true);
    table.intro = word_of(reader_, "changes.no_earlier");
    return table;
  }
  reports::Table table = changes_table(reader_, diff_from(log_, reader_.catalog, *model.since, view_).changes, true);
  table.intro = formatted(reader_, "changes.since", day_in_words(reader_, *model.since));
  return table;
}

reports::Table Builder::waivers() const {
  reports::Table table = waivers_table(reader_, view_.waivers);
  const auto totals = waivers_in_words(reader_, view_);
  if (!totals.empty()) table.intro += " " + totals.front().second;
  return table;
}

void Builder::add_tables(const ReportModel& model, reports::Report& report) const {
  const auto days = [&] {
    return account_by_period(log_, horizon(), after(model.since), PeriodLength::day, reader_.catalog.zone);
  };
  const auto months = [&] {
    return account_by_period(log_, horizon(), std::nullopt, PeriodLength::month, reader_.catalog.zone);
  };
  const auto remarks = newest_remarks(log_, horizon());
  const std::map<std::string, std::function<reports::Table()>> tables = {
      {"clauses", [&] { return obligations_table(reader_, view_.findings); }},
      {"clauses_by_platform", [&] { return clauses_by_platform_table(reader_, view_.findings); }},
      {"breaches", [&] { return breaches_table(reader_, view_.findings, remarks); }},
      {"changes", [&] { return changes(model); }},
      {"disputes", [&] { return disputes_table(reader_, log_, view_, after(model.since)); }},
      {"waivers", [&] { return waivers(); }},
      {"gaps_by_day", [&] { return gaps_by_day_table(reader_, days()); }},
      {"evidence", [&] { return evidence_table(reader_, log_, view_); }},
      {"observations", [&] { return observations_table(reader_, log_, horizon(), {}, true); }},
      {"glossary", [&] { return glossary_table(reader_); }},
      {"findings", [&] { return findings_table(reader_, view_.findings, true, &remarks); }},
      {"open", [&] { return open_table(reader_, view_.findings); }},
      {"annotations", [&] { return annotations_table(reader_, log_, horizon()); }},
      {"gaps", [&] { return gaps_table(reader_, log_, horizon()); }},
      {"runs", [&] { return runs_table(reader_, log_, horizon()); }},
      {"periods", [&] { return periods_table(reader_, months()); }},
      {"catalogs", [&] { return catalogs_table(reader_, log_, horizon()); }}};
  for (const std::string& sheet : report.order) {
    if (const auto table = tables.find(sheet); table != tables.end()) report.tables.push_back(table->second());
  }
}

void Builder::add_data(reports::Report& report) const {
  if (has("cover")) report.data.push_back(cover_rows(reader_, report));
  if (has("matrix")) report.data.push_back(matrix_rows(reader_, view_.matrix));
  if (has("timeline")) report.data.push_back(timeline_rows(reader_, spans_));
}

ReportModel Builder::build() {
  ReportModel model;
  find_since(model);
  add_head(model.report);
  add_cover(model);
  if (has("matrix")) model.report.matrix = matrix_of(reader_, view_.matrix, false, request_.as_of);
  if (has("timeline")) {
    spans_ = log::spans(log_, horizon());
    model.report.timeline = timeline_of(reader_, spans_, request_.as_of);
  }
  add_tables(model, model.report);
  add_data(model.report);
  return model;
}

}  // namespace

ReportModel report_model(const log::Log& log, const catalog::Catalog& catalog, const ReportRequest& request) {
  const Reader reader{catalog, request.language, request.both};
  const catalog::ReportLayout* layout = catalog::find_report(catalog, request.layout);
  if (layout == nullptr) throw std::logic_error("no report " + request.layout);
  return Builder(log, reader, request, *layout).build();
}

}  // namespace linkaudit::query
