// What differs between two judgements of one log, and whether the world or the rules changed.
#include "audit/query/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "audit/query/as_json.h"
#include "tests/query/world.h"

namespace linkaudit::query {
namespace {

using probes::Outcome;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kGroup = "wechat/group";

// Of one clause: what opens.
catalog::Catalog of_opening() {
  catalog::Catalog catalog = small_catalog();
  catalog.obligations.resize(1);
  return catalog;
}

law::Waiver waiver_of(const std::string& platform) {
  law::Waiver waiver{"W-" + platform, {}, "migration", "head", {2021, 10, 1}, {2021, 11, 1}, "Asia/Shanghai"};
  waiver.scope.terms.platforms = {platform};
  return waiver;
}

probes::Observation lasting(probes::Observation seen) {
  seen.valid_days = 365;
  return seen;
}

// "jd group breached -> met: both [waiver W-jd ended]"
std::string in_short(const Change& change) {
  const law::Finding& shown = change.shown();
  const auto status = [](bool missing, const law::Finding& finding) {
    return missing ? std::string("-") : std::string(name(finding.status));
  };
  std::string text = shown.platform + " " + shown.context.substr(7) + " " + status(change.is_new, change.before) +
                     " -> " + status(change.is_gone, change.after) + ": " + std::string(name(*change.cause));
  for (const Reason& reason : change.reasons) {
    text += " [" + reason.kind + " " + reason.id + " " + reason.change;
    text += (reason.detail.empty() ? "" : " " + reason.detail) + "]";
  }
  return text;
}

std::vector<std::string> in_short(const std::vector<Change>& changes) {
  std::vector<std::string> all;
  for (const Change& change : changes) all.push_back(in_short(change));
  return all;
}

std::vector<std::string> between(const std::vector<probes::Observation>& seen, const char* from, const char* to,
                                 const catalog::Catalog& catalog = of_opening()) {
  const Told told(seen);
  return in_short(diff_of_instants(told.log(), catalog, at(from), at(to)).changes);
}

TEST(DiffOfInstants, TellsWhatWasSeenFromWhatIsAsked) {
  const auto jd = [](const char* when, Outcome outcome) { return person(when, "jd/item", kGroup, outcome); };
  catalog::Catalog waived = of_opening();
  waived.waivers = {waiver_of("jd")};
  EXPECT_THAT(
      between({jd("2021-09-20", Outcome::direct), jd("2021-10-05", Outcome::blocked)}, "2021-09-21", "2021-10-06"),
      ElementsAre("jd group met -> breached: world"));
  EXPECT_THAT(between({lasting(jd("2021-09-10", Outcome::blocked))}, "2021-09-11", "2021-09-18").at(0),
              "jd group not_due -> breached: rule [obligation opening begun]");
  EXPECT_THAT(between({lasting(jd("2021-09-20", Outcome::blocked))}, "2021-09-21", "2021-10-02", waived).at(0),
              "jd group breached -> exempt: rule [waiver W-jd begun]");
  EXPECT_THAT(between({lasting(jd("2021-09-20", Outcome::blocked))}, "2021-10-31", "2021-11-02", waived).at(0),
              "jd group exempt -> breached: rule [waiver W-jd ended]");
  EXPECT_THAT(between({lasting(jd("2021-09-20", Outcome::direct)), jd("2021-11-01", Outcome::blocked)}, "2021-10-31",
                      "2021-11-02", waived)
                  .at(0),
              "jd group exempt -> breached: both [waiver W-jd ended]");
  EXPECT_THAT(between({jd("2021-09-17", Outcome::blocked)}, "2021-09-16", "2021-09-18"),
              ElementsAre("jd group not_due -> breached: both [obligation opening begun]"));
  EXPECT_THAT(between({jd("2021-09-20", Outcome::direct)}, "2021-10-01", "2021-12-01"),
              ElementsAre("jd group met -> undetermined: age"));
}

TEST(DiffOfInstants, ListsNothingWhereTheStatusIsTheSame) {
  const probes::Observation seen = person("2021-09-20", "jd/item", kGroup, Outcome::blocked);
  EXPECT_THAT(between({seen}, "2021-09-21", "2021-09-25"), IsEmpty());
}

probes::Observation page(const char* when, Outcome outcome, int version, const std::string& sha256) {
  probes::Observation seen = probe(when, "jd/item", kGroup, outcome);
  seen.rule = {"stop-page", version};
  seen.page = probes::Page{.final_url = "https://jd.example/", .title = "", .charset = "utf-8", .sha256 = sha256};
  return seen;
}

// The clause that lower tiers can confirm, so that probes decide.
std::vector<std::string> read_as(const probes::Observation& first, const probes::Observation& second) {
  catalog::Catalog catalog = small_catalog();
  catalog.obligations = {catalog.obligations[2]};
  return between({first, second}, "2021-09-21", "2021-09-23", catalog);
}

TEST(DiffOfInstants, SamePageReadByANewerRuleIsNoChangeOfTheWorld) {
  EXPECT_THAT(read_as(page("2021-09-20", Outcome::direct, 1, "a"), page("2021-09-22", Outcome::blocked, 2, "a")),
              ElementsAre("jd group met -> breached: rule [rule stop-page changed stop-page v1 -> stop-page v2]"));
  EXPECT_THAT(read_as(page("2021-09-20", Outcome::direct, 1, "a"), page("2021-09-22", Outcome::blocked, 2, "b")),
              ElementsAre("jd group met -> breached: both [rule stop-page changed stop-page v1 -> stop-page v2]"));
  EXPECT_THAT(read_as(page("2021-09-20", Outcome::direct, 1, "a"), page("2021-09-22", Outcome::blocked, 1, "b")),
              ElementsAre("jd group met -> breached: world"));
}

std::vector<std::string> compared(const std::vector<probes::Observation>& seen, const catalog::Catalog& from,
                                  const catalog::Catalog& to, const std::vector<ReadTwice>& rules = {}) {
  const Told told(seen);
  return in_short(diff_of_catalogs(told.log(), from, to, horizon_of(from, at("2021-10-06")), rules).changes);
}

std::vector<probes::Observation> some_seen() {
  return {person("2021-10-05", "jd/item", kGroup, Outcome::confirm),
          person("2021-10-05", "pdd/item", kGroup, Outcome::direct),
          person("2021-10-05", "taobao/item", kGroup, Outcome::blocked)};
}

TEST(DiffOfCatalogs, NamesTheClauseAndListsOnlyWhatMeetsTheChange) {
  catalog::Catalog lenient = of_opening();
  lenient.obligations[0].requires_.outcomes.push_back(Outcome::confirm);
  EXPECT_THAT(compared(some_seen(), of_opening(), lenient),
              ElementsAre("jd group breached -> met: rule [obligation opening changed requires]"));
  EXPECT_THAT(compared(some_seen(), of_opening(), of_opening()), IsEmpty());
  catalog::Catalog renamed = of_opening();
  renamed.obligations[0].title = {"Open!", "打开"};
  EXPECT_THAT(compared(some_seen(), of_opening(), renamed), IsEmpty());
}

TEST(DiffOfCatalogs, NewAndGoneClausesAreListedWhereSomethingWasSeen) {
  catalog::Catalog later = of_opening();
  later.obligations[0].id = "opening-2";
  EXPECT_THAT(compared({some_seen()[0]}, of_opening(), later),
              ElementsAre("jd group - -> breached: rule [obligation opening-2 added]",
                          "jd group breached -> -: rule [obligation opening removed]"));
}

TEST(DiffOfCatalogs, NamesTheWaiverTheSettingAndTheSubject) {
  catalog::Catalog waived = of_opening(), shorter = of_opening(), without = of_opening();
  waived.waivers = {waiver_of("jd")};
  shorter.judgement.ttl_days_attestation = 0;
  without.platforms[1].links.clear();
  EXPECT_THAT(compared(some_seen(), of_opening(), waived),
              ElementsAre("jd group breached -> exempt: rule [waiver W-jd added]"));
  EXPECT_THAT(compared({some_seen()[0]}, of_opening(), shorter),
              ElementsAre("jd group breached -> undetermined: rule [judgement  changed ttl_days.attestation]"));
  EXPECT_THAT(compared({some_seen()[0]}, of_opening(), without),
              ElementsAre("jd group breached -> undetermined: rule [platform jd changed links]"));
}

TEST(DiffOfCatalogs, NamesOnlyThePartThatMakesTheDifference) {
  catalog::Catalog later = of_opening();
  later.waivers = {waiver_of("jd")};
  later.obligations[0].requires_.outcomes.push_back(Outcome::blocked);
  EXPECT_THAT(compared(some_seen(), of_opening(), later),
              ElementsAre("taobao group breached -> met: rule [obligation opening changed requires]",
                          "jd group breached -> exempt: rule [waiver W-jd added]"));
}

TEST(DiffOfCatalogs, RulesReadWhatIsKeptOfPagesAgain) {
  catalog::Catalog catalog = small_catalog();
  catalog.obligations = {catalog.obligations[2]};
  const probes::Observation seen = page("2021-10-05", Outcome::direct, 1, "a");
  probes::Observation otherwise = seen;
  otherwise.outcome = Outcome::blocked;
  otherwise.blame = probes::Blame::host;
  otherwise.rule.version = 2;
  const probes::Observation before = page("2021-10-04", Outcome::direct, 1, "a");
  EXPECT_THAT(compared({before, seen}, catalog, catalog, {{2, seen, otherwise}}),
              ElementsAre("jd group met -> breached: rule [rule stop-page changed stop-page v1 -> stop-page v2]"));
  otherwise.at = before.at;
  EXPECT_THAT(compared({before, seen}, catalog, catalog, {{1, before, otherwise}}), IsEmpty());  // a newer word holds
}

TEST(Diff, IsGivenWithItsCauseAndReasons) {
  catalog::Catalog waived = of_opening();
  waived.waivers = {waiver_of("jd")};
  const Told told({some_seen()[0]});
  const Diff diff = diff_of_catalogs(told.log(), of_opening(), waived, horizon_of(waived, at("2021-10-06")), {});
  const nlohmann::json document = to_json(diff.changes.at(0));
  EXPECT_EQ(diff.unseen, 1);  // jd in the feed, where nobody has looked
  EXPECT_EQ(document["cause"], "rule");
  EXPECT_EQ(document["to"], "exempt");
  EXPECT_EQ(document["would_be_to"], "breached");
  const nlohmann::json reason = {{"kind", "waiver"}, {"id", "W-jd"}, {"change", "added"}, {"detail", nullptr}};
  EXPECT_EQ(document["reasons"], nlohmann::json::array({reason}));
}

}  // namespace
}  // namespace linkaudit::query
