#include "audit/run/recorder.h"

#include <fmt/format.h>
#include <malloc.h>

#include <optional>
#include <utility>
#include <variant>

#include "audit/run/secrets.h"

namespace linkaudit::run {
namespace {

constexpr std::size_t kBatch = 64;                         // entries written in one transaction
constexpr std::size_t kBatchBytes = std::size_t{2} << 20;  // of evidence, likewise
constexpr std::size_t kMostWaiting = 128;
constexpr std::chrono::seconds kLongestUnwritten(1);  // while nothing more comes
constexpr std::size_t kMostWaitingBytes = std::size_t{2} << 20;

std::size_t bytes_of(const probes::ProbeResult& result) {
  const auto* seen = std::get_if<probes::Probed>(&result);
  if (seen == nullptr) return 0;
  std::size_t bytes = 0;
  for (const auto& leg : seen->evidence) {
    for (const auto& exchange : leg->exchanges) bytes += exchange.body.size() + exchange.decoded.size();
  }
  return bytes;
}

}  // namespace

Recorder::Recorder(const catalog::Catalog& catalog, log::Log& log, const Plan& plan, const probes::NowFunction& now)
    : catalog_(catalog),
      log_(log),
      plan_(plan),
      now_(now),
      keeper_(catalog, log),
      thread_([this](const std::stop_token& stop) { record_all(stop); }) {}

Recorder::~Recorder() = default;

void Recorder::gap(log::Gap gap) {
  enqueue({std::move(gap), 0}, true);
}

void Recorder::take(probes::ProbeResult result) {
  const std::size_t bytes = bytes_of(result);
  const bool gap = std::holds_alternative<probes::NotProbed>(result);
  enqueue({std::move(result), bytes}, gap);
}

bool Recorder::has_room() const {
  return waiting_.size() < kMostWaiting && waiting_bytes_ < kMostWaitingBytes;
}

void Recorder::enqueue(Waiting waiting, bool patiently) {
  std::unique_lock lock(mutex_);
  if (patiently) room_.wait(lock, [this] { return failure_ || has_room(); });
  if (failure_) std::rethrow_exception(failure_);
  waiting_bytes_ += waiting.bytes;
  waiting_.push_back(std::move(waiting));
  full_ = !has_room();
  const bool was_empty = waiting_.size() == 1;
  lock.unlock();
  if (was_empty) given_.notify_one();
}

log::RunRecord Recorder::finish(log::RunRecord record) {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  given_.notify_one();
  thread_.join();
  if (failure_) std::rethrow_exception(failure_);
  record.observed = observed_;
  record.gaps.assign(gaps_.begin(), gaps_.end());
  record.ended = now_();
  entries_.emplace_back(record);
  write();
  log_.rest();
  return record;
}

void Recorder::record_all(const std::stop_token& stop) {
  try {
    while (true) {
      std::unique_lock lock(mutex_);
      const auto ready = [this] { return !waiting_.empty() || closed_; };
      if (!entries_.empty() && !given_.wait_for(lock, stop, kLongestUnwritten, ready)) {
        lock.unlock();
        if (stop.stop_requested()) return;
        write();
        continue;
      }
      if (!given_.wait(lock, stop, ready) || waiting_.empty() || stop.stop_requested()) return;
      Waiting next = std::move(waiting_.front());
      waiting_.pop_front();
      waiting_bytes_ -= next.bytes;
      const bool was_full = full_.exchange(!has_room());
      lock.unlock();
      if (was_full) room_.notify_one();
      record(std::move(next));
    }
  } catch (...) {
    const std::lock_guard lock(mutex_);
    failure_ = std::current_exception();
    full_ = false;
  }
  room_.notify_one();
}

void Recorder::record(Waiting waiting) {
  if (auto* gap = std::get_if<log::Gap>(&waiting.what)) return record(std::move(*gap));
  auto& result = std::get<probes::ProbeResult>(waiting.what);
  if (auto* seen = std::get_if<probes::Probed>(&result)) return record(std::move(*seen));
  record(gap_of(std::get<probes::NotProbed>(result)));
}

void Recorder::record(log::Gap gap) {
  ++gaps_[gap.reason];
  entries_.emplace_back(std::move(gap));
  write_when_large();
}

void Recorder::record(probes::Probed seen) {
  mask(seen.observation, catalog_.secret_parameters);
  keeper_.take(seen.observation, seen.evidence, blobs_, slots_);
  ++observed_;
  entries_.emplace_back(log::NewObservation{std::move(seen.observation), plan_.fire_of(seen.target)});
  write_when_large();
}

log::Gap Recorder::gap_of(const probes::NotProbed& missing) const {
  const probes::Target& target = plan_.targets[missing.target];
  const std::optional<log::Fire> fire = plan_.fire_of(missing.target);
  log::Gap gap;
  gap.at = fire ? fire->planned : missing.at;
  gap.link = target.link->id;
  gap.context = target.context->id;
  gap.schedule = fire ? fire->schedule : "";
  gap.reason = missing.reason;
  gap.detail = mask_url(missing.detail, catalog_.secret_parameters);
  gap.vantage = catalog_.vantage_id;
  gap.simulated = catalog_.simulated;
  return gap;
}

void Recorder::write_when_large() {
  std::size_t bytes = 0;
  for (const log::Blob& blob : blobs_) bytes += blob.bytes.size();
  for (const log::SlotBlobs& slot : slots_) {
    for (const log::Blob& blob : slot.blobs) bytes += blob.bytes.size();
  }
  if (entries_.size() >= kBatch || bytes >= kBatchBytes) write();
}

// Pages are allocated by the transfers, by whoever reads them and here, and freed by another of the three: what is left
// of each thread's memory is full of holes, and grows.
void Recorder::trim(std::size_t entries) {
  constexpr std::size_t kEntriesBetween = 512;
  since_trim_ += entries;
  if (since_trim_ < kEntriesBetween) return;
  since_trim_ = 0;
  ::malloc_trim(0);
}

void Recorder::write() {
  if (entries_.empty()) return;
  try {
    log_.append(entries_, now_(), blobs_, slots_);
  } catch (const log::LogRefused&) {
    throw;
  } catch (const log::LogError& error) {
    if (written_ == 0) throw;
    throw log::LogError(
        fmt::format("{}; {} entries of this run were written before and are in the log", error.what(), written_));
  }
  written_ += entries_.size();
  trim(entries_.size());
  entries_.clear();
  blobs_.clear();
  slots_.clear();
}

}  // namespace linkaudit::run
