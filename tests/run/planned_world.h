// A small world for planning: catalogs from a few lines, a clock that the test moves, a prober that makes things up.
#pragma once

#include <functional>
#include <random>
#include <stdexcept>
#include <string>

#include "audit/catalog/load.h"
#include "audit/law/calendar.h"
#include "audit/run/planner.h"
#include "audit/run/runner.h"
#include "tests/log/case_file.h"

namespace linkaudit::run::test {

inline Instant at(const std::string& text) {
  const auto instant = law::parse_instant(text);
  if (!instant) throw std::invalid_argument(text);
  return *instant;
}

// Two contexts (chat/group without a gateway, chat/feed with one), three links (shop/one, shop/two, other/one), and
// the lines given below `schedules:`.
inline std::string catalog_text(const std::string& schedules, const std::string& more = "") {
  return R"(version: 1
zone: Asia/Shanghai
vantage: {id: here, name: {en: Here, zh: 此处}}
hosts:
  - id: chat
    name: {en: Chat, zh: 聊}
    operator: {en: O, zh: 主}
    domains: [chat.example]
    client: {user_agent: App}
    contexts:
      - {id: group, name: {en: Group, zh: 群}, kind: group}
      - {id: feed, name: {en: Feed, zh: 圈}, kind: feed, gateway: {url: "https://chat.example/?u={url}"}}
platforms:
  - id: shop
    name: {en: Shop, zh: 店}
    operator: {en: P, zh: 商}
    category: ecommerce
    domains: [shop.example]
    links: [{id: one, kind: product, url: "https://shop.example/1"}, {id: two, kind: product, url: "https://shop.example/2"}]
  - id: other
    name: {en: Other, zh: 他}
    operator: {en: Q, zh: 他}
    category: video
    domains: [other.example]
    links: [{id: one, kind: product, url: "https://other.example/1"}, {id: none, kind: product}]
)" + more +
         (schedules.empty() ? "" : "schedules:\n" + schedules);
}

inline catalog::Catalog catalog_of(const std::string& text) {
  auto loaded = catalog::load(std::vector<catalog::Source>{{"test.yaml", text}}, false);
  if (!loaded) throw std::invalid_argument(loaded.error().front().message());
  return std::move(*loaded);
}

class Killed : public std::runtime_error {
 public:
  Killed() : std::runtime_error("killed") {}
};

class World {
 public:
  explicit World(Instant begin) : now(begin) {}

  const log::CaseFile file;
  log::Log log = file.open();
  Shelf shelf;
  Instant now;
  std::chrono::milliseconds per_look{500};
  std::function<void()> before_killed = [] {};
  int killed_after = -1;  // looks; never when below 0
  std::function<bool(const probes::Target&)> fails = [](const probes::Target&) { return false; };  // a soft failure
  std::vector<std::string> looked;  // "shop/one chat/group", in order

  // As `run --due` does. Throws Killed.
  log::RunRecord run(const catalog::Catalog& catalog, const std::string& schedule = "") {
    begin_era(catalog, log, shelf, now);
    Planner planner(catalog, log, shelf);
    const Instant planned_at = now;
    const Plan plan = planner.due(planned_at, {}, schedule);
    if (plan.planned() == 0) return {};
    RunRequest request{"due", schedule};
    request.overlapped = [&](Instant ended) { return planner.overlapped(plan, planned_at, ended); };
    return execute(
        catalog, log, plan, request, [&] { return now; }, {}, {}, prober());
  }

  // Somebody else saw the cell blocked just now.
  void contradict(const std::string& link, const std::string& context, probes::Tier tier) {
    probes::Observation seen;
    seen.at = now;
    seen.link = link;
    seen.url = "https://" + link;
    seen.platform = link.substr(0, link.find('/'));
    seen.context = context;
    seen.tier = tier;
    seen.method = "http";
    seen.vantage = "elsewhere";
    seen.outcome = probes::Outcome::blocked;
    seen.blame = probes::Blame::platform;
    const std::vector<log::NewEntry> entries = {log::NewObservation{seen, std::nullopt}};
    log.append(entries, now);
  }

  // As run() would, without looking.
  Plan planned(const catalog::Catalog& catalog, const catalog::Selection& selection = {}) {
    begin_era(catalog, log, shelf, now);
    return Planner(catalog, log, shelf).due(now, selection);
  }

 private:
  ProbeFunction prober() {
    return [this](std::span<const probes::Target> targets, const probes::NowFunction& clock,
                  const probes::ProbeSink& sink, const std::stop_token&, const std::function<bool()>&) {
      for (std::size_t target = 0; target < targets.size(); ++target) {
        if (killed_after == 0) {
          before_killed();
          throw Killed();
        }
        if (killed_after > 0) --killed_after;
        now += per_look;
        sink(probes::Probed{target, seen(targets[target], clock()), {}});
      }
    };
  }

  probes::Observation seen(const probes::Target& target, Instant instant) {
    looked.push_back(target.link->id + " " + target.context->id);
    probes::Observation observation;
    observation.at = instant;
    observation.link = target.link->id;
    observation.url = target.link->url;
    observation.platform = target.link->platform;
    observation.context = target.context->id;
    observation.tier = target.context->gateway ? probes::Tier::gateway : probes::Tier::target;
    observation.method = "http";
    observation.vantage = "here";
    observation.outcome = probes::Outcome::direct;
    observation.blame = probes::Blame::none;
    if (fails(target)) {
      observation.outcome = probes::Outcome::unreachable;
      observation.blame = probes::Blame::unknown;
      observation.failure = probes::Failure{};
      observation.failure->name = probes::FailureName::tcp_timeout;
    }
    return observation;
  }
};

}  // namespace linkaudit::run::test
