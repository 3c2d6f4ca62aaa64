#!/usr/bin/env python3
"""The report over a long log: judging, counting and drawing, without the sheet of observations.

    tests/bench/report.py PROGRAM LOG.db [--rounds N] [--clauses N]

LOG is what law_make_log of tests/bench/law wrote (1,000 platforms x contexts, 3,000 cells). The report has every sheet of a
monthly one, so many clauses (ten when left out), and changes since the month before; it is written as a workbook and as a page.
"""
import argparse
import datetime
import sqlite3
import tempfile
from pathlib import Path

from measure import middle, run

PLATFORMS, LINKS, HOSTS, CONTEXTS = 20, 3, 10, 5  # as facts.h has them


def catalog(clauses):
    lines = ["version: 1"]
    for what in ("wechat", "qq", "weibo", "dingtalk", "feishu", "douyin"):
        lines += [f"  - {{id: {what}, enabled: false}}"] if lines[-1].startswith("  -") else ["hosts:",
                                                                                         f"  - {{id: {what}, enabled: false}}"]
    for host in range(HOSTS):
        lines += [f"  - id: host{host}", f"    name: {{en: Host {host}, zh: 宿主{host}}}",
                  f"    operator: {{en: Operator {host}, zh: 公司{host}}}", f"    domains: [host{host}.example]",
                  "    client: {user_agent: bench}", "    contexts:"]
        lines += [f"      - {{id: context{number}, name: {{en: context {number}, zh: 场景{number}}}, kind: group}}"
                  for number in range(CONTEXTS)]
    lines.append("platforms:")
    for platform in range(PLATFORMS):
        lines += [f"  - id: platform{platform}", f"    name: {{en: Platform {platform}, zh: 平台{platform}}}",
                  f"    operator: {{en: Shop {platform}, zh: 商家{platform}}}", f"    category: category{platform % 4}",
                  f"    domains: [platform{platform}.example]", "    links:"]
        lines += [f"      - {{id: link{number}, kind: page, url: \"https://platform{platform}.example/{number}\"}}"
                  for number in range(LINKS)]
    lines.append("obligations:")
    for number in range(clauses):
        text = f"{{en: Clause {number}, zh: 条款{number}}}"
        lines += [f"  - {{id: clause{number}, authority: {{en: A, zh: 甲}}, title: {text}, text: {text},",
                  f"     effective: 2021-09-{number + 1:02}, zone: Asia/Shanghai, standing: mandatory, scope: {{kinds: [group]}},",
                  "     requires: {outcomes: [direct], max_steps: 0}, binds: [host], tier: target, source: {en: S, zh: 源}}"]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("log")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clauses", type=int, default=10)
    options = parser.parse_args()
    program, log = Path(options.program).resolve(), Path(options.log).resolve()
    database = sqlite3.connect(f"file:{log}?mode=ro", uri=True)
    newest, = database.execute("SELECT max(at) FROM observation").fetchone()
    entries, = database.execute("SELECT max(seq) FROM entry").fetchone()
    as_of = datetime.datetime.fromtimestamp(newest / 1000 + 60, datetime.timezone.utc)
    since = as_of - datetime.timedelta(days=30)
    with tempfile.TemporaryDirectory(prefix="linkaudit-report-") as scratch:
        folder = Path(scratch)
        (folder / "linkaudit.yaml").write_text(catalog(options.clauses), encoding="utf-8")
        for ending in ("xlsx", "html"):
            told = [run([program, "--db", log, "report", "-o", folder / f"report.{ending}", "--template", "monthly", "--as-of",
                         as_of.isoformat(), "--since", since.isoformat()], folder) for _ in range(options.rounds)]
            seconds = middle([each.wall for each in told])
            print(f"{entries:,} entries, {ending}: {seconds:.2f} s, {middle([each.cpu for each in told]):.2f} s of processor time, "
                  f"{max(each.memory for each in told):.0f} MiB")


if __name__ == "__main__":
    main()
