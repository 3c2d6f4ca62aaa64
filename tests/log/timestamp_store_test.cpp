// Time-stamps as a log keeps them, and as it kept them once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/log/timestamp.h"
#include "tests/log/case_file.h"
#include "tests/log/raw.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

std::vector<std::string> replies(const Log& log) {
  std::vector<std::string> all;
  for (const KeptTimestamp& each : timestamps(log)) {
    all.push_back(std::to_string(each.number) + " of " + std::to_string(each.checkpoint) + ": " + each.request + " " +
                  each.reply);
  }
  return all;
}

TEST(TimestampStore, OfAnOlderSchemaKeepsWhatTheAuthoritySigned) {
  const CaseFile file;
  {
    Log log = file.open();
    append(log, full_gap());
    keep_timestamp(log, {0, 1, "asked", "answer"});
    keep_timestamp(log, {0, 1, "again", "another"});
  }
  execute(file.path(),
          "ALTER TABLE timestamp RENAME TO t; DROP TRIGGER timestamp_no_update; DROP TRIGGER timestamp_no_delete; "
          "DROP TRIGGER timestamp_in_order; CREATE TABLE timestamp(number INTEGER PRIMARY KEY, checkpoint INTEGER NOT "
          "NULL, at INTEGER NOT NULL, authority TEXT NOT NULL, request BLOB NOT NULL, reply BLOB NOT NULL) STRICT; "
          "INSERT INTO timestamp SELECT number, checkpoint, 5, 'https://tsa.example', request, reply FROM t; "
          "DROP TABLE t; PRAGMA user_version = 7");
  const Log log = Log::open(file.path());
  EXPECT_THAT(replies(log), testing::ElementsAre("1 of 1: asked answer", "2 of 1: again another"));
  EXPECT_EQ(log.verify(), std::nullopt);
  EXPECT_THAT(refusal_of(file.path(), "DELETE FROM timestamp"), testing::HasSubstr("timestamps are never deleted"));
}

}  // namespace
}  // namespace linkaudit::log
