// Small helpers with which the tables of this folder are written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/query/tables.h"
#include "reports/report.h"

namespace linkaudit::query {

std::string word_of(const Reader& reader, std::string_view key);

// A column whose heading is the word "column.<key>".
reports::Column column(const Reader& reader, const std::string& key, double width, bool wrap = false);

std::string joined(const std::vector<std::string>& items, std::string_view separator);
std::string numbers(const std::vector<std::int64_t>& items);  // "1, 2, 5"
reports::Value number(const std::optional<int>& value);
reports::Value yes_no(const std::optional<bool>& value);
reports::Value text(const std::string& value);  // empty: not known

}  // namespace linkaudit::query
