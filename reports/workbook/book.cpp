#include "reports/workbook/book.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

namespace linkaudit::reports::workbook {
namespace {

constexpr std::uint8_t a4 = 9;
constexpr std::size_t longest_property = 255;

lxw_format_alignments alignment_of(Align align) {
  switch (align) {
    case Align::general: return LXW_ALIGN_NONE;
    case Align::left: return LXW_ALIGN_LEFT;
    case Align::center: return LXW_ALIGN_CENTER;
    case Align::right: return LXW_ALIGN_RIGHT;
  }
  return LXW_ALIGN_NONE;
}

lxw_format_alignments alignment_of(Stand stand) {
  switch (stand) {
    case Stand::top: return LXW_ALIGN_VERTICAL_TOP;
    case Stand::middle: return LXW_ALIGN_VERTICAL_CENTER;
    case Stand::bottom: return LXW_ALIGN_VERTICAL_BOTTOM;
  }
  return LXW_ALIGN_VERTICAL_TOP;
}

const char* code_of(Numbers numbers) {
  switch (numbers) {
    case Numbers::general: return "General";
    case Numbers::whole: return "0";
    case Numbers::grouped: return "#,##0";
    case Numbers::instant: return "yyyy-mm-dd hh:mm:ss";
    case Numbers::date: return "yyyy-mm-dd";
    case Numbers::text: return "@";
  }
  return "General";
}

std::string keywords_of(const Report& report) {
  std::string keywords = "linkaudit";
  if (report.simulated) keywords += ", " + simulated_mark(report);
  return report.checkpoint.empty() ? keywords : keywords + ", " + report.checkpoint;
}

// The library does not look at its working files' errors: rows lost on a full disk would go unnoticed.
void check_rows_are_kept(const std::vector<lxw_worksheet*>& sheets) {
  for (lxw_worksheet* sheet : sheets) {
    std::FILE* rows = sheet->optimize_tmpfile;
    if (rows != nullptr && (std::fflush(rows) != 0 || std::ferror(rows) != 0)) {
      throw std::runtime_error(errno != 0 ? std::strerror(errno) : "the rows could not be written");
    }
  }
}

// What the library cannot open it tells the standard error stream, in words of its own. So there must be room before.
void require_files() {
  constexpr std::size_t needed = 8;
  std::vector<int> opened;
  while (opened.size() < needed) {
    const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (file < 0) break;
    opened.push_back(file);
  }
  const int error = errno;
  for (const int file : opened) ::close(file);
  if (opened.size() == needed) return;
  throw std::runtime_error(error == EMFILE ? "too few files may be open at once (ulimit -n)" : std::strerror(error));
}

}  // namespace

void check(lxw_error answer) {
  if (answer != LXW_NO_ERROR) throw std::runtime_error(lxw_strerror(answer));
}

Book::Book(const Report& report, const Display& display, const std::string& path, std::string directory,
           std::uint32_t row_limit)
    : report_(report),
      display_(display),
      directory_(std::move(directory)),
      accents_(accents_of(report.accent)),
      row_limit_(row_limit),
      ranges_(report, row_limit),
      shortened_(display.word("shortened")) {
  lxw_workbook_options options = {};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = directory_.data();
  book_ = workbook_new_opt(path.c_str(), &options);
  if (book_ == nullptr) throw std::runtime_error("no memory for a workbook");
  set_properties();
}

Book::~Book() {
  if (book_ != nullptr) lxw_workbook_free(book_);
}

const char* Book::font() const {
  return report_.language == Language::zh ? "Microsoft YaHei" : "Calibri";
}

std::string Book::text(std::string_view text) const {
  return sheet_text(text, shortened_);
}

void Book::set_properties() {
  const auto bounded = [&](const std::string& value) {
    return sheet_text(value, display_.word("shortened"), longest_property);
  };
  std::string title = bounded(report_.title);
  std::string subject =
      bounded(report_.simulated ? simulated_mark(report_) + " " + report_.subtitle : report_.subtitle);
  std::string author = report_.organisation.empty() ? "linkaudit" : bounded(report_.organisation);
  std::string comment = bounded(display_.words("checkpoint", report_.checkpoint));
  std::string company = bounded(report_.organisation);
  std::string keywords = bounded(keywords_of(report_));
  lxw_doc_properties properties = {};
  properties.title = title.data();
  properties.subject = subject.data();
  properties.author = author.data();
  properties.keywords = keywords.data();
  if (!company.empty()) properties.company = company.data();
  if (!report_.checkpoint.empty()) properties.comments = comment.data();
  // Zero would mean now, and the bytes would not repeat.
  const auto seconds = std::chrono::floor<std::chrono::seconds>(report_.as_of).time_since_epoch().count();
  properties.created = seconds == 0 ? 1 : static_cast<time_t>(seconds);
  check(workbook_set_properties(book_, &properties));
}

lxw_worksheet* Book::add_sheet(const std::string& wanted) {
  require_files();
  errno = 0;
  lxw_worksheet* sheet = workbook_add_worksheet(book_, names_.next(wanted).c_str());
  if (sheet == nullptr) throw std::runtime_error(errno != 0 ? std::strerror(errno) : "a sheet could not be made");
  sheets_.push_back(sheet);
  set_page(sheet);
  return sheet;
}

void Book::set_page(lxw_worksheet* sheet) {
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, a4);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_set_margins(sheet, 0.45, 0.45, 0.7, 0.65);
  // 255 characters in all for each of the two, codes included.
  const std::string size = fmt::format("&\"{},Regular\"&8", font());
  const std::string mark = simulated_mark(report_);
  std::string header = fmt::format("&L{} {}", size, page_text(report_.title, 60));
  if (!mark.empty()) header += fmt::format("&C&\"{},Bold\"&11 {}", font(), mark);
  header += fmt::format("&R{} {}", size, page_text(report_.organisation, 40));
  // A workbook that is of no instant, as one to be filled in, says none.
  const bool timeless = report_.as_of == Instant{};
  const std::string as_of =
      timeless ? "" : display_.words("as_of", display_.zone().shown(report_.as_of) + " " + report_.zone);
  std::string footer =
      fmt::format("&L{} {}&C{} {}", size, page_text(as_of, 64), size, display_.words("page_of", "&P", "&N"));
  if (!report_.checkpoint.empty()) footer += fmt::format("&R&6 {}", page_text(report_.checkpoint, 84));
  check(worksheet_set_header(sheet, header.c_str()));
  check(worksheet_set_footer(sheet, footer.c_str()));
}

lxw_format* Book::format(const Look& look) {
  const auto [place, is_new] = formats_.try_emplace(look, nullptr);
  if (!is_new) return place->second;
  lxw_format* format = workbook_add_format(book_);
  format_set_font_name(format, font());
  format_set_font_size(format, look.size);
  format_set_font_color(format, look.ink);
  if (look.filled) format_set_bg_color(format, look.paper);
  if (look.bold) format_set_bold(format);
  if (look.wrap) format_set_text_wrap(format);
  if (look.struck) format_set_font_strikeout(format);
  if (look.framed) {
    format_set_border(format, LXW_BORDER_THIN);
    format_set_border_color(format, look.edge);
  }
  if (look.underlined) {
    format_set_bottom(format, LXW_BORDER_THIN);
    format_set_bottom_color(format, look.edge);
  }
  if (look.marked) {
    format_set_left(format, LXW_BORDER_THICK);
    format_set_left_color(format, look.marker);
  }
  if (look.align != Align::general) format_set_align(format, static_cast<std::uint8_t>(alignment_of(look.align)));
  format_set_align(format, static_cast<std::uint8_t>(alignment_of(look.stand)));
  if (look.indent > 0) format_set_indent(format, look.indent);
  if (look.open) format_set_unlocked(format);
  if (look.turned != 0) format_set_rotation(format, static_cast<std::int16_t>(look.turned));
  if (look.numbers != Numbers::general) format_set_num_format(format, code_of(look.numbers));
  place->second = format;
  return format;
}

lxw_chart* Book::add_chart(lxw_chart_type type) {
  lxw_chart* chart = workbook_add_chart(book_, static_cast<std::uint8_t>(type));
  if (chart == nullptr) throw std::runtime_error("no memory for a chart");
  return chart;
}

void Book::define(const std::string& name, const std::string& formula) {
  check(workbook_define_name(book_, name.c_str(), formula.c_str()));
}

std::string Book::list_of(const std::vector<std::string>& values) {
  if (lists_name_.empty()) lists_name_ = names_.next(display_.word("lists"));
  auto place = std::ranges::find(lists_, values);
  if (place == lists_.end()) place = lists_.insert(lists_.end(), values);
  const int column = static_cast<int>(place - lists_.begin());
  return area_of(lists_name_, 0, column, static_cast<std::uint32_t>(values.size()) - 1, column);
}

// Each list is a column.
void Book::write_lists() {
  if (lists_name_.empty()) return;
  lxw_worksheet* sheet = workbook_add_worksheet(book_, lists_name_.c_str());
  if (sheet == nullptr) throw std::runtime_error("a sheet could not be made");
  sheets_.push_back(sheet);
  set_page(sheet);
  worksheet_hide(sheet);
  worksheet_protect(sheet, nullptr, nullptr);
  std::size_t most = 0;
  for (const auto& list : lists_) most = std::max(most, list.size());
  for (std::size_t row = 0; row < most; ++row) {
    for (std::size_t column = 0; column < lists_.size(); ++column) {
      if (row >= lists_[column].size()) continue;
      check(worksheet_write_string(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                   text(lists_[column][row]).c_str(), format({.numbers = Numbers::text})));
    }
  }
}

lxw_format* Book::change(const Look& look) {
  lxw_format* format = workbook_add_format(book_);
  format_set_font_color(format, look.ink);
  if (look.filled) format_set_bg_color(format, look.paper);
  if (look.bold) format_set_bold(format);
  return format;
}

void Book::close() {
  write_lists();
  check_rows_are_kept(sheets_);
  require_files();
  lxw_workbook* book = book_;
  book_ = nullptr;  // freed by workbook_close() even when it fails
  errno = 0;
  const lxw_error answer = workbook_close(book);
  if (answer == LXW_NO_ERROR) return;
  const int reason = errno;
  throw std::runtime_error(std::string(lxw_strerror(answer)) +
                           (reason != 0 ? std::string(" (") + std::strerror(reason) + ")" : ""));
}

}  // namespace linkaudit::reports::workbook
