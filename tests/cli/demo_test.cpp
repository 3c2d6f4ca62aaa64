// The demonstration as a user runs it: what it shows, and what it leaves alone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace linkaudit::tests {
namespace {

using testing::HasSubstr;

TEST(Demo, ShowsBothMatricesAndMakesItsFilesAgainAsLongAsTheyAreItsOwn) {
  const Scratch scratch;
  for (int turn = 0; turn < 2; ++turn) {
    const Ran ran = scratch.linkaudit({"demo", "--out", "demo"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("SIMULATED"));
    EXPECT_THAT(ran.out, HasSubstr("new breach: Taobao / WeChat Moments: external browser (confirmed)"));
    for (const char* name : {"casebook.db", "casebook.xlsx", "casebook.html", "lab.db", "lab.xlsx", "lab.html"}) {
      EXPECT_TRUE(std::filesystem::exists(scratch.file(std::string("demo/") + name))) << name;
    }
    for (const std::string name : {"casebook.db", "lab.db"}) {
      const Ran verified = scratch.linkaudit({"--db", "demo/" + name, "--format", "json", "ledger", "verify"});
      EXPECT_EQ(verified.code, 0) << verified.out << verified.err;
      const auto told = nlohmann::json::parse(verified.out);
      EXPECT_EQ(told["checkpoints"]["signed_entries"], told["entries"]) << name;
      EXPECT_EQ(told["checkpoints"]["file"], 1) << name;
      EXPECT_TRUE(std::filesystem::exists(scratch.file("demo/" + name + ".key"))) << name;
    }
    const std::string page = scratch.read("demo/lab.html");
    EXPECT_THAT(page, HasSubstr("SIMULATED"));
    EXPECT_THAT(page, HasSubstr("模拟"));
    EXPECT_THAT(scratch.read("demo/casebook.html"), testing::Not(HasSubstr("SIMULATED")));
  }
  // Somebody writes to the database: from then on it is theirs.
  ASSERT_EQ(scratch
                .linkaudit({"--db", "demo/casebook.db", "attest", "taobao/item", "wechat/group", "--outcome", "blocked",
                            "--observer", "desk"})
                .code,
            0);
  const Ran refused = scratch.linkaudit({"demo", "--out", "demo"});
  EXPECT_EQ(refused.code, 3);
  EXPECT_THAT(refused.err, HasSubstr("casebook.db"));
  EXPECT_THAT(scratch.linkaudit({"--db", "demo/casebook.db", "ledger", "verify"}).out,
              HasSubstr("verified: 20 entries"));
}

TEST(Demo, DirectoryOfOthersIsRefusedAndLeftAsItWas) {
  const Scratch scratch;
  std::filesystem::create_directory(scratch.file("mine"));
  scratch.write("mine/lab.db", "a letter");
  const Ran ran = scratch.linkaudit({"demo", "--out", "mine"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, HasSubstr("holds files that the demo did not make"));
  EXPECT_EQ(scratch.read("mine/lab.db"), "a letter");
}

}  // namespace
}  // namespace linkaudit::tests
