#include "tests/log/samples.h"

#include <stdexcept>

#include "audit/log/instant_text.h"

namespace linkaudit::log {
namespace {

probes::Hop full_hop(const std::string& url, int status, const std::string& via, double shift) {
  probes::Hop hop;
  hop.url = url;
  hop.status = status;
  hop.via = via;
  hop.address = "203.0.113." + std::to_string(status % 100 + 1);
  hop.timing = {0.001 + shift, 1.234 + shift, 20.5 + shift, 30.25 + shift, 40 + shift};
  hop.http_version = "2";
  hop.tls_version = "TLSv1.3";
  hop.tls_cipher = "TLS_AES_256_GCM_SHA384";
  hop.tls_chain_sha256 = std::string(64, 'd');
  return hop;
}

probes::Page full_page(const std::string& url) {
  return {url, "商品详情 \"a\\b\"\t\x01", "gb18030", 123'456'789, std::string(64, 'c'), true};
}

probes::Failure full_failure(probes::Leg leg) {
  return {probes::FailureName::tls_expired, probes::Layer::tls, 2, leg, 60, "certificate has expired"};
}

probes::ControlResult full_control() {
  probes::ControlResult control;
  control.outcome = probes::Outcome::login_wall;
  control.end = probes::LegEnd::refused;
  control.rule = {"taobao-login", 3};
  control.hops = {full_hop("https://login.taobao.com/", 401, "", 7)};
  control.page = full_page("https://login.taobao.com/?a=b");
  control.failure = full_failure(probes::Leg::control);
  return control;
}

}  // namespace

Instant at(std::string_view text) {
  const auto instant = instant_from_text(text);
  if (!instant) throw std::invalid_argument(std::string(text));
  return *instant;
}

Instant minute(std::int64_t number) {
  return at("2022-01-01T00:00:00.000Z") + std::chrono::minutes(number);
}

probes::Observation full_observation() {
  probes::Observation seen;
  seen.at = at("2022-01-27T04:05:06.789Z");
  seen.link = "taobao/item";
  seen.url = "https://item.taobao.com/item.htm?id=1&x=%E6%B7%98";
  seen.platform = "taobao";
  seen.context = "wechat/group";
  seen.method = "http";
  seen.tier = probes::Tier::gateway;
  seen.vantage = "shanghai";
  seen.outcome = probes::Outcome::external_browser;
  seen.steps = 2;
  seen.rule = {"wechat-stop-page", 4};
  seen.blame = probes::Blame::host;
  seen.context_specific = true;
  seen.presentation = probes::Presentation::folded;
  seen.hard = false;
  seen.failure = full_failure(probes::Leg::context);
  seen.hops = {full_hop("https://weixin110.qq.com/", 302, "http", 0), full_hop("https://example.com/", 200, "", 3)};
  seen.page = full_page("https://example.com/final");
  seen.control = full_control();
  seen.facts = {{"add_to_cart", "no"}, {"payment", "alipay"}, {"\xEF\xAC\xB3", "z"}, {"\xF0\x9F\x98\x80", "y"}};
  seen.attempt = 3;
  seen.earlier = {{seen.at - std::chrono::milliseconds(1500), "https://example.com/", "203.0.113.9",
                   full_failure(probes::Leg::context)},
                  {seen.at - std::chrono::milliseconds(200), "", "", full_failure(probes::Leg::control)}};
  seen.evidence = std::string(64, 'e');
  seen.notes = {"gateway_down", "link_specific=false"};
  return seen;
}

probes::Observation full_attestation() {
  probes::Observation seen;
  seen.at = at("2022-01-27T04:05:06.007Z");
  seen.link = "xianyu/item";
  seen.platform = "xianyu";
  seen.context = "wechat/one_to_one";
  seen.method = "attestation";
  seen.tier = probes::Tier::in_app;
  seen.vantage = "desk";
  seen.outcome = probes::Outcome::direct;
  seen.steps = 0;
  seen.blame = probes::Blame::none;
  seen.context_specific = false;
  seen.facts = {{"buy_now", "yes"}};
  seen.observer = "news desk";
  seen.client = "WeChat 8.0.18";
  seen.source = "clause 3";
  seen.note = "opened at once\nthe second time as well";
  seen.screenshot = std::string(64, 'd');
  seen.valid_days = 14;
  return seen;
}

Gap full_gap() {
  return {at("2022-01-27T03:00:00.001Z"),
          "taobao/item",
          "wechat/group",
          "daily",
          "own_line_down",
          "http",
          "shanghai",
          false,
          "proxy_failure (limit) of the canary leg: no answer"};
}

RunRecord full_run() {
  return {at("2022-01-27T03:00:00.000Z"),
          at("2022-01-27T03:09:59.999Z"),
          "due",
          "daily",
          "shanghai",
          false,
          12,
          10,
          {{"missed", 1}, {"no_url", 1}},
          std::string(64, 'e')};
}

CatalogRecord full_catalog() {
  return {at("2022-01-27T02:00:00.000Z"), std::string(64, 'e'), "", {"daily", "weekly"}};
}

Annotation full_annotation() {
  return {at("2022-01-28T01:02:03.004Z"), AnnotationKind::withdrawal, 1, "news desk", "the wrong chat", 0, false};
}

WaiverRecord full_waiver() {
  return {at("2022-01-28T01:02:03.004Z"),
          WaiverChange::withdrawn,
          "W-1",
          "migration of the shop",
          "head of compliance",
          "2021-10-01",
          "2021-12-31",
          "Asia/Shanghai",
          {{"platforms", {"jd", "pdd"}}, {"kinds", {"group"}}},
          {{"links", {"jd/item"}}},
          {"miit-2021-unblock"},
          at("2022-01-27T00:00:00.000Z"),
          std::string(64, 'c'),
          false};
}

Remark full_remark() {
  return {at("2022-02-01T01:02:03.004Z"),
          "miit-2021-unblock",
          "taobao",
          "wechat/moments",
          "office for platforms",
          "ask the host app",
          "2022-02-15",
          "a letter is on its way",
          std::string(64, 'd'),
          false};
}

IssuedReport full_report() {
  return {at("2022-02-01T01:00:00.000Z"),
          at("2022-01-31T16:00:00.000Z"),
          at("2021-12-31T16:00:00.000Z"),
          40,
          "monthly",
          "zh",
          "2022-01.xlsx",
          std::string(64, 'a'),
          12345,
          38,
          std::string(64, 'b'),
          std::string(64, 'c'),
          {"--since 2022-01-01"},
          false};
}

probes::Observation seen(std::int64_t minute_number, probes::Outcome outcome) {
  probes::Observation seen;
  seen.at = minute(minute_number);
  seen.link = "taobao/item";
  seen.url = "https://item.taobao.com/";
  seen.platform = "taobao";
  seen.context = "wechat/group";
  seen.vantage = "local";
  seen.outcome = outcome;
  seen.blame = outcome == probes::Outcome::direct ? probes::Blame::none : probes::Blame::host;
  return seen;
}

NewEntry entry(probes::Observation observation) {
  return NewObservation{std::move(observation), std::nullopt};
}
NewEntry entry(std::int64_t minute_number, probes::Outcome outcome) {
  return entry(seen(minute_number, outcome));
}

std::vector<std::int64_t> append(Log& log, const std::vector<NewEntry>& entries, const std::vector<Blob>& blobs) {
  return log.append(entries, at("2022-02-01T00:00:00.000Z"), blobs);
}

std::int64_t append(Log& log, const NewEntry& one) {
  return append(log, std::vector<NewEntry>{one}).front();
}

std::vector<LoggedObservation> observations(const Log& log, const Horizon& horizon, const ObservationFilter& filter) {
  std::vector<LoggedObservation> found;
  for_each_observation(log, horizon, filter, [&](const LoggedObservation& logged) {
    found.push_back(logged);
    return true;
  });
  return found;
}

std::vector<std::int64_t> numbers(const Log& log, const Horizon& horizon, const ObservationFilter& filter) {
  std::vector<std::int64_t> found;
  for (const LoggedObservation& logged : observations(log, horizon, filter)) found.push_back(logged.entry);
  return found;
}

std::vector<LoggedGap> gaps(const Log& log, const Horizon& horizon) {
  std::vector<LoggedGap> found;
  for_each_gap(log, horizon, [&](const LoggedGap& gap) {
    found.push_back(gap);
    return true;
  });
  return found;
}

}  // namespace linkaudit::log
