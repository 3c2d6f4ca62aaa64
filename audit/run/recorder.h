// Records what a run sees, on a thread of its own: probing goes on while evidence is digested and the log written.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/log/log.h"
#include "audit/run/evidence_keeper.h"
#include "audit/run/plan.h"
#include "probes/prober.h"

namespace linkaudit::run {

// Observations and gaps are written in batches, in the order given, so that a run that is killed loses little. Until
// finish() or its end the log is the recorder's alone. `now` is called on the recorder's thread; all that is given must
// outlive it. Its end without finish(), as when probing throws, leaves out what was not written yet.
class Recorder {
 public:
  Recorder(const catalog::Catalog& catalog, log::Log& log, const Plan& plan, const probes::NowFunction& now);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  // One thread calls these. They throw what writing threw. Gaps wait while much is waiting to be written; observations
  // do not, since who gives them has connections open: it should not make more of them while full().
  void gap(log::Gap gap);
  void take(probes::ProbeResult result);
  bool full() const { return full_; }

  // Writes what is left and, with what was counted, the run itself, of which the caller says what was planned.
  log::RunRecord finish(log::RunRecord record);

 private:
  struct Waiting {
    std::variant<log::Gap, probes::ProbeResult> what;
    std::size_t bytes;
  };

  void enqueue(Waiting waiting, bool patiently);
  bool has_room() const;
  void record_all(const std::stop_token& stop);
  void record(Waiting waiting);
  void record(log::Gap gap);
  void record(probes::Probed seen);
  log::Gap gap_of(const probes::NotProbed& missing) const;
  void write_when_large();
  void write();
  void trim(std::size_t entries);

  const catalog::Catalog& catalog_;
  log::Log& log_;
  const Plan& plan_;
  const probes::NowFunction& now_;

  // Of the recorder's thread, and of finish() once that has ended.
  EvidenceKeeper keeper_;
  std::vector<log::NewEntry> entries_;
  std::vector<log::Blob> blobs_;
  std::vector<log::SlotBlobs> slots_;
  std::map<std::string, std::int64_t> gaps_;
  std::int64_t observed_ = 0;
  std::size_t since_trim_ = 0, written_ = 0;  // entries

  std::mutex mutex_;                   // of what follows
  std::condition_variable_any given_;  // something to record, or the end
  std::condition_variable_any room_;   // for more, or a failure
  std::deque<Waiting> waiting_;
  std::size_t waiting_bytes_ = 0;
  bool closed_ = false;
  std::exception_ptr failure_;
  std::atomic<bool> full_ = false;  // to be asked without the lock; false once writing has failed

  std::jthread thread_;  // last: it uses the others
};

}  // namespace linkaudit::run
