"""hostile_text.py WRITE_SAMPLES DIRECTORY: hostile texts come back from every format as the same plain text."""

import csv
import html
import html.parser
import json
import re
import subprocess
import sys
import unittest
import zipfile
from xml.etree import ElementTree

import openpyxl

PROGRAM, DIRECTORY = sys.argv[1], sys.argv[2]
LONGEST = 32767
csv.field_size_limit(10**6)


def read_code(text):
    """Spreadsheets read _x0041_ as a character (ECMA-376, ST_Xstring)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found.group(1), 16)), text)


def acts(text):
    """Characters that no format may let through."""
    return [c for c in text if ord(c) < 32 and c != "\n" or c in "\x7f\u200b\u200e\u200f\u061c\ufeff\ufffe\uffff"
            or 0x80 <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069]


class Page(html.parser.HTMLParser):
    """Collects the cells of the table with the given id, and every element and attribute."""

    def __init__(self):
        super().__init__()
        self.elements, self.attributes, self.rows, self.section, self.in_cell = set(), set(), {}, None, False
        self.starts, self.leads = [], set()  # every element in order; every address but those on the page

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.starts.append(tag)
        self.leads.update(value for name, value in attrs if name in ("href", "src") and not value.startswith("#"))
        self.attributes.update(name for name, _ in attrs)
        if tag == "section":
            self.section = dict(attrs).get("id")
        if tag == "tr":
            self.rows.setdefault(self.section, []).append([])
        if tag in ("td", "th"):
            self.in_cell = True
            self.rows[self.section][-1].append("")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.in_cell = False

    def handle_data(self, data):
        if self.in_cell:
            self.rows[self.section][-1][-1] += data


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run([PROGRAM, DIRECTORY], check=True)
        with open(f"{DIRECTORY}/plain.json", encoding="utf-8") as file:
            cls.plain = json.load(file)

    def test_there_are_many_and_none_acts(self):
        self.assertGreater(len(self.plain), 75)
        for text in self.plain:
            self.assertEqual(acts(text), [])

    def test_workbook(self):
        book = openpyxl.load_workbook(f"{DIRECTORY}/hostile.xlsx")
        self.assertEqual(book.sheetnames[2:4], ["-a------`b", "-a------`b (2)"])
        rows = [row for row in book.worksheets[2].iter_rows() if isinstance(row[0].value, int)]
        self.assertEqual(len(rows), len(self.plain) + 1)
        for row, text in zip(rows, self.plain):
            self.assertEqual(read_code(row[1].value or ""), text)
            self.assertIn(row[1].data_type, ("s", "inlineStr") if text else ("n",))
            self.assertIsNone(row[1].hyperlink)
        last = rows[-1][1].value
        self.assertEqual(len(last), LONGEST)
        self.assertTrue(last.endswith("x… [shortened]"))

    def test_workbook_has_no_formula_but_its_own_no_link_and_nothing_from_outside(self):
        formulas = []
        with zipfile.ZipFile(f"{DIRECTORY}/hostile.xlsx") as book:
            for name in book.namelist():
                if name.endswith(".png"):
                    continue
                text = book.read(name).decode("utf-8")
                ElementTree.fromstring(text)
                self.assertEqual(acts(text.replace("\r\n", "\n").replace("\t", " ")), [], name)
                self.assertNotRegex(text, "<hyperlink|TargetMode", name)
                formulas += [html.unescape(found) for found in re.findall("<f>(.*?)</f>", text)]
                self.assertNotIn("<f ", text)
                for area in re.findall("<c:f>(.*?)</c:f>", text):
                    self.assertRegex(html.unescape(area), r"^'[^']+'!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?$")
        self.assertGreater(len(formulas), 80)
        text = '"=(?:[^"]|"")*"'
        for formula in formulas:
            self.assertRegex(formula, f"^COUNTIFS\\(texts_text,{text}(,texts_badge,{text})?\\)$")

    def test_what_is_to_be_filled_in_and_charts_take_text_as_text(self):
        with zipfile.ZipFile(f"{DIRECTORY}/hostile.xlsx") as book:
            parts = {name: book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml")}
        everything = "".join(parts.values())
        for title in re.findall("<c:title>.*?</c:title>", everything):
            self.assertIn("<a:t> =1+1 =1+1 &lt;script", title)  # a space in front: no reference
        rules = re.findall("<dataValidation .*?</dataValidation>", everything)
        self.assertEqual(len(rules), 3)
        self.assertIn("<formula1>'Lists'!$A$1:$A$4</formula1>", rules[0])
        names = re.findall('<definedName name="(.*?)"', parts["xl/workbook.xml"])
        self.assertIn("inputs_R1C1", names)
        for name in names:
            self.assertRegex(name, "^[A-Za-z_][A-Za-z0-9_.]*$")

    def test_comments_and_headers_are_text(self):
        book = openpyxl.load_workbook(f"{DIRECTORY}/hostile.xlsx")
        sheet = book.worksheets[1]
        comments = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
        self.assertEqual(len(comments), 1)
        self.assertIn("=1+1 <script>alert(1)</script> &P ␛[31m ‹U+202E›txt _x0041_ \ufffd", read_code(comments[0]))
        with zipfile.ZipFile(f"{DIRECTORY}/hostile.xlsx") as file:
            text = file.read("xl/worksheets/sheet1.xml").decode("utf-8")
        header = ElementTree.fromstring(text).find(".//{*}oddHeader").text
        self.assertIn("&&P", header)
        self.assertNotIn("&P", header.replace("&&", ""))

    def read_csv(self):
        with open(f"{DIRECTORY}/hostile.texts.csv", encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file, strict=True))

    def test_csv(self):
        rows = self.read_csv()
        self.assertEqual(rows[0], ["number", "text", "badge"])
        self.assertEqual(len(rows), len(self.plain) + 2)
        for row, text in zip(rows[1:], self.plain):
            trigger = re.match("[ '\n\u3000\xa0]*[=+\\-@＝＋－＠−]", text)
            self.assertEqual(row[1], ("'" if trigger else "") + text)

    def test_csv_has_no_cell_that_a_spreadsheet_takes_for_a_formula(self):
        for row in self.read_csv()[1:]:
            self.assertRegex(row[0], "^[0-9]+$")
            for text in row[1:]:
                self.assertNotRegex(text, "^[ \n\t\r]*[=+@＝＋＠-]")

    def test_json(self):
        with open(f"{DIRECTORY}/hostile.json", encoding="utf-8") as file:
            report = json.load(file)
        self.assertEqual([row["text"] for row in report["tables"]["texts"]][: len(self.plain)], self.plain)
        self.assertEqual(len(report["tables"]["Texts"]), len(self.plain) + 1)

    def test_page(self):
        with open(f"{DIRECTORY}/hostile.html", encoding="utf-8", newline="") as file:
            text = file.read()
        self.assertEqual(acts(text), [])
        page = Page()
        page.feed(text)
        page.close()
        for section in ("table-texts", "table-texts-"):
            rows = page.rows[section][1:]
            self.assertEqual([row[1] for row in rows][: len(self.plain)], self.plain)
        self.assertLessEqual(page.elements, set(
            "html head meta link title style script body header h1 h2 h3 p nav ul li a main span strong small section dl dt dd div "
            "table caption thead tbody tr th td details summary footer time "
            "figure figcaption img svg g rect line text desc".split()))
        self.assertLessEqual(page.attributes, set(
            "lang charset http-equiv content name class href rel id tabindex role aria-label aria-hidden scope colspan "
            "title datetime data-v data-filter data-all data-shown alt loading src width height viewbox x y x1 y1 x2 y2 rx "
            "text-anchor aria-labelledby aria-describedby".split()))

        self.assertEqual(page.starts.count("script"), 1)
        pictures = {lead for lead in page.leads if re.fullmatch("data:image/png;base64,[A-Za-z0-9+/=]+", lead)}
        self.assertEqual(len(pictures), 1)
        self.assertEqual(page.leads - pictures, {"data:,"})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
