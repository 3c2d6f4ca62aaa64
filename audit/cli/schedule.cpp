#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "audit/query/values.h"
#include "schedules/cron.h"

namespace linkaudit::cli {
namespace {

struct ScheduleOptions {
  std::string cron, zone, from;
  int count = 10;
};

struct Timetable {
  schedules::Cron cron;
  schedules::Zone zone;
};

Timetable timetable(const std::string& cron, const std::string& zone) {
  const auto parsed = schedules::parse_cron(cron);
  if (!parsed) throw Refused("--cron: " + parsed.error().text);
  const auto loaded = schedules::Zone::load(zone);
  if (!loaded) throw Refused("--zone: \"" + zone + "\" is no time zone; valid are IANA names such as Asia/Shanghai");
  return {*parsed, *loaded};
}

void next_of_expression(Session& session, const catalog::Catalog& catalog, const ScheduleOptions& options) {
  session.only({Format::text, Format::json, Format::ndjson});
  const std::string zone = options.zone.empty() ? catalog.zone : options.zone;
  const Timetable times = timetable(options.cron, zone);
  nlohmann::json fires = nlohmann::json::array();
  std::optional<probes::Instant> at = session.instant("--from", options.from, catalog);
  for (int index = 0; index < options.count; ++index) {
    at = schedules::next_after(times.cron, times.zone, *at);
    if (!at) break;
    fires.push_back(law::format_instant(*at, zone));
  }
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    session.out << nlohmann::json{{"fires", fires}}.dump() << '\n';
    return;
  }
  for (const auto& fire : fires) session.out << fire.get<std::string>() << '\n';
  if (fires.empty()) session.out << session.word("schedule.never") << '\n';
}

struct Listed {
  const catalog::ScheduleEntry* schedule = nullptr;
  std::optional<probes::Instant> next, last;
  std::size_t cells = 0;
};

std::vector<Listed> listed(const Session& session, const catalog::Catalog& catalog, const ScheduleOptions& options) {
  const probes::Instant from = session.instant("--from", options.from, catalog);
  std::vector<Listed> list;
  for (const catalog::ScheduleEntry& schedule : catalog.schedules) {
    const Timetable times = timetable(schedule.cron, schedule.zone);
    list.push_back({&schedule, schedules::next_after(times.cron, times.zone, from),
                    schedules::previous_before(times.cron, times.zone, from),
                    catalog::select(catalog, schedule.select).size()});
  }
  return list;
}

void list_schedules(Session& session, const ScheduleOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  const query::Reader reader{catalog, session.language()};
  nlohmann::json document = {{"schedules", nlohmann::json::array()}};
  std::vector<reports::Row> rows;
  for (const Listed& each : listed(session, catalog, options)) {
    const auto instant = [&](const std::optional<probes::Instant>& at) {
      return at ? nlohmann::json(law::format_instant(*at, each.schedule->zone)) : nlohmann::json(nullptr);
    };
    document["schedules"].push_back({{"id", each.schedule->id},
                                     {"cron", each.schedule->cron},
                                     {"zone", each.schedule->zone},
                                     {"last", instant(each.last)},
                                     {"next", instant(each.next)},
                                     {"cells", each.cells}});
    rows.push_back({each.schedule->id, each.schedule->cron, each.schedule->zone,
                    each.last ? reports::Value(*each.last) : reports::Value(),
                    each.next ? reports::Value(*each.next) : reports::Value(), static_cast<std::int64_t>(each.cells)});
  }
  if (rows.empty() && session.format() == Format::text) {
    session.out << session.word("schedule.none") << '\n';
    return;
  }
  const reports::Table table{"schedules",
                             session.word("table.schedules"),
                             session.word("table.schedules.intro"),
                             {query::column(reader, "schedule", 16), query::column(reader, "cron", 16),
                              query::column(reader, "zone", 18), query::column(reader, "fire_last", 18),
                              query::column(reader, "fire_next", 18), query::column(reader, "cells", 8)},
                             reports::rows_of(std::move(rows)),
                             1};
  show(session, catalog, table, document, "schedules");
}

}  // namespace

void add_schedule(CLI::App& app, Session& session) {
  auto options = std::make_shared<ScheduleOptions>();
  CLI::App* command = app.add_subcommand("schedule", "When probes are due");
  command->require_subcommand(1);
  CLI::App* list = command->add_subcommand("list", "The schedules of the catalog, with their last and next fire");
  list->add_option("--from", options->from, "As seen from this instant; now when left out")->type_name("TIME");
  list->callback([options, &session] { list_schedules(session, *options); });
  CLI::App* next = command->add_subcommand("next", "Next fires of the catalog's schedules, or of any expression");
  next->add_option("--cron", options->cron, "Five-field expression or @daily and the like")->type_name("EXPR");
  next->add_option("--zone", options->zone, "IANA time zone; the catalog's when left out")->type_name("ZONE");
  next->add_option("--from", options->from, "Strictly after this instant; now when left out")->type_name("TIME");
  next->add_option("-n", options->count, "How many")->check(CLI::Range(1, 10000))->capture_default_str();
  next->callback([options, next, &session] {
    if (next->get_option("--cron")->empty()) return list_schedules(session, *options);
    next_of_expression(session, session.load_catalog(), *options);
  });
}

}  // namespace linkaudit::cli
