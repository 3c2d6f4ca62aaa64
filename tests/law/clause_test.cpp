// What one clause says of one word.
#include "audit/law/clause.h"

#include <gtest/gtest.h>

#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using probes::Blame;
using probes::Outcome;
using probes::Tier;

constexpr Verdict kMet{Status::met, std::nullopt};
constexpr Verdict kBreached{Status::breached, std::nullopt};
constexpr Verdict kNothing{Status::undetermined, std::nullopt};
constexpr Verdict kWouldBeMet{Status::undetermined, Status::met};
constexpr Verdict kWouldBeBreached{Status::undetermined, Status::breached};

struct Required {
  const char* what;
  Requires required;
  Span word;
  std::optional<bool> satisfied;
};

const std::vector<Outcome> kDirect = {Outcome::direct}, kOpens = {Outcome::direct, Outcome::confirm};

const Span kConfirm = person("2021-10-01", Outcome::confirm), kDirectly = person("2021-10-01", Outcome::direct);
const Span kLogin = person("2021-10-01", Outcome::login_wall);

const Required kRequired[] = {
    {"direct where direct is asked for", {kDirect, {}, {}}, kDirectly, true},
    {"confirm does not open directly", {kDirect, {}, {}}, kConfirm, false},
    {"confirm where it is accepted", {kOpens, {}, {}}, kConfirm, true},
    {"no outcomes named: any that opens", {{}, {}, {}}, kConfirm, true},
    {"no outcomes named: a login wall does not open", {{}, {}, {}}, kLogin, false},
    {"a login wall where it is accepted", {{Outcome::login_wall}, {}, {}}, kLogin, true},
    {"confirm is a step of itself", {kOpens, 0, {}}, kConfirm, false},
    {"one step of at most one", {kOpens, 1, {}}, with_steps(kConfirm, 1), true},
    {"two steps of at most one", {kOpens, 1, {}}, with_steps(kConfirm, 2), false},
    {"direct needs no step", {{}, 0, {}}, kDirectly, true},
    {"direct after a step all the same", {{}, 0, {}}, with_steps(kDirectly, 1), false},
    {"what does not open breaches any number of steps", {{Outcome::login_wall}, 3, {}}, kLogin, false},
    {"a challenge cannot tell", {kDirect, 0, {}}, person("2021-10-01", Outcome::challenge), std::nullopt},
    {"unreachable cannot tell", {kDirect, 0, {}}, person("2021-10-01", Outcome::unreachable), std::nullopt},
    {"unclassified cannot tell",
     {{Outcome::unclassified}, {}, {}},
     person("2021-10-01", Outcome::unclassified),
     std::nullopt},
    {"parity alone asks nothing of one word", {{}, {}, {ParityOver::outcome}}, kLogin, true},
    {"but that it can tell", {{}, {}, {ParityOver::outcome}}, person("2021-10-01", Outcome::challenge), std::nullopt},
    {"outcomes beside parity are asked for", {kDirect, {}, {ParityOver::outcome}}, kLogin, false},
    {"and steps", {{}, 0, {ParityOver::outcome}}, kConfirm, false},
};

TEST(Clause, WordSatisfiesWhatIsRequired) {
  for (const Required& row : kRequired) EXPECT_EQ(satisfies(row.required, row.word), row.satisfied) << row.what;
}

TEST(Clause, EveryOutcomeThatDoesNotOpenDirectlyBreaches) {
  for (const Outcome outcome : probes::kOutcomes) {
    const Obligation obligation = unblock();
    const Verdict said = verdict(Clause(obligation), person("2021-10-01", outcome));
    const auto opens = probes::opens_directly(outcome);
    EXPECT_EQ(said, !opens ? kNothing : *opens ? kMet : kBreached) << name(outcome);
  }
}

struct Blamed {
  const char* what;
  bool binds_host, binds_platform;
  Span word;
  Verdict expected;
};

Span refused(Blame blame, std::optional<bool> context_specific = std::nullopt) {
  Span span = with_blame(probe(Tier::gateway, "2021-10-01", Outcome::blocked), blame);
  span.context_specific = context_specific;
  return span;
}

const Blamed kBlamed[] = {
    {"the host's doing, the host bound", true, false, refused(Blame::host), kBreached},
    {"the host's doing, the platform bound", false, true, refused(Blame::host), kWouldBeBreached},
    {"the platform's doing, the host bound", true, false, refused(Blame::platform), kWouldBeBreached},
    {"the platform's doing, the platform bound", false, true, refused(Blame::platform), kBreached},
    {"the platform's doing, both bound", true, true, refused(Blame::platform), kBreached},
    {"refused everywhere, not in this context alone", true, true, refused(Blame::platform, false), kWouldBeBreached},
    {"refused in this context alone", true, true, refused(Blame::platform, true), kBreached},
    {"nobody knows by whom", true, true, refused(Blame::unknown), kNothing},
    {"the target is down", true, true, refused(Blame::target_down), kNothing},
    {"our own line is down", true, true, refused(Blame::own_line), kNothing},
    {"a probe that blames nobody", true, true, refused(Blame::none), kNothing},
    {"a person who names nobody", true, false, with_blame(person("2021-10-01", Outcome::blocked), Blame::none),
     kBreached},
    {"a person who does not know", true, false, with_blame(person("2021-10-01", Outcome::blocked), Blame::unknown),
     kNothing},
    {"a person who names the platform", true, false,
     with_blame(person("2021-10-01", Outcome::blocked), Blame::platform), kWouldBeBreached},
    {"a person who needed a step more", true, false, with_steps(person("2021-10-01", Outcome::direct), 1), kBreached},
};

TEST(Clause, RefusalBreachesOnlyWhoseDoingItIs) {
  for (const Blamed& row : kBlamed) {
    Obligation obligation = unblock();
    obligation.tier = Tier::gateway;
    obligation.binds_host = row.binds_host;
    obligation.binds_platform = row.binds_platform;
    EXPECT_EQ(verdict(Clause(obligation), row.word), row.expected) << row.what;
  }
}

struct Tiers {
  Tier asked, seen;
  Verdict of_direct;
};

TEST(Clause, MetNeedsTheTierThatTheClauseAsksFor) {
  const Tiers table[] = {
      {Tier::in_app, Tier::in_app, kMet},        {Tier::in_app, Tier::gateway, kWouldBeMet},
      {Tier::in_app, Tier::target, kWouldBeMet}, {Tier::gateway, Tier::in_app, kMet},
      {Tier::gateway, Tier::gateway, kMet},      {Tier::gateway, Tier::target, kWouldBeMet},
      {Tier::target, Tier::target, kMet},
  };
  for (const Tiers& row : table) {
    Obligation obligation = unblock();
    obligation.tier = row.asked;
    EXPECT_EQ(verdict(Clause(obligation), probe(row.seen, "2021-10-01", Outcome::direct)), row.of_direct)
        << name(row.asked) << " asked, " << name(row.seen) << " seen";
  }
}

// It says what the host app does with a link somewhere, and nothing of one chat.
TEST(Clause, GatewayThatContextsShareConfirmsNothing) {
  JudgedContext context;
  context.shared_gateway = true;
  for (const Tier asked : {Tier::in_app, Tier::gateway, Tier::target}) {
    Obligation obligation = unblock();
    obligation.tier = asked;
    const Clause clause = Clause(obligation).in(context);
    EXPECT_FALSE(clause.can_confirm(Tier::gateway)) << name(asked);
    EXPECT_TRUE(clause.can_confirm(Tier::in_app)) << name(asked);
    EXPECT_EQ(clause.can_confirm(Tier::target), asked == Tier::target) << name(asked);
    EXPECT_EQ(verdict(clause, probe(Tier::gateway, "2021-10-01", Outcome::direct)), kWouldBeMet) << name(asked);
  }
}

TEST(Clause, IsInForceFromMidnightInItsZoneUntilMidnight) {
  Obligation obligation = unblock();
  obligation.until = Date{2021, 11, 29};
  const Clause clause(obligation);
  EXPECT_FALSE(clause.in_force(at("2021-09-16T23:59:59.999")));
  EXPECT_TRUE(clause.in_force(at("2021-09-17T00:00:00")));
  EXPECT_TRUE(clause.in_force(at("2021-11-28T23:59:59.999")));
  EXPECT_FALSE(clause.in_force(at("2021-11-29T00:00:00")));
}

}  // namespace
}  // namespace linkaudit::law
