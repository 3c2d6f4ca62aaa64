#!/usr/bin/env python3
"""Secrets in every place where the catalog, a URL or a server may hold one, and then everything that the program says, writes
and stores: not one of them is there.

Usage: secrets_test.py PROGRAM. Every secret begins with "hush".
"""
import http.server
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest
import zipfile
from pathlib import Path

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
      - {id: item, kind: product, url: "http://127.0.0.1:%(port)d/item?id=1&token=hushlink"}
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
FORMATS = (["--format", "text"], ["--format", "json"], ["--lang", "zh"], ["--format", "csv"])


class Handler(http.server.BaseHTTPRequestHandler):
    seen = []

    def do_GET(self):
        type(self).seen.append(self.path + str(self.headers))
        where = self.path.split("?")[0]
        if where == "/broken":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nSet-Cookie: a=hushset\r\n\r\nshort")
            self.close_connection = True
            return
        body = b"<title>Kettle</title><p>kettle"
        self.send_response(302 if where in ("/moved", "/gate") else 200)
        if where in ("/moved", "/gate"):
            self.send_header("Location", "/item?id=1&token=hushlocation&url=http%3A%2F%2Fx.example%2F%3Fsid%3Dhushinner")
        self.send_header("Set-Cookie", "session=hushsession; Path=/")
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Secrets(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory(prefix="linkaudit-secrets-")
        self.addCleanup(self.scratch.cleanup)
        self.directory = Path(self.scratch.name)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=self.server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.port = self.server.server_address[1]
        (self.directory / "linkaudit.yaml").write_text(CATALOG % {"port": self.port}, encoding="utf-8")
        self.said = b""

    def program(self, *arguments, codes=(0, 4)):
        ran = subprocess.run([PROGRAM, *arguments], cwd=self.directory, capture_output=True, check=False)
        self.assertIn(ran.returncode, codes, (arguments, ran.stderr))
        self.said += b" ".join(argument.encode() for argument in arguments if "hush" not in argument)
        self.said += ran.stdout + ran.stderr
        return ran.stdout

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
        for name, piece in self.everything().items():
            at = piece.find(b"hush")
            self.assertEqual(at, -1, f"{name}: {piece[max(0, at - 60):at + 40]!r}")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
