// What reports and listings say of waivers: with and without them, what expired, what matches nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "audit/query/as_json.h"
#include "audit/query/report_model.h"
#include "audit/query/totals.h"
#include "audit/query/waivers_in_words.h"
#include "tests/query/world.h"

namespace linkaudit::query {
namespace {

using law::Status;
using probes::Outcome;
using testing::Contains;
using testing::ElementsAre;

law::Waiver waiver(const std::string& id) {
  return {id, {}, "migration", "head of compliance", {2021, 10, 1}, {2021, 12, 31}, "Asia/Shanghai"};
}

// One waiver for jd, and one for a platform that no clause speaks of.
catalog::Catalog with_waivers() {
  catalog::Catalog catalog = small_catalog();
  for (law::Obligation& each : catalog.obligations) each.scope.terms.categories = {"ecommerce"};
  law::Waiver of_jd = waiver("W-jd"), of_books = waiver("W-books");
  of_jd.scope.terms.platforms = {"jd"};
  of_books.scope.terms.categories = {"books"};
  catalog.waivers = {of_jd, of_books};
  return catalog;
}

std::vector<probes::Observation> refusals() {
  probes::Observation long_lived = person("2021-10-05", "jd/item", "wechat/group", Outcome::blocked);
  long_lived.valid_days = 365;
  return {long_lived, person("2021-12-20", "pdd/item", "wechat/group", Outcome::blocked)};
}

TEST(WaiverTotals, AreGivenWithAndWithoutThem) {
  const Told told(refusals());
  const View view = look(told.log(), with_waivers(), at("2021-12-30"));
  const Totals with = totals_of(view.findings), without = totals_of(view.unwaived());
  EXPECT_EQ(with.of(Status::breached), 2);     // pdd by two clauses of three
  EXPECT_EQ(without.of(Status::breached), 4);  // and jd
  EXPECT_EQ(with.of(Status::exempt), 6);
  EXPECT_EQ(without.of(Status::exempt), 0);
  EXPECT_EQ(with.in_force, without.in_force);
  EXPECT_EQ(with.findings, 18);
  const nlohmann::json document = findings_document(view);
  EXPECT_EQ(document["totals"]["breached"], 2);
  EXPECT_EQ(document["totals"]["without_waivers"]["breached"], 4);
  EXPECT_EQ(document["waivers"][0]["id"], "W-jd");
  EXPECT_EQ(document["waivers"][1]["findings"], 0);
}

// Of what no command that writes has seen yet.
const std::string kUnknown = " The log does not know this yet; `linkaudit waiver record` writes it down.";
const std::string kUnknownInChinese = "日志尚不知此事；可用 `linkaudit waiver record` 记录。";

std::vector<std::string> sentences(const std::string& as_of, Language language = Language::en) {
  const catalog::Catalog catalog = with_waivers();
  const Told told(refusals());
  std::vector<std::string> said;
  for (const auto& [about, sentence] : waivers_in_words({catalog, language}, look(told.log(), catalog, at(as_of)))) {
    said.push_back(sentence);
  }
  return said;
}

TEST(WaiversInWords, SayWhatTheyExemptUntilTheyExpire) {
  EXPECT_THAT(sentences("2021-12-30T23:59:59.999"),
              ElementsAre("Breached: 2 of 18 findings of clauses in force; without waivers 4 of 18.",
                          "W-jd exempts 6 of the 6 findings in its scope until 00:00 on 2021-12-31 (Asia/Shanghai): "
                          "2 of these 6 are breached or would be." +
                              kUnknown,
                          "W-books matches nothing: no finding lies in its scope." + kUnknown));
}

// No entry, no run between the two.
TEST(WaiversInWords, SayThatTheyBiteFromMidnightOfTheExpiry) {
  EXPECT_THAT(sentences("2021-12-31T00:00:00"),
              Contains("W-jd expired at 00:00 on 2021-12-31 (Asia/Shanghai) and exempts nothing any more: 2 of the 6 "
                       "findings in its scope are breached." +
                       kUnknown));
  EXPECT_THAT(
      sentences("2021-12-31T00:00:00", Language::zh),
      Contains("W-jd 已于 2021-12-31 00:00（Asia/Shanghai）到期，不再豁免任何内容：其范围内 6 项结论中有 2 项违反。" +
               kUnknownInChinese));
}

TEST(WaiversInWords, SayWhenTheyBegin) {
  EXPECT_THAT(sentences("2021-09-30"),
              Contains("W-jd begins at 00:00 on 2021-10-01 (Asia/Shanghai): 6 findings lie in its scope, 0 of them "
                       "breached." +
                       kUnknown));
}

const reports::Table* sheet_of(const reports::Report& report, const std::string& id) {
  for (const reports::Table& table : report.tables) {
    if (table.id == id) return &table;
  }
  return nullptr;
}

TEST(WaiversInReport, HaveASheetAndStandOnTheCover) {
  const catalog::Catalog catalog = with_waivers();
  const Told told(refusals());
  ReportRequest request;
  request.as_of = at("2021-12-31");
  const reports::Report report = report_model(told.log(), catalog, request).report;
  ASSERT_NE(sheet_of(report, "waivers"), nullptr);
  ASSERT_NE(sheet_of(report, "open"), nullptr);
  ASSERT_NE(sheet_of(report, "periods"), nullptr);
  std::vector<std::string> headings;
  for (const reports::CoverBlock& block : report.cover) headings.push_back(block.heading);
  EXPECT_THAT(headings, Contains("Waivers"));
  const reports::Report without = report_model(told.log(), small_catalog(), request).report;
  ASSERT_NE(sheet_of(without, "waivers"), nullptr);
  reports::Row row;
  EXPECT_FALSE(sheet_of(without, "waivers")->rows()(row));
}

log::WaiverRecord record_of_jd(log::WaiverChange change) {
  log::WaiverRecord record;
  record.at = at("2021-10-01");
  record.change = change;
  record.id = "W-jd";
  record.justification = "migration";
  record.approver = "head of compliance";
  record.from = "2021-10-01";
  record.expires = "2021-12-31";
  record.zone = "Asia/Shanghai";
  record.scope = {{"platforms", {"jd"}}};
  return record;
}

std::vector<std::string> states(const View& view) {
  std::vector<std::string> all;
  for (const WaiverShown& shown : view.waivers) {
    all.push_back(shown.waiver.id + " " + std::string(name(shown.state)) + (shown.recorded ? "" : ", not recorded"));
  }
  return all;
}

// Entries 1 and 2 are the refusals.
TEST(WaiversKnown, AreTheCatalogsNowAndTheLogsThen) {
  Told told(refusals());
  const Instant as_of = at("2021-12-30");
  told.tell({record_of_jd(log::WaiverChange::added)});
  EXPECT_THAT(states(look(told.log(), with_waivers(), as_of)),
              ElementsAre("W-jd in_force", "W-books in_force, not recorded"));
  EXPECT_THAT(states(look(told.log(), with_waivers(), as_of, 2)), testing::IsEmpty());
  told.tell({record_of_jd(log::WaiverChange::withdrawn)});
  EXPECT_THAT(states(look(told.log(), small_catalog(), as_of)), ElementsAre("W-jd withdrawn"));
  EXPECT_THAT(states(look(told.log(), small_catalog(), as_of, 3)), ElementsAre("W-jd in_force"));
  EXPECT_THAT(states(look(told.log(), with_waivers(), as_of, 4)), ElementsAre("W-jd withdrawn"));
}

TEST(WaiversKnown, DecideWhatAReportOfThenSays) {
  Told told(refusals());
  told.tell({record_of_jd(log::WaiverChange::added), record_of_jd(log::WaiverChange::withdrawn)});
  catalog::Catalog catalog = small_catalog();
  for (law::Obligation& each : catalog.obligations) each.scope.terms.categories = {"ecommerce"};
  const auto exempt = [&](std::optional<std::int64_t> known) {
    return totals_of(look(told.log(), catalog, at("2021-12-30"), known).findings).of(Status::exempt);
  };
  EXPECT_EQ(exempt(std::nullopt), 0);
  EXPECT_EQ(exempt(4), 0);
  EXPECT_EQ(exempt(3), 6);
  EXPECT_EQ(exempt(2), 0);
}

TEST(WaiversKnown, ThatSayOtherThanTheLogKnowsAreNotRecorded) {
  Told told(refusals());
  log::WaiverRecord other = record_of_jd(log::WaiverChange::added);
  other.expires = "2021-11-30";
  told.tell({other});
  catalog::Catalog catalog = with_waivers();
  EXPECT_THAT(states(look(told.log(), catalog, at("2021-12-30"))).front(), "W-jd in_force, not recorded");
  catalog.waivers.clear();
  const View view = look(told.log(), catalog, at("2021-12-30"));
  EXPECT_THAT(states(view), ElementsAre("W-jd withdrawn, not recorded"));
  EXPECT_EQ(view.waivers[0].last_known, told.log().entry(told.log().size())->recorded_at);
  EXPECT_THAT(waiver_in_words({catalog, Language::en}, view.waivers[0]),
              testing::HasSubstr("first known at 2021-10-01T12:00:00+08:00 (entry 3), last known at"));
}

}  // namespace
}  // namespace linkaudit::query
