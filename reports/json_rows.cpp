#include "reports/json_rows.h"

#include "reports/text.h"

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

}  // namespace

void each_row(const Table& table, const Zone& zone, const std::function<bool(const ordered_json&)>& take) {
  std::vector<std::string> keys;
  for (const auto& column : table.columns) keys.push_back(plain_text(column.key));
  const NextRow next = table.rows();
  for (Row row; next(row);) {
    row.resize(keys.size());
    ordered_json object = ordered_json::object();
    for (std::size_t i = 0; i < keys.size(); ++i) object[keys[i]] = std::visit(JsonField{zone}, row[i]);
    if (!take(object)) return;
  }
}

}  // namespace linkaudit::reports
