#!/usr/bin/env python3
"""Time-stamps (RFC 3161), with the openssl program as the authority behind a server on loopback.

Usage: timestamp_test.py PROGRAM
"""
import http.server
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest
import zipfile
from pathlib import Path

from resealed import resealed

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
            ran = self.program("ledger", "timestamp", "--tsa", url)
            self.assertEqual(ran.returncode, 3)
            self.assertIn("valid is http://HOST/", ran.stderr)
            self.assertNotIn("secret", ran.stderr)

    def test_whose_signature_is_wrong_is_refused_and_not_kept(self):
        before = self.kept()

        def changed(request):
            reply = self.stamp(request)[1]
            return 200, reply[:-1] + bytes([reply[-1] ^ 1])  # it ends with the signature
        type(self).answer = staticmethod(changed)
        for authorities in ([], ["--tsa-ca", "ca.pem"]):
            ran = self.program("ledger", "timestamp", "--tsa", self.url, *authorities)
            self.assertEqual((ran.returncode, len(ran.stderr.splitlines())), (1, 1))
            self.assertIn("its answer does not verify", ran.stderr)
        self.assertEqual(self.kept(), before)

    def expired(self):
        """An answer of 2020 by an authority whose certificates ended with that year."""
        (self.directory / "index.txt").write_bytes(b"")
        (self.directory / "years.cnf").write_text(
            "[ca]\ndefault_ca = own\n[own]\ndatabase = index.txt\nnew_certs_dir = .\nserial = years.serial\ndefault_md = sha256\n"
            "policy = policy\n[policy]\ncommonName = supplied\n[root]\nbasicConstraints = critical, CA:TRUE\n"
            "[extensions]\nextendedKeyUsage = critical,timeStamping\n")
        for name, extensions, by in (("root", "root", ["-selfsign"]), ("years", "extensions", ["-cert", "root.pem"])):
            self.openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                         f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
            self.openssl("ca", "-batch", "-config", "years.cnf", "-create_serial", "-startdate", "20200101000000Z", "-enddate",
                         "20201231235959Z", "-keyfile", "root.key", *by, "-in", f"{name}.csr", "-out", f"{name}.pem", "-extensions",
                         extensions, "-notext")

        def answer(request):
            (self.directory / "now.tsr").write_bytes(self.stamp(request)[1])
            self.openssl("ts", "-reply", "-in", "now.tsr", "-token_out", "-out", "now.token")
            info = self.openssl("cms", "-verify", "-inform", "DER", "-in", "now.token", "-noverify", "-binary")
            then = re.sub(rb"20\d{12}Z", b"20200601120000Z", info)
            token = self.openssl("cms", "-sign", "-cades", "-binary", "-nodetach", "-econtent_type", "1.2.840.113549.1.9.16.1.4",
                                 "-signer", "years.pem", "-inkey", "years.key", "-md", "sha256", "-outform", "DER", data=then)
            body = bytes.fromhex("3003020100") + token
            return 200, b"\x30\x82" + len(body).to_bytes(2, "big") + body
        return answer

    def test_by_a_certificate_that_expired_since_verifies_as_of_its_own_time(self):
        type(self).answer = staticmethod(self.expired())

        def program(*arguments):
            ran = subprocess.run([PROGRAM, "--db", "years.db", *arguments], cwd=self.directory, capture_output=True, text=True,
                                 check=False)
            self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
            return ran.stdout
        program("attest", "taobao/item", "wechat/group", "--outcome", "direct", "--observer", "desk")
        program("ledger", "timestamp", "--tsa", self.url)
        self.assertIn("2020-06-01T12:00:00", program("ledger", "verify", "--tsa-ca", "root.pem"))
        program("ledger", "bundle", "--finding", "miit-2021-unblock:taobao:wechat/group", "-o", "years.zip")
        self.assertIn("2020-06-01T12:00:00", program("ledger", "verify", "--bundle", "years.zip", "--tsa-ca", "root.pem"))
        with zipfile.ZipFile(self.directory / "years.zip") as archive:
            (self.directory / "verify.py").write_bytes(archive.read("verify.py"))
        own = subprocess.run([sys.executable, "-I", "verify.py", "--tsa-ca", "root.pem", "years.zip"], cwd=self.directory,
                             capture_output=True, text=True, check=False)
        self.assertEqual(own.returncode, 0, own.stdout + own.stderr)
        self.assertIn("there at Jun  1 12:00:00 2020 GMT", own.stdout)

    def test_of_a_token_in_the_url_keeps_none(self):
        ran = self.program("ledger", "timestamp", "--tsa", self.url + "?token=secret")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertNotIn("secret", ran.stdout)
        self.assertNotIn(b"secret", b"".join(path.read_bytes() for path in self.directory.glob("d.db*")))

    def test_that_was_deleted_is_missed(self):
        for _ in range(2):
            self.assertEqual(self.program("ledger", "timestamp", "--tsa", self.url).returncode, 0)
        with sqlite3.connect(self.directory / "d.db") as source, sqlite3.connect(self.directory / "whole") as copy:
            source.backup(copy)
            trigger = copy.execute("SELECT sql FROM sqlite_schema WHERE name = 'timestamp_no_delete'").fetchone()[0]
            copy.executescript(f"DROP TRIGGER timestamp_no_delete; DELETE FROM timestamp WHERE number = 1; {trigger}")
        source.close()
        copy.close()
        ran = subprocess.run([PROGRAM, "--db", "whole", "ledger", "verify", "--public-key", "d.db.key.pub"], cwd=self.directory,
                             capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, 5)
        self.assertIn("whole: time-stamp 1 was deleted", ran.stdout)

    # -- in a bundle

    def bundle(self, authorities, changed=None):
        """Both verifiers' (exit code, output) of the bundle, with one part changed and that signed by its owner."""
        name = self.directory / "case.zip"
        with zipfile.ZipFile(name) as archive:
            parts = {part: archive.read(part) for part in archive.namelist()}
        if changed:
            parts[changed[0]] = changed[1]
            parts = resealed(parts, self.directory / "d.db.key")
            name = self.directory / "changed.zip"
            with zipfile.ZipFile(name, "w") as archive:
                for part, data in parts.items():
                    archive.writestr(part, data)
        (self.directory / "verify.py").write_bytes(parts["verify.py"])
        keys = ["--public-key", "d.db.key.pub", *(["--tsa-ca", authorities] if authorities else [])]
        own = subprocess.run([sys.executable, "-I", "verify.py", *keys, name], cwd=self.directory, capture_output=True,
                             text=True, check=False)
        self.assertEqual(own.stderr, "")
        ours = self.program("ledger", "verify", "--bundle", name, *keys)
        return parts, (own.returncode, own.stdout), (ours.returncode, ours.stdout)

    def test_comes_with_the_bundle_and_is_verified_by_both(self):
        finding = ["ledger", "bundle", "--finding", "miit-2021-unblock:taobao:wechat/group", "-o", "case.zip"]
        self.assertEqual(self.program("ledger", "timestamp", "--tsa", self.url).returncode, 0)
        self.assertEqual(self.program(*finding).returncode, 0)
        parts, (own_code, own), (our_code, ours) = self.bundle("ca.pem")
        self.assertEqual((own_code, our_code), (0, 0), own + ours)
        self.assertIn("time-stamp: the checkpoint was there at ", own)
        self.assertIn("time-stamps of its checkpoint: ", ours)
        stamps = sorted(name for name in parts if name.startswith("timestamps/"))
        self.assertEqual({name[-4:] for name in stamps}, {".tsq", ".tsr"})
        reply, request = stamps[1], stamps[0]
        for name in ("checkpoint.txt", reply):
            (self.directory / Path(name).name).write_bytes(parts[name])
        self.openssl("ts", "-verify", "-data", "checkpoint.txt", "-in", Path(reply).name, "-CAfile", "ca.pem")  # as README.txt says
        for _, (own_code, own), (our_code, ours) in [self.bundle(None)]:
            self.assertEqual((own_code, our_code), (0, 0))
            self.assertIn("who says so was not checked", own)
            self.assertIn("were not checked", ours)
        other = self.openssl("ts", "-query", "-digest", 64 * "0", "-sha256", "-cert")
        cases = {"does not verify": [("other.pem", None), (None, (reply, self.stamp(other)[1]))],
                 "is of something else": [(None, (request, other))], "is no time-stamp": [(None, (reply, b"text"))]}
        for why, tries in cases.items():
            for authorities, changed in tries:
                _, (own_code, own), (our_code, ours) = self.bundle(authorities, changed)
                self.assertEqual((own_code, our_code), (1, 5), own + ours)
                self.assertIn(f"{reply} {why}", own)
                self.assertIn(f"{reply} {why}", ours)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
