#include "reports/markdown_text.h"

#include "reports/text.h"

namespace linkaudit::reports {
namespace {

constexpr std::string_view word_joiner = "\u2060";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Where a list or heading would begin, were the text the first on its line.
std::size_t mark_in_front(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return first;
  if (std::string_view("+-=").find(text[first]) != std::string_view::npos) return first;
  const std::size_t end = text.find_first_not_of("0123456789", first);
  if (end != std::string_view::npos && end > first && (text[end] == '.' || text[end] == ')')) return end;
  return std::string_view::npos;
}

// The last letter of "www" before its dot.
bool ends_www(std::string_view text, std::size_t at) {
  if (at < 2 || at + 1 >= text.size() || text[at + 1] != '.') return false;
  for (std::size_t i = at - 2; i <= at; ++i) {
    if (text[i] != 'w' && text[i] != 'W') return false;
  }
  return true;
}

// Behind this character a reader of Markdown would see a link, a person or a picture.
bool leads_away(std::string_view text, std::size_t at) {
  const char next = at + 1 < text.size() ? text[at + 1] : ' ';
  switch (text[at]) {
    case '@': return true;
    case '#': return is_digit(next);
    case 'w':
    case 'W': return ends_www(text, at);
    case ':': return next == '/' || is_letter(next) || next == '+' || next == '-';
    default: return false;
  }
}

std::string_view escape_of(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    default: return {};
  }
}

}  // namespace

std::string markdown_text(std::string_view foreign) {
  const std::string text = plain_text(foreign, Breaks::join);
  const std::size_t begin = text.find_first_not_of(' '), end = text.find_last_not_of(' ');
  const std::size_t front = mark_in_front(text);
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == ' ' && (begin == std::string::npos || at < begin || at > end)) {
      out += "&#32;";
    } else if (const std::string_view entity = escape_of(c); !entity.empty()) {
      out += entity;
    } else {
      if (at == front || std::string_view("\\`*_[]|~$#").find(c) != std::string_view::npos) out += '\\';
      out += c;
      if (leads_away(text, at)) out += word_joiner;
    }
  }
  return out;
}

}  // namespace linkaudit::reports
