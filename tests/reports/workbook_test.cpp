#include <Poco/StreamCopier.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "reports/workbook/parts.h"
#include "reports/write.h"
#include "tests/reports/samples.h"
#include "tests/reports/temporary_directory.h"

using namespace linkaudit::reports;
using testing::HasSubstr;

namespace {

std::string part_of(const std::string& path, const std::string& name) {
  std::ifstream zip(path, std::ios::binary);
  const Poco::Zip::ZipArchive archive(zip);
  const auto header = archive.findHeader(name);
  if (header == archive.headerEnd()) return {};
  zip.clear();
  Poco::Zip::ZipInputStream in(zip, header->second);
  std::string text;
  Poco::StreamCopier::copyToString(in, text);
  return text;
}

TEST(Workbook, LongTableGoesOnInFurtherSheets) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/long.xlsx";
  const Report report = samples::long_report(60);
  const Display display(report);
  workbook::Book book(report, display, path, directory.path(), 24);
  workbook::add_table(book, report.tables[0]);  // 3 rows above the data: 21 rows of data in each
  book.close();
  workbook::check_whole(path);

  const std::string names = part_of(path, "xl/workbook.xml");
  EXPECT_THAT(names, HasSubstr("name=\"Long\""));
  EXPECT_THAT(names, HasSubstr("name=\"Long (2)\""));
  EXPECT_THAT(names, HasSubstr("name=\"Long (3)\""));
  EXPECT_THAT(part_of(path, "xl/worksheets/sheet1.xml"), HasSubstr("row 20<"));
  EXPECT_THAT(part_of(path, "xl/worksheets/sheet2.xml"), HasSubstr("row 21<"));
  EXPECT_THAT(part_of(path, "xl/worksheets/sheet2.xml"), HasSubstr("row 41<"));
  EXPECT_THAT(part_of(path, "xl/worksheets/sheet3.xml"), HasSubstr("row 59<"));
  EXPECT_THAT(part_of(path, "xl/worksheets/sheet3.xml"), HasSubstr("<autoFilter ref=\"A3:C21\""));
}

TEST(Workbook, TableThatJustFitsHasOneSheet) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/long.xlsx";
  const Report report = samples::long_report(21);
  const Display display(report);
  workbook::Book book(report, display, path, directory.path(), 24);
  workbook::add_table(book, report.tables[0]);
  book.close();
  EXPECT_EQ(part_of(path, "xl/worksheets/sheet2.xml"), "");
}

TEST(Workbook, RowThatIsStruckIsSoLeftOfTheColumnThatSaysIt) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/struck.xlsx";
  Report report = samples::long_report(0);
  Table& table = report.tables[0];
  table.columns.push_back({"gone", "gone", 10, false});
  table.struck_by = "gone";
  table.rows = rows_of({{std::int64_t{1}, Value{}, "stays"}, {std::int64_t{2}, Value{}, "goes", std::int64_t{7}}});
  const Display display(report);
  workbook::Book book(report, display, path, directory.path(), 24);
  workbook::add_table(book, table);
  book.close();
  const std::string sheet = part_of(path, "xl/worksheets/sheet1.xml");
  const auto style_of = [&](const std::string& cell) {
    const std::size_t at = sheet.find("r=\"" + cell + "\" s=\"");
    return at == std::string::npos ? std::string() : sheet.substr(at + cell.size() + 7, 2);
  };
  EXPECT_NE(style_of("A4"), style_of("A5"));
  EXPECT_NE(style_of("C4"), style_of("C5"));
  EXPECT_EQ(style_of("D5"), style_of("A4"));
  EXPECT_THAT(part_of(path, "xl/styles.xml"), HasSubstr("<strike/>"));
}

TEST(Workbook, NamesGoOnWithTheSheetsOfATable) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/long.xlsx";
  const Report report = samples::long_report(60);
  const Display display(report);
  workbook::Book book(report, display, path, directory.path(), 24);
  workbook::add_table(book, report.tables[0]);
  book.close();
  const std::string names = part_of(path, "xl/workbook.xml");
  EXPECT_THAT(names, HasSubstr("name=\"long_text\">'Long'!$C$4:$C$24<"));
  EXPECT_THAT(names, HasSubstr("name=\"long_text.3\">'Long (3)'!$C$4:$C$21<"));
}

TEST(Workbook, EveryThingItCanDrawIsWhole) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/full.xlsx";
  for (const Language language : {Language::en, Language::zh}) {
    Report report = samples::full(language);
    report.simulated = report.both_languages = true;
    write_xlsx(report, path);
    workbook::check_whole(path);
    EXPECT_THAT(part_of(path, "xl/worksheets/sheet2.xml"), HasSubstr("COUNTIFS(findings_platform"));
  }
}

TEST(Workbook, CutFileIsNotWhole) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/cut.xlsx";
  const Report report = samples::long_report(5);
  const Display display(report);
  workbook::Book book(report, display, path, directory.path());
  workbook::add_cover(book);
  book.close();
  workbook::check_whole(path);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  EXPECT_THROW(workbook::check_whole(path), std::runtime_error);
}

TEST(Workbook, BookThatIsNeverClosedLeavesNothing) {
  const TemporaryDirectory directory;
  const Report report = samples::long_report(5);
  const Display display(report);
  {
    workbook::Book book(report, display, directory.path() + "/never.xlsx", directory.path());
    workbook::add_cover(book);
  }
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

}  // namespace
