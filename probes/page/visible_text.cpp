#include "probes/page/visible_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "probes/page/ascii.h"
#include "probes/page/entities.h"

namespace linkaudit::probes {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

// The longest start of `text` of at most `size` bytes that does not cut a character.
std::string_view cut(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

// The first eight letters as a number: enough to tell the elements of HTML from one another.
constexpr std::uint64_t first_letters(std::string_view name) {
  std::uint64_t number = 0;
  for (const char c : name.substr(0, 8)) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

// Whether a letter may be other than simply added.
bool is_special(char c) {
  return is_space(c) || c == '\0' || c == kNoBreakSpace.front();
}

void drop_partial_character(std::string& text) {
  std::size_t lead = text.size();
  while (lead > 0 && (static_cast<unsigned char>(text[lead - 1]) & 0xC0) == 0x80) --lead;
  if (lead == 0) return;
  const auto first = static_cast<unsigned char>(text[lead - 1]);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (text.size() - (lead - 1) < length) text.resize(lead - 1);
}

}  // namespace

void VisibleText::add(std::string_view text) {
  if (full()) return;
  // No more than can be kept is decoded: up to nineteen bytes of source stand for one ("&DiacriticalGrave;").
  text = cut(text, (limit_ - text_.size()) * 20);
  if (text.find('&') == std::string_view::npos) return add_decoded(text);
  add_decoded(decode_references(text, ReferenceStyle::text));
}

void VisibleText::add_run(std::string_view run) {
  if (run.empty()) return;
  if (pending_space_) text_.push_back(' ');
  pending_space_ = false;
  text_.append(run.substr(0, limit_ - std::min(limit_, text_.size())));
}

void VisibleText::add_decoded(std::string_view text) {
  for (std::size_t at = 0; at < text.size() && !full();) {
    const std::size_t begin = at;
    while (at < text.size() && !is_special(text[at])) ++at;
    add_run(text.substr(begin, at - begin));
    if (at == text.size() || full()) break;
    const bool wide = text.substr(at, 2) == kNoBreakSpace;
    if (wide || is_space(text[at])) {
      break_here();
    } else if (text[at] != '\0') {
      add_run(text.substr(at, 1));  // another letter that begins as a no-break space does
    }
    at += wide ? 2 : 1;
  }
  if (!full()) return;
  text_.resize(limit_);
  drop_partial_character(text_);
}

std::string plain_text(std::string_view text, std::size_t limit) {
  VisibleText folded(limit);
  folded.add_decoded(text);
  return folded.take();
}

bool breaks_text(std::string_view element) {
  // Numbers compare faster than names, and this is asked for each tag of a page.
  static constexpr auto kBlocks = [] {
    std::array names = {
        first_letters("address"),  first_letters("article"),    first_letters("aside"),   first_letters("blockquote"),
        first_letters("body"),     first_letters("br"),         first_letters("button"),  first_letters("center"),
        first_letters("dd"),       first_letters("details"),    first_letters("dialog"),  first_letters("div"),
        first_letters("dl"),       first_letters("dt"),         first_letters("figure"),  first_letters("footer"),
        first_letters("fieldset"), first_letters("figcaption"), first_letters("form"),    first_letters("h1"),
        first_letters("h2"),       first_letters("h3"),         first_letters("h4"),      first_letters("h5"),
        first_letters("h6"),       first_letters("header"),     first_letters("hr"),      first_letters("li"),
        first_letters("main"),     first_letters("nav"),        first_letters("ol"),      first_letters("option"),
        first_letters("p"),        first_letters("pre"),        first_letters("section"), first_letters("select"),
        first_letters("summary"),  first_letters("table"),      first_letters("td"),      first_letters("textarea"),
        first_letters("th"),       first_letters("title"),      first_letters("tr"),      first_letters("ul"),
    };
    std::sort(names.begin(), names.end());
    return names;
  }();
  return std::binary_search(kBlocks.begin(), kBlocks.end(), first_letters(element));
}

}  // namespace linkaudit::probes
