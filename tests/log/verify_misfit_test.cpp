// Which entry it is that is not what it was, where more than the tree tells.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/log/checkpoint_store.h"
#include "tests/log/case_file.h"
#include "tests/log/raw.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

TEST(VerifyMisfit, NamesTheEntryThatACheckpointBeforeItLeavesOver) {
  for (const std::int64_t forged : {5, 6}) {
    const CaseFile file;
    Log log = file.open();
    const SigningKey key = SigningKey::make("log.example");
    for (int minute = 1; minute <= 8; ++minute) {
      append(log, entry(minute, probes::Outcome::direct));
      if (minute == 5) keep_checkpoint(log, key, at("2022-02-01T00:00:00.000Z"));
    }
    tamper(file.path(),
           "UPDATE entry SET (record, leaf, at) = (SELECT record, leaf, at FROM entry WHERE seq = 7) WHERE seq = " +
               std::to_string(forged) +
               "; UPDATE observation SET at = (SELECT at FROM entry WHERE seq = 7) "
               "WHERE entry = " +
               std::to_string(forged));
    EXPECT_THAT(file.open().verify().value_or("nothing"),
                testing::HasSubstr("entry " + std::to_string(forged) + " is not what it was: tree node 4"));
  }
}

}  // namespace
}  // namespace linkaudit::log
