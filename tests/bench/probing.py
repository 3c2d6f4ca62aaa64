#!/usr/bin/env python3
"""`linkaudit run` against `curl --parallel` over the same links, by pairs; README.md says how to read it.

probing.py PROGRAM [links | tls | memory] [--links N] [--rounds N] [--contexts N]
"""

import argparse
import contextlib
import sqlite3
import tempfile
from pathlib import Path

import measure
import pages
import shop_server

CATALOG = """version: 1
network:
  concurrency: 64
  per_host: {{concurrency: 64, rate_per_s: 100000}}
  canaries: []
  connect_to: ["{connect_to}"]
  ca_file: {ca_file}
vantage: {{id: bench, name: {{en: Bench, zh: 基准}}}}
hosts:
  - id: bench_app
    name: {{en: Bench app, zh: 基准应用}}
    operator: {{en: Bench, zh: 基准}}
    domains: [app.example]
    client: {{user_agent: "Mozilla/5.0 BenchApp/1.0"}}
    contexts:
{contexts}
platforms:
  - id: bench_shop
    name: {{en: Bench shop, zh: 长街商城}}
    operator: {{en: Long street, zh: 长街}}
    category: ecommerce
    domains: [shop.example]
    markers: {{detail: ["加入购物车", "立即购买"], add_to_cart: ["加入购物车"], buy_now: ["立即购买"]}}
    links:
{links}
"""


def link_urls(count, tls):
    return [f"https://s{n}.shop.example/a/{n}" if tls else f"http://shop.example/a/{n}" for n in range(count)]


def write_catalog(folder, urls, contexts, connect_to, tls):
    names = "\n".join(f"      - {{id: chat_{n}, name: {{en: chat {n}, zh: 聊天 {n}}}, kind: one_to_one}}" for n in range(contexts))
    links = "\n".join(f'      - {{id: l{n}, kind: product, url: "{url}"}}' for n, url in enumerate(urls))
    ca_file = f"{folder}/cert.pem" if tls else "null"
    (folder / "linkaudit.yaml").write_text(
        CATALOG.format(connect_to=connect_to, ca_file=ca_file, contexts=names, links=links), encoding="utf-8")


def write_curl_list(folder, urls):
    (folder / "urls.txt").write_text("".join(f'url = "{url}"\noutput = "/dev/null"\n' for url in urls))


def audit(program, folder, contexts):
    for old in folder.glob("linkaudit.db*"):
        old.unlink()
    chosen = [option for n in range(contexts) for option in ("--context", f"bench_app/chat_{n}")]
    return measure.run([program, "run", "--all", "--platform", "bench_shop", *chosen], folder)


def require_direct(folder, wanted):
    """A bench that measures error pages measures nothing."""
    with contextlib.closing(sqlite3.connect(folder / "linkaudit.db")) as record:
        got = dict(record.execute("SELECT outcome, count(*) FROM v_observations GROUP BY outcome"))
    if got != {"direct": wanted}:
        raise SystemExit(f"not every link opened directly: {got}")


def fetch(folder, connect_to, tls):
    secure = ["--cacert", f"{folder}/cert.pem"] if tls else []
    return measure.run(["curl", "--silent", "--location", "--parallel", "--parallel-max", "64", "--connect-to", connect_to,
                        *secure, "--config", "urls.txt"], folder)


def compare(program, folder, urls, connect_to, rounds, contexts, tls):
    fetches = len(urls) * (contexts + 1)  # the control leg is one more
    print(f"{len(urls)} links in {contexts} context(s), so {fetches} fetches; each one behind two redirects")
    print("round      audit fetches/s  cpu µs/fetch  MiB | curl fetches/s  cpu µs/fetch | rate of curl's  cpu times curl's")
    ratios = []
    for number in range(rounds):
        ours, theirs = audit(program, folder, contexts), fetch(folder, connect_to, tls)
        require_direct(folder, len(urls) * contexts)
        our_rate, their_rate = fetches / ours.wall, len(urls) / theirs.wall
        our_cpu, their_cpu = ours.cpu / fetches * 1e6, theirs.cpu / len(urls) * 1e6
        ratios.append((our_rate / their_rate, our_cpu / their_cpu, our_rate, our_cpu))
        print(f"{number + 1:5} {our_rate:20.0f} {our_cpu:13.0f} {ours.memory:4.0f} | {their_rate:14.0f} {their_cpu:13.0f} |"
              f" {ratios[-1][0]:14.2f} {ratios[-1][1]:16.1f}", flush=True)
    rate, cpu, probes, _ = (measure.middle(column) for column in zip(*ratios))
    print(f"medians: {rate:.2f} of curl's rate, {cpu:.1f} times its processor time a fetch; "
          f"{probes / (contexts + 1) * contexts:.0f} observations/s, committed")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program", type=Path)
    arguments.add_argument("what", nargs="?", choices=["links", "tls", "memory"], default="links")
    arguments.add_argument("--links", type=int)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--contexts", type=int, default=1)
    given = arguments.parse_args()
    count = given.links or {"links": 5000, "tls": 1000, "memory": 100_000}[given.what]
    tls = given.what == "tls"
    program = given.program.resolve()
    with tempfile.TemporaryDirectory(prefix="linkaudit-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx drops its rights
        pages.write(folder / "p", min(count, 5000))
        urls = link_urls(count, tls)
        if given.what == "memory":
            urls = [f"http://shop.example/a/{n % 5000}?link={n}" for n in range(count)]
        with shop_server.serving(folder, tls) as port:
            connect_to = f"::127.0.0.1:{port}"
            write_catalog(folder, urls, given.contexts, connect_to, tls)
            write_curl_list(folder, urls)
            compare(program, folder, urls, connect_to, 1 if given.what == "memory" else given.rounds, given.contexts, tls)


if __name__ == "__main__":
    main()
