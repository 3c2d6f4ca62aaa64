// The daemon's loop: plans, runs, waits. README.md says how it behaves.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "audit/catalog/catalog.h"
#include "audit/log/log.h"
#include "audit/query/labels.h"
#include "audit/run/planner.h"
#include "audit/serve/service_notice.h"
#include "audit/serve/service_signals.h"
#include "probes/prober.h"

namespace linkaudit::serve {

struct DaemonRequest {
  std::string database;
  query::Language language = query::Language::en;
  catalog::Catalog catalog;
  // The catalog as it is now. Throws std::exception with what is wrong, for a reload that keeps the old one.
  std::function<catalog::Catalog()> load;
  // What is done after each run, such as to sign what it wrote: of these schedules, ended at that instant.
  std::function<void(const catalog::Catalog& catalog, const std::vector<std::string>& schedules, probes::Instant ended)>
      after_run;
  probes::NowFunction now;
  std::function<void(const std::string&)> say;  // a line for whoever reads the journal
};

class Daemon {
 public:
  explicit Daemon(DaemonRequest request);

  // Until a stop. Throws log::LogError when the log cannot be written.
  void run(ServiceSignals& signals, ServiceNotice& notice);

 private:
  bool act(ServiceSignals& signals, ServiceNotice& notice);
  void carry_out(const run::Plan& plan, run::Planner& planner, probes::Instant planned_at, ServiceSignals& signals,
                 ServiceNotice& notice);
  void reload(ServiceNotice& notice);
  bool is_time();
  std::chrono::milliseconds until_next() const;
  void say(std::string_view key, const std::string& what = {});

  DaemonRequest request_;
  std::shared_ptr<const catalog::Catalog> catalog_;
  log::Log log_;
  run::Shelf shelf_;
  std::optional<probes::Instant> next_;  // when something is due, as far as the last plan knew
  std::int64_t planned_size_ = -1;       // of the log, when it was planned
  std::chrono::milliseconds pause_{0};   // to the next plan at least, lest a spread of a million cells be planned all
                                         // the time
};

}  // namespace linkaudit::serve
