// The table of blame, row by row.
#include <gtest/gtest.h>

#include "tests/probes/page/comparing.h"

namespace linkaudit::probes {
namespace {

struct Row {
  const char* why;
  Comparison legs;
  Outcome outcome;
  Blame blame;
  std::optional<bool> specific = std::nullopt;
  std::vector<std::string> notes = {};
  bool hard = true;
};

void expect_rows(const std::vector<Row>& table) {
  for (const Row& row : table) {
    const Judged judged = compare(row.legs);
    EXPECT_EQ(name(judged.outcome), name(row.outcome)) << row.why;
    EXPECT_EQ(name(judged.blame), name(row.blame)) << row.why;
    EXPECT_EQ(judged.context_specific, row.specific) << row.why;
    EXPECT_EQ(judged.notes, row.notes) << row.why;
    EXPECT_EQ(judged.hard, row.hard) << row.why;
    const std::optional<int> steps = row.outcome == Outcome::direct    ? std::optional(0)
                                     : row.outcome == Outcome::confirm ? std::optional(1)
                                                                       : std::nullopt;
    EXPECT_EQ(judged.steps, steps) << row.why;
  }
}

TEST(Compare, ServedInTheContext) {
  expect_rows({
      {"a detail marker", legs(page(), served(true)), Outcome::direct, Blame::none},
      {"the control's final URL", legs(page(), served(false, "https://shop.example/item")), Outcome::direct,
       Blame::none},
      {"... but for the fragment", legs(page(), served(false, "https://shop.example/item#a")), Outcome::direct,
       Blame::none},
      {"... of the control, too",
       legs(served(false, "https://shop.example/item#a"), served(false, "https://shop.example/item")), Outcome::direct,
       Blame::none},
      {"the control's title", legs(page(), served(false, "https://m.shop.example/", "Tea")), Outcome::direct,
       Blame::none},
      {"neither", legs(page(), served(false, "https://shop.example/home", "Home")), Outcome::unclassified,
       Blame::unknown},
      {"no title is no title in common",
       legs(served(false, "https://shop.example/a"), served(false, "https://shop.example/b")), Outcome::unclassified,
       Blame::unknown},
      {"control refused, a detail marker",
       legs(forbidden(), served(true)),
       Outcome::direct,
       Blame::none,
       std::nullopt,
       {"control_refused"}},
      {"control refused, no marker", legs(forbidden(), page()), Outcome::unclassified, Blame::unknown},
      {"control down, a detail marker",
       legs(gone(), served(true)),
       Outcome::direct,
       Blame::none,
       std::nullopt,
       {"control_failed"}},
      {"control down, no marker", legs(down(), page()), Outcome::unclassified, Blame::unknown},
      {"control at a limit", legs(limit(), served(true)), Outcome::unclassified, Blame::unknown},
      {"somebody else's page", legs(page(), elsewhere(page())), Outcome::unclassified, Blame::unknown},
      {"somebody else's page for both",
       legs(elsewhere(page()), elsewhere(page())),
       Outcome::unclassified,
       Blame::unknown,
       std::nullopt,
       {"control_unclear"}},
      {"control on somebody's page, a detail marker",
       legs(elsewhere(page()), served(true)),
       Outcome::unclassified,
       Blame::unknown,
       std::nullopt,
       {"control_unclear"}},
      {"an empty page", legs(page(), blank(page())), Outcome::unclassified, Blame::unknown},
  });
}

TEST(Compare, ScriptThatMayLeadOnIsSaid) {
  const std::vector<std::string> note = {"script_redirect_suspected"};
  expect_rows({
      {"beside the same page", legs(page(), suspected(page())), Outcome::direct, Blame::none, std::nullopt, note},
      {"on a blank page", legs(page(), suspected(blank(page()))), Outcome::unclassified, Blame::unknown, std::nullopt,
       note},
      {"beside the content", legs(page(), suspected(served(true))), Outcome::direct, Blame::none, std::nullopt, note},
      {"on a stop page", legs(page(), suspected(stopped())), Outcome::blocked, Blame::host, true, note},
  });
}

TEST(Compare, StoppedByTheHostApp) {
  expect_rows({
      {"control served", legs(page(), stopped()), Outcome::blocked, Blame::host, true},
      {"control served, confirm", legs(page(), stopped(Outcome::confirm)), Outcome::confirm, Blame::host, true},
      {"control served, browser", legs(page(), stopped(Outcome::external_browser)), Outcome::external_browser,
       Blame::host, true},
      {"control refused", legs(forbidden(), stopped()), Outcome::blocked, Blame::host, true},
      {"control on somebody's page",
       legs(elsewhere(page()), stopped()),
       Outcome::unclassified,
       Blame::unknown,
       std::nullopt,
       {"control_unclear"}},
      {"control down", legs(down(), stopped()), Outcome::blocked, Blame::unknown, std::nullopt, {"target_down"}},
      {"control down by status",
       legs(gone(), stopped()),
       Outcome::blocked,
       Blame::unknown,
       std::nullopt,
       {"target_down"}},
      {"control at a limit", legs(limit(), stopped()), Outcome::unreachable, Blame::unknown},
      {"every link alike",
       with_gateway(legs(page(), stopped()), stopped(), false),
       Outcome::blocked,
       Blame::host,
       true,
       {"link_specific=false"}},
      {"every link alike, control down",
       with_gateway(legs(down(), stopped()), stopped(), false),
       Outcome::blocked,
       Blame::unknown,
       std::nullopt,
       {"target_down", "link_specific=false"}},
      {"by another rule",
       with_gateway(legs(page(), stopped()), by_rule(LegEnd::stopped, Outcome::confirm, "other"), false),
       Outcome::blocked, Blame::host, true},
      {"the gateway's control passed", with_gateway(legs(page(), stopped()), page(), false), Outcome::blocked,
       Blame::host, true},
  });
}

TEST(Compare, RefusedByThePlatform) {
  const LegVerdict login = refused(Outcome::login_wall, "login");
  const LegVerdict captcha = refused(Outcome::challenge, "captcha");
  expect_rows({
      {"control served, by rule", legs(page(), login), Outcome::login_wall, Blame::platform, true},
      {"control served, by status", legs(page(), forbidden()), Outcome::blocked, Blame::platform, true},
      {"control served, down by status", legs(page(), gone()), Outcome::blocked, Blame::platform, true},
      {"the same refusal by rule", legs(login, login), Outcome::login_wall, Blame::platform, false},
      {"the same refusal by status", legs(forbidden(), forbidden()), Outcome::blocked, Blame::platform, false},
      {"another refusal by rule", legs(captcha, login), Outcome::login_wall, Blame::platform},
      {"another refusal by status", legs(status(LegEnd::refused, 401), forbidden()), Outcome::blocked, Blame::platform},
      {"a rule against a status", legs(login, forbidden()), Outcome::blocked, Blame::platform},
      {"control down", legs(down(), login), Outcome::unclassified, Blame::unknown},
      {"control refused, down by status", legs(forbidden(), gone()), Outcome::unclassified, Blame::unknown},
      {"control on somebody's page",
       legs(elsewhere(page()), login),
       Outcome::unclassified,
       Blame::unknown,
       std::nullopt,
       {"control_unclear"}},
      {"the host app's own server refuses", legs(page(), at_host(forbidden())), Outcome::unclassified, Blame::unknown},
      {"the host app's own rate limit", legs(page(), at_host(captcha)), Outcome::challenge, Blame::unknown},
      {"... while the control is refused", legs(forbidden(), at_host(captcha)), Outcome::challenge, Blame::unknown},
      {"... while the control is down", legs(gone(), at_host(captcha)), Outcome::unclassified, Blame::unknown},
      {"control at a limit", legs(limit(), login), Outcome::unreachable, Blame::unknown},
  });
}

TEST(Compare, FailureOfTheHostApp) {
  const LegVerdict passed = page();
  const LegVerdict reset = at_host(down());
  const std::vector<std::string> note = {"gateway_down"};
  expect_rows({
      {"its control passed, and again",
       with_gateway(legs(page(), reset), passed, true),
       Outcome::blocked,
       Blame::host,
       true,
       {},
       false},
      {"control refused, its control passed, again",
       with_gateway(legs(forbidden(), reset), passed, true),
       Outcome::blocked,
       Blame::host,
       true,
       {},
       false},
      {"not again", with_gateway(legs(page(), reset), passed, false), Outcome::unreachable, Blame::unknown,
       std::nullopt, note, false},
      {"no control of its own", with_gateway(legs(page(), reset), down(), true), Outcome::unreachable, Blame::unknown,
       std::nullopt, note, false},
      {"its control was stopped", with_gateway(legs(page(), reset), stopped(), true), Outcome::unreachable,
       Blame::unknown, std::nullopt, note, false},
      {"its control ended elsewhere", with_gateway(legs(page(), reset), elsewhere(page()), true), Outcome::unreachable,
       Blame::unknown, std::nullopt, note, false},
      {"no gateway at all", legs(page(), reset), Outcome::unreachable, Blame::unknown, std::nullopt, note, false},
      {"an error status of its server", with_gateway(legs(page(), at_host(status(LegEnd::down, 502))), passed, true),
       Outcome::unreachable, Blame::unknown},
      {"an error status for its control, too",
       with_gateway(legs(page(), at_host(status(LegEnd::down, 502))), gone(), true), Outcome::unreachable,
       Blame::unknown, std::nullopt, note},
      {"an error status, and no control", legs(page(), at_host(status(LegEnd::down, 502))), Outcome::unreachable,
       Blame::unknown},
      {"a failure without a name",
       with_gateway(legs(page(), at_host(down(FailureName::unknown_failure))), passed, true), Outcome::unreachable,
       Blame::unknown},
      {"the target is down, too",
       with_gateway(legs(down(), reset), passed, true),
       Outcome::unreachable,
       Blame::target_down,
       std::nullopt,
       {},
       false},
  });
}

TEST(Compare, FailureElsewhere) {
  Comparison again = legs(page(), down());
  again.seen_again = true;
  expect_rows({
      {"again when repeated", again, Outcome::unreachable, Blame::unknown, std::nullopt, {}, false},
      {"not repeated", legs(page(), down()), Outcome::unreachable, Blame::unknown, std::nullopt, {}, false},
      {"its gateway works",
       with_gateway(again, page(), true),
       Outcome::unreachable,
       Blame::unknown,
       std::nullopt,
       {},
       false},
      {"control refused",
       legs(forbidden(), down(FailureName::tls_untrusted)),
       Outcome::unreachable,
       Blame::unknown,
       std::nullopt,
       {},
       false},
      {"control on somebody's page",
       legs(elsewhere(page()), down()),
       Outcome::unclassified,
       Blame::unknown,
       std::nullopt,
       {"control_unclear"},
       false},
      {"a broken redirect", legs(page(), down(FailureName::invalid_redirect)), Outcome::unreachable, Blame::unknown},
      {"both down",
       legs(down(), down(FailureName::http_timeout)),
       Outcome::unreachable,
       Blame::target_down,
       std::nullopt,
       {},
       false},
      {"both down by status", legs(gone(), status(LegEnd::down, 502)), Outcome::unreachable, Blame::target_down},
      {"control on the network, context by status",
       legs(down(), gone()),
       Outcome::unreachable,
       Blame::target_down,
       std::nullopt,
       {},
       false},
      {"control by status, context on the network",
       legs(gone(), down()),
       Outcome::unreachable,
       Blame::target_down,
       std::nullopt,
       {},
       false},
  });
}

TEST(Compare, LimitsAreOurs) {
  for (const LegVerdict& control : {page(), forbidden(), down(), gone(), limit(), elsewhere(page())}) {
    const Judged judged = compare(legs(control, limit()));
    EXPECT_EQ(name(judged.outcome), "unreachable");
    EXPECT_EQ(name(judged.blame), "unknown");
    EXPECT_EQ(judged.failure->name, FailureName::body_too_large);
    EXPECT_TRUE(judged.hard);
  }
  for (const LegVerdict& context :
       {forbidden(), down(), gone(), limit(), stopped(), at_host(down()), elsewhere(page())}) {
    EXPECT_EQ(name(compare(legs(limit(), context)).outcome), "unreachable");
    EXPECT_EQ(name(compare(legs(limit(), context)).blame), "unknown");
  }
}

TEST(Compare, OutcomeNamesWhatDecided) {
  const std::pair<Comparison, RuleReference> table[] = {
      {legs(page(), stopped()), {"stop", 2}},
      {legs(page(), refused(Outcome::login_wall, "login")), {"login", 2}},
      {legs(page(), forbidden()), {"builtin-status", 1}},
      {legs(page(), gone()), {"builtin-status", 1}},
      {legs(page(), served(true)), {"builtin-detail-marker", 1}},
      {legs(page(), page()), {"builtin-same-page", 1}},
      {legs(page(), down()), {"builtin-network-failure", 1}},
      {legs(gone(), gone()), {"builtin-status", 1}},
      {legs(page(), limit()), {"builtin-limit", 1}},
      {legs(page(), served()), {"", 0}},
  };
  for (const auto& [comparison, rule] : table) EXPECT_EQ(compare(comparison).rule, rule) << rule.id;
}

TEST(Compare, FailureIsKeptWhereItDecidedOrNobodyCanTell) {
  EXPECT_EQ(compare(with_gateway(legs(page(), at_host(down())), page(), true)).failure->name, FailureName::tcp_reset);
  EXPECT_EQ(compare(legs(page(), forbidden())).failure->code, 403);
  EXPECT_EQ(compare(legs(page(), down(FailureName::dns_nxdomain))).failure->name, FailureName::dns_nxdomain);
  EXPECT_EQ(compare(legs(limit(), down())).failure->name, FailureName::body_too_large);
  EXPECT_EQ(compare(legs(page(), at_host(forbidden()))).failure->code, 403) << "also where nobody can be held to it";
  EXPECT_FALSE(compare(legs(page(), stopped())).failure.has_value());
  EXPECT_FALSE(compare(legs(down(), served(true))).failure.has_value());
}

}  // namespace
}  // namespace linkaudit::probes
