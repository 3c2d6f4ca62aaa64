#include <gtest/gtest.h>

#include <sstream>

#include "reports/text.h"
#include "reports/write.h"
#include "tests/reports/samples.h"

using namespace linkaudit::reports;

namespace {

std::string text_of(const Table& table, const Report& report) {
  std::ostringstream out;
  print_text(table, report, out);
  return out.str();
}

TEST(PrintText, AlignsChineseAndLatinByDisplayWidth) {
  Table table{"t", "T", "", {{"a", "平台", 9, false}, {"n", "n", 9, false}, {"b", "Status", 9, false}}, {}, 1};
  table.rows = rows_of({{std::string("淘宝"), std::int64_t{7}, Badge{"met", "符合", "✓", Tone::good}},
                        {std::string("Xianyu"), std::int64_t{132}, std::monostate{}}});
  EXPECT_EQ(text_of(table, Report{}),
            "平台      n  Status\n"
            "──────  ───  ──────\n"
            "淘宝      7  ✓ 符合\n"
            "Xianyu  132\n");
}

TEST(PrintText, NothingToShowIsSaid) {
  const Table table{"t", "T", "", {{"a", "a", 9, false}}, rows_of({}), 1};
  EXPECT_EQ(text_of(table, Report{}), "Nothing to show.\n");
}

TEST(PrintText, CutsLongTextAndKeepsItOnOneLine) {
  Table table{"t", "T", "", {{"a", "a", 9, false}}, {}, 1};
  table.rows = rows_of({{std::string("one\ntwo ") + std::string(200, 'x')}});
  const std::string text = text_of(table, Report{});
  EXPECT_NE(text.find("one⏎two xxx"), std::string::npos);
  EXPECT_NE(text.find("x…\n"), std::string::npos);
}

TEST(PrintText, SendsNoControlToTheTerminal) {
  const Report report = samples::hostile();
  std::string text = text_of(report.tables[0], report);
  std::ostringstream matrix;
  print_matrix(*report.matrix, report, matrix);
  text += matrix.str();
  for (const char c : text) ASSERT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << static_cast<int>(c);
  EXPECT_EQ(text.find("\u202e"), std::string::npos);
  EXPECT_EQ(plain_text(text), text);
}

TEST(PrintText, RowsBeyondTheMeasuredOnesStillCome) {
  const Report report = samples::long_report(2500);
  const std::string text = text_of(report.tables[0], report);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2502);
  EXPECT_NE(text.find("row 2499"), std::string::npos);
}

TEST(PrintMatrix, ShowsSignAndWordPerCellAndALegend) {
  const Report report = samples::realistic(Language::zh);
  std::ostringstream out;
  print_matrix(*report.matrix, report, out);
  const std::string text = out.str();
  EXPECT_TRUE(text.starts_with("            微信"));
  EXPECT_NE(text.find("淘宝        ✓ 直接打开 A"), std::string::npos);
  EXPECT_NE(text.find("图例\n  ✓ 直接打开          无需额外操作即显示平台页面\n"), std::string::npos);
  EXPECT_NE(text.find("  A  在应用内由人或受控客户端观测\n"), std::string::npos);
}

TEST(PrintText, SimulatedIsSaidInBothLanguages) {
  const Report report = samples::simulated(Language::en);
  EXPECT_TRUE(text_of(report.tables[0], report).starts_with("SIMULATED 模拟"));
}

}  // namespace
