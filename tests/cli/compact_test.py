#!/usr/bin/env python3
"""What a look costs on disk when nothing has changed but bytes of the pages and header fields, times and digests.

Usage: compact_test.py PROGRAM. By real runs against a server on loopback: a cell that opens, and one that ends on a stop
page of the host app, of which the evidence of every look is kept.
"""
import http.server
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.parse
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv[1])
LINKS, ROUNDS = 60, 6
MOST = 1000  # bytes
MOST_WITH_TWO_NEW_PAGES = 1200  # of evidence that stays: a stop page and the control leg's page
WORDS = random.Random(7)
TEXT = " ".join(WORDS.choice("<p>kettle</p> <div class=tile> tea pot cup </div> water price sale new hot".split()) + str(WORDS.randrange(9999))
                for _ in range(1500))
CATALOG = """version: 1
network: {allow_private: ["127.0.0.0/8"], connect_to: [":80:127.0.0.1:%d"], canaries: ["http://canary.example/"], attempts: 1, timeout_s: 10,
          concurrency: 32, per_host: {concurrency: 32, rate_per_s: 10000}}
judgement: {repeat_after_s: 0}
hosts:
  - id: app
    name: {en: App, zh: 应用}
    operator: {en: App, zh: 应用}
    domains: [app.example]
    contexts:
      - {id: open, name: {en: open, zh: 开}, kind: group, gateway: {url: "http://gate.app.example/?to={url}", control: "http://www.app.example/"}}
      - {id: stop, name: {en: stop, zh: 停}, kind: feed, gateway: {url: "http://gate.app.example/?stop=1&to={url}", control: "http://www.app.example/"}}
rules:
  - {id: app-stop-page, version: 1, host: app, by: host, outcome: blocked, when: {url_host: stop.app.example, body_any: ["stopped here"]}}
platforms:
  - id: shop
    name: {en: Shop, zh: 商店}
    operator: {en: Shop, zh: 商店}
    category: ecommerce
    domains: [shop.example]
    markers: {detail: ["buy now"]}
    links:
"""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pages_differ = True

    def do_GET(self):
        host = self.headers["Host"]
        if host.startswith("gate."):
            query = urllib.parse.parse_qs(urllib.parse.urlparse(self.path).query)
            to = query["to"][0]
            self.answer(302, b"", "http://stop.app.example/stop" if "stop" in query and "shop.example" in to else to)
        else:
            stop = host.startswith("stop.")
            text = TEXT[:6000] if stop else TEXT
            body = "<title>%s</title><script>request = '%s'</script>%s %s" % (
                "stop" if stop else "kettle", os.urandom(8).hex() if Handler.pages_differ else "", "stopped here" if stop else "buy now", text)
            self.answer(200, body.encode())

    def answer(self, status, body, location=None):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("X-Request", os.urandom(8).hex())
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


class Compact(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="linkaudit-compact-")
        cls.directory = Path(cls.scratch.name)
        cls.server = Server(("127.0.0.1", 0), Handler)
        cls.thread = threading.Thread(target=cls.server.serve_forever)
        cls.thread.start()
        links = "".join(f'      - {{id: item{i}, kind: product, url: "http://www.shop.example/item?id={1000 + i}"}}\n' for i in range(LINKS))
        (cls.directory / "linkaudit.yaml").write_text(CATALOG % cls.server.server_address[1] + links, encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()
        cls.thread.join()
        cls.scratch.cleanup()

    def program(self, *arguments):
        ran = subprocess.run([PROGRAM, *arguments], cwd=self.directory, capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, 0, (arguments, ran.stdout, ran.stderr))
        return ran.stdout

    def used(self, database):
        stats = json.loads(self.program("--db", database, "--format", "json", "db", "stats"))
        return stats["file_bytes"] - stats["free_bytes"]

    def bytes_of_a_look(self, context, outcome, database, pages_differ=True):
        Handler.pages_differ = pages_differ
        run = ("--db", database, "run", "--all", "--platform", "shop", "--context", "app/" + context)
        for _ in range(2):  # the first stays, the second is the newest
            self.program(*run)
        before = self.used(database)
        for _ in range(ROUNDS):
            self.program(*run)
        each = (self.used(database) - before) / (LINKS * ROUNDS)
        print(f"{database}: {each:.0f} bytes a look")
        question = "SELECT DISTINCT outcome, (SELECT count(*) FROM v_spans) AS spans FROM v_observations"
        self.assertEqual(json.loads(self.program("--db", database, "--format", "ndjson", "sql", question)),
                         {"outcome": outcome, "spans": LINKS})
        self.program("--db", database, "ledger", "verify")
        return each

    def test_a_look_that_opens(self):
        self.assertLessEqual(self.bytes_of_a_look("open", "direct", "open.db"), MOST)

    def test_a_look_whose_evidence_stays_each_time(self):
        self.assertLessEqual(self.bytes_of_a_look("stop", "blocked", "stop.db", pages_differ=False), MOST)

    def test_a_look_whose_evidence_stays_with_new_pages_each_time(self):
        self.assertLessEqual(self.bytes_of_a_look("stop", "blocked", "pages.db"), MOST_WITH_TWO_NEW_PAGES)
        question = "SELECT count(*) AS n FROM v_evidence WHERE kind = 'manifest'"
        kept = json.loads(self.program("--db", "pages.db", "--format", "ndjson", "sql", question))["n"]
        self.assertEqual(kept, LINKS * (ROUNDS + 2))
        self.assertEqual(self.program("--db", "pages.db", "--format", "json", "export", "--warc", "all.warc"),
                         '{"file":"all.warc","not_kept":0,"observations":%d}\n' % kept)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
