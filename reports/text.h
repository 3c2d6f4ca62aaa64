// Text that may have been written by anyone, made safe to show. Every format of this folder passes all text through
// plain_text(); so should whatever else prints such text for a person.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace linkaudit::reports {

enum class Breaks { keep, join };  // line breaks: kept as "\n", or shown as "⏎" for a format of one line

// Well-formed UTF-8 in which nothing acts and nothing is invisible:
//   - bytes that are not UTF-8, lone surrogates among them: U+FFFD, one for each maximal part (WHATWG Encoding)
//   - C0 controls and DEL: their control pictures (ESC is ␛); a tab: one space
//   - CR LF, CR, NEL, LS, PS, VT, FF: a line break
//   - other controls, bidi controls, default-ignorable code points but for joiners and variation selectors (scripts and
//     emoji need these), and noncharacters: their number, ‹U+202E›
//   - of more than eight combining marks on one character: the first eight
// Applied twice, it changes nothing more.
std::string plain_text(std::string_view text, Breaks breaks = Breaks::keep);

// Columns of a terminal: East Asian wide and fullwidth characters take two, combining ones none, ambiguous ones one
// (UAX #11). The text is plain_text() of one line.
int display_width(std::string_view text);

// The text, or as much of its beginning as fits with "…" behind it. `width` is at least 1.
std::string cut_to_width(std::string_view text, int width);

// With spaces behind it to fill `width`.
std::string pad_to_width(std::string_view text, int width);

// How many lines of `width` columns the text takes when wrapped anywhere; line breaks count.
int lines_at_width(std::string_view text, int width);

// UTF-16 code units, in which spreadsheets count.
std::size_t utf16_length(std::string_view text);

// The text, or as much of its beginning as fits into `limit` code units with `ending` behind it.
std::string cut_to_utf16(std::string_view text, std::size_t limit, std::string_view ending);

}  // namespace linkaudit::reports
