#include "reports/workbook/palette.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <fstream>
#include <map>
#include <sstream>

using namespace linkaudit::reports;

namespace {

using workbook::contrast;

TEST(Palette, WorkbookInkIsReadableOnItsPaper) {
  for (const Tone tone : {Tone::good, Tone::fair, Tone::bad, Tone::unknown, Tone::muted, Tone::notice}) {
    const auto paint = workbook::paint_of(tone);
    EXPECT_GE(contrast(paint.ink, paint.paper), 4.5) << static_cast<int>(tone);
  }
  EXPECT_GE(contrast(0xFFFFFF, workbook::input_heading), 4.5);
  EXPECT_GE(contrast(workbook::body, workbook::input_paper), 4.5);
  for (const std::uint32_t paper : workbook::heat_papers) EXPECT_GE(contrast(workbook::body, paper), 4.5);
  EXPECT_GE(contrast(workbook::body, workbook::bar_paper), 4.5);
  EXPECT_GE(contrast(workbook::alarm_ink, workbook::alarm_paper), 4.5);
  EXPECT_GE(contrast(workbook::faint, 0xFFFFFF), 4.5);
}

TEST(Palette, ContrastIsThatOfWcag) {
  EXPECT_NEAR(contrast(0x000000, 0xFFFFFF), 21, 0.001);
  EXPECT_NEAR(contrast(0xFFFFFF, 0x777777), 4.48, 0.005);  // the grey that just fails
}

TEST(Palette, AnyAccentIsReadable) {
  const std::optional<std::uint32_t> accents[] = {std::nullopt, 0x000000, 0xFFFFFF, 0xFFE600,
                                                  0x00FF00,     0x808080, 0xE60012};
  for (const auto& wanted : accents) {
    const workbook::Accents accents_of = workbook::accents_of(wanted);
    EXPECT_GE(contrast(accents_of.paper_ink, accents_of.paper), 4.5);
    EXPECT_GE(contrast(accents_of.ink, accents_of.group_paper), 4.5);
    EXPECT_GE(contrast(accents_of.ink, 0xFFFFFF), 4.5);
    EXPECT_EQ(accents_of.paper, wanted.value_or(accents_of.paper));
  }
}

// The page's colours in the order of the style sheet: light, then dark.
std::vector<std::map<std::string, std::uint32_t>> schemes() {
  std::ifstream file(LINKAUDIT_SOURCE_ROOT "/reports/page/page.css");
  std::stringstream text;
  text << file.rdbuf();
  const std::string style = text.str();
  static const RE2 variable("--([a-z-]+): #([0-9a-f]{6});");
  std::vector<std::map<std::string, std::uint32_t>> found;
  re2::StringPiece rest(style);
  for (std::string name, colour; RE2::FindAndConsume(&rest, variable, &name, &colour);) {
    if (name == "paper") found.emplace_back();
    found.back()[name] = static_cast<std::uint32_t>(std::stoul(colour, nullptr, 16));
  }
  return found;
}

TEST(Palette, PageInkIsReadableOnItsPaperLightAndDark) {
  const auto found = schemes();
  ASSERT_EQ(found.size(), 2U);
  for (const auto& colours : found) {
    for (const char* tone : {"good", "fair", "bad", "unknown", "muted", "notice", "head", "alarm", "heat-a", "heat-b",
                             "heat-c", "heat-d", "heat-e"}) {
      EXPECT_GE(contrast(colours.at(tone), colours.at(std::string(tone) + "-ink")), 4.5) << tone;
    }
    for (const char* ink : {"ink", "faint", "accent"}) {
      EXPECT_GE(contrast(colours.at("paper"), colours.at(ink)), 4.5) << ink;
      EXPECT_GE(contrast(colours.at("raised"), colours.at(ink)), 4.5) << ink;
    }
  }
}

}  // namespace
