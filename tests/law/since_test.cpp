// When a state began.
#include <gtest/gtest.h>

#include "audit/law/calendar.h"
#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using probes::Outcome;
using probes::Tier;

const Outcome kYes = Outcome::direct, kNo = Outcome::blocked;

struct Began {
  const char* what;
  std::vector<Span> spans;
  const char* as_of;
  const char* since;
};

const Began kBegan[] = {
    {"with the first observation of the span",
     {probes_of(Tier::in_app, "2021-10-01", "2021-10-05", 5, kNo)},
     "2021-10-06",
     "2021-10-01"},
    {"with the first breach, in whatever form",
     {person("2021-10-01", Outcome::login_wall), person("2021-10-05", kNo)},
     "2021-10-06",
     "2021-10-01"},
    {"with the first who said so",
     {person("2021-10-01", kNo), person("2021-10-05", kNo, "bob")},
     "2021-10-06",
     "2021-10-01"},
    {"after the last time it was met",
     {person("2021-09-20", kNo), person("2021-09-25", kYes), person("2021-10-01", kNo)},
     "2021-10-06",
     "2021-10-01"},
    {"stale: of what was last known", {person("2021-09-20", kNo)}, "2021-11-20", "2021-09-20"},
    {"not before a higher tier's word to the contrary was stale",
     {person("2021-09-20", kYes), probes_of(Tier::gateway, "2021-09-18", "2021-10-25", 38, kNo)},
     "2021-10-25",
     "2021-10-21T12:00:00.001"},
    {"undetermined: with the outcome",
     {person("2021-09-20", Outcome::challenge), person("2021-10-01", Outcome::unclassified)},
     "2021-10-02",
     "2021-10-01"},
};

TEST(Since, PresentStateBeganWhenItWasFirstSeen) {
  for (const Began& row : kBegan) {
    const Finding finding = pick(judge(policy_of(unblock()), row.spans, at(row.as_of)), "taobao", "wechat/group");
    ASSERT_TRUE(finding.since) << row.what;
    EXPECT_EQ(format_instant(*finding.since, "Asia/Shanghai"), format_instant(at(row.since), "Asia/Shanghai"))
        << row.what;
  }
}

}  // namespace
}  // namespace linkaudit::law
