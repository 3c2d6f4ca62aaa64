// One state of the database for several questions, whatever others append meanwhile.
#pragma once

#include <sqlite3.h>

#include "audit/log/connection.h"

namespace linkaudit::log {

// Nothing may be appended through the same connection while it lasts.
class Snapshot {
 public:
  explicit Snapshot(Connection& connection) : connection_(connection) { connection_.execute("SAVEPOINT snapshot"); }
  ~Snapshot() { sqlite3_exec(connection_.database().getHandle(), "RELEASE snapshot", nullptr, nullptr, nullptr); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Connection& connection_;
};

}  // namespace linkaudit::log
