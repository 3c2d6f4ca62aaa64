"""golden.py WRITE_SAMPLES DIRECTORY: the parts of a workbook with a little of everything, against data/golden/.

LINKAUDIT_RENEW=1 writes what is found there instead; whoever does reads the difference.
"""

import difflib
import os
import subprocess
import sys
import unittest
import zipfile

PROGRAM, DIRECTORY = sys.argv[1], sys.argv[2]
GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "golden")
# Theme: the library's own. Drawings of comments: places of boxes, said by the comments and rows already.
LEFT_OUT = ("xl/theme/", "xl/media/", "xl/drawings/vml")


def parts():
    """Each part as lines of one element each, by a name without folders."""
    with zipfile.ZipFile(f"{DIRECTORY}/golden.xlsx") as book:
        for name in sorted(book.namelist()):
            if not name.startswith(LEFT_OUT):
                text = book.read(name).decode("utf-8").replace("\r\n", "\n").replace("><", ">\n<")
                yield name.replace("/", "."), text.rstrip("\n") + "\n"


class Golden(unittest.TestCase):
    maxDiff = None

    def test_parts_are_those_that_were_looked_at(self):
        subprocess.run([PROGRAM, DIRECTORY], check=True)
        found = dict(parts())
        if os.environ.get("LINKAUDIT_RENEW"):
            os.makedirs(GOLDEN, exist_ok=True)
            for old in os.listdir(GOLDEN):
                os.remove(os.path.join(GOLDEN, old))
            for name, text in found.items():
                with open(os.path.join(GOLDEN, name), "w", encoding="utf-8") as file:
                    file.write(text)
        self.assertEqual(sorted(found), sorted(os.listdir(GOLDEN)))
        for name, text in found.items():
            with open(os.path.join(GOLDEN, name), encoding="utf-8") as file:
                golden = file.read()
            if text != golden:
                self.fail(name + "\n" + "".join(list(difflib.unified_diff(
                    golden.splitlines(True), text.splitlines(True), "looked at", "found"))[:60]))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
