#include "probes/page/visible_text.h"

#include <algorithm>
#include <array>

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
  // No more than can be kept is decoded: six bytes of source may stand for one ("&nbsp;" for two).
  add_decoded(decode_references(cut(text, (limit_ - text_.size()) * 8), ReferenceStyle::text));
}

void VisibleText::add_decoded(std::string_view text) {
  for (std::size_t at = 0; at < text.size() && !full(); ++at) {
    const char c = text[at];
    if (is_space(c)) {
      break_here();
    } else if (text.substr(at, 2) == kNoBreakSpace) {
      break_here();
      ++at;
    } else if (c != '\0') {
      if (pending_space_) text_.push_back(' ');
      pending_space_ = false;
      text_.push_back(c);
    }
  }
  if (full()) drop_partial_character(text_);
}

std::string plain_text(std::string_view text, std::size_t limit) {
  VisibleText folded(limit);
  folded.add_decoded(text);
  return folded.take();
}

bool breaks_text(std::string_view element) {
  constexpr std::array<std::string_view, 44> kBlocks = {
      "address", "article", "aside", "blockquote", "body",   "br",       "button",     "center",  "dd",
      "details", "dialog",  "div",   "dl",         "dt",     "fieldset", "figcaption", "figure",  "footer",
      "form",    "h1",      "h2",    "h3",         "h4",     "h5",       "h6",         "header",  "hr",
      "li",      "main",    "nav",   "ol",         "option", "p",        "pre",        "section", "select",
      "summary", "table",   "td",    "textarea",   "th",     "title",    "tr",         "ul"};
  return std::binary_search(kBlocks.begin(), kBlocks.end(), element);
}

}  // namespace linkaudit::probes
