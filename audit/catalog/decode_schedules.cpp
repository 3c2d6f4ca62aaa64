#include "audit/catalog/decode.h"
#include "schedules/cron.h"

namespace linkaudit::catalog {
namespace {

CatchUp catch_up_of(const std::string& text) {
  return text == "none" ? CatchUp::none : text == "all" ? CatchUp::all : CatchUp::once;
}

}  // namespace

void decode_schedules(const Node* list, Catalog& catalog, Problems& problems) {
  for (const Identified& item : identified(list, "schedules", problems)) {
    const std::string where = "schedules." + item.id;
    Fields fields(*item.node, where, problems);
    ScheduleEntry schedule;
    schedule.id = fields.required("id");
    const bool enabled = fields.flag("enabled", true);
    schedule.cron = fields.required("cron");
    if (const auto cron = schedules::parse_cron(schedule.cron); !cron && !schedule.cron.empty()) {
      fields.problem("cron", cron.error().text);
    }
    schedule.zone = zone_of(fields, "zone", catalog.zone);
    if (!schedules::Zone::load(schedule.zone)) {
      fields.problem("zone",
                     "\"" + schedule.zone + "\" is no zone of its own; valid are IANA names such as Asia/Shanghai");
    }
    schedule.method = fields.one_of("method", {"http"}, "http");
    const law::Scope scope = scope_of(fields.node("select"), where + ".select", catalog, problems);
    schedule.select = {scope.terms.hosts,     scope.terms.contexts,   scope.terms.kinds,
                       scope.terms.platforms, scope.terms.categories, scope.terms.links};
    if (!scope.except.empty()) fields.problem("select", "except has no meaning here; name what to select");
    schedule.spread_s = fields.number("spread_s", 0, 86400, 0);
    schedule.catch_up = catch_up_of(fields.one_of("catch_up", {"none", "once", "all"}, "once"));
    schedule.overlap = fields.one_of("overlap", {"skip", "queue"}, "skip") == "queue" ? Overlap::queue : Overlap::skip;
    fields.finish();
    if (enabled) catalog.schedules.push_back(std::move(schedule));
  }
}

}  // namespace linkaudit::catalog
