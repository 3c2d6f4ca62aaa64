#include "reports/workbook/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/workbook/palette.h"
#include "reports/workbook/picture.h"

namespace linkaudit::reports::workbook {
namespace {

constexpr std::int64_t largest_exact = 999'999'999'999'999;  // spreadsheets keep 15 digits
constexpr std::size_t most_texts = 4096, longest_kept = 200;

bool is_plain_ascii(const std::string& text) {
  if (text.size() > longest_text) return false;
  for (const char c : text) {
    if (c < 0x20 || c == 0x7F || c == '_') return false;
  }
  return true;
}

bool is_of_entries(const Table& table, const Column& column) {
  return column.key == "entry" || column.key == table.entry_by || column.key.ends_with("_entry");
}

// "=SUM(C5,D5)"; nothing when a column is missing, or would be its own sum.
std::optional<std::string> sum_of(const Summed& summed, const Table& table, std::uint32_t row, std::size_t self) {
  std::string cells;
  for (const std::string& key : summed.columns) {
    const auto column =
        static_cast<std::size_t>(std::ranges::find(table.columns, key, &Column::key) - table.columns.begin());
    if (column == table.columns.size() || column == self) return {};
    char name[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell(name, row, static_cast<lxw_col_t>(column));
    cells += (cells.empty() ? "" : ",") + std::string(name);
  }
  constexpr std::size_t most_arguments = 255;
  if (cells.empty() || summed.columns.size() > most_arguments) return {};
  return "=SUM(" + cells + ")";
}

}  // namespace

struct CellWriter {
  using Kind = Cells::Kind;
  Cells& cells;
  std::size_t index;

  lxw_worksheet* sheet() const { return cells.sheet_.handle(); }
  lxw_row_t row() const { return cells.sheet_.row(); }
  lxw_col_t column() const { return static_cast<lxw_col_t>(index); }
  Book& book() const { return cells.sheet_.book(); }

  void text(const std::string& text, lxw_format* format) {
    check(worksheet_write_string(sheet(), row(), column(), cells.safe(text), format));
  }
  void number(double number, lxw_format* format) {
    if (cells.table_.columns[index].heat) cells.hottest_ = std::max(cells.hottest_, number);
    check(worksheet_write_number(sheet(), row(), column(), number, format));
  }
  void formula(const std::optional<std::string>& formula, std::int64_t value) {
    if (!formula) return (*this)(value);
    if (cells.table_.columns[index].heat) cells.hottest_ = std::max(cells.hottest_, static_cast<double>(value));
    check(worksheet_write_formula_num(sheet(), row(), column(), formula->c_str(), cells.format(index, Kind::grouped),
                                      static_cast<double>(value)));
  }

  void operator()(std::monostate) {
    check(worksheet_write_blank(sheet(), row(), column(), cells.format(index, Kind::text)));
  }
  void operator()(const std::string& value) { text(value, cells.format(index, Kind::text)); }
  void operator()(std::int64_t value) {
    const Kind kind = cells.counts_entries_[index] != 0 ? Kind::whole : Kind::grouped;
    if (value > largest_exact || value < -largest_exact) return text(std::to_string(value), cells.format(index, kind));
    number(static_cast<double>(value), cells.format(index, kind));
  }
  void operator()(double value) {
    if (!std::isfinite(value)) return (*this)(std::monostate{});
    number(value, cells.format(index, Kind::real));
  }
  void operator()(bool value) {
    text(std::string(book().display().word(value ? "yes" : "no")), cells.format(index, Kind::text));
  }
  void operator()(Instant value) {
    const bool date = cells.table_.columns[index].input == Input::date;
    if (!cells.sheet_.instant(column(), value, cells.format(index, date ? Kind::date : Kind::instant), date)) {
      text(book().display().zone().shown(value), cells.format(index, Kind::text));
    }
  }
  void operator()(const Badge& value) { text(shown(value), cells.format(index, Kind::badge, value.tone)); }
  void operator()(const Term& value) { text(value.label, cells.format(index, Kind::text)); }
  void operator()(const Entries& value) {
    if (value.numbers.size() != 1) return text(book().display().shown(value), cells.format(index, Kind::entry));
    number(static_cast<double>(value.numbers[0]), cells.format(index, Kind::entry));
  }
  void operator()(const Counted& value) {
    formula(book().ranges().formula_of(value, cells.table_, cells.table_.columns[index].key), value.number);
  }
  void operator()(const Summed& value) { formula(sum_of(value, cells.table_, row(), index), value.number); }
  void operator()(const Picture& value) {
    text(value.text, cells.format(index, Kind::below));
    insert_picture(cells.sheet_, column(), value, cells.table_.columns[index].width);
  }
};

Cells::Cells(Sheet& sheet, const Table& table) : sheet_(sheet), table_(table) {
  for (const Column& column : table.columns) {
    Look look{.ink = body, .wrap = column.wrap, .stand = Stand::top, .edge = rule, .underlined = true};
    if (column.input != Input::none) {
      look = {.ink = body,
              .paper = input_paper,
              .filled = true,
              .wrap = true,
              .align = Align::left,
              .stand = Stand::top,
              .edge = input_edge,
              .framed = true,
              .numbers = column.input == Input::date ? Numbers::date : Numbers::text,
              .open = true};
    }
    looks_.push_back({look});
    counts_entries_.push_back(is_of_entries(table, column) ? 1 : 0);
  }
}

lxw_format* Cells::format(std::size_t column, Kind kind, Tone tone) {
  ColumnLook& own = looks_[column];
  const bool struck = column < struck_;
  const std::size_t index = static_cast<std::size_t>(kind) + (kind == Kind::badge ? static_cast<std::size_t>(tone) : 0);
  lxw_format*& format = (struck ? own.struck : own.formats)[index];
  if (format != nullptr) return format;
  Look look = own.look;
  if (struck) look.ink = faint;
  look.struck = struck;
  const auto set_number = [&](Numbers numbers) {
    look.numbers = numbers;
    look.align = Align::right;
    look.indent = 1;  // off the text of the next column
  };
  switch (kind) {
    case Kind::text: break;
    case Kind::below:  // a picture
      look.stand = Stand::bottom;
      look.wrap = true;
      break;
    case Kind::entry:
      look.numbers = Numbers::whole;
      look.align = Align::left;
      break;
    case Kind::whole: set_number(Numbers::whole); break;
    case Kind::grouped: set_number(Numbers::grouped); break;
    case Kind::real: set_number(Numbers::general); break;
    case Kind::instant:
    case Kind::date:
      look.numbers = kind == Kind::date ? Numbers::date : Numbers::instant;
      look.align = Align::left;
      break;
    case Kind::badge:
      look.filled = true;
      look.paper = paint_of(tone).paper;
      look.ink = paint_of(tone).ink;
  }
  return format = sheet_.book().format(look);
}

// What a sheet takes of a text: nearly all are of a kind that needs no change, or were here a moment ago.
const char* Cells::safe(const std::string& text) {
  if (is_plain_ascii(text)) return text.c_str();
  if (text.size() > longest_kept) return (text_ = sheet_.book().text(text)).c_str();
  const auto known = texts_.find(text);
  if (known != texts_.end()) return known->second.c_str();
  if (texts_.size() >= most_texts) texts_.clear();
  return texts_.emplace(text, sheet_.book().text(text)).first->second.c_str();
}

void Cells::write(const Row& row) {
  struck_ = struck_cells(table_, row);
  for (std::size_t i = 0; i < table_.columns.size(); ++i) {
    if (i < row.size()) {
      std::visit(CellWriter{*this, i}, row[i]);
    } else {
      CellWriter{*this, i}(std::monostate{});
    }
  }
}

}  // namespace linkaudit::reports::workbook
