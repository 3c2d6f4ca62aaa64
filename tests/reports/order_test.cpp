#include "reports/order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "reports/write.h"
#include "tests/reports/desk_samples.h"
#include "tests/reports/samples.h"

using namespace linkaudit::reports;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

std::vector<std::string> ids(const std::vector<const Table*>& tables) {
  std::vector<std::string> found;
  for (const Table* table : tables) found.push_back(table->id);
  return found;
}

nlohmann::json json_of(const Report& report) {
  std::ostringstream out;
  print_json(report, out);
  return nlohmann::json::parse(out.str());
}

std::vector<nlohmann::json> lines_of(const std::string& text) {
  std::vector<nlohmann::json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

TEST(Order, WithoutOneEverythingIsDrawnAndItsDataTablesAreSheets) {
  EXPECT_THAT(
      ids(sheets_of(samples::desk(Language::en))),
      ElementsAre("cover", "matrix", "timeline", "clauses", "breaches", "changes", "gaps", "evidence", "observations"));
  const Report plain = samples::realistic(Language::en);  // without data tables and timeline
  EXPECT_THAT(ids(sheets_of(plain)), ElementsAre("findings", "observations"));
  EXPECT_EQ(parts_of(plain).size(), 4U);
}

TEST(Order, NamesWhatIsDrawnAndWhatTheReportHasNotIsPassedOver) {
  Report report = samples::desk(Language::en);
  report.order = {"gaps", "timeline", "disputes", "breaches"};
  EXPECT_THAT(ids(sheets_of(report)), ElementsAre("gaps", "timeline", "breaches"));
  EXPECT_FALSE(draws(report, Part::Kind::cover));
  const auto json = json_of(report);
  EXPECT_THAT(json["headlines"], IsEmpty());
  EXPECT_THAT(json["cover"], IsEmpty());
  EXPECT_EQ(json["matrix"], nullptr);
  EXPECT_EQ(json["tables"].size(), 3U);
  report.timeline.reset();
  EXPECT_THAT(ids(sheets_of(report)), ElementsAre("gaps", "breaches"));
}

TEST(Json, EntriesAreArraysAndCountedNumbersAreNumbers) {
  const auto json = json_of(samples::desk(Language::zh));
  EXPECT_EQ(json["tables"]["breaches"][0]["entries"], nlohmann::json({12, 40, 9000}));
  EXPECT_EQ(json["tables"]["matrix"][1]["entries"], nlohmann::json::array());
  EXPECT_EQ(json["tables"]["clauses"][0]["met"], 1209);
  EXPECT_EQ(json["tables"]["clauses"][0]["all"], 1568);
  EXPECT_EQ(json["tables"]["evidence"][0]["screenshot"], "拦截页面");
  EXPECT_EQ(json["matrix"]["cells"][0][0]["entries"], nlohmann::json({12, 13, 14, 15, 9001}));
}

TEST(Json, OneTableIsAnArrayOfItsRows) {
  const Report report = samples::desk(Language::en);
  std::ostringstream out;
  print_json(report.tables[2], report, out);
  const auto json = nlohmann::json::parse(out.str());
  ASSERT_EQ(json.size(), 2U);
  EXPECT_EQ(json[0]["kind"], "new");
}

TEST(Ndjson, EachLineIsARowThatSaysOfWhichSheetItIs) {
  Report report = samples::desk(Language::en);
  report.order = {"changes", "matrix"};
  std::ostringstream out;
  print_ndjson(report, out);
  EXPECT_THAT(out.str(), testing::StartsWith("{\"sheet\":\"changes\",\"kind\":\"new\","));
  EXPECT_THAT(out.str(), Not(HasSubstr("simulated")));
  const auto lines = lines_of(out.str());
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[3]["sheet"], "matrix");
  EXPECT_EQ(lines[3]["entries"], nlohmann::json::array());
}

TEST(Ndjson, SimulatedRowsSaySo) {
  const Report report = samples::simulated(Language::en);
  std::ostringstream out;
  print_ndjson(report.tables[2], report, out);
  for (const auto& line : lines_of(out.str())) EXPECT_EQ(line["simulated"], true);
}

}  // namespace
