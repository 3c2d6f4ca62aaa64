#include "reports/workbook/names.h"

#include <fmt/format.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cctype>

#include "reports/text.h"

namespace linkaudit::reports::workbook {
namespace {

constexpr std::size_t longest_name = 31;

bool is_code(std::string_view text) {  // _x0041_
  return text.size() >= 7 && text[0] == '_' && (text[1] == 'x' || text[1] == 'X') && text[6] == '_' &&
         std::all_of(text.begin() + 2, text.begin() + 6, [](unsigned char c) { return std::isxdigit(c) != 0; });
}

std::string with_codes_kept(std::string text) {
  if (text.find("_x") == std::string::npos && text.find("_X") == std::string::npos) return text;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_code(std::string_view(text).substr(i))) out += "_x005F";
    out += text[i];
  }
  return out;
}

constexpr std::size_t longest_range_name = 100;  // the library takes 128 bytes

// "Q1", "XFD7", "R", "C", "R1C1": what reads as a cell, a row or a column.
bool reads_as_cell(std::string_view name) {
  std::size_t at = 0;
  const auto digits = [&] {
    while (at < name.size() && std::isdigit(static_cast<unsigned char>(name[at])) != 0) ++at;
  };
  while (at < name.size() && std::isalpha(static_cast<unsigned char>(name[at])) != 0) ++at;
  const bool letters = at >= 1 && at <= 3;
  digits();
  if (letters && at == name.size() && std::isdigit(static_cast<unsigned char>(name.back())) != 0) return true;
  at = 0;
  for (const char letter : {'r', 'c'}) {
    if (at < name.size() && std::tolower(static_cast<unsigned char>(name[at])) == letter) {
      ++at;
      digits();
    }
  }
  return at == name.size();
}

std::string word_of(std::string_view wanted) {
  std::string word;
  for (const char c : wanted) word += std::isalnum(static_cast<unsigned char>(c)) != 0 && c > 0 ? c : '_';
  return word;
}

std::string folded(const std::string& name) {
  std::string out;
  icu::UnicodeString::fromUTF8(name).foldCase().toUTF8String(out);
  return out;
}

std::string cleaned(std::string_view wanted) {
  std::string name = plain_text(wanted, Breaks::join);
  for (char& c : name) {
    if (std::string_view("[]:*?/\\").find(c) != std::string_view::npos) c = '-';
    if (c == '\'') c = '`';
  }
  const auto begin = name.find_first_not_of(' ');
  if (begin == std::string::npos) return "-";
  name = name.substr(begin, name.find_last_not_of(' ') - begin + 1);
  const bool bare = std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
  const bool digits = std::any_of(name.begin(), name.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (bare && (digits || name.size() == 1)) name += " -";  // a character that makes the library quote the name
  return name;
}

}  // namespace

std::string sheet_text(std::string_view text, std::string_view shortened, std::size_t limit) {
  std::string plain = plain_text(text);
  if (plain.size() <= limit && plain.find('_') == std::string::npos) return plain;  // as nearly all are
  const std::string ending = "… " + std::string(shortened);
  std::string kept = with_codes_kept(cut_to_utf16(plain, limit, ending));
  // The library counts before the codes are read, so a text full of them is cut shorter than it need be.
  for (std::size_t room = limit; utf16_length(kept) > longest_text;) {
    room = room * 2 / 3;
    kept = with_codes_kept(cut_to_utf16(plain, room, ending));
  }
  return kept;
}

std::string page_text(std::string_view text, std::size_t limit) {
  std::string out;
  for (const char c : cut_to_utf16(plain_text(text, Breaks::join), limit, "…")) {
    out += c;
    if (c == '&') out += '&';
  }
  return out;
}

std::string SheetNames::next(std::string_view wanted) {
  const std::string name = cleaned(wanted);
  for (int n = 1;; ++n) {
    const std::string ending = n == 1 ? "" : fmt::format(" ({})", n);
    std::string candidate = cut_to_utf16(name, longest_name - ending.size(), "…") + ending;
    const std::string key = folded(candidate);
    if (key == "history" || !used_.insert(key).second) continue;
    return candidate;
  }
}

std::string RangeNames::next(std::string_view table, std::string_view column) {
  std::string name = word_of(table);
  if (name.empty() || std::isalpha(static_cast<unsigned char>(name[0])) == 0) name.insert(0, "_");
  if (!column.empty()) name += "_" + word_of(column);
  name.resize(std::min(name.size(), longest_range_name));
  if (reads_as_cell(name)) name += "_";
  for (int n = 1;; ++n) {
    const std::string candidate = n == 1 ? name : fmt::format("{}_{}", name, n);
    if (used_.insert(folded(candidate)).second) return candidate;
  }
}

std::string part_name(const std::string& name, int part) {
  return part == 1 ? name : fmt::format("{}.{}", name, part);
}

}  // namespace linkaudit::reports::workbook
