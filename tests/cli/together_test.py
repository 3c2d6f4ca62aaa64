#!/usr/bin/env python3
"""Many at once on one database: writers, readers, backups. Nobody is told that it is busy, nothing is lost.

Usage: together_test.py PROGRAM SECONDS
"""
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

PROGRAM, SECONDS = os.path.abspath(sys.argv[1]), float(sys.argv[2])
HEADER = "at,link,context,outcome,observer\n"


class Together(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory(prefix="linkaudit-together-")
        self.addCleanup(self.scratch.cleanup)
        self.directory = Path(self.scratch.name)
        self.problems, self.done, self.wal = [], {}, 0

    def program(self, *arguments):
        ran = subprocess.run([PROGRAM, "--db", "d.db", *arguments], cwd=self.directory, capture_output=True, text=True,
                             check=False)
        if ran.returncode != 0 or ran.stderr:
            self.problems.append((arguments, ran.returncode, ran.stderr))
        return ran.stdout

    def again_and_again(self, name, work):
        number = 0
        while time.monotonic() < self.end and not self.problems:
            work(number)
            number += 1
            wal = self.directory / "d.db-wal"
            self.wal = max(self.wal, wal.stat().st_size if wal.exists() else 0)
        self.done[name] = number

    def write(self, writer):
        def one(number):
            path = self.directory / f"{writer}.csv"
            path.write_text(HEADER + "".join(
                f"2022-01-27T10:00:00+08:00,taobao/item,wechat/group,direct,{writer} {number} {row}\n" for row in range(200)),
                encoding="utf-8")
            self.program("import", path.name)
        return one

    def back_up(self, number):
        self.program("db", "backup", f"copy-{number}.db")
        (self.directory / f"copy-{number}.db").unlink(missing_ok=True)

    def test_writers_readers_and_a_backup_get_along(self):
        self.program("attest", "taobao/item", "wechat/group", "--outcome", "direct", "--observer", "first")
        works = {f"writer {number}": self.write(f"w{number}") for number in range(3)}
        works |= {"matrix": lambda _: self.program("matrix"), "findings": lambda _: self.program("findings"),
                  "query": lambda _: self.program("query", "--format", "csv"), "report": lambda n: self.program(
                      "report", "-o", f"r{n % 2}.csv"), "backup": self.back_up}
        self.end = time.monotonic() + SECONDS
        threads = [threading.Thread(target=self.again_and_again, args=work) for work in works.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(self.problems, [])
        self.assertTrue(all(self.done.values()), self.done)
        written = 1 + 200 * sum(count for name, count in self.done.items() if name.startswith("writer"))
        found = json.loads(self.program("--format", "json", "ledger", "verify"))
        self.assertEqual((found["verified"], found["entries"], found["checkpoints"]["signed_entries"]), (True, written, written))
        print("the -wal file at its longest:", self.wal >> 10, "KiB;", self.done, flush=True)
        self.assertLess(self.wal, 64 << 20)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
