#include "audit/query/accounting.h"

#include "audit/law/calendar.h"

namespace linkaudit::query {
namespace {

void add(Accounting& accounting, const log::LookCount& looks) {
  if (looks.type == "attestation") {
    accounting.attestations += looks.count;
    return;
  }
  if (looks.type == "withdrawn") {
    accounting.withdrawn += looks.count;
    return;
  }
  accounting.planned += looks.count;
  if (looks.type == "gap") {
    accounting.gaps[looks.reason] += looks.count;
  } else {
    accounting.observed += looks.count;
  }
}

std::string period_of(log::Instant instant, PeriodLength length, const std::string& zone) {
  const std::string day = law::format_date(law::date_at(instant, zone));
  return length == PeriodLength::day ? day : day.substr(0, day.rfind('-'));
}

// Calls back for each look count, and for each run with nothing.
template <typename Looks, typename Run>
void for_each_counted(const log::Log& log, const log::Horizon& horizon, std::optional<log::Instant> since,
                      const Looks& looks, const Run& run) {
  for (const log::LookCount& count : log::look_counts(log, horizon, since)) looks(count);
  for (const log::LoggedRun& row : log::runs(log, horizon)) {
    if (!since || row.run.at >= *since) run(row.run);
  }
}

}  // namespace

std::int64_t Accounting::gaps_in_all() const {
  std::int64_t sum = 0;
  for (const auto& [reason, count] : gaps) sum += count;
  return sum;
}

Accounting account(const log::Log& log, const log::Horizon& horizon, std::optional<log::Instant> since) {
  Accounting accounting;
  for_each_counted(
      log, horizon, since, [&](const log::LookCount& looks) { add(accounting, looks); },
      [&](const log::RunRecord&) { ++accounting.runs; });
  return accounting;
}

std::vector<Period> account_by_period(const log::Log& log, const log::Horizon& horizon,
                                      std::optional<log::Instant> since, PeriodLength length, const std::string& zone) {
  std::map<std::string, Accounting> by_name;  // names sort as their periods do
  for_each_counted(
      log, horizon, since,
      [&](const log::LookCount& looks) { add(by_name[period_of(looks.begin, length, zone)], looks); },
      [&](const log::RunRecord& run) { ++by_name[period_of(run.at, length, zone)].runs; });
  std::vector<Period> periods;
  for (auto& [name, accounting] : by_name) periods.push_back({name, std::move(accounting)});
  return periods;
}

}  // namespace linkaudit::query
