// What our own handles may do: SQLite asks before it prepares a statement. Beside the triggers in the file, so that no
// code path of ours changes or deletes what is the truth, nor the schema.
#pragma once

#include "audit/log/connection.h"

namespace linkaudit::log {

// Once tables are made and migrated: entries, facts, tree nodes, checkpoints and the dictionary may only be added to,
// and nothing is created, altered, dropped or attached. A statement that asks for more is not prepared.
void only_append(Connection& connection);

// Nothing but reading.
void only_read(Connection& connection);

// For SQL that somebody else wrote, of a connection that was opened for reading: no transaction, no setting either.
void only_select(Connection& connection);

}  // namespace linkaudit::log
