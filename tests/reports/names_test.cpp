#include "reports/workbook/names.h"

#include <gtest/gtest.h>

#include "reports/text.h"

using namespace linkaudit::reports::workbook;
using linkaudit::reports::utf16_length;

namespace {

struct Case {
  std::string wanted, given;
};

// In this order, by one SheetNames.
const Case cases[] = {
    {"Findings", "Findings"},
    {"findings", "findings (2)"},  // spreadsheets do not tell cases apart
    {"认定", "认定"},
    {"认定", "认定 (2)"},
    {"a[b]:c*d?e/f\\g", "a-b--c-d-e-f-g"},
    {"'quoted'", "`quoted`"},
    {"", "-"},
    {"   ", "- (2)"},
    {"History", "History (2)"},  // reserved by Excel
    {"A1", "A1 -"},              // would be read as a cell
    {"R", "R -"},
    {"2021", "2021 -"},
    {"abcdefghijklmnopqrstuvwxyzabcdefgh", "abcdefghijklmnopqrstuvwxyzabcd…"},
    {"abcdefghijklmnopqrstuvwxyzabcdefghi", "abcdefghijklmnopqrstuvwxyz… (2)"},
    {"ÄRGER", "ÄRGER"},
    {"ärger", "ärger (2)"},
    {"tab\there\nthere", "tab here⏎there"},
};

TEST(SheetNames, FollowTheRulesOfSpreadsheets) {
  SheetNames names;
  for (const auto& one : cases) {
    const std::string name = names.next(one.wanted);
    EXPECT_EQ(name, one.given);
    EXPECT_LE(utf16_length(name), 31U);
  }
}

TEST(SheetNames, ThousandOfTheSameLongNameDiffer) {
  SheetNames names;
  const std::string wanted(40, 'x');
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string name = names.next(wanted);
    EXPECT_LE(utf16_length(name), 31U);
    EXPECT_TRUE(seen.insert(name).second) << name;
  }
}

TEST(SheetText, KeepsCodesAsTheyAreWritten) {
  EXPECT_EQ(sheet_text("_x0041_", "cut"), "_x005F_x0041_");
  EXPECT_EQ(sheet_text("_x202E_ and _X000d_", "cut"), "_x005F_x202E_ and _x005F_X000d_");
  EXPECT_EQ(sheet_text("_x004_ _xZZZZ_", "cut"), "_x004_ _xZZZZ_");
  EXPECT_EQ(sheet_text("_x0041_x0041_", "cut"), "_x005F_x0041_x005F_x0041_");  // they may overlap
}

TEST(SheetText, BoundsLongTextWithAWord) {
  const std::string text = sheet_text(std::string(40000, 'x'), "[shortened]");
  EXPECT_EQ(utf16_length(text), longest_text);
  EXPECT_TRUE(text.ends_with("x… [shortened]"));
  EXPECT_EQ(sheet_text(std::string(longest_text, 'x'), "[shortened]"), std::string(longest_text, 'x'));
}

TEST(SheetText, BoundsLongTextFullOfCodes) {
  std::string codes;
  for (int i = 0; i < 5000; ++i) codes += "_x0041_";
  const std::string text = sheet_text(codes, "[shortened]");
  EXPECT_LE(utf16_length(text), longest_text);
  EXPECT_TRUE(text.ends_with("… [shortened]"));
}

TEST(PageText, HasNoCodes) {
  EXPECT_EQ(page_text("R&D &P", 40), "R&&D &&P");
  EXPECT_EQ(page_text("abcdef", 4), "abc…");
  EXPECT_EQ(page_text("two\nlines", 40), "two⏎lines");
}

}  // namespace
