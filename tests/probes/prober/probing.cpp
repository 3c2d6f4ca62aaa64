#include "tests/probes/prober/probing.h"

#include <atomic>
#include <deque>

#include "probes/page/url.h"

namespace linkaudit::probes {

World::World() {
  furnish();
}
World::World(const ScriptServer::Tls& tls) : server(tls) {
  furnish();
}

void World::furnish() {
  settings.network.connect_to = {"::127.0.0.1:" + std::to_string(server.port())};
  settings.network.canaries = {"http://canary.example/canary"};
  settings.network.attempts = 1;
  settings.network.per_host_rate_per_s = 0;
  settings.network.timeout_s = 10;
  settings.network.connect_s = 5;
  settings.network.first_byte_s = 5;
  settings.repeat_after_s = 0;
  settings.control_client.user_agent = "browser";
  settings.vantage = "test";
  settings.knowledge.hosts = {{"chat", {"chat.example"}}};
  PlatformSigns shop;
  shop.id = "shop";
  shop.domains = {"shop.example"};
  shop.markers.detail = {"Price"};
  shop.markers.add_to_cart = {"Add to cart"};
  settings.knowledge.platforms = {shop};
  Rule stop;
  stop.id = "chat-stop-page";
  stop.version = 3;
  stop.host = "chat";
  stop.by = RuleParty::host;
  stop.outcome = Outcome::blocked;
  stop.when.body_any = {"This page has been stopped"};
  settings.knowledge.rules = {stop};

  server.on("/canary", [](Peer& peer, const Request&) { peer.answer("204 No Content", "", ""); });
  server.on("/item", shop_page());
  server.on("/home", [](Peer& peer, const Request&) {
    peer.answer("200 OK", "Content-Type: text/html\r\n", "<title>Chat</title><p>Welcome");
  });
  server.on("/stop", [](Peer& peer, const Request&) {
    peer.answer("200 OK", "Content-Type: text/html\r\n", "<title>Stop</title><p>This page has been stopped");
  });
  server.on("/open", [](Peer& peer, const Request& request) {
    const std::string link = query_parameter("http://x" + request.path, "url").value_or("");
    peer.answer("302 Found", "Location: " + link + "\r\n", "");
  });
}

std::size_t World::asked(const std::string& path, const std::string& by) const {
  const auto requests = server.requests();
  return static_cast<std::size_t>(std::ranges::count_if(requests, [&](const Request& request) {
    return request.path == path && request.header("User-Agent").starts_with(by);
  }));
}

Context plain_context(const std::string& id) {
  Context context;
  context.id = id;
  context.host = id.substr(0, id.find('/'));
  context.kind = "group";
  context.client.user_agent = id;
  return context;
}

Context gateway_context(const std::string& id) {
  Context context = plain_context(id);
  context.gateway = Gateway{"http://gate.chat.example/open?url={url}", kControl};
  return context;
}

Target target(const std::string& url, Context context) {
  return target(Link{"shop/item", "shop", "product", url}, std::move(context));
}

Target target(Link link, Context context) {
  static std::deque<std::pair<Link, Context>> made;  // live as long as the tests that point to them
  const auto& [kept, in] = made.emplace_back(std::move(link), std::move(context));
  return {&kept, &in};
}

const Observation& Seen::only() const {
  if (seen.size() != 1 || !gaps.empty()) throw std::logic_error("not one observation");
  return seen.begin()->second.observation;
}

Seen probe_all(const World& world, const std::vector<Target>& targets, std::stop_token stop) {
  Seen run;
  std::vector<int> times(targets.size());
  const auto sink = [&](ProbeResult result) {
    ++times.at(std::visit([](const auto& each) { return each.target; }, result));
    if (auto* probed = std::get_if<Probed>(&result)) {
      run.seen[probed->target] = std::move(*probed);
    } else {
      const auto& missing = std::get<NotProbed>(result);
      run.gaps[missing.target] = missing.reason;
      run.details[missing.target] = missing.detail;
      EXPECT_EQ(missing.at, kNow);
    }
  };
  probe(
      world.settings, targets, [] { return kNow; }, sink, std::move(stop));
  EXPECT_THAT(times, testing::Each(1)) << "each target is given once";
  return run;
}

Observation probe_one(const World& world, const Target& target) {
  return probe_all(world, {target}).only();
}

Script shop_page(const std::string& title) {
  return [=](Peer& peer, const Request&) {
    peer.answer("200 OK", "Content-Type: text/html; charset=utf-8\r\n",
                "<title>" + title + "</title><p>Price: 12<button>Add to cart</button>");
  };
}

Script resetting() {
  return [](Peer& peer, const Request&) { peer.reset(); };
}

Script hanging() {
  return [](Peer& peer, const Request&) { peer.wait(); };
}

Script closing(Script script) {
  return [=](Peer& peer, const Request& request) {
    peer.announce_close();  // or the next request could be on its way when the connection ends
    script(peer, request);
    peer.close();
  };
}

Script for_client(const std::string& user_agent, Script theirs, Script others) {
  return [=](Peer& peer, const Request& request) {
    (request.header("User-Agent").starts_with(user_agent) ? theirs : others)(peer, request);
  };
}

Script first_times(int times, Script first, Script then) {
  return [=, asked = std::make_shared<std::atomic<int>>(0)](Peer& peer, const Request& request) {
    (asked->fetch_add(1) < times ? first : then)(peer, request);
  };
}

std::string verdict(const Observation& seen) {
  return std::string(name(seen.outcome)) + " " + std::string(name(seen.blame)) + " " + seen.rule.id;
}

}  // namespace linkaudit::probes
