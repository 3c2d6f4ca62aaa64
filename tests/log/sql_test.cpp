#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "tests/log/case_file.h"
#include "tests/log/raw.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Sql : public testing::Test {
 protected:
  Sql() {
    Log log = file_.open();
    CatalogRecord catalog = full_catalog();
    catalog.text = "version: 1\n";
    probes::Observation unlisted = seen(3, probes::Outcome::challenge);
    unlisted.link = unlisted.platform = "";
    unlisted.blame = probes::Blame::unknown;
    append(log,
           {entry(full_observation()), entry(full_attestation()), full_gap(), full_run(), catalog, entry(unlisted)});
  }

  std::vector<std::string> rows(const std::string& sql) const { return rows_of(file_.path(), sql); }

  CaseFile file_;
};

struct Attempt {
  const char* sql;
  const char* refusal;
};

TEST_F(Sql, ChangesToTheTruthAreRefused) {
  const Attempt attempts[] = {
      {"UPDATE entry SET at = 0", "entries are never changed"},
      {"UPDATE entry SET record = x'7b7d' WHERE seq = 2", "entries are never changed"},
      {"DELETE FROM entry", "entries are never deleted"},
      {"DELETE FROM entry WHERE seq = 6", "entries are never deleted"},
      {"INSERT INTO entry SELECT 9, at, recorded_at, type, record, leaf FROM entry WHERE seq = 1",
       "entries are only added at the end"},
      {"INSERT OR REPLACE INTO entry SELECT 1, 0, recorded_at, type, record, leaf FROM entry WHERE seq = 1",
       "entries are only added at the end"},
      {"INSERT INTO entry SELECT 7, at, recorded_at, 'opinion', record, leaf FROM entry WHERE seq = 1",
       "CHECK constraint failed: type IN ('observation', 'attestation', 'gap', 'run', 'waiver', 'annotation', "
       "'catalog', 'report')"},
      {"INSERT INTO entry SELECT 7, at, recorded_at, type, record, x'00' FROM entry WHERE seq = 1",
       "CHECK constraint failed: length(leaf) = 32"},
      {"INSERT INTO entry SELECT 7, 'now', recorded_at, type, record, leaf FROM entry WHERE seq = 1",
       "cannot store TEXT value in INTEGER column entry.at"},
      {"UPDATE fact SET data = x'00'", "facts are never changed"},
      {"DELETE FROM fact", "facts are never deleted"},
      {"INSERT OR REPLACE INTO fact SELECT digest, x'00' FROM fact", "facts are never replaced"},
      {"UPDATE node SET hash = zeroblob(32)", "tree nodes are never changed"},
      {"DELETE FROM node", "tree nodes are never deleted"},
      {"INSERT OR REPLACE INTO node VALUES (1, zeroblob(32))", "tree nodes are only added at the end"},
      {"UPDATE dictionary SET data = x'00'", "the dictionary is never changed"},
      {"DELETE FROM dictionary", "the dictionary is never deleted"},
      {"INSERT OR REPLACE INTO dictionary VALUES (1, x'00')", "the dictionary is never replaced"},
      {"INSERT INTO dictionary VALUES (2, x'00')", "the dictionary is never replaced"},
      {"UPDATE blob SET digest = zeroblob(32)", "what was kept is only marked as pruned, or as what stays"},
      {"UPDATE blob SET lasting = 0", "what was kept is only marked as pruned, or as what stays"},
      {"UPDATE blob SET kind = 'body'", "what was kept is only marked as pruned, or as what stays"},
      {"DELETE FROM blob", "what was kept is never forgotten"},
      {"INSERT OR REPLACE INTO blob SELECT id, zeroblob(32), 'body', 0, 0, 0, NULL, NULL, NULL FROM blob",
       "blobs are never replaced"},
      {"INSERT INTO blob(digest, kind, size, recorded_at, lasting) SELECT digest, 'body', 0, 0, 0 FROM blob",
       "blobs are never replaced"},
      {"UPDATE blob SET lasting = 2",
       "CHECK constraint failed: lasting IN (0, 1) OR lasting = 2 AND kind IN ('manifest', 'heads', 'body')"},
  };
  for (const Attempt& each : attempts) EXPECT_EQ(refusal_of(file_.path(), each.sql), each.refusal) << each.sql;
  EXPECT_EQ(file_.open().verify(), std::nullopt);
}

TEST_F(Sql, TheFileSaysWhatItIs) {
  EXPECT_THAT(rows("PRAGMA application_id"), ElementsAre(std::to_string(0x6c6b6175)));
  EXPECT_THAT(rows("PRAGMA user_version"), ElementsAre("8"));
  EXPECT_THAT(rows("PRAGMA journal_mode"), ElementsAre("wal"));
  EXPECT_THAT(rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%STRICT%'"), IsEmpty());
}

TEST_F(Sql, EveryTableViewAndColumnIsDescribed) {
  std::ifstream file(LINKAUDIT_SOURCE_ROOT "/audit/log/FORMAT.md");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::set<std::string> words;
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789", begin);
    words.insert(text.substr(begin, end - begin));
    begin = std::min(end, text.size());
  }
  const auto names = rows(
      "SELECT s.name FROM sqlite_schema AS s WHERE s.type IN ('table', 'view') UNION "
      "SELECT c.name FROM sqlite_schema AS s, pragma_table_info(s.name) AS c WHERE s.type IN ('table', 'view')");
  EXPECT_GT(names.size(), 60U);
  for (const std::string& name : names) EXPECT_TRUE(words.contains(name)) << name;
}

TEST_F(Sql, ViewOfEntries) {
  EXPECT_THAT(rows("SELECT entry, at, recorded_at, type, length(leaf) FROM v_entries WHERE entry IN (1, 4)"),
              ElementsAre("1|2022-01-27T04:05:06.789Z|2022-02-01T00:00:00.000Z|observation|64",
                          "4|2022-01-27T03:00:00.000Z|2022-02-01T00:00:00.000Z|run|64"));
}

TEST_F(Sql, ViewOfObservations) {
  EXPECT_THAT(
      rows("SELECT * FROM v_observations ORDER BY entry"),
      ElementsAre(
          "1|2022-01-27T04:05:06.789Z|2022-02-01T00:00:00.000Z|observation|taobao/item|NULL|taobao|wechat/group|"
          "http|gateway|shanghai|NULL||http|shanghai|0|external_browser|0|2|wechat-stop-page|host|1|folded|"
          "tls_expired|NULL|NULL",
          "2|2022-01-27T04:05:06.007Z|2022-02-01T00:00:00.000Z|attestation|xianyu/item|NULL|xianyu|"
          "wechat/one_to_one|attestation|in_app|desk|news desk|news desk|attestation|desk|0|direct|1|0|NULL|none|"
          "0|NULL|NULL|14|NULL",
          "6|2022-01-01T00:03:00.000Z|2022-02-01T00:00:00.000Z|observation|NULL|https://item.taobao.com/|NULL|"
          "wechat/"
          "group|http|target|local|NULL||http|local|0|challenge|NULL|NULL|NULL|unknown|NULL|NULL|NULL|NULL|NULL"));
}

TEST_F(Sql, ViewOfSpans) {
  EXPECT_THAT(
      rows("SELECT link, unlisted_url, tier, source, outcome, first, last, count, first_entry, last_entry FROM v_spans "
           "ORDER BY first_entry"),
      ElementsAre("taobao/item|NULL|gateway||http|shanghai|external_browser|2022-01-27T04:05:06.789Z|"
                  "2022-01-27T04:05:06.789Z|1|1|1",
                  "xianyu/item|NULL|in_app|news desk|attestation|desk|direct|2022-01-27T04:05:06.007Z|"
                  "2022-01-27T04:05:06.007Z|1|2|2",
                  "NULL|https://item.taobao.com/|target||http|local|challenge|2022-01-01T00:03:00.000Z|"
                  "2022-01-01T00:03:00.000Z|1|6|6"));
}

TEST_F(Sql, ViewOfWhatFindingsRestOn) {
  EXPECT_THAT(
      rows("SELECT link, attestation, valid_days, outcome, blame, network_failure FROM v_findings_input ORDER BY link"),
      ElementsAre("taobao/item|0|NULL|external_browser|host|1", "xianyu/item|1|14|direct|none|0"));
}

TEST_F(Sql, ViewsOfGapsRunsAndEvidence) {
  EXPECT_THAT(
      rows("SELECT * FROM v_gaps"),
      ElementsAre("3|2022-01-27T03:00:00.001Z|taobao/item|taobao|wechat/group|daily|own_line_down|http|shanghai|0"));
  EXPECT_THAT(rows("SELECT * FROM v_runs"),
              ElementsAre("4|2022-01-27T03:00:00.000Z|2022-01-27T03:09:59.999Z|due|daily|shanghai|0|12|10|2|" +
                          std::string(64, 'e')));
  EXPECT_THAT(rows("SELECT kind, bytes, recorded_at FROM v_evidence"),
              ElementsAre("catalog|11|2022-02-01T00:00:00.000Z"));
}

TEST_F(Sql, ViewsKeepTheMillisecond) {
  Log log = file_.open();
  std::vector<NewEntry> entries;
  for (int ms = 0; ms < 1000; ++ms) {
    Gap gap = full_gap();
    gap.at = at("2031-12-31T23:59:59.000Z") + std::chrono::milliseconds(ms);
    entries.push_back(gap);
  }
  append(log, entries);
  const auto instants = rows("SELECT at FROM v_gaps WHERE at >= '2031' ORDER BY at");
  ASSERT_THAT(instants, SizeIs(1000));
  for (std::size_t ms = 0; ms < 1000; ++ms) {
    const std::string digits = std::to_string(1000 + ms).substr(1);
    EXPECT_EQ(instants[ms], "2031-12-31T23:59:59." + digits + "Z");
  }
}

TEST_F(Sql, AllEnumsOfTheViewsAreWords) {
  EXPECT_THAT(rows("SELECT DISTINCT opens_directly FROM v_observations WHERE outcome = 'confirm'"), IsEmpty());
  Log log = file_.open();
  for (const probes::Outcome outcome : probes::kOutcomes) append(log, entry(1, outcome));
  EXPECT_THAT(rows("SELECT outcome, opens_directly FROM v_observations WHERE link = 'taobao/item' AND tier = 'target' "
                   "ORDER BY entry"),
              ElementsAre("direct|1", "confirm|0", "login_wall|0", "external_browser|0", "text_token|0", "app_jump|0",
                          "blocked|0", "challenge|NULL", "unreachable|NULL", "unclassified|NULL"));
}

}  // namespace
}  // namespace linkaudit::log
