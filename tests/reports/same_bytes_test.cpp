#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include <ctime>
#include <fstream>
#include <sstream>

#include "reports/template.h"
#include "reports/write.h"
#include "tests/reports/samples.h"
#include "tests/reports/temporary_directory.h"

using namespace linkaudit::reports;

namespace {

std::time_t now = 1'700'000'000;
int times_asked = 0;

}  // namespace

// Stands in for the C library's clock in this program, for the spreadsheet library too.
extern "C" std::time_t time(std::time_t* out) noexcept {
  ++times_asked;
  if (out != nullptr) *out = now;
  return now;
}

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

TEST(SameBytes, SameReportGivesTheSameBytesAtAnotherTimeAndPlace) {
  Report at_epoch = samples::hostile();
  at_epoch.as_of = Instant{};  // zero must not mean now
  const std::vector<Report> reports = {samples::realistic(Language::en), samples::simulated(Language::zh),
                                       samples::hostile(), at_epoch};
  std::vector<std::vector<std::string>> first;
  for (const auto& report : reports) first.push_back(all_of(report));
  now += 400 * 86400;
  for (std::size_t i = 0; i < reports.size(); ++i) EXPECT_EQ(all_of(reports[i]), first[i]) << i;
}

TEST(SameBytes, SameTemplateGivesTheSameBytesAtAnotherTimeAndPlace) {
  Template form;
  form.title = "To be filled in";
  form.sheet = "Attestations";
  form.instructions_sheet = "Instructions";
  form.values_sheet = "Values";
  form.instructions = {"Fill in."};
  form.columns = {{"outcome", "What was shown", "direct", {"direct", "blocked"}, true}};
  const auto written = [&] {
    const TemporaryDirectory directory;
    write_template(form, directory.path() + "/form.xlsx");
    return content_of(directory.path() + "/form.xlsx");
  };
  const std::string first = written();
  now += 400 * 86400;
  EXPECT_TRUE(written() == first);
}

TEST(SameBytes, ClockOfTheseTestsIsTheOneThatTheLibraryWouldAsk) {
  times_asked = 0;
  const TemporaryDirectory directory;
  lxw_workbook* book = workbook_new((directory.path() + "/book.xlsx").c_str());
  workbook_add_worksheet(book, nullptr);
  EXPECT_EQ(workbook_close(book), LXW_NO_ERROR);
  EXPECT_GT(times_asked, 0);
}

}  // namespace
