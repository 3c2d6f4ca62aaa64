// The parts of the page, one function each; they write what they are given and close what they open.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/display.h"
#include "reports/page/anchors.h"
#include "reports/report.h"

namespace linkaudit::reports::page {

std::string_view style();   // page.css
std::string_view script();  // page.js

// What each part needs to know of the whole.
struct Page {
  const Report& report;
  const Display& display;
  const Anchors& anchors;
  std::size_t most_rows;  // of one table
};

void add_cover(const Page& page, std::ostream& out);
void add_matrix(const Matrix& matrix, const Page& page, std::ostream& out);
void add_timeline(const Timeline& timeline, const Page& page, std::ostream& out);
void add_table(const Table& table, std::string_view id, const Page& page, std::ostream& out);

// The rows of a table without its heading, in a frame of their own that scrolls.
void add_rows(const Table& table, const Page& page, std::ostream& out);
// Bars of the first rows of a table. `id` is the section's.
void add_chart(const Table& table, std::string_view id, const Page& page, std::ostream& out);

// One cell of a table: its content, escaped, and its attributes with a space in front.
struct Cell {
  std::string content, attributes;
};
// Largest number of all columns with heat, and of each column with bars: what a number is measured by.
struct Scale {
  double heat = 0;
  std::vector<double> bars;
};
Cell cell_of(const Table& table, std::size_t column, const Value& value, const Scale& scale, const Page& page);

// Attributes of an element with one more class.
std::string with_class(const std::string& attributes, std::string_view more);

// A number that counts or measures, if the value is one.
std::optional<double> number_of(const Value& value);

}  // namespace linkaudit::reports::page
