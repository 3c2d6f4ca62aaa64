// Evidence beside the entries: kept by digest, replaced in its slot, dropped by retention.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/log/hash.h"
#include "tests/log/case_file.h"
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
