#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "audit/run/attestation.h"
#include "audit/run/corrections.h"
#include "audit/run/xlsx.h"

namespace linkaudit::run {
namespace {

using Problems = std::vector<std::string>;

// The columns of the sheet by the field they are for.
using Columns = std::map<std::string, int>;

bool has_required_columns(const SheetRow& row) {
  return std::ranges::all_of(attestation_fields(), [&](const std::string& field) {
    return !is_required(field) ||
           std::ranges::any_of(row.cells, [&](const SheetCell& cell) { return cell.text == field; });
  });
}

tl::expected<Columns, std::string> columns_of(const SheetRow& row) {
  std::vector<std::string> header;
  for (const SheetCell& cell : row.cells) {
    if (!cell.problem.empty()) return tl::unexpected(cell_name(cell.column, row.number) + ": " + cell.problem);
    header.push_back(cell.text);
  }
  std::size_t at = 0;
  if (const std::string problem = header_problem(header, at); !problem.empty()) {
    return tl::unexpected(cell_name(row.cells[at].column, row.number) + ": " + problem);
  }
  Columns columns;
  for (const SheetCell& cell : row.cells) columns[cell.text] = cell.column;
  return columns;
}

// The cell that a problem "field: ..." is about.
std::string place_of(const std::string& problem, const Columns& columns, std::int64_t row) {
  const auto column = columns.find(problem.substr(0, problem.find(':')));
  return cell_name(column == columns.end() ? 0 : column->second, row);
}

// One line of the sheet; what is wrong goes to `problems`, each with its cell.
std::optional<Attestation> attestation_of(const SheetRow& row, const Columns& columns, const catalog::Catalog& catalog,
                                          probes::Instant now, Problems& problems) {
  AttestationFields fields;
  Problems unread;
  for (const SheetCell& cell : row.cells) {
    const auto column = std::ranges::find(columns, cell.column, &Columns::value_type::second);
    if (column == columns.end()) {
      unread.push_back(cell_name(cell.column, row.number) + ": stands under no heading");
    } else if (!cell.problem.empty()) {
      unread.push_back(cell_name(cell.column, row.number) + ": " + column->first + ": " + cell.problem);
      fields[column->first] = "?";
    } else {
      fields[column->first] = cell.text;
    }
  }
  auto said = attestation_from(fields, catalog, now);
  if (!said) {
    for (const std::string& problem : said.error()) {
      const std::string place = place_of(problem, columns, row.number) + ": ";
      const bool told = std::ranges::any_of(unread, [&](const std::string& line) { return line.starts_with(place); });
      if (!told) problems.push_back(place + problem);
    }
  }
  problems.insert(problems.end(), unread.begin(), unread.end());
  if (!said || !unread.empty()) return std::nullopt;
  return std::move(*said);
}

}  // namespace

tl::expected<std::vector<log::NewEntry>, Problems> attestations_from_xlsx(const std::string& bytes,
                                                                          const std::string& name,
                                                                          const catalog::Catalog& catalog,
                                                                          probes::Instant now, const log::Log* known,
                                                                          const KeepScreenshot& keep) {
  const auto refused = [&](const std::string& why) { return tl::unexpected(Problems{name + ":" + why}); };
  const auto rows = read_xlsx(bytes, has_required_columns);
  if (!rows) return refused(" " + rows.error());
  if (rows->empty()) return refused("A1: no header line");
  const auto columns = columns_of(rows->front());
  if (!columns) return refused(columns.error());
  std::vector<log::NewEntry> entries;
  Problems problems;
  Corrections corrections(known, now);
  for (std::size_t index = 1; index < rows->size(); ++index) {
    const SheetRow& row = (*rows)[index];
    auto said = attestation_of(row, *columns, catalog, now, problems);
    if (!said) continue;
    if (const std::string problem = problem_of(*said, corrections, keep); !problem.empty()) {
      problems.push_back(place_of(problem, *columns, row.number) + ": " + problem);
    } else {
      corrections.add(*said, entries);
    }
  }
  if (problems.empty()) return entries;
  for (std::string& problem : problems) problem.insert(0, name + ":");
  return tl::unexpected(std::move(problems));
}

}  // namespace linkaudit::run
