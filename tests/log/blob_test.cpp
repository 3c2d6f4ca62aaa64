// Evidence beside the entries: kept by digest, replaced in its slot, dropped by retention.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "audit/log/hash.h"
#include "tests/log/case_file.h"
#include "tests/log/raw.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::string sha256(std::string_view text) {
  Hasher hasher;
  return to_hex(hasher(text));
}

Blob body(const std::string& text) {
  return {sha256(text), text, "body"};
}

SlotBlobs slot(const std::string& name, const std::vector<std::string>& texts) {
  SlotBlobs filled{name, {}};
  for (const std::string& text : texts) filled.blobs.push_back(body(text));
  return filled;
}

void fill(Log& log, const std::vector<SlotBlobs>& slots, const std::vector<Blob>& blobs = {}) {
  log.append({}, at("2022-02-01T00:00:00.000Z"), blobs, slots);
}

// The texts of these that the log holds.
std::vector<std::string> held(const Log& log) {
  std::vector<std::string> texts;
  log.for_each_blob([&](const BlobInfo& info) {
    texts.push_back(log.blob(info.sha256).value_or("?"));
    return true;
  });
  return texts;
}

class Blobs : public testing::Test {
 protected:
  CaseFile file_;
  Log log_ = file_.open();
};

TEST_F(Blobs, AreListedWithWhatTheyAre) {
  append(log_, {}, {{sha256("picture"), "picture", "screenshot"}});
  std::vector<BlobInfo> infos;
  log_.for_each_blob([&](const BlobInfo& info) {
    infos.push_back(info);
    return true;
  });
  ASSERT_EQ(infos.size(), 1U);
  EXPECT_EQ(infos[0].sha256, sha256("picture"));
  EXPECT_EQ(infos[0].kind, "screenshot");
  EXPECT_EQ(infos[0].bytes, 7);
  EXPECT_GT(infos[0].stored_bytes, 0);
  EXPECT_EQ(infos[0].recorded_at, at("2022-02-01T00:00:00.000Z"));
}

TEST_F(Blobs, ComeBackWhateverTheirLength) {
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{1}, std::size_t{16'383}, std::size_t{16'384}, std::size_t{300'000}}) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += static_cast<char>(i * i % 251);
    append(log_, {}, {body(text)});
    EXPECT_EQ(log_.blob(sha256(text)), text) << length;
  }
  EXPECT_EQ(log_.verify(), std::nullopt);
}

// Pages of one place: long, with a few bytes of their own.
std::string page(int number) {
  std::string text = "<title>" + std::to_string(number * 7919) + "</title>";
  for (unsigned word = 1; text.size() < 20'000; word = word * 48271U % 2147483647U) text += std::to_string(word) + ' ';
  return text + std::to_string(number * 104729);
}

Blob alike(const std::string& text, const std::string& name) {
  Blob blob = body(text);
  blob.alike = name;
  return blob;
}

std::int64_t stored_bytes(const Log& log, const std::string& text) {
  std::int64_t bytes = -1;
  log.for_each_blob([&](const BlobInfo& info) {
    if (info.sha256 == sha256(text)) bytes = info.stored_bytes;
    return true;
  });
  return bytes;
}

TEST_F(Blobs, ThatAreAlikeTakeTheRoomOfWhatDiffers) {
  for (int number = 1; number <= 4; ++number) fill(log_, {}, {alike(page(number), "a")});
  fill(log_, {slot("b", {})}, {alike("another kind of page", "a"), alike(page(9), "b")});
  EXPECT_GT(stored_bytes(log_, page(1)), 5'000);
  for (int number = 2; number <= 4; ++number) EXPECT_LT(stored_bytes(log_, page(number)), 70) << number;
  EXPECT_GT(stored_bytes(log_, page(9)), 5'000);
  for (const int number : {1, 2, 3, 4, 9}) EXPECT_EQ(log_.blob(sha256(page(number))), page(number));
  EXPECT_EQ(log_.verify(), std::nullopt);
}

TEST_F(Blobs, ThatAreAlikeNoMoreAreWhatOthersArePackedAfter) {
  std::string other = page(1);
  std::reverse(other.begin(), other.end());
  fill(log_, {}, {alike(page(1), "a"), alike(other, "a"), alike(other + "!", "a"), alike(page(2), "a")});
  EXPECT_GT(stored_bytes(log_, other), 5'000);
  EXPECT_LT(stored_bytes(log_, other + "!"), 70);
  EXPECT_GT(stored_bytes(log_, page(2)), 5'000);
}

TEST_F(Blobs, OfASlotArePackedLikeOthersButNothingAfterThem) {
  SlotBlobs newest{"s", {alike(page(1), "a")}};
  fill(log_, {newest});
  fill(log_, {}, {alike(page(2), "a")});
  EXPECT_GT(stored_bytes(log_, page(2)), 5'000);
  newest.blobs = {alike(page(3), "a")};
  fill(log_, {newest});
  EXPECT_LT(stored_bytes(log_, page(3)), 70);
  fill(log_, {}, {body(page(3))});  // now it stays, as it is
  fill(log_, {{"s", {}}});
  EXPECT_EQ(log_.blob(sha256(page(3))), page(3));
  EXPECT_EQ(log_.verify(), std::nullopt);
}

std::string heads(int number) {
  return "GET / HTTP/1.1\r\nHost: a.example\r\n\r\nHTTP/1.1 200 OK\r\nX-Trace: " + std::to_string(number * 7919) +
         "\r\n\r\n";
}

std::string manifest(int number) {
  const std::string all = heads(number), response = all.substr(all.find("HTTP/1.1 200"));
  return R"({"heads":{"sha256":")" + sha256(all) + R"("},"legs":[{"exchanges":[{"body":{"bytes":1,"sha256":")" +
         sha256(page(number)) + R"("},"response":{"sha256":")" + sha256(response) + R"("}}]}],"version":1})";
}

std::vector<Blob> look(int number) {
  Blob all = alike(heads(number), "heads"), of_it = alike(manifest(number), "manifest");
  all.kind = "heads";
  of_it.kind = "manifest";
  of_it.parts = {sha256(heads(number)), sha256(page(number))};
  return {all, alike(page(number), "page"), of_it};
}

TEST_F(Blobs, ThatArePartsOfAManifestTellItsDigests) {
  for (int number = 1; number <= 3; ++number) fill(log_, {}, look(number));
  EXPECT_LT(stored_bytes(log_, manifest(3)), 50);  // of 3 digests each takes 32 bytes at the least
  EXPECT_EQ(log_.blob(sha256(manifest(3))), manifest(3));
  EXPECT_EQ(log_.verify(), std::nullopt);
}

TEST_F(Blobs, StayWhenThatGoesAfterWhichTheyArePacked) {
  for (int number = 1; number <= 4; ++number) fill(log_, {}, look(number));
  const auto drop = [&](int number) {
    return log_.drop_blobs([&] {
      return std::vector{sha256(heads(number)), sha256(manifest(number)), sha256(page(number))};
    });
  };
  EXPECT_EQ(drop(1), 3U);
  EXPECT_EQ(log_.verify(), std::nullopt);
  for (const int number : {2, 3, 4}) {
    EXPECT_EQ(log_.blob(sha256(page(number))), page(number));
    EXPECT_EQ(log_.blob(sha256(manifest(number))), manifest(number));
  }
  EXPECT_LT(stored_bytes(log_, page(2)), 70);
  EXPECT_GT(stored_bytes(log_, page(4)), 5'000);  // it stays the longest
  fill(log_, {}, look(5));
  EXPECT_LT(stored_bytes(log_, page(5)), 70);
  for (const int number : {4, 2, 3, 5}) EXPECT_EQ(drop(number), 3U) << number;
  fill(log_, {}, look(6));
  EXPECT_EQ(log_.blob(sha256(manifest(6))), manifest(6));
  EXPECT_EQ(log_.verify(), std::nullopt);
}

TEST_F(Blobs, StayWhenAPartGoesThatNobodyShouldDrop) {
  for (int number = 1; number <= 2; ++number) fill(log_, {}, look(number));
  log_.drop_blobs([] { return std::vector{sha256(heads(2))}; });
  EXPECT_EQ(log_.blob(sha256(manifest(2))), manifest(2));
}

TEST_F(Blobs, PackedInACircleAreNamed) {
  for (int number = 1; number <= 2; ++number) fill(log_, {}, {alike(page(number), "a")});
  for (const char* sql :
       {"UPDATE blob SET base = 2 WHERE id = 2", "UPDATE blob SET base = 99 WHERE id = 2",
        "UPDATE blob SET base = NULL, parts = '2' WHERE id = 2", "UPDATE blob SET parts = '1 x' WHERE id = 2",
        "UPDATE blob SET parts = '1 77' WHERE id = 2"}) {
    tamper(file_.path(), sql);
    EXPECT_THAT(log_.verify().value_or(""), testing::HasSubstr("blob " + sha256(page(2)) + ": ")) << sql;
    EXPECT_THROW(static_cast<void>(log_.blob(sha256(page(2)))), LogError) << sql;
    tamper(file_.path(), "UPDATE blob SET base = 1, parts = NULL WHERE id = 2");
    EXPECT_EQ(log_.verify(), std::nullopt);
  }
}

TEST_F(Blobs, InASlotStayUntilOthersTakeTheirPlace) {
  fill(log_, {slot("a", {"one", "two"})});
  EXPECT_THAT(held(log_), UnorderedElementsAre("one", "two"));
  fill(log_, {slot("a", {"two", "three"})});
  EXPECT_THAT(held(log_), UnorderedElementsAre("two", "three"));
  fill(log_, {slot("a", {})});
  EXPECT_THAT(held(log_), IsEmpty());
}

TEST_F(Blobs, OfTwoSlotsStayWhileOneWantsThem) {
  fill(log_, {slot("a", {"shared"}), slot("b", {"shared"})});
  fill(log_, {slot("a", {"own"})});
  EXPECT_THAT(held(log_), UnorderedElementsAre("shared", "own"));
  fill(log_, {slot("b", {})});
  EXPECT_THAT(held(log_), ElementsAre("own"));
}

TEST_F(Blobs, KeptForGoodStayWhateverSlotsDo) {
  fill(log_, {slot("a", {"page"})});
  fill(log_, {}, {body("page")});
  fill(log_, {slot("a", {"other"})});
  fill(log_, {slot("a", {"page"})});
  fill(log_, {slot("a", {})});
  EXPECT_THAT(held(log_), ElementsAre("page"));
}

TEST_F(Blobs, InOneAppendAreTakenInOrder) {
  fill(log_, {slot("a", {"one"}), slot("a", {"two"})});
  EXPECT_THAT(held(log_), ElementsAre("two"));
}

TEST_F(Blobs, OfAnotherDigestAreRefusedInSlotsToo) {
  SlotBlobs wrong{"a", {{sha256("one"), "two", "body"}}};
  EXPECT_THROW(fill(log_, {wrong}), std::invalid_argument);
  EXPECT_THAT(held(log_), IsEmpty());
}

TEST_F(Blobs, DropTakesEvidenceOfProbesOnly) {
  fill(log_, {slot("a", {"last"})},
       {body("page"), {sha256("picture"), "picture", "screenshot"}, {sha256("version: 1"), "version: 1", "catalog"}});
  const auto all = [&] {
    std::vector<std::string> chosen;
    log_.for_each_blob([&](const BlobInfo& info) {
      chosen.push_back(info.sha256);
      return true;
    });
    return chosen;
  };
  EXPECT_EQ(log_.drop_blobs(all), 2U);
  EXPECT_THAT(held(log_), UnorderedElementsAre("picture", "version: 1"));
  fill(log_, {slot("a", {"new"})});
  EXPECT_EQ(log_.verify(), std::nullopt);
}

TEST_F(Blobs, ThatAPersonHandsInAsAScreenshotStayFromThenOn) {
  fill(log_, {}, {body("picture"), body("pruned")});
  log_.drop_blobs([] { return std::vector<std::string>{sha256("pruned")}; });
  fill(log_, {}, {{sha256("picture"), "picture", "screenshot"}, {sha256("pruned"), "pruned", "screenshot"}});
  EXPECT_EQ(log_.verify(), std::nullopt);
  EXPECT_EQ(log_.drop_blobs([] { return std::vector<std::string>{sha256("picture"), sha256("pruned")}; }), 0U);
  fill(log_, {}, {body("picture")});
  EXPECT_EQ(log_.verify(), std::nullopt);
}

TEST_F(Blobs, NothingIsDroppedWhenChoosingFails) {
  fill(log_, {}, {body("page")});
  EXPECT_THROW(log_.drop_blobs([]() -> std::vector<std::string> { throw LogError("no"); }), LogError);
  EXPECT_THAT(held(log_), ElementsAre("page"));
}

TEST_F(Blobs, DroppingNeedsALogOpenForWriting) {
  fill(log_, {}, {body("page")});
  Log reading = Log::open_read_only(file_.path());
  EXPECT_THROW(reading.drop_blobs([] { return std::vector<std::string>(); }), LogRefused);
}

TEST_F(Blobs, EntriesStandWithoutTheirEvidence) {
  append(log_, {entry(full_observation())}, {body("page")});
  const Digest root = log_.root();
  log_.drop_blobs([&] { return std::vector<std::string>{sha256("page")}; });
  EXPECT_EQ(log_.root(), root);
  EXPECT_EQ(log_.verify(), std::nullopt);
}

}  // namespace
}  // namespace linkaudit::log
