// Keeps the -wal file short although others read all the time. For the sources of audit/log alone.
#pragma once

#include "audit/log/connection.h"

namespace linkaudit::log {

// The frames of the -wal file at which its content is moved into the database (8 MiB), and from which on whoever reads
// is waited for so that it begins anew (16 MiB).
inline constexpr int kFramesToMove = 2'000, kFramesToRestart = 4'000;

// Without it, readers that overlap keep the file growing: SQLite begins it anew only in a moment in which nobody reads
// from it, and moves no page that somebody might still want as it was.
class WalKeeper {
 public:
  // Counts what is committed from here on, in place of SQLite's own moving. Stays where it is while the connection is
  // open.
  void watch(const Connection& connection);

  // To be called after a commit, with the writer lock held. Throws SQLite::Exception when the database cannot be
  // written; what was committed is safe all the same. Waits for readers some seconds at the most.
  void shorten(const Connection& connection, int usual_busy_milliseconds = kBusyMilliseconds);

 private:
  int frames_ = 0, next_restart_ = kFramesToRestart;
};

}  // namespace linkaudit::log
