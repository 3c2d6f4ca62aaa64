// What is said of entries later: what was taken back counts no more from then on, and stays.
#include "audit/log/annotations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/log/case_file.h"
#include "tests/log/raw.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

using probes::Outcome;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Minutes, outcome and count of a span: "1-3 direct x2".
std::vector<std::string> in_short(const std::vector<SpanRow>& rows) {
  std::vector<std::string> spans;
  const auto minutes = [](Instant instant) {
    return std::to_string(std::chrono::duration_cast<std::chrono::minutes>(instant - minute(0)).count());
  };
  for (const SpanRow& row : rows) {
    spans.push_back(minutes(row.first) + "-" + minutes(row.last) + " " + std::string(name(row.outcome)) + " x" +
                    std::to_string(row.count));
  }
  return spans;
}

class Annotations : public testing::Test {
 protected:
  std::int64_t look(std::int64_t minute_number, Outcome outcome) { return append(log_, entry(minute_number, outcome)); }
  std::int64_t withdraw(std::int64_t about) {
    Annotation withdrawal = full_annotation();
    withdrawal.about = about;
    return append(log_, withdrawal);
  }
  std::string refusal(Annotation annotation) {
    try {
      append(log_, annotation);
      return "none";
    } catch (const EntryRefused& refused) {
      return refused.what();
    }
  }
  Annotation about(std::int64_t entry, AnnotationKind kind, std::int64_t replacement = 0) const {
    Annotation annotation = full_annotation();
    annotation.about = entry;
    annotation.kind = kind;
    annotation.replacement = replacement;
    return annotation;
  }
  std::vector<std::string> known(std::int64_t entry) const {
    Horizon horizon;
    horizon.known_entry = entry;
    return in_short(spans(log_, horizon));
  }
  void TearDown() override { EXPECT_EQ(log_.verify(), std::nullopt); }

  CaseFile file_;
  Log log_ = file_.open();
};

TEST_F(Annotations, WithdrawalOfTheOnlyWordLeavesNoSpan) {
  look(1, Outcome::direct);
  withdraw(1);
  EXPECT_THAT(spans(log_, {}), IsEmpty());
  EXPECT_THAT(known(1), ElementsAre("1-1 direct x1"));
}

TEST_F(Annotations, WithdrawalOfTheFirstTheLastAndOneBetweenShortensTheSpan) {
  for (const int at_minute : {1, 2, 3, 4, 5}) look(at_minute, Outcome::direct);
  withdraw(3);
  EXPECT_THAT(in_short(spans(log_, {})), ElementsAre("1-5 direct x4"));
  withdraw(1);
  EXPECT_THAT(in_short(spans(log_, {})), ElementsAre("2-5 direct x3"));
  withdraw(5);
  const SpanRow row = spans(log_, {}).at(0);
  EXPECT_THAT(in_short({row}), ElementsAre("2-4 direct x2"));
  EXPECT_EQ(row.first_entry, 2);
  EXPECT_EQ(row.last_entry, 4);
  EXPECT_THAT(known(6), ElementsAre("1-5 direct x4"));
  EXPECT_THAT(known(5), ElementsAre("1-5 direct x5"));
}

TEST_F(Annotations, WithdrawalBetweenTwoOfOneStateJoinsThem) {
  for (const int at_minute : {1, 2}) look(at_minute, Outcome::direct);
  const std::int64_t wrong = look(3, Outcome::blocked);
  for (const int at_minute : {4, 5}) look(at_minute, Outcome::direct);
  withdraw(wrong);
  EXPECT_THAT(in_short(spans(log_, {})), ElementsAre("1-5 direct x4"));
  look(3, Outcome::blocked);  // seen late, by somebody else's leave: it splits again
  EXPECT_THAT(in_short(spans(log_, {})), ElementsAre("1-2 direct x2", "3-3 blocked x1", "4-5 direct x2"));
}

TEST_F(Annotations, WordLeftLastGivesItsOwnValidity) {
  for (const int days : {10, 20}) {
    probes::Observation word = full_attestation();
    word.at = minute(days);
    word.valid_days = days;
    append(log_, entry(word));
  }
  withdraw(2);
  EXPECT_EQ(spans(log_, {}).at(0).valid_days, 10);
}

TEST_F(Annotations, CorrectionPutsTheEntryBeforeItInThePlaceOfTheOld) {
  probes::Observation word = full_attestation(), right = word;
  append(log_, entry(word));
  right.outcome = Outcome::blocked;
  const auto given = append(log_, {entry(right), about(1, AnnotationKind::correction, kEntryBefore)});
  EXPECT_THAT(given, ElementsAre(2, 3));
  const auto seen = observations(log_);
  ASSERT_EQ(seen.size(), 2U);
  ASSERT_NE(seen[0].withdrawn(), nullptr);
  EXPECT_EQ(seen[0].withdrawn()->entry, 3);
  EXPECT_EQ(seen[0].withdrawn()->annotation.replacement, 2);
  EXPECT_EQ(seen[0].withdrawn()->annotation.by, "news desk");
  EXPECT_EQ(seen[0].corrects, std::nullopt);
  EXPECT_EQ(seen[1].withdrawn(), nullptr);
  EXPECT_EQ(seen[1].corrects, 1);
  EXPECT_EQ(spans(log_, {}).at(0).outcome, Outcome::blocked);
  EXPECT_EQ(spans(log_, {}).at(0).first_entry, 2);
}

TEST_F(Annotations, CorrectionByWhatTheLogKnowsAlreadyNamesThatEntry) {
  probes::Observation first = full_attestation(), second = first;
  second.note = "another word on the same look";
  append(log_, {entry(first), entry(second)});
  EXPECT_THAT(append(log_, {entry(second), about(1, AnnotationKind::correction, kEntryBefore)}), ElementsAre(0, 3));
  EXPECT_EQ(observation_at(log_, 1)->withdrawn()->annotation.replacement, 2);
  EXPECT_EQ(known_attestation(log_, second), 2);
}

TEST_F(Annotations, WhatTheLogDidNotKnowThenIsNotSaidOfAnEntry) {
  look(1, Outcome::direct);
  withdraw(1);
  Horizon horizon;
  horizon.known_entry = 1;
  EXPECT_EQ(observations(log_, horizon).at(0).withdrawn(), nullptr);
  EXPECT_THAT(annotations(log_, horizon), IsEmpty());
  EXPECT_EQ(annotations(log_, {}).size(), 1U);
  horizon.known_entry.reset();
  horizon.as_of = minute(0);
  EXPECT_THAT(annotations(log_, horizon), IsEmpty());
}

TEST_F(Annotations, NotesTakeNothingBackAndMayBeOnAnyEntry) {
  append(log_, full_gap());
  look(1, Outcome::direct);
  append(log_, about(1, AnnotationKind::note));
  append(log_, about(2, AnnotationKind::note));
  append(log_, about(3, AnnotationKind::note));
  EXPECT_THAT(in_short(spans(log_, {})), ElementsAre("1-1 direct x1"));
  EXPECT_EQ(observations(log_).at(0).annotations.size(), 1U);
  EXPECT_EQ(observations(log_).at(0).withdrawn(), nullptr);
  EXPECT_EQ(annotations(log_, {}).size(), 3U);
  EXPECT_EQ(counts(log_, {}).at("annotation"), 3);
}

TEST_F(Annotations, ThatCannotBeAreRefusedWithNothingWritten) {
  using enum AnnotationKind;
  probes::Observation elsewhere = seen(1, Outcome::direct), simulated = elsewhere;
  elsewhere.context = "wechat/moments";
  simulated.simulated = true;
  append(log_, {entry(1, Outcome::direct), full_gap(), entry(elsewhere), entry(simulated), entry(2, Outcome::direct),
                about(5, withdrawal)});
  EXPECT_THAT(refusal(about(7, withdrawal)), HasSubstr("the log has no entry 7"));
  EXPECT_THAT(refusal(about(0, note)), HasSubstr("the log has no entry 0"));
  EXPECT_THAT(refusal(about(2, withdrawal)), HasSubstr("entry 2 is nothing that was seen"));
  EXPECT_THAT(refusal(about(6, withdrawal)), HasSubstr("entry 6 is nothing that was seen"));
  EXPECT_THAT(refusal(about(5, withdrawal)), HasSubstr("entry 5 was withdrawn already, by entry 6"));
  EXPECT_THAT(refusal(about(4, withdrawal)), HasSubstr("entry 4 is simulated"));
  EXPECT_THAT(refusal(about(1, withdrawal, 3)), HasSubstr("a withdrawal replaces nothing"));
  EXPECT_THAT(refusal(about(1, note, 3)), HasSubstr("a note replaces nothing"));
  EXPECT_THAT(refusal(about(1, correction)), HasSubstr("the log has no entry 0"));
  EXPECT_THAT(refusal(about(1, correction, 1)), HasSubstr("entry 1 says just the same already"));
  EXPECT_THAT(refusal(about(1, correction, 3)), HasSubstr("entry 1 is of another link or context"));
  EXPECT_THAT(refusal(about(1, correction, 5)), HasSubstr("entry 5 was withdrawn already, by entry 6"));
  EXPECT_THAT(refusal(about(1, correction, 9)), HasSubstr("the log has no entry 9"));
  EXPECT_EQ(log_.size(), 6);
  EXPECT_EQ(withdraw(1), 7);  // the log goes on after a refusal
}

TEST_F(Annotations, OneThatIsRefusedTakesAllOfItsAppendWithIt) {
  look(1, Outcome::direct);
  EXPECT_THROW(append(log_, {entry(2, Outcome::blocked), about(9, AnnotationKind::withdrawal)}), EntryRefused);
  EXPECT_EQ(log_.size(), 1);
  EXPECT_EQ(look(2, Outcome::direct), 2);
}

TEST_F(Annotations, OfALateInstantBelongToTheSmallestTreeThatHoldsWhatIsRead) {
  look(1, Outcome::direct);
  look(9, Outcome::direct);
  withdraw(1);
  Horizon horizon;
  horizon.as_of = minute(5);
  EXPECT_EQ(newest_entry(log_, horizon), 3);
}

TEST_F(Annotations, WaiversAreReadBackInOrderAsFarAsIsKnown) {
  WaiverRecord added = full_waiver(), gone = full_waiver(), simulated = full_waiver();
  added.change = WaiverChange::added;
  simulated.simulated = true;
  append(log_, {added, simulated, gone});
  const auto all = waivers(log_, {});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].record, added);
  EXPECT_EQ(all[1].record, gone);
  EXPECT_EQ(all[1].entry, 3);
  Horizon horizon;
  horizon.known_entry = 2;
  EXPECT_EQ(waivers(log_, horizon).size(), 1U);
}

TEST(VerifyAnnotations, NamesTheRowThatDoesNotFollow) {
  const CaseFile file;
  {
    Log log = file.open();
    append(log, {entry(1, Outcome::direct), entry(2, Outcome::direct), full_annotation(), full_waiver()});
    ASSERT_EQ(log.verify(), std::nullopt);
  }
  const std::pair<const char*, const char*> tamperings[] = {
      {"UPDATE annotation SET note = 'no reason'", "projection annotation, row 3: note does not follow"},
      {"DELETE FROM annotation", "projection annotation, row 3: is missing"},
      {"UPDATE observation SET nth = 1 WHERE entry = 1", "projection observation, row 1: nth does not follow"},
      {"UPDATE waiver SET change = 'added'", "projection waiver, row 4: change does not follow"},
  };
  for (const auto& [sql, problem] : tamperings) {
    const CaseFile copy;
    std::filesystem::copy_file(file.path(), copy.path());
    tamper(copy.path(), sql);
    EXPECT_THAT(Log::open_read_only(copy.path()).verify().value_or("nothing"), HasSubstr(problem)) << sql;
  }
}

}  // namespace
}  // namespace linkaudit::log
