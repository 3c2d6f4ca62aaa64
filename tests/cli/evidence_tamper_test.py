#!/usr/bin/env python3
"""Evidence taken out of the database by hand, its tables made to agree: `ledger verify` names the entry, `prune` deletes no
screenshot, `db check` misses entries. And imports that are refused leave nothing behind.

Usage: evidence_tamper_test.py PROGRAM. The database is changed by sqlite3, triggers dropped and put back.
"""
import shutil
import sys
import unittest

from page_server import Pages, serving
from tampering import Tampered

CATALOG = """version: 1
network: {allow_private: ["127.0.0.1/32"], canaries: [], attempts: 1, timeout_s: 5}
evidence: {keep: all, retention_days: 400}
platforms:
  - id: shop
    name: {en: Shop, zh: 商店}
    operator: {en: Shop, zh: 商店}
    category: ecommerce
    domains: ["127.0.0.1"]
    links: [{id: item, kind: product, url: "http://127.0.0.1:%d/item"}]
hosts:
  - id: chat
    name: {en: Chat, zh: 聊天}
    operator: {en: Chat, zh: 聊天}
    domains: [chat.example]
    contexts: [{id: group, name: {en: group chat, zh: 群聊}, kind: group}]
"""
# What is done; what `ledger verify` says of it.
TAMPERINGS = {
    "a screenshot is called a body that was stored long ago": (
        "UPDATE blob SET kind = 'body', recorded_at = 0 WHERE kind = 'screenshot'",
        "entry {said}: its screenshot {screenshot} is kept as body"),
    "a screenshot is called a body that was pruned": (
        "UPDATE blob SET kind = 'body', lasting = 2, data = NULL WHERE kind = 'screenshot'",
        "entry {said}: its screenshot {screenshot} is kept as body"),
    "a screenshot was never there": (
        "DELETE FROM blob WHERE kind = 'screenshot'",
        "entry {said}: its screenshot {screenshot} was stored to stay, and is not among what was kept"),
    "evidence is called pruned": (
        "UPDATE blob SET lasting = 2, data = NULL WHERE kind IN ('manifest', 'heads', 'body')",
        "its manifest {manifest} is marked as pruned, and no pruning that the log tells of went so far"),
    "bodies are called pruned": (
        "UPDATE blob SET lasting = 2, data = NULL WHERE kind = 'body'",
        "its manifest {manifest}: its part {body} is marked as pruned, and the manifest is not"),
    "bodies were never there": (
        "DELETE FROM blob WHERE kind = 'body'",
        "its manifest {manifest}: its part {body} is not among what was kept"),
    "a catalog was never there": (
        "DELETE FROM blob WHERE kind = 'catalog'",
        "its catalog {catalog} was stored to stay, and is not among what was kept"),
}


class Handler(Pages):
    def do_GET(self):
        self.send_page(b"<title>Kettle</title><p>kettle")


class Tampering(Tampered, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with serving(Handler) as cls.port:
            cls.begin(CATALOG % cls.port)
            cls.must("run", "--all", "--platform", "shop", "--context", "chat/group")
            cls.must("attest", "shop/item", "chat/group", "--outcome", "blocked", "--observer", "desk", "--screenshot", "p.png")
        rows = cls.rows("SELECT kind, lower(hex(digest)) FROM blob")
        cls.digests = dict(rows)
        cls.digests["said"] = cls.rows("SELECT max(seq) FROM entry WHERE type = 'attestation'")[0][0]
        assert {"screenshot", "manifest", "heads", "body", "catalog"} <= set(cls.digests), rows

    def test_of_nothing_is_told_of_nothing(self):
        ran = self.program("--db", self.tampered("SELECT 1"), "ledger", "verify")
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)

    def test_is_named_with_its_entry(self):
        for what, (sql, problem) in TAMPERINGS.items():
            with self.subTest(what):
                ran = self.program("--db", self.tampered(sql), "ledger", "verify")
                self.assertEqual(ran.returncode, 5, ran.stdout + ran.stderr)
                self.assertRegex(ran.stdout, r"entry \d+: its ")
                self.assertIn(problem.format(**self.digests), ran.stdout)

    def test_makes_prune_delete_no_screenshot(self):
        name = self.tampered(TAMPERINGS["a screenshot is called a body that was stored long ago"][0])
        self.must("--db", name, "prune", "--yes")
        self.assertEqual(self.rows("SELECT count(*) FROM blob WHERE hex(digest) = upper('%s')" % self.digests["screenshot"], name),
                         [(1,)])

    def test_of_the_time_of_a_blob_makes_prune_delete_nothing(self):
        name = self.tampered("UPDATE blob SET recorded_at = 0")
        self.assertIn("freed 0 blobs", self.must("--db", name, "prune", "--yes"))

    def test_of_entries_is_seen_by_db_check(self):
        for sql, problem in (("DELETE FROM entry WHERE seq = 2", "entry 2 is missing"),
                             ("DELETE FROM entry WHERE seq = 1", "entry 1 is missing"),
                             ("DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)", ""),
                             ("DELETE FROM node WHERE number = 1", "the tree lacks nodes"),
                             ("DELETE FROM node; DELETE FROM entry", "a checkpoint was signed over")):
            with self.subTest(sql):
                ran = self.program("--db", self.tampered(sql), "db", "check")
                self.assertEqual(ran.returncode, 5, ran.stdout + ran.stderr)
                self.assertIn(problem, ran.stdout)
        ran = self.program("db", "check")
        self.assertEqual(ran.returncode, 0, ran.stdout)
        self.assertIn("ledger verify", ran.stdout)

    def test_of_a_database_that_was_put_back_is_seen_by_db_check(self):
        name = self.tampered("SELECT 1", name="back.db")
        shutil.copy(self.directory / name, self.directory / "old.db")
        shutil.copy(self.directory / "linkaudit.db.key", self.directory / (name + ".key"))
        self.must("--db", name, "annotate", "1", "--note", "later", "--by", "desk")
        for left in (name + "-wal", name + "-shm"):
            (self.directory / left).unlink(missing_ok=True)
        shutil.copy(self.directory / "old.db", self.directory / name)
        ran = self.program("--db", name, "db", "check")
        self.assertEqual(ran.returncode, 5, ran.stdout + ran.stderr)
        self.assertIn("it was put back to an earlier state", ran.stdout)

    def test_lines_that_are_refused_leave_no_database(self):
        lines = self.must("export").splitlines()
        files = {"cut.ndjson": "\n".join([*lines[:2], lines[2][:40]]), "bare.ndjson": "{}\n", "bad.csv": "at,link\n1,2\n",
                 "empty.csv": ""}
        for name, text in files.items():
            (self.directory / name).write_text(text, encoding="utf-8")
            with self.subTest(name):
                self.assertEqual(self.program("--db", "new.db", "import", name).returncode, 3)
                self.assertEqual(list(self.directory.glob("new.db*")), [])

    def test_evidence_does_not_go_with_entries_and_nobody_misses_it(self):
        (self.directory / "entries.ndjson").write_text(self.must("export"), encoding="utf-8")
        self.must("--db", "other.db", "import", "entries.ndjson")
        self.assertIn("0 imported", self.must("--db", "other.db", "import", "entries.ndjson"))
        self.assertIn("0 imported", self.must("--db", "linkaudit.db", "import", "entries.ndjson"))
        ran = self.program("--db", "other.db", "ledger", "verify")
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
