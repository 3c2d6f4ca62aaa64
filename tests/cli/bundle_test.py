#!/usr/bin/env python3
"""A case as one file: made by the program, verified by the verifier within it and by the program, which must agree.

Usage: bundle_test.py PROGRAM
"""
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv[1])
FINDING = "miit-2021-unblock:taobao:wechat/moments"


class Bundle(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="linkaudit-bundle-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.directory = Path(cls.scratch.name)
        cls.lab = subprocess.Popen([PROGRAM, "lab", "--out", "lab"], cwd=cls.directory, stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(cls.stop_lab)
        assert "linkaudit.yaml" in cls.lab.stdout.readline()
        cls.run_program("run", "--all", "--platform", "taobao", "--context", "wechat/moments")
        (cls.directory / "seen.png").write_bytes(b"\x89PNG\r\n\x1a\n picture")
        cls.run_program("attest", "taobao/item", "wechat/moments", "--outcome", "blocked", "--observer", "desk",
                        "--screenshot", "seen.png", check=True)
        cls.run_program("ledger", "bundle", "--finding", FINDING, "-o", "case.zip", check=True)
        cls.good = cls.read(cls.directory / "case.zip")
        (cls.directory / "key.pub").write_text(cls.run_program("ledger", "checkpoint", "--public-key", check=True).stdout)
        (cls.directory / "verify.py").write_bytes(cls.good["verify.py"])  # as its owner has it

    @classmethod
    def stop_lab(cls):
        cls.lab.terminate()
        cls.lab.wait()
        cls.lab.stdout.close()

    @classmethod
    def run_program(cls, *arguments, check=False):
        ran = subprocess.run([PROGRAM, "--catalog", "lab/linkaudit.yaml", "--db", "d.db", *arguments], cwd=cls.directory,
                             capture_output=True, text=True)
        if check and ran.returncode != 0:
            raise AssertionError(ran.stderr)
        return ran

    @staticmethod
    def read(path):
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def write(self, parts, with_manifest=True):
        parts = dict(parts)
        if with_manifest:
            parts["manifest.txt"] = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n"
                                            for name, data in sorted(parts.items()) if name != "manifest.txt").encode()
        with zipfile.ZipFile(self.directory / "other.zip", "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)

    def verdicts(self, name="other.zip", key="key.pub"):
        """Of the bundle's verifier and of the program: (exit code, what they say)."""
        keys = ["--public-key", key] if key else []
        own = subprocess.run([sys.executable, "-I", "verify.py", *keys, name], cwd=self.directory, capture_output=True, text=True)
        self.assertEqual(own.stderr, "")
        ours = self.run_program("ledger", "verify", "--bundle", name, *keys)
        self.assertEqual(ours.stderr, "")
        return (own.returncode, own.stdout), (ours.returncode, ours.stdout)

    def assert_refused(self, parts, why, with_manifest=True):
        self.write(parts, with_manifest)
        (own_code, own), (our_code, ours) = self.verdicts()
        self.assertEqual((own_code, our_code), (1, 5), own + ours)
        self.assertIn(why, own)
        self.assertIn(why, ours)

    def entry(self, **wanted):
        for name, data in self.good.items():
            if name.startswith("entries/") and wanted.items() <= json.loads(data).items():
                return name
        self.fail(f"no entry {wanted}")

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
                                   "finding.json", "manifest.txt", "proofs.json", "public-keys.txt", "screenshots", "verify.py"})
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
            if name == "manifest.txt":
                continue
            with self.subTest(name):
                self.assert_refused({**self.good, name: data + b" "}, f"{name} is not what manifest.txt says", False)
        without = {name: data for name, data in self.good.items() if name != "README.txt"}
        self.assert_refused(without, "missing", False)

    def test_forged_with_a_new_manifest_is_refused(self):
        word, seen = self.entry(type="attestation"), self.entry(type="observation")
        facts = next(name for name in self.good if name.startswith("facts/"))
        picture = next(name for name in self.good if name.startswith("screenshots/"))
        proofs = json.loads(self.good["proofs.json"])
        other_leaf = json.loads(self.good["proofs.json"])
        for each in other_leaf["entries"]:
            if f"entries/{each['entry']}.json" == word:
                forged = self.good[word].replace(b'"blocked"', b'"direct"')
                each["leaf"] = hashlib.sha256(b"\0" + forged).hexdigest()
        fewer = {**proofs, "entries": proofs["entries"][:-1]}
        finding = json.loads(self.good["finding.json"])
        finding["finding"]["entries"].append(999)
        warc = self.good["evidence.warc"]
        body = warc.index(b"WARC-Type: response")
        place = warc.index(b"\r\n\r\n", warc.index(b"HTTP/1.1 ", body)) - 1  # in a header that was received
        forged_warc = warc[:place] + bytes([warc[place] ^ 1]) + warc[place + 1:]
        cases = {
            "a record": ({word: self.good[word].replace(b'"blocked"', b'"direct"')}, "does not have its leaf hash"),
            "a record with its leaf hash": ({word: forged, "proofs.json": json.dumps(other_leaf).encode()},
                                            "is not in the tree of checkpoint.txt"),
            "two records swapped": ({word: self.good[seen], seen: self.good[word]}, "does not have its leaf hash"),
            "a proof dropped": ({"proofs.json": json.dumps(fewer).encode()}, "has no proof"),
            "facts": ({facts: b"{}"}, f"{facts} is not what entries/"),
            "facts of nobody": ({"facts/" + 64 * "0" + ".json": b"{}"}, "is named by no entry"),
            "the screenshot": ({picture: b"other"}, f"{picture} is not what entries/"),
            "the catalog": ({"catalog.yaml": b"version: 1\n"}, "catalog.yaml is not"),
            "the finding's entries": ({"finding.json": json.dumps(finding).encode()}, "rests on entry 999, which is missing"),
            "what was received": ({"evidence.warc": forged_warc}, "has another block digest"),
            "evidence cut short": ({"evidence.warc": warc[:-10]}, "is cut short"),
            "the checkpoint": ({"checkpoint.txt": self.good["checkpoint.txt"].replace(b"\n\n", b"\nmore\n\n")},
                               "is not signed by a key that is trusted"),
        }
        for name, (changes, why) in cases.items():
            with self.subTest(name):
                self.assert_refused({**self.good, **changes}, why)

    def test_signed_by_another_is_refused_though_it_agrees_with_itself(self):
        other = self.directory / "elsewhere"
        other.mkdir()
        key = subprocess.run([PROGRAM, "--db", "o.db", "ledger", "key", "--name", "other.example"], cwd=other,
                             capture_output=True, text=True, check=True).stdout
        (self.directory / "other.pub").write_text(key)
        (own_code, own), (our_code, ours) = self.verdicts("case.zip", "other.pub")
        self.assertEqual((own_code, our_code), (1, 5))
        self.assertIn("not signed by a key that is trusted", own)
        self.assertIn("not signed by a key that is trusted", ours)

    def test_that_is_no_archive_is_refused_in_one_line(self):
        whole = (self.directory / "case.zip").read_bytes()
        for data in (b"", b"text", whole[:200], whole[:-30]):
            (self.directory / "other.zip").write_bytes(data)
            ran = self.run_program("ledger", "verify", "--bundle", "other.zip")
            self.assertEqual((ran.returncode, ran.stderr, len(ran.stdout.splitlines())), (5, "", 1), ran.stdout)

    def test_of_what_is_no_finding_is_refused(self):
        for finding, why in (("x", "OBLIGATION:PLATFORM:CONTEXT"), ("x:taobao:wechat/group", "x"),
                             ("miit-2021-unblock:taobao:wechat/nowhere", "wechat/nowhere")):
            ran = self.run_program("ledger", "bundle", "--finding", finding, "-o", "none.zip")
            self.assertEqual(ran.returncode, 3)
            self.assertIn(why, ran.stderr)
            self.assertFalse((self.directory / "none.zip").exists())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
