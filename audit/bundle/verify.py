#!/usr/bin/env python3
"""Verifies a bundle of linkaudit: python3 verify.py [--public-key FILE] [--tsa-ca FILE] [case.zip]

Says yes, or names what is wrong. Needs Python 3 and the openssl program (3.0 or newer), nothing else; it shares no code
with linkaudit. Without --public-key it trusts the keys in the bundle, and then proves only that the bundle agrees with
itself: get the public key from its owner by another way. Exit codes: 0 yes, 1 no, 2 it cannot be told.
"""
import argparse
import base64
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path


class No(Exception):
    """What is wrong, in one line."""


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def read_parts(place):
    """Name -> bytes, of a zip file or of the folder that it was unpacked to."""
    if Path(place).is_dir():
        files = (path for path in Path(place).rglob("*") if path.is_file() and path.suffix != ".zip")
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}
    try:
        with zipfile.ZipFile(place) as archive:
            names = archive.namelist()
            if len(set(names)) != len(names):
                raise No("the archive has a part twice")
            return {name: archive.read(name) for name in names}
    except zipfile.BadZipFile as error:
        raise No(f"the archive is damaged: {error}") from error


class Bundle:
    def __init__(self, parts, trusted):
        self.parts, self.trusted = parts, trusted
        self.proved, self.named, self.evidence = {}, set(), {}

    def part(self, name):
        if name not in self.parts:
            raise No(f"{name} is missing")
        return self.parts[name]

    def json(self, name):
        try:
            return json.loads(self.part(name).decode("utf-8"))
        except ValueError as error:
            raise No(f"{name} is no JSON") from error

    def check_manifest(self):
        lines = self.part("manifest.txt").decode("utf-8").splitlines()
        listed = dict(line.split("  ", 1)[::-1] for line in lines)
        for name in sorted(set(self.parts) - {"manifest.txt"}):
            if listed.pop(name, None) != sha256(self.parts[name]):
                raise No(f"{name} is not what manifest.txt says")
        if listed:
            raise No(f"{min(listed)} is missing")

    # -- the checkpoint: c2sp.org/tlog-checkpoint and c2sp.org/signed-note

    def keys(self):
        text = self.trusted if self.trusted is not None else self.part("public-keys.txt").decode("utf-8")
        keys = []
        for line in text.splitlines():
            if not line or line.startswith("#"):
                continue
            name, key_id, encoded = line.split("+", 2)
            key = base64.b64decode(encoded, validate=True)
            digest = hashlib.sha256(name.encode() + b"\n" + key).digest()
            if len(key) != 33 or key[0] != 1 or digest[:4].hex() != key_id:
                raise No("a public key is not what its name and number say")
            keys.append((name, bytes.fromhex(key_id), key[1:], line))
        return keys

    def check_checkpoint(self):
        note = self.part("checkpoint.txt").decode("utf-8")
        body, _, signatures = note.rpartition("\n\n")
        body += "\n"
        lines = body.split("\n")
        if len(lines) < 4 or not lines[1].isdigit():
            raise No("checkpoint.txt is no checkpoint")
        self.size, self.root = int(lines[1]), base64.b64decode(lines[2], validate=True)
        for name, key_id, key, line in self.keys():
            if name != lines[0]:
                continue
            for signature in signatures.splitlines():
                found = re.fullmatch("\u2014 (\\S+) (\\S+)", signature)
                if not found or found.group(1) != name:
                    continue
                data = base64.b64decode(found.group(2), validate=True)
                if data[:4] == key_id and signed_by(key, body.encode("utf-8"), data[4:]):
                    self.signer = line
                    return
        raise No("checkpoint.txt is not signed by a key that is trusted")

    # -- the time-stamps of the checkpoint: RFC 3161

    def check_stamps(self, authorities):
        names = (name for name in sorted(self.parts) if name.startswith("timestamps/") and name.endswith(".tsr"))
        self.stamps = [self.check_stamp(name, authorities) for name in names]

    def check_stamp(self, name, authorities):
        request, reply = self.part(name[:-1] + "q"), self.parts[name]
        said = openssl("ts", "-reply", "-in", "reply", "-text", reply=reply)
        asked = openssl("ts", "-query", "-in", "request", "-text", request=request)
        if said is None or asked is None:
            raise No(f"{name} is no time-stamp")
        digest = hashlib.sha256(self.part("checkpoint.txt")).digest()
        if digest not in request:
            raise No(f"{name} is of something else")
        fits = digest in reply and re.search("Nonce: .*", asked).group() in said and (authorities is None or openssl(
            "ts", "-verify", "-queryfile", "request", "-in", "reply", "-CAfile", "ca", request=request, reply=reply,
            ca=authorities) is not None)
        if not fits:
            raise No(f"{name} does not verify")
        return re.search("Time stamp: (.*)", said).group(1)

    # -- the entries: RFC 6962 hashes, inclusion by RFC 9162 section 2.1.3.2

    def check_proofs(self):
        proofs = self.json("proofs.json")
        if proofs["size"] != self.size or bytes.fromhex(proofs["root"]) != self.root:
            raise No("proofs.json is not about the tree of checkpoint.txt")
        for proof in proofs["entries"]:
            self.check_entry(proof)
        for name in self.parts:
            if name.startswith("entries/") and name not in self.proved:
                raise No(f"{name} has no proof")
            if name.startswith(("facts/", "screenshots/")) and name not in self.named:
                raise No(f"{name} is named by no entry")

    def check_entry(self, proof):
        name = f"entries/{proof['entry']}.json"
        record = self.part(name)
        leaf = hashlib.sha256(b"\0" + record).digest()
        if leaf.hex() != proof["leaf"]:
            raise No(f"{name} does not have its leaf hash")
        hashes = [bytes.fromhex(each) for each in proof["hashes"]]
        if root_by(leaf, proof["entry"] - 1, self.size, hashes) != self.root:
            raise No(f"{name} is not in the tree of checkpoint.txt")
        self.proved[name] = self.json(name)
        self.check_record(name, self.proved[name])

    def check_record(self, name, record):
        if "facts" in record:
            self.check_named(name, f"facts/{record['facts']}.json", record["facts"], True)
        if "screenshot" in record:
            self.check_named(name, f"screenshots/{record['screenshot']}", record["screenshot"], False)
        if "evidence" in record:
            self.evidence[name.removeprefix("entries/").removesuffix(".json")] = record["evidence"]
        if record["type"] == "catalog" and record["sha256"] != sha256(self.part("catalog.yaml")):
            raise No(f"catalog.yaml is not what {name} commits to")

    def check_named(self, by, name, digest, must_be_there):
        self.named.add(name)
        if (must_be_there or name in self.parts) and sha256(self.part(name)) != digest:
            raise No(f"{name} is not what {by} commits to")

    def check_finding(self):
        document = self.json("finding.json")
        if document["catalog"] != sha256(self.part("catalog.yaml")):
            raise No("catalog.yaml is not the catalog that finding.json names")
        for entry in document["finding"]["entries"]:
            if f"entries/{entry}.json" not in self.proved:
                raise No(f"finding.json rests on entry {entry}, which is missing")
        return document

    # -- the evidence: WARC 1.1, ISO 28500:2017

    def check_warc(self):
        named, payloads = set(), set()
        for fields, block in warc_records(self.parts.get("evidence.warc", b"")):
            which, digest = fields.get("WARC-Record-ID"), sha256(block)
            if fields.get("WARC-Block-Digest") != "sha256:" + digest:
                raise No(f"evidence.warc: {which} has another block digest")
            if fields.get("WARC-Type") == "response":
                payload = block.partition(b"\r\n\r\n")[2]
                if fields.get("WARC-Payload-Digest") != "sha256:" + sha256(payload):
                    raise No(f"evidence.warc: {which} has another payload digest")
                if payload:
                    payloads.add(sha256(payload))
            if "Linkaudit-Entry" in fields:
                if self.evidence.pop(fields["Linkaudit-Entry"], None) != digest:
                    raise No(f"evidence.warc: the manifest {which} is not what its entry commits to")
                named.update(re.findall('"sha256":"([0-9a-f]{64})"', block.decode("utf-8")))
        if payloads - named:
            raise No(f"evidence.warc: no manifest names the payload {min(payloads - named)}")

    def verify(self, authorities):
        self.check_manifest()
        self.check_checkpoint()
        self.check_stamps(authorities)
        self.check_proofs()
        document = self.check_finding()
        self.check_warc()
        return document


def openssl(*arguments, **files):
    """What the openssl program says, in a folder where these files (name=bytes) are; None when it says no."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        ran = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=False)
    return ran.stdout.decode("utf-8", "replace") if ran.returncode == 0 else None


def signed_by(key, message, signature):
    """Ed25519 (RFC 8032), by the openssl program."""
    der = bytes.fromhex("302a300506032b6570032100") + key
    pem = b"-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(der) + b"\n-----END PUBLIC KEY-----\n"
    return openssl("pkeyutl", "-verify", "-pubin", "-inkey", "key", "-rawin", "-in", "message", "-sigfile", "signature",
                   key=pem, message=message, signature=signature) is not None


def root_by(leaf, index, size, hashes):
    """The root that an inclusion proof leads to, None where it has not the form of one."""
    if not 0 <= index < size:
        return None
    place, last, node = index, size - 1, leaf
    for sibling in hashes:
        if last == 0:
            return None
        if place & 1 or place == last:
            node = hashlib.sha256(b"\1" + sibling + node).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\1" + node + sibling).digest()
        place, last = place >> 1, last >> 1
    return node if last == 0 else None


def warc_records(warc):
    """Each record as (fields, block)."""
    while warc:
        head, end, rest = warc.partition(b"\r\n\r\n")
        lines = head.decode("utf-8").split("\r\n")
        if not end or lines[0] != "WARC/1.1":
            raise No("evidence.warc: a record has no head")
        fields = {}
        for line in lines[1:]:
            name, colon, value = line.partition(": ")
            if not colon:
                raise No("evidence.warc: a field is none")
            fields.setdefault(name, value)
        length = int(fields.get("Content-Length", "-1"))
        if length < 0 or rest[length:length + 4] != b"\r\n\r\n":
            raise No("evidence.warc: a record is cut short")
        yield fields, rest[:length]
        warc = rest[length + 4:]


def main():
    parser = argparse.ArgumentParser(description="Verifies a bundle of linkaudit.")
    parser.add_argument("--public-key", metavar="FILE", help="the public key, from its owner by another way")
    parser.add_argument("--tsa-ca", metavar="FILE", help="certificates (PEM) that must stand behind time-stamps")
    parser.add_argument("bundle", nargs="?", default=Path(__file__).resolve().parent,
                        help="case.zip, or the folder it was unpacked to (default: where this file is)")
    arguments = parser.parse_args()
    try:
        trusted = Path(arguments.public_key).read_text("utf-8") if arguments.public_key else None
        authorities = Path(arguments.tsa_ca).read_bytes() if arguments.tsa_ca else None
        bundle = Bundle(read_parts(arguments.bundle), trusted)
        document = bundle.verify(authorities)
    except OSError as error:
        print(f"cannot tell: {error}")
        return 2
    except (No, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"no: {error if isinstance(error, No) else 'a part has not the form it should have'}")
        return 1
    finding = document["finding"]
    print(f"yes: {len(bundle.proved)} entries are in the log of {bundle.size} entries that {bundle.signer} has signed")
    print(f"finding: {finding['obligation']}, {finding['platform']}, {finding['context']}: {finding['status']} "
          f"as of {document['as_of']}")
    for stamp in bundle.stamps:
        print(f"time-stamp: the checkpoint was there at {stamp}{'' if authorities else '; who says so was not checked'}")
    print("note: the finding is what the rules in catalog.yaml make of these entries; it is not itself in the log")
    if bundle.evidence:
        print(f"note: of {len(bundle.evidence)} entries what was sent and received is not in the bundle")
    if document["simulated"]:
        print("note: SIMULATED: a stand-in internet answered, not the hosts named")
    if trusted is None:
        print("note: the public key came with the bundle; compare it with its owner's: --public-key FILE")
    return 0


if __name__ == "__main__":
    sys.exit(main())
