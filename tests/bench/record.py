#!/usr/bin/env python3
"""The record: entries imported against the sqlite3 shell, the log verified, an entry proved.

    tests/bench/record.py PROGRAM MAKE_LOG [ENTRIES] [--rounds N]

MAKE_LOG is law_make_log of tests/bench/law. One round imports the lines of a log of that many entries (checked whole,
records, facts, tree and projections written, fsync for each 1,000) and then the same rows by the sqlite3 shell from CSV
into one plain table with one index; they take turns.
"""
import argparse
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import middle, run

PLAIN = """CREATE TABLE plain(entry INTEGER, at TEXT, type TEXT, link TEXT, context TEXT, leaf TEXT, record TEXT);
CREATE INDEX plain_at ON plain(at);
PRAGMA journal_mode = WAL;
.mode csv
.import rows.csv plain
"""


def write_rows(folder):
    """The lines as the rows of a table: what a person would do who keeps no proofs."""
    with open(folder / "lines.ndjson", encoding="utf-8") as lines, open(folder / "rows.csv", "w", encoding="utf-8",
                                                                        newline="") as rows:
        out = csv.writer(rows)
        for text in lines:
            line = json.loads(text)
            record = json.loads(line["record"])
            out.writerow([line["entry"], record["at"], record["type"], record.get("link", ""), record.get("context", ""),
                          line["leaf"], line["record"]])
    (folder / "plain.sql").write_text(PLAIN)


def clear(folder, name):
    for left in folder.glob(name + "*"):
        left.unlink()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("make_log")
    parser.add_argument("entries", type=int, nargs="?", default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    program, maker = Path(options.program).resolve(), Path(options.make_log).resolve()
    with tempfile.TemporaryDirectory(prefix="linkaudit-record-") as scratch:
        folder = Path(scratch)
        subprocess.run([maker, "made.db", str(options.entries)], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with open(folder / "lines.ndjson", "wb") as lines:
            subprocess.run([program, "--db", "made.db", "export"], cwd=folder, check=True, stdout=lines)
        write_rows(folder)
        ratios = []
        for number in range(options.rounds):
            clear(folder, "new.db")
            clear(folder, "plain.db")
            ours = run([program, "--db", "new.db", "import", "lines.ndjson"], folder)
            shell = run(["sh", "-c", "sqlite3 plain.db < plain.sql"], folder)
            ratios.append(shell.wall / ours.wall)
            print(f"round {number + 1}: import {options.entries / ours.wall:,.0f} entries/s, {ours.memory:.0f} MiB; "
                  f"sqlite3 shell {options.entries / shell.wall:,.0f} rows/s; {ratios[-1]:.3f} of its rate", flush=True)
        print(f"import: {middle(ratios):.3f} of the shell's rate (one sixth is 0.167)")
        size = (folder / "new.db").stat().st_size
        print(f"size: {size / options.entries:.0f} bytes an entry; as CSV {(folder / 'rows.csv').stat().st_size / options.entries:.0f}")
        verified = run([program, "--db", "new.db", "ledger", "verify"], folder)
        print(f"verify: {verified.wall:.1f} s, {verified.wall / options.entries * 1e6:.1f} s a million, {verified.memory:.0f} MiB")
        proof = min(run([program, "--db", "new.db", "ledger", "proof", str(options.entries // 3)], folder).wall for _ in range(20))
        nothing = min(run([program, "--version"], folder).wall for _ in range(20))
        print(f"proof: {(proof - nothing) * 1000:.2f} ms more than a program that does nothing ({nothing * 1000:.2f} ms)")


if __name__ == "__main__":
    sys.exit(main())
