// Fire times. Input: an expression, a zone and an instant (seconds since 1970) on three lines.
#include "schedules/cron.h"

#include <algorithm>
#include <charconv>

#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"

namespace linkaudit::fuzz {
namespace {

using schedules::Instant;

// Seconds, of the years 1700 to 2400: Abseil knows no changes of an offset beyond 2437, one by one.
constexpr std::int64_t kEarliest = -8'520'000'000;
constexpr std::int64_t kLatest = 13'570'000'000;
constexpr std::chrono::milliseconds kTick{1};

Instant instant_from(std::string_view line) {
  std::int64_t seconds = 0;
  std::from_chars(line.data(), line.data() + line.size(), seconds);
  return Instant(std::chrono::seconds(std::clamp(seconds, kEarliest, kLatest)));
}

}  // namespace

void cron(std::string_view input) {
  const std::string_view expression = take_line(input);
  const auto cron = schedules::parse_cron(expression);
  if (!cron) {
    require_one_line(cron.error().text, "what is wrong with an expression");
    require_one_line(cron.error().field, "the field");
    return;
  }
  require(cron->minutes.any() && cron->hours.any() && cron->months.any(), "an expression names some time", expression);
  const auto zone = schedules::Zone::load(std::string(take_line(input)));
  if (!zone) return;
  const Instant from = instant_from(take_line(input));
  const auto next = next_after(*cron, *zone, from);
  const auto previous = previous_before(*cron, *zone, from);
  require(!previous || *previous < from, "the fire before is earlier");
  if (!next) return;
  require(*next > from, "the next fire is later");
  require(next->time_since_epoch() % std::chrono::seconds(1) == kTick * 0, "fires fall on whole seconds");
  require(previous_before(*cron, *zone, *next + kTick) == next, "the next fire is the one before what follows it");
  const auto back = previous_before(*cron, *zone, *next);
  require(!back || *back <= from, "there is no fire between an instant and the next one");
  const auto fires = fires_between(*cron, *zone, from, *next + std::chrono::hours(100), 20);
  require(!fires.empty() && fires.front() == *next, "fires in a stretch begin with the next");
  require(std::ranges::is_sorted(fires, std::ranges::less_equal()) || fires.size() == 1 ||
              std::ranges::adjacent_find(fires, std::ranges::greater_equal()) == fires.end(),
          "fires ascend");
}

}  // namespace linkaudit::fuzz
