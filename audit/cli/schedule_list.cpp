#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/output.h"
#include "audit/cli/schedule_commands.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "audit/log/fires.h"
#include "audit/query/values.h"
#include "audit/run/planner.h"

namespace linkaudit::cli {
namespace {

constexpr std::chrono::hours kGapsOf(24 * 30);

struct Listed {
  const catalog::ScheduleEntry* schedule = nullptr;
  std::optional<probes::Instant> next, last, dealt;
  std::string state;  // new: no run has seen it; due; waiting; never: it has no fire to come
  std::size_t cells = 0;
  std::map<std::string, std::int64_t> gaps;
};

// What the database knows; nothing where there is none.
class Known {
 public:
  Known(const Session& session, const catalog::Catalog& catalog, probes::Instant at) {
    if (!std::filesystem::exists(session.globals.database)) return;
    const log::Log log = session.read_log();
    dealt_ = log::newest_fires(log, catalog.simulated);
    gaps_ = log::gaps_by_schedule(log, catalog.simulated, at - kGapsOf, at);
    run::Shelf shelf;
    planned_ = run::Eras(log, shelf, catalog).back(0) != nullptr;
    run::Planner planner(catalog, log, shelf);
    for (const catalog::ScheduleEntry& schedule : catalog.schedules) {
      due_[schedule.id] = planner.due(at, {}, schedule.id).planned() > 0;
    }
  }

  void tell(Listed& row) const {
    const std::string& id = row.schedule->id;
    if (const auto found = dealt_.find(id); found != dealt_.end()) row.dealt = found->second;
    for (const std::string& each : {id, id + "/confirm", id + "/recheck"}) {
      const auto found = gaps_.find(each);
      if (found == gaps_.end()) continue;
      for (const auto& [reason, count] : found->second) row.gaps[reason] += count;
    }
    const auto due = due_.find(id);
    row.state = !planned_ ? "new" : due != due_.end() && due->second ? "due" : row.next ? "waiting" : "never";
  }

 private:
  bool planned_ = false;
  std::map<std::string, probes::Instant> dealt_;
  std::map<std::string, std::map<std::string, std::int64_t>> gaps_;
  std::map<std::string, bool> due_;
};

std::vector<Listed> listed(const Session& session, const catalog::Catalog& catalog, probes::Instant at) {
  const Known known(session, catalog, at);
  std::vector<Listed> list;
  for (const catalog::ScheduleEntry& schedule : catalog.schedules) {
    const run::Timetable times = run::timetable_of(schedule.cron, schedule.zone);
    Listed row;
    row.schedule = &schedule;
    row.next = schedules::next_after(times.cron, times.zone, at);
    row.last = schedules::previous_before(times.cron, times.zone, at);
    row.cells = catalog::select(catalog, schedule.select).size();
    known.tell(row);
    list.push_back(std::move(row));
  }
  return list;
}

std::int64_t total(const std::map<std::string, std::int64_t>& gaps) {
  std::int64_t count = 0;
  for (const auto& [reason, each] : gaps) count += each;
  return count;
}

nlohmann::json to_json(const Listed& row) {
  const auto instant = [&](const std::optional<probes::Instant>& at) {
    return at ? nlohmann::json(law::format_instant(*at, row.schedule->zone)) : nlohmann::json(nullptr);
  };
  nlohmann::json gaps = nlohmann::json::object();
  for (const auto& [reason, count] : row.gaps) gaps[reason] = count;
  return {{"id", row.schedule->id},    {"cron", row.schedule->cron}, {"zone", row.schedule->zone},
          {"state", row.state},        {"last", instant(row.last)},  {"dealt", instant(row.dealt)},
          {"next", instant(row.next)}, {"cells", row.cells},         {"gaps_30_days", gaps}};
}

reports::Value value(const std::optional<probes::Instant>& at) {
  return at ? reports::Value(*at) : reports::Value();
}

void list_schedules(Session& session, const std::string& from) {
  const catalog::Catalog catalog = session.load_catalog();
  const query::Reader reader{catalog, session.language()};
  nlohmann::json document = {{"schedules", nlohmann::json::array()}};
  std::vector<reports::Row> rows;
  for (const Listed& each : listed(session, catalog, session.instant("--from", from, catalog))) {
    document["schedules"].push_back(to_json(each));
    rows.push_back({each.schedule->id, each.schedule->cron, each.schedule->zone,
                    session.word("schedule.state." + each.state), value(each.last), value(each.dealt), value(each.next),
                    static_cast<std::int64_t>(each.cells), total(each.gaps)});
  }
  if (rows.empty() && session.format() == Format::text) {
    session.out << session.word("schedule.none") << '\n';
    return;
  }
  const reports::Table table{
      "schedules",
      session.word("table.schedules"),
      session.word("table.schedules.intro"),
      {query::column(reader, "schedule", 16), query::column(reader, "cron", 16), query::column(reader, "zone", 18),
       query::column(reader, "state", 12), query::column(reader, "fire_last", 18),
       query::column(reader, "fire_dealt", 18), query::column(reader, "fire_next", 18),
       query::column(reader, "cells", 8), query::column(reader, "gaps_30_days", 10)},
      reports::rows_of(std::move(rows)),
      1};
  show(session, catalog, table, document, "schedules");
}

}  // namespace

void add_schedule_list(CLI::App& command, Session& session) {
  auto from = std::make_shared<std::string>();
  CLI::App* list = command.add_subcommand(
      "list", "The schedules of the catalog: state, last and next fire, how many cells, gaps of 30 days");
  list->add_option("--from", *from, "As seen from this instant; now when left out")->type_name("TIME");
  list->callback([from, &session] { list_schedules(session, *from); });
}

}  // namespace linkaudit::cli
