#include "tests/log/history.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "audit/log/log_state.h"
#include "tests/log/child.h"

namespace linkaudit::log {

NewEntry nth(std::int64_t number, const std::string& writer) {
  probes::Observation each = full_observation();
  each.at = minute(number * 7 % 1000);
  each.link = writer + "/" + std::to_string(number % 5);
  each.note = std::to_string(number);
  each.outcome = number % 4 == 0 ? probes::Outcome::direct : probes::Outcome::blocked;
  return entry(each);
}

std::vector<NewEntry> batch(std::int64_t first, std::int64_t count, const std::string& writer) {
  std::vector<NewEntry> entries;
  for (std::int64_t i = 0; i < count; ++i) entries.push_back(nth(first + i, writer));
  return entries;
}

std::vector<std::string> numbers_in(const Log& log, const std::string& writer) {
  std::map<std::int64_t, std::string> by_entry;
  for (const LoggedObservation& logged : observations(log)) {
    if (logged.observation.link.starts_with(writer)) by_entry[logged.entry] = logged.observation.note;
  }
  std::vector<std::string> all;
  for (const auto& [entry, note] : by_entry) all.push_back(note);
  return all;
}

std::vector<std::string> first_numbers(std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(std::to_string(i));
  return all;
}

void kill_while_appending(const CaseFile& file, int acknowledged_before_the_kill) {
  const auto before = static_cast<std::int64_t>(file.open().size());
  Child child([&](int pipe) {
    Log log = file.open();
    log.state().connection.execute("PRAGMA wal_autocheckpoint = 8");  // so that some are killed in the middle of one
    for (std::int64_t next = before;; next += 7) {
      append(log, batch(next, 7));
      write_to(pipe, "x");
    }
  });
  char byte = 0;
  for (int i = 0; i < acknowledged_before_the_kill; ++i) ASSERT_TRUE(child.next(byte));
  child.kill();
  const auto acknowledged =
      before + 7 * (acknowledged_before_the_kill + static_cast<std::int64_t>(child.rest().size()));
  ASSERT_FALSE(child.succeeded());

  Log log = file.open();
  EXPECT_EQ(log.verify(), std::nullopt);
  EXPECT_GE(log.size(), acknowledged);
  EXPECT_LE(log.size(), acknowledged + 7);
  EXPECT_EQ((log.size() - before) % 7, 0);
  EXPECT_EQ(numbers_in(log), first_numbers(static_cast<std::size_t>(log.size())));
}

void append_from_several(int writers, int batches) {
  const CaseFile file;
  std::vector<std::unique_ptr<Child>> children;
  for (int writer = 0; writer < writers; ++writer) {
    children.push_back(std::make_unique<Child>([&, writer](int) {
      Log log = file.open();  // whoever comes first makes it
      for (int i = 0; i < batches; ++i) append(log, batch(i * 9, 9, std::string(1, static_cast<char>('a' + writer))));
    }));
  }
  for (const auto& child : children) {
    EXPECT_EQ(child->rest(), "");
    EXPECT_TRUE(child->succeeded());
  }
  const Log log = file.open();
  EXPECT_EQ(log.size(), writers * batches * 9);
  EXPECT_EQ(log.verify(), std::nullopt);
  for (int writer = 0; writer < writers; ++writer) {
    EXPECT_EQ(numbers_in(log, std::string(1, static_cast<char>('a' + writer))),
              first_numbers(static_cast<std::size_t>(batches) * 9));
  }
}

}  // namespace linkaudit::log
