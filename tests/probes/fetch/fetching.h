// The verbs of these tests: settings that lead every name to a test server, and one leg fetched.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "probes/leg_runner.h"
#include "tests/probes/fetch/script_server.h"

namespace linkaudit::probes {

// All names lead to the server; one attempt, no spacing, short time-outs of 1 s only where a test asks for them.
inline NetworkSettings towards(const ScriptServer& server) {
  NetworkSettings settings;
  settings.connect_to = {"::127.0.0.1:" + std::to_string(server.port())};
  settings.attempts = 1;
  settings.per_host_rate_per_s = 0;
  settings.timeout_s = 10;
  settings.connect_s = 5;
  settings.first_byte_s = 5;
  return settings;
}

inline LegRequest direct(const std::string& url) {
  LegRequest request;
  request.url = url;
  request.link_url = url;
  request.client.user_agent = "test/1";
  return request;
}

inline LegRequest through_gateway(const std::string& gateway, const std::string& link) {
  LegRequest request = direct(gateway);
  request.link_url = link;
  request.through_gateway = true;
  return request;
}

inline NameAnswer no_names(const std::string&) {
  return {.addresses = {}, .error = -2 /* EAI_NONAME */};
}

inline std::vector<LegResult> fetch_all(const NetworkSettings& settings, std::vector<LegRequest> requests,
                                        LookUp look_up = no_names) {
  LegRunner runner(settings, std::move(look_up));
  std::vector<LegResult> results;
  for (LegRequest& request : requests) {
    runner.add(std::move(request), [&](LegResult result) { results.push_back(std::move(result)); });
  }
  EXPECT_TRUE(runner.run());
  return results;
}

inline LegResult fetch(const NetworkSettings& settings, LegRequest request, LookUp look_up = no_names) {
  auto results = fetch_all(settings, {std::move(request)}, std::move(look_up));
  EXPECT_EQ(results.size(), 1U);
  return results.empty() ? LegResult{} : std::move(results.front());
}

// "http_timeout", or "" for none.
inline std::string failure_name(const LegResult& leg) {
  return leg.failure ? std::string(name(leg.failure->name)) : "";
}

// "http://a.cn/ http, http://b.cn/": the URLs with how each was left.
inline std::string road(const LegResult& leg) {
  std::string text;
  for (const Exchange& exchange : leg.exchanges) {
    text += (text.empty() ? "" : ", ") + exchange.hop.url + (exchange.hop.via.empty() ? "" : " " + exchange.hop.via);
  }
  return text;
}

inline Script redirect_to(const std::string& location, const std::string& status = "302 Found") {
  return [=](Peer& peer, const Request&) { peer.answer(status, "Location: " + location + "\r\n", ""); };
}

inline Script page(const std::string& body, const std::string& headers = "") {
  return [=](Peer& peer, const Request&) {
    peer.answer("200 OK", "Content-Type: text/html; charset=utf-8\r\n" + headers, body);
  };
}

}  // namespace linkaudit::probes
