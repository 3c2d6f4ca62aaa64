#!/usr/bin/env python3
"""A case as one file: made by the program, verified by the verifier within it and by the program, which must agree.

Usage: bundle_test.py PROGRAM
"""
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import unittest
import warnings
import zipfile
from pathlib import Path

from bundle_case import FINDING, BundleCase
from resealed import resealed, signed

PROGRAM = BundleCase.program = os.path.abspath(sys.argv[1])


class Unseekable:
    """To write to as to a pipe: sizes and checksums then stand behind each part."""
    def __init__(self, out):
        self.out = out

    def write(self, data):
        return self.out.write(data)

    def flush(self):
        self.out.flush()


class Bundle(BundleCase):
    def test_is_verified_by_both_with_the_owners_key_and_says_when_it_came_with_its_own(self):
        for key in ("key.pub", None):
            (own_code, own), (our_code, ours) = self.verdicts("case.zip", key)
            self.assertEqual((own_code, our_code), (0, 0), own + ours)
            self.assertTrue(own.startswith("yes: "))
            self.assertEqual("the public key came with the bundle" in own, key is None)
            self.assertEqual("the public key came with the bundle" in ours, key is None)

    def test_has_the_parts_of_a_case(self):
        folders = {name.partition("/")[0] for name in self.good}
        self.assertEqual(folders, {"README.txt", "catalog.yaml", "checkpoint.txt", "entries", "evidence.warc", "facts",
                                   "finding.json", "heads", "manifest.note", "manifest.txt", "not-kept.json", "proofs.json", "public-keys.txt", "screenshots", "verify.py"})
        self.assertLess(len(self.good["verify.py"].splitlines()), 300)

    def test_unpacked_is_verified_where_it_lies(self):
        folder = self.directory / "unpacked"
        with zipfile.ZipFile(self.directory / "case.zip") as archive:
            archive.extractall(folder)
        ran = subprocess.run([sys.executable, "verify.py"], cwd=folder, capture_output=True, text=True)
        self.assertEqual((ran.returncode, ran.stdout[:5]), (0, "yes: "), ran.stdout)
        listed = subprocess.run(["sha256sum", "-c", "--quiet", "manifest.txt"], cwd=folder, capture_output=True, text=True)
        self.assertEqual((listed.returncode, listed.stdout), (0, ""))

    def test_is_the_same_bytes_again_though_the_log_has_grown(self):
        as_of = json.loads(self.good["finding.json"])["as_of"]
        self.run_program("ledger", "bundle", "--finding", FINDING, "--as-of", as_of, "-o", "one.zip", check=True)
        self.run_program("attest", "taobao/item", "wechat/group", "--outcome", "direct", "--observer", "desk", check=True)
        self.run_program("ledger", "bundle", "--finding", FINDING, "--as-of", as_of, "-o", "two.zip", check=True)
        self.assertEqual((self.directory / "one.zip").read_bytes(), (self.directory / "two.zip").read_bytes())

    def test_with_any_part_changed_or_dropped_is_refused_by_its_name(self):
        for name, data in self.good.items():
            if name not in ("manifest.txt", "manifest.note"):
                with self.subTest(name):
                    self.assert_refused({**self.good, name: data + b" "}, f"{name} is not what manifest.txt says")
        without = {name: data for name, data in self.good.items() if name != "README.txt"}
        self.assert_refused(without, "manifest.txt names README.txt, which is missing")

    def test_has_header_blocks_that_are_told_to_be_those_of_its_archive(self):
        """Of other versions of HTTP, and with a coding that is off the body: what the wire had, what the archive has."""
        spec = importlib.util.spec_from_file_location("verifier", self.directory / "verify.py")
        verifier = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(verifier)
        same = ((b"GET / HTTP/2\r\nHost: a\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a"),
                (b"GET /HTTP/2 HTTP/2\r\n\r\n", b"GET /HTTP/2 HTTP/1.1"),
                (b"HTTP/2 200 \r\nA: HTTP/2\r\n\r\n", b"HTTP/1.1 200 \r\nA: HTTP/2"),
                (b"HTTP/1.1 200 OK\nTransfer-Encoding : chunked\n\n", b"HTTP/1.1 200 OK\nX-Orig-Transfer-Encoding : chunked"))
        other = ((b"GET / HTTP/2\r\n\r\n", b"GET /a HTTP/1.1"), (b"HTTP/2 200 \r\n\r\n", b"HTTP/1.1 403 "),
                 (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Orig-A: b"))
        for cases, equal in ((same, True), (other, False)):
            for wire, archive in cases:
                self.assertEqual(verifier.any_version(wire) == verifier.any_version(archive), equal, wire)

    def test_packed_again_by_other_programs_is_verified_by_both(self):
        folder = self.directory / "again"
        for name, data in self.good.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        with zipfile.ZipFile(self.directory / "stored.zip", "w") as archive:
            for name in ("entries/", "facts/", "screenshots/"):
                archive.mkdir(name) if hasattr(archive, "mkdir") else archive.writestr(name, b"")
            for name, data in self.good.items():
                archive.writestr(name, data)
        with open(self.directory / "streamed.zip", "wb") as out, zipfile.ZipFile(Unseekable(out), "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.good.items():
                archive.writestr(name, data)
        shutil.make_archive(str(self.directory / "folders"), "zip", folder)
        for name in ("stored.zip", "streamed.zip", "folders.zip"):
            with self.subTest(name):
                (own_code, own), (our_code, ours) = self.verdicts(name)
                self.assertEqual((own_code, our_code), (0, 0), own + ours)
        with zipfile.ZipFile(self.directory / "folders.zip") as archive:
            self.assertIn("entries/", archive.namelist())

    def test_packed_in_a_way_that_hides_or_swells_something_is_refused(self):
        def twice(archive):
            archive.writestr("README.txt", b"another")

        def folder_with_content(archive):
            archive.writestr("entries/", b"content")

        def bomb(archive):
            with archive.open("evidence.txt/../bomb", "w", force_zip64=True) as out:
                for _ in range(1 << 10 | 1):
                    out.write(bytes(1 << 20))

        def other_method(archive):
            archive.writestr("timestamps/1.tsq", 1000 * b"x", zipfile.ZIP_BZIP2)

        def unlisted(archive):
            archive.writestr("timestamps/1.tsq", b"x")
            archive.filelist.pop()

        def unlisted_twin(archive):
            archive.writestr("finding.json", b"{}")
            archive.filelist.pop()
        for add in (twice, folder_with_content, bomb, other_method, unlisted, unlisted_twin):
            with self.subTest(add.__name__):
                with warnings.catch_warnings(), zipfile.ZipFile(self.directory / "other.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                    warnings.simplefilter("ignore")
                    for name, data in self.good.items():
                        archive.writestr(name, data)
                    add(archive)
                (own_code, own), (our_code, ours) = self.verdicts()
                self.assertEqual((own_code, our_code), (1, 5), own + ours)
                self.assertEqual((own.count("\n"), ours.count("\n"), ours.count(".cpp")), (1, 1, 0), own + ours)

    def test_behind_other_bytes_is_refused(self):
        for before in (b"junk", b"PK\3\4junk"):
            (self.directory / "other.zip").write_bytes(before + (self.directory / "case.zip").read_bytes())
            (own_code, own), (our_code, ours) = self.verdicts()
            self.assertEqual((own_code, our_code), (1, 5), own + ours)
            self.assertEqual((own.count("\n"), ours.count("\n"), ours.count(".cpp")), (1, 1, 0), own + ours)

    def test_signed_by_another_is_refused_though_it_agrees_with_itself(self):
        other = self.directory / "elsewhere"
        other.mkdir()
        key = subprocess.run([PROGRAM, "--db", "o.db", "ledger", "key", "--name", "other.example"], cwd=other,
                             capture_output=True, text=True, check=True).stdout
        (self.directory / "other.pub").write_text(key)
        (own_code, own), (our_code, ours) = self.verdicts("case.zip", "other.pub")
        self.assertEqual((own_code, our_code), (1, 5))
        signer = "+".join(self.good["public-keys.txt"].decode().split("+")[:2])
        self.assertIn(f", but by {signer}", own)
        self.assertIn(f", but by {signer}", ours)
        self.assertIn("not signed by a key that is trusted", own)
        self.assertIn("not signed by a key that is trusted", ours)

    def rotated(self):
        """A bundle made after the log's key was handed over twice, in a copy of its folder: its parts and its key."""
        place = self.directory / "rotated"
        if not place.exists():
            place.mkdir()
            for name in ("d.db", "d.db-wal", "d.db.key", "d.db.key.pub", "d.db.checkpoints"):
                if (self.directory / name).exists():
                    shutil.copy(self.directory / name, place / name)
            for arguments in (("ledger", "rotate"), ("ledger", "rotate"),
                              ("attest", "taobao/item", "wechat/moments", "--outcome", "blocked", "--observer", "later"),
                              ("ledger", "bundle", "--finding", FINDING, "-o", "case.zip")):
                ran = subprocess.run([PROGRAM, "--catalog", "../lab/linkaudit.yaml", "--db", "d.db", *arguments], cwd=place,
                                     capture_output=True, text=True)
                self.assertEqual(ran.returncode, 0, ran.stderr)
        return self.read(place / "case.zip"), place / "d.db.key"

    def test_made_after_its_key_was_handed_over_is_verified_with_the_key_before(self):
        parts, _ = self.rotated()
        self.assertEqual(len([name for name in parts if name.startswith("hand-overs/")]), 2)
        keys = parts["public-keys.txt"].decode().splitlines()
        self.assertEqual(len(keys), 3)
        self.write(parts)
        for given, followed in ((keys[0], 2), (keys[1], 1), (keys[2], 0), ("\n".join(keys), 0)):
            (self.directory / "given.pub").write_text(given + "\n")
            with self.subTest(followed):
                (own_code, own), (our_code, ours) = self.verdicts(key="given.pub")
                self.assertEqual((own_code, our_code), (0, 0), own + ours)
                self.assertEqual((own.count("handed over to"), ours.count("handed over to")), (followed, followed), own + ours)

    def test_with_a_hand_over_that_the_key_before_did_not_sign_is_refused(self):
        parts, key = self.rotated()
        names = sorted(name for name in parts if name.startswith("hand-overs/"))
        text = parts[names[-1]].decode().split("\n\n")[0] + "\n"
        keys = parts["public-keys.txt"].decode().splitlines()
        (self.directory / "given.pub").write_text(keys[0] + "\n")
        cases = {
            "the next key alone has signed": ({names[-1]: signed(text, key)}, f"{names[-1]} is not signed by the key before it"),
            "another text": ({names[0]: parts[names[0]].replace(b"\n\n", b"\nmore\n\n", 1)}, f"{names[0]} is not signed by the key before it"),
            "no hand-over": ({names[0]: parts["checkpoint.txt"]}, f"{names[0]} hands over to no key"),
            "one is missing": ({names[0]: None}, "is not signed by a key that is trusted"),
        }
        for name, (changes, why) in cases.items():
            with self.subTest(name):
                self.write(resealed({part: data for part, data in {**parts, **changes}.items() if data is not None}, key))
                (own_code, own), (our_code, ours) = self.verdicts(key="given.pub")
                self.assertEqual((own_code, our_code), (1, 5), own + ours)
                self.assertIn(why, own)
                self.assertIn(why, ours)

    def test_that_is_no_archive_is_refused_in_one_line(self):
        whole = (self.directory / "case.zip").read_bytes()
        for data in (b"", b"text", whole[:200], whole[:-30]):
            (self.directory / "other.zip").write_bytes(data)
            (own_code, own), (our_code, ours) = self.verdicts()
            self.assertEqual((own_code, our_code, own.count("\n"), ours.count("\n")), (1, 5, 1, 1), own + ours)

    def test_is_verified_quietly_when_the_reader_of_the_answer_has_gone(self):
        ran = subprocess.run(["bash", "-c", f"{sys.executable} -I verify.py case.zip | true; exit ${{PIPESTATUS[0]}}"],
                             cwd=self.directory, capture_output=True, text=True)
        self.assertEqual((ran.returncode, ran.stdout, ran.stderr), (141, "", ""))

    def test_cannot_be_told_of_without_what_is_needed_and_says_so_in_one_line(self):
        for arguments, path in ((["none.zip"], None), (["--public-key", "none", "case.zip"], None), (["case.zip"], "/nowhere")):
            ran = subprocess.run([sys.executable, "-I", "verify.py", *arguments], cwd=self.directory, capture_output=True, text=True,
                                 env={**os.environ, **({"PATH": path} if path else {})})
            self.assertEqual((ran.returncode, ran.stdout, ran.stderr.count("\n")), (2, "", 1), ran.stderr)
            self.assertTrue(ran.stderr.startswith("cannot tell: "))

    def test_of_what_is_no_finding_is_refused(self):
        for finding, why in (("x", "OBLIGATION:PLATFORM:CONTEXT"), ("x:taobao:wechat/group", "x"),
                             ("miit-2021-unblock:taobao:wechat/nowhere", "wechat/nowhere")):
            ran = self.run_program("ledger", "bundle", "--finding", finding, "-o", "none.zip")
            self.assertEqual(ran.returncode, 3)
            self.assertIn(why, ran.stderr)
            self.assertFalse((self.directory / "none.zip").exists())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
