// One leg looked at, and again while it fails on the network, until there is something to judge.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "probes/classify.h"
#include "probes/leg_runner.h"
#include "probes/prober.h"

namespace linkaudit::probes {

// What an observation keeps of a leg: of its last look, but for the count. The other pages have been let go.
struct LegSeen {
  Instant at{};
  LegVerdict verdict;
  std::vector<Hop> hops;
  std::optional<Page> page;  // the one that the leg ended on; nothing when it ended in a failure
  std::string text_sha256;   // of that page's visible text, for the legs that soft_404.h compares; else ""
  std::shared_ptr<const LegEvidence> evidence;
  int attempts = 0;  // in all looks
  std::vector<Attempt> earlier;
  std::vector<std::shared_ptr<const LegEvidence>> earlier_evidence;  // of each
  bool failed_on_network = false;
  bool seen_again = false;  // so did every other look, at the same party
};

// Whether any hop got as far as HTTP: then the own line works.
bool reached_http(const LegResult& leg);

class Looks {
 public:
  using Done = std::function<void(LegSeen)>;

  // `each_leg` is told of every leg that has ended. All that is given by reference must outlive this.
  Looks(LegRunner& runner, const Classifier& classifier, const ProberSettings& settings, const NowFunction& now,
        std::function<void(const LegResult&)> each_leg);

  Instant now() const { return now_(); }

  // `done` is called once, from within the runner's run(). `host` and `platform` as in judge_leg().
  void begin(LegRequest request, std::string host, std::string platform, Done done);

 private:
  struct Looking {
    std::string host, platform;
    Done done;
    int looks = 0;
    LegSeen seen;
    bool same_party = true;
  };
  void look(LegRequest request, Looking looking, int delay_ms);
  void looked(LegResult leg, Looking looking);

  LegRunner& runner_;
  const Classifier& classifier_;
  const ProberSettings& settings_;
  const NowFunction& now_;
  std::function<void(const LegResult&)> each_leg_;
};

}  // namespace linkaudit::probes
