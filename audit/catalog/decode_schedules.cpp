#include "audit/catalog/decode.h"
#include "schedules/cron.h"

namespace linkaudit::catalog {
namespace {

constexpr int a_year_s = 366 * 86400;

CatchUp catch_up_of(const std::string& text) {
  return text == "none" ? CatchUp::none : text == "all" ? CatchUp::all : CatchUp::once;
}

std::string cron_of(Fields& fields) {
  const std::string text = fields.required("cron");
  if (const auto cron = schedules::parse_cron(text); !cron && !text.empty()) fields.problem("cron", cron.error().text);
  return text;
}

std::vector<probes::Tier> tiers_of(Fields& fields) {
  std::vector<probes::Tier> tiers;
  for (const std::string& text : fields.texts("tiers")) {
    const auto tier = probes::tier_from(text);
    if (tier && *tier != probes::Tier::in_app) {
      tiers.push_back(*tier);
    } else {
      fields.problem("tiers", "\"" + text + "\" is nothing that a probe can see; valid are gateway, target");
    }
  }
  return tiers;
}

Selection selection_of(Fields& schedule, const Catalog& catalog, Problems& problems) {
  const Node* node = schedule.node("select");
  if (node == nullptr) return {};
  Fields fields(*node, schedule.where() + ".select", problems);
  const law::ScopeTerms terms = terms_of(fields, catalog);
  if (fields.node("except") != nullptr) {
    schedule.problem("select", "except has no meaning here; name what to select");
  }
  Selection selection{terms.hosts, terms.contexts, terms.kinds, terms.platforms, terms.categories, terms.links, {}};
  selection.tiers = tiers_of(fields);
  fields.finish();
  return selection;
}

void decode_catch_up(Fields& fields, ScheduleEntry& schedule) {
  schedule.catch_up = catch_up_of(fields.one_of("catch_up", {"none", "once", "all"}, "once"));
  schedule.catch_up_max = fields.number("catch_up_max", 1, 10'000, schedule.catch_up_max);
  if (schedule.catch_up != CatchUp::all && fields.node("catch_up_max") != nullptr) {
    fields.problem("catch_up_max", "has no meaning without catch_up: all");
  }
  if (fields.node("deadline_s") != nullptr) schedule.deadline_s = fields.number("deadline_s", 60, a_year_s, a_year_s);
  schedule.overlap = fields.one_of("overlap", {"skip", "queue"}, "skip") == "queue" ? Overlap::queue : Overlap::skip;
}

void decode_follow_ups(Fields& schedule, ScheduleEntry& entry, Problems& problems) {
  if (const Node* node = schedule.node("confirm")) {
    Fields fields(*node, schedule.where() + ".confirm", problems);
    entry.confirm_s = fields.number("after_s", 60, 7 * 86400, 600);
    fields.finish();
  }
  if (const Node* node = schedule.node("recheck")) {
    Fields fields(*node, schedule.where() + ".recheck", problems);
    Recheck recheck{cron_of(fields)};
    if (fields.node("when") != nullptr) {
      recheck.disputed = recheck.stale = false;
      for (const std::string& text : required_texts(fields, "when")) {
        if (text == "disputed") {
          recheck.disputed = true;
        } else if (text == "stale") {
          recheck.stale = true;
        } else {
          fields.problem("when", "\"" + text + "\" is not valid; valid are disputed, stale");
        }
      }
    }
    fields.finish();
    entry.recheck = std::move(recheck);
  }
  if (const Node* node = schedule.node("near_deadline")) {
    Fields fields(*node, schedule.where() + ".near_deadline", problems);
    entry.near_deadline = NearDeadline{fields.number("days", 1, 366, 0), ""};
    if (fields.node("days") == nullptr || fields.node("days")->kind() == Node::Kind::null)
      problems.add(fields.place(), fields.where() + ": days is missing");
    entry.near_deadline->cron = cron_of(fields);
    fields.finish();
  }
}

void decode_report(Fields& fields, const Catalog& catalog, ScheduleEntry& schedule) {
  schedule.report = fields.text("report");
  if (schedule.report.empty()) return;
  check_reference(fields, "report", schedule.report, ids(catalog.reports), "report");
  const ReportLayout* report = find_report(catalog, schedule.report);
  if (report != nullptr && report->file.empty()) {
    fields.problem("report", "reports." + schedule.report + " names no file to write; valid is file: NAME-{date}.xlsx");
  }
}

}  // namespace

void decode_schedules(const Node* list, Catalog& catalog, Problems& problems) {
  for (const Identified& item : identified(list, "schedules", problems)) {
    Fields fields(*item.node, "schedules." + std::string(item.id), problems);
    ScheduleEntry schedule;
    schedule.id = fields.required("id");
    const bool enabled = fields.flag("enabled", true);
    schedule.cron = cron_of(fields);
    schedule.zone = zone_of(fields, "zone", catalog.zone);
    if (!schedules::Zone::load(schedule.zone)) {
      fields.problem("zone",
                     "\"" + schedule.zone + "\" is no zone of its own; valid are IANA names such as Asia/Shanghai");
    }
    schedule.method = fields.one_of("method", {"http"}, "http");
    schedule.select = selection_of(fields, catalog, problems);
    schedule.spread_s = fields.number("spread_s", 0, 86400, 0);
    decode_catch_up(fields, schedule);
    decode_follow_ups(fields, schedule, problems);
    decode_report(fields, catalog, schedule);
    fields.finish();
    if (enabled) catalog.schedules.push_back(std::move(schedule));
  }
}

}  // namespace linkaudit::catalog
