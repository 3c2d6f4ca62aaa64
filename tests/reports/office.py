"""office.py WRITE_SAMPLES DIRECTORY: LibreOffice opens the workbooks, prints them and reads the same text and numbers."""

import csv
import json
import os
import subprocess
import sys
import unittest

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
