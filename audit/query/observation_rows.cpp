#include "audit/query/observation_rows.h"

#include <deque>
#include <memory>
#include <utility>

namespace linkaudit::query {
namespace {

constexpr std::size_t kPage = 4096;  // observations read from the log at a time

// A page begins after the last (at, entry) of the one before.
class Pages {
 public:
  Pages(const log::Log& log, log::Horizon horizon, log::ObservationFilter filter, RowOfObservation row_of)
      : log_(log), horizon_(horizon), filter_(std::move(filter)), row_of_(std::move(row_of)) {}

  bool next(reports::Row& row) {
    if (rows_.empty() && !ended_) read();
    if (rows_.empty()) return false;
    row = std::move(rows_.front());
    rows_.pop_front();
    return true;
  }

 private:
  void read() {
    ended_ = true;
    log::ObservationFilter filter = filter_;
    if (begun_) filter.since = last_at_;
    log::for_each_observation(log_, horizon_, filter, [&](const log::LoggedObservation& logged) {
      if (begun_ && logged.observation.at == last_at_ && logged.entry <= last_entry_) return true;
      rows_.push_back(row_of_(logged));
      last_seen_at_ = logged.observation.at;
      last_seen_entry_ = logged.entry;
      if (rows_.size() < kPage || filter_.limit) return true;
      ended_ = false;
      return false;
    });
    if (!rows_.empty()) {
      begun_ = true;
      last_at_ = last_seen_at_;
      last_entry_ = last_seen_entry_;
    }
  }

  const log::Log& log_;
  log::Horizon horizon_;
  log::ObservationFilter filter_;
  RowOfObservation row_of_;
  std::deque<reports::Row> rows_;
  bool begun_ = false, ended_ = false;
  log::Instant last_at_{}, last_seen_at_{};
  std::int64_t last_entry_ = 0, last_seen_entry_ = 0;
};

}  // namespace

reports::RowSource rows_of_observations(const log::Log& log, const log::Horizon& horizon,
                                        const log::ObservationFilter& filter, RowOfObservation row_of) {
  return [&log, horizon, filter, row_of]() -> reports::NextRow {
    auto pages = std::make_shared<Pages>(log, horizon, filter, row_of);
    return [pages](reports::Row& row) { return pages->next(row); };
  };
}

}  // namespace linkaudit::query
