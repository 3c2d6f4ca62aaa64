#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "audit/log/hash.h"
#include "audit/log/newest_slot.h"
#include "audit/log/pruning.h"
#include "audit/log/verification.h"
#include "tests/log/case_file.h"
#include "tests/log/raw.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

// A log with a row in every table.
void fill(const CaseFile& file) {
  Log log = file.open();
  CatalogRecord catalog = full_catalog();
  catalog.text = "version: 1\n";
  append(log, {NewObservation{full_observation(), Fire{"daily", minute(0), "on_time"}}, entry(full_attestation()),
               full_gap(), full_run(), catalog, entry(1, probes::Outcome::direct), entry(2, probes::Outcome::direct),
               entry(3, probes::Outcome::blocked)});
}

std::string problem_of(const CaseFile& file) {
  return Log::open_read_only(file.path()).verify().value_or("nothing");
}

struct Tampering {
  const char* name;
  const char* sql;
  const char* problem;
};

void PrintTo(const Tampering& each, std::ostream* out) {
  *out << each.sql;
}

class Verify : public testing::TestWithParam<Tampering> {};

TEST_P(Verify, NamesWhatWasTamperedWith) {
  const CaseFile file;
  fill(file);
  ASSERT_EQ(problem_of(file), "nothing");
  tamper(file.path(), GetParam().sql);
  EXPECT_EQ(problem_of(file), file.path() + ": " + GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    Entries, Verify,
    testing::Values(
        Tampering{"Record", "UPDATE entry SET record = CAST('{\"at\":1}' AS BLOB) WHERE seq = 3",
                  "entry 3: its record does not have its leaf hash"},
        Tampering{"RecordOfAnother", "UPDATE entry SET record = (SELECT record FROM entry WHERE seq = 7) WHERE seq = 6",
                  "entry 6: its record does not have its leaf hash"},
        Tampering{"RecordUnreadable", "UPDATE entry SET record = x'0011' WHERE seq = 3",
                  "entry 3: its record cannot be unpacked: zstd: not a frame of ours"},
        Tampering{"Leaf", "UPDATE entry SET leaf = zeroblob(32) WHERE seq = 8",
                  "entry 8: its record does not have its leaf hash"},
        Tampering{
            "RecordAndLeaf",
            "UPDATE entry SET record = (SELECT record FROM entry WHERE seq = 7), "
            "leaf = (SELECT leaf FROM entry WHERE seq = 7), at = (SELECT at FROM entry WHERE seq = 7) WHERE seq = 6",
            "entry 6 is not what it was: tree node 4 (level 1, index 2) over the entries 5 to 6 is not their hash"},
        Tampering{
            "RecordLeafAndWhatFollows",
            "UPDATE entry SET record = (SELECT record FROM entry WHERE seq = 7), "
            "leaf = (SELECT leaf FROM entry WHERE seq = 7), at = (SELECT at FROM entry WHERE seq = 7) WHERE seq = 6; "
            "UPDATE observation SET at = (SELECT at FROM entry WHERE seq = 7) WHERE entry = 6",
            "entry 5 or 6 is not what it was: tree node 4 (level 1, index 2) is not the hash of the two"},
        Tampering{"At", "UPDATE entry SET at = at + 1 WHERE seq = 4", "entry 4: column at is not that of its record"},
        Tampering{"RecordedAt", "UPDATE entry SET recorded_at = 0 WHERE seq = 4",
                  "entry 4: column recorded_at is not that of its record"},
        Tampering{"Type", "UPDATE entry SET type = 'report' WHERE seq = 4",
                  "entry 4: column type is not that of its record"},
        Tampering{"First", "DELETE FROM entry WHERE seq = 1", "entry 1 is missing"},
        Tampering{"Middle", "DELETE FROM entry WHERE seq = 5", "entry 5 is missing"},
        Tampering{"Last", "DELETE FROM entry WHERE seq = 8", "the tree has nodes that no entry leads to"},
        Tampering{"Swapped",
                  "UPDATE entry SET seq = -6 WHERE seq = 6; UPDATE entry SET seq = 6 WHERE seq = 7; "
                  "UPDATE entry SET seq = 7 WHERE seq = -6",
                  "entry 6 is not what it was: what is now entry 7 stood there"},
        Tampering{"SwappedNeighbours",
                  "UPDATE entry SET seq = -5 WHERE seq = 5; UPDATE entry SET seq = 5 WHERE seq = 6; "
                  "UPDATE entry SET seq = 6 WHERE seq = -5",
                  "entry 5 is not what it was: what is now entry 6 stood there"},
        Tampering{"SwappedFarApart",
                  "UPDATE entry SET seq = -1 WHERE seq = 1; UPDATE entry SET seq = 1 WHERE seq = 8; "
                  "UPDATE entry SET seq = 8 WHERE seq = -1",
                  "entry 1 is not what it was: what is now entry 8 stood there"}),
    [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    TreeAndContents, Verify,
    testing::Values(
        Tampering{"Node", "UPDATE node SET hash = zeroblob(32) WHERE number = 3",
                  "tree node 3 (level 2, index 0) is not the hash of the two below it"},
        Tampering{
            "NodeUnderNone", "UPDATE node SET hash = zeroblob(32) WHERE number = 7",
            "among the entries 1 to 8 one is not what it was, or tree node 7 (level 3, index 0) over them is not"},
        Tampering{"NodeGone", "DELETE FROM node WHERE number = 7", "tree node 7 (level 3, index 0) is missing"},
        Tampering{"NodeTooMany", "INSERT INTO node VALUES (8, zeroblob(32))",
                  "the tree has nodes that no entry leads to"},
        Tampering{"Trigger", "CREATE TRIGGER harmless AFTER INSERT ON entry BEGIN SELECT 1; END",
                  "trigger harmless does not belong here"},
        Tampering{"View", "DROP VIEW v_gaps; CREATE VIEW v_gaps AS SELECT * FROM gap WHERE reason <> 'missed'",
                  "view v_gaps is missing or was changed"},
        Tampering{"Table", "CREATE TABLE notes(text TEXT)", "table notes does not belong here"}),
    [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Projections, Verify,
    testing::Values(Tampering{"Cell", "UPDATE cell SET context = 'wechat/moments' WHERE id = 1",
                              "projection cell, row 1: context does not follow from the entries"},
                    Tampering{"Stream", "UPDATE stream SET tier = 'in_app' WHERE id = 1",
                              "projection stream, row 1: tier does not follow from the entries"},
                    Tampering{"State", "UPDATE state SET outcome = 'direct' WHERE id = 1",
                              "projection state, row 1: outcome does not follow from the entries"},
                    Tampering{"Observation", "UPDATE observation SET nth = 5 WHERE entry = 7",
                              "projection observation, row 7: nth does not follow from the entries"},
                    Tampering{"ObservationGone", "DELETE FROM observation WHERE entry = 8",
                              "projection observation, row 8: is missing"},
                    Tampering{"Span", "UPDATE span SET count = 9 WHERE first_entry = 6",
                              "projection span, row 3: count does not follow from the entries"},
                    Tampering{
                        "SpanTooMany",
                        "INSERT INTO span SELECT 99, first, first_entry, last, last_entry, state, count, valid_days "
                        "FROM span LIMIT 1",
                        "projection span, row 99: no entry leads to it"},
                    Tampering{"Gap", "UPDATE gap SET reason = 'cancelled'",
                              "projection gap, row 3: reason does not follow from the entries"},
                    Tampering{"Run", "UPDATE run SET observed = 12",
                              "projection run, row 4: observed does not follow from the entries"},
                    Tampering{"Catalog", "DELETE FROM catalog", "projection catalog, row 5: is missing"},
                    Tampering{"Fire", "UPDATE fire SET planned = 0",
                              "projection fire, row daily: planned does not follow from the entries"}),
    [](const auto& each) { return each.param.name; });

TEST(VerifyLog, NamesBlobsByTheirDigest) {
  const CaseFile file;
  fill(file);
  Hasher hasher;
  const std::string blob = file.path() + ": blob " + to_hex(hasher("version: 1\n"));
  tamper(file.path(), "UPDATE blob SET size = 10");
  EXPECT_EQ(problem_of(file), blob + ": column size is not that of its content");
  tamper(file.path(), "UPDATE blob SET data = (SELECT data FROM fact LIMIT 1)");
  EXPECT_EQ(problem_of(file), blob + ": its content has another digest");
  EXPECT_THROW(static_cast<void>(file.open().blob(to_hex(hasher("version: 1\n")))), LogError);
  tamper(file.path(), "UPDATE blob SET data = x'00'");
  EXPECT_EQ(problem_of(file), blob + ": cannot be unpacked: zstd: not a frame of ours");
}

// What an entry names and what was stored: deleted, brought by nobody, pruned.
class VerifyPresence : public testing::Test {
 protected:
  VerifyPresence() {
    CatalogRecord catalog = full_catalog();
    catalog.text = "version: 1\n";
    catalog.sha256 = digest("version: 1\n");
    probes::Observation seen = full_observation(), said = full_attestation();
    seen.evidence = digest(manifest_of("page"));
    said.screenshot = digest("picture");
    append(log_, {entry(seen), entry(said), catalog},
           {blob(manifest_of("page"), "manifest"), blob("page", "body"), blob("picture", "screenshot")});
  }

  static std::string digest(const std::string& text) {
    Hasher hasher;
    return to_hex(hasher(text));
  }
  static std::string manifest_of(const std::string& body) {
    return R"({"heads":{"bytes":0,"sha256":""},"legs":[{"exchanges":[{"body":{"bytes":4,"sha256":")" + digest(body) +
           R"("}}]}],"version":1})";
  }
  static Blob blob(const std::string& text, const std::string& kind) { return {digest(text), text, kind}; }
  void erase(const std::string& text) {
    tamper(file_.path(), "UPDATE blob SET data = NULL WHERE hex(digest) = upper('" + digest(text) + "')");
  }

  CaseFile file_;
  Log log_ = file_.open();
};

TEST_F(VerifyPresence, NamesTheEntryOfAScreenshotThatIsGone) {
  erase("picture");
  EXPECT_EQ(problem_of(file_),
            file_.path() + ": entry 2: its screenshot " + digest("picture") + " is missing, though it was not pruned");
}

TEST_F(VerifyPresence, NamesTheEntryOfACatalogOrManifestThatIsGone) {
  erase("version: 1\n");
  EXPECT_THAT(problem_of(file_), testing::HasSubstr("entry 3: its catalog " + digest("version: 1\n") + " is missing"));
  erase(manifest_of("page"));
  tamper(file_.path(),
         "UPDATE blob SET lasting = 2, data = NULL WHERE kind = 'body'; UPDATE blob SET lasting = 0 WHERE kind = "
         "'catalog'");
  EXPECT_THAT(problem_of(file_),
              testing::HasSubstr("entry 1: its manifest " + digest(manifest_of("page")) + " is missing"));
}

TEST_F(VerifyPresence, NamesABodyThatNothingPruned) {
  erase("page");
  EXPECT_EQ(problem_of(file_), file_.path() + ": body " + digest("page") + " is missing, though it was not pruned");
}

TEST_F(VerifyPresence, CountsWhatWasPrunedAndSaysNoMore) {
  const std::vector chosen = {digest("page"), digest(manifest_of("page")), digest("picture")};
  ASSERT_EQ(prune(log_, minute(9), [&] { return Pruning{chosen, 1, "old"}; }), 2U);
  const Verification found = verify_all(log_);
  EXPECT_EQ(found.misfit, std::nullopt);
  EXPECT_EQ(found.evidence.kept, 2);
  EXPECT_EQ(found.evidence.pruned, 2);
  EXPECT_EQ(found.evidence.named, 3);
  EXPECT_EQ(found.evidence.absent, 1);
}

class VerifyEvidence : public VerifyPresence, public testing::WithParamInterface<Tampering> {};

// Triggers dropped, both tables made to agree.
INSTANTIATE_TEST_SUITE_P(
    Kept, VerifyEvidence,
    testing::Values(
        Tampering{"ScreenshotAsBody", "UPDATE blob SET kind = 'body', recorded_at = 0 WHERE kind = 'screenshot'",
                  "entry 2: its screenshot {picture} is kept as body"},
        Tampering{"ScreenshotAsBodyThatWasPruned",
                  "UPDATE blob SET kind = 'body', lasting = 2, data = NULL WHERE kind = 'screenshot'",
                  "entry 2: its screenshot {picture} is kept as body"},
        Tampering{"ScreenshotNeverKept", "DELETE FROM blob WHERE kind = 'screenshot'",
                  "entry 2: its screenshot {picture} was stored to stay, and is not among what was kept"},
        Tampering{"CatalogNeverKept", "DELETE FROM blob WHERE kind = 'catalog'",
                  "entry 3: its catalog {version: 1\n} was stored to stay, and is not among what was kept"},
        Tampering{"CatalogOfASlot", "UPDATE blob SET lasting = 0 WHERE kind = 'catalog'",
                  "entry 3: its catalog {version: 1\n} was stored to stay, and is not among what was kept"},
        Tampering{
            "AllPruned", "UPDATE blob SET lasting = 2, data = NULL WHERE kind IN ('manifest', 'body')",
            "entry 1: its manifest {manifest} is marked as pruned, and no pruning that the log tells of went so far"},
        Tampering{"AllNeverKept", "DELETE FROM blob WHERE kind IN ('manifest', 'body')",
                  "entry 1: its manifest {manifest} was stored to stay, and is not among what was kept"},
        Tampering{"BodyPruned", "UPDATE blob SET lasting = 2, data = NULL WHERE kind = 'body'",
                  "entry 1: its manifest {manifest}: its part {page} is marked as pruned, and the manifest is not"},
        Tampering{"BodyNeverKept", "DELETE FROM blob WHERE kind = 'body'",
                  "entry 1: its manifest {manifest}: its part {page} is not among what was kept"}),
    [](const auto& each) { return each.param.name; });

TEST_P(VerifyEvidence, NamesTheEntryWhoseEvidenceWasTamperedWith) {
  ASSERT_EQ(problem_of(file_), "nothing");
  tamper(file_.path(), GetParam().sql);
  std::string expected = GetParam().problem;
  for (const std::string text : {"manifest", "page", "picture", "version: 1\n"}) {
    const std::string name = '{' + text + '}';
    const std::size_t at = expected.find(name);
    if (at != std::string::npos)
      expected.replace(at, name.size(), digest(text == "manifest" ? manifest_of("page") : text));
  }
  EXPECT_EQ(problem_of(file_), file_.path() + ": " + expected);
}

TEST_F(VerifyPresence, BelievesNoPruningThatWentLessFar) {
  probes::Observation later = full_observation();
  later.at += std::chrono::hours(1);
  later.evidence = digest("later");
  append(log_, {entry(later)}, {blob("later", "manifest")});
  prune(log_, minute(9), [] { return Pruning{{digest(manifest_of("page"))}, 3, "old"}; });
  EXPECT_EQ(log_.verify(), std::nullopt);
  tamper(file_.path(), "UPDATE blob SET lasting = 2, data = NULL WHERE kind = 'manifest'");
  EXPECT_THAT(problem_of(file_),
              testing::HasSubstr("entry 4: its manifest " + digest("later") + " is marked as pruned"));
}

TEST_F(VerifyPresence, WantsBackWhatWasPrunedAndStoredAgain) {
  log_.drop_blobs([] { return std::vector{digest("page")}; });
  append(log_, {}, {blob("page", "body")});
  EXPECT_EQ(log_.verify(), std::nullopt);
  erase("page");
  EXPECT_THAT(problem_of(file_), testing::HasSubstr("body " + digest("page") + " is missing"));
}

TEST_F(VerifyPresence, IsContentWithEntriesThatBroughtNoEvidence) {
  const CaseFile bare;
  Log log = bare.open();
  probes::Observation said = full_attestation();
  said.screenshot = digest("elsewhere");
  append(log, {entry(said), entry(full_observation())});
  const Verification found = verify_all(log);
  EXPECT_EQ(found.misfit, std::nullopt);
  EXPECT_EQ(found.evidence.kept, 0);
  EXPECT_GE(found.evidence.absent, 1);
}

TEST_F(VerifyPresence, NamesNewestEvidenceThatIsGoneAndBlobsThatNobodyKept) {
  probes::Observation seen = full_observation();
  seen.at += std::chrono::hours(1);
  seen.evidence = digest(manifest_of("newest"));
  log_.append(
      std::vector{entry(seen)}, at("2022-02-01T00:00:00.000Z"), {},
      std::vector{SlotBlobs{newest_slot(seen), {blob(manifest_of("newest"), "manifest"), blob("newest", "body")}}});
  EXPECT_EQ(log_.verify(), std::nullopt);
  erase("newest");
  EXPECT_THAT(problem_of(file_), testing::HasSubstr("newest evidence " + digest("newest") + " is missing"));
  tamper(file_.path(), "DELETE FROM slot; UPDATE blob SET lasting = 0 WHERE kind = 'body'");
  EXPECT_THAT(problem_of(file_), testing::HasSubstr(digest("page") + " is not among what was kept"));
}

TEST(VerifyLog, NamesFactsByTheirDigest) {
  const CaseFile file;
  fill(file);
  const std::string digest = rows_of(file.path(), "SELECT lower(hex(min(digest))) FROM fact").at(0);
  tamper(file.path(),
         "UPDATE fact SET data = CAST('{\"url\":\"x\"}' AS BLOB) WHERE digest = (SELECT min(digest) FROM fact)");
  EXPECT_EQ(problem_of(file), file.path() + ": facts " + digest + ": its content has another digest");
}

TEST(VerifyLog, NamesTheEntryWhoseFactsAreMissing) {
  const CaseFile file;
  fill(file);
  tamper(file.path(), "DELETE FROM fact");
  EXPECT_THAT(problem_of(file), testing::MatchesRegex(".*case.db: entry 1: facts [0-9a-f]+ are missing"));
  EXPECT_THROW(static_cast<void>(observations(Log::open_read_only(file.path()))), LogError);
}

TEST(VerifyLog, NamesAnAttestationThatIsNoLongerKnown) {
  const CaseFile file;
  fill(file);
  tamper(file.path(), "DELETE FROM attestation");
  EXPECT_THAT(problem_of(file), testing::MatchesRegex(".*: projection attestation, row [0-9A-F]+: is missing"));
}

TEST(VerifyLog, NamesATriggerThatIsMissing) {
  const CaseFile file;
  fill(file);
  execute(file.path(), "DROP TRIGGER entry_no_delete");
  EXPECT_EQ(problem_of(file), file.path() + ": trigger entry_no_delete is missing or was changed");
  execute(file.path(), "DELETE FROM entry WHERE seq = 5");
  EXPECT_EQ(problem_of(file),
            file.path() + ": entry 5 is missing; besides, trigger entry_no_delete is missing or was changed");
}

TEST(VerifyLog, NamesATableThatIsMissingAndWhatCannotBeReadWithoutIt) {
  const CaseFile file;
  fill(file);
  execute(file.path(), "DROP TABLE node");
  EXPECT_EQ(
      problem_of(file),
      file.path() + ": the database is damaged: no such table: node; besides, table node is missing or was changed");
}

TEST(VerifyLog, NoticesPagesThatWereOverwritten) {
  const CaseFile file;
  fill(file);
  const std::string bytes(64, '\xff');
  std::fstream database(file.path(), std::ios::in | std::ios::out | std::ios::binary);
  database.seekp(5 * 4096);
  database.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  database.close();
  std::string problem;
  try {
    problem = problem_of(file);
  } catch (const LogError& error) {
    problem = error.what();
  }
  EXPECT_THAT(problem, testing::HasSubstr("damaged"));
  EXPECT_THAT(problem, testing::StartsWith(file.path() + ": "));
}

TEST(VerifyLog, SeesOneStateWhileAnotherWrites) {
  const CaseFile file;
  fill(file);
  Log writer = file.open();
  const Log reader = Log::open_read_only(file.path());
  append(writer, entry(7, probes::Outcome::direct));
  EXPECT_EQ(reader.verify(), std::nullopt);
  EXPECT_EQ(writer.verify(), std::nullopt);
  EXPECT_EQ(append(writer, entry(8, probes::Outcome::direct)), 10);
}

}  // namespace
}  // namespace linkaudit::log
