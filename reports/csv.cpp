// RFC 4180 with a byte order mark, so that spreadsheets take it for UTF-8.
#include <cmath>
#include <ostream>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "reports/display.h"
#include "reports/file.h"
#include "reports/neutral.h"
#include "reports/text.h"
#include "reports/write.h"

namespace linkaudit::reports {
namespace {

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos &&
      (text.empty() || (text.front() != ' ' && text.back() != ' '))) {
    return text;
  }
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

struct CsvField {
  const Zone& zone;

  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::string& text) const { return quoted(neutral(plain_text(text))); }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(double number) const { return std::isfinite(number) ? nlohmann::json(number).dump() : ""; }
  std::string operator()(bool is) const { return is ? "true" : "false"; }
  std::string operator()(Instant at) const { return zone.rfc3339(at); }
  std::string operator()(const Badge& badge) const { return (*this)(badge.id); }
  std::string operator()(const Term& term) const { return (*this)(term.id); }
  std::string operator()(const Entries& entries) const {
    return quoted(fmt::format("{}", fmt::join(entries.numbers, ", ")));
  }
  std::string operator()(const Counted& counted) const { return (*this)(counted.number); }
  std::string operator()(const Summed& summed) const { return (*this)(summed.number); }
  std::string operator()(const Picture& picture) const { return (*this)(picture.text); }
};

}  // namespace

void print_csv(const Table& table, const Report& report, std::ostream& out) {
  const Display display(report);
  const CsvField field{display.zone()};
  const std::string mark = simulated_mark(report);

  out << "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < table.columns.size(); ++i) out << (i > 0 ? "," : "") << field(table.columns[i].key);
  out << (mark.empty() ? "\r\n" : ",simulated\r\n");

  const NextRow next = table.rows();
  for (Row row; out && next(row);) {
    row.resize(table.columns.size());
    for (std::size_t i = 0; i < row.size(); ++i) out << (i > 0 ? "," : "") << std::visit(field, row[i]);
    out << (mark.empty() ? "" : "," + mark) << "\r\n";
  }
}

void write_csv(const Table& table, const Report& report, const std::string& path) {
  replace_file_by_stream(path, [&](std::ostream& out) { print_csv(table, report, out); });
}

}  // namespace linkaudit::reports
