#include "reports/workbook/palette.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

using namespace linkaudit::reports;

namespace {

// Relative luminance and contrast ratio as WCAG 2.2 defines them.
double luminance(std::uint32_t colour) {
  const auto part = [&](int shift) {
    const double value = static_cast<double>((colour >> shift) & 0xFF) / 255;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0);
}

double contrast(std::uint32_t one, std::uint32_t other) {
  const auto [low, high] = std::minmax({luminance(one), luminance(other)});
  return (high + 0.05) / (low + 0.05);
}

TEST(Palette, WorkbookInkIsReadableOnItsPaper) {
  for (const Tone tone : {Tone::good, Tone::fair, Tone::bad, Tone::unknown, Tone::muted, Tone::notice}) {
    const auto paint = workbook::paint_of(tone);
    EXPECT_GE(contrast(paint.ink, paint.paper), 4.5) << static_cast<int>(tone);
  }
  EXPECT_GE(contrast(workbook::heading_ink, workbook::heading_paper), 4.5);
  EXPECT_GE(contrast(workbook::accent, workbook::group_paper), 4.5);
  EXPECT_GE(contrast(workbook::alarm_ink, workbook::alarm_paper), 4.5);
  EXPECT_GE(contrast(workbook::faint, 0xFFFFFF), 4.5);
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
