#include "audit/cli/scheduled_reports.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <set>

#include "audit/cli/report_file.h"
#include "audit/law/calendar.h"

namespace linkaudit::cli {
namespace {

std::set<std::string> reports_of(const catalog::Catalog& catalog, const std::vector<std::string>& schedules) {
  std::set<std::string> named;
  for (const catalog::ScheduleEntry& schedule : catalog.schedules) {
    const bool ran = std::find(schedules.begin(), schedules.end(), schedule.id) != schedules.end();
    if (ran && !schedule.report.empty()) named.insert(schedule.report);
  }
  return named;
}

// {date} is the day in the catalog's zone; relative names are meant from the database's directory.
std::string path_of(const Session& session, const catalog::Catalog& catalog, const catalog::ReportLayout& layout,
                    probes::Instant ended) {
  std::string name = layout.file;
  const std::string mark = "{date}";
  if (const auto at = name.find(mark); at != std::string::npos) {
    name.replace(at, mark.size(), law::format_date(law::date_at(ended, catalog.zone)));
  }
  return (std::filesystem::path(session.globals.database).parent_path() / name).string();
}

void issue(Session& session, const catalog::Catalog& catalog, const std::string& id, probes::Instant ended) {
  const catalog::ReportLayout& layout = *catalog::find_report(catalog, id);
  const std::string path = path_of(session, catalog, layout, ended);
  check_report_output(path, "");
  log::Log log = session.open_log();
  const query::ReportRequest request = report_request(catalog, id, layout.language, ended);
  const query::ReportModel model = query::report_model(log, catalog, request);
  const WrittenFile file = write_report(model.report, path, "").front();
  const log::NewEntry entries[] = {issued_report(model, request, catalog, file, session.now())};
  const std::int64_t entry = log.append(entries, session.now()).front();
  session.err << fmt::format(fmt::runtime(session.word("report.issued")), path, file.sha256, entry) << '\n';
}

}  // namespace

bool reports_scheduled(const catalog::Catalog& catalog, const std::vector<std::string>& schedules) {
  return !reports_of(catalog, schedules).empty();
}

bool issue_scheduled(Session& session, const catalog::Catalog& catalog, const std::vector<std::string>& schedules,
                     probes::Instant ended) {
  bool all = true;
  for (const std::string& id : reports_of(catalog, schedules)) {
    try {
      issue(session, catalog, id, ended);
    } catch (const std::exception& error) {
      session.err << fmt::format(fmt::runtime(session.word("report.not_issued")), id, error.what()) << '\n';
      all = false;
    }
  }
  return all;
}

}  // namespace linkaudit::cli
