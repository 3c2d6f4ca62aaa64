// What `schedule install` writes, as text: a block of a crontab, systemd units. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace linkaudit::cli {

// How the program is to be called. All paths are absolute.
struct Installed {
  std::string name;                // of the units, and of the block
  std::string program, directory;  // its working directory
  std::string database;
  std::vector<std::string> catalogs;  // as --catalog
  std::string key;                    // as --key; "" for the database's own
  bool daemon = false;                // serve, where it would be run --due
  bool for_user = true;               // units of a user's manager, or of the system's
};

// A character that neither crontabs nor units can carry: the path is refused.
bool can_be_written(const std::string& text);

// With its first and last line, by which it is found again.
std::string crontab_block(const Installed& what);
// The crontab without the block of this name, and with the new one at its end when it is not empty.
std::string with_block(const std::string& crontab, const std::string& name, const std::string& block);

// File names with their content; the first is the one to enable.
std::vector<std::pair<std::string, std::string>> systemd_units(const Installed& what);
// Whether a file was written by this, so that it may be replaced or removed.
bool is_ours(const std::string& unit);

}  // namespace linkaudit::cli
