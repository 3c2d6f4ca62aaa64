// Fetches legs, many at once on one libcurl multi loop.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>

#include "probes/exchange.h"
#include "probes/fetch/name_lookup.h"
#include "probes/network.h"

namespace linkaudit::probes {

// Move-only; one thread. Legs are followed hop by hop (http Location, Refresh header, meta and plain script redirects),
// within every bound of NetworkSettings and of the address guard, with per-host concurrency and rate; network failures,
// 429 and 503 are tried again up to `attempts` (Retry-After within the budget). Legs start in the order of add(),
// fairly among limit groups.
class LegRunner {
 public:
  using Done = std::function<void(LegResult)>;

  // Throws std::runtime_error when curl cannot start or ca_file cannot be read, std::invalid_argument for a bad entry
  // of allow_private or connect_to, or a bad proxy.
  explicit LegRunner(const NetworkSettings& settings);
  LegRunner(const NetworkSettings& settings, LookUp look_up);  // with a resolver in place of the system's
  LegRunner(LegRunner&&) noexcept;
  LegRunner& operator=(LegRunner&&) noexcept;
  ~LegRunner();  // ends what is under way without calling back

  // To be called for each page longer than a few lines that was read, on a thread of its own, before its leg ends: for
  // what can be done beside the transfers. Before the first run().
  void prepare_with(std::function<void(const std::shared_ptr<const PageFacts>&)> prepare);

  // Before the first run(). While `full` says so, no request is begun, and those under way go on: for whoever takes the
  // results and has no room for more. Called from within run(), often.
  void hold_while(std::function<bool()> full);

  // Queues a leg, not before `delay_ms` from now. `done` is called from within run(), may add() more legs.
  void add(LegRequest request, Done done, int delay_ms = 0);

  // Runs until nothing is queued or under way, or until a stop is requested or budget_s has passed since the first
  // run() (then legs not finished are dropped without a call). Returns false when stopped.
  bool run(std::stop_token stop = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace linkaudit::probes
