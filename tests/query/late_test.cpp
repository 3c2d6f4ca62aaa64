// What comes late or out of order gives what it would have given in time, through the log itself; and a matrix that
// reads only the newest spans is the one that reads all.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "tests/query/world.h"

namespace linkaudit::query {
namespace {

using probes::Outcome;

class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  template <typename Value>
  Value one_of(std::initializer_list<Value> values) {
    return *(values.begin() + static_cast<std::ptrdiff_t>(engine_() % values.size()));
  }
  std::mt19937& engine() { return engine_; }

 private:
  std::mt19937 engine_;
};

// In sixty days from the deadline on; no source speaks twice of a cell in one instant, for then the entry's number
// would say which came first.
std::vector<probes::Observation> by_chance(Chance& chance, int wanted) {
  std::vector<probes::Observation> all;
  std::set<std::string> taken;
  while (static_cast<int>(all.size()) < wanted) {
    const auto link = chance.one_of<std::string>({"taobao/item", "taobao/home", "jd/item", "pdd/item"});
    const auto context = chance.one_of<std::string>({"wechat/group", "wechat/feed"});
    const auto outcome = chance.one_of({Outcome::direct, Outcome::blocked, Outcome::confirm, Outcome::unreachable});
    const auto who = chance.one_of<std::string>({"ann", "bob", "", ""});
    const auto tier = chance.one_of({probes::Tier::target, probes::Tier::gateway});
    probes::Observation seen = who.empty() ? probe("2021-09-17", link, context, outcome, tier)
                                           : person("2021-09-17", link, context, outcome, who);
    seen.at += std::chrono::hours(6) * static_cast<int>(chance.engine()() % 240);
    if (outcome == Outcome::unreachable) seen.failure = probes::Failure{probes::FailureName::tcp_timeout};
    if (!who.empty()) seen.presentation = chance.one_of({probes::Presentation::card, probes::Presentation::link});
    const std::string key =
        link + context + who + std::string(name(seen.tier)) + std::to_string(seen.at.time_since_epoch().count());
    if (taken.insert(key).second) all.push_back(seen);
  }
  return all;
}

// Entries by what they say instead of by their numbers, which are those of the order in which they came.
class Renumbered {
 public:
  Renumbered(const log::Log& log, const std::vector<probes::Observation>& order) {
    log::for_each_observation(log, {}, {}, [&](const log::LoggedObservation& logged) {
      const auto found = std::find(order.begin(), order.end(), logged.observation);
      numbers_[logged.entry] = 1 + (found - order.begin());
      return true;
    });
  }

  law::Finding of(law::Finding finding) const {
    for (std::int64_t& entry : finding.entries) entry = numbers_.at(entry);
    std::sort(finding.entries.begin(), finding.entries.end());
    for (law::Word& word : finding.words) word.entry = numbers_.at(word.entry);
    if (finding.contradicted_by) finding.contradicted_by->entry = numbers_.at(finding.contradicted_by->entry);
    return finding;
  }

  law::MatrixCell of(law::MatrixCell cell) const {
    for (std::int64_t& entry : cell.entries) entry = numbers_.at(entry);
    std::sort(cell.entries.begin(), cell.entries.end());
    return cell;
  }

 private:
  std::map<std::int64_t, std::int64_t> numbers_;
};

template <typename Values>
void expect_same(const Values& late, const Renumbered& late_numbers, const Values& timely,
                 const Renumbered& timely_numbers) {
  ASSERT_EQ(late.size(), timely.size());
  for (std::size_t index = 0; index < late.size(); ++index) {
    EXPECT_EQ(late_numbers.of(late[index]), timely_numbers.of(timely[index]))
        << late[index].platform << ' ' << late[index].context;
  }
}

TEST(Late, ObservationsInAnyOrderGiveWhatTheyWouldHaveGivenInTime) {
  const catalog::Catalog catalog = small_catalog();
  for (unsigned seed = 0; seed < 12; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Chance chance(seed);
    std::vector<probes::Observation> seen = by_chance(chance, 150);
    std::vector<probes::Observation> shuffled = seen;
    std::shuffle(shuffled.begin(), shuffled.end(), chance.engine());
    std::sort(seen.begin(), seen.end(), [](const auto& left, const auto& right) { return left.at < right.at; });
    const Told timely(seen), late(shuffled);
    const Renumbered timely_numbers(timely.log(), seen), late_numbers(late.log(), seen);
    for (const char* as_of : {"2021-09-20", "2021-10-05T03:00:00", "2021-11-01", "2021-11-20", "2022-01-01"}) {
      SCOPED_TRACE(as_of);
      const View of_late = look(late.log(), catalog, at(as_of)), of_timely = look(timely.log(), catalog, at(as_of));
      expect_same(of_late.findings, late_numbers, of_timely.findings, timely_numbers);
      expect_same(of_late.matrix, late_numbers, of_timely.matrix, timely_numbers);
    }
  }
}

TEST(Late, MatrixOfTheNewestSpansIsTheMatrixOfAll) {
  const catalog::Catalog catalog = small_catalog();
  for (unsigned seed = 0; seed < 12; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Chance chance(seed);
    const Told told(by_chance(chance, 200));
    for (const char* as_of : {"2021-09-20", "2021-10-05T03:00:00", "2021-11-01", "2021-11-20", "2022-01-01"}) {
      EXPECT_EQ(look_at_matrix(told.log(), catalog, at(as_of)).cells, look(told.log(), catalog, at(as_of)).matrix);
      EXPECT_EQ(look_at_matrix(told.log(), catalog, at(as_of), 100).cells,
                look(told.log(), catalog, at(as_of), 100).matrix);
    }
  }
}

TEST(Late, EntriesLaterThanAsOfChangeNothing) {
  const catalog::Catalog catalog = small_catalog();
  for (unsigned seed = 0; seed < 6; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Chance chance(seed);
    std::vector<probes::Observation> seen = by_chance(chance, 150);
    std::sort(seen.begin(), seen.end(), [](const auto& left, const auto& right) { return left.at < right.at; });
    const Instant as_of = seen[100].at;
    const auto later = std::find_if(seen.begin(), seen.end(), [&](const auto& each) { return each.at > as_of; });
    const Told all(seen), known({seen.begin(), later});
    const View of_all = look(all.log(), catalog, as_of), of_known = look(known.log(), catalog, as_of);
    EXPECT_EQ(of_all.findings, of_known.findings);
    EXPECT_EQ(of_all.matrix, of_known.matrix);
  }
}

// An import of last month's tests: the breach began when it was seen, not when it was learnt.
TEST(Late, ImportOfLastMonthMovesWhenABreachBegan) {
  const probes::Observation now = person("2021-11-01", "jd/item", "wechat/group", Outcome::blocked);
  const probes::Observation before = person("2021-10-01", "jd/item", "wechat/group", Outcome::direct, "bob");
  const probes::Observation between = person("2021-10-20", "jd/item", "wechat/group", Outcome::blocked, "bob");
  const auto finding = [](const std::vector<probes::Observation>& seen) {
    const Told told(seen);
    for (const law::Finding& each : look(told.log(), small_catalog(), at("2021-11-02")).findings) {
      if (each.obligation == "opening" && each.platform == "jd" && each.context == "wechat/group") return each;
    }
    return law::Finding();
  };
  EXPECT_EQ(finding({now}).days_overdue, 46);
  const law::Finding late = finding({now, between, before});
  EXPECT_EQ(late.days_overdue, 13);
  EXPECT_TRUE(late.relapsed);
  EXPECT_EQ(late.since, at("2021-10-20"));
}

}  // namespace
}  // namespace linkaudit::query
