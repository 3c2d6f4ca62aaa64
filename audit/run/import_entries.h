// Entries of another log, from lines of JSON as `export` writes them.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <unordered_set>
#include <vector>

#include "audit/log/log.h"

namespace linkaudit::run {

struct Imported {
  std::int64_t added = 0, known = 0;
};

// A line that does not fit: "FILE:LINE: why". Nothing was written.
class BadLine : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// What was found out about lines all of which fit.
struct CheckedEntries {
  std::vector<std::size_t> marks;          // of the bytes of each batch
  std::unordered_set<std::int64_t> named;  // entries that others name, by their numbers in the other log
};

// Looks at every line, before there need be a log. Throws BadLine.
CheckedEntries check_entries(std::istream& lines, const std::string& name);

// Reads `lines`, which were checked, a second time; so it must be one that can be rewound. What the log has already is
// skipped and counted. Written in batches, each durable: killed half-way, the same import goes on where it stopped.
// Throws BadLine when they have changed since, and log::LogError when the log cannot be written.
Imported import_entries(std::istream& lines, const std::string& name, CheckedEntries checked, log::Log& log,
                        log::Instant now);

}  // namespace linkaudit::run
