// Small helpers with which the tables of this folder are written.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/query/tables.h"
#include "reports/report.h"

namespace linkaudit::query {

std::string word_of(const Reader& reader, std::string_view key);
// A word with gaps, filled.
std::string formatted(const Reader& reader, std::string_view key, const auto&... values) {
  return fmt::format(fmt::runtime(word_of(reader, key)), values...);
}

// Of a title or heading: in both languages for a reader of both, their own first.
std::string heading_of(const Reader& reader, std::string_view key);
std::string heading_of(const Reader& reader, const law::Bilingual& text);

// For sentences and headings: "27 January 2022", with the time of day unless the day is over with it, in the catalog's
// zone.
std::string day_in_words(const Reader& reader, Instant at);

// A column whose heading is the word "column.<key>".
reports::Column column(const Reader& reader, const std::string& key, double width, bool wrap = false);

// "table.<id>" is its title, "table.<id>.intro" its sentence.
reports::Table table_of(const Reader& reader, const std::string& id, std::vector<reports::Column> columns,
                        std::vector<reports::Row> rows, int printed_columns = 0);

// Why a finding is not plain, in words: what an officer has to look into.
std::string remarks_of(const Reader& reader, const law::Finding& finding);

// What an officer chose to do, by id and words; what is none of the list as it was written.
reports::Value action_value(const Reader& reader, const std::string& action);

// Of observer|method|vantage: the person, or from where a program looked.
std::string speaker_of(const std::string& source);

std::string joined(const std::vector<std::string>& items, std::string_view separator);
reports::Value entries_value(const std::vector<std::int64_t>& items);  // none: not known
reports::Value number(const std::optional<int>& value);
reports::Value yes_no(const std::optional<bool>& value);
// A word of a closed list, by its stable name and its label; an empty optional is not known.
template <typename Word>
reports::Value term(const Reader& reader, const Word& value) {
  return reports::Term{std::string(name(value)), label(reader.language, value)};
}
template <typename Word>
reports::Value term(const Reader& reader, const std::optional<Word>& value) {
  return value ? term(reader, *value) : reports::Value();
}
reports::Value text(const std::string& value);  // empty: not known

// The columns that say by which entry, by whom and why an observation was taken back, and what stands in its place.
inline constexpr const char* kWithdrawnBy = "withdrawn_by";
std::vector<reports::Column> withdrawal_columns(const Reader& reader);
std::vector<reports::Value> withdrawal_values(const log::LoggedObservation& logged);

}  // namespace linkaudit::query
