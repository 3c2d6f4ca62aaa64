#!/usr/bin/env python3
"""The workbook that persons fill in: written by the program, filled in and saved by others, read back by the program.

Usage: attest_workbook_test.py PROGRAM. openpyxl fills in, LibreOffice saves: neither shares code with the program.
"""
import csv
import datetime
import json
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

import openpyxl

PROGRAM = os.path.abspath(sys.argv[1])
COLUMNS = ["at", "link", "context", "outcome", "observer", "steps", "presentation", "client", "source", "facts", "note",
           "blame", "valid_days"]
GOOD = [
    ["2022-01-27T12:00:00+08:00", "taobao/item", "wechat/group", "external_browser", "desk", 2, "card", "8.0.20 iOS", "T-1",
     "add_to_cart=no;payment=none", "“two\nlines” <&> =1+1", "host", 14],
    ["2022-01-27T13:00:00+08:00", "taobao/item", "wechat/moments", "direct", "李, desk", None, None, None, None, None, None,
     None, None],
]


class Workbook(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory(prefix="linkaudit-attest-")
        self.addCleanup(self.scratch.cleanup)
        self.directory = Path(self.scratch.name)

    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, *arguments], cwd=self.directory, capture_output=True, text=True)

    def template(self, language="en", name="form.xlsx"):
        done = self.run_program("--lang", language, "attest", "--template", name)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn(name, done.stdout)
        return self.directory / name

    def fill_in(self, rows, language="en", name="form.xlsx"):
        path = self.template(language, name)
        book = openpyxl.load_workbook(path)
        for row in rows:
            book.worksheets[0].append(row)
        book.save(path)
        return path

    def office(self, path, target, ending):
        out = self.directory / "office"
        subprocess.run(["soffice", f"-env:UserInstallation=file://{self.directory}/profile", "--headless", "--convert-to",
                        target, "--outdir", str(out), str(path)], check=True, stdout=subprocess.DEVNULL, timeout=200)
        return out / (path.stem + ending)

    def imported(self, path):
        done = self.run_program("--db", "d.db", "import", str(path))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, "2 imported, 0 known already\n")
        out = self.run_program("--db", "d.db", "query", "--format", "json")
        for left in self.directory.glob("d.db*"):
            left.unlink()
        return json.loads(out.stdout)["observations"]

    def expected(self):
        """The same rows by way of CSV."""
        with open(self.directory / "same.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *GOOD])
        return self.imported(self.directory / "same.csv")

    def test_template_has_columns_lists_and_explanations_in_both_languages(self):
        explained = {}
        for language in ("en", "zh"):
            book = openpyxl.load_workbook(self.template(language, language + ".xlsx"))
            form, instructions, values = book.worksheets
            self.assertEqual([cell.value for cell in form[1]], COLUMNS)
            self.assertEqual(form.max_row, 1)
            self.assertEqual(form.freeze_panes, "A2")
            explained[language] = [cell.value for row in instructions.iter_rows() for cell in row if cell.value]
            for column in COLUMNS:
                self.assertIn(column, explained[language])
            lists = {}
            hints = set()
            for rule in form.data_validations.dataValidation:
                column = str(rule.sqref)[0]
                hints.add(column)
                self.assertTrue(rule.prompt)
                if rule.type == "list":
                    sheet, cells = rule.formula1.replace("'", "").replace("$", "").split("!")
                    self.assertEqual(sheet, values.title)
                    lists[form[column + "1"].value] = [cell.value for (cell,) in values[cells]]
            self.assertEqual(len(hints), len(COLUMNS))
            self.assertEqual(sorted(lists), ["blame", "context", "link", "outcome", "presentation"])
            self.assertIn("taobao/item", lists["link"])
            self.assertIn("wechat/group", lists["context"])
            self.assertEqual(lists["outcome"], ["direct", "confirm", "login_wall", "external_browser", "text_token", "app_jump",
                                                "blocked", "challenge", "unreachable", "unclassified"])
            self.assertEqual(lists["presentation"], ["card", "link", "folded", "text", "text_token"])
        self.assertIn("What was shown when the link was tapped.", explained["en"])
        self.assertIn("点击链接后显示的结果。", explained["zh"])

    def test_empty_template_holds_nothing(self):
        self.template()
        done = self.run_program("import", "form.xlsx")
        self.assertEqual((done.returncode, done.stdout), (0, "0 imported, 0 known already\n"))

    def test_file_that_is_there_is_not_written_over(self):
        path = self.template()
        before = path.read_bytes()
        done = self.run_program("attest", "--template", "form.xlsx")
        self.assertEqual(done.returncode, 3)
        self.assertIn("form.xlsx is there already", done.stderr)
        self.assertEqual(path.read_bytes(), before)
        self.assertEqual(self.run_program("attest", "--template", "form.ods").returncode, 3)
        self.assertEqual(self.run_program("attest", "taobao/item", "--template", "b.xlsx").returncode, 3)
        self.assertEqual(sorted(p.name for p in self.directory.iterdir()), ["form.xlsx"])

    def test_rows_are_the_same_as_from_csv_whoever_saved_the_file(self):
        def facts(observations):
            return [{key: value for key, value in seen.items() if key != "recorded_at"} for seen in observations]
        expected = facts(self.expected())
        for language in ("en", "zh"):
            path = self.fill_in(GOOD, language, language + ".xlsx")
            self.assertEqual(facts(self.imported(path)), expected, language)
            self.assertEqual(facts(self.imported(self.office(path, "xlsx:Calc MS Excel 2007 XML", ".xlsx"))), expected, language)

    def test_columns_moved_and_left_out_are_found(self):
        book = openpyxl.Workbook()
        book.active.append(["a note of mine"])
        sheet = book.create_sheet("x")
        order = ["observer", "outcome", "context", "link", "at"]
        sheet.append(order)
        for row in GOOD:
            sheet.append([])
            sheet.append([row[COLUMNS.index(column)] for column in order])
        book.save(self.directory / "own.xlsx")
        self.assertEqual(len(self.imported(self.directory / "own.xlsx")), 2)

    def test_streamed_archive_is_read(self):
        path = self.fill_in(GOOD)
        streamed = self.directory / "streamed.xlsx"

        class Pipe:  # cannot seek, so sizes stand behind the data
            def __init__(self, file):
                self.file = file

            def write(self, data):
                return self.file.write(data)

            def flush(self):
                self.file.flush()
        with zipfile.ZipFile(path) as old, open(streamed, "wb") as file:
            with zipfile.ZipFile(Pipe(file), "w", zipfile.ZIP_DEFLATED) as new:
                for name in old.namelist():
                    new.writestr(name, old.read(name))
        self.assertEqual(len(self.imported(streamed)), 2)

    def test_every_bad_cell_is_named_and_nothing_is_imported(self):
        bad = [
            ["2022-01-27 12:00", "taobao/itm", "wechat/grup", "opens", "desk", "few", "cart", None, None, "yes", None, "me", -1],
            GOOD[0],
            [datetime.datetime(2022, 1, 27, 12, 0), "taobao/item", "wechat/group", "=1+1", None, "x", None, None, None, None,
             None, None, 1.5, "beside"],
        ]
        for saved in ("openpyxl", "office"):
            path = self.fill_in(bad, name=saved + ".xlsx")
            if saved == "office":
                path = self.office(path, "xlsx:Calc MS Excel 2007 XML", ".xlsx")
            done = self.run_program("--db", "d.db", "import", str(path))
            self.assertEqual((done.returncode, done.stdout), (3, ""))
            self.assertFalse((self.directory / "d.db").exists())
            for said in ("A2: at: \"2022-01-27 12:00\" is not an instant with a zone", "B2: link: \"taobao/itm\"",
                         "C2: context: \"wechat/grup\"", "D2: outcome: \"opens\"", "F2: steps: \"few\"",
                         "G2: presentation: \"cart\"", "J2: facts: \"yes\"", "L2: blame: \"me\"", "M2: valid_days: \"-1\"",
                         "A4: at: \"2022-01-27T12:00:00\" is not an instant with a zone", "D4: outcome: a formula",
                         "E4: observer: is missing", "F4: steps: \"x\"", "M4: valid_days: \"1.5\"",
                         "N4: stands under no heading"):
                self.assertIn(f"{path}:{said}", done.stderr, saved)
            self.assertEqual(len(done.stderr.splitlines()), 15, done.stderr)

    def test_headings_that_do_not_fit_are_named(self):
        for header, said in ((["at", "link", "context", "outcome"], "A1: column observer is missing"),
                             (COLUMNS + ["mood"], "N1: \"mood\" is no column"),
                             (COLUMNS + ["note"], "stands twice")):
            book = openpyxl.Workbook()
            book.active.append(header)
            book.save(self.directory / "h.xlsx")
            done = self.run_program("import", "h.xlsx")
            self.assertEqual(done.returncode, 3)
            self.assertIn(said, done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
