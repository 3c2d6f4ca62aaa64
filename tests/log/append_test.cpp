#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/log/hash.h"
#include "audit/log/json_writer.h"
#include "tests/log/case_file.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string sha256(std::string_view text) {
  Hasher hasher;
  return to_hex(hasher(text));
}

TEST(Append, GivesNumbersInOrderFromOne) {
  const CaseFile file;
  Log log = file.open();
  EXPECT_THAT(
      append(log, {full_catalog(), entry(full_observation()), entry(full_attestation()), full_gap(), full_run()}),
      ElementsAre(1, 2, 3, 4, 5));
  EXPECT_EQ(append(log, full_gap()), 6);
  EXPECT_EQ(log.size(), 6);
}

TEST(Append, EveryEntryTypeComesBackWithEveryField) {
  const CaseFile file;
  const NewObservation observation{full_observation(), Fire{"daily", at("2022-01-27T03:00:00.001Z"), "late"}};
  {
    Log log = file.open();
    append(log, {full_catalog(), observation, entry(full_attestation()), full_gap(), full_run()});
  }
  const Log log = Log::open_read_only(file.path());
  const auto seen = observations(log);
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].entry, 3);  // ordered by when it was seen
  EXPECT_EQ(seen[0].observation, full_attestation());
  EXPECT_EQ(seen[0].fire, std::nullopt);
  EXPECT_EQ(seen[1].entry, 2);
  EXPECT_EQ(seen[1].observation, observation.observation);
  EXPECT_EQ(seen[1].fire, observation.fire);
  EXPECT_EQ(seen[1].recorded_at, at("2022-02-01T00:00:00.000Z"));

  ASSERT_EQ(gaps(log).size(), 1U);
  EXPECT_EQ(gaps(log)[0].entry, 4);
  EXPECT_EQ(gaps(log)[0].gap, full_gap());
  ASSERT_EQ(runs(log, {}).size(), 1U);
  EXPECT_EQ(runs(log, {})[0].entry, 5);
  EXPECT_EQ(runs(log, {})[0].run, full_run());
  ASSERT_EQ(catalogs(log).size(), 1U);
  EXPECT_EQ(catalogs(log)[0].entry, 1);
  EXPECT_EQ(catalogs(log)[0].record, full_catalog());
  EXPECT_EQ(log.verify(), std::nullopt);
}

TEST(Append, EntriesSayWhatTheyAre) {
  const CaseFile file;
  Log log = file.open();
  append(log, {entry(full_attestation()), full_run()});
  const auto first = log.entry(1);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->seq, 1);
  EXPECT_EQ(first->type, EntryType::attestation);
  EXPECT_EQ(first->at, at("2022-01-27T04:05:06.007Z"));
  EXPECT_EQ(first->recorded_at, at("2022-02-01T00:00:00.000Z"));
  EXPECT_EQ(first->record.front(), '{');
  EXPECT_EQ(log.entry(2)->type, EntryType::run);
  EXPECT_EQ(log.entry(0), std::nullopt);
  EXPECT_EQ(log.entry(3), std::nullopt);
}

TEST(Append, ForEachEntryKeepsToItsBoundsAndStopsWhenTold) {
  const CaseFile file;
  Log log = file.open();
  for (int i = 0; i < 9; ++i) append(log, full_gap());
  std::vector<std::int64_t> met;
  log.for_each_entry(3, 7, [&](const Entry& each) {
    met.push_back(each.seq);
    return true;
  });
  EXPECT_THAT(met, ElementsAre(3, 4, 5, 6, 7));
  met.clear();
  log.for_each_entry(3, 7, [&](const Entry& each) {
    met.push_back(each.seq);
    return each.seq < 4;
  });
  EXPECT_THAT(met, ElementsAre(3, 4));
}

TEST(Append, SkipsAttestationsThatTheLogHas) {
  const CaseFile file;
  Log log = file.open();
  probes::Observation other = full_attestation();
  other.observer = "somebody else";
  EXPECT_THAT(append(log, {entry(full_attestation()), entry(full_attestation()), entry(other)}), ElementsAre(1, 0, 2));
  const std::vector<NewEntry> again = {entry(other), entry(full_observation()), entry(full_attestation())};
  EXPECT_THAT(log.append(again, at("2023-01-01T00:00:00.000Z")), ElementsAre(0, 3, 0));
  Log reopened = file.open();
  EXPECT_THAT(append(reopened, {entry(full_attestation()), entry(full_observation())}), ElementsAre(0, 4));
  EXPECT_EQ(log.verify(), std::nullopt);
}

TEST(Append, OfNothingWritesNothing) {
  const CaseFile file;
  Log log = file.open();
  EXPECT_THAT(append(log, std::vector<NewEntry>{}), IsEmpty());
  EXPECT_EQ(log.size(), 0);
  EXPECT_EQ(log.verify(), std::nullopt);
}

TEST(Append, IsAllOrNothing) {
  const CaseFile file;
  Log log = file.open();
  append(log, entry(1, probes::Outcome::direct));
  const Digest before = log.root();
  probes::Observation impossible = seen(3, probes::Outcome::blocked);
  impossible.link = "xianyu/item";
  impossible.at = Instant::max();
  EXPECT_THROW(append(log, {entry(2, probes::Outcome::blocked), entry(impossible)}), std::invalid_argument);
  EXPECT_EQ(log.size(), 1);
  EXPECT_EQ(log.root(), before);
  EXPECT_EQ(append(log, entry(2, probes::Outcome::challenge)), 2);
  EXPECT_EQ(log.verify(), std::nullopt);
}

TEST(Append, KeepsTextThatIsNotUtf8AsReplacementCharacters) {
  const CaseFile file;
  Log log = file.open();
  probes::Observation odd = full_attestation();
  odd.link = "odd\xFF/item";
  odd.observer = odd.note = odd.platform = odd.context = odd.vantage = "\xC3\x28 \xF0\x9F\x98";
  odd.rule.id = "rule\x80";
  Gap gap = full_gap();
  gap.link = odd.link;
  gap.context = gap.reason = "\xFE";
  append(log, {entry(odd), entry(odd), gap});
  EXPECT_EQ(log.size(), 2);  // the second attestation is the first one
  const auto back = observations(log);
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(back[0].observation.note, well_formed(odd.note));
  EXPECT_EQ(spans(log, {}).at(0).link, "odd\xEF\xBF\xBD/item");
  EXPECT_EQ(gaps(log).at(0).gap.reason, "\xEF\xBF\xBD");
  EXPECT_EQ(log.verify(), std::nullopt);
}

TEST(Append, KeepsVeryLongTextAndNulBytes) {
  const CaseFile file;
  Log log = file.open();
  probes::Observation odd = full_attestation();
  odd.note = std::string(std::size_t{3} << 20U, 'n');
  odd.observer = std::string("a\0b", 3);
  odd.facts["long"] = std::string(std::size_t{1} << 20U, '\1');
  odd.link = std::string(70'000, 'l');
  append(log, entry(odd));
  EXPECT_EQ(observations(log).at(0).observation, odd);
  EXPECT_EQ(spans(log, {}).at(0).source, std::string("a\0b|attestation|desk", 20));
  EXPECT_EQ(log.verify(), std::nullopt);
}

TEST(Append, KeepsBlobsOnce) {
  const CaseFile file;
  Log log = file.open();
  const std::string body("<html>\0\xFF", 8);
  append(log, {full_gap()},
         {{sha256(body), body, "body"}, {sha256(""), "", "screenshot"}, {sha256(body), body, "body"}});
  append(log, std::vector<NewEntry>{}, {{sha256(body), body, "body"}, {sha256("x"), "x", "body"}});
  EXPECT_EQ(log.size(), 1);
  EXPECT_EQ(log.blob(sha256(body)), body);
  EXPECT_EQ(log.blob(sha256("")), "");
  EXPECT_EQ(log.blob(sha256("x")), "x");
  EXPECT_EQ(log.blob(sha256("y")), std::nullopt);
  EXPECT_EQ(log.blob("not a digest"), std::nullopt);
  EXPECT_EQ(log.verify(), std::nullopt);
}

TEST(Append, RefusesABlobWithAnotherDigest) {
  const CaseFile file;
  Log log = file.open();
  EXPECT_THROW(append(log, {full_gap()}, {{sha256("x"), "y", "body"}}), std::invalid_argument);
  EXPECT_EQ(log.size(), 0);
}

TEST(Append, StoresTheTextOfACatalogAsABlob) {
  const CaseFile file;
  Log log = file.open();
  CatalogRecord catalog = full_catalog();
  catalog.text = "version: 1\n";
  catalog.sha256 = sha256(catalog.text);
  append(log, {catalog, catalog});
  EXPECT_EQ(log.blob(catalog.sha256), catalog.text);
  catalog.text.clear();
  EXPECT_EQ(catalogs(log).at(1).record, catalog);
}

TEST(Append, ToALogOpenedForReadingIsRefused) {
  const CaseFile file;
  file.open();
  Log log = Log::open_read_only(file.path());
  EXPECT_THROW(append(log, full_gap()), LogRefused);
}

TEST(Append, ShowsAtOnceToAReaderThatIsOpen) {
  const CaseFile file;
  Log writer = file.open();
  const Log reader = Log::open_read_only(file.path());
  EXPECT_EQ(reader.size(), 0);
  append(writer, {full_gap(), entry(full_observation())});
  EXPECT_EQ(reader.size(), 2);
  EXPECT_EQ(reader.root(), writer.root());
  EXPECT_EQ(observations(reader).size(), 1U);
}

TEST(Append, TwoWritersInTurnKeepOneTree) {
  const CaseFile file;
  Log one = file.open(), other = file.open();
  for (int i = 0; i < 20; ++i) {
    probes::Observation each = seen(i, i % 3 == 0 ? probes::Outcome::direct : probes::Outcome::blocked);
    each.link = "taobao/" + std::to_string(i % 7);
    EXPECT_EQ(append(i % 2 == 0 ? one : other, entry(each)), i + 1);
  }
  EXPECT_EQ(one.root(), other.root());
  EXPECT_EQ(one.verify(), std::nullopt);
}

}  // namespace
}  // namespace linkaudit::log
