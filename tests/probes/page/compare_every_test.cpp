// The table of blame has an answer for everything.
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "tests/probes/page/comparing.h"

namespace linkaudit::probes {
namespace {

std::vector<LegVerdict> every_leg() {
  std::vector<LegVerdict> all;
  for (const LegVerdict& leg :
       {page(), served(true), served(), refused(Outcome::login_wall, "login"), forbidden(), stopped(),
        stopped(Outcome::confirm), down(), gone(), down(FailureName::unknown_failure), limit()}) {
    all.insert(all.end(), {leg, at_host(leg), elsewhere(leg), blank(leg)});
  }
  LegVerdict bare;
  for (const LegEnd end : {LegEnd::served, LegEnd::refused, LegEnd::stopped, LegEnd::down, LegEnd::limit}) {
    bare.end = end;
    all.push_back(bare);
  }
  return all;
}

// Whatever the legs: an answer that does not contradict itself, and nobody blamed without a reason.
TEST(Compare, EveryCombinationHasAnAnswer) {
  std::vector<std::optional<LegVerdict>> gateways = {std::nullopt, page(), stopped(), down()};
  std::set<Outcome> outcomes;
  for (const LegVerdict& control : every_leg()) {
    for (const LegVerdict& context : every_leg()) {
      for (const auto& gateway : gateways) {
        for (const bool again : {false, true}) {
          const Judged judged = compare({control, context, gateway, again});
          outcomes.insert(judged.outcome);
          const bool open = judged.outcome == Outcome::direct;
          EXPECT_EQ(judged.blame == Blame::none, open);
          const bool unclassified = judged.outcome == Outcome::unclassified;
          EXPECT_TRUE(unclassified ? judged.rule == context.rule : !judged.rule.id.empty());
          const bool cannot_tell = judged.outcome == Outcome::unreachable || judged.outcome == Outcome::unclassified;
          const bool nobody = judged.blame == Blame::unknown || judged.blame == Blame::target_down;
          EXPECT_TRUE(!cannot_tell || nobody);
          if (judged.blame == Blame::host) {
            EXPECT_TRUE(context.end == LegEnd::stopped ||
                        (context.end == LegEnd::down && context.failed_on_host_app && again));
            EXPECT_TRUE(control.end == LegEnd::refused || (control.end == LegEnd::served && !control.unknown_page));
          }
          EXPECT_TRUE(judged.hard || judged.failure.has_value());
          EXPECT_NE(judged.blame, Blame::own_line);
        }
      }
    }
  }
  EXPECT_GE(outcomes.size(), 6u);
}

}  // namespace
}  // namespace linkaudit::probes
