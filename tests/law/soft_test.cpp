// Outcomes that rest on a network failure.
#include <gtest/gtest.h>

#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using probes::Outcome;
using probes::Tier;

struct Case {
  const char* what;
  std::vector<Span> spans;
  const char* as_of;
  const char* expected;
};

Span failed(const std::string& when, Outcome outcome, const std::string& source = "http") {
  Span span = by_network_failure(probe(Tier::gateway, when, outcome, source));
  if (outcome == Outcome::unreachable) span.blame = probes::Blame::unknown;
  return span;
}

Span failed_twice(const std::string& first, const std::string& last) {
  return by_network_failure(probes_of(Tier::gateway, first, last, 2, Outcome::blocked));
}

Span answered(const std::string& when, Outcome outcome, const std::string& source = "http") {
  return probe(Tier::gateway, when, outcome, source);
}

const Case kCases[] = {
    {"one failure accuses nobody yet",
     {failed("2021-10-01", Outcome::blocked)},
     "2021-10-01",
     "undetermined (would be breached) blocked host; soft"},
    {"the next probe agrees",
     {failed_twice("2021-10-01", "2021-10-02")},
     "2021-10-02",
     "breached suspected blocked host; overdue 15 (13 unmeasured)"},
    {"a page of the host's rule is hard at once",
     {answered("2021-10-01", Outcome::blocked)},
     "2021-10-01",
     "breached suspected blocked host; overdue 14 (13 unmeasured)"},
    {"so it is after a failure, and bears it out",
     {failed("2021-10-01", Outcome::blocked), answered("2021-10-02", Outcome::blocked)},
     "2021-10-02",
     "breached suspected blocked host; overdue 15 (13 unmeasured)"},
    {"a failure after the page agrees with it",
     {answered("2021-10-01", Outcome::blocked), failed("2021-10-02", Outcome::blocked)},
     "2021-10-02",
     "breached suspected blocked host; overdue 15 (13 unmeasured)"},
    {"failures of two kinds agree in outcome",
     {failed("2021-10-01", Outcome::unreachable), failed("2021-10-02", Outcome::unreachable)},
     "2021-10-02",
     "undetermined unreachable unknown"},
    {"two outcomes do not agree",
     {failed("2021-10-01", Outcome::unreachable), failed("2021-10-02", Outcome::blocked)},
     "2021-10-02",
     "undetermined (would be breached) blocked host; soft"},
    {"another vantage agrees",
     {failed("2021-10-01", Outcome::blocked), failed("2021-10-02", Outcome::blocked, "other")},
     "2021-10-02",
     "breached suspected blocked host; overdue 15 (13 unmeasured)"},
    {"one failure does not replace what the source saw before",
     {answered("2021-10-01", Outcome::blocked), failed("2021-10-02", Outcome::unreachable)},
     "2021-10-02",
     "breached suspected blocked host; overdue 15 (13 unmeasured)"},
    {"two do",
     {answered("2021-10-01", Outcome::blocked), failed("2021-10-02", Outcome::unreachable),
      failed("2021-10-03", Outcome::unreachable)},
     "2021-10-03",
     "undetermined unreachable unknown"},
    {"nor does it once that is stale: then all is soft",
     {answered("2021-10-01", Outcome::direct), failed("2021-10-05", Outcome::blocked)},
     "2021-10-09",
     "undetermined (would be breached) blocked host; soft"},
    {"it disputes with nobody",
     {answered("2021-10-01", Outcome::direct), failed("2021-10-02", Outcome::blocked, "other")},
     "2021-10-02",
     "undetermined (would be met) direct"},
    {"a person's word rests on no connection",
     {by_network_failure(person("2021-10-01", Outcome::blocked))},
     "2021-10-01",
     "breached confirmed blocked host; overdue 14 (13 unmeasured)"},
    {"where the control failed what the context showed is hard",
     {failed("2021-10-01", Outcome::direct)},
     "2021-10-01",
     "undetermined (would be met) direct"},
};

TEST(Soft, BecomesHardAtTheNextAgreeingProbe) {
  for (const Case& row : kCases) EXPECT_EQ(found(row.spans, row.as_of), row.expected) << row.what;
}

TEST(Soft, BreachBeganWithItsFirstFailure) {
  const auto since = [](const std::vector<Span>& spans) {
    return pick(judge(policy_of(unblock()), spans, at("2021-10-03")), "taobao", "wechat/group").since;
  };
  EXPECT_EQ(since({failed_twice("2021-10-01", "2021-10-02")}), at("2021-10-01"));
  EXPECT_EQ(since({failed("2021-10-01", Outcome::blocked), answered("2021-10-02", Outcome::blocked)}),
            at("2021-10-01"));
  EXPECT_EQ(since({answered("2021-09-30", Outcome::direct), failed_twice("2021-10-01", "2021-10-02")}),
            at("2021-10-01"));
}

}  // namespace
}  // namespace linkaudit::law
