#include "reports/text.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/reports/samples.h"

using namespace linkaudit::reports;
using namespace std::string_literals;

namespace {

struct PlainCase {
  std::string given, shown;
};

// What comes in, what is shown.
const PlainCase plain_cases[] = {
    {"", ""},
    {"plain", "plain"},
    {"淘宝 ✓ 👩‍👩‍👧", "淘宝 ✓ 👩‍👩‍👧"},  // joiners stay: emoji need them
    {"a\tb", "a b"},
    {"a\nb", "a\nb"},
    {"a\r\nb", "a\nb"},
    {"a\rb", "a\nb"},
    {"a\r\r\nb", "a\n\nb"},
    {"a\vb\fc", "a\nb\nc"},
    {"a\u0085b\u2028c\u2029d", "a\nb\nc\nd"},
    {"\x1b[31mred", "␛[31mred"},
    {"nul\0"s, "nul␀"},
    {"bell\a\b", "bell␇␈"},
    {"\x7f", "␡"},
    {"\u009b31m", "‹U+009B›31m"},  // the one-byte form of ESC [
    {"evil\u202egnp.exe", "evil‹U+202E›gnp.exe"},
    {"\u202a\u202b\u202c\u202d", "‹U+202A›‹U+202B›‹U+202C›‹U+202D›"},
    {"\u2066\u2067\u2068\u2069", "‹U+2066›‹U+2067›‹U+2068›‹U+2069›"},
    {"\u200e\u200f\u061c", "‹U+200E›‹U+200F›‹U+061C›"},
    {"\u200b\u2060\ufeff\u00ad", "‹U+200B›‹U+2060›‹U+FEFF›‹U+00AD›"},
    {"\U000e0041", "‹U+E0041›"},  // invisible tags
    {"\ufff9", "‹U+FFF9›"},
    {"\xef\xbf\xbe", "‹U+FFFE›"},
    {"\xef\xbf\xbf", "‹U+FFFF›"},
    {"\xf0\x9f\xbf\xbe", "‹U+1FFFE›"},
    {"\ufffd", "\ufffd"},
    {"\xff", "\ufffd"},
    {"\xed\xa0\x80", "\ufffd\ufffd\ufffd"},  // a lone surrogate
    {"\xe4\xbd", "\ufffd"},                  // cut in the middle: one maximal part
    {"\xe4\xbd"
     "a",
     "\ufffd"
     "a"},
    {"\xc0\xaf", "\ufffd\ufffd"},  // overlong
    {"\xf5\x80\x80\x80", "\ufffd\ufffd\ufffd\ufffd"},
    {"العربية", "العربية"},
};

TEST(PlainText, ShowsWhatWouldActOrHide) {
  for (const auto& one : plain_cases) EXPECT_EQ(plain_text(one.given), one.shown);
}

TEST(PlainText, IsStableWhenAppliedTwice) {
  for (const auto& text : samples::hostile_texts()) {
    const std::string once = plain_text(text);
    EXPECT_EQ(plain_text(once), once);
    const std::string joined = plain_text(text, Breaks::join);
    EXPECT_EQ(plain_text(joined, Breaks::join), joined);
    EXPECT_EQ(joined.find('\n'), std::string::npos);
  }
}

TEST(PlainText, JoinsLinesWhereAFormatHasOneLine) {
  EXPECT_EQ(plain_text("a\r\nb", Breaks::join), "a⏎b");
}

TEST(PlainText, KeepsEightMarksOnACharacter) {
  std::string given = "a";
  for (int i = 0; i < 40; ++i) given += "\u0301";
  EXPECT_EQ(plain_text(given), given.substr(0, 1 + 8 * 2));
}

struct WidthCase {
  const char* text;
  int width;
};

const WidthCase width_cases[] = {
    {"", 0},   {"abc", 3},     {"淘宝", 4}, {"ＡＢ", 4},
    {"ｱｲ", 2},                                                          // halfwidth katakana
    {"✓", 1},                                                           // ambiguous: one
    {"①", 1},  {"e\u0301", 1}, {"한국", 4}, {"\u1112\u1161\u11ab", 2},  // a syllable of joined letters
    {"👍", 2},  {"中a文", 5},   {"，", 2},
};

TEST(DisplayWidth, CountsWideCharactersTwice) {
  for (const auto& one : width_cases) EXPECT_EQ(display_width(one.text), one.width) << one.text;
}

TEST(CutToWidth, EndsWithAnEllipsisAndNeverSplitsACharacter) {
  EXPECT_EQ(cut_to_width("abcdef", 6), "abcdef");
  EXPECT_EQ(cut_to_width("abcdefg", 6), "abcde…");
  EXPECT_EQ(cut_to_width("淘宝网络", 8), "淘宝网络");
  EXPECT_EQ(cut_to_width("淘宝网络", 6), "淘宝…");  // half a character would not fit
  EXPECT_EQ(cut_to_width("淘宝", 1), "…");
}

TEST(PadToWidth, FillsByDisplayWidth) {
  EXPECT_EQ(pad_to_width("淘宝", 6), "淘宝  ");
  EXPECT_EQ(pad_to_width("abc", 2), "abc");
}

TEST(LinesAtWidth, CountsBreaksAndWraps) {
  EXPECT_EQ(lines_at_width("", 10), 1);
  EXPECT_EQ(lines_at_width("abcdefghij", 10), 1);
  EXPECT_EQ(lines_at_width("abcdefghijk", 10), 2);
  EXPECT_EQ(lines_at_width("a\nb\n", 10), 3);
  EXPECT_EQ(lines_at_width("淘宝淘宝淘宝", 10), 2);
}

TEST(CutToUtf16, CountsSurrogatesAsTwo) {
  EXPECT_EQ(utf16_length("a淘👍"), 4U);
  EXPECT_EQ(cut_to_utf16("👍👍👍", 6, "…"), "👍👍👍");
  EXPECT_EQ(cut_to_utf16("👍👍👍", 5, "…"), "👍👍…");
  EXPECT_EQ(cut_to_utf16("👍👍👍", 4, "…"), "👍…");
}

}  // namespace
