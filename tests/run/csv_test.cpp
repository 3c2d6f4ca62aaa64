#include "audit/run/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace linkaudit::run {
namespace {

using testing::ElementsAre;

TEST(Csv, RowsKnowTheLineTheyBeginOn) {
  const auto rows = parse_csv("a,b\n\n1,\"two\nlines\"\r\n3,4");
  ASSERT_TRUE(rows.has_value());
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_EQ((*rows)[0].line, 1);
  EXPECT_EQ((*rows)[1].line, 3);
  EXPECT_THAT((*rows)[1].fields, ElementsAre("1", "two\nlines"));
  EXPECT_EQ((*rows)[2].line, 5);
}

TEST(Csv, QuotesAndByteOrderMarkAreTakenAway) {
  const auto rows = parse_csv("\xEF\xBB\xBF\"a \"\"b\"\"\",,\" c \"\n");
  ASSERT_TRUE(rows.has_value());
  EXPECT_THAT(rows->front().fields, ElementsAre("a \"b\"", "", " c "));
}

struct Broken {
  std::string text;
  int line;
  const char* said;
};

TEST(Csv, BrokenTextIsRefusedWithItsLine) {
  const Broken table[] = {
      {"a,b\n\"1,2\n", 2, "does not end"},
      {"a\nb\n\"1\"x\n", 3, "a quote stands where none may"},
      {"a\n\xff\n", 2, "not UTF-8"},
      {std::string("a\nb\0c\n", 6), 2, "not UTF-8"},
  };
  for (const Broken& row : table) {
    const auto rows = parse_csv(row.text);
    ASSERT_FALSE(rows.has_value()) << row.said;
    EXPECT_EQ(rows.error().line, row.line) << row.said;
    EXPECT_THAT(rows.error().text, testing::HasSubstr(row.said));
  }
}

}  // namespace
}  // namespace linkaudit::run
