#include "audit/query/values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "audit/query/remarks.h"
#include "audit/words.h"
#include "reports/display.h"

namespace linkaudit::query {

std::string word_of(const Reader& reader, std::string_view key) {
  return std::string(audit::word(code(reader.language), key));
}

std::string heading_of(const Reader& reader, std::string_view key) {
  return heading_of(reader, law::Bilingual{std::string(audit::word("en", key)), std::string(audit::word("zh", key))});
}

std::string heading_of(const Reader& reader, const law::Bilingual& text) {
  const std::string& own = in(reader.language, text);
  const std::string& other = in(reader.language == Language::zh ? Language::en : Language::zh, text);
  return !reader.both || own == other ? own : own + " " + other;
}

std::string day_in_words(const Reader& reader, Instant at) {
  reports::Report frame;
  frame.language = reader.language;
  frame.zone = reader.catalog.zone;
  const reports::Display display(frame);
  std::string day = display.long_date(at);
  const std::string shown = display.zone().shown(at);  // "2022-01-27 23:59:59"
  const std::string time = shown.substr(std::min(shown.size(), shown.find(' ') + 1));
  return time == "23:59:59" ? day : day + " " + time;
}

reports::Column column(const Reader& reader, const std::string& key, double width, bool wrap) {
  return {key, heading_of(reader, "column." + key), width, wrap};
}

reports::Table table_of(const Reader& reader, const std::string& id, std::vector<reports::Column> columns,
                        std::vector<reports::Row> rows, int printed_columns) {
  return {id,
          heading_of(reader, "table." + id),
          word_of(reader, "table." + id + ".intro"),
          std::move(columns),
          reports::rows_of(std::move(rows)),
          1,
          printed_columns};
}

reports::Value action_value(const Reader& reader, const std::string& action) {
  if (action.empty()) return {};
  const bool known = std::find(kOfficerActions.begin(), kOfficerActions.end(), action) != kOfficerActions.end();
  return reports::Term{action, known ? word_of(reader, "action." + action) : action};
}

std::string speaker_of(const std::string& source) {
  const std::string observer = source.substr(0, source.find('|'));
  return observer.empty() ? source.substr(source.rfind('|') + 1) : observer;
}

std::string joined(const std::vector<std::string>& items, std::string_view separator) {
  return fmt::format("{}", fmt::join(items, separator));
}

reports::Value entries_value(const std::vector<std::int64_t>& items) {
  return items.empty() ? reports::Value() : reports::Value(reports::Entries{items});
}

reports::Value number(const std::optional<int>& value) {
  return value ? reports::Value(std::int64_t{*value}) : reports::Value();
}

reports::Value yes_no(const std::optional<bool>& value) {
  return value ? reports::Value(*value) : reports::Value();
}

reports::Value text(const std::string& value) {
  return value.empty() ? reports::Value() : reports::Value(value);
}

}  // namespace linkaudit::query
