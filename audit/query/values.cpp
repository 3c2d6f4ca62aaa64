#include "audit/query/values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "audit/words.h"

namespace linkaudit::query {

std::string word_of(const Reader& reader, std::string_view key) {
  return std::string(audit::word(code(reader.language), key));
}

reports::Column column(const Reader& reader, const std::string& key, double width, bool wrap) {
  return {key, word_of(reader, "column." + key), width, wrap};
}

std::string joined(const std::vector<std::string>& items, std::string_view separator) {
  return fmt::format("{}", fmt::join(items, separator));
}

std::string numbers(const std::vector<std::int64_t>& items) {
  return fmt::format("{}", fmt::join(items, ", "));
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
