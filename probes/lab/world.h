// Who is who in the lab's internet: clients by user agent, gateways and platforms by URL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace linkaudit::probes {

// A request as the lab sees it.
struct LabRequest {
  std::string scheme;  // http, https
  std::string host;    // lower case, without port
  std::string path;
  std::string query;  // without "?", still encoded
  std::string user_agent;
};

// The host app whose client this is, "browser" for none. A client carries its own token last: some carry another's too.
std::string client_of(std::string_view user_agent);

enum class Wares { shop, second_hand, group_buying, video, note, article, music };

struct LabPlatform {
  std::string_view id;
  std::string_view brand;  // as its pages' titles end
  Wares wares;
  std::string_view app;      // begins an address of its app
  std::string_view login;    // where its login page is
  std::string_view captcha;  // where its risk control is; "" where it has no page of its own
};

// How a page of a platform is reached and what it is.
enum class Place { page, home, short_link, login, captcha };

struct Site {
  const LabPlatform* platform = nullptr;
  Place place = Place::page;
  std::string_view via;  // of a short link: http, meta, script
  std::string_view to;   // of a short link: where it leads
};

// Nothing for a site of no known platform.
std::optional<Site> site_of(const LabRequest& request);

const LabPlatform* find_platform(std::string_view id);

// The host app whose link gateway this is, and what it was asked.
struct GatewayCall {
  std::string host;
  std::string context;  // the lab's gateways are told it, as no real one is; "" when they were not
  std::string link;
};
std::optional<GatewayCall> gateway_call(const LabRequest& request);

// The URL's request without a client; nothing when it is no http URL.
std::optional<LabRequest> request_for(const std::string& url);

// The first value of a query parameter, decoded; "" when there is none.
std::string parameter(const LabRequest& request, std::string_view name);

}  // namespace linkaudit::probes
