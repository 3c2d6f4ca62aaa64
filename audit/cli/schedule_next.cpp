#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/output.h"
#include "audit/cli/schedule_commands.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "audit/query/values.h"

namespace linkaudit::cli {
namespace {

struct NextOptions {
  std::string cron, zone, from, schedule;
  int count = 10;
};

void next_of_expression(Session& session, const NextOptions& options) {
  session.only({Format::text, Format::json, Format::ndjson});
  const catalog::Catalog catalog = session.load_catalog();
  const std::string zone = options.zone.empty() ? catalog.zone : options.zone;
  const run::Timetable times = timetable("--cron", options.cron, zone);
  nlohmann::json fires = nlohmann::json::array();
  std::optional<probes::Instant> at = session.instant("--from", options.from, catalog);
  for (int index = 0; index < options.count; ++index) {
    at = schedules::next_after(times.cron, times.zone, *at);
    if (!at) break;
    fires.push_back(law::format_instant(*at, zone));
  }
  if (session.format() != Format::text) {
    session.out << nlohmann::json{{"fires", fires}}.dump() << '\n';
    return;
  }
  for (const auto& fire : fires) session.out << fire.get<std::string>() << '\n';
  if (fires.empty()) session.out << session.word("schedule.never") << '\n';
}

struct Upcoming {
  probes::Instant at{};
  const catalog::ScheduleEntry* schedule = nullptr;
};

// Of all schedules, or the one named; without what follows from the looks themselves.
std::vector<Upcoming> upcoming(const catalog::Catalog& catalog, const NextOptions& options, probes::Instant from) {
  std::vector<Upcoming> fires;
  const auto most = static_cast<std::size_t>(options.count);
  for (const catalog::ScheduleEntry& schedule : catalog.schedules) {
    if (!options.schedule.empty() && schedule.id != options.schedule) continue;
    const run::Timetable times = run::timetable_of(schedule.cron, schedule.zone);
    for (const probes::Instant at :
         schedules::fires_between(times.cron, times.zone, from, probes::Instant::max(), most)) {
      fires.push_back({at, &schedule});
    }
  }
  std::ranges::stable_sort(fires, {}, &Upcoming::at);
  if (fires.size() > most) fires.resize(most);
  return fires;
}

void next_of_catalog(Session& session, const NextOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  if (!options.schedule.empty() && run::find_schedule(catalog, options.schedule) == nullptr) {
    throw Refused("--schedule: \"" + options.schedule + "\" is not in the catalog; schedule list shows what is");
  }
  if (!options.zone.empty()) throw Refused("--zone: goes with --cron; a schedule has a zone of its own");
  const query::Reader reader{catalog, session.language()};
  nlohmann::json document = {{"upcoming", nlohmann::json::array()}};
  std::vector<reports::Row> rows;
  for (const Upcoming& each : upcoming(catalog, options, session.instant("--from", options.from, catalog))) {
    const std::size_t cells = catalog::select(catalog, each.schedule->select).size();
    document["upcoming"].push_back(
        {{"at", law::format_instant(each.at, each.schedule->zone)}, {"schedule", each.schedule->id}, {"cells", cells}});
    rows.push_back({each.at, each.schedule->id, static_cast<std::int64_t>(cells)});
  }
  if (rows.empty() && session.format() == Format::text) {
    session.out << session.word(catalog.schedules.empty() ? "schedule.none" : "schedule.never") << '\n';
    return;
  }
  const reports::Table table{"upcoming",
                             session.word("table.upcoming"),
                             session.word("table.schedules.intro"),
                             {query::column(reader, "fire_next", 18), query::column(reader, "schedule", 16),
                              query::column(reader, "cells", 8)},
                             reports::rows_of(std::move(rows)),
                             1};
  show(session, catalog, table, document, "upcoming");
}

}  // namespace

void add_schedule_next(CLI::App& command, Session& session) {
  auto options = std::make_shared<NextOptions>();
  CLI::App* next = command.add_subcommand("next", "Next fires of the catalog's schedules, or of any expression");
  CLI::Option* cron =
      next->add_option("--cron", options->cron, "Five-field expression or @daily and the like")->type_name("EXPR");
  next->add_option("--zone", options->zone, "IANA time zone; the catalog's when left out")->type_name("ZONE");
  next->add_option("--schedule", options->schedule, "Only this schedule")->type_name("ID")->excludes(cron);
  next->add_option("--from", options->from, "Strictly after this instant; now when left out")->type_name("TIME");
  next->add_option("-n", options->count, "How many")->check(CLI::Range(1, 10000))->capture_default_str();
  next->callback([options, cron, &session] {
    if (cron->empty()) return next_of_catalog(session, *options);
    next_of_expression(session, *options);
  });
}

}  // namespace linkaudit::cli
