// Keys that are lost, replaced, another log's, through the real program.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

#include "tests/cli/custody_log.h"

namespace linkaudit::tests {
namespace {

using testing::HasSubstr;
using CustodyKeys = CustodyLog;

TEST_F(CustodyKeys, ALostKeyIsNotReplacedUnseenAndWhatIsWrittenMeanwhileStays) {
  const std::string old = scratch_.read("d.db.key.pub"), name = key_name(old);
  std::filesystem::rename(file("d.db.key"), file("away.key"));
  const std::vector<std::vector<std::string>> commands = {
      {"attest", "taobao/item", "wechat/group", "--outcome", "direct", "--observer", "another"},
      {"ledger", "checkpoint"},
      {"ledger", "rotate"},
      {"ledger", "key", "--name", "another"},
      {"ledger", "timestamp", "--tsa", "http://127.0.0.1:9/"},
      {"ledger", "bundle", "--finding", "miit-2021-unblock:taobao:wechat/group", "-o", "case.zip"},
  };
  for (const auto& command : commands) {
    const Ran ran = linkaudit(command);
    EXPECT_EQ(ran.code, 3) << command[1];
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("d.db.key: is missing: what is in the log stays"));
    EXPECT_THAT(ran.err, HasSubstr("Up to entry 3 " + name + " has signed"));
    EXPECT_FALSE(std::filesystem::exists(file("d.db.key")));
  }
  const Ran meanwhile = linkaudit({"ledger", "verify"});
  EXPECT_EQ(meanwhile.code, 0);
  EXPECT_THAT(meanwhile.out, HasSubstr("entries 4 to 4 are not signed yet"));
  EXPECT_EQ(linkaudit({"--key", "away.key", "ledger", "checkpoint"}).code, 0) << "named where it is now";
  std::filesystem::rename(file("away.key"), file("d.db.key"));
  EXPECT_EQ(linkaudit({"ledger", "checkpoint"}).code, 0);
  EXPECT_EQ(scratch_.read("d.db.key.pub"), old);
}

// As a mistaken copy, or an option, would have it.
TEST_F(CustodyKeys, AKeyThatIsNotTheLogsIsRefusedAsALostOneIs) {
  const std::string keys = scratch_.read("d.db.key.pub"), name = key_name(keys);
  ASSERT_EQ(scratch_.linkaudit({"--db", "z.db", "ledger", "key", "--name", "z"}).code, 0);
  copy("d.db.key", "own.key");
  copy("z.db.key", "d.db.key");
  ASSERT_EQ(linkaudit({"attest", "taobao/item", "wechat/group", "--outcome", "direct", "--observer", "another"}).code,
            3);
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {"ledger", "checkpoint"}, {"ledger", "rotate"}, {"--key", "z.db.key", "ledger", "checkpoint"}}) {
    const Ran ran = linkaudit(command);
    EXPECT_EQ(ran.code, 3) << command[1];
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("key: holds z+"));
    EXPECT_THAT(ran.err, HasSubstr("Up to entry 3 " + name + " has signed"));
  }
  EXPECT_EQ(scratch_.read("d.db.key.pub"), keys);
  copy("own.key", "d.db.key");
  EXPECT_EQ(linkaudit({"ledger", "checkpoint"}).code, 0);
  EXPECT_THAT(linkaudit({"ledger", "verify"}).out, HasSubstr("signed up to entry 4"))
      << "what was seen meanwhile stayed";
}

TEST_F(CustodyKeys, AKeyThatWasReplacedSignsNoMore) {
  copy("d.db.key", "old.key");
  const std::string old = key_name(scratch_.read("d.db.key.pub"));
  for (const bool lost : {false, true}) {
    if (lost) std::filesystem::remove(file("d.db.key"));
    ASSERT_EQ(linkaudit(lost ? std::vector<std::string>{"ledger", "rotate", "--lost"}
                             : std::vector<std::string>{"ledger", "rotate"})
                  .code,
              0);
    const Ran ran = linkaudit({"--key", "old.key", "attest", "taobao/item", "wechat/group", "--outcome", "direct",
                               "--observer", lost ? "one" : "another"});
    EXPECT_EQ(ran.code, 3);
    EXPECT_THAT(ran.err, HasSubstr("old.key: holds " + old + ", not the key that signs this log"));
    EXPECT_EQ(linkaudit({"ledger", "checkpoint"}).code, 0);
    EXPECT_EQ(linkaudit({"ledger", "verify"}).code, 0);
  }
}

// The next key was put aside before the old one signed the hand-over.
TEST_F(CustodyKeys, AHandOverThatWasInterruptedIsFinishedByTheNextCommandThatSigns) {
  copy("d.db.key", "old.key");
  ASSERT_EQ(linkaudit({"ledger", "rotate"}).code, 0);
  copy("d.db.key", "d.db.key.next");
  copy("old.key", "d.db.key");
  attest(4);
  EXPECT_FALSE(std::filesystem::exists(file("d.db.key.next")));
  EXPECT_EQ(linkaudit({"ledger", "verify"}).code, 0);
}

TEST_F(CustodyKeys, AKeyLostForGoodIsReplacedByOneThatSaysSo) {
  const std::string old = scratch_.read("d.db.key.pub"), name = key_name(old);
  EXPECT_THAT(linkaudit({"ledger", "rotate", "--lost"}).err, HasSubstr("--lost: d.db.key is there"));
  std::filesystem::remove(file("d.db.key"));
  copy("d.db.key.pub", "first.pub");
  const Ran ran = linkaudit({"ledger", "rotate", "--lost"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("\nlost-key " + name + "\n"));
  EXPECT_THAT(ran.out, testing::StartsWith(old.substr(0, old.find('+')) + "\n3\n")) << "the log keeps its name";
  const Ran verified = linkaudit({"ledger", "verify"});
  EXPECT_EQ(verified.code, 0) << verified.out;
  EXPECT_THAT(verified.out, HasSubstr("checkpoint 4 says that the key " + name + " was lost"));
  EXPECT_THAT(linkaudit({"--format", "json", "ledger", "verify"}).out,
              HasSubstr("\"lost_keys\":[{\"checkpoint\":4,\"entries\":3,\"lost\":\"" + name + "\"}]"));
  const Ran before = linkaudit({"ledger", "verify", "--public-key", "first.pub"});
  EXPECT_EQ(before.code, 5) << "who trusts the old key alone has to be told by another way";
  EXPECT_THAT(before.out, HasSubstr("checkpoint 4 is not signed by a key that is trusted"));
  attest(4);
  EXPECT_EQ(linkaudit({"ledger", "verify"}).code, 0);
}

TEST_F(CustodyKeys, AKeyLostWithItsPublicOneIsReplacedAndWhatIsMissingIsSaid) {
  const std::string old = scratch_.read("d.db.key.pub"), name = key_name(old);
  for (const char* lost : {"d.db.key", "d.db.key.pub"}) std::filesystem::remove(file(lost));
  const Ran ran = linkaudit({"ledger", "rotate", "--lost"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("publish d.db.key.pub, which lacks " + name + ": put the lines back"));
  const Ran verified = linkaudit({"ledger", "verify"});
  EXPECT_EQ(verified.code, 5);
  EXPECT_THAT(verified.out,
              HasSubstr("; d.db.key.pub lacks some of them: put back the lines that were published of it"));
  scratch_.write("d.db.key.pub", old + scratch_.read("d.db.key.pub"));
  EXPECT_EQ(linkaudit({"ledger", "verify"}).code, 0);
  EXPECT_THAT(linkaudit({"ledger", "rotate"}).err, HasSubstr("which holds all keys that have signed"));
}

}  // namespace
}  // namespace linkaudit::tests
