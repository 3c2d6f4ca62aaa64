// JSON, one row a line: of all sheets in one file, each line says of which it is.
#include <ostream>

#include "reports/file.h"
#include "reports/json_rows.h"
#include "reports/order.h"
#include "reports/text.h"
#include "reports/write.h"

namespace linkaudit::reports {

void print_ndjson(const Table& table, const Report& report, std::ostream& out) {
  each_row(table, Zone(report.zone), [&](const nlohmann::ordered_json& row) {
    nlohmann::ordered_json line = {{"sheet", plain_text(table.id)}};
    line.update(row);
    if (report.simulated) line["simulated"] = true;
    out << line.dump() << "\n";
    return static_cast<bool>(out);
  });
}

void print_ndjson(const Report& report, std::ostream& out) {
  for (const Table* table : sheets_of(report)) print_ndjson(*table, report, out);
}

void write_ndjson(const Table& table, const Report& report, const std::string& path) {
  replace_file_by_stream(path, [&](std::ostream& out) { print_ndjson(table, report, out); });
}

void write_ndjson(const Report& report, const std::string& path) {
  replace_file_by_stream(path, [&](std::ostream& out) { print_ndjson(report, out); });
}

}  // namespace linkaudit::reports
