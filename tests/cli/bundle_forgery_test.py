#!/usr/bin/env python3
"""A case as one file, forged: by others, and by the log's owner, who can sign whatever they like. Both verifiers name what is wrong.

Usage: bundle_forgery_test.py PROGRAM
"""
import hashlib
import json
import os
import re
import sys
import unittest

from bundle_case import BundleCase
from resealed import manifest_of

BundleCase.program = os.path.abspath(sys.argv[1])


class ForgedBundle(BundleCase):
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


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
