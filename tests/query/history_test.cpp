// The history of a cell: by tier, with the entries that began and ended each state.
#include "audit/query/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/query/world.h"

namespace linkaudit::query {
namespace {

using probes::Outcome;
using probes::Tier;
using testing::ElementsAre;

std::string told(const HistorySpan& each) {
  std::string text = std::string(name(each.span.tier)) + " " + std::string(name(each.span.outcome)) + " " +
                     std::to_string(each.span.first_entry) + "-" + std::to_string(each.span.last_entry);
  return each.ended_by ? text + " ended by " + std::to_string(*each.ended_by) : text;
}

TEST(History, IsByTierWithTheEntriesThatBeganAndEndedEachState) {
  const std::string link = "jd/item", context = "wechat/group";
  const Told told_log(
      {probe("2021-10-01", link, context, Outcome::blocked), person("2021-10-02", link, context, Outcome::blocked),
       probe("2021-10-03", link, context, Outcome::blocked),
       person("2021-10-04", link, context, Outcome::direct, "bob"), probe("2021-10-05", link, context, Outcome::direct),
       person("2021-10-06", link, context, Outcome::direct)});
  std::vector<std::string> lines;
  for (const HistorySpan& each : history_of(log::spans_of(told_log.log(), {}, link, context)))
    lines.push_back(told(each));
  EXPECT_THAT(lines, ElementsAre("in_app blocked 2-2 ended by 6", "in_app direct 4-4", "in_app direct 6-6",
                                 "target blocked 1-3 ended by 5", "target direct 5-5"));
}

}  // namespace
}  // namespace linkaudit::query
