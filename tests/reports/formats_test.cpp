#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "reports/page/markup.h"
#include "reports/page/page.h"
#include "reports/write.h"
#include "tests/reports/samples.h"
#include "tests/reports/temporary_directory.h"

using namespace linkaudit::reports;
using testing::HasSubstr;
using testing::Not;

namespace {

std::string csv_of(const Table& table, const Report& report) {
  std::ostringstream out;
  print_csv(table, report, out);
  return out.str();
}

std::string html_of(const Report& report) {
  const TemporaryDirectory directory;
  write_html(report, directory.path() + "/page");
  std::ifstream file(directory.path() + "/page");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const Table& odd(const Report& report) {
  return report.tables.at(2);
}

TEST(Csv, HasMachineKeysAndMachineValues) {
  Report report = samples::simulated(Language::zh);
  report.simulated = false;
  EXPECT_EQ(csv_of(odd(report), report),
            "\xEF\xBB\xBFkind,value\r\n"
            "nothing,\r\n"
            "largest,9223372036854775807\r\n"
            "NaN,\r\n"
            "real,0.1\r\n"
            "minus,-5\r\n"
            "yes,true\r\n"
            "before 1900,1874-12-08T02:45:43+08:05\r\n"
            "milliseconds,2022-01-27T23:59:59.250+08:00\r\n"
            "short row,\r\n");
}

TEST(Csv, BadgesAreTheirIds) {
  const Report report = samples::realistic(Language::zh);
  EXPECT_THAT(csv_of(report.tables[0], report), HasSubstr("\r\n即时通信中链接可直接打开（2021-09-17）,淘宝,微信 · "
                                                          "朋友圈,breached,2021-09-17T23:59:59+08:00,132,true,0.5,"));
}

TEST(Csv, SimulatedRowsSaySo) {
  const Report report = samples::simulated(Language::en);
  const std::string text = csv_of(odd(report), report);
  EXPECT_THAT(text, HasSubstr("kind,value,simulated\r\n"));
  EXPECT_THAT(text, HasSubstr("minus,-5,SIMULATED 模拟\r\n"));
}

TEST(Csv, QuotesAsRfc4180) {
  Table table{"t", "T", "", {{"a", "a", 9, false}, {"b", "b", 9, false}}, {}, 1};
  table.rows = rows_of({{std::string("say \"hi\", now"), std::string("two\nlines")}});
  EXPECT_EQ(csv_of(table, Report{}),
            "\xEF\xBB\xBF"
            "a,b\r\n\"say \"\"hi\"\", now\",\"two\nlines\"\r\n");
}

TEST(Json, HasTheFieldsThatProgramsRelyOn) {
  std::ostringstream out;
  print_json(samples::simulated(Language::en), out);
  const auto json = nlohmann::json::parse(out.str());
  EXPECT_EQ(json["as_of"], "2022-01-27T23:59:59+08:00");
  EXPECT_EQ(json["zone"], "Asia/Shanghai");
  EXPECT_EQ(json["simulated"], true);
  EXPECT_THAT(json["notice"].get<std::string>(), testing::StartsWith("SIMULATED 模拟"));
  EXPECT_EQ(json["headlines"].size(), 5U);
  EXPECT_EQ(json["headlines"][0]["value"], "3 of 21");
  EXPECT_EQ(json["matrix"]["platforms"].size(), 6U);
  EXPECT_EQ(json["matrix"]["cells"][0][2]["outcome"], "external_browser");
  EXPECT_EQ(json["tables"]["observations"].size(), 120U);
  EXPECT_EQ(json["tables"]["findings"][0]["status"], "breached");
  EXPECT_EQ(json["tables"]["findings"][0]["days_overdue"], 132);
  EXPECT_EQ(json["tables"]["findings"][3]["since"], nullptr);
  EXPECT_EQ(json["tables"]["odd"][1]["value"], 9223372036854775807);
  EXPECT_EQ(json["tables"]["odd"][2]["value"], nullptr);
  EXPECT_EQ(json["tables"]["odd"][5]["value"], true);
  EXPECT_EQ(json["tables"]["empty"].size(), 0U);
}

TEST(Json, ReportWithNothingInItIsValid) {
  std::ostringstream out;
  print_json(Report{}, out);
  const auto json = nlohmann::json::parse(out.str());
  EXPECT_EQ(json["matrix"], nullptr);
  EXPECT_TRUE(json["tables"].empty());
}

TEST(Page, HasNoAddressAndAPolicyThatKnowsItsScriptAndItsStyleByTheirHashes) {
  const std::string page = html_of(samples::realistic(Language::en));
  static const RE2 form("(?s)<style>(.*?)</style>.*<script>(.*?)</script>");
  std::string style, script;
  ASSERT_TRUE(RE2::PartialMatch(page, form, &style, &script));
  EXPECT_THAT(page, HasSubstr("content=\"default-src 'none'; style-src " + page::source_hash(style) + "; script-src " +
                              page::source_hash(script) + "; img-src data:; base-uri 'none'; form-action 'none'\""));
  EXPECT_EQ(page.find("<script"), page.rfind("<script"));
  EXPECT_THAT(page, Not(HasSubstr(" style=")));
  EXPECT_THAT(page, Not(HasSubstr("src=")));
  EXPECT_THAT(page, Not(testing::ContainsRegex("href=\"[^#d]")));
  EXPECT_THAT(page, Not(HasSubstr("SIMULATED")));
}

TEST(Page, PolicyNamesTheHashOfItsStyle) {
  // echo -n 'b{}' | openssl dgst -sha256 -binary | base64
  EXPECT_EQ(page::source_hash("b{}"), "'sha256-7yqHVAesot11p6HczDsgKRipvI5UPgs97z80zNXlans='");
}

TEST(Page, LinksLeadToPartsThatAreThere) {
  Report report = samples::realistic(Language::zh);
  report.tables.push_back(report.tables[0]);
  const std::string page = html_of(report);
  EXPECT_THAT(page, HasSubstr("<html lang=\"zh-Hans\">"));
  static const RE2 link("href=\"#([^\"]+)\"");
  std::size_t links = 0;
  re2::StringPiece rest(page);
  for (std::string id; RE2::FindAndConsume(&rest, link, &id); ++links) {
    EXPECT_THAT(page, HasSubstr("<section id=\"" + id + "\">"));
  }
  EXPECT_EQ(links, 4U);
}

TEST(Page, SimulatedIsSaidInBothLanguagesAtBothEnds) {
  const std::string page = html_of(samples::simulated(Language::en));
  EXPECT_THAT(page, HasSubstr("<title>SIMULATED 模拟 · "));
  EXPECT_THAT(page, HasSubstr("<body>\n<header>\n<p class=\"simulated\""));
  EXPECT_THAT(page, HasSubstr("<p class=\"simulated\">SIMULATED 模拟"));
}

TEST(Page, RowThatIsStruckIsSoLeftOfTheColumnThatSaysIt) {
  Report report = samples::long_report(0);
  Table& table = report.tables[0];
  table.columns.push_back({"gone", "gone", 10, false});
  table.struck_by = "gone";
  table.rows = rows_of({{std::int64_t{1}, Value{}, "stays"}, {std::int64_t{2}, Value{}, "<goes>", std::int64_t{7}}});
  const std::string page = html_of(report);
  EXPECT_THAT(page, HasSubstr("<td class=\"long\">stays</td>"));
  EXPECT_THAT(page, HasSubstr("<td class=\"long\"><s>&lt;goes&gt;</s></td>"));
  EXPECT_THAT(page, HasSubstr("<td class=\"number\">7</td>"));
}

TEST(Page, LongTableIsCutAndSaysSo) {
  const std::string whole = html_of(samples::long_report(page::rows_on_screen));
  EXPECT_THAT(whole, HasSubstr("row 4999<"));
  EXPECT_THAT(whole, Not(HasSubstr("class=\"cut\"")));
  const std::string cut = html_of(samples::long_report(page::rows_on_screen + 1));
  EXPECT_THAT(cut, Not(HasSubstr("row 5000<")));
  EXPECT_THAT(cut, HasSubstr("Only the first 5,000 rows are shown here."));
}

}  // namespace
