#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "reports/markdown_text.h"
#include "reports/write.h"
#include "tests/reports/desk_samples.h"

using namespace linkaudit::reports;
using testing::HasSubstr;
using testing::Not;

namespace {

std::string markdown_of(const Report& report) {
  std::ostringstream out;
  print_markdown(report, out);
  return out.str();
}

TEST(Markdown, ForeignTextIsEscaped) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"plain 文字, 3.5 (a) 12:30:45", "plain 文字, 3.5 (a) 12:30:45"},
      {"[a](b) ![c]", "\\[a\\](b) !\\[c\\]"},
      {"`a` *b* _c_ ~~d~~ $e$", "\\`a\\` \\*b\\* \\_c\\_ \\~\\~d\\~\\~ \\$e\\$"},
      {"a | b \\", "a \\| b \\\\"},
      {"<b>&amp;", "&lt;b&gt;&amp;amp;"},
      {"@everyone a@b.example", "@\u2060everyone a@\u2060b.example"},
      {"http://e.example www.e.example", "http:\u2060//e.example www\u2060.e.example"},
      {":smile: #12", ":\u2060smile: \\#\u206012"},
      {"# a", "\\# a"},
      {"- a - b", "\\- a - b"},
      {"  + a", "&#32;&#32;\\+ a"},
      {"12. a", "12\\. a"},
      {"7) a", "7\\) a"},
      {"a ", "a&#32;"},
      {"one\ntwo", "one⏎two"},
      {"", ""},
      {" ", "&#32;"},
  };
  for (const auto& [text, escaped] : cases) EXPECT_EQ(markdown_text(text), escaped) << text;
}

TEST(Markdown, SummaryHasTheFiguresTheBreachesTheChangesAndWhatIsToBeInIt) {
  const std::string text = markdown_of(samples::desk(Language::en));
  EXPECT_THAT(text, testing::StartsWith("# Do links open across platforms?\n"));
  EXPECT_THAT(text, HasSubstr("As of 27 January 2022, 23:59:59 · All times in Asia/Shanghai (UTC+08:00)\n"));
  EXPECT_THAT(text, HasSubstr("| Breached | **3 of 21** | findings of mandatory clauses |\n"));
  EXPECT_THAT(text, HasSubstr("\n## Breaches\n"));
  EXPECT_THAT(text, HasSubstr("| F-119 |"));
  EXPECT_THAT(text, Not(HasSubstr("| F-120 |")));
  EXPECT_THAT(text, HasSubstr("\nand 13 more\n"));
  EXPECT_THAT(text, Not(HasSubstr("Owner")));
  EXPECT_THAT(text, HasSubstr("\n## Changes\n"));
  EXPECT_THAT(text, HasSubstr("\n## Accounting\n\n- **Planned** 12,000 = observed 11,400 + gaps 600\n"));
  EXPECT_THAT(text, Not(HasSubstr("## Scope")));
  EXPECT_THAT(text, Not(HasSubstr("## Evidence")));
  EXPECT_THAT(text,
              testing::EndsWith("\nCheckpoint 112 5d7c6a52a8f0e1b7c3d94f6a8b2e0c1d5d7c6a52a8f0e1b7c3d94f6a8b2e0c1d\n"));
}

TEST(Markdown, WithoutABlockForItAllOfTheCoverIsInTheSummary) {
  Report report = samples::desk(Language::zh);
  for (CoverBlock& block : report.cover) block.summary = false;
  const std::string text = markdown_of(report);
  EXPECT_THAT(text, HasSubstr("## 范围"));
  EXPECT_THAT(text, HasSubstr("另有 13 项"));
}

TEST(Markdown, SummaryHasOnlyWhatTheReportDraws) {
  Report report = samples::desk(Language::en);
  report.order = {"changes"};
  const std::string text = markdown_of(report);
  EXPECT_THAT(text, HasSubstr("## Changes"));
  EXPECT_THAT(text, Not(HasSubstr("## Breaches")));
  EXPECT_THAT(text, Not(HasSubstr("Breached |")));
  EXPECT_THAT(text, Not(HasSubstr("## Accounting")));
}

TEST(Markdown, SimulatedIsSaid) {
  Report report = samples::desk(Language::en);
  report.simulated = true;
  EXPECT_THAT(markdown_of(report), HasSubstr("\n**SIMULATED 模拟"));
}

}  // namespace
