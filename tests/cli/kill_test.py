#!/usr/bin/env python3
"""Kill -9 at random moments of everything that writes: nothing acknowledged is lost, nothing half written is seen, the log
verifies, and the next command needs no hand.

Usage: kill_test.py PROGRAM SCHEMA_1_SQL KILLS [SEED]. The seed is printed; the same one kills at the same fractions.
"""
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

PROGRAM, SCHEMA_1 = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
KILLS = int(sys.argv[3])
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else random.SystemRandom().randrange(1 << 32)
HEADER = "at,link,context,outcome,observer\n"


class Kill(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print("seed", SEED, flush=True)
        cls.random = random.Random(SEED)
        cls.scratch = tempfile.TemporaryDirectory(prefix="linkaudit-kill-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.directory = Path(cls.scratch.name)
        (cls.directory / "rows.csv").write_text(HEADER + "".join(
            f"2022-01-{1 + number % 28:02}T{number % 24:02}:{number // 28 % 60:02}:00+08:00,taobao/item,wechat/group,"
            f"{'direct' if number % 3 else 'blocked'},desk {number}\n" for number in range(1500)), encoding="utf-8")
        cls.program("--db", "base.db", "import", "rows.csv")
        cls.lab = subprocess.Popen([PROGRAM, "lab", "--out", "lab"], cwd=cls.directory, stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(cls.stop_lab)
        assert "linkaudit.yaml" in cls.lab.stdout.readline()

    @classmethod
    def stop_lab(cls):
        cls.lab.terminate()
        cls.lab.wait()
        cls.lab.stdout.close()

    @classmethod
    def program(cls, *arguments, codes=(0,)):
        ran = subprocess.run([PROGRAM, *arguments], cwd=cls.directory, capture_output=True, text=True, check=False)
        if ran.returncode not in codes:
            raise AssertionError(f"{arguments}: {ran.returncode}\n{ran.stdout}{ran.stderr}")
        return ran.stdout

    def entries(self):
        return json.loads(self.program("--db", "d.db", "--format", "json", "ledger", "verify"))

    def holds_a_log(self):
        """Not where it was killed while it made the file: that has bytes, but its journal says that it had none."""
        if not (self.directory / "d.db").exists():
            return False
        ran = subprocess.run([PROGRAM, "--db", "d.db", "db", "check"], cwd=self.directory, capture_output=True, text=True,
                             check=False)
        self.assertTrue(ran.returncode == 0 or "(it is empty)" in ran.stderr, ran.stderr)
        return ran.returncode == 0

    def begin_with(self, base):
        for left in self.directory.glob("d.db*"):
            left.unlink()
        for kept in self.directory.glob(base + "*") if base else ():
            shutil.copy(kept, self.directory / ("d.db" + kept.name[len(base):]))

    def kill_during(self, arguments, base, check, times, after=lambda: None):
        """Kills one run of it at a moment between its begin and its end, so often, and checks after each."""
        self.begin_with(base)
        begun = time.monotonic()
        self.program(*arguments, codes=(0, 4))
        lasts = time.monotonic() - begun
        after()
        killed = 0
        for _ in range(20 * times):  # until so many have met it at work
            self.begin_with(base)
            begun = time.monotonic()
            process = subprocess.Popen([PROGRAM, *arguments], cwd=self.directory, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            try:
                process.wait(timeout=self.random.random() * lasts)
                lasts = min(lasts, time.monotonic() - begun)  # the first time it may have been slow
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            check()
            if killed == times:
                return
        self.fail(f"only {killed} of {times} kills met {arguments} at work")

    def share(self, part):
        return max(2, round(KILLS * part))

    def test_import_is_all_or_nothing(self):
        def check():
            if self.holds_a_log():
                self.program("--db", "d.db", "ledger", "checkpoint")  # makes good what was killed
                found = self.entries()
                self.assertTrue(found["verified"], found)
                self.assertIn(found["entries"], (0, 1, 1500, 1501))
            self.program("--db", "d.db", "import", "rows.csv")
            self.assertTrue(self.entries()["verified"])
        self.kill_during(["--db", "d.db", "import", "rows.csv"], "", check, self.share(0.25))

    def test_run_keeps_what_it_has_seen_and_the_next_run_goes_on(self):
        run = ["--catalog", "lab/linkaudit.yaml", "--db", "d.db", "run", "--all", "--platform", "taobao", "--context",
               "wechat/one_to_one", "--context", "wechat/moments"]

        def check():
            self.program(*run, codes=(0, 4))
            self.assertTrue(self.entries()["verified"])
            runs = json.loads(self.program("--catalog", "lab/linkaudit.yaml", "--db", "d.db", "--format", "json", "runs"))
            self.assertEqual(runs["runs"][-1]["planned"], runs["runs"][-1]["observed"] + sum(runs["runs"][-1]["gaps"].values()))
        self.kill_during(run, "", check, self.share(0.15))

    def test_signing_loses_no_checkpoint_that_was_printed(self):
        def check():
            self.program("--db", "d.db", "ledger", "checkpoint")
            found = self.entries()
            self.assertTrue(found["verified"], found)
            self.assertEqual(found["checkpoints"]["database"], found["checkpoints"]["file"])
            self.assertEqual(found["checkpoints"]["signed_entries"], found["entries"])
        self.kill_during(["--db", "d.db", "attest", "taobao/item", "wechat/group", "--outcome", "direct", "--observer",
                          "desk"], "base.db", check, self.share(0.2))

    def test_report_is_the_old_file_or_the_whole_new_one(self):
        report = self.directory / "r.xlsx"
        arguments = ["--db", "d.db", "report", "-o", "r.xlsx", "--as-of", "2022-02-01"]
        self.begin_with("base.db")
        self.program(*arguments)
        whole = report.read_bytes()

        def check():
            self.assertIn(report.read_bytes(), (b"old", whole))
            report.write_bytes(b"old")
        report.write_bytes(b"old")
        self.kill_during(arguments, "base.db", check, self.share(0.15))

    def test_migration_goes_on_with_the_next_command(self):
        with sqlite3.connect(self.directory / "old.db") as old:
            old.executescript(Path(SCHEMA_1).read_text(encoding="utf-8"))
        old.close()

        def check():
            self.program("--db", "d.db", "db", "migrate")
            found = self.entries()
            self.assertTrue(found["verified"], found)
            self.assertEqual(found["entries"], 38)
        self.kill_during(["--db", "d.db", "db", "migrate"], "old.db", check, self.share(0.15))

    def test_backup_is_whole_or_absent(self):
        copy = self.directory / "copy.db"

        def check():
            if copy.exists():
                self.program("--db", "copy.db", "ledger", "verify")
                copy.unlink()
        arguments = ["--db", "d.db", "db", "backup", "copy.db"]
        self.begin_with("base.db")
        self.program(*arguments)
        copy.unlink()
        self.kill_during(arguments, "base.db", check, self.share(0.1), after=lambda: copy.unlink(missing_ok=True))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
