// The signed heads of a log, through the real program.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "tests/cli/custody_log.h"
#include "tests/log/raw.h"

namespace linkaudit::tests {
namespace {

using testing::HasSubstr;
using Custody = CustodyLog;

TEST_F(Custody, EachCommandThatAppendsSignsTheHead) {
  const Ran ran = linkaudit({"ledger", "verify"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, HasSubstr("checkpoints: 3 in the database and 3 in the file fit; signed up to entry 3"));
  struct stat status {};
  ASSERT_EQ(::stat(file("d.db.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(linkaudit({"ledger", "checkpoint", "--public-key"}).out, scratch_.read("d.db.key.pub"));
}

TEST_F(Custody, CommandsThatReadSignNothing) {
  const std::string before = scratch_.read("d.db.checkpoints");
  linkaudit({"findings"});
  linkaudit({"ledger", "verify"});
  EXPECT_EQ(scratch_.read("d.db.checkpoints"), before);
}

TEST_F(Custody, ADatabasePutBackIsNoticedByVerifyingAndNothingIsAppendedToIt) {
  copy("d.db", "old.db");
  attest(4);
  linkaudit({"ledger", "verify"});
  std::filesystem::remove(file("d.db-wal"));
  std::filesystem::remove(file("d.db-shm"));
  copy("old.db", "d.db");
  const Ran verified = linkaudit({"ledger", "verify"});
  EXPECT_EQ(verified.code, 5);
  EXPECT_THAT(verified.out, HasSubstr("put back to an earlier state"));
  const Ran ran = linkaudit({"attest", "taobao/item", "wechat/moments", "--outcome", "direct", "--observer", "desk"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, HasSubstr("d.db.checkpoints: knows a checkpoint of 4 entries"));
  const std::string left = linkaudit({"export"}).out;
  EXPECT_EQ(std::count(left.begin(), left.end(), '\n'), 3);
}

TEST_F(Custody, ALogRewrittenByOneWhoKnowsTheSchemaIsCaughtByTheFile) {
  copy("d.db.checkpoints", "kept");
  copy("d.db.key.pub", "kept.pub");
  for (const char* name : {"d.db", "d.db-wal", "d.db-shm", "d.db.checkpoints", "d.db.key", "d.db.key.pub"}) {
    std::filesystem::remove(file(name));
  }
  attest(1);
  attest(3);
  attest(2);
  EXPECT_EQ(linkaudit({"ledger", "verify"}).code, 0) << "by itself it is whole";
  const Ran ran = linkaudit({"ledger", "verify", "--checkpoints", "kept", "--public-key", "kept.pub"});
  EXPECT_EQ(ran.code, 5);
  EXPECT_THAT(ran.out, HasSubstr("is not signed by a key that is trusted"));
}

TEST_F(Custody, EntriesDroppedFromTheEndAreNoticed) {
  log::tamper(file("d.db"),
              "DELETE FROM entry WHERE seq = 3; DELETE FROM observation WHERE entry = 3; "
              "DELETE FROM attestation WHERE entry = 3; UPDATE span SET last = first, last_entry = 2, count = 2 "
              "WHERE last_entry = 3; DELETE FROM checkpoint WHERE size = 3");
  const Ran ran = linkaudit({"ledger", "verify"});
  EXPECT_EQ(ran.code, 5);
  EXPECT_THAT(ran.out, HasSubstr("does not verify"));
}

TEST_F(Custody, CheckpointsDeletedFromTheDatabaseAreMissedAndTheFileStillSaysHowFarItIsSigned) {
  log::tamper(file("d.db"), "DELETE FROM checkpoint");
  const Ran ran = linkaudit({"ledger", "verify"});
  EXPECT_EQ(ran.code, 5);
  EXPECT_THAT(ran.out, HasSubstr("checkpoint 1 of the file is not in the log: it was deleted there"));
  EXPECT_THAT(ran.out, HasSubstr("by the checkpoints that fit, signed up to entry 3"));
  EXPECT_THAT(linkaudit({"--format", "json", "ledger", "verify"}).out, HasSubstr("\"signed_entries\":3"));
}

TEST_F(Custody, ADatabaseCutShortAnywhereIsSaidNotToVerify) {
  const std::string whole = scratch_.read("d.db");
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{50}, std::size_t{4096}, whole.size() / 2, whole.size() - 1}) {
    scratch_.write("d.db", whole.substr(0, length));
    const Ran ran = linkaudit({"ledger", "verify"});
    EXPECT_EQ(ran.code, 5) << length << ": " << ran.err;
    EXPECT_THAT(ran.out, testing::StartsWith("does not verify: d.db: ")) << length;
    EXPECT_EQ(ran.err, "");
    if (length >= 4096) {
      EXPECT_EQ(linkaudit({"db", "check"}).code, 5) << length;
    }
  }
  std::filesystem::remove(file("d.db.checkpoints"));
  scratch_.write("d.db", "");
  EXPECT_EQ(linkaudit({"ledger", "verify"}).code, 3) << "nothing speaks of a log that was there";
}

TEST_F(Custody, SwappedEntriesAreNamedThoughATriggerIsMissingToo) {
  log::tamper(file("d.db"),
              "UPDATE entry SET seq = -1 WHERE seq = 1; UPDATE entry SET seq = 1 WHERE seq = 3; "
              "UPDATE entry SET seq = 3 WHERE seq = -1");
  log::execute(file("d.db"), "DROP TRIGGER entry_no_update");
  const Ran ran = linkaudit({"ledger", "verify"});
  EXPECT_EQ(ran.code, 5);
  EXPECT_THAT(ran.out, HasSubstr("entry 1 is not what it was: what is now entry 3 stood there"));
  EXPECT_THAT(ran.out, HasSubstr("besides, trigger entry_no_update is missing or was changed"));
}

TEST_F(Custody, AScreenshotThatIsGoneIsMissedButNotOneThatNobodyBrought) {
  scratch_.write("seen.png", "\x89PNG\r\n\x1a\n picture");
  ASSERT_EQ(linkaudit({"attest", "taobao/item", "wechat/moments", "--outcome", "blocked", "--observer", "desk",
                       "--screenshot", "seen.png"})
                .code,
            0);
  EXPECT_THAT(linkaudit({"ledger", "verify"}).out, HasSubstr("0 of 1 that entries name are not here"));
  scratch_.write("lines", linkaudit({"export"}).out);
  ASSERT_EQ(scratch_.linkaudit({"--db", "brought.db", "import", "lines"}).code, 0);
  const Ran brought = scratch_.linkaudit({"--db", "brought.db", "ledger", "verify"});
  EXPECT_EQ(brought.code, 0);
  EXPECT_THAT(brought.out, HasSubstr("1 of 1 that entries name are not here"));
  log::tamper(file("d.db"), "UPDATE blob SET data = NULL WHERE kind = 'screenshot'");
  const Ran ran = linkaudit({"ledger", "verify"});
  EXPECT_EQ(ran.code, 5);
  EXPECT_THAT(ran.out,
              testing::ContainsRegex("entry 4: its screenshot [0-9a-f]+ is missing, though it was not pruned"));
}

// Or a person's word would excuse whoever deletes evidence.
TEST_F(Custody, ANoteInTheNameOfRetentionIsRefusedButBroughtByAnImport) {
  const Ran ran = linkaudit({"annotate", "1", "--by", "prune", "--note", "gone"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_EQ(ran.err, "linkaudit: --by: \"prune\" is what retention signs with; name a person\n");
  EXPECT_EQ(linkaudit({"annotate", "1", "--by", "desk", "--note", "gone"}).code, 0);
  EXPECT_EQ(linkaudit({"ledger", "verify"}).code, 0);
}

// As `| head` does. What was being written is written all the same.
TEST_F(Custody, AReaderWhoGoesEarlyIsNoError) {
  for (const std::string command : {"export", "ledger verify", "query --format csv", "findings", "db stats",
                                    "attest taobao/item wechat/moments --outcome direct --observer desk"}) {
    const Ran ran = scratch_.run({"sh", "-c",
                                  "mkfifo p; true <p & exec 3>p; wait; rm p; " + std::string(LINKAUDIT_PROGRAM) +
                                      " --db d.db " + command + " >&3"});
    EXPECT_EQ(ran.code, 141) << command;
    EXPECT_EQ(ran.err, "") << command;
  }
  EXPECT_THAT(linkaudit({"ledger", "verify"}).out, HasSubstr("signed up to entry 4"));
}

TEST_F(Custody, ANewKeyIsTrustedByWhoeverTrustedTheOld) {
  copy("d.db.key.pub", "first.pub");
  EXPECT_THAT(linkaudit({"ledger", "rotate"}).out, HasSubstr("\nnext-key linkaudit-"));
  attest(4);
  EXPECT_NE(scratch_.read("first.pub"), scratch_.read("d.db.key.pub"));
  EXPECT_EQ(linkaudit({"ledger", "verify", "--public-key", "first.pub"}).code, 0);
}

TEST_F(Custody, WhoTrustsTheNewKeyAloneIsToldOfAllThatSigned) {
  const std::string old = scratch_.read("d.db.key.pub"), name = key_name(old);
  const Ran ran = linkaudit({"ledger", "rotate"});
  const std::string both = scratch_.read("d.db.key.pub"), next = both.substr(old.size());
  EXPECT_EQ(ran.err, "publish d.db.key.pub, which holds all keys that have signed; the new one is " + next);
  scratch_.write("new.pub", next);
  const Ran verified = linkaudit({"ledger", "verify", "--public-key", "new.pub"});
  EXPECT_EQ(verified.code, 5);
  EXPECT_THAT(verified.out, HasSubstr("checkpoint 1 is not signed by a key that is trusted, but by " + name + "; "));
  EXPECT_THAT(verified.out, HasSubstr("public keys: " + name + ", " + key_name(next)));
  EXPECT_EQ(linkaudit({"ledger", "verify", "--public-key", "d.db.key.pub"}).code, 0);
}

TEST_F(Custody, CheckpointsAreComparedThoughNobodyKnowsWhoSigned) {
  copy("d.db", "old.db");
  attest(4);
  copy("d.db.checkpoints", "kept");
  std::filesystem::remove(file("d.db.key.pub"));
  EXPECT_THAT(linkaudit({"ledger", "verify"}).out, HasSubstr("signed up to entry 4")) << "the private key tells";
  std::filesystem::remove(file("d.db.key"));
  const Ran beside = linkaudit({"ledger", "verify"});
  EXPECT_EQ(beside.code, 0);
  EXPECT_THAT(beside.out, HasSubstr("only sizes and roots were checked"));
  const Ran named = linkaudit({"ledger", "verify", "--checkpoints", "kept"});
  EXPECT_EQ(named.code, 5);
  EXPECT_THAT(named.out, HasSubstr("does not verify: kept: sizes and roots fit, but there is no public key"));
  for (const char* name : {"d.db-wal", "d.db-shm"}) std::filesystem::remove(file(name));
  copy("old.db", "d.db");
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"ledger", "verify"}, {"ledger", "verify", "--checkpoints", "kept"}}) {
    const Ran ran = linkaudit(command);
    EXPECT_EQ(ran.code, 5);
    EXPECT_THAT(ran.out, HasSubstr("of 4 entries, but the log has 3"));
  }
}

TEST_F(Custody, ACheckpointWhoseRowSaysAnotherSizeIsNamed) {
  log::tamper(file("d.db"), "UPDATE checkpoint SET size = 12 WHERE number = 2");
  const Ran ran = linkaudit({"ledger", "verify"});
  EXPECT_EQ(ran.code, 5);
  EXPECT_THAT(ran.out, HasSubstr("checkpoint 2 is of 2 entries, but its column size says 12"));
}

TEST_F(Custody, AFileOfCheckpointsThatWasTruncatedIsNamed) {
  const std::string whole = scratch_.read("d.db.checkpoints");
  scratch_.write("d.db.checkpoints", "");
  const Ran empty = linkaudit({"ledger", "verify"});
  EXPECT_EQ(empty.code, 5);
  EXPECT_THAT(empty.out, HasSubstr("d.db.checkpoints: holds no checkpoint, though 3 were signed: it was truncated"));
  const std::size_t first = whole.find("\n\n", whole.find("\n\n") + 2) + 2;
  scratch_.write("d.db.checkpoints", whole.substr(first));
  const Ran headless = linkaudit({"ledger", "verify"});
  EXPECT_EQ(headless.code, 5);
  EXPECT_THAT(headless.out, HasSubstr("d.db.checkpoints: lacks checkpoint 1 of the log, though it holds a later one"));
  scratch_.write("d.db.checkpoints", whole.substr(0, first));
  const Ran tailless = linkaudit({"ledger", "verify"});
  EXPECT_EQ(tailless.code, 0) << "a command that was killed may have left it so";
  EXPECT_THAT(tailless.out, HasSubstr("the newest 2 checkpoints are not in the file"));
  EXPECT_THAT(linkaudit({"--format", "json", "ledger", "verify"}).out, HasSubstr("\"not_filed\":2"));
  attest(4);
  EXPECT_TRUE(scratch_.read("d.db.checkpoints").starts_with(whole));
  EXPECT_THAT(linkaudit({"ledger", "verify"}).out, testing::Not(HasSubstr("not in the file")));
}

TEST_F(Custody, ANameForTheLogIsGivenWithItsKey) {
  const Ran made = scratch_.linkaudit({"--key", "own.key", "ledger", "key", "--name", "audit.example.org/links"});
  EXPECT_EQ(made.code, 0);
  EXPECT_TRUE(made.out.starts_with("audit.example.org/links+")) << made.out;
  const auto with_it = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--db", "named.db", "--key", "own.key"});
    return scratch_.linkaudit(arguments);
  };
  ASSERT_EQ(with_it({"attest", "taobao/item", "wechat/group", "--outcome", "direct", "--observer", "desk"}).code, 0);
  EXPECT_TRUE(with_it({"ledger", "checkpoint"}).out.starts_with("audit.example.org/links\n1\n"));
  EXPECT_EQ(scratch_.linkaudit({"--key", "own.key", "ledger", "key", "--name", "again"}).code, 3);
  EXPECT_EQ(scratch_.linkaudit({"--key", "other.key", "ledger", "key", "--name", "two words"}).code, 3);
}

TEST_F(Custody, AKeyThatOthersMayReadIsRefusedAndNothingIsSigned) {
  ::chmod(file("d.db.key").c_str(), 0644);
  const Ran ran = linkaudit({"ledger", "checkpoint"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, HasSubstr("d.db.key: others may read this private key"));
}

TEST_F(Custody, ProofsOfAnEntryAndOfGrowthArePrinted) {
  EXPECT_THAT(linkaudit({"--format", "json", "ledger", "proof", "2"}).out, HasSubstr(R"("entry":2,)"));
  EXPECT_THAT(linkaudit({"ledger", "proof", "2"}).out, HasSubstr("\nsize 2\n"));
  EXPECT_THAT(linkaudit({"ledger", "consistency", "1", "3"}).out, HasSubstr("old_size 1\n"));
  for (const std::vector<std::string>& wrong :
       std::vector<std::vector<std::string>>{{"ledger", "proof", "4"},
                                             {"ledger", "proof", "0"},
                                             {"ledger", "proof", "3", "--size", "2"},
                                             {"ledger", "consistency", "3", "2"},
                                             {"ledger", "consistency", "1", "9"}}) {
    EXPECT_EQ(linkaudit(wrong).code, 3) << wrong.back();
  }
}

TEST_F(Custody, ABackupIsVerifiedAndReplacesNothing) {
  EXPECT_THAT(linkaudit({"db", "backup", "copy.db"}).out, HasSubstr("copy.db: 3 entries, verified"));
  EXPECT_EQ(linkaudit({"db", "backup", "copy.db"}).code, 3);
  EXPECT_EQ(linkaudit({"db", "check"}).code, 0);
  EXPECT_THAT(linkaudit({"db", "rebuild"}).out, HasSubstr("made anew from 3 entries"));
  EXPECT_THAT(linkaudit({"db", "stats"}).out, HasSubstr("entries attestation: 3"));
  EXPECT_THAT(linkaudit({"db", "migrate"}).out, HasSubstr("schema "));
  EXPECT_EQ(scratch_.linkaudit({"--db", "none.db", "db", "migrate"}).code, 3);
}

}  // namespace
}  // namespace linkaudit::tests
