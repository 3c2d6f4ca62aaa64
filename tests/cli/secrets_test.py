#!/usr/bin/env python3
"""Secrets in every place where the catalog, a URL or a server may hold one, and a person may type one, and then everything that
the program says, writes and stores: not one of them is there.

Usage: secrets_test.py PROGRAM. Every secret begins with "hush".
"""
import csv
import os
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

import openpyxl

from page_server import Pages, serving

PROGRAM = os.path.abspath(sys.argv[1])
CATALOG = """version: 1
secrets: {parameters: [token, sid]}
network: {allow_private: ["127.0.0.1/32"], canaries: [], attempts: 1, timeout_s: 5}
platforms:
  - id: shop
    name: {en: Shop, zh: 商店}
    operator: {en: Shop, zh: 商店}
    category: ecommerce
    domains: ["127.0.0.1"]
    links:
      - {id: item, kind: product, url: "http://127.0.0.1:%(port)d/item?id=1&token=hushlink&to%%6ben=hushcoded&v=http%%3A%%2F%%2Fu%%3Ahushinner%%40h%%2F"}
      - {id: moved, kind: product, url: "http://127.0.0.1:%(port)d/moved?sid=hushsid"}
      - {id: broken, kind: product, url: "http://127.0.0.1:%(port)d/broken?token=hushbroken"}
hosts:
  - id: chat
    name: {en: Chat, zh: 聊天}
    operator: {en: Chat, zh: 聊天}
    domains: [chat.example]
    client:
      user_agent: "Chat/1"
      headers: {Cookie: "sid=hushcookie", Authorization: "Bearer hushbearer", X-Api-Key: hushkey, X-Auth-Token: hushauth}
    contexts:
      - {id: group, name: {en: group chat, zh: 群聊}, kind: group}
      - id: gated
        name: {en: gated chat, zh: 网关}
        kind: group
        gateway: {url: "http://127.0.0.1:%(port)d/gate?token=hushgate&url={url}"}
"""
WAIVED = """version: 1
obligations:
  - {id: opens, authority: {en: A, zh: A}, title: {en: T, zh: T}, effective: 2021-09-17, zone: Asia/Shanghai, standing: mandatory,
     scope: {kinds: [group]}, requires: {outcomes: [direct]}, tier: in_app, source: {en: S, zh: S}}
waivers:
  - {id: W-1, scope: {contexts: [chat/gated]}, justification: "agreed, token: hushwaiver, https://me:hushwaiver@a.example/",
     approver: "desk password=hushapprover", from: 2021-10-01, expires: 2099-12-31, zone: Asia/Shanghai}
"""
# What a person may paste; of each the part that begins with "hush" is the secret.
TYPED = [
    "see https://me:hushuser@a.example/p?token=hushtoken&id=1",
    "https://a.example/?session_id=hush1&refresh_token=hush2&id_token=hush3&sig=hush4&api_key=hush5&jwt=hush6",
    "打开https://a.example/?sid=hushsid，看到商品页",
    "it sent Authorization: Bearer hushbearer",
    "curl -H 'Cookie: a=hushcookie; b=hushcookie' https://a.example/",
    "Set-Cookie: SESSION=hushset; Path=/",
    "Proxy-Authorization: Basic hushproxy",
    "opened with Bearer hush-bearer-hush",
    "password=hushpass pwd: hushpwd，密码：hushword",
    'answered {"access_token":"hushjson","client_secret" : "hush secret"}',
]
FORMATS = (["--format", "text"], ["--format", "json"], ["--lang", "zh"], ["--format", "csv"])


class Handler(Pages):
    seen = []

    def do_GET(self):
        type(self).seen.append(self.path + str(self.headers))
        where = self.path.split("?")[0]
        if where == "/broken":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nSet-Cookie: a=hushset\r\n\r\nshort")
            self.close_connection = True
            return
        moved = where in ("/moved", "/gate")
        headers = [
            ("Set-Cookie", "session=hushsession; Path=/"),
            ("Link", "<http://me:hushlinked@a.example/?token=hushlinked>"),
            ("WWW-Authenticate", 'Bearer realm="shop", token="hushchallenge"'),
            ("Authentication-Info", 'nextnonce="hushnonce"'),
            ("X-Echo", "Bearer hush1234hush"),
            ("X-CSRF", "hushcsrf"),
        ]
        if moved:
            headers.append(("Location", "/item?id=1&token=hushlocation&url=http%3A%2F%2Fx.example%2F%3Fsid%3Dhushinner"))
        self.send_page(b"<title>Kettle</title><p>kettle", 302 if moved else 200, headers)


class Secrets(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory(prefix="linkaudit-secrets-")
        self.addCleanup(self.scratch.cleanup)
        self.directory = Path(self.scratch.name)
        self.port = self.enterContext(serving(Handler))
        (self.directory / "linkaudit.yaml").write_text(CATALOG % {"port": self.port}, encoding="utf-8")
        self.said = b""
        given = tempfile.TemporaryDirectory(prefix="linkaudit-given-")  # what is in it is no doing of the program
        self.addCleanup(given.cleanup)
        self.given = Path(given.name)

    def program(self, *arguments, codes=(0, 4), stream="out"):
        ran = subprocess.run([PROGRAM, *arguments], cwd=self.directory, capture_output=True, check=False)
        self.assertIn(ran.returncode, codes, (arguments, ran.stderr))
        self.said += ran.stdout + ran.stderr
        return ran.stderr if stream == "err" else ran.stdout

    def everything(self):
        """All that was said, and all files but the catalog that was given, packed ones unpacked, the database read as rows."""
        pieces = {"said": self.said}
        for path in self.directory.rglob("*"):
            if not path.is_file() or path.name == "linkaudit.yaml":
                continue
            pieces[path.name] = path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    for name in archive.namelist():
                        pieces[f"{path.name}/{name}"] = archive.read(name)
        with sqlite3.connect(f"file:{self.directory}/linkaudit.db?mode=ro", uri=True) as database:
            pieces["rows"] = "\n".join(database.iterdump()).encode("utf-8", "replace")
        database.close()
        return pieces

    def test_are_nowhere(self):
        url = f"http://127.0.0.1:{self.port}/item?id=2&token=hushurl&access_token=hushaccess"
        self.program("run", "--all", "--platform", "shop", "--context", "chat/group", "--context", "chat/gated")
        for how in FORMATS:
            self.program("check", url, "--context", "chat/group", "--context", "chat/gated", "--log", *how)
            self.program("check", f"http://hushuser:hushpass@127.0.0.1:{self.port}/item", "--context", "chat/group", *how,
                         codes=(0, 3, 4))
            for command in (["query"], ["runs"], ["matrix"], ["findings"], ["catalog", "show"], ["catalog", "test"],
                            ["history", "shop/item", "chat/group"]):
                self.program(*command, *how, codes=(0, 3))
        self.program("attest", "shop/item", "chat/group", "--outcome", "blocked", "--observer", "desk", "--note",
                     "as http://127.0.0.1/?token=hushnote says", "--source", "http://127.0.0.1/?sid=hushsource")
        self.program("db", "stats")
        for report in ("r.xlsx", "r.html", "r.json", "r.csv", "all/"):
            self.program("report", "-o", report)
        (self.directory / "entries.ndjson").write_bytes(self.program("export"))
        self.program("export", "--warc", "e.warc")
        self.program("db", "backup", "copy.db")
        self.program("db", "stats")
        self.program("ledger", "verify")
        self.program("ledger", "checkpoint")
        self.program("--db", "other.db", "import", "entries.ndjson")
        sent = "".join(Handler.seen)
        for secret in ("hushcookie", "hushbearer", "hushkey", "hushauth", "hushlink", "hushsid", "hushurl", "hushgate"):
            self.assertIn(secret, sent, "it is sent where it belongs")
        blobs = self.program("--format", "json", "db", "stats")
        self.assertIn(b'"kind":"heads"', blobs)
        self.assert_nowhere()

    def test_of_canaries_that_do_not_answer_are_nowhere(self):
        catalog = self.directory / "linkaudit.yaml"
        canary = 'canaries: ["http://hushuser:hushpass@127.0.0.1:1/?token=hushcanary"]'
        catalog.write_text(catalog.read_text(encoding="utf-8").replace("canaries: []", canary), encoding="utf-8")
        for how in FORMATS:
            self.program("check", "shop/item", "--context", "chat/group", "--log", *how, codes=(4,))
        self.program("run", "--all", "--platform", "shop", "--context", "chat/group", codes=(4,))
        self.assertIn(b"127.0.0.1:1/?token=***", self.said)
        self.assert_nowhere()

    def assert_nowhere(self):
        for name, piece in self.everything().items():
            at = piece.find(b"hush")
            self.assertEqual(at, -1, f"{name}: {piece[max(0, at - 60):at + 40]!r}")

    def csv_of(self, name, rows):
        with open(self.given / name, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["at", "link", "context", "outcome", "observer", "client", "source", "facts", "note"], *rows])
        return str(self.given / name)

    def filled_in(self, name, rows):
        path = self.given / name
        self.program("attest", "--template", str(path))
        book = openpyxl.load_workbook(path)
        heads = [cell.value for cell in book.worksheets[0][1]]
        for row in rows:
            book.worksheets[0].append([row.get(head) for head in heads])
        book.save(path)
        return str(path)

    def remarked(self, words):
        """The report's workbook with words of an officer beside its first breaches."""
        path = self.given / "remarks.xlsx"
        self.program("report", "-o", str(path), "--as-of", "2022-01-27T23:59:59+08:00")
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(min_row=1, max_row=12):
                columns = {cell.value: cell.column for cell in row}
                finding = columns.get("Finding id")
                if finding and "Owner" in columns and sheet.cell(row[0].row + 1, finding).value:
                    sheet.cell(row[0].row + 1, columns["Owner"]).value = "desk " + words[0]
                    sheet.cell(row[0].row + 1, columns["Remark"]).value = "\n".join(words)
        book.save(path)
        return str(path)

    def type_all(self):
        for number, words in enumerate(TYPED):
            self.program("attest", "shop/item", "chat/group", "--outcome", "blocked", "--observer", f"desk {words}", "--note",
                         words, "--source", words, "--client", f"8.0 {words}", "--facts", f"token=hushfact;shown={words}", "--at",
                         f"2022-01-27T12:{number:02}:00+08:00")
        self.program("annotate", "1", "--note", "\n".join(TYPED), "--by", TYPED[0])
        self.program("attest", "--corrects", "2", "--outcome", "direct", "--observer", "desk", "--note", TYPED[0])
        self.program("attest", "--withdraw", "3", "--observer", TYPED[1], "--note", TYPED[1])
        rows = [(f"2022-01-27T13:{number:02}:00+08:00", "shop/moved", "chat/group", "blocked", "desk", words, words,
                 f"shown={words}".replace(";", ","), words) for number, words in enumerate(TYPED)]
        self.program("import", self.csv_of("words.csv", rows))
        self.program("import", self.filled_in("words.xlsx", [
            {"at": f"2022-01-27T14:{number:02}:00+08:00", "link": "shop/broken", "context": "chat/group", "outcome": "blocked",
             "observer": "desk", "client": words, "source": words, "note": words} for number, words in enumerate(TYPED)]))
        self.program("waiver", "record")
        self.assertIn(b"1 remarks taken", self.program("import", "--remarks", self.remarked(TYPED), stream="err"))

    def mistype(self):
        """What is refused is not quoted with its secret."""
        workbook = self.filled_in("bad.xlsx", [{"at": words, "link": words, "steps": words} for words in TYPED])
        self.program("import", workbook, codes=(3,))
        bad = self.csv_of("bad.csv", [(words, words, words, words, words, "", "", words, "") for words in TYPED])
        self.program("import", bad, codes=(3,))
        for number, words in enumerate(TYPED):
            commands = (["attest", words, "chat/group", "--outcome", words, "--observer", "desk"],
                        ["attest", "shop/item", words, "--outcome", "direct", "--observer", "desk", "--facts", words],
                        ["query", words], ["matrix", "--as-of", words], ["ledger", "bundle", "--finding", words])
            for command in (commands[number % len(commands)], commands[(number + 1) % len(commands)]):
                self.program(*command, codes=(1, 3))

    def test_typed_by_persons_are_nowhere(self):
        catalog = (self.directory / "linkaudit.yaml").read_text(encoding="utf-8")
        (self.directory / "linkaudit.yaml").write_text(catalog + WAIVED.removeprefix("version: 1\n"), encoding="utf-8")
        self.type_all()
        self.mistype()
        for how in FORMATS:
            for command in (["query"], ["findings"], ["catalog", "show"], ["waiver", "list"], ["history", "shop/item", "chat/group"]):
                self.program(*command, *how, codes=(0, 3))
        for report in ("r.xlsx", "r.html", "r.json", "r.csv", "r.pdf", "all/"):
            self.program("report", "-o", report, "--as-of", "2022-01-27T23:59:59+08:00")
        self.program("report", "-o", "zh.html", "--lang", "zh", "--issue")
        self.program("report", "-o", str(self.given / "token=hushfile.csv"), "--issue")
        self.said = self.said.replace(b"token=hushfile.csv", b"")  # to who wrote it, as it is on the disk
        (self.directory / "entries.ndjson").write_bytes(self.program("export"))
        self.program("export", "--warc", "e.warc")
        self.program("db", "backup", "copy.db")
        self.program("ledger", "verify")
        self.program("ledger", "bundle", "--finding", "opens:shop:chat/group", "-o", "case.zip")
        self.program("--db", "other.db", "import", "entries.ndjson")
        self.assertIn(b"***", (self.directory / "entries.ndjson").read_bytes())
        self.assert_nowhere()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
