// Politeness, attempts, fairness, stopping.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <mutex>
#include <semaphore>

#include "tests/probes/fetch/fetching.h"

namespace linkaudit::probes {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

std::vector<std::string> paths(const ScriptServer& server) {
  std::vector<std::string> all;
  for (const Request& request : server.requests()) all.push_back(request.path);
  return all;
}

TEST(Pacing, HostIsAskedAtMostSoManyTimesAtOnce) {
  ScriptServer server;
  server.on("", page("x"));
  NetworkSettings settings = towards(server);
  settings.per_host_concurrency = 2;
  std::vector<LegRequest> requests;
  for (int i = 0; i < 20; ++i) requests.push_back(direct("http://a.cn/" + std::to_string(i)));
  EXPECT_EQ(fetch_all(settings, requests).size(), 20U);
  EXPECT_LE(server.most_at_once(), 2);
  EXPECT_LE(server.connections(), 2);
}

TEST(Pacing, RequestsToOneHostAreSpaced) {
  ScriptServer server;
  server.on("", page("x"));
  NetworkSettings settings = towards(server);
  settings.per_host_rate_per_s = 20;
  std::vector<LegRequest> requests;
  for (int i = 0; i < 5; ++i) requests.push_back(direct("http://a.cn/" + std::to_string(i)));
  const auto began = Clock::now();
  fetch_all(settings, requests);
  EXPECT_GE(Clock::now() - began, milliseconds(200));
}

// Wherever the legs come from.
TEST(Pacing, HostThatAllAreLedToIsAskedNoMoreThanIsFair) {
  ScriptServer server;
  std::atomic<int> inside = 0, most = 0;
  std::mutex mutex;
  std::vector<Clock::time_point> asked;
  server.on("/go", redirect_to("http://one.cn/end"));
  server.on("/end", [&](Peer& peer, const Request& request) {
    const int now_inside = ++inside;
    {
      const std::scoped_lock lock(mutex);
      most = std::max(most.load(), now_inside);
      asked.push_back(Clock::now());
    }
    page("x")(peer, request);
    --inside;
  });
  NetworkSettings settings = towards(server);
  settings.per_host_concurrency = 2;
  settings.per_host_rate_per_s = 50;
  std::vector<LegRequest> requests;
  for (int i = 0; i < 10; ++i) requests.push_back(direct("http://h" + std::to_string(i) + ".cn/go"));
  EXPECT_EQ(fetch_all(settings, requests).size(), 10U);
  EXPECT_LE(most, 2);
  ASSERT_EQ(asked.size(), 10U);
  EXPECT_GE(asked.back() - asked.front(), milliseconds(150));  // nine times 20 ms, less what may be late at first
}

TEST(Pacing, ManyLegsOfOneHostDoNotStarveAnother) {
  ScriptServer server;
  server.on("", page("x"));
  NetworkSettings settings = towards(server);
  settings.concurrency = 1;
  std::vector<LegRequest> requests;
  for (int i = 0; i < 6; ++i) requests.push_back(direct("http://many.cn/m" + std::to_string(i)));
  requests.push_back(direct("http://few.cn/f0"));
  requests.push_back(direct("http://few.cn/f1"));
  fetch_all(settings, requests);
  EXPECT_EQ(paths(server), (std::vector<std::string>{"/m0", "/f0", "/m1", "/f1", "/m2", "/m3", "/m4", "/m5"}));
}

TEST(Pacing, WaitingHostDoesNotHoldUpOthers) {
  ScriptServer server;
  server.on("", page("x"));
  NetworkSettings settings = towards(server);
  settings.per_host_rate_per_s = 5;
  const auto results = fetch_all(settings, {direct("http://a.cn/1"), direct("http://a.cn/2"), direct("http://b.cn/3")});
  EXPECT_EQ(results.back().request.url, "http://a.cn/2");
}

TEST(Attempts, NetworkFailureIsTriedAgainAndKept) {
  ScriptServer server;
  std::atomic<int> seen = 0;
  server.on("", [&](Peer& peer, const Request& request) {
    if (++seen == 1) return peer.reset();
    page("x")(peer, request);
  });
  NetworkSettings settings = towards(server);
  settings.attempts = 2;
  const LegResult leg = fetch(settings, direct("http://a.cn/"));
  EXPECT_EQ(failure_name(leg), "");
  EXPECT_EQ(leg.attempt, 2);
  ASSERT_EQ(leg.earlier.size(), 1U);
  EXPECT_EQ(leg.earlier[0].failure.name, FailureName::tcp_reset);
  EXPECT_EQ(leg.exchanges.size(), 1U);
}

TEST(Attempts, AreLimited) {
  ScriptServer server;
  server.on("", [](Peer& peer, const Request&) { peer.reset(); });
  NetworkSettings settings = towards(server);
  settings.attempts = 3;
  const LegResult leg = fetch(settings, direct("http://a.cn/"));
  EXPECT_EQ(failure_name(leg), "tcp_reset");
  EXPECT_EQ(leg.attempt, 3);
  EXPECT_EQ(leg.earlier.size(), 2U);
}

TEST(Attempts, OnlyTooManyAndUnavailableAmongStatusesAreTriedAgain) {
  const struct {
    std::string status;
    int attempts;
  } rows[] = {
      {"429 Too Many", 2}, {"503 Unavailable", 2}, {"500 Error", 1}, {"403 Forbidden", 1}, {"404 Not Found", 1}};
  for (const auto& row : rows) {
    ScriptServer server;
    server.on("", [&](Peer& peer, const Request&) { peer.answer(row.status, "Retry-After: 0\r\n", ""); });
    NetworkSettings settings = towards(server);
    settings.attempts = 2;
    const LegResult leg = fetch(settings, direct("http://a.cn/"));
    EXPECT_EQ(leg.attempt, row.attempts) << row.status;
    EXPECT_EQ(failure_name(leg), "") << row.status;
    const long first_code = leg.earlier.empty() ? 0 : leg.earlier[0].failure.code;
    EXPECT_EQ(first_code, row.attempts == 2 ? std::stoi(row.status) : 0);
  }
}

TEST(Attempts, RetryAfterIsHonoured) {
  ScriptServer server;
  std::atomic<int> seen = 0;
  server.on("", [&](Peer& peer, const Request& request) {
    if (++seen == 1) return peer.answer("503 Unavailable", "Retry-After: 1\r\n", "");
    page("x")(peer, request);
  });
  NetworkSettings settings = towards(server);
  settings.attempts = 2;
  const auto began = Clock::now();
  const LegResult leg = fetch(settings, direct("http://a.cn/"));
  EXPECT_EQ(leg.exchanges[0].hop.status, 200);
  EXPECT_GE(Clock::now() - began, milliseconds(950));
}

std::string http_date(std::chrono::seconds from_now) {
  const std::time_t at = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now() + from_now);
  std::tm utc{};
  gmtime_r(&at, &utc);
  char text[64];
  return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc)};
}

TEST(Attempts, RetryAfterMayBeADate) {
  ScriptServer server;
  std::atomic<int> seen = 0;
  server.on("/soon", [&](Peer& peer, const Request& request) {
    if (++seen > 1) return page("x")(peer, request);
    peer.answer("429 Too Many", "Retry-After: " + http_date(std::chrono::seconds(2)) + "\r\n", "");
  });
  server.on("/never", [](Peer& peer, const Request&) {
    peer.answer("429 Too Many", "Retry-After: " + http_date(std::chrono::hours(2)) + "\r\n", "");
  });
  NetworkSettings settings = towards(server);
  settings.attempts = 2;
  settings.budget_s = 20;
  const auto began = Clock::now();
  EXPECT_EQ(fetch(settings, direct("http://a.cn/never")).attempt, 1);
  const LegResult leg = fetch(settings, direct("http://a.cn/soon"));
  EXPECT_EQ(leg.attempt, 2);
  EXPECT_EQ(leg.exchanges[0].hop.status, 200);
  EXPECT_EQ(leg.earlier.at(0).failure.code, 429);
  EXPECT_GE(Clock::now() - began, milliseconds(900));  // a date has whole seconds
}

TEST(Attempts, OneThatWaitsHoldsUpNoOther) {
  ScriptServer server;
  server.on("/busy", [](Peer& peer, const Request&) { peer.answer("503 Unavailable", "Retry-After: 1\r\n", ""); });
  server.on("", page("x"));
  NetworkSettings settings = towards(server);
  settings.attempts = 2;
  settings.concurrency = 1;
  const auto legs = fetch_all(settings, {direct("http://a.cn/busy"), direct("http://b.cn/1"), direct("http://a.cn/2")});
  EXPECT_EQ(legs.back().request.url, "http://a.cn/busy");
}

TEST(Attempts, RetryAfterBeyondTheBudgetIsNotWaitedFor) {
  ScriptServer server;
  server.on("", [](Peer& peer, const Request&) { peer.answer("503 Unavailable", "Retry-After: 3600\r\n", ""); });
  for (const int budget_s : {0, 20}) {
    NetworkSettings settings = towards(server);
    settings.attempts = 2;
    settings.budget_s = budget_s;
    const LegResult leg = fetch(settings, direct("http://a.cn/"));
    EXPECT_EQ(leg.attempt, 1);
    EXPECT_EQ(leg.exchanges[0].hop.status, 503);
  }
}

TEST(Runner, DelayedLegWaits) {
  ScriptServer server;
  server.on("", page("x"));
  LegRunner runner(towards(server), no_names);
  const auto began = Clock::now();
  std::vector<std::string> order;
  const auto done = [&](const LegResult& leg) { order.push_back(leg.request.url); };
  runner.add(direct("http://a.cn/late"), done, 150);
  runner.add(direct("http://a.cn/now"), done);
  EXPECT_TRUE(runner.run());
  EXPECT_GE(Clock::now() - began, milliseconds(150));
  EXPECT_EQ(order, (std::vector<std::string>{"http://a.cn/now", "http://a.cn/late"}));
}

TEST(Runner, StopEndsWithinASecond) {
  std::stop_source stop;
  ScriptServer server;
  server.on("", [&](Peer& peer, const Request&) {
    stop.request_stop();
    peer.wait();
  });
  int ended = 0;
  const auto began = Clock::now();
  {
    LegRunner runner(towards(server), no_names);
    for (int i = 0; i < 20; ++i) runner.add(direct("http://a.cn/"), [&](const LegResult&) { ++ended; });
    EXPECT_FALSE(runner.run(stop.get_token()));
  }
  EXPECT_LT(Clock::now() - began, milliseconds(1000));
  EXPECT_EQ(ended, 0);
}

TEST(Runner, BudgetEndsTheRun) {
  ScriptServer server;
  server.on("", [](Peer& peer, const Request&) { peer.wait(); });
  NetworkSettings settings = towards(server);
  settings.budget_s = 1;
  LegRunner runner(settings, no_names);
  runner.add(direct("http://a.cn/"), [](const LegResult&) { FAIL(); });
  const auto began = Clock::now();
  EXPECT_FALSE(runner.run());
  EXPECT_LT(Clock::now() - began, milliseconds(2000));
}

// Bodies that wait are held in memory.
TEST(Runner, AsksForNoMoreThanCanBeRead) {
  ScriptServer server;
  server.on("", page(std::string(100'000, 'x')));
  NetworkSettings settings = towards(server);
  settings.concurrency = 2;
  settings.budget_s = 1;
  std::binary_semaphore over(0);
  LegRunner runner(settings, no_names);
  runner.prepare_with([&](const auto&) { over.acquire(); });
  for (int i = 0; i < 50; ++i) {
    runner.add(direct("http://h" + std::to_string(i) + ".cn/"), [](const LegResult&) { FAIL(); });
  }
  EXPECT_FALSE(runner.run());
  EXPECT_LE(server.requests().size(), 4U);
  over.release();
}

// Nothing new is asked for, and nothing that is under way is given up for that.
TEST(Runner, WithoutRoomForResultsNoRequestBeginsAndThoseUnderWayGoOn) {
  ScriptServer server;
  std::atomic<bool> full = false;
  std::atomic<int> asked_while_full = 0;
  server.on("/last", [&](Peer& peer, const Request& request) {
    full = true;
    page("x")(peer, request);
  });
  server.on("/next", [&](Peer& peer, const Request& request) {
    if (full) ++asked_while_full;
    page("x")(peer, request);
  });
  NetworkSettings settings = towards(server);
  settings.per_host_concurrency = 1;
  LegRunner runner(settings, no_names);
  std::vector<std::string> ended;
  int turns_held = 0;
  runner.hold_while([&] {
    if (!ended.empty() && full && ++turns_held == 5) full = false;
    return full.load();
  });
  for (const std::string url : {"http://a.cn/last", "http://a.cn/next"}) {
    runner.add(direct(url), [&, url](const LegResult& leg) { ended.push_back(url + failure_name(leg)); });
  }
  EXPECT_TRUE(runner.run());
  EXPECT_EQ(ended, (std::vector<std::string>{"http://a.cn/last", "http://a.cn/next"}));
  EXPECT_EQ(turns_held, 5);
  EXPECT_EQ(asked_while_full, 0);
}

TEST(Runner, EveryLegEndsWhenPagesWaitToBeRead) {
  ScriptServer server;
  server.on("", page(std::string(100'000, 'x')));
  for (const int concurrency : {1, 2, 64}) {
    NetworkSettings settings = towards(server);
    settings.concurrency = concurrency;
    std::vector<LegRequest> requests;
    for (int i = 0; i < 100; ++i) requests.push_back(direct("http://h" + std::to_string(i % 10) + ".cn/"));
    for (const LegResult& leg : fetch_all(settings, requests)) {
      EXPECT_EQ(failure_name(leg), "");
      EXPECT_TRUE(leg.exchanges.at(0).page);
    }
  }
}

TEST(Runner, CanBeMovedAndDestroyedWithLegsUnderWay) {
  LegRunner runner(NetworkSettings{}, no_names);
  runner.add(direct("http://a.cn/"), [](const LegResult&) { FAIL(); });
  const LegRunner other = std::move(runner);
}

TEST(Runner, ManyLegsManyHosts) {
  ScriptServer server;
  server.on("/go", redirect_to("/end"));
  server.on("", page("x"));
  NetworkSettings settings = towards(server);
  std::vector<LegRequest> requests;
  for (int i = 0; i < 500; ++i) requests.push_back(direct("http://h" + std::to_string(i % 50) + ".cn/go"));
  const auto results = fetch_all(settings, requests);
  EXPECT_EQ(results.size(), 500U);
  EXPECT_TRUE(
      std::ranges::all_of(results, [](const LegResult& leg) { return !leg.failure && leg.exchanges.size() == 2; }));
}

}  // namespace
}  // namespace linkaudit::probes
