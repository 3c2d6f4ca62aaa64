// The database made and opened for writing.
#pragma once

#include "audit/log/connection.h"

namespace linkaudit::log {

// Makes the tables when the file is new. REQUIRES the writer lock.
Connection open_for_writing(const std::string& path);

// A new, empty database of the current schema, in rollback mode. Its parts for a temporary copy of the projections.
void create_tables(Connection& connection);

}  // namespace linkaudit::log
