#include "reports/neutral.h"

#include <gtest/gtest.h>

namespace {

struct Case {
  const char *given, *written;
};

const Case cases[] = {
    {"", ""},
    {"text", "text"},
    {"a=1", "a=1"},
    {"=1+1", "'=1+1"},
    {"+1", "'+1"},
    {"-1", "'-1"},
    {"@SUM(1)", "'@SUM(1)"},
    {" =1", "' =1"},
    {"\n=1", "'\n=1"},
    {"\u3000=1", "'\u3000=1"},
    {"＝1", "'＝1"},
    {"＠x", "'＠x"},
    {"'=1", "''=1"},  // so that taking one apostrophe away gives back what there was
    {"'quoted'", "'quoted'"},
    {"https://example.com/?a=-1", "https://example.com/?a=-1"},
};

TEST(Neutral, PutsAnApostropheBeforeWhatWouldBeAFormula) {
  for (const auto& one : cases) EXPECT_EQ(linkaudit::reports::neutral(one.given), one.written);
}

}  // namespace
