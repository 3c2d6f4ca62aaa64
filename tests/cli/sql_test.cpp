// The command `sql`: what it prints in each format, and that nobody can do anything but read with it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace linkaudit::tests {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class SqlCommand : public testing::Test {
 protected:
  SqlCommand() {
    EXPECT_EQ(scratch_
                  .linkaudit({"--db", "d.db", "attest", "taobao/item", "wechat/group", "--outcome", "direct",
                              "--observer", "desk", "--note", "a\x1b[31mred"})
                  .code,
              0);
  }

  Ran sql(const std::string& question, const std::string& format = "text") const {
    return scratch_.linkaudit({"--db", "d.db", "--format", format, "sql", question});
  }

  Scratch scratch_;
};

TEST_F(SqlCommand, AsksTheViewsInEveryFormat) {
  const std::string question = "SELECT entry, link, outcome, steps AS \"steps,seen\" FROM v_observations";
  EXPECT_EQ(sql(question, "json").out, R"({"rows": [
{"entry":1,"link":"taobao/item","outcome":"direct","steps,seen":0}
]}
)");
  EXPECT_EQ(sql(question, "ndjson").out,
            "{\"entry\":1,\"link\":\"taobao/item\",\"outcome\":\"direct\",\"steps,seen\":0}\n");
  EXPECT_EQ(sql(question, "csv").out,
            "\xEF\xBB\xBF"
            "entry,link,outcome,\"steps,seen\"\r\n1,taobao/item,direct,0\r\n");
  const Ran text = sql(question);
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("entry  link         outcome  steps,seen\n"));
  EXPECT_THAT(text.out, HasSubstr("    1  taobao/item  direct            0\n"));
  for (const std::string view : {"v_findings_input", "v_spans", "v_gaps", "v_runs", "v_evidence", "v_entries"}) {
    EXPECT_EQ(sql("SELECT * FROM " + view, "json").code, 0) << view;
  }
}

TEST_F(SqlCommand, EveryKindOfValueHasItsForm) {
  const std::string question = "SELECT NULL AS a, 1.5 AS b, x'00FF' AS c, char(27) || '[2J' AS d, 'x' AS a, -9 AS e";
  const auto row = nlohmann::json::parse(sql(question, "ndjson").out);
  EXPECT_EQ(row, nlohmann::json::parse(R"({"a":null,"b":1.5,"c":"00ff","d":"\u001b[2J","a:1":"x","e":-9})"));
  EXPECT_THAT(sql(question).out, HasSubstr("␛[2J"));
  EXPECT_THAT(sql(question).out, Not(HasSubstr("\x1b")));
  EXPECT_EQ(sql(question, "csv").out,
            "\xEF\xBB\xBF"
            "a,b,c,d,a,e\r\n,1.5,00ff,␛[2J,x,-9\r\n");
  EXPECT_EQ(sql("SELECT entry FROM v_gaps", "json").out, "{\"rows\": [\n]}\n");
  EXPECT_EQ(sql("SELECT entry FROM v_gaps", "ndjson").out, "");
  EXPECT_EQ(nlohmann::json::parse(sql("SELECT CAST(x'FF' AS TEXT) AS t", "json").out)["rows"][0]["t"], "\xEF\xBF\xBD");
}

struct Question {
  const char* sql;
  const char* said;
};

TEST_F(SqlCommand, WhatDoesNotReadIsRefusedInOneLineAndNothingChanges) {
  ASSERT_EQ(scratch_.run({"sqlite3", "d.db", "PRAGMA wal_checkpoint(TRUNCATE)"}).code, 0);
  const std::string before = scratch_.read("d.db");
  const Question questions[] = {
      {"SELEC 1", "sql: near \"SELEC\": syntax error"},
      {"SELECT * FROM v_nothing", "sql: no such table: v_nothing"},
      {"SELECT outcom FROM v_observations", "sql: no such column: outcom"},
      {"SELECT abs(-9223372036854775808)", "sql: integer overflow"},
      {"", "sql: is no statement"},
      {" ; -- nothing", "sql: is no statement"},
      {"SELECT 1; SELECT 2", "sql: more than one statement"},
      {"SELECT 1; DELETE FROM slot", "sql: more than one statement"},
      {"SELECT ?1", "sql: has a parameter"},
      {"DELETE FROM slot", "sql: not authorized"},
      {"UPDATE cell SET link = 'x'", "sql: not authorized"},
      {"INSERT INTO slot VALUES ('a', zeroblob(32))", "sql: not authorized"},
      {"CREATE TABLE mine(a)", "sql: not authorized"},
      {"CREATE TEMP TABLE mine(a)", "sql: not authorized"},
      {"DROP TABLE cell", "sql: not authorized"},
      {"ATTACH 'other.db' AS other", "sql: not authorized"},
      {"VACUUM INTO 'other.db'", "sql: changes something"},
      {"BEGIN EXCLUSIVE", "sql: not authorized"},
      {"PRAGMA query_only = OFF", "sql: not authorized"},
      {"PRAGMA user_version = 1", "sql: not authorized"},
      {"PRAGMA journal_mode = DELETE", "sql: not authorized"},
      {"PRAGMA wal_checkpoint", "sql: not authorized"},
      {"SELECT load_extension('x')", "sql: "},
      {"SELECT writefile('other.db', 'x')", "sql: no such function: writefile"},
  };
  for (const Question& each : questions) {
    const Ran ran = sql(each.sql, "json");
    EXPECT_EQ(ran.code, 3) << each.sql << ran.out << ran.err;
    EXPECT_EQ(ran.out, "") << each.sql;
    EXPECT_THAT(ran.err, HasSubstr(each.said)) << each.sql;
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
  }
  EXPECT_TRUE(scratch_.read("d.db") == before);
  EXPECT_FALSE(std::filesystem::exists(scratch_.file("other.db")));
}

TEST_F(SqlCommand, TellsWhatColumnsThereAre) {
  EXPECT_THAT(sql("PRAGMA table_info(v_gaps)", "csv").out, HasSubstr("reason"));
  EXPECT_EQ(sql("EXPLAIN QUERY PLAN SELECT * FROM v_runs").code, 0);
  EXPECT_EQ(sql("SELECT value FROM json_each('[7]');", "ndjson").out, "{\"value\":7}\n");
}

TEST_F(SqlCommand, WithoutADatabaseNoneIsMade) {
  const Scratch empty;
  const Ran ran = empty.linkaudit({"sql", "SELECT 1"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, HasSubstr("linkaudit.db: no such database"));
  EXPECT_FALSE(std::filesystem::exists(empty.file("linkaudit.db")));
}

const std::string kEndless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) ";

TEST_F(SqlCommand, RowsComeAsTheyAreReadAndEndQuietlyWithTheirReader) {
  for (const char* format : {"text", "json", "ndjson", "csv"}) {
    const std::string command = std::string("{ " LINKAUDIT_PROGRAM " --db d.db --format ") + format + " sql '" +
                                kEndless + "SELECT i FROM n'; echo $? > code; } | head -3";
    const Ran ran = scratch_.run({"sh", "-c", command});
    EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 3) << format;
    EXPECT_EQ(ran.err, "") << format;
    EXPECT_EQ(scratch_.read("code"), "141\n") << format;
  }
}

TEST_F(SqlCommand, AnInterruptEndsALongQuestion) {
  const Ran ran = scratch_.run({"timeout", "--preserve-status", "-s", "INT", "0.5", LINKAUDIT_PROGRAM, "--db", "d.db",
                                "sql", kEndless + "SELECT count(*) FROM n"});
  EXPECT_EQ(ran.code, 130) << ran.err;
  EXPECT_EQ(ran.out, "");
}

}  // namespace
}  // namespace linkaudit::tests
