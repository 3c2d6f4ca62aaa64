// The lab's pages under the built-in catalog, from bytes to outcome and blame, without a network: every cell on every
// day of the lab's table must come out as its row says.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "audit/catalog/load.h"
#include "probes/classify.h"
#include "probes/fetch/following.h"
#include "probes/lab/play.h"

namespace linkaudit::probes {
namespace {

Failure failure_at(FailureName name, std::size_t hop) {
  Failure failure;
  failure.name = name;
  failure.layer = layer_of(name);
  failure.hop = static_cast<int>(hop);
  return failure;
}

// What a fetcher brings home from the lab.
class Walker {
 public:
  Walker(const LabTable& table, const LabOutage& outage) : table_(table), outage_(outage) {}

  LegResult walk(LegRequest request) const {
    LegResult leg;
    leg.request = std::move(request);
    auto at = parse_url(leg.request.url);
    for (int hop = 0; hop < 12 && at; ++hop) {
      Exchange exchange = ask(at->text, leg.request.client);
      if (exchange.failure) leg.failure = failure_at(exchange.failure->name, leg.exchanges.size());
      leg.exchanges.push_back(std::move(exchange));
      if (leg.failure) return leg;
      PageCache pages(0);
      const Following next = follow(leg.exchanges.back(), *at, pages);
      const auto* onward = std::get_if<Onward>(&next);
      if (onward == nullptr) return leg;
      at = onward->url;
    }
    ADD_FAILURE() << "a loop at " << leg.request.url;
    return leg;
  }

 private:
  Exchange ask(const std::string& url, const Client& client) const {
    auto request = request_for(url);
    request->user_agent = client.user_agent;
    const LabAnswer answer = play(*request, table_, outage_);
    Exchange exchange;
    exchange.hop.url = url;
    if (answer.line == LabAnswer::Line::reset) exchange.failure = failure_at(FailureName::tcp_reset, 0);
    if (answer.line == LabAnswer::Line::hold) exchange.failure = failure_at(FailureName::http_timeout, 0);
    if (exchange.failure) return exchange;
    exchange.hop.status = answer.status;
    exchange.headers = {{"Content-Type", answer.content_type}};
    if (!answer.location.empty()) exchange.headers.emplace_back("Location", answer.location);
    exchange.body = answer.body;
    return exchange;
  }

  const LabTable& table_;
  const LabOutage& outage_;
};

// A gateway that is told the context, as the lab's overlay has it.
LegRequest through(const Context& context, const std::string& link) {
  LegRequest request;
  request.url = request.link_url = link;
  request.client = context.client;
  if (!context.gateway) return request;
  request.through_gateway = true;
  request.url = context.gateway->url;
  request.url.replace(request.url.find("{url}"), 5, encode_parameter(link));
  request.url += "&lab_context=" + context.id.substr(context.id.find('/') + 1);
  return request;
}

class Audit {
 public:
  Audit() : catalog_(*catalog::load({})), classifier_(catalog::knowledge_of(catalog_)) {}

  std::vector<Target> targets() const {
    std::vector<Target> targets = catalog::select(catalog_, {});
    std::erase_if(targets, [](const Target& target) { return target.link->url.empty(); });
    return targets;
  }

  Judged judge(const Target& target, const LabTable& table, const LabOutage& outage = {}) const {
    const Walker walker(table, outage);
    const std::string& host = target.context->host;
    const std::string& platform = target.link->platform;
    LegRequest plain;
    plain.url = plain.link_url = target.link->url;
    plain.client = catalog_.control_client;
    Comparison legs;
    legs.control = judge_leg(classifier_, walker.walk(plain), "", platform);
    legs.context = judge_leg(classifier_, walker.walk(through(*target.context, target.link->url)), host, platform);
    legs.seen_again = legs.context.failure.has_value();  // the lab does it each time
    if (target.context->gateway) {
      const LegRequest control = through(*target.context, "https://www.qq.com/");
      legs.gateway_control = judge_leg(classifier_, walker.walk(control), host, "");
    }
    return compare(legs);
  }

 private:
  catalog::Catalog catalog_;
  Classifier classifier_;
};

class LabPages : public testing::TestWithParam<std::string> {};

TEST_P(LabPages, EveryCellIsJudgedAsItsRowExpects) {
  const Audit audit;
  const LabTable table(default_rows(), GetParam());
  std::set<std::string> behaviours;
  for (const Target& target : audit.targets()) {
    const auto row = table.in_force(target.context->host, target.context->id, target.link->platform);
    ASSERT_TRUE(row.has_value());
    behaviours.insert(std::string(name(row->behaviour)));
    const Judged judged = audit.judge(target, table);
    const std::string cell = target.context->id + " " + target.link->id + ", " + std::string(name(row->behaviour)) +
                             ", rule " + judged.rule.id;
    EXPECT_EQ(name(judged.outcome), name(row->outcome)) << cell;
    EXPECT_EQ(name(judged.blame), name(row->blame)) << cell;
  }
  EXPECT_GT(behaviours.size(), 15u);
}

INSTANTIATE_TEST_SUITE_P(Days, LabPages,
                         testing::Values("2018-05-21", "2021-09-17", "2021-11-29", "2023-01-10", "2023-01-11"),
                         [](const auto& day) {
                           std::string name = "On" + day.param;
                           std::erase(name, '-');
                           return name;
                         });

struct Outage {
  const char* what;
  LabOutage outage;
  Blame worst;
};

TEST(LabPagesOutage, NobodyIsBlamedForWhatFailsForEveryone) {
  const Audit audit;
  const LabTable table({{"", "", "", "2000-01-01", Behaviour::direct, Outcome::direct, Blame::none}}, "");
  const Outage table_of_outages[] = {
      {"the gateway resets", {Behaviour::gateway_reset, std::nullopt, false}, Blame::unknown},
      {"the gateway is silent", {Behaviour::gateway_slow, std::nullopt, false}, Blame::unknown},
      {"the gateway errs", {Behaviour::gateway_error, std::nullopt, false}, Blame::unknown},
      {"the target resets", {std::nullopt, Behaviour::target_reset, false}, Blame::target_down},
      {"the target errs", {std::nullopt, Behaviour::target_error, false}, Blame::target_down},
      {"the target is gone", {std::nullopt, Behaviour::target_gone, false}, Blame::target_down},
      {"both are down", {Behaviour::gateway_reset, Behaviour::target_reset, false}, Blame::target_down},
  };
  for (const Outage& row : table_of_outages) {
    std::set<Blame> blamed;
    for (const Target& target : audit.targets()) blamed.insert(audit.judge(target, table, row.outage).blame);
    EXPECT_TRUE(blamed.contains(row.worst)) << row.what;
    blamed.erase(row.worst);
    blamed.erase(Blame::none);
    EXPECT_TRUE(blamed.empty()) << row.what;
  }
}

TEST(LabPagesOutage, GatewayThatStopsEveryLinkIsNoted) {
  const Audit audit;
  const LabTable table({{"", "", "", "2000-01-01", Behaviour::direct, Outcome::direct, Blame::none}}, "");
  const LabOutage outage{Behaviour::stop_page, std::nullopt, false};
  int looked = 0;
  for (const Target& target : audit.targets()) {
    if (!target.context->gateway) continue;
    ++looked;
    const Judged judged = audit.judge(target, table, outage);
    EXPECT_EQ(name(judged.outcome), "blocked") << target.link->id;
    EXPECT_EQ(judged.notes, std::vector<std::string>{"link_specific=false"}) << target.link->id;
  }
  EXPECT_GT(looked, 10);
}

}  // namespace
}  // namespace linkaudit::probes
