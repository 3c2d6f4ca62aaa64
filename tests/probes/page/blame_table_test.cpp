// Every end of a control leg beside every end of a context leg, from what was fetched: as data/blame.csv has it.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "tests/probes/page/fetched_legs.h"

namespace linkaudit::probes {
namespace {

using Answers = std::map<std::string, std::string>;  // of the table: "served,detail" -> "direct,none,-,-"

Answers read_answers() {
  std::ifstream file(LINKAUDIT_TEST_DATA "/blame.csv");
  Answers answers;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::size_t end = line.find(',', line.find(',') + 1);
    EXPECT_TRUE(answers.emplace(line.substr(0, end), line.substr(end + 1)).second) << line << ": twice";
  }
  answers.erase("control,context");
  return answers;
}

// How a leg ended, and the word that the table has for it.
struct Ended {
  std::string how;
  const char* word;
  LegResult leg;
  std::optional<LegResult> gateway_control = std::nullopt;
  bool again = true;
};

constexpr const char* kShown = "<title>Tea</title><p>加入购物车</p>";
constexpr const char* kLogin = "<p>请先登录</p>";
constexpr const char* kStopped = "<p>已停止访问该网页</p>";
constexpr const char* kJump = "<script>location.href='chat://open'</script><p>正在打开</p>";
constexpr const char* kElsewhere = "https://nobody.example/";

// What the target says, to whomever: the way to it lies before it.
std::vector<Ended> ends_at_target(const std::vector<Exchange>& way) {
  std::vector<Ended> ends;
  const auto add = [&](std::string how, const char* word, Exchange last) {
    std::vector<Exchange> exchanges = way;
    exchanges.push_back(std::move(last));
    ends.push_back({std::move(how), word, leg_of(std::move(exchanges))});
  };
  add("login", "refused", answered(kLink, 200, kLogin));
  add("risk", "refused", answered("https://shop.example/risk", 200));
  for (const int status : {401, 403, 429, 451}) {
    add("status " + std::to_string(status), "refused", answered(kLink, status));
  }
  for (const int status : {404, 410, 500, 502, 503, 511, 599}) {
    add("status " + std::to_string(status), "down_by_status", answered(kLink, status));
  }
  for (int value = 0; value <= static_cast<int>(FailureName::unknown_failure); ++value) {
    const auto failure = static_cast<FailureName>(value);
    const Layer layer = layer_of(failure);
    if (failure == FailureName::http_status) continue;
    const bool ours = layer == Layer::limit || layer == Layer::unknown;
    add(std::string(name(failure)), ours ? "limit" : "network", failed(kLink, failure));
  }
  for (const int status : {199, 300, 302, 304, 306, 400, 405, 418, 499, 600, 999}) {
    add("status " + std::to_string(status), "else", answered(kLink, status));
  }
  add("nobody's page", "else", answered(kElsewhere, 200, kShown));
  add("nobody's stop page", "else", answered(kElsewhere, 200, kStopped));
  add("another platform's page", "else", answered("https://video.example/1", 200, kShown));
  add("another host app's page", "else", answered("https://feed.example/", 200));
  add("a jump on another host app's page", "else", answered("https://feed.example/", 200, kJump));
  return ends;
}

std::vector<Ended> controls() {
  std::vector<Ended> ends = ends_at_target({});
  for (Ended& end : ends) {
    const std::string word = end.word;
    if (word == "network" || word == "down_by_status") end.word = "down";
  }
  ends.push_back({"the page", "served", leg_of({answered(kLink, 200)})});
  ends.push_back({"the page, moved", "served", leg_of({left(kLink), answered("https://s.example/1", 203)})});
  ends.push_back({"the host app's stop page", "else", leg_of({left(kLink), answered(kStop, 200, kStopped)})});
  ends.push_back({"a jump on the host app's page", "else", leg_of({left(kLink), answered(kStop, 200, kJump)})});
  return ends;
}

void add_ends_at_gateway(std::vector<Ended>& ends) {
  const LegResult passes = leg_of({left(kGate), answered("https://video.example/known", 200)});
  const LegResult fails = leg_of({failed(kGate, FailureName::tcp_reset)});
  const auto at_gateway = [&](std::string how, const char* word, Exchange answer, std::optional<LegResult> control,
                              bool again = true) {
    ends.push_back({std::move(how), word, leg_of({std::move(answer)}), std::move(control), again});
  };
  for (const FailureName failure :
       {FailureName::tcp_reset, FailureName::dns_nxdomain, FailureName::tls_expired, FailureName::http_timeout}) {
    const std::string how(name(failure));
    at_gateway(how, "host_again", failed(kGate, failure), passes);
    at_gateway(how + " once", "host_otherwise", failed(kGate, failure), passes, false);
    at_gateway(how + " of its control, too", "host_otherwise", failed(kGate, failure), fails);
    at_gateway(how + " without a control", "host_otherwise", failed(kGate, failure), std::nullopt);
  }
  const LegResult undecodable = leg_of({failed(kGate, FailureName::decode_error)});
  at_gateway("no valid gzip", "host_error", failed(kGate, FailureName::decode_error), passes);
  at_gateway("no valid gzip, ever", "host_error_always", failed(kGate, FailureName::decode_error), undecodable);
  at_gateway("a broken redirect", "host_error", failed(kGate, FailureName::invalid_redirect), passes);
  at_gateway("broken redirects", "host_error_always", failed(kGate, FailureName::invalid_redirect), fails);
  for (const int status : {404, 410, 500, 503}) {
    const std::string how = "status " + std::to_string(status) + " of the gateway";
    at_gateway(how, "host_error", answered(kGate, status), passes);
    at_gateway(how + ", no control", "host_error", answered(kGate, status), std::nullopt);
    at_gateway(how + ", always", "host_error_always", answered(kGate, status), leg_of({answered(kGate, status)}));
  }
  for (const int status : {401, 403, 451}) at_gateway("it refuses", "host_refusal", answered(kGate, status), passes);
  at_gateway("its rate limit", "host_rate_limit", answered(kGate, 429), passes);
  for (const int status : {200, 302, 400, 600, 999}) {
    at_gateway("it answers " + std::to_string(status), "else", answered(kGate, status), passes);
  }
  at_gateway("it stops", "stopped", answered(kGate, 200, kStopped), passes);
  at_gateway("it jumps into an app", "stopped", answered(kGate, 200, kJump), passes);
}

std::vector<Ended> contexts() {
  std::vector<Ended> ends = ends_at_target({left(kGate)});
  const auto served = [&](const char* how, const char* word, Exchange page) {
    ends.push_back({how, word, leg_of({left(kGate), std::move(page)})});
  };
  served("a detail marker", "detail", answered("https://shop.example/other", 200, kShown));
  served("the same page", "same", answered(kLink, 200, "<title>u</title><p>words</p>"));
  served("another page", "otherwise", answered("https://shop.example/home", 200, "<title>Home</title><p>words</p>"));
  served("an empty page", "otherwise", answered(kLink, 200, ""));
  served("the host app's stop page", "stopped", answered(kStop, 200, kStopped));
  served("it with an error status", "stopped", answered(kStop, 404, kStopped));
  served("the host app's page without a rule", "else", answered(kStop, 200));
  add_ends_at_gateway(ends);
  return ends;
}

std::string joined(const std::vector<std::string>& notes) {
  std::string text;
  for (const std::string& note : notes) text += (text.empty() ? "" : " ") + note;
  return text.empty() ? "-" : text;
}

// As the table spells it; `own`: the outcome that the context leg's rule has, "blocked" without one.
std::string spelled(const Judged& judged, const std::string& own, bool its_own) {
  const std::string outcome(name(judged.outcome));
  const char* specific = !judged.context_specific ? "-" : *judged.context_specific ? "true" : "false";
  return (its_own && outcome == own ? "its_own" : outcome) + "," + std::string(name(judged.blame)) + "," + specific +
         "," + joined(judged.notes);
}

TEST(BlameTable, HoldsForEveryEndOfOneLegBesideEveryEndOfTheOther) {
  const Classifier classifier = world();
  const Answers answers = read_answers();
  std::map<std::string, int> met;
  for (const Ended& d : controls()) {
    const LegVerdict control = judge_leg(classifier, d.leg, "", "shop");
    for (const Ended& h : contexts()) {
      Comparison legs{control, judge_leg(classifier, h.leg, "chat", "shop"), std::nullopt, h.again};
      if (h.gateway_control) legs.gateway_control = judge_leg(classifier, *h.gateway_control, "chat", "video");
      const bool same = h.how == d.how && std::string(h.word) == "refused";
      // Two addresses of the shop: only the first is the one that the context leg ended at, too.
      std::string word = same ? "same_refusal" : h.word;
      if (word == "same" && d.how == "the page, moved") word = "otherwise";
      const std::string pair = std::string(d.word) + "," + word;
      ASSERT_TRUE(answers.contains(pair)) << pair;
      ++met[pair];
      const std::string& expected = answers.at(pair);
      const std::string own(name(legs.context.outcome.value_or(Outcome::blocked)));
      EXPECT_EQ(spelled(compare(legs), own, expected.starts_with("its_own")), expected)
          << pair << ": D " << d.how << ", H " << h.how;
    }
  }
  EXPECT_EQ(met.size(), answers.size()) << "a line of the table that nothing leads to";
}

// Whoever reads it need not look for a rule that is there.
TEST(BlameTable, RuleThatAPageMetIsNamedWhereNothingFollowsFromIt) {
  const Classifier classifier = world();
  const LegVerdict stopped = judge_leg(classifier, leg_of({answered(kGate, 200, kStopped)}), "chat", "shop");
  const LegVerdict login = judge_leg(classifier, leg_of({left(kGate), answered(kLink, 200, kLogin)}), "chat", "shop");
  const LegVerdict nonsense = judge_leg(classifier, leg_of({answered(kLink, 400)}), "", "shop");
  EXPECT_EQ(compare({nonsense, stopped, std::nullopt, false}).rule, (RuleReference{"stop", 3}));
  EXPECT_EQ(compare({nonsense, login, std::nullopt, false}).rule.id, "login");
  EXPECT_EQ(compare({nonsense, nonsense, std::nullopt, false}).rule.id, "");
  EXPECT_EQ(compare({nonsense, stopped, stopped, false}).notes,
            (std::vector<std::string>{"link_specific=false", "control_unclear"}));
}

}  // namespace
}  // namespace linkaudit::probes
