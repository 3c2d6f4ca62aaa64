// A year of forty schedules in five zones, with downtime, killed runs, clocks that are set, and catalogs that change:
// each planned fire is an observation or a gap, once. Checked from the database alone, with a reading of cron of its
// own.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "tests/run/planned_world.h"
#include "tests/schedules/naive.h"

namespace linkaudit::run {
namespace {

using test::at;
using test::catalog_of;
using test::catalog_text;

const Instant kBegin = at("2024-01-01T00:00:00Z"), kEnd = at("2025-01-01T00:00:00Z");

constexpr const char* zones[] = {"Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe",
                                 "Antarctica/Troll"};
constexpr const char* crons[] = {"30 2 * * *",   "0 3 * * *",     "30 1 * * *",         "15 1,2,3 * * *",
                                 "0 */6 * * *",  "45 23 * * 1-5", "0 0 1,15 * *",       "0 12 13 * 5",
                                 "20 4 */2 * *", "10 */8 * * 6",  "0 9,12,15,18 * * *", "*/30 2 * * *"};

// Forty schedules; `version` changes times, cells and manners of some of them, and leaves two of them out.
std::string schedules_text(unsigned version) {
  static const char* catch_ups[] = {"none", "once", "all, catch_up_max: 3", "all, catch_up_max: 50, deadline_s: 86400",
                                    "once, deadline_s: 7200"};
  static const char* selections[] = {"{platforms: [shop], contexts: [chat/group]}", "{links: [other/one]}",
                                     "{kinds: [feed], categories: [ecommerce]}", "{platforms: [other]}"};
  std::string text;
  for (unsigned number = 0; number < 40; ++number) {
    if (version > 0 && (number == 3 * version || number == 5 * version + 1)) continue;
    const unsigned twist = number % 4 == 0 ? version : 0;
    text += "  - {id: s" + std::to_string(number) + ", cron: \"" + crons[(number + twist) % std::size(crons)] +
            "\", zone: " + zones[number % 5] + ", select: " + selections[(number / 5 + twist) % 4] +
            ", catch_up: " + catch_ups[(number + twist) % 5] + ", overlap: " + (number % 3 == 0 ? "queue" : "skip") +
            ", spread_s: " + std::to_string(number % 4 == 1 ? 1800 : 0) +
            (number == 7 ? ", near_deadline: {days: 3, cron: \"0 */4 * * *\"}" : "") +
            (number == 10 ? ", confirm: {after_s: 900}" : "") +
            (number == 12 ? ", recheck: {cron: \"0 10 * * *\"}" : "") + "}\n";
  }
  return text;
}

constexpr const char* kObligation = R"(obligations:
  - {id: law, authority: {en: A, zh: 甲}, title: {en: T, zh: 题}, effective: 2024-06-10, zone: Asia/Shanghai,
     scope: {platforms: [shop]}, requires: {outcomes: [direct]}, source: {en: S, zh: 源}}
)";

// schedule, link, context, planned
using Key = std::tuple<std::string, std::string, std::string, Instant>;

// What the database says was dealt with, each with how often.
std::map<Key, int> dealt_with(const log::Log& log, std::map<std::string, int>& reasons) {
  std::map<Key, int> found;
  log::for_each_observation(log, {}, {}, [&](const log::LoggedObservation& row) {
    if (row.fire) {
      ++found[{row.fire->schedule, row.observation.link, row.observation.context, row.fire->planned}];
      ++reasons[row.fire->reason];
    }
    return true;
  });
  log::for_each_gap(log, {}, [&](const log::LoggedGap& row) {
    ++found[{row.gap.schedule, row.gap.link, row.gap.context, row.gap.at}];
    ++reasons[row.gap.reason];
    return true;
  });
  return found;
}

// The fires that the catalogs in the database plan, by the walk over every minute.
class PlannedByTheLog {
 public:
  std::set<Key> keys(const log::Log& log) {
    std::vector<log::LoggedCatalog> eras = log::catalogs(log);
    std::erase_if(eras, [](const log::LoggedCatalog& row) { return row.record.schedules.empty(); });
    std::set<Key> planned;
    for (std::size_t era = 0; era + 1 < eras.size(); ++era) {
      EXPECT_LE(eras[era].record.at, eras[era + 1].record.at);
      const auto catalog = catalog_of(*log.blob(eras[era].record.sha256));
      for (const catalog::ScheduleEntry& schedule : catalog.schedules) {
        add(catalog, schedule, eras[era].record.at, eras[era + 1].record.at, planned);
      }
    }
    return planned;
  }

 private:
  void add(const catalog::Catalog& catalog, const catalog::ScheduleEntry& schedule, Instant begin, Instant end,
           std::set<Key>& planned) {
    const std::vector<Instant>& base = fires(schedule.cron, schedule.zone);
    for (const probes::Target& cell : catalog::select(catalog, schedule.select)) {
      const auto plan = [&](Instant fire) {
        if (fire > begin && fire <= end) planned.insert({schedule.id, cell.link->id, cell.context->id, fire});
      };
      for (const Instant fire : base) plan(fire);
      if (!schedule.near_deadline || cell.link->platform != "shop") continue;
      for (const Instant fire : fires(schedule.near_deadline->cron, schedule.zone)) {
        if (fire >= at("2024-06-07T00:00:00+08:00") && fire < at("2024-06-14T00:00:00+08:00")) plan(fire);
      }
    }
  }

  const std::vector<Instant>& fires(const std::string& cron, const std::string& zone) {
    auto walk = walks_.find(zone);
    if (walk == walks_.end()) {
      walk = walks_.emplace(zone, std::make_unique<schedules::test::Walk>(zone, kBegin, kEnd + std::chrono::hours(72)))
                 .first;
    }
    auto& known = fires_[{cron, zone}];
    if (known.empty()) known = walk->second->fires(cron);
    return known;
  }

  std::map<std::string, std::unique_ptr<schedules::test::Walk>> walks_;
  std::map<std::pair<std::string, std::string>, std::vector<Instant>> fires_;
};

// Runs at times of chance until the end of the year; returns how often it was killed.
int live(test::World& world, const std::vector<catalog::Catalog>& catalogs, std::mt19937& random) {
  const auto chance = [&](unsigned of) { return random() % of == 0; };
  const auto between = [&](unsigned low, unsigned high) {
    return low + static_cast<unsigned>(random()) % (high - low);
  };
  int killed = 0;
  std::size_t catalog = 0;
  while (world.now < kEnd) {
    world.now += std::chrono::minutes(between(5, 240));
    if (chance(60)) world.now += std::chrono::hours(between(24, 240));     // nothing runs
    if (chance(80)) world.now += std::chrono::minutes(between(60, 600));   // set forward
    if (chance(80)) world.now -= std::chrono::minutes(between(10, 1500));  // set back
    if (chance(200)) catalog = between(0, static_cast<unsigned>(catalogs.size()));
    if (chance(20)) world.contradict("shop/one", "chat/feed", probes::Tier::gateway);  // a dispute
    world.per_look = std::chrono::milliseconds(chance(15) ? between(300'000, 3'000'000) : between(1, 3000));
    world.killed_after = chance(6) ? static_cast<int>(between(0, 8)) : -1;
    try {
      world.run(catalogs[catalog], chance(40) ? "s" + std::to_string(between(0, 40)) : "");
    } catch (const test::Killed&) {
      ++killed;
    }
  }
  return killed;
}

TEST(Year, EveryPlannedFireIsAnObservationOrAGapAndNoneIsTwice) {
  std::vector<catalog::Catalog> catalogs;
  for (unsigned version = 0; version < 3; ++version) {
    catalogs.push_back(catalog_of(catalog_text(schedules_text(version), kObligation)));
  }
  std::mt19937 random(20240101);
  test::World world(kBegin);
  world.fails = [&](const probes::Target&) { return random() % 20 == 0; };
  const int killed = live(world, catalogs, random);
  begin_era(catalog_of(catalog_text("")), world.log, world.shelf, world.now);  // the end of all that was planned

  const log::Log log = log::Log::open_read_only(world.file.path());
  std::map<std::string, int> reasons;
  std::map<Key, int> dealt = dealt_with(log, reasons);
  std::map<std::string, int> follow_ups;
  std::set<Key> found;
  for (const auto& [key, times] : dealt) {
    const auto& [schedule, link, context, planned] = key;
    EXPECT_EQ(times, 1) << schedule << ' ' << link << ' ' << context << ' ' << law::format_instant(planned, "UTC");
    const auto slash = schedule.find('/');
    if (slash == std::string::npos) {
      found.insert(key);
    } else {
      ++follow_ups[schedule.substr(slash)];
    }
  }
  const std::set<Key> planned = PlannedByTheLog().keys(log);
  std::vector<Key> lost, invented;
  std::ranges::set_difference(planned, found, std::back_inserter(lost));
  std::ranges::set_difference(found, planned, std::back_inserter(invented));
  const auto first = [](const std::vector<Key>& keys) {
    if (keys.empty()) return std::string();
    const auto& [schedule, link, context, instant] = keys.front();
    return schedule + " " + link + " " + context + " " + law::format_instant(instant, "UTC");
  };
  EXPECT_EQ(lost.size(), 0u) << first(lost);
  EXPECT_EQ(invented.size(), 0u) << first(invented);

  // The year was worth it.
  EXPECT_GT(planned.size(), 40'000u);
  EXPECT_GT(killed, 100);
  for (const char* reason : {"on_time", "late", "caught_up", "missed", "overlap", "no_url"}) {
    EXPECT_GT(reasons[reason], 50) << reason;
  }
  EXPECT_GT(follow_ups["/confirm"], 10);
  EXPECT_GT(follow_ups["/recheck"], 1);
  EXPECT_GT(log::catalogs(log).size(), 5u);
  EXPECT_EQ(log.verify(), std::nullopt);
}

}  // namespace
}  // namespace linkaudit::run
