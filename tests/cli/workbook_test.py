#!/usr/bin/env python3
"""The workbook, the page, CSV and JSON of the casebook, as the program writes them, against the database.

Usage: workbook_test.py PROGRAM CASEBOOK.csv. openpyxl and sqlite3 read: neither shares code with the program.
"""
import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import openpyxl

AS_OF = "2022-01-27T23:59:59+08:00"


def run(*command, cwd):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def table_of(sheet, headings):
    """The rows below the header line that holds these headings, as dicts."""
    rows = list(sheet.iter_rows(values_only=True))
    for number, row in enumerate(rows):
        if all(heading in row for heading in headings):
            return [dict(zip(row, values)) for values in rows[number + 1:] if any(v is not None for v in values)]
    raise AssertionError(f"{sheet.title}: no header line with {headings}")


def check_findings(book, findings):
    rows = table_of(book["Findings"], ["Status id", "Obligation id", "Platform id", "Context id", "Days overdue"])
    assert len(rows) == len(findings), (len(rows), len(findings))
    told = {(f["obligation"], f["platform"], f["context"]): f for f in findings}
    for row in rows:
        finding = told[row["Obligation id"], row["Platform id"], row["Context id"]]
        assert row["Status id"] == finding["status"], row
        assert row["Days overdue"] == finding["days_overdue"], row
        entries = "" if row["Entries"] is None else str(row["Entries"])
        assert entries == ", ".join(map(str, finding["entries"])), row
    breached = [row for row in rows if row["Status id"] == "breached"]
    assert breached and rows[:len(breached)] == breached, "the gravest come first"


def check_clauses(book, findings):
    headings = ["Obligation id", "Met", "Breached", "Undetermined", "Findings"]
    clauses = table_of(book["Clauses"], headings)
    assert len(clauses) == len({f["obligation"] for f in findings}) + 1, "each clause and their sum"
    for row in clauses + table_of(book["Clauses by platform"], headings):
        asked = [(name, row[heading]) for name, heading in (("obligation", "Obligation id"), ("platform", "Platform id"))
                 if row.get(heading)]
        own = Counter(f["status"] for f in findings if all(f[name] == value for name, value in asked))
        counted = (row["Met"], row["Breached"], row["Undetermined"], row["Exempt"], row["Not due"])
        stored = tuple(own[s] for s in ("met", "breached", "undetermined", "exempt", "not_due"))
        assert counted == stored, (row, own)
        assert row["Findings"] == sum(own.values()), row


def check_observations(book, database):
    rows = table_of(book["Observations"], ["Entry", "Link", "Context id"])
    stored = sqlite3.connect(database).execute(
        "SELECT entry, link, context, outcome FROM v_observations ORDER BY at, entry").fetchall()
    assert [(row["Entry"], row["Link"], row["Context id"]) for row in rows] == [row[:3] for row in stored]


def check_layout(book):
    assert book.properties.title and book.properties.created is not None
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert int(sheet.page_setup.paperSize) == 9, sheet.title  # A4
    for name in ("Findings", "Observations"):
        sheet = book[name]
        assert sheet.freeze_panes, name
        assert sheet.auto_filter.ref, name
        assert sheet.print_title_rows, name


def check_csv(path, findings):
    text = path.read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(findings)
    told = {(f["obligation"], f["platform"], f["context"]): f for f in findings}
    for row in rows:
        finding = told[row["obligation"], row["platform"], row["context"]]
        days = "" if finding["days_overdue"] is None else str(finding["days_overdue"])
        assert (row["status"], row["days_overdue"]) == (finding["status"], days), row


def main():
    program, casebook = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    directory = Path(tempfile.mkdtemp(prefix="linkaudit-workbook-"))
    try:
        run(program, "--db", "d.db", "import", casebook, cwd=directory)
        for ending in ("xlsx", "csv", "json", "html"):
            run(program, "--db", "d.db", "report", "-o", f"r.{ending}", "--as-of", AS_OF, "--since", "2021-09-17", cwd=directory)
        document = json.loads(run(program, "--db", "d.db", "findings", "--as-of", AS_OF, "--format", "json", cwd=directory))
        findings = document["findings"]
        book = openpyxl.load_workbook(directory / "r.xlsx")
        check_findings(book, findings)
        check_clauses(openpyxl.load_workbook(directory / "r.xlsx", data_only=True), findings)
        check_observations(book, directory / "d.db")
        check_layout(book)
        check_csv(directory / "r.csv", findings)
        assert len(json.loads((directory / "r.json").read_text())["tables"]["findings"]) == len(findings)
        run(program, "--db", "d.db", "--lang", "zh", "report", "-o", "zh.xlsx", "--as-of", AS_OF, cwd=directory)
        assert openpyxl.load_workbook(directory / "zh.xlsx").sheetnames != book.sheetnames
        print(f"{len(findings)} findings agree")
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
