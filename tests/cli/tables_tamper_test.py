#!/usr/bin/env python3
"""What stands beside the entries, changed by hand: pages of the newest look, what is listed as kept or pruned, when it was stored, facts,
time-stamps. `ledger verify` names it, without a key.

Usage: tables_tamper_test.py PROGRAM. The database is changed by sqlite3, triggers dropped and put back.
"""
import hashlib
import socket
import sys
import unittest

from page_server import Pages, serving
from tampering import Tampered

CATALOG = """version: 1
network: {allow_private: ["127.0.0.1/32"], canaries: [], attempts: 1, timeout_s: 5}
evidence: {keep: changes, retention_days: 400}
platforms:
  - id: shop
    name: {en: Shop, zh: 商店}
    operator: {en: Shop, zh: 商店}
    category: ecommerce
    domains: ["127.0.0.1"]
    markers: {detail: [kettle]}
    links:
      - {id: item, kind: product, url: "http://127.0.0.1:%d/item"}
      - {id: gone, kind: product, url: "http://127.0.0.1:%d/gone"}
      - {id: shut, kind: product, url: "http://127.0.0.1:%d/"}
hosts:
  - id: chat
    name: {en: Chat, zh: 聊天}
    operator: {en: Chat, zh: 聊天}
    domains: [chat.example]
    contexts: [{id: group, name: {en: group chat, zh: 群聊}, kind: group}]
schedules:
  - {id: daily, cron: "0 3 * * *", zone: UTC, method: http, select: {hosts: [chat]}}
"""
FOREIGN = b'{"url":"http://elsewhere.example/"}'


class Handler(Pages):
    looks = 0

    def do_GET(self):
        type(self).looks += 1
        body = b"<title>Kettle</title><p>kettle, look %d" % type(self).looks  # another page each time
        self.send_page(body, 200 if self.path == "/item" else 404)


class Tables(Tampered, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with socket.create_server(("127.0.0.1", 0)) as nobody:  # nobody answers there later: nothing is sent, no header blocks
            shut = nobody.getsockname()[1]
        with serving(Handler) as port:
            cls.begin(CATALOG % (port, port, shut))
            for _ in range(3):
                cls.must("run", "--all", "--platform", "shop", "--context", "chat/group")
            cls.must("attest", "shop/item", "chat/group", "--outcome", "blocked", "--observer", "desk", "--screenshot", "p.png")
            for options in (["--due", "--at", "2020-03-01T12:00:00Z"], ["--due", "--at", "2020-03-02T12:00:00Z"], ["--all"]):
                cls.must("--db", "pruned.db", "run", "--platform", "shop", "--context", "chat/group", *options)
            cls.must("--db", "pruned.db", "prune", "--yes")
        cls.newest = cls.rows("SELECT lower(hex(digest)) FROM slot JOIN blob USING (digest) WHERE kind = 'manifest'")
        assert len(cls.newest) == 1, cls.newest

    def assert_named(self, sql, pattern, source="linkaudit.db"):
        ran = self.program("--db", self.tampered(sql, source), "ledger", "verify")
        self.assertEqual(ran.returncode, 5, ran.stdout + ran.stderr)
        self.assertRegex(ran.stdout, pattern)

    def foreign(self, kind, **columns):
        """SQL that lists content of nobody as kept, or as pruned (data=None)."""
        row = {"digest": f"x'{hashlib.sha256(FOREIGN).hexdigest()}'", "kind": f"'{kind}'", "size": len(FOREIGN),
               "recorded_at": "(SELECT min(recorded_at) FROM blob)", "lasting": 1, "data": f"CAST('{FOREIGN.decode()}' AS BLOB)", **columns}
        return f"INSERT INTO blob({', '.join(row)}) VALUES ({', '.join(map(str, row.values()))});"

    def test_untouched_are_verified(self):
        for source in ("linkaudit.db", "pruned.db"):
            ran = self.program("--db", self.tampered("SELECT 1", source), "ledger", "verify")
            self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)

    def test_evidence_of_the_newest_look_that_was_struck_off_is_named(self):
        newest, = self.newest[0]
        body, = self.rows("SELECT lower(hex(digest)) FROM slot JOIN blob USING (digest) WHERE kind = 'body'")[0]
        gone = "was stored until the next look, and is not there"
        for sql, why in ((f"DELETE FROM slot; DELETE FROM blob WHERE lasting = 0", rf"entry \d+: its manifest {newest} {gone}"),
                         (f"UPDATE slot SET name = name || '.'", rf"entry \d+: its manifest {newest} {gone}"),
                         (f"DELETE FROM slot WHERE digest = x'{body}'; UPDATE blob SET data = NULL WHERE digest = x'{body}'",
                          rf"entry \d+: its manifest {newest}: its part {body} {gone}"),
                         ("UPDATE blob SET lasting = 1 WHERE lasting = 0",
                          rf"entry \d+: its manifest {newest} was stored until the next look, and is listed as stored to stay")):
            with self.subTest(sql):
                self.assert_named(sql, why)

    def test_facts_of_no_entry_are_named(self):
        digest = hashlib.sha256(FOREIGN).hexdigest()
        self.assert_named(f"INSERT INTO fact VALUES (x'{digest}', CAST('{FOREIGN.decode()}' AS BLOB))", f"facts {digest} are named by no entry")

    def test_when_something_was_stored_is_when_an_entry_brought_it(self):
        for kind in ("manifest", "heads", "body", "screenshot", "catalog"):
            for time in ("0", "recorded_at + 1", "recorded_at - 86400000"):
                with self.subTest(kind, time=time):
                    self.assert_named(f"UPDATE blob SET recorded_at = {time} WHERE kind = '{kind}'",
                                      rf"entry \d+: its {kind} [0-9a-f]+: column recorded_at is not when an entry brought it")

    def test_what_is_stored_as_something_else_is_named(self):
        for kind, other in (("body", "heads"), ("heads", "body"), ("manifest", "body"), ("screenshot", "catalog"), ("catalog", "body")):
            with self.subTest(kind):
                self.assert_named(f"UPDATE blob SET kind = '{other}' WHERE kind = '{kind}'",
                                  rf"entry \d+: its {kind} [0-9a-f]+ is (stored|kept) as {other}")

    def test_what_no_entry_names_is_named(self):
        digest = hashlib.sha256(FOREIGN).hexdigest()
        for kind in ("manifest", "heads", "body", "screenshot", "catalog"):
            with self.subTest(kind):
                self.assert_named(self.foreign(kind), f"{digest}, stored as {kind}, is named by no entry")
        self.assert_named(self.foreign("body", lasting=0), f"blob {digest} is in no slot, and was not stored to stay")
        self.assert_named(self.foreign("body", lasting=0) + f"INSERT INTO slot SELECT name, x'{digest}' FROM slot LIMIT 1", f"{digest}, stored as body, is named by no entry")

    def test_what_is_said_to_be_pruned_and_was_not_is_named(self):
        digest = hashlib.sha256(FOREIGN).hexdigest()
        for kind, source, why in (("manifest", "linkaudit.db", f"manifest {digest} is listed as pruned, and named by no entry"),
                                  ("manifest", "pruned.db", f"manifest {digest} is listed as pruned, and named by no entry"),
                                  ("body", "linkaudit.db", "1 blobs are listed as pruned, but the log tells of 0"),
                                  ("body", "pruned.db", r"\d+ blobs are listed as pruned, but the log tells of \d+")):
            with self.subTest(kind, source=source):
                self.assert_named(self.foreign(kind, lasting=2, data="NULL"), why, source)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
