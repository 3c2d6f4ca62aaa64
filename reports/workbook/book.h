// An Excel workbook being written: owns the library's handle, knows the looks, checks every answer.
#pragma once

#include <xlsxwriter.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "reports/display.h"
#include "reports/report.h"
#include "reports/workbook/names.h"
#include "reports/workbook/palette.h"
#include "reports/workbook/ranges.h"

namespace linkaudit::reports::workbook {

// Throws std::runtime_error unless the answer is LXW_NO_ERROR.
void check(lxw_error answer);

enum class Align { general, left, center, right };
enum class Stand { top, middle, bottom };
// grouped: with a separator between thousands. text: what is typed in is kept as it is.
enum class Numbers { general, whole, grouped, instant, date, text };

// How a cell looks. Sizes in points, colours 0xRRGGBB.
struct Look {
  double size = 10;
  std::uint32_t ink = 0x1F2933;
  std::uint32_t paper = 0xFFFFFF;
  bool filled = false;
  bool bold = false;
  bool wrap = false;
  bool struck = false;  // through
  Align align = Align::general;
  Stand stand = Stand::top;
  std::uint32_t edge = 0;    // colour of the thin frame
  std::uint32_t marker = 0;  // colour of a thick left edge
  bool framed = false;
  bool marked = false;
  bool underlined = false;  // only a thin line below, in the colour of `edge`
  std::uint8_t indent = 0;
  Numbers numbers = Numbers::general;
  bool open = false;  // may be changed where the sheet is protected
  int turned = 0;     // degrees, upwards

  auto operator<=>(const Look&) const = default;
};

class Book {
 public:
  // Nothing is at `path` before close(); the library's working files lie in `directory`, each unlinked at once.
  // `row_limit` rows in a sheet at the most, headings included (at least 16).
  Book(const Report& report, const Display& display, const std::string& path, std::string directory,
       std::uint32_t row_limit = LXW_ROW_MAX);
  ~Book();
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  const Report& report() const { return report_; }
  const Display& display() const { return display_; }
  const Accents& accents() const { return accents_; }
  Ranges& ranges() { return ranges_; }
  std::uint32_t row_limit() const { return row_limit_; }
  const char* font() const;

  // A sheet of a name like `wanted`, with page set-up: A4 landscape, one page wide, header and footer.
  lxw_worksheet* add_sheet(const std::string& wanted);
  lxw_format* format(const Look& look);
  lxw_format* change(const Look& look);           // what a condition changes of a cell: ink, paper and weight alone
  std::string text(std::string_view text) const;  // sheet_text() with the word for "shortened"
  lxw_chart* add_chart(lxw_chart_type type);
  void define(const std::string& name, const std::string& formula);

  // A range of cells that holds the values, on a hidden sheet: "='Lists'!$A$1:$A$9".
  std::string list_of(const std::vector<std::string>& values);

  // Writes the file. Throws std::runtime_error; what is at the path then is of no use.
  void close();

 private:
  void set_properties();
  void set_page(lxw_worksheet* sheet);
  void write_lists();

  const Report& report_;
  const Display& display_;
  std::string directory_;
  lxw_workbook* book_ = nullptr;
  std::vector<lxw_worksheet*> sheets_;
  std::map<Look, lxw_format*> formats_;
  SheetNames names_;
  Accents accents_;
  std::uint32_t row_limit_;
  Ranges ranges_;
  std::string shortened_;  // the word
  std::string lists_name_;  // of the sheet; empty until something is listed
  std::vector<std::vector<std::string>> lists_;
};

}  // namespace linkaudit::reports::workbook
