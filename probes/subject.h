// What is probed: a link of a platform in a context of a host app. Plain values that the catalog fills.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "probes/rule.h"

namespace linkaudit::probes {

struct Client {
  std::string user_agent;
  std::vector<std::pair<std::string, std::string>> headers;

  bool operator==(const Client&) const = default;
};

// The host app's endpoint whose answer depends on the link.
struct Gateway {
  std::string url;      // holds {url}, replaced by the percent-encoded link
  std::string control;  // a link that the host app is known to open; "" when none is known

  bool operator==(const Gateway&) const = default;
};

struct Context {
  std::string id;    // "wechat/group"
  std::string host;  // "wechat"
  std::string kind;  // one_to_one, group, feed, article, mail, document, comment, in_app_browser
  Client client;
  std::optional<Gateway> gateway;

  bool operator==(const Context&) const = default;
};

struct Link {
  std::string id;        // "taobao/item"; "" for a URL given by hand
  std::string platform;  // "taobao"; "" when the URL is of no known platform
  std::string kind;
  std::string url;

  bool operator==(const Link&) const = default;
};

// Whose page a host name is: the longest matching domain wins.
struct HostDomains {
  std::string id;
  std::vector<std::string> domains;

  bool operator==(const HostDomains&) const = default;
};

struct PlatformSigns {
  std::string id;
  std::vector<std::string> domains;  // names, or IP literals
  std::vector<std::string> shapes;   // RE2 over the URL; decide where two platforms share a domain
  Markers markers;

  bool operator==(const PlatformSigns&) const = default;
};

// All that classification needs to know of the world.
struct Knowledge {
  std::vector<HostDomains> hosts;
  std::vector<PlatformSigns> platforms;
  std::vector<Rule> rules;  // in the order in which they are tried

  bool operator==(const Knowledge&) const = default;
};

// One cell to probe. Both belong to whoever made it, most often a catalog, and outlive it: there may be a million.
struct Target {
  const Link* link = nullptr;
  const Context* context = nullptr;
};

}  // namespace linkaudit::probes
