#!/usr/bin/env python3
"""A case as one file: made by the program, verified by the verifier within it and by the program, which must agree.

Usage: bundle_test.py PROGRAM
"""
import hashlib
import importlib.machinery
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import warnings
import zipfile
from pathlib import Path

from resealed import manifest_of, resealed, signed

PROGRAM = os.path.abspath(sys.argv[1])
FINDING = "miit-2021-unblock:taobao:wechat/moments"


class Unseekable:
    """To write to as to a pipe: sizes and checksums then stand behind each part."""
    def __init__(self, out):
        self.out = out

    def write(self, data):
        return self.out.write(data)

    def flush(self):
        self.out.flush()


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

    def sealed(self, parts, text=None):
        return resealed(parts, self.directory / "d.db.key", text)

    def write(self, parts):
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

    def assert_refused(self, parts, why):
        self.write(parts)
        (own_code, own), (our_code, ours) = self.verdicts()
        self.assertEqual((own_code, our_code), (1, 5), own + ours)
        self.assertIn(why, own)
        self.assertIn(why, ours)
        self.assertEqual((own.count("\n"), ours.count("\n")), (1, 1))

    def json(self, name, **changes):
        return {**json.loads(self.good[name]), **changes}

    def finding(self, **changes):
        """finding.json with other members of the finding."""
        document = json.loads(self.good["finding.json"])
        return {"finding.json": json.dumps({**document, "finding": {**document["finding"], **changes}}).encode()}

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

    def test_that_nobody_signed_is_refused(self):
        lines = self.good["manifest.note"].decode().split("\n\n")[0].split("\n")
        signature = self.good["manifest.note"].decode().split("\n\n")[1]
        cases = {
            "the list of parts is of an older form": (None, "manifest.note is missing: nobody signed what is in here"),
            "no note": (b"text\n", "manifest.note is not a signed note"),
            "a checkpoint instead": (self.good["checkpoint.txt"], "manifest.txt is not what manifest.note signs"),
            "another's text": (("\n".join([*lines[:-1], "manifest " + 64 * "0"]) + "\n\n" + signature).encode(),
                               "manifest.note is not signed by a key that is trusted"),
            "a signature that is written in another way": (self.good["manifest.note"].replace(b"=\n", b"\n"), "no"),
        }
        for name, (note, why) in cases.items():
            with self.subTest(name):
                others = {part: data for part, data in self.good.items() if part != "manifest.note"}
                self.assert_refused({**others, **({"manifest.note": note} if note else {})}, why)
        for line, other in ((1, "linkaudit-bundle/2"), (2, lines[2] + "0"), (3, "tree 1")):
            text = "\n".join([*lines[:line], other, *lines[line + 1:]]) + "\n"
            with self.subTest(other):
                self.assert_refused(self.sealed(self.good, text), "manifest.note is not about finding.json and checkpoint.txt")

    def forgeries_of_evidence(self):
        """What the manifests of evidence speak against, each record's own digests made to fit."""
        warc = self.good["evidence.warc"]
        records = [b"WARC/1.1\r\n" + each for each in warc.split(b"WARC/1.1\r\n")[1:]]
        first = {kind: next(each for each in records if b"WARC-Type: " + kind + b"\r\n" in each)
                 for kind in (b"warcinfo", b"request", b"response", b"metadata")}
        heads = next(name for name in self.good if name.startswith("heads/"))

        def field(kind, name, value):
            return re.sub(b"\r\n" + name + b": [^\r]*", b"\r\n" + name + b": " + value, first[kind], count=1)

        def block(kind, old, new):
            head, body = first[kind].split(b"\r\n\r\n", 1)
            self.assertIn(old, body)
            body = body[:-4].replace(old, new, 1)
            for name, value in ((b"WARC-Block-Digest", b"sha256:" + hashlib.sha256(body).hexdigest().encode()),
                                (b"Content-Length", str(len(body)).encode())):
                head = re.sub(name + b": [^\r]*", name + b": " + value, head)
            return head + b"\r\n\r\n" + body + b"\r\n\r\n"

        def instead(kind, record):
            return {"evidence.warc": warc.replace(first[kind], record, 1)}

        says = "is not what its manifest says"
        date = b"2020-02-02T02:02:02.000Z"
        cases = {f"another {name.decode()} of a {kind.decode()}": (instead(kind, field(kind, name, value)), says)
                 for kind, name, value in ((b"warcinfo", b"WARC-Date", date), (b"request", b"WARC-Date", date), (b"response", b"WARC-Date", date),
                                           (b"metadata", b"WARC-Date", date), (b"request", b"WARC-Target-URI", b"https://elsewhere.example/"),
                                           (b"response", b"WARC-Target-URI", b"https://elsewhere.example/"),
                                           (b"response", b"WARC-IP-Address", b"192.0.2.1"), (b"response", b"WARC-Type", b"resource"))}
        cases[f"another WARC-Type of a response"] = (cases["another WARC-Type of a response"][0], "evidence.warc: ")
        for kind in (b"warcinfo", b"request", b"metadata"):
            cases[f"a {kind.decode()} dropped"] = (instead(kind, b""), "is missing")
        again = records[-1].replace(b"\r\nLinkaudit-Entry:", b"\r\nOther:")
        return {
            **cases,
            "another document about all": ({"evidence.warc": warc + again}, "evidence.warc: "),
            "an answer that was cut short": (instead(b"response", first[b"response"].replace(
                b"\r\nContent-Type", b"\r\nWARC-Truncated: time\r\nContent-Type", 1)), says),
            "another answer": (instead(b"response", block(b"response", b"HTTP/1.1 ", b"HTTP/1.1 403 was ")), says),
            "another header that was sent": (instead(b"request", block(b"request", b"\r\n", b"\r\nCookie: seen\r\n")), says),
            "other digests of what was sent": (instead(b"metadata", block(b"metadata", b"request-header-digest: sha256:",
                                                                         b"request-header-digest: sha256:0")), says),
            "header blocks": ({heads: self.good[heads] + b" "}, f"{heads} is not what its manifest commits to"),
            "header blocks dropped": ({heads: None}, "that a manifest names is missing"),
            "header blocks of nobody": ({"heads/" + 64 * "0": b"x"}, "is named by no entry"),
        }

    def test_with_what_only_linkaudit_looks_at_changed_is_refused_by_it(self):
        warc = self.good["evidence.warc"]
        identity = re.findall(rb"WARC-Record-ID: (<[^>]*>)", warc)[3]
        other = identity[:-3] + (b"00>" if identity[-3:] != b"00>" else b"11>")
        once = warc.index(b"WARC-Type: request")
        double = warc[warc.rindex(b"WARC/1.1", 0, once):warc.index(b"WARC/1.1", once)]
        for changed, why in ((warc.replace(identity, other), "WARC-Record-ID is not what its manifest says"),
                             (warc.replace(b"\r\nleg: context", b"\r\nleg: control", 1), "has another block digest"),
                             (warc + double, "follows from no manifest"),
                             (warc.replace(b"WARC-Protocol: http/1.1", b"WARC-Protocol: h2", 1), "WARC-Protocol is not what its manifest says")):
            with self.subTest(why):
                self.assertNotEqual(changed, warc)
                self.write(self.sealed({**self.good, "evidence.warc": changed}))
                _, (our_code, ours) = self.verdicts()
                self.assertEqual(our_code, 5, ours)
                self.assertIn(why, ours)

    def test_made_again_without_a_part_that_each_has_is_refused_by_its_name(self):
        for name in ("README.txt", "verify.py", "public-keys.txt", "finding.json", "catalog.yaml", "checkpoint.txt", "proofs.json", "not-kept.json"):
            with self.subTest(name):
                self.assert_refused(self.sealed({part: data for part, data in self.good.items() if part != name}), f"{name} is missing")

    def forgeries(self):
        """What somebody may do to a bundle: (parts changed, None for those taken away), what is wrong with them."""
        word, seen = self.entry(type="attestation"), self.entry(type="observation")
        facts = next(name for name in self.good if name.startswith("facts/"))
        picture = next(name for name in self.good if name.startswith("screenshots/"))
        proofs, document = self.json("proofs.json"), self.json("finding.json")
        numbers, words = document["finding"]["entries"], document["finding"]["words"]
        forged = self.good[word].replace(b'"blocked"', b'"direct"')
        other_leaf = self.json("proofs.json")
        for each in other_leaf["entries"]:
            if f"entries/{each['entry']}.json" == word:
                each["leaf"] = hashlib.sha256(b"\0" + forged).hexdigest()
        upper = self.json("proofs.json")
        upper["entries"][0]["hashes"] = [each.upper() for each in upper["entries"][0]["hashes"]]
        warc = self.good["evidence.warc"]
        body = warc.index(b"WARC-Type: response")
        place = warc.index(b"\r\n\r\n", warc.index(b"HTTP/1.1 ", body)) - 1  # in a header that was received
        payloads = re.findall(rb"WARC-Payload-Digest: sha256:([0-9a-f]{64})", warc)
        empty = hashlib.sha256(b"").hexdigest().encode()
        once = warc.index(next(each for each in payloads if payloads.count(each) == 1 and each != empty))
        begin, after = warc.rindex(b"WARC/1.1\r\n", 0, once), warc.index(b"\r\n\r\nWARC/1.1\r\n", once) + 4
        finding = self.good["finding.json"]
        deep = 70 * b"[" + 70 * b"]"
        encode = lambda value: json.dumps(value).encode()
        return {
            "a record": ({word: forged}, f"{word} does not have its leaf hash"),
            "a record with its leaf hash": ({word: forged, "proofs.json": encode(other_leaf)},
                                            f"{word} is not in the tree of checkpoint.txt"),
            "two records swapped": ({word: self.good[seen], seen: self.good[word]}, "does not have its leaf hash"),
            "a proof dropped": ({"proofs.json": encode({**proofs, "entries": [
                each for each in proofs["entries"] if f"entries/{each['entry']}.json" != word]})},
                f"finding.json rests on {word}, which is missing"),
            "a proof written in another way": ({"proofs.json": encode(upper)}, "is not in the tree of checkpoint.txt"),
            "proofs of a tree of another size": ({"proofs.json": encode({**proofs, "size": proofs["size"] + 1})},
                                                 "proofs.json is of another tree"),
            "facts": ({facts: b"{}"}, f"{facts} is not what entries/"),
            "facts dropped": ({facts: None}, f"{facts} is missing"),
            "facts of nobody": ({"facts/" + 64 * "0" + ".json": b"{}"}, "is named by no entry"),
            "the screenshot": ({picture: b"other"}, f"{picture} is not what entries/"),
            "the screenshot dropped": ({picture: None}, f"screenshots {picture[12:]} is missing and not listed in not-kept.json"),
            "a screenshot of nobody": ({"screenshots/" + 64 * "0": b"x"}, "is named by no entry"),
            "a screenshot said not to be kept": ({"not-kept.json": encode(self.json("not-kept.json", screenshots=[picture[12:]]))},
                                                 f"screenshots {picture[12:]} is not missing, but listed in not-kept.json"),
            "an entry dropped": ({seen: None}, f"{seen} is missing"),
            "an entry of nobody": ({"entries/999.json": self.good[word]}, "entries/999.json is named by no entry"),
            "a file more": ({"witness.txt": b"I saw it"}, "witness.txt is no part of a bundle"),
            "a file elsewhere": ({"../entries/1.json": b"{}"}, "../entries/1.json is no part of a bundle"),
            "the catalog": ({"catalog.yaml": b"version: 1\n"}, "catalog.yaml is not what finding.json names"),
            "no entries": (self.finding(entries=[]), "finding.json rests on no entry"),
            "an entry that is not there": (self.finding(entries=[*numbers, 999]), "rests on entries/999.json, which is missing"),
            "an entry by half": (self.finding(entries=[*numbers, 1.0]), "no"),
            "an entry by truth": (self.finding(entries=[*numbers, True]), "no"),
            "a word of another outcome": (self.finding(words=[{**words[0], "outcome": "unclassified"}, *words[1:]]),
                                          "finding.json has another outcome than entries/"),
            "a word of an entry that is not there": (self.finding(words=[{**words[0], "entry": 999}]),
                                                     "rests on entries/999.json, which is missing"),
            "a contradiction by nobody": (self.finding(contradicted_by={"tier": "target", "outcome": "direct", "entry": 999}),
                                          "rests on entries/999.json, which is missing"),
            "entries that nothing is said of": ({"finding.json": encode(
                {**document, "basis": [], "finding": {**document["finding"], "entries": numbers[:1], "words": []}})},
                "is named by nothing in finding.json"),
            "a status said twice": ({"finding.json": finding.replace(b'"status"', b'"status": "met", "status"', 1)},
                                    "finding.json has a member twice"),
            "no number": ({"finding.json": finding.replace(b'"links": ', b'"links": NaN, "other": ', 1)}, "finding.json is no JSON"),
            "a number without end": ({"finding.json": finding.replace(b'"links": ', b'"links": 1e999, "other": ', 1)},
                                     "finding.json is no JSON"),
            "half a character": ({"finding.json": finding.replace(b'"links": ', b'"links": "\\ud800", "other": ', 1)},
                                 "finding.json is no JSON"),
            "levels without end": ({"finding.json": finding.replace(b'"links": ', b'"links": ' + deep + b', "other": ', 1)},
                                   "finding.json is no JSON"),
            "a mark in front": ({"finding.json": b"\xef\xbb\xbf" + finding}, "finding.json is no JSON"),
            "what was received": ({"evidence.warc": warc[:place] + bytes([warc[place] ^ 1]) + warc[place + 1:]},
                                  "has another block digest"),
            "evidence cut short": ({"evidence.warc": warc[:-10]}, "is cut short"),
            "an answer dropped": ({"evidence.warc": warc[:begin] + warc[after:]}, "a body that a manifest names is missing"),
            **self.forgeries_of_evidence(),
            "all evidence dropped": ({"evidence.warc": None}, "is missing and not listed in not-kept.json"),
            "the checkpoint": ({"checkpoint.txt": self.good["checkpoint.txt"].replace(b"\n\n", b"\nmore\n\n")},
                               "is not signed by a key that is trusted"),
        }

    def test_forged_and_signed_by_its_owner_is_refused_for_what_it_is(self):
        for name, (changes, why) in self.forgeries().items():
            parts = {part: data for part, data in {**self.good, **changes}.items() if data is not None}
            with self.subTest(name):
                self.assert_refused(self.sealed(parts), why)

    def test_changed_with_a_new_manifest_by_another_than_its_owner_is_refused_whatever_was_changed(self):
        forgeries = self.forgeries()
        forgeries["another status"] = (self.finding(status="met"), "")
        forgeries["another verifier"] = ({"verify.py": b"print('yes')"}, "")
        for name in ("another status", "another verifier", "no entries", "the screenshot dropped", "all evidence dropped", "a record",
                     "a status said twice"):
            parts = {part: data for part, data in {**self.good, **forgeries[name][0]}.items() if data is not None}
            with self.subTest(name):
                self.assert_refused({**parts, "manifest.txt": manifest_of(parts)}, "manifest.txt is not what manifest.note signs")

    def test_of_a_finding_that_does_not_follow_is_refused_by_judging_again(self):
        finding = self.json("finding.json")["finding"]
        document = self.json("finding.json")
        cases = {
            "says status \"met\", but by catalog.yaml it is \"breached\"": self.finding(status="met"),
            "says outcome": self.finding(outcome="direct"),
            "says days_overdue": self.finding(days_overdue=1),
            "are not the ends of one state": {"finding.json": json.dumps({**document, "basis": [
                {**span, "count": span["count"] + 1} for span in document["basis"]]}).encode()},
        }
        self.assertEqual(finding["status"], "breached")
        for why, changes in cases.items():
            with self.subTest(why):
                self.write(self.sealed({**self.good, **changes}))
                (own_code, own), (our_code, ours) = self.verdicts()
                self.assertEqual((own_code, our_code), (0, 5), own + ours)
                self.assertIn("finding.json: ", ours)
                self.assertIn(why, ours)
                self.assertIn("linkaudit ledger verify --bundle judges it again", own)

    def test_has_header_blocks_that_are_told_to_be_those_of_its_archive(self):
        """Of other versions of HTTP, and with a coding that is off the body: what the wire had, what the archive has."""
        verifier = importlib.machinery.SourceFileLoader("verifier", str(self.directory / "verify.py")).load_module()
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
