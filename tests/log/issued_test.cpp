// Reports that were issued, what officers remarked, and looks counted by quarters of an hour.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <tuple>

#include "audit/log/projector.h"
#include "audit/log/record.h"
#include "tests/log/case_file.h"
#include "tests/log/raw.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

using probes::Outcome;
using testing::HasSubstr;

TEST(Record, OfARemarkComesBackAsItWasAndIsAnAnnotation) {
  Hasher hasher;
  for (const Remark& remark : {full_remark(), Remark{}}) {
    const Written written = write_record(remark, minute(1), hasher);
    EXPECT_TRUE(is_remark(written.record));
    EXPECT_EQ(read_remark(written.record), remark);
    EXPECT_EQ(written.type, EntryType::annotation);
  }
  EXPECT_FALSE(is_remark(write_record(full_annotation(), minute(1), hasher).record));
}

TEST(Record, OfAnIssuedReportComesBackAsItWas) {
  Hasher hasher;
  IssuedReport bare = full_report();
  bare.since.reset();
  bare.known_entry.reset();
  bare.options.clear();
  bare.simulated = true;
  for (const IssuedReport& report : {full_report(), bare}) {
    const Written written = write_record(report, minute(1), hasher);
    EXPECT_EQ(read_report(written.record), report);
    EXPECT_EQ(written.type, EntryType::report);
  }
}

class Issued : public testing::Test {
 protected:
  CaseFile file_;
  Log log_ = file_.open();
};

TEST_F(Issued, RemarksAndReportsAreReadBackInOrderAsFarAsIsKnown) {
  Remark later = full_remark();
  later.text = "done";
  IssuedReport simulated = full_report();
  simulated.simulated = true;
  append(log_, {full_remark(), full_report(), simulated, later});
  ASSERT_EQ(remarks(log_, {}).size(), 2U);
  EXPECT_EQ(remarks(log_, {})[1].remark, later);
  EXPECT_EQ(remarks(log_, {})[1].entry, 4);
  ASSERT_EQ(issued_reports(log_, {}).size(), 1U);
  EXPECT_EQ(issued_reports(log_, {})[0].report, full_report());
  Horizon horizon;
  horizon.known_entry = 1;
  EXPECT_EQ(remarks(log_, horizon).size(), 1U);
  EXPECT_EQ(issued_reports(log_, horizon).size(), 0U);
  EXPECT_EQ(log_.verify(), std::nullopt);
}

TEST_F(Issued, AReportDoesNotBelongToWhatLaterReportsRestOnAndARemarkDoes) {
  append(log_, {entry(1, Outcome::direct), full_report()});
  EXPECT_EQ(newest_entry(log_, {}), 1);
  append(log_, full_remark());
  EXPECT_EQ(newest_entry(log_, {}), 3);
}

TEST_F(Issued, WhatDoesNotFollowFromTheEntriesIsNamed) {
  append(log_, {full_remark(), full_report(), entry(1, Outcome::direct)});
  const std::pair<const char*, const char*> tamperings[] = {
      {"UPDATE remark SET platform = 'other'", "projection remark, row 1: platform does not follow"},
      {"DELETE FROM report", "projection report, row 2: is missing"},
      {"UPDATE look SET count = 7", "count does not follow"},
  };
  for (const auto& [sql, problem] : tamperings) {
    const CaseFile copy;
    SQLite::Database(file_.path(), SQLite::OPEN_READWRITE).exec("PRAGMA wal_checkpoint(TRUNCATE)");
    std::filesystem::copy_file(file_.path(), copy.path());
    tamper(copy.path(), sql);
    EXPECT_THAT(Log::open_read_only(copy.path()).verify().value_or("nothing"), HasSubstr(problem)) << sql;
  }
}

// From the observations and gaps themselves.
std::map<std::tuple<Instant, std::string, std::string>, std::int64_t> counted_by_hand(const Log& log,
                                                                                      const Horizon& horizon,
                                                                                      std::optional<Instant> since) {
  std::map<std::tuple<Instant, std::string, std::string>, std::int64_t> counts;
  const auto quarter = [](Instant at) { return Instant(at.time_since_epoch() / kQuarter * kQuarter); };
  for (const LoggedObservation& each : observations(log, horizon)) {
    if (since && each.observation.at < *since) continue;
    const LoggedAnnotation* by = each.withdrawn();
    if (by != nullptr && by->annotation.kind == AnnotationKind::reclassification) continue;
    const bool attested = each.observation.method == "attestation";
    ++counts[{quarter(each.observation.at),
              by != nullptr ? "withdrawn"
              : attested    ? "attestation"
                            : "observation",
              ""}];
  }
  for (const LoggedGap& each : gaps(log, horizon)) {
    if (since && each.gap.at < *since) continue;
    ++counts[{quarter(each.gap.at), "gap", each.gap.reason}];
  }
  return counts;
}

TEST_F(Issued, LooksAreCountedTheSameWhereverTheHorizonEnds) {
  std::vector<NewEntry> entries;
  for (int i = 0; i < 60; ++i) {
    probes::Observation look = seen(i * 4, i % 3 == 0 ? Outcome::direct : Outcome::blocked);
    look.simulated = i % 7 == 0;
    if (i % 5 == 0) look.method = "attestation";
    entries.push_back(entry(look));
    Gap gap = full_gap();
    gap.at = minute(i * 6);
    gap.reason = i % 2 == 0 ? "missed" : "overlap";
    entries.push_back(gap);
  }
  append(log_, entries);
  Annotation taken_back = full_annotation();
  taken_back.about = 3;
  Annotation corrected = taken_back;
  corrected.about = 5;
  corrected.kind = AnnotationKind::reclassification;
  corrected.replacement = 7;
  append(log_, {taken_back, corrected});
  int compared = 0;
  for (const int as_of : {0, 14, 15, 16, 120, 239, 1000}) {
    for (const int since : {-1, 0, 7, 15, 30, 119, 121, 500}) {
      for (const std::int64_t known : {60, 121, 122}) {
        Horizon horizon;
        horizon.as_of = minute(as_of);
        horizon.known_entry = known;
        const auto begin = since < 0 ? std::nullopt : std::optional<Instant>(minute(since));
        std::map<std::tuple<Instant, std::string, std::string>, std::int64_t> found;
        for (const LookCount& each : look_counts(log_, horizon, begin)) {
          EXPECT_TRUE(found.emplace(std::tuple(each.begin, each.type, each.reason), each.count).second);
        }
        EXPECT_EQ(found, counted_by_hand(log_, horizon, begin)) << as_of << " " << since << " " << known;
        compared += found.empty() ? 0 : 1;
      }
    }
  }
  EXPECT_GT(compared, 80);
  EXPECT_EQ(log_.verify(), std::nullopt);
}

}  // namespace
}  // namespace linkaudit::log
