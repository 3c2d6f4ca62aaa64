// The to-do list: what is open, why, and with both sides shown.
#include "audit/query/open.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "audit/query/as_json.h"
#include "audit/query/tables.h"
#include "reports/write.h"
#include "tests/query/world.h"

namespace linkaudit::query {
namespace {

using probes::Outcome;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

law::Finding opening_of(const View& view, const std::string& platform) {
  for (const law::Finding& finding : view.findings) {
    if (finding.obligation == "opening" && finding.platform == platform && finding.context == "wechat/group")
      return finding;
  }
  return {};
}

View judged(const std::vector<probes::Observation>& seen, const std::string& as_of) {
  const Told told(seen);
  return look(told.log(), small_catalog(), at(as_of));
}

std::vector<OpenReason> reasons(const std::vector<probes::Observation>& seen, const std::string& as_of) {
  return open_reasons(opening_of(judged(seen, as_of), "jd"));
}

probes::Observation jd(const std::string& when, Outcome outcome, const std::string& observer = "ann") {
  return person(when, "jd/item", "wechat/group", outcome, observer);
}

probes::Observation jd_probe(const std::string& when, Outcome outcome) {
  return probe(when, "jd/item", "wechat/group", outcome);
}

probes::Observation failing(probes::Observation seen) {
  seen.failure = probes::Failure{probes::FailureName::tcp_timeout};
  return seen;
}

TEST(Open, IsWhatIsDisputedContradictedSoftStaleOrUnmeasured) {
  EXPECT_THAT(reasons({}, "2021-10-01"), ElementsAre(OpenReason::unmeasured));
  EXPECT_THAT(reasons({jd("2021-10-01", Outcome::direct)}, "2021-10-01"), IsEmpty());
  EXPECT_THAT(reasons({jd("2021-10-01", Outcome::blocked)}, "2021-10-01"), IsEmpty());  // breached, and settled
  EXPECT_THAT(reasons({jd("2021-10-01", Outcome::direct)}, "2021-11-02"), ElementsAre(OpenReason::stale));
  EXPECT_THAT(reasons({jd("2021-10-01", Outcome::direct), jd("2021-10-02", Outcome::blocked, "bob")}, "2021-10-03"),
              ElementsAre(OpenReason::disputed));
  EXPECT_THAT(reasons({jd("2021-10-01", Outcome::direct), jd_probe("2021-10-02", Outcome::blocked)}, "2021-10-03"),
              ElementsAre(OpenReason::contradicted));
  EXPECT_THAT(reasons({failing(jd_probe("2021-10-01", Outcome::blocked))}, "2021-10-01"),
              ElementsAre(OpenReason::soft));
}

TEST(Open, NothingIsThatNoClauseAsks) {
  EXPECT_THAT(reasons({}, "2021-09-16"), IsEmpty());
  EXPECT_THAT(reasons({jd("2021-08-01", Outcome::direct)}, "2021-09-16"), IsEmpty());
}

// A waiver excuses nobody from looking.
TEST(Open, ExemptIsMeasuredAllTheSame) {
  catalog::Catalog catalog = small_catalog();
  catalog.waivers = {{"W-1", {}, "trial", "head", {2021, 9, 1}, {2021, 12, 31}, "Asia/Shanghai"}};
  catalog.waivers[0].scope.terms.platforms = {"jd"};
  const Told told({});
  EXPECT_THAT(open_reasons(opening_of(look(told.log(), catalog, at("2021-10-01")), "jd")),
              ElementsAre(OpenReason::unmeasured));
  EXPECT_THAT(open_reasons(opening_of(look(told.log(), catalog, at("2021-09-10")), "jd")), IsEmpty());
}

std::string printed(const std::vector<probes::Observation>& seen, const std::string& as_of, Language language) {
  const catalog::Catalog catalog = small_catalog();
  const View view = judged(seen, as_of);
  reports::Report frame;
  frame.language = language;
  frame.zone = catalog.zone;
  std::ostringstream out;
  reports::print_csv(open_table({catalog, language}, view.findings), frame, out);
  return out.str();
}

TEST(Open, TableShowsBothSidesOfADisputeAndWhatContradicts) {
  const std::vector<probes::Observation> disputed = {jd("2021-10-01", Outcome::direct),
                                                     jd("2021-10-02", Outcome::blocked, "bob")};
  EXPECT_THAT(printed(disputed, "2021-10-03", Language::en),
              HasSubstr("ann: opens directly, 2021-10-01, entry 1; bob: blocked, 2021-10-02, entry 2"));
  const std::vector<probes::Observation> contradicted = {jd("2021-10-01", Outcome::direct),
                                                         jd_probe("2021-10-02", Outcome::blocked)};
  EXPECT_THAT(printed(contradicted, "2021-10-03", Language::en), HasSubstr(": blocked since 2021-10-02, entry 2"));
  EXPECT_THAT(printed({jd("2021-10-01", Outcome::direct)}, "2021-11-02", Language::zh),
              HasSubstr("最近一次 2021-10-01"));
}

TEST(Open, JsonNamesTheReasonsOfEachFinding) {
  const View view =
      judged({jd("2021-10-01", Outcome::direct), jd("2021-10-02", Outcome::blocked, "bob")}, "2021-10-03");
  EXPECT_EQ(to_json(opening_of(view, "jd"))["open"], nlohmann::json({"disputed"}));
  EXPECT_EQ(to_json(opening_of(view, "pdd"))["open"], nlohmann::json({"unmeasured"}));
}

}  // namespace
}  // namespace linkaudit::query
