#include "tests/query/world.h"

#include <stdexcept>
#include <utility>

#include "audit/law/calendar.h"

namespace linkaudit::query {
namespace {

law::Obligation obligation(const std::string& id) {
  law::Obligation each;
  each.id = id;
  each.effective = {2021, 9, 17};
  each.zone = "Asia/Shanghai";
  return each;
}

catalog::Platform platform(const std::string& id, const std::string& category, const std::vector<std::string>& links) {
  catalog::Platform each;
  each.id = id;
  each.name = {id, id};
  each.category = category;
  for (const std::string& link : links) each.links.emplace_back().id = id + "/" + link;
  return each;
}

}  // namespace

catalog::Catalog small_catalog() {
  catalog::Catalog catalog;
  catalog::Host& wechat = catalog.hosts.emplace_back();
  wechat.id = "wechat";
  wechat.name = {"WeChat", "微信"};
  for (const char* kind : {"group", "feed"}) {
    catalog::HostContext& context = wechat.contexts.emplace_back();
    context.id = std::string("wechat/") + kind;
    context.name = {kind, kind};
    context.kind = kind;
  }
  wechat.operator_name = {"Tencent", "腾讯"};
  catalog.platforms = {platform("taobao", "ecommerce", {"item", "home"}), platform("jd", "ecommerce", {"item"}),
                       platform("pdd", "ecommerce", {"item"}), platform("library", "books", {"book"})};
  law::Obligation opening = obligation("opening"), alike = obligation("alike"), lower = obligation("lower");
  opening.requires_.outcomes = {probes::Outcome::direct};
  alike.requires_.parity = {law::ParityOver::outcome, law::ParityOver::presentation, law::ParityOver::steps};
  lower.requires_.max_steps = 1;
  lower.tier = probes::Tier::target;
  catalog.obligations = {opening, alike, lower};
  catalog.reports.push_back({"full", {"Audit", "审计"}});
  return catalog;
}

Instant at(std::string text) {
  if (text.size() == 10) text += "T12:00:00";
  if (text.find_first_of("Z+") == std::string::npos) text += "+08:00";
  const auto parsed = law::parse_instant(text);
  if (!parsed) throw std::invalid_argument("no instant: " + text);
  return *parsed;
}

probes::Observation person(const std::string& when, const std::string& link, const std::string& context,
                           probes::Outcome outcome, const std::string& observer) {
  probes::Observation seen = probe(when, link, context, outcome, probes::Tier::in_app);
  seen.method = "attestation";
  seen.observer = observer;
  return seen;
}

probes::Observation probe(const std::string& when, const std::string& link, const std::string& context,
                          probes::Outcome outcome, probes::Tier tier) {
  probes::Observation seen;
  seen.at = at(when);
  seen.link = link;
  seen.platform = link.substr(0, link.find('/'));
  seen.context = context;
  seen.vantage = "local";
  seen.tier = tier;
  seen.outcome = outcome;
  const auto opens = probes::opens_directly(outcome);
  seen.blame = !opens ? probes::Blame::unknown : *opens ? probes::Blame::none : probes::Blame::host;
  return seen;
}

Told::Told(const std::vector<probes::Observation>& seen) {
  constexpr std::size_t kTogether = 17;
  std::vector<log::NewEntry> entries;
  for (const probes::Observation& each : seen) {
    entries.push_back(log::NewObservation{each, std::nullopt});
    if (entries.size() == kTogether || &each == &seen.back()) log_.append(std::exchange(entries, {}), at("2022-03-01"));
  }
}

void Told::tell(const std::vector<log::NewEntry>& entries) {
  log_.append(entries, at("2022-03-02"));
}

}  // namespace linkaudit::query
