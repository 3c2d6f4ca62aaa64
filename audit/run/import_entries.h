// Entries of another log, from lines of JSON as `export` writes them.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

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

// Reads `lines` twice, since it checks every line before it writes the first; so it must be one that can be rewound.
// What the log has already is skipped and counted. Written in batches, each durable: killed half-way, the same import
// goes on where it stopped. Throws BadLine, and log::LogError when the log cannot be written.
Imported import_entries(std::istream& lines, const std::string& name, log::Log& log, log::Instant now);

}  // namespace linkaudit::run
