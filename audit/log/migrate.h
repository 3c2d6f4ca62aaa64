// Databases of older schemas brought to this one.
#pragma once

#include <span>

#include "audit/log/connection.h"

namespace linkaudit::log {

struct Migration {
  std::int32_t to = 0;  // from the version before
  const char* sql = "";
};

// All there are, in order.
std::span<const Migration> migrations();

// Runs those that the database lacks, each in one transaction, after a copy of it to <path>.schema-<version>. One that
// fails leaves the database at the version before it, and throws. REQUIRES the writer lock.
void migrate(Connection& connection, const std::string& path, std::span<const Migration> all);

}  // namespace linkaudit::log
