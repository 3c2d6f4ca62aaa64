#include "tests/log/random_histories.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>
#include <utility>

#include "tests/log/case_file.h"
#include "tests/log/naive.h"
#include "tests/log/samples.h"

namespace linkaudit::log {

// So that a difference is read at a glance.
void PrintTo(const SpanRow& row, std::ostream* out) {
  *out << row.link << ' ' << row.context << ' ' << name(row.tier) << ' ' << row.source << ' ' << name(row.outcome)
       << " [" << row.first.time_since_epoch().count() << " e" << row.first_entry << ", "
       << row.last.time_since_epoch().count() << " e" << row.last_entry << "] x" << row.count;
}

namespace {

// A stream's states differ in one part each, so that every part is seen to make a state of its own.
probes::Observation random_observation(std::mt19937& random, const std::string& link) {
  const auto pick = [&](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
  probes::Observation word = seen(pick(20), probes::Outcome::blocked);
  word.at += std::chrono::milliseconds(pick(2));
  word.link = link;
  switch (pick(6)) {
    case 0: word.outcome = probes::Outcome::direct; break;
    case 1: word.rule.id = "some-rule"; break;
    case 2: word.steps = pick(2); break;
    case 3: word.failure = probes::Failure{}; break;
    default: break;
  }
  if (pick(4) == 0) word.valid_days = pick(3);
  if (pick(5) == 0) word.tier = probes::Tier::in_app;
  if (pick(5) == 0) word.vantage = "elsewhere";
  if (pick(8) == 0) word.simulated = true;
  return word;
}

// The newest of each source, in the order of spans().
std::vector<SpanRow> newest(const Log& log, const Horizon& horizon, std::int64_t most) {
  std::vector<SpanRow> rows;
  SpansBackwards backwards(log, horizon);
  const auto all = [](const SpanRow&) { return true; };
  for (int times = 0; times < 2; ++times) {  // in two goes, of which the later gives the earlier
    for (SpanRow& row : rows) row.earlier = false;
    std::vector<SpanRow> more;
    backwards.next(most, all, [&](const SpanRow& row) { more.push_back(row); });
    for (SpanRow& row : rows) row.earlier = times == 0 && row.earlier;
    rows.insert(rows.end(), more.begin(), more.end());
  }
  std::sort(rows.begin(), rows.end(), [](const SpanRow& a, const SpanRow& b) {
    return std::tie(a.link, a.context, a.tier, a.source, a.first, a.first_entry) <
           std::tie(b.link, b.context, b.tier, b.source, b.first, b.first_entry);
  });
  return rows;
}

std::vector<SpanRow> newest_of(const std::vector<SpanRow>& rows, std::int64_t most) {
  const auto same_source = [](const SpanRow& a, const SpanRow& b) {
    return std::tie(a.link, a.context, a.tier, a.source) == std::tie(b.link, b.context, b.tier, b.source);
  };
  std::vector<SpanRow> kept;
  for (auto row = rows.begin(); row != rows.end(); ++row) {
    const auto later =
        std::count_if(row + 1, rows.end(), [&](const SpanRow& other) { return same_source(*row, other); });
    if (later >= most) continue;
    kept.push_back(*row);
    kept.back().earlier = later == most - 1 && row != rows.begin() && same_source(*(row - 1), *row);
  }
  return kept;
}

}  // namespace

void expect_spans_as_defined(int histories, unsigned seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  const CaseFile file;
  Log log = file.open();
  std::mt19937 random(seed);
  std::vector<NumberedObservation> all;
  for (int round = 0; round < histories; ++round) {
    std::vector<NewEntry> batch;
    const auto length = random() % 60;
    for (unsigned i = 0; i < length; ++i) {
      const auto word = random_observation(random, "p/" + std::to_string(random() % 2 == 0 ? round : round / 2));
      all.push_back({static_cast<std::int64_t>(all.size()) + 1, word});
      batch.push_back(entry(word));
      if (random() % 20 == 0) append(log, std::exchange(batch, {}));
    }
    append(log, batch);
  }
  Horizon horizon;
  EXPECT_EQ(spans(log, horizon), naive_spans(all, horizon));
  for (int cut = 0; cut < 40; ++cut) {
    horizon.as_of = minute(static_cast<std::int64_t>(random() % 22)) + std::chrono::milliseconds(random() % 3);
    horizon.known_entry.reset();
    if (cut % 2 == 0) horizon.known_entry = static_cast<std::int64_t>(random() % (all.size() + 2));
    horizon.simulated = cut % 5 == 0;
    ASSERT_EQ(spans(log, horizon), naive_spans(all, horizon)) << "as of " << horizon.as_of.time_since_epoch().count();
    if (horizon.known_entry) continue;
    const std::int64_t most = 1 + cut % 4;
    ASSERT_EQ(newest(log, horizon, most), newest_of(naive_spans(all, horizon), 2 * most)) << "newest " << most;
  }
  EXPECT_EQ(log.verify(), std::nullopt);
}

}  // namespace linkaudit::log
