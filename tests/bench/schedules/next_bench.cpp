// What one question costs: the next fire, the one before, an impossible date.
#include <benchmark/benchmark.h>

#include "schedules/cron.h"

namespace {

using namespace linkaudit::schedules;

constexpr Instant kFrom{std::chrono::sys_days(std::chrono::year(2097) / 3 / 1)};

struct Case {
  const char* expression;
  const char* zone;
};

constexpr Case kCases[] = {
    {"* * * * *", "Asia/Shanghai"},
    {"*/15 8-18 * * MON-FRI", "America/New_York"},
    {"0 3 * * *", "Europe/London"},
    {"30 2 * * *", "Australia/Lord_Howe"},
    {"0 0 13 * FRI", "Antarctica/Troll"},
    {"0 0 29 2 *", "Pacific/Apia"},
    {"0 0 29 2 */7", "UTC"},
    {"0 0 30 2 *", "America/New_York"},
};

void next(benchmark::State& state) {
  const Case& each = kCases[state.range(0)];
  const Cron cron = *parse_cron(each.expression);
  const Zone zone = *Zone::load(each.zone);
  Instant at = kFrom;
  for (auto _ : state) {
    const auto fire = next_after(cron, zone, at);
    benchmark::DoNotOptimize(fire);
    at = fire && *fire < kFrom + std::chrono::hours(24 * 3650) ? *fire : kFrom;
  }
  state.SetLabel(std::string(each.expression) + " " + each.zone);
}
BENCHMARK(next)->DenseRange(0, std::size(kCases) - 1);

void previous(benchmark::State& state) {
  const Case& each = kCases[state.range(0)];
  const Cron cron = *parse_cron(each.expression);
  const Zone zone = *Zone::load(each.zone);
  for (auto _ : state) benchmark::DoNotOptimize(previous_before(cron, zone, kFrom));
  state.SetLabel(std::string(each.expression) + " " + each.zone);
}
BENCHMARK(previous)->DenseRange(0, std::size(kCases) - 1);

}  // namespace
