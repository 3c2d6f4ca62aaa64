"""office.py WRITE_SAMPLES DIRECTORY: LibreOffice opens the workbooks, prints them and reads the same text and numbers."""

import csv
import datetime
import json
import os
import re
import subprocess
import sys
import unittest
import zipfile

import openpyxl

PROGRAM, DIRECTORY = sys.argv[1], os.path.abspath(sys.argv[2])


def convert(name, target):
    subprocess.run(["soffice", f"-env:UserInstallation=file://{DIRECTORY}/profile", "--headless", "--convert-to", target,
                    "--outdir", DIRECTORY, f"{DIRECTORY}/{name}"], check=True, stdout=subprocess.DEVNULL, timeout=200)


def pages_of(name):
    out = subprocess.run(["pdftotext", "-layout", f"{DIRECTORY}/{name}", "-"], check=True, capture_output=True)
    return out.stdout.decode("utf-8").rstrip("\f").split("\f")


class Office(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run([PROGRAM, DIRECTORY], check=True)

    def test_printed_pages_carry_what_was_found(self):
        convert("zh.xlsx", "pdf")
        pages = pages_of("zh.pdf")
        whole = "\n".join(pages)
        for expected in ("互联互通链接开放情况", "21 项中 3 项", "需外部浏览器", "逾期 132 天", "图例", "2021-09-17 23:59:59"):
            self.assertIn(expected, whole)
        for number, page in enumerate(pages, 1):
            self.assertIn(f"第 {number} 页，共 {len(pages)} 页", page)
            self.assertIn("截至 2022-01-27 23:59:59 Asia/Shanghai", page)
        observations = [page for page in pages if "item.taobao.com" in page]
        self.assertGreater(len(observations), 1)
        for page in observations:  # headings are repeated
            self.assertIn("记录", page)

    def test_each_printed_page_of_a_simulated_report_says_so(self):
        convert("simulated.xlsx", "pdf")
        for page in pages_of("simulated.pdf"):
            self.assertIn("SIMULATED 模拟", page)

    def recalculated(self, name):
        """The workbook without the numbers that were stored with its formulas, as LibreOffice counts them."""
        bare = f"{DIRECTORY}/bare-{name}"
        with zipfile.ZipFile(f"{DIRECTORY}/{name}") as book, zipfile.ZipFile(bare, "w") as out:
            for part in book.namelist():
                data = book.read(part)
                if "worksheets/sheet" in part:
                    data = re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", data)
                out.writestr(part, data)
        os.makedirs(f"{DIRECTORY}/recalculated", exist_ok=True)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{DIRECTORY}/profile", "--headless", "--convert-to",
                        "xlsx:Calc MS Excel 2007 XML", "--outdir", f"{DIRECTORY}/recalculated", bare], check=True,
                       stdout=subprocess.DEVNULL, timeout=200)
        return openpyxl.load_workbook(f"{DIRECTORY}/recalculated/bare-{name}", data_only=True)

    def rows_below(self, sheet, heading):
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        return rows[[row[0] for row in rows].index(heading) + 1 :]

    def test_totals_counted_again_are_those_of_the_report(self):
        for name, title, heading in (("full", "Clauses", "Platform"), ("full-zh", "条款", "平台")):
            with open(f"{DIRECTORY}/{name}.json", encoding="utf-8") as file:
                told = [list(row.values()) for row in json.load(file)["tables"]["clauses"]]
            rows = self.rows_below(self.recalculated(f"{name}.xlsx")[title], heading)
            self.assertEqual([row[:5] for row in rows[: len(told)]], told)
            self.assertGreater(sum(told[-1][1:]), 10)

    def test_hostile_texts_are_counted_as_texts(self):
        with open(f"{DIRECTORY}/hostile.json", encoding="utf-8") as file:
            tables = json.load(file)["tables"]
        texts = [row["text"] for row in tables["texts"]]
        folded = [text.casefold() for text in texts]
        rows = self.rows_below(self.recalculated("hostile.xlsx")["Counts"], "Number")
        compared = 0
        for row, told in zip(rows, tables["counts"]):
            text = texts[told["number"]]
            if folded.count(text.casefold()) == texts.count(text):  # spreadsheets do not tell cases apart
                self.assertEqual(row[:3], list(told.values()), text)
                compared += 1
        self.assertGreater(compared, 75)

    def test_columns_to_be_filled_in_survive_being_saved(self):
        book = self.recalculated("full.xlsx")
        sheet = book["Findings"]
        self.assertTrue(sheet.protection.sheet)
        self.assertEqual({rule.type for rule in sheet.data_validations.dataValidation}, {"textLength", "list", "date"})
        self.assertIn("findings_owner", [name.name for name in book.defined_names.definedName])
        row = self.rows_below(sheet, "Obligation")[0]
        self.assertEqual(row[9:], ["=1+1", "ask the platform", datetime.datetime(2022, 1, 24), "a, b"])

    def test_hostile_text_is_read_as_text(self):
        convert("hostile.xlsx", 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3')
        name = next(name for name in os.listdir(DIRECTORY) if name.startswith("hostile-") and name.endswith(".csv"))
        with open(f"{DIRECTORY}/{name}", encoding="utf-8", newline="") as file:
            rows = [row for row in csv.reader(file) if row and row[0].isdigit()]
        with open(f"{DIRECTORY}/plain.json", encoding="utf-8") as file:
            plain = json.load(file)
        self.assertEqual([row[1] for row in rows][: len(plain)], plain)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
