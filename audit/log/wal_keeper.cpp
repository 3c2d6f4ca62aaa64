#include "audit/log/wal_keeper.h"

#include <sqlite3.h>

namespace linkaudit::log {
namespace {

constexpr int kFramesBetweenAttempts = 1'000;

// The longer it is, the longer it is worth waiting. While we wait, whoever begins to read does so from the database
// itself, for all is moved or will be, so this ends as soon as those have ended who read when it began.
int patience_for(int frames) {
  if (frames < 2 * kFramesToRestart) return 200;
  return frames < 3 * kFramesToRestart ? 2'000 : 5'000;
}

}  // namespace

void WalKeeper::watch(const Connection& connection) {
  const auto count = [](void* frames, sqlite3*, const char*, int now) {
    *static_cast<int*>(frames) = now;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(connection.database().getHandle(), count, &frames_);
}

void WalKeeper::shorten(const Connection& connection, int usual_busy_milliseconds) {
  if (frames_ < kFramesToMove) return;
  sqlite3* const handle = connection.database().getHandle();
  const bool restart = frames_ >= next_restart_;
  if (restart) sqlite3_busy_timeout(handle, patience_for(frames_));
  const int result = sqlite3_wal_checkpoint_v2(
      handle, "main", restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (restart) {
    sqlite3_busy_timeout(handle, usual_busy_milliseconds);
    next_restart_ = result == SQLITE_OK ? kFramesToRestart : frames_ + kFramesBetweenAttempts;
  }
  if (result != SQLITE_OK && (result & 0xff) != SQLITE_BUSY) throw SQLite::Exception(handle, result);
}

}  // namespace linkaudit::log
