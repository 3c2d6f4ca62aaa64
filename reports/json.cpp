#include <nlohmann/json.hpp>
#include <ostream>

#include "reports/display.h"
#include "reports/file.h"
#include "reports/text.h"
#include "reports/write.h"

namespace linkaudit::reports {
namespace {

using nlohmann::ordered_json;

struct JsonField {
  const Zone& zone;

  ordered_json operator()(std::monostate) const { return nullptr; }
  ordered_json operator()(const std::string& text) const { return plain_text(text); }
  ordered_json operator()(std::int64_t number) const { return number; }
  ordered_json operator()(double number) const { return number; }  // NaN and infinities are written as null
  ordered_json operator()(bool is) const { return is; }
  ordered_json operator()(Instant at) const { return zone.rfc3339(at); }
  ordered_json operator()(const Badge& badge) const { return plain_text(badge.id); }
  ordered_json operator()(const Term& term) const { return plain_text(term.id); }
  ordered_json operator()(const Entries& entries) const { return entries.numbers; }
  ordered_json operator()(const Counted& counted) const { return counted.number; }
  ordered_json operator()(const Summed& summed) const { return summed.number; }
  ordered_json operator()(const Picture& picture) const { return plain_text(picture.text); }
};

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
  return {{"outcome", plain_text(entry.outcome.id)},
          {"label", plain_text(entry.outcome.label)},
          {"tier", plain_text(entry.tier_mark)},
          {"text", plain_text(entry.text)},
          {"comment", plain_text(entry.comment)}};
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
void print_rows(const Table& table, const Zone& zone, std::ostream& out) {
  std::vector<std::string> keys;
  for (const auto& column : table.columns) keys.push_back(plain_text(column.key));
  const NextRow next = table.rows();
  const char* before = "\n";
  for (Row row; out && next(row);) {
    row.resize(keys.size());
    ordered_json object = ordered_json::object();
    for (std::size_t i = 0; i < keys.size(); ++i) object[keys[i]] = std::visit(JsonField{zone}, row[i]);
    out << before << object.dump();
    before = ",\n";
  }
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
  line("headlines", as_json(report.headlines));
  line("cover", as_json(report.cover));
  line("matrix", as_json(report.matrix));
  out << "\"tables\": {";
  const char* before = "\n";
  for (const auto& table : report.tables) {
    out << before << ordered_json(plain_text(table.id)).dump() << ": [";
    print_rows(table, display.zone(), out);
    out << "\n]";
    before = ",\n";
  }
  out << "\n}\n}\n";
}

void write_json(const Report& report, const std::string& path) {
  replace_file_by_stream(path, [&](std::ostream& out) { print_json(report, out); });
}

}  // namespace linkaudit::reports
