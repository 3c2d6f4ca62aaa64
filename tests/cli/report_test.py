#!/usr/bin/env python3
"""Reports through an office: filled in, saved by others, carried over, issued, made again.

Usage: report_test.py PROGRAM CASEBOOK.csv. openpyxl fills in, LibreOffice saves: neither shares code with the program.
"""
import csv
import datetime
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import openpyxl

PROGRAM, CASEBOOK = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
AS_OF = "2022-01-27T23:59:59+08:00"
SHEETS = ["Cover", "Clauses", "Matrix", "Breaches", "Changes", "Disputes, attestations", "Waivers", "Gaps by day",
          "Timeline", "Evidence", "Observations", "Glossary"]
FILLED = {"Owner": "=1+1 office", "Action": "ask the host app", "Due date": datetime.datetime(2022, 2, 15),
          "Remark": "letter ‘sent’ <b>&\nsecond line"}


class Reports(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory(prefix="linkaudit-report-")
        self.addCleanup(self.scratch.cleanup)
        self.directory = Path(self.scratch.name)
        self.program("import", CASEBOOK)

    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, "--db", "d.db", *arguments], cwd=self.directory, capture_output=True, text=True)

    def program(self, *arguments):
        done = self.run_program(*arguments)
        self.assertEqual(done.returncode, 0, (arguments, done.stdout, done.stderr))
        return done.stdout

    def report(self, name, *options, as_of=AS_OF):
        self.program("report", "-o", name, "--as-of", as_of, *options)
        return self.directory / name

    def breaches(self, path):
        """The sheet, the row of its headings, and the column of each heading."""
        sheet = openpyxl.load_workbook(path).worksheets[3]
        for row in sheet.iter_rows(min_row=1, max_row=12):
            texts = [cell.value for cell in row]
            if any(str(text).endswith(("Finding id", "认定编号")) for text in texts):
                return sheet, row[0].row, {text: index + 1 for index, text in enumerate(texts)}
        self.fail("no headings")

    def rows(self, path):
        sheet, top, columns = self.breaches(path)
        return [{name: sheet.cell(row, column).value for name, column in columns.items()}
                for row in range(top + 1, sheet.max_row + 1)]

    def fill_in(self, path, row, values, saved):
        book = openpyxl.load_workbook(path)
        sheet, top, columns = self.breaches(path)
        for name, value in values.items():
            book[sheet.title].cell(top + row, columns[name]).value = value
            if name == "Owner":
                book[sheet.title].cell(top + row, columns[name]).data_type = "s"
        book.save(saved)
        return saved

    def office(self, path):
        out = self.directory / "office"
        subprocess.run(["soffice", f"-env:UserInstallation=file://{self.directory}/profile", "--headless", "--convert-to",
                        "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path)], check=True,
                       stdout=subprocess.DEVNULL, timeout=200)
        return out / path.name

    def visible(self, path):
        return [sheet.title for sheet in openpyxl.load_workbook(path).worksheets if sheet.sheet_state == "visible"]

    def test_sheets_stand_in_their_order_with_an_appendix_behind(self):
        sheets = self.visible(self.report("r.xlsx"))
        self.assertEqual(sheets[:len(SHEETS)], SHEETS)
        self.assertIn("Findings", sheets[len(SHEETS):])

    def test_templates_draw_their_sheets_and_an_unknown_one_is_refused(self):
        sheets = self.visible(self.report("i.xlsx", "--template", "incident"))
        self.assertEqual(sheets, ["Cover", "Matrix", "Breaches", "Changes", "Disputes, attestations", "Timeline",
                                  "Evidence", "Observations", "Glossary"])
        done = self.run_program("report", "-o", "x.xlsx", "--template", "weekly")
        self.assertEqual(done.returncode, 3)
        self.assertIn('--template: "weekly" is no report of the catalog; valid are full, monthly, incident', done.stderr)
        self.assertFalse((self.directory / "x.xlsx").exists())

    def test_what_officers_fill_in_comes_back_in_the_next_report_in_either_language(self):
        filled = self.fill_in(self.report("old.xlsx"), 2, FILLED, self.directory / "filled.xlsx")
        finding = self.rows(filled)[1]["Finding id"]
        for saved in (filled, self.office(filled)):
            new = self.report("new.xlsx", "--carry", str(saved))
            row = {row["Finding id"]: row for row in self.rows(new)}[finding]
            self.assertEqual({name: row[name] for name in FILLED}, FILLED)
        chinese = self.rows(self.report_in("zh", "zh.xlsx"))
        row = {row["认定编号"]: row for row in chinese}[finding]
        self.assertEqual((row["负责人"], row["措施"], row["期限"]), ("=1+1 office", "要求宿主应用整改", FILLED["Due date"]))
        self.assertEqual(sum(1 for row in chinese if row["备注条目"] is not None), 1)

    def test_each_column_comes_back_from_a_workbook_in_chinese(self):
        old = self.report_in("zh", "old.xlsx")
        values = {"负责人": "平台治理部", "措施": "再次查看", "期限": datetime.datetime(2022, 3, 1), "备注": "已致函"}
        filled = self.fill_in(old, 1, values, self.directory / "filled.xlsx")
        self.assertIn("1 ", self.run_program("import", "--remarks", str(filled)).stderr)
        new = self.report_in("zh", "new.xlsx")
        self.assertEqual({name: self.rows(new)[0][name] for name in values}, values)
        before = self.entries()
        self.program("import", "--remarks", str(new))
        self.assertEqual(self.entries(), before)

    def test_two_officers_who_fill_in_the_same_workbook_do_not_erase_each_other(self):
        old = self.report("old.xlsx")
        for values in ({"Owner": "first"}, {"Remark": "second"}):
            self.program("import", "--remarks", str(self.fill_in(old, 1, values, self.directory / "filled.xlsx")))
        row = self.rows(self.report("new.xlsx"))[0]
        self.assertEqual((row["Owner"], row["Remark"]), ("first", "second"))

    def test_since_a_date_begins_with_that_day(self):
        self.report("c.csv", "--since", "2022-01-27", "--sheet", "changes")
        rows = list(csv.DictReader(io.StringIO((self.directory / "c.csv").read_text("utf-8-sig"))))
        self.assertTrue(any(row["since"].startswith("2022-01-27") for row in rows), rows)

    def report_in(self, language, name):
        self.program("--lang", language, "report", "-o", name, "--as-of", AS_OF)
        return self.directory / name

    def entries(self):
        return len(self.program("export").splitlines())

    def test_the_same_workbook_again_says_nothing_new(self):
        filled = self.fill_in(self.report("old.xlsx"), 1, FILLED, self.directory / "filled.xlsx")
        self.assertIn("1 remarks taken into the log, 0 were known",
                      self.run_program("import", "--remarks", str(filled)).stderr)
        before = self.entries()
        self.assertIn("0 remarks taken into the log, 1 were known",
                      self.run_program("import", "--remarks", str(filled)).stderr)
        self.assertEqual(self.entries(), before)

    def test_an_older_workbook_takes_back_no_newer_remark_and_a_newer_one_does(self):
        old = self.report("old.xlsx")
        filled = self.fill_in(old, 1, FILLED, self.directory / "filled.xlsx")
        self.program("import", "--remarks", str(filled))
        self.program("import", "--remarks", str(old))
        shown = self.report("shown.xlsx")
        self.assertEqual(self.rows(shown)[0]["Owner"], FILLED["Owner"])
        emptied = self.fill_in(shown, 1, dict.fromkeys(FILLED), self.directory / "emptied.xlsx")
        self.program("import", "--remarks", str(emptied))
        self.assertIsNone(self.rows(self.report("last.xlsx"))[0]["Owner"])

    def test_what_cannot_be_a_remark_is_refused_with_its_cell_and_nothing_is_taken(self):
        old = self.report("old.xlsx")
        before = self.entries()
        for name, value, problem in (("Due date", "soon", '"soon" is no date'), ("Finding id", "no:such:thing", "names no finding"),
                                     ("Action", "shoot them", "is none of the actions"),
                                     ("Remark", "=1+1", "a formula stands there")):
            book = openpyxl.load_workbook(old)
            sheet, top, columns = self.breaches(old)
            book[sheet.title].cell(top + 1, columns["Owner"]).value = "office"
            book[sheet.title].cell(top + 1, columns[name]).value = value
            book.save(self.directory / "bad.xlsx")
            done = self.run_program("import", "--remarks", "bad.xlsx")
            self.assertEqual(done.returncode, 3)
            self.assertRegex(done.stderr, r"bad\.xlsx:[A-Z]+\d+: .*" + re.escape(problem))
        done = self.run_program("import", "--remarks", CASEBOOK)
        self.assertEqual(done.returncode, 3)
        self.assertEqual(self.entries(), before)

    def test_digest_is_printed_and_the_same_bytes_come_again(self):
        for ending in ("xlsx", "html", "csv", "json", "ndjson", "md"):
            first = self.program("report", "-o", f"a.{ending}", "--as-of", AS_OF)
            digest = hashlib.sha256((self.directory / f"a.{ending}").read_bytes()).hexdigest()
            self.assertEqual(first, f"{digest}  a.{ending}\n")
            self.assertEqual(self.program("report", "-o", f"b.{ending}", "--as-of", AS_OF)[:64], digest)

    def test_issued_reports_are_listed_and_change_no_later_report(self):
        self.report("before.xlsx", "--template", "monthly")
        told = json.loads(self.program("--format", "json", "report", "-o", "issued.xlsx", "--as-of", AS_OF, "--template",
                                       "monthly", "--issue"))
        self.report("after.xlsx", "--template", "monthly")
        same = {(self.directory / f"{name}.xlsx").read_bytes() for name in ("before", "issued", "after")}
        self.assertEqual(len(same), 1)
        listed = json.loads(self.program("--format", "json", "reports"))["reports"]
        self.assertEqual([(each["template"], each["file"], each["sha256"], each["entry"]) for each in listed],
                         [("monthly", "issued.xlsx", hashlib.sha256(same.pop()).hexdigest(), told["entry"])])
        self.assertEqual(listed[0]["as_of"], "2022-01-27T15:59:59Z")
        self.assertIn("verified: ", self.program("ledger", "verify"))

    def test_changes_are_those_since_the_last_report_of_its_kind(self):
        self.report("first.xlsx", "--template", "monthly", "--issue", as_of="2021-09-30")
        for options, expected in ((("--template", "monthly"), True), (("--template", "incident"), False),
                                  (("--template", "incident", "--since", "2021-09-30"), True)):
            self.report("c.csv", *options, "--sheet", "changes")
            rows = list(csv.DictReader(io.StringIO((self.directory / "c.csv").read_text("utf-8-sig"))))
            self.assertEqual(bool(rows), expected, options)

    def test_a_folder_holds_every_sheet_in_three_formats(self):
        told = self.program("report", "-o", "all/", "--as-of", AS_OF).splitlines()
        names = {path.name for path in (self.directory / "all").iterdir()}
        self.assertEqual(len(told), len(names))
        for sheet in ("cover", "clauses", "matrix", "breaches", "changes", "disputes", "waivers", "gaps_by_day", "timeline",
                      "evidence", "observations", "glossary", "findings"):
            self.assertLessEqual({sheet + ending for ending in (".csv", ".json", ".ndjson")}, names)
            rows = list(csv.reader(io.StringIO((self.directory / "all" / f"{sheet}.csv").read_text("utf-8-sig"))))
            objects = json.loads((self.directory / "all" / f"{sheet}.json").read_text())
            self.assertEqual(len(rows) - 1, len(objects))
            if objects:
                self.assertEqual(list(objects[0]), rows[0])

    def test_both_languages_stand_in_headings(self):
        self.program("--lang", "both", "report", "-o", "both.xlsx", "--as-of", AS_OF)
        book = openpyxl.load_workbook(self.directory / "both.xlsx")
        self.assertIn("违规 Breaches", book.sheetnames)
        filled = self.fill_in(self.directory / "both.xlsx", 1, {"备注 Remark": "both"}, self.directory / "filled.xlsx")
        self.assertIn("1 ", self.run_program("import", "--remarks", str(filled)).stderr)
        self.assertEqual(self.rows(self.report("r.xlsx"))[0]["Remark"], "both")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
