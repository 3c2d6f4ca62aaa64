// The verbs of these tests: a small world on one server (a chat app with a gateway, a shop, canaries), and a run in it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "probes/prober.h"
#include "tests/probes/fetch/script_server.h"

namespace linkaudit::probes {

inline constexpr Instant kNow{std::chrono::milliseconds(1'700'000'000'123)};

// http://shop.example/item is a page of the shop; http://gate.chat.example/open?url= leads on to the link that it is
// given; http://canary.example/canary answers. A test replaces what it is about.
class World {
 public:
  World();
  explicit World(const ScriptServer::Tls& tls);

  ScriptServer server;
  ProberSettings settings;

  // How often a path was asked for, by whom: the user agent begins so.
  std::size_t asked(const std::string& path, const std::string& by = "") const;

 private:
  void furnish();
};

inline constexpr const char* kItem = "http://shop.example/item";
inline constexpr const char* kControl = "http://www.chat.example/home";

Context plain_context(const std::string& id = "chat/group");    // no gateway: the client of "chat/group" is chat/group
Context gateway_context(const std::string& id = "chat/group");  // the gateway with its control
Target target(const std::string& url, Context context = plain_context());
Target target(Link link, Context context = plain_context());

struct Seen {
  std::map<std::size_t, Probed> seen;
  std::map<std::size_t, std::string> gaps, details;

  const Observation& only() const;  // the one observation of a run with one target
};

Seen probe_all(const World& world, const std::vector<Target>& targets, std::stop_token stop = {});
Observation probe_one(const World& world, const Target& target);

Script shop_page(const std::string& title = "A kettle");
Script resetting();
Script hanging();
Script closing(Script script);  // the connection too, so that no later request finds it stale and is sent twice
Script for_client(const std::string& user_agent, Script theirs, Script others);  // who begins so, and everybody else
Script first_times(int times, Script first, Script then);

// "blocked host builtin-network-failure": outcome, blame and rule.
std::string verdict(const Observation& seen);

}  // namespace linkaudit::probes
