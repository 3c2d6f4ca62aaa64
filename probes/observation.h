// What was seen for one link in one context at one instant by one method from one vantage. Plain values.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "probes/failure.h"
#include "probes/outcome.h"

namespace linkaudit::probes {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC

struct RuleReference {
  std::string id;  // "" when no rule decided; built-in shapes have ids that begin with "builtin-"
  int version = 0;

  bool operator==(const RuleReference&) const = default;
};

// Milliseconds of each phase of one exchange; -1 where the phase did not happen.
struct Timing {
  double name_lookup = -1, connect = -1, tls = -1, first_byte = -1, total = -1;

  bool operator==(const Timing&) const = default;
};

struct Hop {
  std::string url;
  int status = 0;       // 0: no answer
  std::string via;      // how it was left: http, meta, script, refresh; "" for the last
  std::string address;  // the one connected to
  Timing timing;
  std::string http_version;  // "1.1", "2"
  std::string tls_version;   // "TLSv1.3"; "" for plain http
  std::string tls_cipher;
  // Hex SHA-256 of the DER certificates as the server sent them: the leaf first, one after another, nothing between
  // them. Also when the connection was used before or TLS was refused for them; "" when none was seen.
  std::string tls_chain_sha256;

  bool operator==(const Hop&) const = default;
};

struct Page {
  std::string final_url;
  std::string title;
  std::string charset;     // WHATWG name, lower case
  std::int64_t bytes = 0;  // of the decoded body
  std::string sha256;      // of the decoded body, hex
  bool truncated = false;

  bool operator==(const Page&) const = default;
};

// One leg's end, as section "What was seen" of audit/README.md defines: served, refused, stopped, down, limit.
enum class LegEnd { served, refused, stopped, down, limit };

// The control leg as far as an observation keeps it.
struct ControlResult {
  std::optional<Outcome> outcome;  // of a rule that matched on it, or direct when served
  LegEnd end = LegEnd::down;
  RuleReference rule;
  std::vector<Hop> hops;
  std::optional<Page> page;
  std::optional<Failure> failure;

  bool operator==(const ControlResult&) const = default;
};

// An attempt at a leg that was not its last: where it ended, and why there was another.
struct Attempt {
  Instant at{};         // when its last request began
  std::string url;      // of its last hop
  std::string address;  // connected to for it; "" when it was not
  Failure failure;      // with leg and hop

  bool operator==(const Attempt&) const = default;
};

struct Observation {
  Instant at{};
  std::string link;  // "taobao/item"; "" for a URL that the catalog does not list
  std::string url;   // "" only for attestations of links without one
  std::string platform;
  std::string context;          // "wechat/group"
  std::string method = "http";  // http, attestation
  Tier tier = Tier::target;
  std::string vantage;
  bool simulated = false;

  Outcome outcome = Outcome::unclassified;
  std::optional<int> steps;  // extra actions before the page, 0 for direct; nothing when it did not open or is unknown
  RuleReference rule;
  Blame blame = Blame::unknown;
  std::optional<bool> context_specific;
  std::optional<Presentation> presentation;
  bool hard = true;  // false: rests on a network failure and waits for an agreeing probe
  std::optional<Failure> failure;

  std::vector<Hop> hops;
  std::optional<Page> page;
  std::optional<ControlResult> control;
  std::map<std::string, std::string> facts;  // add_to_cart=yes, payment=alipay, script_redirect_suspected=yes ...
  int attempt = 1;                           // how many of the context leg, in all looks
  std::vector<Attempt> earlier;              // of all legs that it rests on, each leg's in order
  std::string evidence;            // sha256 of the manifest of all that was sent and received, hex; "" for attestations
  std::vector<std::string> notes;  // machine names: gateway_down, target_down, control_refused, link_specific=false ...

  // A person's word (method attestation).
  std::string observer;
  std::string client;  // app and version
  std::string source;  // a reference, not a source in the sense of a word
  std::string note;
  std::string screenshot;  // sha256 of the evidence blob, hex; "" when there is none
  std::optional<int> valid_days;

  bool operator==(const Observation&) const = default;
};

std::string_view name(LegEnd end);
std::optional<LegEnd> leg_end_from(std::string_view name);

}  // namespace linkaudit::probes
