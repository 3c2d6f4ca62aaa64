// Care of the database file: is it sound, a copy while it is in use, projections made anew, where its bytes go.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/log/log.h"

namespace linkaudit::log {

// SQLite's own check of the file, that tables, triggers and views are those of this schema, that the numbers of entries
// and of tree nodes have no gap, and that no fewer are there than were signed; the first misfit. Quick: no entry is
// read. Log::verify() proves their contents, too.
std::optional<std::string> check_file(const Log& log);

// Copies one state of the log to a new file, while others read and write; durable on return, and never seen half
// written. Throws LogRefused when `copy` is there already, LogError when it cannot be written.
void back_up(const Log& log, const std::string& copy);

// Makes everything anew that follows from the entries, in one transaction; returns the number of entries. Throws
// LogError naming the entry when one cannot be read: then nothing was changed.
std::int64_t rebuild(Log& log);

std::int32_t schema_of(const Log& log);

struct TableBytes {
  std::string table;
  std::int64_t rows = 0, bytes = 0;  // bytes on disk, with its indexes
};

struct BlobBytes {
  std::string kind;
  std::int64_t blobs = 0, bytes = 0, stored_bytes = 0;  // stored: packed
};

struct Statistics {
  std::int64_t file_bytes = 0, free_bytes = 0, wal_bytes = 0;
  std::vector<std::pair<std::string, std::int64_t>> entries;  // by type
  std::vector<TableBytes> tables;                             // in order of their names
  std::vector<BlobBytes> blobs;                               // in order of their kinds
};

Statistics statistics(const Log& log);

}  // namespace linkaudit::log
