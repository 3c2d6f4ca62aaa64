#include "audit/run/xlsx.h"

#include <Poco/DateTime.h>
#include <Poco/Zip/Compress.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>

namespace linkaudit::run {
namespace {

using testing::HasSubstr;

using Parts = std::map<std::string, std::string>;

std::string zip_of(const Parts& parts) {
  std::ostringstream out;
  Poco::Zip::Compress compress(out, true);
  for (const auto& [name, text] : parts) {
    std::istringstream in(text);
    compress.addFile(in, Poco::DateTime(2022, 1, 27), Poco::Path(name, Poco::Path::PATH_UNIX));
  }
  compress.close();
  return out.str();
}

Parts parts_of(const std::string& sheet) {
  return {
      {"xl/workbook.xml",
       R"(<?xml version="1.0" encoding="UTF-8"?><workbook xmlns:r="r"><sheets><sheet name="a" r:id="x1"/></sheets></workbook>)"},
      {"xl/_rels/workbook.xml.rels",
       R"(<Relationships><Relationship Id="x1" Target="worksheets/sheet1.xml"/></Relationships>)"},
      {"xl/sharedStrings.xml",
       "<sst><si><t>first</t></si><si><r><t>an</t></r><r><t>other</t></r><rPh><t>read</t></rPh></si></sst>"},
      {"xl/styles.xml",
       R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd hh:mm"/><numFmt numFmtId="165" formatCode="[Red]0.0&quot;days&quot;"/></numFmts>)"
       R"(<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>)"},
      {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + sheet + "</sheetData></worksheet>"}};
}

tl::expected<std::vector<SheetRow>, std::string> read(const std::string& bytes) {
  return read_xlsx(bytes, [](const SheetRow&) { return true; });
}

struct Shown {
  const char* cell;
  const char* text;
};

TEST(Xlsx, CellsOfAllTypesAreReadAsText) {
  const Shown table[] = {
      {R"(<c r="A1" t="s"><v>0</v></c>)", "first"},
      {R"(<c r="A1" t="s"><v>1</v></c>)", "another"},
      {R"(<c r="A1" t="inlineStr"><is><t>in </t><t>line</t></is></c>)", "in line"},
      {R"(<c r="A1" t="inlineStr"><is><t>a_x000A_b_x4F60_ _xZZZZ_ _x005F_x0041_ &lt;!</t></is></c>)",
       "a\nb\xE4\xBD\xA0 _xZZZZ_ _x0041_ <!"},
      {R"(<c r="A1" t="str"><v>text</v></c>)", "text"},
      {R"(<c r="A1" t="b"><v>1</v></c>)", "true"},
      {R"(<c r="A1" t="b"><v>0</v></c>)", "false"},
      {R"(<c r="A1" t="b"><f aca="false">TRUE()</f><v>1</v></c>)", "true"},
      {R"(<c r="A1"><v>3</v></c>)", "3"},
      {R"(<c r="A1"><v>3.0</v></c>)", "3"},
      {R"(<c r="A1" t="n"><v>0.30000000000000004</v></c>)", "0.3"},
      {R"(<c r="A1"><v>many</v></c>)", "many"},
      {R"(<c r="A1" s="1"><v>44588</v></c>)", "2022-01-27"},
      {R"(<c r="A1" s="2"><v>44588.5</v></c>)", "2022-01-27T12:00:00"},
      {R"(<c r="A1" s="2"><v>44588.999999999</v></c>)", "2022-01-28"},
      {R"(<c r="A1" s="2"><v>0.5</v></c>)", "12:00:00"},
      {R"(<c r="A1" s="1"><v>1</v></c>)", "1900-01-01"},
      {R"(<c r="A1" s="1"><v>61</v></c>)", "1900-03-01"},
      {R"(<c r="A1" s="1"><v>-7</v></c>)", "-7"},
      {R"(<c r="A1" s="1"><v>1e300</v></c>)", "1e+300"},
      {R"(<c r="A1" s="3"><v>1.5</v></c>)", "1.5"},
      {R"(<c r="A1" t="d"><v>2022-01-27</v></c>)", "2022-01-27"},
      {R"(<c><v>5</v></c>)", "5"},
  };
  for (const Shown& row : table) {
    const auto rows = read(zip_of(parts_of(std::string(R"(<row r="1">)") + row.cell + "</row>")));
    ASSERT_TRUE(rows.has_value()) << row.cell << rows.error();
    ASSERT_EQ(rows->size(), 1u) << row.cell;
    EXPECT_EQ(rows->front().cells.at(0).text, row.text) << row.cell;
    EXPECT_EQ(rows->front().cells.at(0).problem, "") << row.cell;
  }
}

TEST(Xlsx, DatesCountFrom1904WhereTheWorkbookSaysSo) {
  Parts parts = parts_of(R"(<row r="1"><c r="A1" s="1"><v>43126</v></c></row>)");
  parts["xl/workbook.xml"] =
      R"(<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="a" r:id="x1"/></sheets></workbook>)";
  EXPECT_EQ(read(zip_of(parts)).value().front().cells.front().text, "2022-01-27");
}

TEST(Xlsx, FormulasAndErrorsAreToldWithTheirCell) {
  const auto rows = read(zip_of(parts_of(
      R"(<row r="4"><c r="B4"><f>1+1</f><v>2</v></c><c r="C4" t="b"><f>A1=B1</f><v>1</v></c><c r="AA4" t="e"><v>#N/A</v></c><c r="AB4" s="1"/></row>)")));
  ASSERT_EQ(rows.value().size(), 1u);
  const SheetRow& row = rows->front();
  ASSERT_EQ(row.cells.size(), 3u);  // an empty cell is none
  EXPECT_EQ(cell_name(row.cells[0].column, row.number), "B4");
  EXPECT_THAT(row.cells[0].problem, HasSubstr("formula"));
  EXPECT_THAT(row.cells[1].problem, HasSubstr("formula"));
  EXPECT_EQ(cell_name(row.cells[2].column, row.number), "AA4");
  EXPECT_THAT(row.cells[2].problem, HasSubstr("#N/A"));
}

TEST(Xlsx, FirstWantedSheetIsTakenWhereverItStands) {
  Parts parts = parts_of(R"(<row r="1"><c r="A1"><v>1</v></c></row>)");
  parts["xl/workbook.xml"] =
      R"(<workbook xmlns:r="r"><sheets><sheet name="a" r:id="x1"/><sheet name="b" r:id="x2"/></sheets></workbook>)";
  parts["xl/_rels/workbook.xml.rels"] =
      R"(<Relationships><Relationship Id="x2" Target="/xl/other.xml"/><Relationship Id="x1" Target="worksheets/sheet1.xml"/></Relationships>)";
  parts["xl/other.xml"] = R"(<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>)";
  const auto is = [](const char* text) { return [text](const SheetRow& row) { return row.cells[0].text == text; }; };
  EXPECT_EQ(read_xlsx(zip_of(parts), is("2")).value().front().cells.front().text, "2");
  EXPECT_EQ(read_xlsx(zip_of(parts), is("3")).value().front().cells.front().text, "1");
}

struct Hostile {
  const char* part;
  std::string content;
  const char* said;
};

TEST(Xlsx, WhatNoSpreadsheetWritesIsRefused) {
  const std::string sheet = "xl/worksheets/sheet1.xml";
  const Hostile table[] = {
      {"xl/sharedStrings.xml", R"(<!DOCTYPE sst [<!ENTITY a "b">]><sst><si><t>&a;</t></si></sst>)", "not plain XML"},
      {"xl/sharedStrings.xml", R"(<!DOCTYPE sst SYSTEM "file:///etc/passwd"><sst/>)", "not plain XML"},
      {"xl/sharedStrings.xml", "<sst><!-- c --></sst>", "not plain XML"},
      {"xl/sharedStrings.xml", "<sst><?do this?></sst>", "not plain XML"},
      {"xl/sharedStrings.xml", "<sst><si><t>&" + std::string(40, 'a') + ";</t></si></sst>", "not plain XML"},
      {"xl/sharedStrings.xml", "<sst><si><t>&nothing;</t></si></sst>", "damaged"},
      {"xl/sharedStrings.xml", "<sst><si " + std::string(70000, 'a') + "='1'/></sst>", "not plain XML"},
      {"xl/sharedStrings.xml", "<sst><si>", "damaged"},
      {"xl/sharedStrings.xml", "<sst>\xff</sst>", "not plain XML"},
      {"xl/sharedStrings.xml", std::string((64U << 20U) + 1, ' '), "too large"},
      {"xl/workbook.xml", "<workbook/>", "has no sheet"},
      {"xl/_rels/workbook.xml.rels", R"(<R><Relationship Id="x1" Target="../../etc/passwd"/></R>)", "has no part"},
      {"xl/_rels/workbook.xml.rels", R"(<R><Relationship Id="x1" TargetMode="External" Target="http://a.test/"/></R>)",
       "has no sheet"},
      {sheet.c_str(), R"(<w><row r="2"/><row r="2"/></w>)", "row 2 does not stand in order"},
      {sheet.c_str(), R"(<w><row r="9999999"/></w>)", "does not stand in order"},
      {sheet.c_str(), R"(<w><row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row></w>)", "a cell of row 1"},
      {sheet.c_str(), R"(<w><row r="1"><c r="A2"><v>1</v></c></row></w>)", "a cell of row 1"},
      {sheet.c_str(), R"(<w><row r="1"><c r="B1" t="s"><v>2</v></c></row></w>)", "B1: names a shared string"},
      {sheet.c_str(), R"(<w><row r="1"><c r="XFD1"><v>1</v></c></row></w>)", "XFD1: beyond the last column"},
  };
  for (const Hostile& row : table) {
    Parts parts = parts_of(R"(<row r="1"><c r="A1" t="s"><v>0</v></c></row>)");
    parts[row.part] = row.content;
    const auto rows = read(zip_of(parts));
    ASSERT_FALSE(rows.has_value()) << row.content.substr(0, 100);
    EXPECT_THAT(rows.error(), HasSubstr(row.said)) << row.content.substr(0, 100);
    EXPECT_EQ(rows.error().find('\n'), std::string::npos) << rows.error();
  }
}

TEST(Xlsx, OneLongTextInManyCellsIsBounded) {
  Parts parts;
  std::string row = R"(<row r="1">)";
  for (int cell = 0; cell < 200; ++cell) row += R"(<c t="s"><v>0</v></c>)";
  parts = parts_of(row + "</row>");
  parts["xl/sharedStrings.xml"] = "<sst><si><t>" + std::string(1U << 20U, 'a') + "</t></si></sst>";
  EXPECT_EQ(read(zip_of(parts)).error(), "holds too much");
}

TEST(Xlsx, DamagedFilesAreRefusedOrReadButNeverMore) {
  const std::string whole = zip_of(parts_of(R"(<row r="1"><c r="A1" t="s"><v>0</v></c></row>)"));
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    EXPECT_FALSE(read(whole.substr(0, length)).has_value()) << length;
  }
  int refused = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x5A);
    const auto rows = read(bytes);
    if (!rows) ++refused;
    if (rows) {
      EXPECT_EQ(rows->front().cells.front().text, "first") << at;  // the digests see to it
    }
  }
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace linkaudit::run
