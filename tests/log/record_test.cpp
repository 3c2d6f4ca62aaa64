#include "audit/log/record.h"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "audit/log/instant_text.h"
#include "audit/log/record_json.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

const Instant kRecorded = at("2022-02-01T00:00:00.123Z");

Written written(const NewEntry& entry) {
  Hasher hasher;
  return write_record(entry, kRecorded, hasher);
}

NewObservation read_back(const Written& record, RecordHead* head = nullptr) {
  const probes::Observation stable = read_facts(record.facts);
  return read_observation(
      record.record, [&](const Digest&) -> const probes::Observation& { return stable; }, head);
}

void expect_canonical(const std::string& text) {
  EXPECT_EQ(canonical(nlohmann::json::parse(text)), text);
}

TEST(Record, OfAnObservationComesBackAsItWas) {
  const NewObservation entry{full_observation(), Fire{"daily", at("2022-01-27T03:00:00.001Z"), "late"}};
  const Written record = written(entry);
  RecordHead head;
  const NewObservation back = read_back(record, &head);
  EXPECT_EQ(back.observation, entry.observation);
  EXPECT_EQ(back.fire, entry.fire);
  EXPECT_EQ(head.type, EntryType::observation);
  EXPECT_EQ(head.at, entry.observation.at);
  EXPECT_EQ(head.recorded_at, kRecorded);
  EXPECT_EQ(head.facts, record.facts_digest);
  expect_canonical(record.record);
  expect_canonical(record.facts);
}

TEST(Record, OfAnAttestationComesBackAsItWas) {
  const Written record = written(entry(full_attestation()));
  RecordHead head;
  EXPECT_EQ(read_back(record, &head).observation, full_attestation());
  EXPECT_EQ(record.type, EntryType::attestation);
  EXPECT_EQ(head.type, EntryType::attestation);
  expect_canonical(record.record);
}

TEST(Record, OfAnObservationWithNothingInItComesBackAsItWas) {
  EXPECT_EQ(read_back(written(entry(probes::Observation{}))).observation, probes::Observation{});
}

TEST(Record, OfAControlThatSawNothingComesBackAsItWas) {
  probes::Observation seen = full_observation();
  seen.control = probes::ControlResult{};
  EXPECT_EQ(read_back(written(entry(seen))).observation, seen);
}

TEST(Record, OfAGapComesBackAsItWas) {
  for (Gap gap : {full_gap(), Gap{}}) {
    gap.simulated = !gap.simulated;
    const Written record = written(gap);
    EXPECT_EQ(read_gap(record.record), gap);
    expect_canonical(record.record);
  }
}

TEST(Record, OfARunComesBackAsItWas) {
  for (const RunRecord& run : {full_run(), RunRecord{}}) {
    const Written record = written(run);
    EXPECT_EQ(read_run(record.record), run);
    expect_canonical(record.record);
  }
}

TEST(Record, OfACatalogComesBackAsItWasButForItsText) {
  CatalogRecord catalog = full_catalog();
  catalog.text = "version: 1\n";
  const Written record = written(catalog);
  EXPECT_EQ(read_catalog(record.record), full_catalog());
  expect_canonical(record.record);
}

TEST(Record, OfAnAnnotationComesBackAsItWas) {
  Annotation correction = full_annotation();
  correction.kind = AnnotationKind::correction;
  correction.replacement = 7;
  correction.simulated = true;
  for (const Annotation& annotation : {full_annotation(), correction, Annotation{}}) {
    const Written record = written(annotation);
    RecordHead head;
    EXPECT_EQ(read_annotation(record.record, &head), annotation);
    EXPECT_EQ(head.type, EntryType::annotation);
    EXPECT_EQ(head.at, annotation.at);
    expect_canonical(record.record);
  }
}

TEST(Record, OfAWaiverComesBackAsItWas) {
  for (const WaiverRecord& waiver : {full_waiver(), WaiverRecord{}}) {
    const Written record = written(waiver);
    EXPECT_EQ(read_waiver(record.record), waiver);
    EXPECT_EQ(record.type, EntryType::waiver);
    expect_canonical(record.record);
  }
}

TEST(Record, KeepsFactsApartFromWhatMoves) {
  probes::Observation later = full_observation();
  later.at += std::chrono::hours(24);
  later.hops[0].address = "198.51.100.7";
  later.hops[1].timing.total = 99.5;
  later.page->bytes = 7;
  later.page->sha256 = std::string(64, '0');
  const Written first = written(entry(full_observation())), second = written(entry(later));
  EXPECT_EQ(first.facts, second.facts);
  EXPECT_NE(first.record, second.record);
  EXPECT_EQ(read_back(second).observation, later);
}

TEST(Record, SaysWhetherEvidenceWasKeptAndIsTheSameWordEitherWay) {
  Hasher hasher;
  CatalogRecord catalog = full_catalog();
  const std::vector<NewEntry> entries = {entry(full_observation()), entry(full_attestation()), catalog};
  for (const NewEntry& each : entries) {
    for (const Kept how : {Kept::newest, Kept::stays}) {
      const Written kept = write_record(each, kRecorded, hasher, how), bare = write_record(each, kRecorded, hasher);
      expect_canonical(kept.record);
      EXPECT_NE(kept.record, bare.record);
      EXPECT_EQ(kept.identity, bare.identity);
      RecordHead head;
      if (std::holds_alternative<CatalogRecord>(each)) {
        EXPECT_EQ(read_catalog(kept.record, &head), catalog);
      } else {
        EXPECT_EQ(read_back(kept, &head).observation, std::get<NewObservation>(each).observation);
      }
      EXPECT_EQ(head.kept, how);
    }
  }
}

TEST(Record, IdentityOfAnAttestationIsAllButWhenItWasRecorded) {
  Hasher hasher;
  const NewEntry attested = entry(full_attestation());
  const Written first = write_record(attested, kRecorded, hasher);
  const Written again = write_record(attested, kRecorded + std::chrono::hours(1), hasher);
  EXPECT_EQ(first.identity, again.identity);
  EXPECT_NE(first.record, again.record);
  probes::Observation other = full_attestation();
  other.note += ".";
  EXPECT_NE(written(entry(other)).identity, first.identity);
  EXPECT_TRUE(written(entry(full_observation())).identity.empty());
}

TEST(Record, KeepsTimesToAMicrosecond) {
  probes::Observation seen = full_observation();
  seen.hops[0].timing = {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), -1, 1.23456,
                         0};
  const probes::Timing back = read_back(written(entry(seen))).observation.hops[0].timing;
  EXPECT_EQ(back, (probes::Timing{-1, -1, -1, 1.235, 0}));
}

// As they were written before a hop had the digest of its certificates: read, and written again, not a byte differs.
TEST(Record, WithoutChainsOfCertificatesComesBackToTheSameBytes) {
  constexpr std::string_view facts =
      R"({"control":{"end":"served","hops":[{"http_version":"2","status":200,"tls_cipher":"TLS_AES_128_GCM_SHA256",)"
      R"("tls_version":"TLSv1.3","url":"https://a.cn/"}],"outcome":"direct"},"hops":[{"http_version":"1.1","status":200,)"
      R"("tls_cipher":"TLS_AES_256_GCM_SHA384","tls_version":"TLSv1.3","url":"https://a.cn/"}],"url":"https://a.cn/"})";
  Hasher hasher;
  const Digest digest = hasher(facts);
  const std::string record =
      R"({"at":"2026-01-01T00:00:00.000Z","blame":"none","context":"wechat/group","control":{"hops":[["192.0.2.1",1,1,1,)"
      R"(1,1]]},"facts":")" +
      to_hex(digest) +
      R"(","hops":[["192.0.2.1",1,2,3,4,5]],"link":"a/b","method":"http",)"
      R"("outcome":"direct","recorded_at":"2022-02-01T00:00:00.123Z","steps":0,"tier":"target","type":"observation",)"
      R"("vantage":"local"})";
  const probes::Observation stable = read_facts(facts);
  EXPECT_EQ(stable.hops.at(0).tls_chain_sha256, "");
  const NewObservation back =
      read_observation(record, [&](const Digest&) -> const probes::Observation& { return stable; });
  const Written again = written(back);
  EXPECT_EQ(again.facts, facts);
  EXPECT_EQ(again.record, record);
}

TEST(Record, StaysCanonicalWithFactsThatAreNotUtf8) {
  probes::Observation seen = full_observation();
  seen.facts = {{"b", "1"}, {"\xFF", "2"}, {"\xFE", "3"}, {"a\xFF", "\xFF"}};
  const Written record = written(entry(seen));
  expect_canonical(record.facts);
  EXPECT_EQ(read_facts(record.facts).facts.at("a\xEF\xBF\xBD"), "\xEF\xBF\xBD");
}

TEST(Record, RefusesAnInstantThatHasNoText) {
  probes::Observation seen = full_observation();
  seen.at = Instant::max();
  EXPECT_THROW(static_cast<void>(written(entry(seen))), std::invalid_argument);
}

TEST(Record, NamesTheFieldThatDoesNotFit) {
  const Written record = written(entry(full_observation()));
  const auto message_of = [&](const char* pointer, const nlohmann::json& value) -> std::string {
    nlohmann::json changed = nlohmann::json::parse(record.record);
    changed[nlohmann::json::json_pointer(pointer)] = value;
    try {
      const probes::Observation stable = read_facts(record.facts);
      static_cast<void>(
          read_observation(changed.dump(), [&](const Digest&) -> const probes::Observation& { return stable; }));
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message_of("/blame", "nobody"), "blame: \"nobody\" is not known");
  EXPECT_EQ(message_of("/facts", "12"), "facts: is not a SHA-256 digest");
  EXPECT_EQ(message_of("/hops", nlohmann::json::array()), "hops: are not as many as in the facts");
  EXPECT_EQ(message_of("/hops/0/1", 0.5), "hops: holds a time that is not a whole number");
  EXPECT_EQ(message_of("/page", nullptr), "page: is in only one of record and facts");
  EXPECT_EQ(message_of("/control/page/0", "x"), "control.page: is not of its form");
  EXPECT_EQ(message_of("/fire", 3), "fire: is not an object");
  EXPECT_EQ(message_of("/extra", 3), "extra: is not a known field");
}

struct InstantCase {
  const char* text;
  std::int64_t milliseconds;
};

TEST(InstantText, IsRfc3339InUtcWithMilliseconds) {
  const InstantCase cases[] = {{"1970-01-01T00:00:00.000Z", 0},
                               {"1969-12-31T23:59:59.999Z", -1},
                               {"2022-01-27T04:05:06.007Z", 1'643'256'306'007},
                               {"2024-02-29T23:59:59.999Z", 1'709'251'199'999},
                               {"0000-01-01T00:00:00.000Z", -62'167'219'200'000},
                               {"9999-12-31T23:59:59.999Z", 253'402'300'799'999}};
  for (const InstantCase& each : cases) {
    EXPECT_EQ(instant_text(Instant(std::chrono::milliseconds(each.milliseconds))), each.text);
    EXPECT_EQ(instant_from_text(each.text), Instant(std::chrono::milliseconds(each.milliseconds)));
  }
}

TEST(InstantText, TakesNoOtherForm) {
  for (const char* text :
       {"", "2022-01-27", "2022-01-27T04:05:06Z", "2022-01-27T04:05:06.007", "2022-01-27 04:05:06.007Z",
        "2022-13-27T04:05:06.007Z", "2022-02-30T04:05:06.007Z", "2022-01-27T24:00:00.000Z", "2022-01-27T04:60:06.007Z",
        "2022-01-27T04:05:60.007Z", "+022-01-27T04:05:06.007Z"}) {
    EXPECT_EQ(instant_from_text(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace linkaudit::log
