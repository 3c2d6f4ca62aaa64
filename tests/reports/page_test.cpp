#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <fstream>
#include <set>
#include <sstream>

#include "reports/page/axis.h"
#include "reports/page/markup.h"
#include "reports/page/page.h"
#include "reports/page/sheet.h"
#include "reports/write.h"
#include "tests/reports/desk_samples.h"
#include "tests/reports/samples.h"
#include "tests/reports/temporary_directory.h"

using namespace linkaudit::reports;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

std::string html_of(const Report& report) {
  const TemporaryDirectory directory;
  write_html(report, directory.path() + "/page");
  std::ifstream file(directory.path() + "/page");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool has(const std::string& page, std::string_view part) {
  return page.find(part) != std::string::npos;
}

std::vector<std::string> all_of(const std::string& page, const char* pattern) {
  const RE2 form(pattern);
  std::vector<std::string> found;
  re2::StringPiece rest(page);
  for (std::string one; RE2::FindAndConsume(&rest, form, &one);) found.push_back(one);
  return found;
}

TEST(Page, IdsAreUniqueAndEveryLinkLeadsToOne) {
  const std::string page = html_of(samples::desk(Language::en));
  const auto ids = all_of(page, " id=\"([^\"]+)\"");
  const std::set<std::string> unique(ids.begin(), ids.end());
  EXPECT_EQ(unique.size(), ids.size());
  const auto links = all_of(page, "href=\"#([^\"]+)\"");
  EXPECT_GT(links.size(), 100U);
  for (const auto& link : links) EXPECT_TRUE(unique.contains(link)) << link;
}

TEST(Page, EntriesLeadToTheirRowWhereThatIsOnThePage) {
  Report report = samples::desk(Language::en);
  const std::string page = html_of(report);
  EXPECT_TRUE(has(page, "<a href=\"#entry-12\">12</a>, <a href=\"#entry-40\">40</a>, 9000</td>"));
  EXPECT_TRUE(has(page, "<tr id=\"entry-12\">"));
  EXPECT_TRUE(has(page, "<small class=\"entries\">Entry <a href=\"#entry-12\">12</a>"));  // of the matrix
  EXPECT_TRUE(has(page, "<a href=\"#entry-12\" aria-label=\"Taobao item"));               // of the timeline
  report.order = {"matrix", "breaches"};
  const std::string alone = html_of(report);
  EXPECT_TRUE(has(alone, ">12, 40, 9000</td>"));
  EXPECT_FALSE(has(alone, "#entry-"));
}

TEST(Page, PartsStandInTheReportsOrder) {
  Report report = samples::desk(Language::en);
  report.order = {"gaps", "timeline", "cover", "clauses"};
  EXPECT_THAT(all_of(html_of(report), "<(?:section|div) id=\"([^\"]+)\""),
              ElementsAre("table-gaps", "timeline", "cover", "table-clauses"));
}

TEST(Page, BandsSayInSignAndWordsWhatTheirColourSays) {
  const std::string page = html_of(samples::desk(Language::en));
  EXPECT_TRUE(has(page,
                  "<title>Taobao item, one-to-one chat: ✗ text to copy T · 2021-09-18 23:59:59 – 2021-11-08 "
                  "23:59:59 · by the host app, 12 times · Entry 12</title>"));
  EXPECT_THAT(all_of(page, "<svg class=\"(timeline)\"").size(), 3U);  // thirty rows of WeChat are two drawings
  EXPECT_TRUE(has(page, "<details class=\"as-table\"><summary>As a table</summary>"));
}

TEST(Page, TimelineOfAnInstantAndOfNothingIsDrawn) {
  Report report = samples::desk(Language::en);
  report.timeline->from = report.timeline->to = samples::desk_test();
  report.timeline->groups.push_back({"empty", {}});
  report.timeline->groups.push_back({"no bands", {{"row", "", {}}}});
  const std::string page = html_of(report);
  EXPECT_FALSE(has(page, "nan"));
  EXPECT_TRUE(has(page, "<h3>no bands</h3>"));
}

TEST(Page, TimelineOfTooManyBandsIsCutAndSaysSo) {
  Report report = samples::desk(Language::en);
  const Instant at = samples::desk_test();
  const TimelineRow row{"row", "", std::vector<Band>(100, Band{at, at, {}, "", 0})};
  report.timeline->groups = {{"many", std::vector<TimelineRow>(50, row)}};
  EXPECT_FALSE(has(html_of(report), "class=\"cut\""));
  report.timeline->groups.push_back({"one more", {{"last", "", {Band{at, at, {}, "", 0}}}}});
  const std::string page = html_of(report);
  EXPECT_TRUE(has(page, "Only the first 5,000 bands are drawn here."));
  EXPECT_FALSE(has(page, ">last<"));
}

TEST(Page, BarsOfAChartHaveTheirNumbers) {
  const std::string page = html_of(samples::desk(Language::en));
  EXPECT_TRUE(has(page, "<title>Breached: 312</title>"));
  EXPECT_TRUE(has(page, "text-anchor=\"middle\">1,209</text>"));
  EXPECT_TRUE(has(page, "<td class=\"number\" data-v=\"1209\">1,209</td>"));
}

TEST(Page, HeatIsDeeperForTheLargerAndNoneForNothing) {
  const std::string page = html_of(samples::desk(Language::en));
  EXPECT_TRUE(has(page, "<td class=\"heat-5 number\" data-v=\"1812\">1,812</td>"));
  EXPECT_TRUE(has(page, "<td class=\"heat-1 number\" data-v=\"53\">53</td>"));
  EXPECT_TRUE(has(page, "<td class=\"number\" data-v=\"0\">0</td>"));
}

TEST(Page, PictureIsPartOfThePageAndOnlyAPng) {
  EXPECT_THAT(
      page::image_markup(samples::stripes(8, 4), "a \"stop\" page", "thumb"),
      testing::MatchesRegex("<img class=\"thumb\" src=\"data:image/png;base64,iVBOR[A-Za-z0-9+/]*=*\" width=\"8\" "
                            "height=\"4\" alt=\"a &quot;stop&quot; page\" loading=\"lazy\">"));
  EXPECT_EQ(page::image_markup("<svg onload=alert(1)>", "text", "thumb"), "");
  EXPECT_EQ(page::image_markup("", "text", "thumb"), "");
  EXPECT_EQ(page::image_markup(samples::stripes(8, 4).substr(0, 20), "text", "thumb"), "");
}

TEST(Page, ColumnsForTheScreenDoNotGoOnPaper) {
  EXPECT_TRUE(has(html_of(samples::desk(Language::en)), "<th scope=\"col\" class=\"screen\">Owner</th>"));
}

TEST(Page, OnPaperLessOfATableIsDrawnThanOnTheScreen) {
  std::ostringstream out;
  page::add_page(samples::long_report(40), 20, out);
  EXPECT_TRUE(has(out.str(), "Only the first 20 rows are shown here."));
  EXPECT_TRUE(has(out.str(), "row 19<"));
  EXPECT_FALSE(has(out.str(), "row 20<"));
}

TEST(Page, AccentIsReadableOnBothPapers) {
  for (const std::uint32_t accent : {0x0B6E4FU, 0xFFFF00U, 0x000000U, 0xFFFFFFU, 0xFF0000U, 0x808080U, 0xFF000000U}) {
    EXPECT_GE(page::contrast(page::readable_on(0xF4F6F9, accent), 0xF4F6F9), 4.5) << accent;
    EXPECT_GE(page::contrast(page::readable_on(0x1D232A, accent), 0x1D232A), 4.5) << accent;
  }
  EXPECT_EQ(page::readable_on(0xF4F6F9, 0x0B6E4F), 0x0B6E4FU);
}

TEST(Page, StringOfAStyleSheetHoldsWhatEverItIs) {
  EXPECT_EQ(page::css_string("a\"}</style>中"), "\"a\\22 \\7d \\3c \\2f style\\3e 中\"");
  Report report = samples::hostile();
  report.zone = "Asia/Shanghai";
  report.simulated = true;
  const auto ends = all_of(html_of(report), "(</style>)");
  EXPECT_EQ(ends.size(), 1U);
}

TEST(Page, AxisHasMidnightsOfTheZoneAFewAndEvenlyApart) {
  const Zone zone("Asia/Shanghai");
  const auto labels = [&](const char* zone_name, Instant from, Instant to) {
    std::vector<std::string> found;
    for (const auto& tick : page::ticks(from, to, Zone(zone_name), 5)) found.push_back(tick.label);
    return found;
  };
  const auto at = [&](int year, int month, int day) { return zone.midnight(year, month, day); };
  EXPECT_THAT(labels("Asia/Shanghai", at(2022, 1, 26), at(2022, 1, 29)),
              ElementsAre("2022-01-26", "2022-01-27", "2022-01-28", "2022-01-29"));
  EXPECT_THAT(labels("Asia/Shanghai", at(2021, 9, 9), at(2022, 1, 27)),
              ElementsAre("2021-10", "2021-11", "2021-12", "2022-01"));
  EXPECT_THAT(labels("Asia/Shanghai", at(2021, 1, 2), at(2023, 1, 27)),
              ElementsAre("2021-07", "2022-01", "2022-07", "2023-01"));
  EXPECT_THAT(labels("Asia/Shanghai", at(1995, 1, 2), at(2023, 1, 27)),
              ElementsAre("2000", "2005", "2010", "2015", "2020"));
  EXPECT_THAT(labels("Asia/Shanghai", at(2022, 1, 26), at(2022, 1, 26)), ElementsAre("2022-01-26"));
}

TEST(Zone, MidnightIsTheFirstInstantOfADayThatHasNone) {
  const Zone beirut("Asia/Beirut");  // 2022-03-27 began at 01:00
  EXPECT_EQ(beirut.shown(beirut.midnight(2022, 3, 27)), "2022-03-27 01:00:00");
  EXPECT_EQ(beirut.shown(beirut.midnight(2021, 14, 32)), "2022-03-04 00:00:00");
}

}  // namespace
