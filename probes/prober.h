// The one function of this folder: targets in, observations and gaps out.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "probes/evidence.h"
#include "probes/fetch/name_lookup.h"
#include "probes/network.h"
#include "probes/observation.h"
#include "probes/subject.h"

namespace linkaudit::probes {

struct ProberSettings {
  NetworkSettings network;
  Knowledge knowledge;
  Client control_client;  // a plain mobile browser
  int repeats = 2;        // looks in all at a leg that failed on the network
  int repeat_after_s = 1;
  std::string vantage = "local";
  bool simulated = false;
};

struct Probed {
  std::size_t target = 0;  // index into the targets given
  Observation observation;
  // The context leg, the control leg, the control of the gateway where there is one, and with the note soft_404 the leg
  // to the made-up address. All but the first are shared with the observations beside it. Of each leg its last look;
  // behind them, each with its number, the attempts before it.
  std::vector<std::shared_ptr<const LegEvidence>> evidence;
};

// A target that could not be looked at.
struct NotProbed {
  std::size_t target = 0;
  std::string reason;  // own_line_down, cancelled, no_url
  std::string detail;  // for people: the failure behind own_line_down; "" when there is nothing to say
  Instant at{};        // when that was known
};

using ProbeResult = std::variant<Probed, NotProbed>;

// Called on the thread that called probe(), once for each target, in order of completion.
using ProbeSink = std::function<void(ProbeResult)>;

// The wall clock, injected: stamps of observations come from it. Durations use the steady clock.
using NowFunction = std::function<Instant()>;

// Looks at all targets: one control leg for each distinct link, one gateway control for each gateway, one
// made-up address for each platform (soft_404.h), canaries, many legs at once. Returns when every target has been given
// to the sink. A stop request ends the legs under way and gives the rest as NotProbed "cancelled" within a second.
// Failures of the network are values; throws std::runtime_error when it cannot run at all (no curl handle, unreadable
// ca_file).
void probe(const ProberSettings& settings, std::span<const Target> targets, const NowFunction& now,
           const ProbeSink& sink, std::stop_token stop = {});

// The same with a resolver in place of the system's; and while `full` says so, no request is begun, and those under way
// go on: the sink should rather say that it has no room than keep the network waiting.
void probe(const ProberSettings& settings, std::span<const Target> targets, const NowFunction& now,
           const ProbeSink& sink, std::stop_token stop, LookUp look_up, std::function<bool()> full = {});

}  // namespace linkaudit::probes
