// The table has a row for everything.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "probes/failure.h"
#include "tests/probes/failures/behaviour.h"
#include "tests/probes/failures/table.h"

namespace linkaudit::probes {
namespace {

std::set<std::string> names_of_behaviours() {
  const Certificates certificates = make_certificates();
  std::set<std::string> names;
  for (const auto& part : {connecting_behaviours(certificates), answering_behaviours(), redirecting_behaviours()}) {
    for (const Behaviour& each : part) EXPECT_TRUE(names.insert(each.name).second) << each.name << " twice";
  }
  return names;
}

bool is_of_leg(const Row& row, const std::string& leg) {
  return row.leg == leg || row.leg == "both";
}

// Shown to be called so, or said to be shown by nobody.
bool accounts_for(const Row& row, const std::string& failure) {
  return row.failure == failure && (runs(row) || row.behaviour == "none_known");
}

TEST(FailureTable, HasEachBehaviourInEachSituationOnce) {
  std::map<std::string, std::multiset<std::string>> situations;
  for (const Row& row : read_table()) situations[row.behaviour].insert(situation_of(row));
  for (const std::string& behaviour : names_of_behaviours()) {
    for (const Situation& each : kSituations) {
      const std::string situation = std::string(each.place) + " " + each.leg + " " + each.when;
      EXPECT_EQ(situations[behaviour].count(situation), 1U) << behaviour << ": " << situation;
    }
    EXPECT_EQ(situations[behaviour].size(), kSituations.size()) << behaviour;
  }
}

TEST(FailureTable, HasNoBehaviourThatNobodyShows) {
  const auto known = names_of_behaviours();
  for (const Row& row : read_table()) {
    EXPECT_TRUE(!runs(row) || known.contains(row.behaviour)) << "failures.csv:" << row.line;
  }
}

TEST(FailureTable, HasEachNameOfTheClosedListOnBothLegsOrSaysWhyNot) {
  const auto rows = read_table();
  for (int number = 0; !name(static_cast<FailureName>(number)).empty(); ++number) {
    const std::string failure(name(static_cast<FailureName>(number)));
    for (const std::string leg : {"control", "context"}) {
      EXPECT_TRUE(
          std::ranges::any_of(rows, [&](const Row& row) { return accounts_for(row, failure) && is_of_leg(row, leg); }))
          << failure << " of the " << leg << " leg";
    }
  }
}

// An excuse is for one situation, not for a leg.
TEST(FailureTable, ShowsEachBehaviourToBothLegsAndAtTheGateway) {
  const auto rows = read_table();
  for (const std::string& behaviour : names_of_behaviours()) {
    const auto shown = [&](const std::string& place, const std::string& leg) {
      return std::ranges::any_of(rows, [&](const Row& row) {
        return runs(row) && row.behaviour == behaviour && row.place == place && row.leg == leg;
      });
    };
    EXPECT_TRUE(shown("first", "control")) << behaviour;
    EXPECT_TRUE(shown("first", "context") || shown("redirected", "context")) << behaviour;
    EXPECT_TRUE(shown("first", "both")) << behaviour;
    EXPECT_TRUE(shown("gateway", "context")) << behaviour;
  }
}

TEST(FailureTable, BlamesNobodyForATargetThatIsDownForEverybody) {
  for (const Row& row : read_table()) {
    const bool blames = row.blame == "host" || row.blame == "platform";
    EXPECT_FALSE(blames && row.control == "down") << "failures.csv:" << row.line;
    EXPECT_TRUE(row.blame != "host" || row.when == "again") << "failures.csv:" << row.line;
  }
}

}  // namespace
}  // namespace linkaudit::probes
