// What the file says of itself, before it is opened for use.
#pragma once

#include <SQLiteCpp/Database.h>

#include <string>

namespace linkaudit::log {

enum class FileState { absent, empty, ours };

// Leaves the file and its directory as they are. `empty` also when its creation was interrupted, which the next opening
// for writing undoes. Throws LogRefused when it is something else: not a database, another program's, of a newer
// schema.
FileState look_at_file(const std::string& path);

// The same of an open database, as it stands with its write-ahead log. `path` names it. Throws LogRefused.
void check_ours(SQLite::Database& database, const std::string& path);

// SQLite's name for a file that nobody changes while it is open: no locks, no files beside it.
std::string immutable_uri(const std::string& path);

}  // namespace linkaudit::log
