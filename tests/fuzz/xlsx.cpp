// Workbooks. Input: a file that begins with PK, else parts of one, separated by the byte 1E and zipped here: the sheet,
// shared strings, styles, the workbook and its relationships. What is left out is as a plain workbook has it.
#include "audit/run/xlsx.h"

#include <Poco/DateTime.h>
#include <Poco/Zip/Compress.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "audit/catalog/load.h"
#include "audit/run/attestation.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"

namespace linkaudit::fuzz {
namespace {

struct Part {
  const char* name;
  std::string text;
};

std::string zip_of(const std::array<Part, 5>& parts, Poco::Zip::ZipCommon::CompressionMethod method) {
  std::ostringstream out;
  Poco::Zip::Compress compress(out, true);
  for (const Part& part : parts) {
    std::istringstream in(part.text);
    compress.addFile(in, Poco::DateTime(2022, 1, 27), Poco::Path(part.name, Poco::Path::PATH_UNIX), method);
  }
  compress.close();
  return out.str();
}

std::array<Part, 5> parts_of(std::string_view input) {
  std::array<Part, 5> parts = {
      {{"xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>"},
       {"xl/sharedStrings.xml", "<sst><si><t>at</t></si><si><t>link</t></si></sst>"},
       {"xl/styles.xml", R"(<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>)"},
       {"xl/workbook.xml", R"(<workbook xmlns:r="r"><sheets><sheet name="a" r:id="x1"/></sheets></workbook>)"},
       {"xl/_rels/workbook.xml.rels",
        R"(<Relationships><Relationship Id="x1" Target="worksheets/sheet1.xml"/></Relationships>)"}}};
  for (Part& part : parts) {
    const std::size_t end = std::min(input.find('\x1e'), input.size());
    if (end > 0) part.text = input.substr(0, end);
    input.remove_prefix(std::min(end + 1, input.size()));
  }
  return parts;
}

using Read = tl::expected<std::vector<run::SheetRow>, std::string>;

Read rows_of(const std::string& bytes) {
  return run::read_xlsx(bytes, [](const run::SheetRow&) { return true; });
}

void check_cells(const run::SheetRow& row) {
  require(!row.cells.empty(), "a row holds something");
  int last = -1;
  for (const run::SheetCell& cell : row.cells) {
    require(cell.column > last, "cells stand from left to right");
    require(cell.text.empty() != cell.problem.empty(), "a cell has a text or a problem");
    require(is_utf8(cell.text), "a text is UTF-8", cell.text);
    if (cell.text.empty()) require_one_line(cell.problem, "what is wrong with a cell");
    last = cell.column;
  }
}

void check_rows(const Read& rows) {
  if (!rows) return require_one_line(rows.error(), "what is wrong with a file");
  std::int64_t last = 0;
  for (const run::SheetRow& row : *rows) {
    require(row.number > last, "rows stand one below the other");
    check_cells(row);
    last = row.number;
  }
}

bool same(const Read& left, const Read& right) {
  if (!left || !right) return !left && !right && left.error() == right.error();
  const auto same_cell = [](const run::SheetCell& a, const run::SheetCell& b) {
    return a.column == b.column && a.text == b.text && a.problem == b.problem;
  };
  return std::ranges::equal(*left, *right, [&](const run::SheetRow& a, const run::SheetRow& b) {
    return a.number == b.number && std::ranges::equal(a.cells, b.cells, same_cell);
  });
}

void check_attestations(const std::string& bytes) {
  static const catalog::Catalog catalog = catalog::load({}).value();
  constexpr probes::Instant now{std::chrono::hours(24 * 365 * 55)};
  const auto entries = run::attestations_from_xlsx(bytes, "input.xlsx", catalog, now);
  if (entries) return;
  require(!entries.error().empty(), "what is refused has a reason");
  for (const std::string& problem : entries.error()) {
    require(problem.starts_with("input.xlsx:"), "a problem begins with the file", problem);
  }
}

}  // namespace

void xlsx(std::string_view input) {
  if (input.starts_with("PK")) {
    check_rows(rows_of(std::string(input)));
    return check_attestations(std::string(input));
  }
  const auto parts = parts_of(input);
  const std::string stored = zip_of(parts, Poco::Zip::ZipCommon::CM_STORE);
  const Read rows = rows_of(stored);
  check_rows(rows);
  require(same(rows, rows_of(zip_of(parts, Poco::Zip::ZipCommon::CM_DEFLATE))), "however it is packed, the same");
  check_attestations(stored);
}

}  // namespace linkaudit::fuzz
