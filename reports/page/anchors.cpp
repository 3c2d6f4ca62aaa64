#include "reports/page/anchors.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace linkaudit::reports::page {
namespace {

std::optional<std::int64_t> entry_of(const Row& values, std::size_t column) {
  if (column >= values.size()) return {};
  if (const auto* number = std::get_if<std::int64_t>(&values[column])) return *number;
  const auto* entries = std::get_if<Entries>(&values[column]);
  if (entries == nullptr || entries->numbers.empty()) return {};
  return entries->numbers.front();
}

}  // namespace

std::size_t column_of(const Table& table, std::string_view key) {
  return static_cast<std::size_t>(std::ranges::find(table.columns, key, &Column::key) - table.columns.begin());
}

Anchors::Anchors(const std::vector<Part>& parts, std::size_t most_rows) {
  for (const Part& part : parts) {
    if (part.table == nullptr || part.table->entry_by.empty()) continue;
    const std::size_t column = column_of(*part.table, part.table->entry_by);
    const NextRow next = part.table->rows();
    std::size_t count = 0;
    for (Row values; count < most_rows && next(values); ++count) {
      if (const auto entry = entry_of(values, column)) rows_.try_emplace(*entry, part.table, count);
    }
  }
}

std::string Anchors::id_of(const Table& table, std::size_t row, const Row& values) const {
  if (table.entry_by.empty()) return {};
  const auto entry = entry_of(values, column_of(table, table.entry_by));
  const auto found = entry ? rows_.find(*entry) : rows_.end();
  if (found == rows_.end() || found->second != std::pair(&table, row)) return {};
  return fmt::format("entry-{}", *entry);
}

std::string Anchors::links(const Entries& entries) const {
  std::string out;
  for (const std::int64_t entry : entries.numbers) {
    if (!out.empty()) out += ", ";
    out += has(entry) ? fmt::format("<a href=\"#entry-{0}\">{0}</a>", entry) : fmt::format("{}", entry);
  }
  return out;
}

}  // namespace linkaudit::reports::page
