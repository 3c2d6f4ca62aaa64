#include <nlohmann/json.hpp>
#include <ostream>

#include "reports/display.h"
#include "reports/file.h"
#include "reports/json_rows.h"
#include "reports/order.h"
#include "reports/text.h"
#include "reports/write.h"

namespace linkaudit::reports {
namespace {

using nlohmann::ordered_json;

ordered_json as_json(const std::vector<std::string>& texts) {
  ordered_json out = ordered_json::array();
  for (const auto& text : texts) out.push_back(plain_text(text));
  return out;
}

ordered_json as_json(const std::vector<Headline>& headlines) {
  ordered_json out = ordered_json::array();
  for (const auto& one : headlines) {
    out.push_back(
        {{"label", plain_text(one.label)}, {"value", plain_text(one.value)}, {"detail", plain_text(one.detail)}});
  }
  return out;
}

ordered_json as_json(const std::vector<CoverBlock>& blocks) {
  ordered_json out = ordered_json::array();
  for (const auto& block : blocks) {
    ordered_json lines = ordered_json::array();
    for (const auto& [label, text] : block.lines) {
      lines.push_back({{"label", plain_text(label)}, {"text", plain_text(text)}});
    }
    out.push_back({{"heading", plain_text(block.heading)}, {"lines", std::move(lines)}});
  }
  return out;
}

ordered_json as_json(const MatrixEntry& entry) {
  return {{"outcome", plain_text(entry.outcome.id)}, {"label", plain_text(entry.outcome.label)},
          {"tier", plain_text(entry.tier_mark)},     {"text", plain_text(entry.text)},
          {"comment", plain_text(entry.comment)},    {"entries", entry.entries.numbers}};
}

ordered_json as_json(const std::optional<Matrix>& matrix) {
  if (!matrix) return nullptr;
  ordered_json cells = ordered_json::array();
  for (const auto& line : matrix->cells) {
    ordered_json row = ordered_json::array();
    for (const auto& entry : line) row.push_back(as_json(entry));
    cells.push_back(std::move(row));
  }
  return {{"title", plain_text(matrix->title)},
          {"groups", as_json(matrix->groups)},
          {"contexts", as_json(matrix->contexts)},
          {"platforms", as_json(matrix->platforms)},
          {"cells", std::move(cells)}};
}

// One row a line: a person can read it, and no table is held in memory.
void print_array(const Table& table, const Zone& zone, std::ostream& out) {
  const char* before = "\n";
  out << "[";
  each_row(table, zone, [&](const ordered_json& row) {
    out << before << row.dump();
    before = ",\n";
    return static_cast<bool>(out);
  });
  out << "\n]";
}

}  // namespace

void print_json(const Report& report, std::ostream& out) {
  const Display display(report);
  const auto line = [&](const char* key, const ordered_json& value) {
    out << "\"" << key << "\": " << value.dump() << ",\n";
  };
  out << "{\n";
  line("title", plain_text(report.title));
  line("subtitle", plain_text(report.subtitle));
  line("organisation", plain_text(report.organisation));
  line("language", display.language());
  line("as_of", display.zone().rfc3339(report.as_of));
  line("zone", plain_text(report.zone));
  line("simulated", report.simulated);
  if (report.simulated) line("notice", simulated_banner(report));
  line("checkpoint", plain_text(report.checkpoint));
  const bool cover = draws(report, Part::Kind::cover);
  line("headlines", as_json(cover ? report.headlines : std::vector<Headline>{}));
  line("cover", as_json(cover ? report.cover : std::vector<CoverBlock>{}));
  line("matrix", as_json(draws(report, Part::Kind::matrix) ? report.matrix : std::nullopt));
  out << "\"tables\": {";
  const char* before = "\n";
  for (const Table* table : sheets_of(report)) {
    out << before << ordered_json(plain_text(table->id)).dump() << ": ";
    print_array(*table, display.zone(), out);
    before = ",\n";
  }
  out << "\n}\n}\n";
}

void print_json(const Table& table, const Report& report, std::ostream& out) {
  print_array(table, Zone(report.zone), out);
  out << "\n";
}

void write_json(const Table& table, const Report& report, const std::string& path) {
  replace_file_by_stream(path, [&](std::ostream& out) { print_json(table, report, out); });
}

void write_json(const Report& report, const std::string& path) {
  replace_file_by_stream(path, [&](std::ostream& out) { print_json(report, out); });
}

}  // namespace linkaudit::reports
