// The sheets that only a report has, and what a report rests on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "audit/query/remarks.h"
#include "audit/query/report_model.h"
#include "tests/query/world.h"

namespace linkaudit::query {
namespace {

using probes::Outcome;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<probes::Observation> kSeen = {
    person("2021-10-01", "taobao/item", "wechat/group", Outcome::direct),
    person("2021-10-02", "taobao/item", "wechat/feed", Outcome::external_browser),
    person("2021-10-03", "jd/item", "wechat/group", Outcome::direct),
    person("2021-10-03", "jd/item", "wechat/group", Outcome::blocked, "bob"),
    probe("2021-10-04", "pdd/item", "wechat/feed", Outcome::blocked),
    person("2021-10-05", "taobao/item", "wechat/feed", Outcome::blocked)};

log::Gap gap(const std::string& when, const std::string& reason) {
  log::Gap gap;
  gap.at = at(when);
  gap.link = "jd/item";
  gap.context = "wechat/feed";
  gap.reason = reason;
  return gap;
}

class Model : public testing::Test {
 protected:
  ReportModel model(const std::string& as_of = "2021-10-06") {
    request_.as_of = at(as_of);
    return report_model(told_.log(), catalog_, request_);
  }

  // Of a table each row by column key.
  static std::vector<std::map<std::string, reports::Value>> rows(const ReportModel& model, const std::string& id) {
    std::vector<std::map<std::string, reports::Value>> found;
    for (const reports::Table& table : model.report.tables) {
      if (table.id != id) continue;
      const reports::NextRow next = table.rows();
      for (reports::Row row; next(row);) {
        auto& by_key = found.emplace_back();
        for (std::size_t i = 0; i < std::min(row.size(), table.columns.size()); ++i) {
          by_key[table.columns[i].key] = row[i];
        }
      }
    }
    return found;
  }

  static std::string text(const reports::Value& value) {
    const auto* found = std::get_if<std::string>(&value);
    return found == nullptr ? std::string() : *found;
  }
  static std::int64_t number(const reports::Value& value) {
    if (const auto* counted = std::get_if<reports::Counted>(&value)) return counted->number;
    if (const auto* summed = std::get_if<reports::Summed>(&value)) return summed->number;
    return std::get<std::int64_t>(value);
  }

  catalog::Catalog catalog_ = small_catalog();
  Told told_{kSeen};
  ReportRequest request_;
};

TEST_F(Model, EveryCountOfTheClausesIsThatOfTheFindingsItAsksFor) {
  const ReportModel report = model();
  const auto findings = rows(report, "findings");
  int counted = 0;
  auto clauses = rows(report, "clauses");
  for (auto& row : rows(report, "clauses_by_platform")) clauses.push_back(std::move(row));
  for (const auto& row : clauses) {
    for (const auto& [key, value] : row) {
      const auto* count = std::get_if<reports::Counted>(&value);
      if (count == nullptr) continue;
      EXPECT_EQ(count->table, "findings");
      const auto fits = [&](const std::map<std::string, reports::Value>& finding) {
        return std::all_of(count->where.begin(), count->where.end(), [&](const reports::Condition& asked) {
          return text(finding.at(asked.column)) == std::get<std::string>(asked.is);
        });
      };
      EXPECT_EQ(std::count_if(findings.begin(), findings.end(), fits), count->number) << key;
      counted += count->number > 0 ? 1 : 0;
    }
  }
  EXPECT_GT(counted, 10);
}

TEST_F(Model, BreachesAreThoseFoundWithWhatOfficersRemarked) {
  log::Remark remark;
  remark.at = at("2021-10-07");
  remark.obligation = "opening";
  remark.platform = "taobao";
  remark.context = "wechat/feed";
  remark.owner = "office";
  remark.action = "ask_host";
  remark.due = "2021-11-01";
  told_.tell({remark});
  const auto breaches = rows(model(), "breaches");
  std::vector<std::string> ids;
  for (const auto& row : breaches) ids.push_back(text(row.at("finding_id")));
  EXPECT_THAT(ids, ElementsAre("opening:taobao:wechat/feed", "lower:taobao:wechat/feed", "lower:pdd:wechat/feed",
                               "opening:pdd:wechat/feed"));
  EXPECT_EQ(text(breaches[0].at("officer_owner")), "office");
  EXPECT_EQ(std::get<reports::Term>(breaches[0].at("officer_action")).label, "ask the host app");
  const auto findings = rows(model(), "findings");
  const auto told = [](const auto& row) { return text(row.at("officer_owner")) == "office"; };
  EXPECT_EQ(std::count_if(findings.begin(), findings.end(), told), 1);
  EXPECT_EQ(std::get<Instant>(breaches[0].at("officer_due")), at("2021-11-01T00:00:00"));
  EXPECT_EQ(std::get<reports::Entries>(breaches[0].at("remark_entry")).numbers, std::vector<std::int64_t>{7});
  EXPECT_EQ(text(breaches[1].at("officer_owner")), "");
  request_.known_entry = 6;
  EXPECT_EQ(text(rows(model(), "breaches")[0].at("officer_owner")), "");
}

TEST_F(Model, ARemarkWithoutWordsTakesTheOneBeforeBack) {
  log::Remark remark;
  remark.obligation = "opening";
  remark.text = "wait";
  told_.tell({remark});
  EXPECT_EQ(newest_remarks(told_.log(), {}).size(), 1U);
  remark.text = "";
  told_.tell({remark});
  EXPECT_THAT(newest_remarks(told_.log(), {}), IsEmpty());
}

TEST_F(Model, DisputesHaveBothSidesOnceAndThenEveryAttestation) {
  std::map<std::string, int> kinds;
  for (const auto& row : rows(model(), "disputes")) ++kinds[std::get<reports::Term>(row.at("dispute")).id];
  EXPECT_EQ(kinds["dispute"], 2);
  EXPECT_EQ(kinds["attestation"], 5);
}

TEST_F(Model, GapsOfADayAndItsLooksAddUpToWhatWasPlanned) {
  told_.tell({gap("2021-10-04", "missed"), gap("2021-10-04T13:00:00", "missed"), gap("2021-10-05", "no_url")});
  const auto days = rows(model(), "gaps_by_day");
  std::vector<std::string> names;
  for (const auto& row : days) {
    names.push_back(text(row.at("day")));
    std::int64_t sum = number(row.at("observed"));
    for (const char* reason : {"missed", "overlap", "own_line_down", "cancelled", "no_url", "other"}) {
      sum += number(row.at(std::string("gap_") + reason));
    }
    EXPECT_EQ(sum, number(row.at("planned")));
  }
  EXPECT_THAT(names, ElementsAre("2021-10-01", "2021-10-02", "2021-10-03", "2021-10-04", "2021-10-05", "All days"));
  EXPECT_EQ(number(days.back().at("planned")), 4);
  EXPECT_EQ(number(days.back().at("gap_missed")), 2);
}

TEST_F(Model, EvidenceHasEveryEntryThatFindingsAndMatrixRestOn) {
  const ReportModel report = model();
  std::set<std::int64_t> evidence;
  for (const auto& row : rows(report, "evidence")) {
    evidence.insert(number(row.at("entry")));
    EXPECT_EQ(text(row.at("leaf")).size(), 64U);
    EXPECT_EQ(text(row.at("bundle_path")), "entries/" + std::to_string(number(row.at("entry"))) + ".json");
  }
  int asked = 0;
  for (const auto& row : rows(report, "findings")) {
    const auto* entries = std::get_if<reports::Entries>(&row.at("entries"));
    if (entries == nullptr) continue;
    for (const std::int64_t entry : entries->numbers) {
      EXPECT_TRUE(evidence.contains(entry)) << entry;
      ++asked;
    }
  }
  EXPECT_GT(asked, 5);
}

TEST_F(Model, TimelineHasABandForEachStateOfEachCell) {
  const ReportModel report = model();
  ASSERT_TRUE(report.report.timeline);
  const reports::Timeline& timeline = *report.report.timeline;
  ASSERT_EQ(timeline.groups.size(), 1U);
  std::map<std::string, std::size_t> bands;  // of each row
  for (const reports::TimelineRow& row : timeline.groups[0].rows) bands[row.label] = row.bands.size();
  EXPECT_EQ(bands["taobao/item · feed"], 2U);
  EXPECT_EQ(bands["jd/item · group · bob"], 1U);
  EXPECT_GT(timeline.to, at("2021-10-06"));
  EXPECT_EQ(timeline.from, at("2021-09-17T00:00:00"));
  EXPECT_THAT(timeline.marks, ElementsAre(testing::Pair(at("2021-09-17T00:00:00"), testing::_)));
}

TEST_F(Model, ChangesBeginWithTheLastReportOfItsKindAndThatBelongsToTheTree) {
  EXPECT_EQ(model().since, std::nullopt);
  log::IssuedReport issued;
  issued.as_of = at("2021-10-01");
  issued.report = "full";
  issued.language = "en";
  issued.sha256 = issued.root = std::string(64, 'a');
  log::IssuedReport other = issued, itself = issued;
  other.report = "monthly";
  other.as_of = at("2021-10-05");
  itself.as_of = at("2021-10-06");
  told_.tell({issued, other, itself});
  const ReportModel later = model();
  EXPECT_EQ(later.since, at("2021-10-01"));
  EXPECT_EQ(later.tree_size, 7);
  EXPECT_FALSE(rows(later, "changes").empty());
  request_.since = at("2021-10-03");
  EXPECT_EQ(model().since, at("2021-10-03"));
  EXPECT_EQ(model().tree_size, 6);
}

TEST_F(Model, ALayoutNamesTheSheetsAndTheirOrder) {
  catalog_.reports.push_back({"short", {"Short", "短"}});
  catalog_.reports.back().sheets = {"glossary", "matrix", "breaches"};
  request_.layout = "short";
  const ReportModel report = model();
  EXPECT_THAT(report.report.order, ElementsAre("glossary", "matrix", "breaches"));
  ASSERT_EQ(report.report.tables.size(), 2U);
  EXPECT_EQ(report.report.tables[0].id, "glossary");
  EXPECT_FALSE(report.report.timeline);
  EXPECT_EQ(report.report.title, "Short");
}

TEST_F(Model, HeadingsStandInBothLanguagesForReadersOfBoth) {
  request_.language = Language::zh;
  request_.both = true;
  const ReportModel report = model();
  EXPECT_EQ(report.report.title, "审计 Audit");
  for (const reports::Table& table : report.report.tables) {
    if (table.id != "breaches") continue;
    EXPECT_EQ(table.title, "违规 Breaches");
    EXPECT_EQ(table.columns[1].heading, "平台 Platform");
  }
}

TEST_F(Model, NoTwoColumnsOfASheetHaveOneHeading) {
  for (const Language language : {Language::en, Language::zh}) {
    request_.language = language;
    for (const reports::Table& table : model().report.tables) {
      std::set<std::string> headings;
      for (const reports::Column& column : table.columns) {
        EXPECT_TRUE(headings.insert(column.heading).second) << table.id << ": " << column.heading;
      }
    }
  }
}

}  // namespace
}  // namespace linkaudit::query
