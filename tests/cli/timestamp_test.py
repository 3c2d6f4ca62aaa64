#!/usr/bin/env python3
"""Time-stamps (RFC 3161), with the openssl program as the authority behind a server on loopback.

Usage: timestamp_test.py PROGRAM
"""
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv[1])
CONFIGURATION = """
[tsa]
default_tsa = authority
[authority]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
signer_digest = sha256
[extensions]
extendedKeyUsage = critical,timeStamping
"""


class Timestamps(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="linkaudit-timestamp-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.directory = Path(cls.scratch.name)
        (cls.directory / "tsa.cnf").write_text(CONFIGURATION)
        for name in ("ca", "other"):
            cls.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                        f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}", "-days", "30")
        cls.openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "tsa.key",
                    "-out", "tsa.csr", "-subj", "/CN=authority")
        cls.openssl("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "tsa.pem",
                    "-days", "30", "-extfile", "tsa.cnf", "-extensions", "extensions")
        cls.answer = cls.stamp
        directory = cls

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.headers["Content-Type"] == "application/timestamp-query"
                status, reply = directory.answer(body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                try:
                    self.wfile.write(reply)
                except ConnectionError:
                    pass

            def log_message(self, *_):
                pass
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=cls.server.serve_forever)
        thread.start()
        cls.addClassCleanup(thread.join)
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        cls.url = f"http://127.0.0.1:{cls.server.server_address[1]}/tsr"
        cls.program("attest", "taobao/item", "wechat/group", "--outcome", "direct", "--observer", "desk")

    @classmethod
    def openssl(cls, *arguments, data=None):
        return subprocess.run(["openssl", *arguments], cwd=cls.directory, input=data, capture_output=True, check=True).stdout

    @classmethod
    def stamp(cls, request):
        (cls.directory / "query.tsq").write_bytes(request)
        return 200, cls.openssl("ts", "-reply", "-config", "tsa.cnf", "-section", "authority", "-queryfile", "query.tsq", "-inkey",
                                "tsa.key", "-signer", "tsa.pem")

    @classmethod
    def program(cls, *arguments):
        return subprocess.run([PROGRAM, "--db", "d.db", *arguments], cwd=cls.directory, capture_output=True, text=True,
                              check=False)

    def setUp(self):
        type(self).answer = self.stamp

    def kept(self):
        return json.loads(self.program("--format", "json", "ledger", "verify").stdout)["timestamps"]["kept"]

    def test_is_kept_and_verified_offline(self):
        before = self.kept()
        ran = self.program("--format", "json", "ledger", "timestamp", "--tsa", self.url, "--tsa-ca", "ca.pem")
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        self.assertTrue(json.loads(ran.stdout)["authority_checked"])
        for authorities in (["--tsa-ca", "ca.pem"], []):
            ran = self.program("ledger", "verify", *authorities)
            self.assertEqual(ran.returncode, 0, ran.stdout)
            self.assertIn(f"time-stamps: {before + 1} fit", ran.stdout)
            self.assertEqual("signatures were not checked" in ran.stdout, not authorities)
        ran = self.program("ledger", "verify", "--tsa-ca", "other.pem")
        self.assertEqual(ran.returncode, 5)
        self.assertIn("time-stamp 1 does not verify", ran.stdout)

    def test_of_another_authority_is_refused_and_not_kept(self):
        before = self.kept()
        ran = self.program("ledger", "timestamp", "--tsa", self.url, "--tsa-ca", "other.pem")
        self.assertEqual(ran.returncode, 1)
        self.assertIn("its answer does not verify", ran.stderr)
        self.assertEqual(self.kept(), before)

    def test_that_is_none_is_refused_and_not_kept(self):
        before, (_, old) = self.kept(), self.stamp(self.openssl("ts", "-query", "-digest", 64 * "0", "-sha256", "-cert"))
        cases = {"is no time-stamp": (200, b"text"), "answered 500": (500, b""), "more than any time-stamp": (200, 70_000 * b"x"),
                 "does not verify": (200, old)}
        for why, answer in cases.items():
            with self.subTest(why):
                type(self).answer = lambda _, reply=answer: reply
                ran = self.program("ledger", "timestamp", "--tsa", self.url)
                self.assertEqual((ran.returncode, len(ran.stderr.splitlines())), (1, 1))
                self.assertIn(why, ran.stderr)
                self.assertEqual(self.kept(), before)
        for url in ("ftp://127.0.0.1/", "text", "http://user:secret@127.0.0.1/"):
            said = self.program("ledger", "timestamp", "--tsa", url).stderr
            self.assertIn("valid is http://HOST/", said)
            self.assertNotIn("secret", said)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
