// Where on the page an entry's row stands, for whoever follows a number to what it rests on.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "reports/order.h"

namespace linkaudit::reports::page {

// Column of a key; columns.size() where there is none.
std::size_t column_of(const Table& table, std::string_view key);

// The rows of tables with entry_by that are on the page; of several rows of one entry, the first.
class Anchors {
 public:
  Anchors(const std::vector<Part>& parts, std::size_t most_rows);  // pulls their rows once

  bool has(std::int64_t entry) const { return rows_.contains(entry); }
  // "entry-12" for the row that the entry leads to, else empty.
  std::string id_of(const Table& table, std::size_t row, const Row& values) const;
  // Numbers, each leading to its row where that is on the page.
  std::string links(const Entries& entries) const;

 private:
  std::map<std::int64_t, std::pair<const Table*, std::size_t>> rows_;
};

}  // namespace linkaudit::reports::page
