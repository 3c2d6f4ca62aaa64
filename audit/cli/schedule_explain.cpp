#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/schedule_commands.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "schedules/explain.h"
#include "schedules/lint.h"

namespace linkaudit::cli {
namespace {

constexpr std::size_t kFires = 3;

struct ExplainOptions {
  std::string expression, zone, from;
};

void explain_expression(Session& session, const ExplainOptions& options) {
  session.only({Format::text, Format::json, Format::ndjson});
  const catalog::Catalog catalog = session.load_catalog();
  const std::string zone = options.zone.empty() ? catalog.zone : options.zone;
  const run::Timetable times = timetable("EXPR", options.expression, zone);
  const probes::Instant from = session.instant("--from", options.from, catalog);
  const auto fires = schedules::fires_between(times.cron, times.zone, from, probes::Instant::max(), kFires);
  const auto cautions = schedules::lint(options.expression, times.zone, from);
  const std::string language = session.globals.language;
  if (session.format() != Format::text) {
    nlohmann::json document = {{"expression", options.expression},
                               {"zone", zone},
                               {"text", schedules::explain(times.cron, times.zone, language)},
                               {"fires", nlohmann::json::array()},
                               {"cautions", nlohmann::json::array()}};
    for (const probes::Instant fire : fires) document["fires"].push_back(law::format_instant(fire, zone));
    for (const schedules::CronCaution& each : cautions) {
      document["cautions"].push_back(
          {{"caution", schedules::name(each.caution)},
           {"at", each.at ? nlohmann::json(law::format_instant(*each.at, zone)) : nlohmann::json(nullptr)},
           {"text", schedules::sentence(each, times.zone, language)}});
    }
    session.out << document.dump(session.format() == Format::json ? 2 : -1) << '\n';
    return;
  }
  session.out << schedules::explain(times.cron, times.zone, language) << '\n';
  for (const probes::Instant fire : fires) {
    session.out << session.word("schedule.explain.next") << law::format_instant(fire, zone) << '\n';
  }
  for (const schedules::CronCaution& each : cautions) {
    session.out << session.word("schedule.explain.caution") << schedules::sentence(each, times.zone, language) << '\n';
  }
}

}  // namespace

void add_schedule_explain(CLI::App& command, Session& session) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* explain = command.add_subcommand(
      "explain", "An expression in words, its next fires, and where cron daemons differ or the clock changes");
  explain->add_option("EXPR", options->expression, "Five-field expression or @daily and the like")->required();
  explain->add_option("--zone", options->zone, "IANA time zone; the catalog's when left out")->type_name("ZONE");
  explain->add_option("--from", options->from, "As seen from this instant; now when left out")->type_name("TIME");
  explain->callback([options, &session] { explain_expression(session, *options); });
}

}  // namespace linkaudit::cli
