// CSV by libcsv: rows of fields, each row with the line it begins on.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace linkaudit::run {

struct CsvRow {
  int line = 0;  // from 1
  std::vector<std::string> fields;
};

struct CsvError {
  int line = 0;
  std::string text;
};

// RFC 4180, comma, quotes strictly. A UTF-8 BOM is passed over; text that is not UTF-8, or holds NUL, is an error.
tl::expected<std::vector<CsvRow>, CsvError> parse_csv(std::string_view text);

}  // namespace linkaudit::run
