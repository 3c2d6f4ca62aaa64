// The database opened past the log, as anybody with SQLite can.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>

#include <string>
#include <vector>

namespace linkaudit::log {

// Each row's columns joined with '|', NULL as "NULL".
std::vector<std::string> rows_of(const std::string& path, const std::string& sql);
void execute(const std::string& path, const std::string& sql);
// What SQLite says against it; "" when it does it.
std::string refusal_of(const std::string& path, const std::string& sql);
// A log as schema 6 had it, of which nothing is packed after another blob.
void back_to_schema_6(const std::string& path);
// As somebody would who knows the schema: all triggers out of the way, and back again afterwards.
void tamper(const std::string& path, const std::string& sql);

}  // namespace linkaudit::log
