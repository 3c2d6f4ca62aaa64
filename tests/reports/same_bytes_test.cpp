#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "reports/write.h"
#include "tests/reports/samples.h"
#include "tests/reports/temporary_directory.h"

using namespace linkaudit::reports;

namespace {

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> all_of(const Report& report) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/report";
  std::vector<std::string> contents;
  write_xlsx(report, path);
  contents.push_back(content_of(path));
  write_html(report, path);
  contents.push_back(content_of(path));
  write_json(report, path);
  contents.push_back(content_of(path));
  for (const Table& table : report.tables) {
    write_csv(table, report, path);
    contents.push_back(content_of(path));
  }
  return contents;
}

// Until the wall clock shows another second, which is what creation times and ZIP time stamps would show (the latter
// every other second only).
void wait_for_another_second() {
  using std::chrono::system_clock;
  const auto start = std::chrono::floor<std::chrono::seconds>(system_clock::now());
  while (std::chrono::floor<std::chrono::seconds>(system_clock::now()) < start + std::chrono::seconds(2)) {
    std::this_thread::yield();
  }
}

TEST(SameBytes, SameReportGivesTheSameBytesAtAnotherTimeAndPlace) {
  Report at_epoch = samples::hostile();
  at_epoch.as_of = Instant{};  // zero must not mean now
  const std::vector<Report> reports = {samples::realistic(Language::en), samples::simulated(Language::zh),
                                       samples::hostile(), at_epoch};
  std::vector<std::vector<std::string>> first;
  for (const auto& report : reports) first.push_back(all_of(report));
  wait_for_another_second();
  for (std::size_t i = 0; i < reports.size(); ++i) EXPECT_EQ(all_of(reports[i]), first[i]) << i;
}

}  // namespace
