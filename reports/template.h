// A workbook to be filled in: one sheet with a header line and lists to choose from, one that explains the columns, one
// with the valid values.
#pragma once

#include <string>
#include <vector>

#include "reports/report.h"

namespace linkaudit::reports {

struct TemplateColumn {
  std::string key;          // heading of the column: what a program reads
  std::string explanation;  // in the reader's language; at most 255 characters are shown at a cell
  std::string example;
  std::vector<std::string> values;  // to choose from; empty: anything
  bool required = false;
  double width = 14;  // characters
};

struct Template {
  Language language = Language::en;
  std::string title;
  std::string zone = "Asia/Shanghai";                   // IANA name
  std::string sheet, instructions_sheet, values_sheet;  // names of the sheets, in the reader's language
  std::vector<std::string> instructions;                // paragraphs above the table of the columns
  std::string column_heading, required_heading, explanation_heading, example_heading, values_heading;
  std::vector<TemplateColumn> columns;
};

// All cells of the first sheet are of the format text, so that a spreadsheet keeps what is typed as it is. Throws
// std::runtime_error with one line that names the path. The same template gives the same bytes.
void write_template(const Template& form, const std::string& path);

}  // namespace linkaudit::reports
