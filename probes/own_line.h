// Whether it is our own line that is down: then nothing that failed says anything about anybody.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "probes/leg_runner.h"
#include "probes/prober.h"

namespace linkaudit::probes {

// With canaries: the line works when one of them answers. Without: when any leg of the run has reached HTTP.
class OwnLine {
 public:
  using Answer = std::function<void(bool works)>;

  // Both must outlive this.
  OwnLine(LegRunner& runner, const ProberSettings& settings) : runner_(runner), settings_(settings) {}

  bool has_canaries() const { return !settings_.network.canaries.empty(); }

  // Answers once, by what happens after the question: a line may break in the middle of a run. Perhaps at once.
  void ask(Answer answer);

  // Some leg has reached HTTP.
  void works();

  // Some leg has not. With canaries theirs alone are of interest.
  void failed(const LegResult& leg);

  // What the newest failure was, for people: "proxy_failure (limit) of the canary leg: ..."; "" when none is known.
  const std::string& why() const { return why_; }

  // No leg is under way any more: without an answer so far, the line is down.
  void nothing_more();

 private:
  using Clock = std::chrono::steady_clock;

  struct Round {
    std::vector<Answer> answers;
    std::size_t left = 0;
    bool settled = false;
  };
  void begin_round();
  void canary_ended(Round& round, const LegResult& leg);
  void settle(Round& round, bool works);

  LegRunner& runner_;
  const ProberSettings& settings_;
  std::vector<Answer> waiting_;
  bool round_open_ = false;
  int rounds_ = 0;
  Clock::time_point last_began_{};
  bool works_ = false;
  std::string why_;
};

}  // namespace linkaudit::probes
