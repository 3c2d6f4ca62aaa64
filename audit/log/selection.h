// One question of a person's to the database file, in SQL: the views that FORMAT.md describes are made for that.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "audit/log/log.h"

namespace linkaudit::log {

// What is asked is no SQL, more than one statement, or anything but reading. What SQLite says of it, in one line.
class SelectRefused : public LogRefused {
 public:
  using LogRefused::LogRefused;
};

struct BlobField {
  std::string bytes;

  bool operator==(const BlobField&) const = default;
};

// As SQLite has it: NULL, INTEGER, REAL, TEXT (bytes that need not be UTF-8), BLOB.
using Field = std::variant<std::monostate, std::int64_t, double, std::string, BlobField>;

// Rows are read as they are asked for, of one state of the log, through a connection of its own that can only read:
// not write, attach, load or set anything. Move-only; one thread at a time. Throws SelectRefused, also in next(),
// where SQLite finds out only while it computes; LogError when the file cannot be read.
class SelectedRows {
 public:
  SelectedRows(const Log& log, const std::string& sql);
  SelectedRows(SelectedRows&&) noexcept;
  SelectedRows& operator=(SelectedRows&&) noexcept;
  ~SelectedRows();

  const std::vector<std::string>& columns() const;  // as named by the statement; two may have one name
  bool next(std::vector<Field>& row);               // false at the end; as many fields as columns

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace linkaudit::log
