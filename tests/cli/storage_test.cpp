// A database that cannot be used, a disk that is full: one clear line, the right exit code, nothing lost.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/cli/program.h"

namespace linkaudit::tests {
namespace {

using testing::AnyOf;
using testing::HasSubstr;

const std::vector<std::string> kAttest = {"--db",      "d.db",   "attest",     "taobao/item", "wechat/group",
                                          "--outcome", "direct", "--observer", "desk"};

std::ptrdiff_t lines_of(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

// `command` as a shell's, with a limit on the size of each file it writes (in 512-byte blocks) in place of a full disk.
Ran with_little_disk(const Scratch& scratch, int blocks, const std::string& command) {
  return scratch.run({"sh", "-c", "ulimit -f " + std::to_string(blocks) + "; exec " LINKAUDIT_PROGRAM " " + command});
}

TEST(Storage, WithTooFewOpenFilesAReportSaysSoInOneLine) {
  const Scratch scratch;
  ASSERT_EQ(scratch.linkaudit(kAttest).code, 0);
  for (const char* files : {"14", "18", "22", "26"}) {
    const Ran ran = scratch.run({"sh", "-c",
                                 std::string("ulimit -n ") + files +
                                     "; exec " LINKAUDIT_PROGRAM " --db d.db report -o r.xlsx --as-of 2022-01-27"});
    EXPECT_EQ(ran.code, 1) << files << ran.out;
    EXPECT_THAT(ran.err, HasSubstr("open")) << files;
    EXPECT_EQ(lines_of(ran.err), 1) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(scratch.file("r.xlsx")));
  }
}

// A catalog of links that nobody can probe: a run that records gaps alone, and needs no network.
std::string catalog_without_urls(int links) {
  std::string text =
      "version: 1\nplatforms:\n  - id: shop\n    name: {en: Shop, zh: 店}\n    operator: {en: Shop, zh: 店}\n"
      "    category: ecommerce\n    domains: [shop.example]\n    links:\n";
  for (int link = 0; link < links; ++link) text += "      - {id: item" + std::to_string(link) + ", kind: product}\n";
  return text;
}

TEST(Storage, FullDiskInARunSaysHowMuchOfItIsInTheLog) {
  const Scratch scratch;
  scratch.write("linkaudit.yaml", catalog_without_urls(2000));
  ASSERT_EQ(scratch.linkaudit(kAttest).code, 0);
  const auto size = static_cast<int>(std::filesystem::file_size(scratch.file("d.db")) / 512);
  const Ran full = with_little_disk(scratch, size + 300, "--db d.db run --all --platform shop --context wechat/group");
  EXPECT_EQ(full.code, 1) << full.out << full.err;
  EXPECT_EQ(lines_of(full.err), 1) << full.err;
  const Ran counted = scratch.linkaudit(
      {"--db", "d.db", "--format", "ndjson", "sql", "SELECT count(*) AS n FROM v_entries WHERE type = 'gap'"});
  const std::string number = counted.out.substr(5, counted.out.find('}') - 5);
  EXPECT_GT(std::stoi(number), 0) << full.err;
  EXPECT_THAT(full.err, HasSubstr("; " + number + " entries of this run were written before and are in the log\n"));
  EXPECT_EQ(scratch.linkaudit({"--db", "d.db", "ledger", "verify"}).code, 0);
}

TEST(Storage, ARunWhileAnotherIsUnderWayRecordsWhatItDidNotDo) {
  const Scratch scratch;
  const std::vector<std::string> run = {"--db",       "d.db",   "run",       "--all",
                                        "--platform", "taobao", "--context", "wechat/group"};
  const int lock = ::open(scratch.file("d.db.run").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  ASSERT_EQ(::write(lock, "4711", 4), 4);
  ASSERT_EQ(::flock(lock, LOCK_EX), 0);
  const Ran ran = scratch.linkaudit(run);
  ::close(lock);
  EXPECT_EQ(ran.code, 4) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("d.db: another run is under way (process 4711); nothing was looked at"));
  EXPECT_EQ(lines_of(ran.err), 1) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("planned = 0 observed + "));
  const Ran gaps = scratch.linkaudit({"--db", "d.db", "--format", "ndjson", "sql",
                                      "SELECT g.reason, r.planned = count(*) AS every, r.observed, r.\"trigger\" FROM "
                                      "v_gaps AS g, v_runs AS r GROUP BY g.reason"});
  EXPECT_EQ(gaps.out, "{\"reason\":\"overlap\",\"every\":1,\"observed\":0,\"trigger\":\"all\"}\n");
  EXPECT_EQ(scratch.linkaudit({"--db", "d.db", "ledger", "verify"}).code, 0);
}

// Whatever failed for want of a descriptor would look like a server that refuses.
TEST(Storage, WithTooFewOpenFilesNothingIsProbedAndNobodyAccused) {
  const Scratch scratch;
  for (const char* files : {"20", "40", "50"}) {
    const Ran ran =
        scratch.run({"sh", "-c",
                     std::string("ulimit -n ") + files +
                         "; exec " LINKAUDIT_PROGRAM " --db d.db --format json check http://127.0.0.1:9/ --log"});
    EXPECT_EQ(ran.code, 1) << ran.out;
    EXPECT_THAT(ran.err, HasSubstr("files may be open at once")) << files;
    EXPECT_EQ(ran.out, "");
  }
  const Ran enough = scratch.run(
      {"sh", "-c", "ulimit -n 64; exec " LINKAUDIT_PROGRAM " --db d.db --format json check http://127.0.0.1:9/"});
  EXPECT_NE(enough.code, 1) << enough.err;
}

TEST(Storage, NewerDatabaseIsRefusedAndLeftAsItWas) {
  const Scratch scratch;
  ASSERT_EQ(scratch.linkaudit(kAttest).code, 0);
  ASSERT_EQ(scratch.run({"sqlite3", "d.db", "PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE);"}).code, 0);
  const std::string before = scratch.read("d.db");
  for (const std::vector<std::string>& command :
       {kAttest, {"--db", "d.db", "matrix"}, {"--db", "d.db", "run", "--all"}}) {
    const Ran ran = scratch.linkaudit(command);
    EXPECT_EQ(ran.code, 3) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("d.db"));
    EXPECT_THAT(ran.err, HasSubstr("999"));
    EXPECT_EQ(lines_of(ran.err), 1) << ran.err;
  }
  EXPECT_TRUE(scratch.read("d.db") == before);
}

TEST(Storage, DatabaseOfAnotherProgramIsRefused) {
  const Scratch scratch;
  ASSERT_EQ(scratch.run({"sqlite3", "d.db", "CREATE TABLE letter(text); INSERT INTO letter VALUES ('dear');"}).code, 0);
  for (const std::vector<std::string>& command : {kAttest, {"--db", "d.db", "findings"}}) {
    const Ran ran = scratch.linkaudit(command);
    EXPECT_EQ(ran.code, 3) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("d.db"));
    EXPECT_EQ(lines_of(ran.err), 1) << ran.err;
  }
  EXPECT_EQ(scratch.run({"sqlite3", "d.db", "SELECT text FROM letter"}).out, "dear\n");
}

TEST(Storage, ReadOnlyDirectoryCanBeReadButNotWritten) {
  const Scratch scratch;
  ASSERT_EQ(scratch.linkaudit(kAttest).code, 0);
  std::filesystem::create_directory(scratch.file("kept"));
  std::filesystem::copy_file(scratch.file("d.db"), scratch.file("kept/d.db"));
  ::chmod(scratch.file("kept/d.db").c_str(), 0444);
  ::chmod(scratch.file("kept").c_str(), 0555);
  // Root may write everywhere: then as nobody, who may do nothing else than read it.
  const auto as_reader = [&](const std::string& command) {
    ::chmod(scratch.path().c_str(), 0755);
    const std::string run = LINKAUDIT_PROGRAM " --db kept/d.db " + command;
    if (::geteuid() != 0) return scratch.run({"sh", "-c", run});
    return scratch.run({"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c", run});
  };
  const Ran read = as_reader("query --format json");
  EXPECT_EQ(read.code, 0) << read.err;
  EXPECT_THAT(read.out, HasSubstr("\"observer\":\"desk\""));
  const Ran written = as_reader("attest taobao/item wechat/group --outcome blocked --observer desk");
  EXPECT_EQ(written.code, 3) << written.err;
  EXPECT_THAT(written.err, HasSubstr("kept/d.db"));
  EXPECT_EQ(lines_of(written.err), 1) << written.err;
  ::chmod(scratch.file("kept").c_str(), 0755);
}

TEST(Storage, FullDiskWhileImportingLosesNothingThatWasThere) {
  const Scratch scratch;
  ASSERT_EQ(scratch.linkaudit(kAttest).code, 0);
  std::string rows = "at,link,context,outcome,observer,note\n";
  for (int row = 0; row < 4000; ++row) {
    char at[40];
    std::snprintf(at, sizeof at, "2022-01-%02dT%02d:%02d:00Z", 1 + row / 1440 % 28, row / 60 % 24, row % 60);
    rows += std::string(at) + ",taobao/item,wechat/group,direct,desk,note " + std::to_string(row * 7919) + "\n";
  }
  scratch.write("many.csv", rows);
  const auto size = static_cast<int>(std::filesystem::file_size(scratch.file("d.db")) / 512);
  const Ran full = with_little_disk(scratch, size + 64, "--db d.db import many.csv");
  EXPECT_EQ(full.code, 1) << full.out << full.err;
  EXPECT_THAT(full.err, HasSubstr("d.db"));
  EXPECT_EQ(lines_of(full.err), 1) << full.err;
  EXPECT_THAT(scratch.linkaudit({"--db", "d.db", "ledger", "verify"}).out, HasSubstr("verified: 1 entries"));
  EXPECT_EQ(scratch.linkaudit({"--db", "d.db", "import", "many.csv"}).code, 0);  // when there is room again
  EXPECT_THAT(scratch.linkaudit({"--db", "d.db", "ledger", "verify"}).out, HasSubstr("verified: 4001 entries"));
}

TEST(Storage, FullDiskWhileReportingLeavesTheOldReport) {
  const Scratch scratch;
  ASSERT_EQ(scratch.linkaudit(kAttest).code, 0);
  for (const std::string name : {"r.xlsx", "r.html", "r.csv", "r.json"}) {
    scratch.write(name, "the old report");
    const Ran full = with_little_disk(scratch, 70, "--db d.db report -o " + name);
    EXPECT_EQ(full.code, 1) << name << full.err;
    EXPECT_THAT(full.err, HasSubstr(name));
    EXPECT_EQ(lines_of(full.err), 1) << full.err;
    EXPECT_EQ(scratch.read(name), "the old report");
  }
  int left = 0;
  for (const auto& entry : std::filesystem::directory_iterator(scratch.path())) {
    left += entry.path().filename().string().find(".tmp") == std::string::npos ? 0 : 1;
  }
  EXPECT_EQ(left, 0);
}

// Entries go from one log to another by export and import.
TEST(Interchange, OfAWholeLogGivesTheSameFindingsAndSkipsWhatIsKnown) {
  const Scratch scratch;
  scratch.linkaudit({"demo", "--out", "demo"});
  scratch.write("lines", scratch.linkaudit({"--db", "demo/lab.db", "export"}).out);
  const auto import = [&] { return scratch.linkaudit({"--db", "d.db", "import", "lines"}); };
  const Ran first = import();
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_THAT(first.out, testing::EndsWith(" imported, 0 known already\n"));
  EXPECT_THAT(import().out, testing::StartsWith("0 imported, "));
  EXPECT_EQ(scratch.linkaudit({"--db", "d.db", "ledger", "verify"}).code, 0);
  EXPECT_EQ(scratch.linkaudit({"--db", "d.db", "query", "--format", "csv"}).out,
            scratch.linkaudit({"--db", "demo/lab.db", "query", "--format", "csv"}).out);
}

TEST(Interchange, OfALineThatDoesNotFitNamesItAndWritesNothing) {
  const Scratch scratch;
  scratch.linkaudit(
      {"--db", "a.db", "attest", "taobao/item", "wechat/group", "--outcome", "direct", "--observer", "desk"});
  scratch.linkaudit(
      {"--db", "a.db", "attest", "taobao/item", "wechat/moments", "--outcome", "direct", "--observer", "desk"});
  const std::string lines = scratch.linkaudit({"--db", "a.db", "export"}).out;
  const std::size_t second = lines.find('\n') + 1;
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = lines;
    const std::size_t at = changed.find(from, second);
    EXPECT_NE(at, std::string::npos) << from;
    return changed.replace(at, from.size(), to);
  };
  const std::pair<std::string, std::string> cases[] = {
      {with("wechat/moments", "wechat/group"), "leaf is not the hash of the record"},
      {with("\"leaf\":\"", "\"leaf\":\"0"), "leaf is not the hash of the record"},
      {with("\"facts\":\"{", "\"facts\":\"{ "), "facts do not have the digest that the record names"},
      {lines + "text\n", "is no JSON object"},
      {lines + "{\"record\": 1}\n", "record is no text"},
  };
  for (const auto& [text, why] : cases) {
    scratch.write("lines", text);
    const Ran ran = scratch.linkaudit({"--db", "d.db", "import", "lines"});
    EXPECT_EQ(ran.code, 3) << why;
    EXPECT_THAT(ran.err, testing::MatchesRegex("linkaudit: lines:[23]: " + why + "\n"));
    EXPECT_EQ(scratch.run({"test", "-e", "d.db"}).code, 1) << "no database is left behind";
  }
}

}  // namespace
}  // namespace linkaudit::tests
