// Evidence from the wire to the log and back: digests, masks, what is kept, what goes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "audit/catalog/load.h"
#include "audit/run/evidence.h"
#include "audit/run/evidence_keeper.h"
#include "audit/run/evidence_prune.h"
#include "audit/run/evidence_warc.h"
#include "audit/run/retest.h"
#include "probes/page/digest.h"
#include "tests/log/case_file.h"
#include "tests/run/evidence_samples.h"

namespace linkaudit::run {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

int manifests(const log::Log& log) {
  int count = 0;
  log.for_each_blob([&](const log::BlobInfo& info) {
    count += info.kind == "manifest" ? 1 : 0;
    return true;
  });
  return count;
}

Evidence digested(const probes::Observation& seen, const EvidenceLegs& legs,
                  const std::vector<std::string>& parameters) {
  HeadMask mask(parameters);
  return evidence_of(seen, legs, mask);
}

TEST(Manifest, NamesEveryPartByItsDigest) {
  const Evidence evidence = digested(observation(), some_legs(), kSecrets);
  EXPECT_EQ(evidence.sha256, sha256_hex(evidence.manifest_json));
  const json manifest = json::parse(evidence.manifest_json);
  EXPECT_EQ(manifest["version"], 1);
  EXPECT_EQ(manifest["context"], "wechat/group");
  EXPECT_EQ(manifest["heads"]["sha256"], sha256_hex(evidence.heads));
  const json& packed = manifest["legs"][0]["exchanges"][1];
  EXPECT_EQ(packed["hop"], 1);
  EXPECT_EQ(packed["at"], "2022-01-27T11:59:59.750Z");
  EXPECT_EQ(packed["address"], "203.0.113.7");
  EXPECT_EQ(packed["http_version"], "1.1");
  EXPECT_EQ(packed["tls_chain_sha256"], std::string(64, 'd'));
  EXPECT_EQ(packed["status"], 200);
  EXPECT_EQ(packed["truncated"], "length");
  EXPECT_EQ(packed["decoded"]["sha256"], sha256_hex("<title>kettle</title>"));
  EXPECT_NE(packed["body"]["sha256"], packed["decoded"]["sha256"]);
  EXPECT_EQ(packed["response"]["sha256"], sha256_hex("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"));
  EXPECT_FALSE(manifest["legs"][1]["exchanges"][0].contains("decoded"));
}

TEST(Manifest, IsCanonicalAndReadBackWhole) {
  Evidence evidence = digested(observation(), some_legs(), kSecrets);
  EXPECT_EQ(json::parse(evidence.manifest_json).dump(), evidence.manifest_json);  // sorted keys, no white space
  EXPECT_EQ(manifest_from_json(evidence.manifest_json), evidence.manifest);
}

TEST(Manifest, OfALegWithoutExchangesSaysWhy) {
  const auto refused = leg(probes::Leg::context, {});
  refused->failure = probes::Failure{.name = probes::FailureName::refused_address, .layer = probes::Layer::limit};
  refused->failed_again = true;
  const Evidence evidence = digested(observation(), {refused}, {});
  EXPECT_EQ(json::parse(evidence.manifest_json)["legs"][0]["failure"]["name"], "refused_address");
  EXPECT_EQ(manifest_from_json(evidence.manifest_json), evidence.manifest);
}

TEST(Manifest, DiffersWithTheContext) {
  probes::Observation other = observation();
  other.context = "wechat/moments";
  EXPECT_NE(digested(observation(), some_legs(), {}).sha256, digested(other, some_legs(), {}).sha256);
}

TEST(Manifest, HoldsNoSecretAndSaysSo) {
  const Evidence evidence = digested(observation(), some_legs(), kSecrets);
  EXPECT_THAT(evidence.manifest_json + evidence.heads, Not(HasSubstr("hush")));
  EXPECT_THAT(evidence.heads, HasSubstr("Cookie: a=***\r\n"));
  const json manifest = json::parse(evidence.manifest_json);
  EXPECT_EQ(manifest["masked"], true);
  EXPECT_EQ(manifest["legs"][0]["exchanges"][0]["url"],
            "https://mp.weixinbridge.com/mp/wapredirect?url=x%3Ftoken%3D***");
  EXPECT_EQ(manifest["legs"][0]["exchanges"][0]["masked"], true);
}

TEST(Manifest, WithoutSecretsIsNotMasked) {
  auto plain = exchange("https://a.example/p", "page");
  plain.request = "GET /p HTTP/1.1\r\n\r\n";
  const Evidence evidence = digested(observation(), {leg(probes::Leg::context, {plain})}, kSecrets);
  EXPECT_EQ(json::parse(evidence.manifest_json)["masked"], false);
  EXPECT_EQ(evidence.heads, plain.request + plain.response);
}

TEST(Manifest, ThatDoesNotFitIsRefusedByField) {
  const std::string good = digested(observation(), some_legs(), {}).manifest_json;
  struct Case {
    const char *from, *to, *says;
  };
  const Case table[] = {
      {"\"version\":1", "\"version\":2", "version"},
      {"\"leg\":\"control\"", "\"leg\":\"other\"", "legs[1].leg"},
      {"\"at\":\"2022-01-27T11:59:59.750Z\"", "\"at\":\"noon\"", "legs[0].exchanges[0].at"},
      {"\"heads\":", "\"tails\":", "heads"},
  };
  for (const Case& row : table) {
    std::string bad = good;
    bad.replace(bad.find(row.from), std::string(row.from).size(), row.to);
    try {
      manifest_from_json(bad);
      ADD_FAILURE() << row.to;
    } catch (const std::invalid_argument& problem) {
      EXPECT_THAT(problem.what(), HasSubstr(row.says));
    }
  }
  EXPECT_THROW(manifest_from_json("{"), std::invalid_argument);
  EXPECT_THROW(manifest_from_json("[]"), std::invalid_argument);
}

TEST(Evidence, EachBodyIsStoredOnceAndTheManifestKnowsItsParts) {
  const std::vector<log::Blob> blobs = blobs_of(digested(observation(), some_legs(), {}), some_legs(), "cell");
  std::vector<std::string> kinds, parts;
  for (const log::Blob& blob : blobs) {
    EXPECT_EQ(blob.sha256, sha256_hex(blob.bytes));
    EXPECT_TRUE(blob.alike.starts_with("cell ")) << blob.alike;
    kinds.push_back(blob.kind);
    if (blob.kind != "manifest") parts.push_back(blob.sha256);
  }
  EXPECT_THAT(kinds, ElementsAre("heads", "body", "body", "manifest"));  // the control's page is the decoded one
  EXPECT_EQ(blobs.back().parts, parts);
}

class KeptEvidenceTest : public testing::Test {
 protected:
  log::CaseFile file_;
  log::Log log_ = file_.open();
};

TEST_F(KeptEvidenceTest, ComesBackAsItWasMaskedAndMore) {
  const EvidenceLegs legs = some_legs();
  Evidence evidence = digested(observation(), legs, kSecrets);
  const std::string sha256 = evidence.sha256;
  log_.append({}, kNoon, blobs_of(evidence, legs, "cell"));
  const auto kept = kept_evidence(log_, sha256);
  ASSERT_TRUE(kept);
  EXPECT_TRUE(kept->whole);
  ASSERT_EQ(kept->legs.size(), 2U);
  probes::LegEvidence control = *legs[1];
  control.exchanges[0].request = "GET /item.htm?id=1 HTTP/1.1\r\nCookie: a=***\r\n\r\n";
  EXPECT_EQ(kept->legs[1], control);
  EXPECT_EQ(kept->legs[0].exchanges[1].body, legs[0]->exchanges[1].body);
  EXPECT_EQ(kept->legs[0].exchanges[1].decoded, "<title>kettle</title>");
}

TEST_F(KeptEvidenceTest, InterimAnswersAndTrailersComeBackInTheirPlaces) {
  probes::ExchangeEvidence talkative = exchange("https://item.taobao.com/item.htm?id=1", "hello");
  talkative.interim = "HTTP/1.1 103 Early Hints\r\nSet-Cookie: a=hush\r\n\r\n";
  talkative.trailers = "X-Sum: 7\r\n";
  const EvidenceLegs legs = {leg(probes::Leg::context, {talkative, talkative})};
  const Evidence evidence = digested(observation(), legs, kSecrets);
  EXPECT_EQ(json::parse(evidence.manifest_json).dump(), evidence.manifest_json);
  log_.append({}, kNoon, blobs_of(evidence, legs, "cell"));
  const auto kept = kept_evidence(log_, evidence.sha256);
  ASSERT_TRUE(kept);
  for (const probes::ExchangeEvidence& each : kept->legs.at(0).exchanges) {
    EXPECT_EQ(each.interim, "HTTP/1.1 103 Early Hints\r\nSet-Cookie: a=***\r\n\r\n");
    EXPECT_EQ(each.response, talkative.response);
    EXPECT_EQ(each.trailers, "X-Sum: 7\r\n");
  }
}

// They are kept and handed on; what was seen in the end counts when it is judged again.
TEST_F(KeptEvidenceTest, OfEarlierAttemptsIsNoWordOnTheLink) {
  const std::string url = "https://item.taobao.com/item.htm?id=1", page = "<title>kettle</title><p>kettle",
                    busy_page = "busy";
  const auto busy = leg(probes::Leg::context, {exchange(url, busy_page)});
  busy->attempt = 1;
  busy->exchanges[0].hop.status = 503;
  probes::Observation seen = observation();
  seen.blame = probes::Blame::none;
  seen.rule = {"builtin-same-page", 1};
  const catalog::Catalog catalog = catalog::load({}).value(), keep_all = keeping("all");
  EvidenceKeeper keeper(keep_all, log_);
  look(log_, keeper, seen,
       {leg(probes::Leg::context, {exchange(url, page)}), leg(probes::Leg::control, {exchange(url, page)}), busy});
  const auto counts = retest(catalog, log_, {}, {}, [](const Retested& changed) {
    EXPECT_EQ(name(changed.after.outcome), "direct") << changed.after.rule.id;
  });
  EXPECT_EQ(counts.tested, 1);
  std::ostringstream warc;
  write_warc(log_, {}, {}, warc);
  EXPECT_THAT(warc.str(), HasSubstr("attempt: 1\r\n"));
}

// It is kept and handed on, and says nothing of the link when that is judged again.
TEST_F(KeptEvidenceTest, OfAMadeUpAddressIsNoWordOnTheLink) {
  const std::string url = "https://item.taobao.com/item.htm?id=1", page = "<title>kettle</title><p>kettle";
  const auto made_up =
      leg(probes::Leg::random_path, {exchange("https://item.taobao.com/0123456789abcdef0123", "gone")});
  made_up->link_url = made_up->exchanges[0].hop.url;
  made_up->exchanges[0].hop.status = 404;
  probes::Observation seen = observation();
  seen.blame = probes::Blame::none;
  seen.rule = {"builtin-detail-marker", 1};
  seen.notes = {"soft_404"};
  const catalog::Catalog catalog = catalog::load({}).value(), keep_all = keeping("all");
  EvidenceKeeper keeper(keep_all, log_);
  look(log_, keeper, seen,
       {leg(probes::Leg::context, {exchange(url, page)}), leg(probes::Leg::control, {exchange(url, page)}), made_up});
  const auto counts = retest(catalog, log_, {}, {}, [](const Retested& changed) {
    ADD_FAILURE() << name(changed.after.outcome) << " " << changed.after.rule.id;
  });
  EXPECT_EQ(counts.tested, 1);
  std::ostringstream warc;
  write_warc(log_, {}, {}, warc);
  EXPECT_THAT(warc.str(), HasSubstr("leg: random_path\r\n"));
}

TEST_F(KeptEvidenceTest, WithoutABodyIsNotWhole) {
  const EvidenceLegs legs = some_legs();
  Evidence evidence = digested(observation(), legs, kSecrets);
  const std::string sha256 = evidence.sha256;
  log_.append({}, kNoon, blobs_of(evidence, legs, "cell"));
  log_.drop_blobs([] { return std::vector<std::string>{sha256_hex("<title>kettle</title>")}; });
  EXPECT_FALSE(kept_evidence(log_, sha256)->whole);
  log_.drop_blobs([&] { return std::vector<std::string>{sha256}; });
  EXPECT_FALSE(kept_evidence(log_, sha256));
}

TEST_F(KeptEvidenceTest, OfAnotherShapeIsAnErrorThatNamesTheFile) {
  log_.append({}, kNoon, std::vector<log::Blob>{{sha256_hex("{}"), "{}", "manifest"}});
  try {
    kept_evidence(log_, sha256_hex("{}"));
    FAIL();
  } catch (const log::LogError& error) {
    EXPECT_THAT(error.what(), HasSubstr(file_.path() + ": evidence " + sha256_hex("{}")));
  }
}

class Keeping : public KeptEvidenceTest {
 protected:
  // Looks at the same cell, a day apart; a page of its own each time.
  int kept_after(const std::string& keep, const std::vector<probes::Outcome>& outcomes) {
    const catalog::Catalog catalog = keeping(keep);
    for (const probes::Outcome outcome : outcomes) {
      EvidenceKeeper keeper(catalog, log_);  // each look is a run
      look(log_, keeper, observation(at_, outcome), some_legs("page " + std::to_string(days_++)));
      at_ += std::chrono::days(1);
    }
    EXPECT_EQ(log_.verify(), std::nullopt);
    return manifests(log_);
  }

  probes::Instant at_ = kNoon;
  int days_ = 0;
};

constexpr auto kDirect = probes::Outcome::direct;
constexpr auto kBlocked = probes::Outcome::blocked;

TEST_F(Keeping, OfChangesKeepsFirstAndLastOfWhatStaysTheSame) {
  EXPECT_EQ(kept_after("changes", {kDirect}), 1);
  EXPECT_EQ(kept_after("changes", {kDirect, kDirect, kDirect, kDirect}), 2);
}

TEST_F(Keeping, OfChangesKeepsEveryChange) {
  EXPECT_EQ(kept_after("changes", {kDirect, kDirect, kBlocked, kDirect, kDirect}), 4);
}

TEST_F(Keeping, OfChangesKeepsEveryLookThatDoesNotOpen) {
  EXPECT_EQ(kept_after("changes", {kBlocked, kBlocked, kBlocked}), 3);
}

TEST_F(Keeping, OfAllKeepsAll) {
  EXPECT_EQ(kept_after("all", {kDirect, kDirect, kDirect}), 3);
}

TEST_F(Keeping, OfNoneKeepsNothingAndCommitsAllTheSame) {
  EXPECT_EQ(kept_after("none", {kDirect, kBlocked}), 0);
  log::for_each_observation(log_, {}, {}, [](const log::LoggedObservation& logged) {
    EXPECT_EQ(logged.observation.evidence.size(), 64U);
    return true;
  });
}

TEST_F(Keeping, APageThatIsNewEachTimeTakesTheRoomOfOne) {
  kept_after("changes", {kDirect, kDirect, kDirect, kDirect});
  EXPECT_TRUE(log_.blob(sha256_hex("page 0")));
  EXPECT_FALSE(log_.blob(sha256_hex("page 1")));
  EXPECT_FALSE(log_.blob(sha256_hex("page 2")));
  EXPECT_TRUE(log_.blob(sha256_hex("page 3")));
}

TEST_F(Keeping, AVantageOfItsOwnIsNoChange) {
  const catalog::Catalog catalog = keeping("changes");
  EvidenceKeeper keeper(catalog, log_);
  for (int round = 0; round < 3; ++round) {
    for (const char* vantage : {"local", "shanghai"}) {
      probes::Observation seen = observation(kNoon + std::chrono::minutes(round));
      seen.vantage = vantage;
      look(log_, keeper, seen, some_legs());
    }
  }
  EXPECT_EQ(manifests(log_), 4);
}

class Pruning : public Keeping {};

TEST_F(Pruning, TakesWhatIsOlderAndNotPartOfAnythingSince) {
  const catalog::Catalog catalog = keeping("all");
  EvidenceKeeper keeper(catalog, log_);
  look(log_, keeper, observation(kNoon), some_legs("old page"));
  look(log_, keeper, observation(kNoon + 24h), some_legs("same page"));
  look(log_, keeper, observation(kNoon + 72h), some_legs("same page"));
  probes::Observation said = observation(kNoon);
  said.method = "attestation";
  said.screenshot = sha256_hex("picture");
  log_.append(std::vector<log::NewEntry>{log::NewObservation{said, std::nullopt}}, kNoon,
              std::vector<log::Blob>{{sha256_hex("picture"), "picture", "screenshot"}});
  const Prunable found = prunable(log_, kNoon + 48h);
  EXPECT_EQ(found.observations, 2);
  EXPECT_GT(found.stored_bytes, 0);
  EXPECT_TRUE(log_.blob(sha256_hex("old page"))) << "only looked";
  EXPECT_EQ(prune(log_, kNoon + 48h, kNoon + 80h).sha256, found.sha256);
  EXPECT_FALSE(log_.blob(sha256_hex("old page")));
  EXPECT_TRUE(log_.blob(sha256_hex("same page")));
  EXPECT_TRUE(log_.blob(sha256_hex("picture")));
  EXPECT_EQ(log_.size(), 5) << "says so";
  EXPECT_EQ(log_.verify(), std::nullopt);
  EXPECT_TRUE(prunable(log_, kNoon + 48h).sha256.empty());
}

TEST_F(Pruning, GoesByTheEntriesAndLeavesScreenshots) {
  const catalog::Catalog catalog = keeping("all");
  EvidenceKeeper keeper(catalog, log_);
  const std::string picture = sha256_hex("picture");
  look(log_, keeper, observation(kNoon), some_legs("picture"));
  probes::Observation said = observation(kNoon);
  said.method = "attestation";
  said.screenshot = picture;
  const std::vector<log::NewEntry> entries = {log::NewObservation{said, {}}};
  log_.append(entries, kNoon + 1h, std::vector<log::Blob>{{picture, "picture", "screenshot"}});
  EXPECT_EQ(prune(log_, kNoon + 48h, kNoon + 72h).observations, 1);
  EXPECT_TRUE(log_.blob(picture)) << "also what a probe received";
  EXPECT_EQ(log_.verify(), std::nullopt);
  EXPECT_EQ(prune(log_, kNoon + 48h, kNoon + 72h).sha256.size(), 0U);
  EXPECT_EQ(log_.size(), 3) << "nothing went, so nothing is said";
}

TEST_F(Pruning, LeavesWhatIsKeptReadable) {
  kept_after("all", {kDirect, kDirect, kDirect});
  prune(log_, kNoon + 36h, kNoon + 80h);
  int whole = 0, gone = 0;
  log::for_each_observation(log_, {}, {}, [&](const log::LoggedObservation& logged) {
    const auto kept = kept_evidence(log_, logged.observation.evidence);
    ++(kept && kept->whole ? whole : gone);
    return true;
  });
  EXPECT_EQ(whole, 1);
  EXPECT_EQ(gone, 2);
}

TEST_F(Pruning, WarcSaysHowManyAreGone) {
  kept_after("all", {kDirect, kDirect, kDirect});
  prune(log_, kNoon + 36h, kNoon + 80h);
  std::ostringstream out;
  const WarcCounts counts = write_warc(log_, {}, {}, out);
  EXPECT_EQ(counts.observations, 1);
  EXPECT_EQ(counts.not_kept, 2);
  EXPECT_THAT(out.str(), HasSubstr("Linkaudit-Entry: 3\r\n"));
  EXPECT_THAT(out.str(), Not(HasSubstr("Linkaudit-Entry: 1\r\n")));
}

}  // namespace
}  // namespace linkaudit::run
