// Classification rules as data: ordered, first match wins, exceptions before a rule's own patterns.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/outcome.h"

namespace linkaudit::probes {

// Field of an inline JSON object of the page: `var cgiData = {...}`; `field` is a path "btns.0.url".
struct JsonCondition {
  std::string variable, field, value;

  bool operator==(const JsonCondition&) const = default;
};

struct HeaderCondition {
  std::string name;   // case-insensitive
  std::string regex;  // RE2, searched in the value; "" asks only that the header is there

  bool operator==(const HeaderCondition&) const = default;
};

// All parts that are given must hold; an empty part asks nothing. url_host matches the name itself or a subdomain
// of it; url_path is a prefix; url is an exact URL; the regexes are RE2, searched.
struct Condition {
  std::vector<std::string> url_host;
  std::vector<std::string> url_path;
  std::vector<std::string> url;
  std::string url_regex;
  std::vector<std::string> body_any;  // visible or raw text holds one of them
  std::vector<std::string> body_all;
  std::string body_regex;
  std::string title_regex;
  std::vector<int> status;
  std::optional<HeaderCondition> header;
  std::optional<JsonCondition> json;

  bool operator==(const Condition&) const = default;
};

enum class RuleParty { host, platform };

struct Rule {
  std::string id;
  int version = 1;
  std::string host;      // the host app it is about, "" for any
  std::string platform;  // the platform it is about, "" for any
  RuleParty by = RuleParty::platform;  // whose page this is
  Outcome outcome = Outcome::blocked;
  Condition when;
  std::vector<Condition> not_if;
  std::string source;

  bool operator==(const Rule&) const = default;
};

// Signs on a served page. Each is a list of alternatives: a text is a phrase, "re:..." an RE2 over the text,
// "url:..." an RE2 over the final URL.
struct Markers {
  std::vector<std::string> detail, add_to_cart, buy_now, login, captcha, open_in_browser, open_in_app, download;
  std::vector<std::pair<std::string, std::vector<std::string>>> payment;  // method -> alternatives

  bool operator==(const Markers&) const = default;
};

}  // namespace linkaudit::probes
