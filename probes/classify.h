// From legs to an outcome with blame: pure, no network. Stored facts can be judged again by the same functions.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "probes/exchange.h"
#include "probes/observation.h"
#include "probes/subject.h"

namespace linkaudit::probes {

// What classification needs to see of one exchange.
struct SeenPage {
  std::string url;
  int status = 0;
  Headers headers;
  std::shared_ptr<const PageFacts> page;  // may be null
  std::string body_sha256;
};

// Rules, shapes and markers compiled once (one RE2::Set per scope). Immutable; any number of threads may use it.
class Classifier {
 public:
  // Throws std::invalid_argument naming the rule when a pattern does not compile (the catalog checks before).
  explicit Classifier(Knowledge knowledge);
  Classifier(Classifier&&) noexcept;
  Classifier& operator=(Classifier&&) noexcept;
  ~Classifier();

  // Whose page a URL is: by the longest domain, then by shapes where two platforms share it.
  struct Owner {
    std::string host;      // host app id, "" when not a host app's page
    std::string platform;  // platform id, "" when of no known platform
  };
  Owner owner_of(const std::string& url) const;

  // Whether a URL is on one of the platform's domains, alone or shared with others. False for platform "".
  bool is_page_of(const std::string& url, const std::string& platform) const;

  // The platform of a link's URL (shapes first, then domains); "" when none is known.
  std::string platform_of_link(const std::string& url) const;

  // Looks for all markers in a page's text beforehand; markers() then finds it done.
  void prepare(const std::shared_ptr<const PageFacts>& page) const;

  struct RuleHit {
    const Rule* rule = nullptr;
  };
  // First rule that matches, for a look at `platform` through host app `host` ("" in the control leg).
  std::optional<RuleHit> match(const SeenPage& page, const std::string& host, const std::string& platform) const;

  // Facts from the platform's markers: "detail" -> "yes", "add_to_cart" -> "yes", "payment" -> "alipay,wechat" ...
  std::map<std::string, std::string> markers(const SeenPage& page, const std::string& platform) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A leg judged by itself.
struct LegVerdict {
  LegEnd end = LegEnd::down;
  std::optional<Outcome> outcome;  // of the rule that decided; app_jump of the built-in shape
  RuleReference rule;
  bool detail = false;        // a detail marker of the platform was on the served page
  bool unknown_page = false;  // `served`, but by somebody else, or with a status that is no page's: nobody can say what
                              // it is, and the table of blame has it under anything else
  bool nothing_shown = false;  // served, but empty, or blank with a script that seems to leave it
  std::map<std::string, std::string> facts;
  std::optional<Failure> failure;
  std::string final_url, title, body_sha256;
  int failed_hop = -1;
  bool failed_on_host_app = false;  // the hop that failed is on the host app's domains
  bool through_gateway = false;
};

// `host` is the host app of the context, "" for the control leg; `platform` the link's platform ("" when unknown: then
// the link's own registrable domain counts as the platform's).
LegVerdict judge_leg(const Classifier& classifier, const LegResult& leg, const std::string& host,
                     const std::string& platform);

// What an observation keeps of both: the facts of the context leg, and `control_https_downgrade` of the control leg.
std::map<std::string, std::string> facts_of_legs(const LegVerdict& control, const LegVerdict& context);

// What a control leg is kept with: direct when the platform's page was served, else the outcome of its rule.
std::optional<Outcome> control_outcome(const LegVerdict& control);

// Whether a gateway opened the link that the host app is known to open.
bool gateway_works(const LegVerdict& gateway_control);

struct Comparison {
  LegVerdict control;                         // D
  LegVerdict context;                         // H
  std::optional<LegVerdict> gateway_control;  // when the context has a gateway with one
  bool seen_again = false;                    // the context leg's network failure came again when repeated
};

struct Judged {
  Outcome outcome = Outcome::unclassified;
  Blame blame = Blame::unknown;
  std::optional<bool> context_specific;
  std::optional<int> steps;
  RuleReference rule;
  std::optional<Failure> failure;
  bool hard = true;
  std::vector<std::string> notes;
};

// The table of blame. Pure.
Judged compare(const Comparison& legs);

}  // namespace linkaudit::probes
