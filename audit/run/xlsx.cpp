#include "audit/run/xlsx.h"

#include <Poco/SAX/Attributes.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "audit/run/xlsx_parts.h"

namespace linkaudit::run {
namespace {

using Poco::XML::Attributes;
using Poco::XML::XMLString;
using xlsx::Unreadable;

constexpr int kMostColumns = 256;
constexpr std::int64_t kLastRow = 1'048'576;
constexpr std::size_t kMostCells = 2'000'000;
constexpr std::size_t kMostText = 64U << 20U;  // of all cells: one shared string may stand in many

struct Book {
  std::vector<std::string> strings;
  std::vector<bool> date_styles;
  bool from_1904 = false;
};

struct Place {
  int column = 0;
  std::int64_t row = 0;
};

std::optional<Place> place_of(const std::string& name) {
  Place place;
  std::size_t at = 0;
  for (; at < name.size() && at < 3 && name[at] >= 'A' && name[at] <= 'Z'; ++at) {
    place.column = place.column * 26 + (name[at] - 'A' + 1);
  }
  const auto [end, error] = std::from_chars(name.data() + at, name.data() + name.size(), place.row);
  if (at == 0 || error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  place.column -= 1;
  return place;
}

// One sheet's rows, element by element.
class Cells : public xlsx::Elements {
 public:
  explicit Cells(const Book& book) : book_(book) {}
  std::vector<SheetRow> rows;

  void startElement(const XMLString&, const XMLString& name, const XMLString&, const Attributes& all) override {
    if (!refused.empty()) return;
    if (name == "row") begin_row(xlsx::attribute(all, "r"));
    if (name == "c") begin_cell(all);
    if (name == "f") has_formula_ = true;
    in_formula_ = name == "f";
    if (name == "rPh") readings_ += 1;
    taking_ = inside_cell_ && readings_ == 0 && (name == "v" || name == "t");
  }
  void endElement(const XMLString&, const XMLString& name, const XMLString&) override {
    taking_ = in_formula_ = false;
    if (name == "rPh") readings_ -= 1;
    if (name == "c" && refused.empty()) end_cell();
  }
  void characters(const char* characters, int start, int length) override {
    const std::string_view part(characters + start, static_cast<std::size_t>(length));
    if (taking_) text_ += part;
    if (in_formula_) formula_ += part;
  }

 private:
  void begin_row(const std::string& number) {
    const std::int64_t before = row_;
    row_ = before + 1;
    if (!number.empty()) {
      const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), row_);
      if (error != std::errc() || end != number.data() + number.size()) return refuse("a row has no number");
    }
    if (row_ <= before || row_ > kLastRow) return refuse(fmt::format("row {} does not stand in order", row_));
    column_ = -1;
  }
  void begin_cell(const Attributes& all) {
    const std::string name = xlsx::attribute(all, "r");
    const auto place = name.empty() ? Place{column_ + 1, row_} : place_of(name);
    if (row_ == 0 || !place || place->row != row_ || place->column <= column_) {
      return refuse("a cell of row " + std::to_string(row_) + " does not stand in order");
    }
    column_ = place->column;
    type_ = xlsx::attribute(all, "t");
    style_ = xlsx::attribute(all, "s");
    text_.clear();
    formula_.clear();
    has_formula_ = false;
    inside_cell_ = true;
  }
  void end_cell() {
    inside_cell_ = false;
    SheetCell cell{column_, "", ""};
    if (has_formula_ && !is_constant()) {
      cell.problem = "a formula stands there; paste its value";
    } else if (type_ == "e") {
      cell.problem = "holds the error " + text_;
    } else {
      cell.text = value();
    }
    if (cell.text.empty() && cell.problem.empty()) return;
    if (column_ >= kMostColumns) return refuse(cell_name(column_, row_) + ": beyond the last column that is read");
    kept_text_ += cell.text.size();
    kept_cells_ += 1;
    if (kept_text_ > kMostText || kept_cells_ > kMostCells) return refuse("holds too much");
    if (rows.empty() || rows.back().number != row_) rows.push_back({row_, {}});
    rows.back().cells.push_back(std::move(cell));
  }
  std::string value() {
    if (type_ == "s") return shared();
    if (type_ == "inlineStr" || type_ == "str") return xlsx::decoded(text_);
    if (type_ == "b") return text_ == "1" ? "true" : text_ == "0" ? "false" : text_;
    if (type_ == "d" || text_.empty()) return text_;
    return xlsx::number_text(text_, is_date(), book_.from_1904);
  }
  std::string shared() {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), index);
    if (error != std::errc() || end != text_.data() + text_.size() || index >= book_.strings.size()) {
      refuse(cell_name(column_, row_) + ": names a shared string that is not there");
      return "";
    }
    return book_.strings[index];
  }
  // What LibreOffice makes of a boolean that was typed in.
  bool is_constant() const { return type_ == "b" && (formula_ == "TRUE()" || formula_ == "FALSE()"); }
  bool is_date() const {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(style_.data(), style_.data() + style_.size(), index);
    return error == std::errc() && index < book_.date_styles.size() && book_.date_styles[index];
  }

  const Book& book_;
  std::int64_t row_ = 0;
  int column_ = -1, readings_ = 0;
  bool inside_cell_ = false, taking_ = false, has_formula_ = false, in_formula_ = false;
  std::string type_, style_, text_, formula_;
  std::size_t kept_text_ = 0, kept_cells_ = 0;
};

std::vector<SheetRow> rows_of(xlsx::Package& package, const std::string& part, const Book& book) {
  Cells cells(book);
  xlsx::parse(part, package.read(part), cells);
  return std::move(cells.rows);
}

}  // namespace

std::string cell_name(int column, std::int64_t row) {
  std::string letters;
  for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(row);
}

namespace {

// One sheet after another, until `take` says that it has what it wants.
tl::expected<void, std::string> for_each_sheet(const std::string& bytes,
                                               const std::function<bool(std::vector<SheetRow>)>& take) try {
  if (bytes.size() > xlsx::kMostFileBytes) throw Unreadable("is too large");
  xlsx::Package package(bytes);
  const xlsx::Directory directory = xlsx::read_directory(package);
  const Book book{xlsx::read_shared_strings(package), xlsx::read_date_styles(package), directory.from_1904};
  for (const std::string& sheet : directory.sheets) {
    if (take(rows_of(package, sheet, book))) break;
  }
  return {};
} catch (const Unreadable& error) {
  return tl::unexpected(std::string(error.what()));
}

}  // namespace

tl::expected<std::vector<SheetRow>, std::string> read_xlsx(const std::string& bytes,
                                                           const std::function<bool(const SheetRow&)>& wanted) {
  std::optional<std::vector<SheetRow>> first, found;
  const auto read = for_each_sheet(bytes, [&](std::vector<SheetRow> rows) {
    if (!rows.empty() && wanted(rows.front())) {
      found = std::move(rows);
    } else if (!first) {
      first = std::move(rows);
    }
    return found.has_value();
  });
  if (!read) return tl::unexpected(read.error());
  return found ? std::move(*found) : std::move(*first);
}

tl::expected<std::vector<SheetRow>, std::string> read_xlsx_below(const std::string& bytes, std::size_t within,
                                                                 const std::function<bool(const SheetRow&)>& wanted) {
  std::vector<SheetRow> found;
  const auto read = for_each_sheet(bytes, [&](std::vector<SheetRow> rows) {
    const auto end = rows.begin() + static_cast<std::ptrdiff_t>(std::min(within, rows.size()));
    const auto headings = std::find_if(rows.begin(), end, wanted);
    if (headings == end) return false;
    found.assign(std::move_iterator(headings), std::move_iterator(rows.end()));
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  return found;
}

}  // namespace linkaudit::run
