"""desk_files.py WRITE_DESK_SAMPLES DIRECTORY: PDF, Markdown, NDJSON and CSV read back by other people's readers, hostile
texts among them: poppler for the PDF, GitHub's own reader for Markdown."""

import csv
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

PROGRAM, DIRECTORY = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
csv.field_size_limit(10**6)


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def acts(text):
    """Characters that no format may let through."""
    return [c for c in text if ord(c) < 32 and c != "\n" or c in "\x7f\u200b\u200e\u200f\u061c\ufeff\ufffe\uffff"
            or 0x80 <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069]


class Reader(html.parser.HTMLParser):
    """Every element of a page, and the cells of its tables: row by row of each."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.tables, self.depth = [], [], 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.depth = 1
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.depth = 0

    def handle_data(self, data):
        if self.depth:
            self.tables[-1][-1][-1] += data


def markdown(name):
    """The text as GitHub would show it: its tables, its bare addresses, its strikes."""
    return output("cmark-gfm", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tagfilter",
                  str(DIRECTORY / name))


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run([PROGRAM, str(DIRECTORY), "pdf"], check=True)
        cls.plain = json.loads((DIRECTORY / "plain.json").read_text(encoding="utf-8"))

    def lines(self, name):
        return [json.loads(line) for line in (DIRECTORY / name).read_text(encoding="utf-8").splitlines()]

    def test_pdf_is_landscape_a4_with_numbered_pages(self):
        for name, words in (("en.pdf", "Page {} of {}"), ("zh.pdf", "第 {} 页，共 {} 页 / Page {} of {}")):
            info = dict(line.split(":", 1) for line in output("pdfinfo", str(DIRECTORY / name)).splitlines())
            width, height = (float(one) for one in re.findall(r"[\d.]+", info["Page size"])[:2])
            self.assertAlmostEqual(width, 297 / 25.4 * 72, delta=1)
            self.assertAlmostEqual(height, 210 / 25.4 * 72, delta=1)
            self.assertEqual(info["JavaScript"].strip(), "no")
            pages = int(info["Pages"])
            self.assertTrue(8 <= pages <= 25, pages)
            for number in (1, pages):
                text = output("pdftotext", "-layout", "-f", str(number), "-l", str(number), str(DIRECTORY / name), "-")
                self.assertIn(words.format(number, pages, number, pages), text)

    def test_pdf_has_its_texts_its_date_and_heads_on_each_page(self):
        chinese = output("pdftotext", "-layout", str(DIRECTORY / "zh.pdf"), "-")
        for text in ("互联互通链接开放情况", "即时通信中链接可直接打开", "需外部浏览器", "截至 2022年1月27日 23:59:59", "模拟"):
            self.assertIn(text, chinese)
        pages = output("pdftotext", "-layout", str(DIRECTORY / "en.pdf"), "-").split("\f")
        with_rows = [page for page in pages if re.search(r"^ *F-1\d\d", page, re.M)]
        self.assertGreater(len(with_rows), 1)
        for page in with_rows:
            self.assertRegex(page, "Finding +Clause +Platform")
            self.assertNotIn("Owner", page)
        info = subprocess.run(["pdfinfo", str(DIRECTORY / "en.pdf")], check=True, capture_output=True, text=True,
                              env={**os.environ, "TZ": "UTC"}).stdout
        self.assertRegex(info, "CreationDate: +Thu Jan 27 15:59:59 2022")

    def test_pdf_is_the_same_bytes_again(self):
        again = DIRECTORY / "again"
        subprocess.run([PROGRAM, str(again), "pdf"], check=True)
        self.assertTrue((again / "en.pdf").read_bytes() == (DIRECTORY / "en.pdf").read_bytes())

    def test_there_are_a_hundred_hostile_texts_and_none_acts(self):
        self.assertGreater(len(set(self.plain)), 100)
        for name in ("hostile.html", "hostile.md", "hostile.ndjson", "hostile.json", "hostile.texts.csv"):
            text = (DIRECTORY / name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            self.assertEqual(acts(text), [], name)

    def test_ndjson(self):
        rows = self.lines("hostile.ndjson")
        self.assertEqual([row["text"] for row in rows if row["sheet"] == "texts"], self.plain)
        self.assertTrue(all(list(row)[0] == "sheet" for row in rows))

    def test_json(self):
        report = json.loads((DIRECTORY / "hostile.json").read_text(encoding="utf-8"))
        self.assertEqual([row["text"] for row in report["tables"]["texts"]], self.plain)

    def test_csv(self):
        with open(DIRECTORY / "hostile.texts.csv", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))[1:]
        for row, text in zip(rows, self.plain, strict=True):
            trigger = re.match("[ '\n\u3000\xa0]*[=+\\-@＝＋－＠−]", text)
            self.assertEqual(row[1], ("'" if trigger else "") + text)

    def test_page(self):
        tables = Reader((DIRECTORY / "hostile.html").read_text(encoding="utf-8")).tables
        texts = next(table for table in tables if len(table) > 100)
        self.assertEqual([row[1] for row in texts[1:]], self.plain)
        self.assertEqual([row[2] for row in texts[1:]], [f"= {text}" for text in self.plain])

    def test_markdown_shows_hostile_texts_as_they_are(self):
        shown = Reader(markdown("hostile.md"))
        self.assertLessEqual(set(shown.elements), set("h1 h2 p table thead tbody tr th td strong ul li".split()))
        rows = [row for table in shown.tables for row in table[1:] if len(row) == 3 and row[0].isdigit()]
        self.assertEqual(len(rows), len(self.plain))  # in tables of twenty
        for row, text in zip(rows, self.plain):
            # GitHub's reader takes blanks from both ends of a cell, whichever way they are written.
            self.assertEqual(row[1].replace("\u2060", "").strip(), text.replace("\n", "⏎").strip())
        self.assertNotRegex(markdown("hostile.md"), "@[a-z]|#[0-9]|:[a-z]+:|www\\.")

    def test_markdown_tables_have_their_rows(self):
        for name in ("en.md", "zh.md"):
            tables = Reader(markdown(name)).tables
            self.assertEqual([len(table) for table in tables], [6, 21, 3])
            for table in tables:
                self.assertEqual(len({len(row) for row in table}), 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
