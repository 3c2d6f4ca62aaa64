#include "reports/workbook/ranges.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/workbook/picture.h"
#include "tests/reports/samples.h"

using namespace linkaudit::reports;
using workbook::criterion_of;

namespace {

struct Case {
  std::string text;
  std::optional<std::string> criterion;
};

const Case cases[] = {
    {"Taobao", "\"=Taobao\""},
    {"✗ breached", "\"=✗ breached\""},
    {"=1+1", "\"==1+1\""},
    {"<5", "\"=<5\""},
    {"a*b?c~d", "\"=a~*b~?c~~d\""},
    {"say \"x\"", "\"=say \"\"x\"\"\""},
    // What a spreadsheet would read as something else stays a number without a formula.
    {"", {}},
    {"0123", {}},
    {"2021-09-17", {}},
    {"1e5", {}},
    {"TRUE", {}},
    {"#N/A", {}},
    {"two\nlines", {}},
    {"_x0041_", {}},
    {std::string(254, 'x'), "\"=" + std::string(254, 'x') + "\""},
    {std::string(255, 'x'), {}},
};

TEST(Criterion, IsTheTextAndNothingElse) {
  for (const Case& one : cases) EXPECT_EQ(criterion_of(one.text), one.criterion) << one.text;
}

TEST(RangeNames, AreTakenForNoCellAndUnique) {
  workbook::RangeNames names;
  EXPECT_EQ(names.next("findings"), "findings");
  EXPECT_EQ(names.next("findings", "status"), "findings_status");
  EXPECT_EQ(names.next("Findings"), "Findings_2");
  EXPECT_EQ(names.next("q1"), "q1_");
  EXPECT_EQ(names.next("XFD1048576"), "XFD1048576_");
  EXPECT_EQ(names.next("r"), "r_");
  EXPECT_EQ(names.next("R1C1"), "R1C1_");
  EXPECT_EQ(names.next("rc"), "rc_");
  EXPECT_EQ(names.next(""), "_");
  EXPECT_EQ(names.next("1st", "a b&c"), "_1st_a_b_c");
  EXPECT_EQ(names.next("认定"), "_______");
  EXPECT_LE(names.next(std::string(500, 'x'), "y").size(), 100U);
  EXPECT_EQ(workbook::part_name("findings", 2), "findings.2");
}

TEST(Ranges, FormulaGoesOverAllPartsOfATable) {
  Report report = samples::long_report(60);
  workbook::Ranges ranges(report, 24);  // 21 rows on each sheet
  const Counted counted{1, "long", {{"text", "row 1"}}};
  EXPECT_EQ(ranges.formula_of(counted, Table{}, "x"),
            "=COUNTIFS(long_text,\"=row 1\")+COUNTIFS(long_text.2,\"=row 1\")+COUNTIFS(long_text.3,\"=row 1\")");
}

TEST(Ranges, NumberStandsAloneWhereNoFormulaCanBe) {
  Report report = samples::long_report(5);
  workbook::Ranges ranges(report, 24);
  const Table& table = report.tables[0];
  EXPECT_TRUE(ranges.formula_of({1, "long", {{"text", "row 1"}}}, table, "n"));
  EXPECT_FALSE(ranges.formula_of({1, "long", {{"text", "row 1"}}}, table, "text")) << "counts itself";
  EXPECT_FALSE(ranges.formula_of({1, "other", {{"text", "row 1"}}}, table, "n")) << "no such table";
  EXPECT_FALSE(ranges.formula_of({1, "long", {{"other", "row 1"}}}, table, "n")) << "no such column";
  EXPECT_FALSE(ranges.formula_of({1, "long", {{"text", "17"}}}, table, "n")) << "a number";
  EXPECT_FALSE(ranges.formula_of({0, "long", {}}, table, "n")) << "no rows";
  EXPECT_THAT(ranges.formula_of({5, "long", {}}, table, "n").value_or(""), testing::HasSubstr("ROWS(long"));
  report.order = {"cover"};
  workbook::Ranges without(report, 24);
  EXPECT_FALSE(without.formula_of({1, "long", {{"text", "row 1"}}}, Table{}, "n")) << "not in the workbook";
}

TEST(DrawnOrder, IsTheReportsOwnOrAll) {
  Report report = samples::full(Language::en);
  report.order = {"findings", "no such", "matrix", "findings", "timeline", "cover"};
  EXPECT_EQ(drawn_order(report), (std::vector<std::string>{"findings", "matrix", "timeline", "cover"}));
  report.order.clear();
  report.matrix.reset();
  EXPECT_EQ(drawn_order(report),
            (std::vector<std::string>{"cover", "timeline", "observations", "clauses", "findings", "gaps", "evidence"}));
}

TEST(Picture, SizeIsReadFromItsHeader) {
  const Report report = samples::full(Language::en);
  const auto size = workbook::png_size(report.logo);
  ASSERT_TRUE(size);
  EXPECT_EQ(size->width, 320);
  EXPECT_EQ(size->height, 80);
  EXPECT_FALSE(workbook::png_size(""));
  EXPECT_FALSE(workbook::png_size("GIF89a"));
  EXPECT_FALSE(workbook::png_size(report.logo.substr(0, 20)));
  std::string none = report.logo;
  none.replace(16, 4, std::string(4, '\0'));
  EXPECT_FALSE(workbook::png_size(none));
}

TEST(Picture, FitsAndIsNeverEnlarged) {
  EXPECT_EQ(workbook::fitted({360, 640}, {160, 120}).height, 120);
  EXPECT_EQ(workbook::fitted({360, 640}, {160, 120}).width, 67.5);
  EXPECT_EQ(workbook::fitted({10, 10}, {160, 120}).width, 10);
  EXPECT_EQ(workbook::fitted({1e6, 1}, {160, 120}).height, 1);
}

}  // namespace
