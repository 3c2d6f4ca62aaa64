#include "audit/run/csv.h"

#include <csv.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace linkaudit::run {
namespace {

struct Reading {
  std::vector<CsvRow> rows;
  CsvRow row;
  int line = 1;        // of the byte being read
  int begin_line = 1;  // of the row being read
  bool between_rows = true;
};

void on_field(void* field, std::size_t length, void* data) {
  auto& reading = *static_cast<Reading*>(data);
  reading.row.fields.emplace_back(static_cast<const char*>(field), length);
}

void on_row(int, void* data) {
  auto& reading = *static_cast<Reading*>(data);
  reading.row.line = reading.begin_line;
  reading.rows.push_back(std::move(reading.row));
  reading.row = {};
  reading.between_rows = true;
}

int line_at(std::string_view text, std::size_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

// The offset of the first byte that is not UTF-8 or is NUL; the size when there is none.
std::size_t first_bad_byte(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  std::int32_t index = 0;
  while (index < size) {
    const std::int32_t begin = index;
    UChar32 character = 0;
    U8_NEXT(bytes, index, size, character);
    if (character <= 0) return static_cast<std::size_t>(begin);
  }
  return text.size();
}

}  // namespace

tl::expected<std::vector<CsvRow>, CsvError> parse_csv(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  if (const std::size_t bad = first_bad_byte(text); bad < text.size()) {
    return tl::unexpected(CsvError{line_at(text, bad), "not UTF-8 text; save the file as CSV UTF-8"});
  }
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::runtime_error("libcsv cannot start");
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> owner(&parser, csv_free);
  Reading reading;
  for (const char& byte : text) {  // one byte at a time, so that each row knows its line
    if (reading.between_rows && byte != '\n' && byte != '\r') {
      reading.begin_line = reading.line;
      reading.between_rows = false;
    }
    if (csv_parse(&parser, &byte, 1, on_field, on_row, &reading) != 1) {
      return tl::unexpected(CsvError{reading.line, "a quote stands where none may; a field with quotes is written \"a \"\"b\"\" c\""});
    }
    if (byte == '\n') ++reading.line;
  }
  if (csv_fini(&parser, on_field, on_row, &reading) != 0) {
    return tl::unexpected(CsvError{reading.begin_line, "a quoted field that begins here does not end"});
  }
  return std::move(reading.rows);
}

}  // namespace linkaudit::run
