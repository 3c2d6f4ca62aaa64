#include "probes/page/raw_text.h"

#include <algorithm>
#include <array>

#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

// Whether `text` goes on with `name` and the end of a tag's name.
bool tag_name_follows(std::string_view text, std::string_view name) {
  if (text.size() <= name.size() || !starts_ignoring_case(text, name)) return false;
  const char after = text[name.size()];
  return is_space(after) || after == '/' || after == '>';
}

// The next "<", or "-" where one may end a comment. (find_first_of would call memchr for every character.)
std::size_t next_mark(std::string_view rest, std::size_t at, bool dashes) {
  if (!dashes) return std::min(rest.find('<', at), rest.size());
  while (at < rest.size() && rest[at] != '<' && rest[at] != '-') ++at;
  return at;
}

std::size_t script_length(std::string_view rest) {
  bool escaped = false;         // behind "<!--"
  bool double_escaped = false;  // ... and "<script"
  for (std::size_t at = next_mark(rest, 0, escaped); at < rest.size(); at = next_mark(rest, at + 1, escaped)) {
    const std::string_view here = rest.substr(at);
    if (here.starts_with("-->")) {
      escaped = double_escaped = false;
    } else if (here.starts_with("<!--")) {
      escaped = true;
    } else if (here.starts_with("</") && tag_name_follows(here.substr(2), "script")) {
      if (!double_escaped) return at;
      double_escaped = false;
    } else if (escaped && here.front() == '<' && tag_name_follows(here.substr(1), "script")) {
      double_escaped = true;
    }
  }
  return rest.size();
}

}  // namespace

bool is_raw_text_element(std::string_view name) {
  constexpr std::array<std::string_view, 10> kNames = {"script", "style",   "title",    "textarea", "noscript",
                                                       "iframe", "noembed", "noframes", "xmp",      "plaintext"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::size_t raw_text_length(std::string_view rest, std::string_view name) {
  if (name == "script") return script_length(rest);
  if (name == "plaintext") return rest.size();
  for (std::size_t at = rest.find("</"); at != std::string_view::npos; at = rest.find("</", at + 2)) {
    if (tag_name_follows(rest.substr(at + 2), name)) return at;
  }
  return rest.size();
}

std::size_t end_of_comment(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("--", from); at != std::string_view::npos; at = text.find("--", at + 1)) {
    if (text.substr(at).starts_with("-->")) return at + 3;
    if (text.substr(at).starts_with("--!>")) return at + 4;
  }
  return text.size();
}

}  // namespace linkaudit::probes
