// What planning a million cells costs, in time and memory: nothing due, all due, and after a day of downtime; with all
// of them dealt with before.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>

#include "audit/catalog/load.h"
#include "audit/run/era_change.h"
#include "audit/run/planner.h"

namespace {

using namespace linkaudit;
using Clock = std::chrono::steady_clock;

constexpr int kPlatforms = 100, kLinks = 1000, kContexts = 10;
constexpr run::Instant kBegin{std::chrono::sys_days(std::chrono::year(2024) / 1 / 1)};

std::string catalog_text() {
  std::string text =
      "version: 1\nhosts:\n  - id: chat\n    name: {en: C, zh: 聊}\n    operator: {en: O, zh: 主}\n    domains: "
      "[chat.example]\n    client: {user_agent: App}\n    contexts:\n";
  for (int context = 0; context < kContexts; ++context) {
    text += "      - {id: c" + std::to_string(context) + ", name: {en: C, zh: 境}, kind: group}\n";
  }
  text += "platforms:\n";
  for (int platform = 0; platform < kPlatforms; ++platform) {
    const std::string id = "p" + std::to_string(platform);
    text += "  - id: " + id + "\n    name: {en: P, zh: 平}\n    operator: {en: " + id +
            ", zh: 商}\n    category: shop\n" + "    domains: [" + id + ".example]\n    links:\n";
    for (int link = 0; link < kLinks; ++link) {
      text += "      - {id: l" + std::to_string(link) + ", kind: product, url: \"https://" + id + ".example/" +
              std::to_string(link) + "\"}\n";
    }
  }
  return text + "schedules:\n  - {id: hourly, cron: \"0 * * * *\", spread_s: 600}\n";
}

double mebibytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void tell(const char* what, Clock::time_point begun) {
  std::printf("%-44s %8.2f s   at most %6.0f MiB so far\n", what,
              std::chrono::duration<double>(Clock::now() - begun).count(), mebibytes());
  std::fflush(stdout);
}

void plan(const char* what, const catalog::Catalog& catalog, const log::Log& log, run::Instant now) {
  const auto begun = Clock::now();
  run::Shelf shelf;
  const run::Plan plan = run::Planner(catalog, log, shelf).due(now);
  tell(what, begun);
  std::printf("    %zu to look at, %lld left out\n", plan.targets.size(), static_cast<long long>(plan.gaps()));
}

// Every cell's first fire becomes a gap, so that the log has something to say of each.
void deal_with_all(const catalog::Catalog& catalog, log::Log& log, run::Instant now) {
  run::Shelf shelf;
  const run::Plan plan = run::Planner(catalog, log, shelf).due(now);
  std::vector<log::NewEntry> entries;
  for (std::size_t target = 0; target < plan.targets.size(); ++target) {
    entries.emplace_back(run::gap_of(catalog, plan.targets[target], "hourly", plan.fires[target].planned, "cancelled"));
    if (entries.size() == 20'000 || target + 1 == plan.targets.size()) {
      log.append(entries, now);
      entries.clear();
    }
  }
}

int fill(const std::string& database) {
  const auto catalog = *catalog::load(std::vector<catalog::Source>{{"bench.yaml", catalog_text()}}, false);
  log::Log log = log::Log::open(database);
  run::Shelf shelf;
  run::begin_era(catalog, log, shelf, kBegin);
  plan("first plan, nothing dealt with, all due", catalog, log, kBegin + std::chrono::minutes(75));
  deal_with_all(catalog, log, kBegin + std::chrono::minutes(75));
  return 0;
}

int measure(const std::string& database) {
  auto begun = Clock::now();
  const auto catalog = *catalog::load(std::vector<catalog::Source>{{"bench.yaml", catalog_text()}}, false);
  tell("reading the catalog, 100,000 links", begun);
  const log::Log log = log::Log::open_read_only(database);
  plan("nothing due", catalog, log, kBegin + std::chrono::minutes(90));
  plan("all due", catalog, log, kBegin + std::chrono::minutes(135));
  plan("all due after a day without runs", catalog, log, kBegin + std::chrono::hours(26));
  return 0;
}

}  // namespace

// plan_bench fill|measure DATABASE: the memory of filling is no part of what is measured.
int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "plan_bench fill|measure DATABASE\n");
    return 3;
  }
  return std::string(argv[1]) == "fill" ? fill(argv[2]) : measure(argv[2]);
}
