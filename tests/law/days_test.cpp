// Days overdue and unmeasured, cures and relapses.
#include <gtest/gtest.h>

#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using probes::Outcome;
using probes::Tier;

const Outcome kYes = Outcome::direct, kNo = Outcome::blocked;

struct Case {
  const char* what;
  std::vector<Span> spans;
  const char* as_of;
  const char* expected;
};

const Case kCases[] = {
    {"a millisecond before the effective date nothing is due",
     {person("2021-09-10", kNo)},
     "2021-09-16T23:59:59.999",
     "not_due blocked host"},
    {"on the effective date a breach is overdue by no day",
     {person("2021-09-10", kNo)},
     "2021-09-17T00:00:00.000",
     "breached confirmed blocked host; overdue 0 (0 unmeasured)"},
    {"nor at its last instant",
     {person("2021-09-10", kNo)},
     "2021-09-17T23:59:59.999",
     "breached confirmed blocked host; overdue 0 (0 unmeasured)"},
    {"the day after it is one",
     {person("2021-09-10", kNo)},
     "2021-09-18T00:00:00.000",
     "breached confirmed blocked host; overdue 1 (0 unmeasured)"},
    {"never seen to meet it: from the effective date, looked at or not",
     {person("2021-10-01", kNo)},
     "2021-10-02",
     "breached confirmed blocked host; overdue 15 (13 unmeasured)"},
    {"met before the effective date only: as if never",
     {person("2021-09-01", kYes), person("2021-10-01", kNo)},
     "2021-10-02",
     "breached confirmed blocked host; overdue 15 (0 unmeasured)"},
    {"met on the effective date: from the day after the breach was seen",
     {person("2021-09-17T00:00:00.000", kYes), person("2021-10-01", kNo)},
     "2021-10-02",
     "breached confirmed blocked host; overdue 1 (0 unmeasured); relapsed"},
    {"a millisecond before it: as if never",
     {person("2021-09-16T23:59:59.999", kYes), person("2021-10-01", kNo)},
     "2021-10-02",
     "breached confirmed blocked host; overdue 15 (0 unmeasured)"},
    {"on the day of the relapse: no day yet",
     {person("2021-09-20", kYes), person("2021-10-01", kNo)},
     "2021-10-01T23:59:59.999",
     "breached confirmed blocked host; overdue 0 (0 unmeasured); relapsed"},
    {"a relapse in another form is the same breach",
     {person("2021-09-20", kYes), person("2021-10-01", kNo), person("2021-10-05", Outcome::login_wall)},
     "2021-10-06",
     "breached confirmed login_wall host; overdue 5 (0 unmeasured); relapsed"},
    {"looking away in between is no cure",
     {person("2021-09-17", kNo), person("2021-11-30", kNo, "bob")},
     "2021-11-30",
     "breached confirmed blocked host; overdue 74 (42 unmeasured)"},
    {"nor is not being able to tell",
     {person("2021-09-20", kYes), person("2021-10-01", kNo), person("2021-10-05", Outcome::challenge),
      person("2021-10-10", kNo)},
     "2021-10-11",
     "breached confirmed blocked host; overdue 10 (0 unmeasured); relapsed"},
    {"looking away before it relapsed is no day overdue",
     {person("2021-09-20", kYes), person("2021-12-01", kNo)},
     "2021-12-03",
     "breached confirmed blocked host; overdue 2 (0 unmeasured); relapsed"},
    {"would be met at a lower tier is not met",
     {probe(Tier::gateway, "2021-09-20", kYes), person("2021-10-01", kNo)},
     "2021-10-02",
     "breached confirmed blocked host; overdue 15 (5 unmeasured)"},
    {"a met that was disputed at once was never seen to be met",
     {person("2021-09-19", kNo), person("2021-09-20", kYes, "bob"), person("2021-09-21", kNo, "cem")},
     "2021-09-22",
     "breached confirmed blocked host; overdue 5 (1 unmeasured)"},
    {"cured on the day of the first word that says so",
     {person("2021-09-20", kNo), person("2021-10-01", kYes), person("2021-10-05", kYes)},
     "2021-10-06",
     "met confirmed direct; cured 2021-10-01"},
    {"cured once more",
     {person("2021-09-20", kNo), person("2021-10-01", kYes), person("2021-10-05", kNo), person("2021-10-07", kYes)},
     "2021-10-08",
     "met confirmed direct; cured 2021-10-07"},
    {"what stopped before the effective date was no breach",
     {person("2021-09-01", kNo), person("2021-09-16T23:59:59.999", kYes)},
     "2021-09-20",
     "met confirmed direct"},
    {"what lasted into it was",
     {person("2021-09-01", kNo), person("2021-09-17T00:00:00.000", kYes)},
     "2021-09-20",
     "met confirmed direct; cured 2021-09-17"},
    {"a breach of somebody who is not bound is none",
     {with_blame(person("2021-09-20", kNo), probes::Blame::platform), person("2021-10-01", kYes)},
     "2021-10-01",
     "met confirmed direct"},
    {"a stale cure is known no more",
     {person("2021-09-20", kNo), person("2021-10-01", kYes)},
     "2021-11-02",
     "undetermined direct; stale"},
};

TEST(Days, AreCountedFromWhatWasSeen) {
  for (const Case& row : kCases) EXPECT_EQ(found(row.spans, row.as_of), row.expected) << row.what;
}

struct Unmeasured {
  const char* what;
  std::vector<Span> spans;
  const char* as_of;
  int days;  // unmeasured
};

const Unmeasured kUnmeasured[] = {
    {"none when somebody's word was fresh all along", {person("2021-09-17", kNo)}, "2021-10-18", 0},
    {"a day on which it was fresh for an hour counts as measured",
     {with_valid_days(person("2021-09-20T23:00:00", kNo), 1), person("2021-09-25", kNo)},
     "2021-09-25",
     5},  // 18, 19, 22, 23, 24
    {"between two observations of one span, too far apart",
     {probes_of(Tier::in_app, "2021-09-17", "2021-10-17", 2, kNo)},
     "2021-10-17",
     22},
    {"between many, evenly spread", {probes_of(Tier::in_app, "2021-09-17", "2021-10-17", 31, kNo)}, "2021-10-17", 0},
    {"between few, evenly spread",
     {probes_of(Tier::in_app, "2021-09-17", "2021-10-17", 4, kNo)},  // every ten days, fresh for seven
     "2021-10-17",
     6},
    {"valid for no day is the day itself",
     {with_valid_days(probes_of(Tier::in_app, "2021-09-17", "2021-09-20", 4, kNo), 0)},
     "2021-09-20",
     0},
    {"words that cannot tell, and those of a lower tier, are words",
     {person("2021-09-20", kNo), probe(Tier::target, "2021-09-18", Outcome::challenge)},
     "2021-09-21",
     0},
    {"a source's later word ends the freshness of its earlier",
     {person("2021-09-17", kYes, "bob"), with_valid_days(person("2021-09-18", kNo, "bob"), 1),
      person("2021-10-01", kNo, "bob")},
     "2021-10-01",
     11},  // 20 to 30
};

TEST(Days, UnmeasuredAreThoseWithoutAFreshWord) {
  Obligation obligation = unblock();
  obligation.requires_.outcomes = {Outcome::login_wall};  // nothing here ever meets it
  obligation.requires_.max_steps.reset();
  for (const Unmeasured& row : kUnmeasured) {
    const Finding finding = pick(judge(policy_of(obligation), row.spans, at(row.as_of)), "taobao", "wechat/group");
    ASSERT_EQ(finding.status, Status::breached) << row.what;
    EXPECT_EQ(finding.unmeasured_days, row.days) << row.what;
  }
}

}  // namespace
}  // namespace linkaudit::law
