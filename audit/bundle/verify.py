#!/usr/bin/env python3
"""Verifies a bundle of linkaudit: python3 verify.py [--public-key FILE] [--tsa-ca FILE] [case.zip]

Says yes, or names what is wrong. Needs Python 3.8 and the openssl program (3.0), or newer; it shares no code with linkaudit. Without
--public-key it trusts the keys in the bundle, and proves only that it agrees with itself: get the public key from its owner by
another way. Exit codes: 0 yes, 1 no, 2 it cannot be told, 141 the reader of its answer has gone."""
import argparse, base64, hashlib, io, json, re, signal, ssl, subprocess, sys, tempfile, zipfile, zlib
from pathlib import Path

ALWAYS = ("README.txt verify.py finding.json catalog.yaml checkpoint.txt public-keys.txt proofs.json not-kept.json manifest.txt "
          "manifest.note").split()
PART = re.compile("|".join(map(re.escape, ALWAYS)) + r"|evidence\.warc|entries/[1-9][0-9]*\.json|facts/[0-9a-f]{64}\.json|"
                  r"(heads|screenshots)/[0-9a-f]{64}|hand-overs/[1-9][0-9]*\.txt|timestamps/[1-9][0-9]*\.ts[qr]")

class No(Exception):
    """What is wrong, in one line."""
def require(fits, what):
    if not fits:
        raise No(what)
def sha256(data):
    return hashlib.sha256(data).hexdigest()

def read_parts(place, besides):
    """Name -> bytes, of a zip file or of the folder that it was unpacked to."""
    if Path(place).is_dir():
        files = [(path.relative_to(place).as_posix(), path.stat().st_size, path) for path in Path(place).rglob("*")
                 if path.is_file() and path.suffix != ".zip" and path.resolve() not in [Path(each).resolve() for each in besides if each]]
    else:
        data, at = Path(place).read_bytes(), 0  # whoever writes a stream puts up to 24 bytes behind a part
        archive = zipfile.ZipFile(io.BytesIO(data))
        for info in sorted(archive.infolist(), key=lambda each: each.header_offset):
            require(info.compress_type in (0, 8) and not info.flag_bits & 1, f"{info.filename} is packed in another way")
            gap, head = info.header_offset - at, data[info.header_offset:info.header_offset + 30]
            require(0 <= gap <= (24 if at else 0), f"is damaged: what is before {info.filename} is not in its list")
            at += gap + 30 + sum(int.from_bytes(head[each:each + 2], "little") for each in (26, 28)) + info.compress_size
        require(0 <= archive.start_dir - at <= 24, "is damaged: what is behind the last part is not in its list")
        files = [(info.filename, info.file_size, info) for info in archive.infolist() if info.file_size or not info.is_dir()]
    require(len(files) <= 100_000 and sum(size for _, size, _ in files) <= 1 << 30, "is larger than any bundle")
    seen = set()
    for name, _, _ in files:
        require(PART.fullmatch(name), f"{name} is no part of a bundle")
        require(name not in seen and not seen.add(name), f"has a part twice: {name}")
    return {name: file.read_bytes() if isinstance(file, Path) else archive.read(file) for name, _, file in files}

def parse(name, data):
    """JSON without what readers take in different ways: a member twice, NaN, half a character, hundreds of levels."""
    def once(pairs):
        require(len(dict(pairs)) == len(pairs), f"{name} has a member twice")
        return dict(pairs)
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=once)
        again = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1).encode("utf-8")
        require(b"\n" + 65 * b" " not in again, f"{name} is no JSON")
    except (ValueError, RecursionError) as error:
        raise No(f"{name} is no JSON") from error
    return value

def decode(text):
    data = base64.b64decode(text, validate=True)
    require(base64.b64encode(data).decode() == text, "a key or a signature is no base64")
    return data
def key_from(line):  # NAME+HASH+BASE64, c2sp.org/signed-note
    name, key_id, key = line.split("+", 2)
    number = sha256(name.encode() + b"\n" + decode(key))[:8]
    require(key_id == number and len(decode(key)) == 33 and decode(key)[0] == 1, "a public key has not the number it says")
    return name, bytes.fromhex(key_id), decode(key)[1:]

class Bundle:
    def __init__(self, parts, trusted, authorities):
        self.parts, self.trusted, self.authorities = parts, trusted, authorities
        for check in (self.check_manifest, self.check_keys, self.check_signed, self.check_stamps, self.check_entries, self.check_evidence):
            check()

    def part(self, name):
        require(name in self.parts, f"{name} is missing" + ": nobody signed what is in here" * (name == "manifest.note"))
        return self.parts[name]

    def check_manifest(self):
        text, listed = self.part("manifest.txt"), {}
        for name in sorted(set(self.parts) - {"manifest.txt", "manifest.note"}, key=str.encode):
            listed[name] = f"{sha256(self.parts[name])}  {name}\n".encode()
            require(listed[name] in text, f"{name} is not what manifest.txt says")
        missing = next((each for each in re.findall("  (.*)\n", text.decode("utf-8")) if each not in self.parts), "a part")
        require(text == b"".join(listed.values()), f"manifest.txt names {missing}, which is missing")
        list(map(self.part, ALWAYS))

    def signed(self, part, keys, by="a key that is trusted"):
        """The lines of a note (c2sp.org/signed-note), and which of these keys have signed it in the name of its log."""
        note = self.part(part).decode("utf-8")
        text, _, signatures = note.rpartition("\n\n")
        require(re.fullmatch("(\u2014 [^ +\n]+ [A-Za-z0-9+/=]+\n)+", signatures) and not re.search("[\0-\x09\x0b-\x1f]", note),
                f"{part} is not a signed note")
        made = [(name, decode(data)) for _, name, data in (line.split(" ") for line in signatures.split("\n")[:-1])]
        lines, message, signers = text.split("\n"), (text + "\n").encode(), []
        for line, (name, key_id, key) in ((line, key_from(line)) for line in keys):
            for data in (data for who, data in made if who == name and data[:4] == key_id):
                require(signed_by(key, message, data[4:]), f"{part} is not signed by {by}: it is wrong")
                signers += [line] if name == lines[0] else []
        require(signers, f"{part} is not signed by {by}, but by " + ", ".join(f"{who}+{data[:4].hex()}" for who, data in made))
        return lines, signers

    def check_keys(self):  # from one to the next, each named and signed by the one before
        own = re.findall("(?m)^[^#\n].*", self.part("public-keys.txt").decode("utf-8"))
        self.trusted, self.handed = list(self.trusted or own), []
        for name in sorted((name for name in self.parts if name.startswith("hand-overs/")), key=lambda each: int(each[11:-4])):
            lines, signers = self.signed(name, self.trusted + own, "the key before it")
            after = next((line[9:] for line in lines[3:] if line.startswith("next-key ")), "")
            require(after and key_from(after), f"{name} hands over to no key")
            require(set(signers) != {after}, f"{name} is not signed by the key before it")
            if after not in self.trusted and set(signers) & set(self.trusted):
                self.trusted.append(after)
                self.handed.append((after, lines[1]))

    def check_signed(self):  # c2sp.org/tlog-checkpoint
        lines, (self.signer, *_) = self.signed("checkpoint.txt", self.trusted)
        self.size, self.root = int(lines[1]), decode(lines[2])
        require(all(lines) and str(self.size) == lines[1] and len(self.root) == 32, "checkpoint.txt is no checkpoint")
        sealed, signed = self.signed("manifest.note", self.trusted)[0], "manifest " + sha256(self.part("manifest.txt"))
        require(sealed[-1] == signed, "manifest.txt is not what manifest.note signs: the bundle was changed")
        self.document = parse("finding.json", self.part("finding.json"))
        self.about = "{obligation}:{platform}:{context} as of ".format(**self.document["finding"]) + self.document["as_of"]
        expected = [lines[0], "linkaudit-bundle/1", "finding " + self.about, f"tree {self.size}", signed]
        require(sealed == expected, "manifest.note is not about finding.json and checkpoint.txt")

    def check_stamps(self):  # RFC 3161
        self.stamps, message = [], hashlib.sha256(self.part("checkpoint.txt")).digest()
        for name in (name for name in sorted(self.parts) if name.endswith(".tsr")):
            files = {"request": self.part(name[:-1] + "q"), "reply": self.parts[name], "ca": self.authorities or b""}
            said, asked = openssl("ts", "-reply -in reply -text", **files), openssl("ts", "-query -in request -text", **files)
            require(said is not None and asked is not None, f"{name} is no time-stamp")
            require(message in files["request"], f"{name} is of something else")
            fits = message in files["reply"] and re.search("Nonce: .*", asked).group() in said
            self.stamps.append(re.search("Time stamp: (.*)", said).group(1))
            when = ssl.cert_time_to_seconds(re.sub("[.][0-9]+", "", self.stamps[-1]))  # certificates expire
            check = f"-verify -queryfile request -in reply -CAfile ca -attime {when}"
            require(fits and (not self.authorities or openssl("ts", check, **files) is not None), f"{name} does not verify")

    def check_entries(self):
        finding, proofs = self.document["finding"], parse("proofs.json", self.part("proofs.json"))
        require(self.document["catalog"] == sha256(self.part("catalog.yaml")), "catalog.yaml is not what finding.json names")
        require(finding["entries"], "finding.json rests on no entry")
        words = finding["words"] + [each for each in [finding["contradicted_by"]] if each is not None]
        self.told = {part_of(each) for each in finding["entries"] + [word["entry"] for word in words]}
        self.basis = {part_of(span[end]) for span in self.document["basis"] for end in ("first", "last")}
        self.records, self.named, self.evidence, self.lost = {}, set(), {}, set()
        require([proofs["size"], proofs["root"]] == [self.size, self.root.hex()], "proofs.json is of another tree")
        for proof in proofs["entries"]:
            self.check_entry(part_of(proof["entry"]), proof)
        for name in sorted(self.told | self.basis):
            require(name in self.records, f"finding.json rests on {name}, which is missing")
        for word, member in ((word, member) for word in words for member in ("link", "tier", "outcome") if member in word):
            require(self.records[part_of(word["entry"])].get(member) == word[member],
                    f"finding.json has another {member} than {part_of(word['entry'])}")
        self.named |= set(self.records)

    def check_entry(self, name, proof):  # RFC 6962
        leaf = hashlib.sha256(b"\0" + self.part(name)).digest()
        require(leaf.hex() == proof["leaf"], f"{name} does not have its leaf hash")
        hashes = [bytes.fromhex(each) for each in proof["hashes"]]
        fits = [each.hex() for each in hashes] == proof["hashes"] and root_by(leaf, proof["entry"] - 1, self.size, hashes)
        require(fits == self.root, f"{name} is not in the tree of checkpoint.txt")
        record = self.records[name] = parse(name, self.part(name))
        if record["type"] == "catalog":
            return require(record["sha256"] == self.document["catalog"], f"catalog.yaml is not what {name} commits to")
        require(name in self.told | self.basis, f"{name} is named by nothing in finding.json")
        require(record["at"][:19] <= self.document["as_of"][:19], f"{name} is of later than finding.json speaks of")
        committed = {f"facts/{record['facts']}.json": record["facts"]} if "facts" in record else {}
        if name in self.told and "screenshot" in record:
            committed[f"screenshots/{record['screenshot']}"] = record["screenshot"]
            self.lost |= {record["screenshot"]} - {part[12:] for part in self.parts}
        for part, digest in committed.items():
            self.named.add(part)
            require(digest in self.lost or sha256(self.part(part)) == digest, f"{part} is not what {name} commits to")
        if "evidence" in record and name in self.told:
            self.evidence[name[8:-5]] = record["evidence"]

    def check_evidence(self):  # each record of evidence.warc against the manifests in it, which the entries commit to
        newest, (found, expected, bodies), manifests = max(self.records[name]["at"] for name in self.told), ({}, {}, {}), []
        for fields, block in warc_records(self.parts.get("evidence.warc", b"")):
            of, digest, which = fields.get, sha256(block), "evidence.warc: " + fields.get("WARC-Record-ID", "")
            require(of("WARC-Block-Digest") == "sha256:" + digest, f"{which} has another block digest")
            content, (head, *rest) = digest, re.split(b"\n\r?\n", block, maxsplit=1)
            body = b"".join(rest)
            if "Linkaudit-Entry" in fields:
                require(self.evidence.pop(of("Linkaudit-Entry"), None) == digest, f"{which} is not what its entry commits to")
                manifests.append((parse("evidence.warc", block), digest))
            elif of("WARC-Type") in ("warcinfo", "metadata"):
                content = re.findall("^[a-z-]+-digest: sha256:(.*)\r$", block.decode("utf-8"), re.MULTILINE)
            else:
                content, bodies[sha256(body)] = (any_version(head), sha256(body)), body
                require(of("WARC-Payload-Digest") in (None, "sha256:" + sha256(body)), f"{which} has another payload digest")
            said = (of(name) for name in ("WARC-Type", "WARC-Date", "WARC-Target-URI", "WARC-IP-Address", "WARC-Truncated"))
            found[repr((*said, content))] = which
        if "evidence.warc" in self.parts:
            expected[repr(("warcinfo", newest, None, None, None, []))] = "evidence.warc: its warcinfo"
        for manifest, digest in manifests:
            expected[repr(("metadata", manifest["at"], uri(manifest["url"]), None, None, digest))] = ""
            head = "heads/" + manifest["heads"]["sha256"]
            self.named |= {head} if manifest["heads"]["bytes"] else set()
            require(head not in self.parts or sha256(self.parts[head]) == head[6:], f"{head} is not what its manifest commits to")
            for record in records_of(manifest, io.BytesIO(self.parts.get(head, b"")), bodies):
                expected[repr(record)] = f"evidence.warc: a {record[0]} of {record[2]} at {record[1]}"
        for record, which in (*found.items(), *expected.items()):
            require(record in expected, f"{which} is not what its manifest says")
            require(record in found, f"{which} is missing")
        for kind, lost in (("evidence", set(self.evidence.values())), ("screenshots", self.lost)):
            odd = min(lost ^ set(parse("not-kept.json", self.part("not-kept.json"))[kind]), default=None)
            require(odd is None, f"{kind} {odd} is {'missing and not' if odd in lost else 'not missing, but'} listed in not-kept.json")
        for name in self.parts:
            require(name in self.named or not re.match("(entries|facts|heads|screenshots)/", name), f"{name} is named by no entry")

def part_of(entry):
    return f"entries/{entry!r}.json"  # of what is no whole number there is none

def openssl(command, arguments, **files):
    """What the openssl program says, in a folder where these files (name=bytes) are; None when it says no."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        ran = subprocess.run(["openssl", command, *arguments.split()], cwd=folder, capture_output=True, check=False)
    return ran.stdout.decode("utf-8", "replace") if ran.returncode == 0 else None
def signed_by(key, message, signature):  # Ed25519, RFC 8032
    return openssl("pkeyutl", "-verify -pubin -keyform DER -inkey key -rawin -in message -sigfile signature",
                   key=bytes.fromhex("302a300506032b6570032100") + key, message=message, signature=signature) is not None

def root_by(leaf, index, size, path):  # the last hash of its path is that of the other half of the tree
    require(0 <= index < size and (size == 1) == (not path), "a proof has not the length that it should have")
    if size == 1:
        return leaf
    half = 1 << (size - 1).bit_length() - 1
    rest = (index, half) if index < half else (index - half, size - half)
    halves = [root_by(leaf, *rest, path[:-1]), path[-1]]
    return hashlib.sha256(b"\1" + b"".join(halves if index < half else halves[::-1])).digest()

def warc_records(warc):  # WARC 1.1, ISO 28500:2017; each as (fields, block)
    at = 0
    while at < len(warc):
        head = re.compile(rb"WARC/1\.1\r\n(.*?)\r\n\r\n", re.DOTALL).match(warc, at)
        require(head, "evidence.warc: a record has no head")
        fields = dict(line.split(": ", 1) for line in reversed(head[1].decode("utf-8").split("\r\n")))  # of two the first
        at, end = head.end(), head.end() + int(fields.get("Content-Length", -1))
        require(at <= end and warc[end:end + 4] == b"\r\n\r\n", "evidence.warc: a record is cut short")
        yield fields, warc[at:end]
        at = end + 4
def uri(url):
    return "".join(chr(each) if 0x20 < each < 0x7f and each not in b"<>" else f"%{each:02X}" for each in url.encode())
def any_version(head):
    """A header block the same on the wire and as WARC has it, in HTTP/1.1 and with the coding off that was on what follows."""
    head = re.sub(rb"\A(?:HTTP/[^ \r\n]*|([^\n]* )HTTP/[^\r\n]*)", rb"\1HTTP", head.strip(b"\r\n"))
    return re.sub(rb"(?im)^x-orig-(?=[ \t\r\f]*transfer-encoding[ \t\r\f]*(:|$))", b"", head)

def records_of(manifest, heads, bodies, kinds=("request", "interim", "response", "trailers")):
    """Of each exchange the records of what there was: type, date, URL, address, why it is not whole, content."""
    for each in (each for leg in manifest["legs"] for each in leg["exchanges"]):
        where, blocks = (each["at"], uri(each["url"]), each.get("address")), {"body": b""}
        for name in (name for name in (*kinds, "body") if name in each):
            size, digest = each[name]["bytes"], each[name]["sha256"]
            block = blocks[name] = heads.read(size) if name in kinds else bodies.get(digest, b"") if size else b""
            require(len(block) == size and sha256(block) == digest, f"evidence.warc: a {name} that a manifest names is missing")
        for kind, cut, body in (("request", None, b""), ("response", each.get("truncated"), blocks["body"])):
            if kind in each:
                yield (kind, *where, cut, (any_version(blocks[kind]), sha256(body)))
        yield ("metadata", *where, None, [each[name]["sha256"] for name in (*kinds, "body", "decoded") if name in each])

def say(text):
    print("".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text))
def main():
    parser = argparse.ArgumentParser(description="Verifies a bundle of linkaudit.")
    parser.add_argument("--public-key", metavar="FILE", help="the public key, from its owner by another way")
    parser.add_argument("--tsa-ca", metavar="FILE", help="certificates (PEM) that must stand behind time-stamps")
    parser.add_argument("bundle", nargs="?", default=Path(__file__).resolve().parent, help="case.zip, or its folder, unpacked")
    arguments = parser.parse_args()
    trusted = re.findall("(?m)^[^#\n].*", Path(arguments.public_key).read_text("utf-8")) if arguments.public_key else None
    authorities = Path(arguments.tsa_ca).read_bytes() if arguments.tsa_ca else None
    try:
        bundle = Bundle(read_parts(arguments.bundle, (arguments.public_key, arguments.tsa_ca)), trusted, authorities)
    except (No, zipfile.BadZipFile, zlib.error, EOFError, ValueError, LookupError, TypeError, AttributeError) as error:
        is_told = isinstance(error, (No, zipfile.BadZipFile, zlib.error, EOFError))
        say(f"no: {error if is_told else 'a part has not the form it should have'}")
        return 1
    say(f"yes: {len(bundle.records)} entries are in the log of {bundle.size} entries that {bundle.signer} has signed")
    say(f"finding: {bundle.about}: {bundle.document['finding']['status']}")
    for stamp in bundle.stamps:
        say(f"time-stamp: the checkpoint was there at {stamp}{'' if authorities else '; who says so was not checked'}")
    say("note: the status is judged by catalog.yaml from these entries; linkaudit ledger verify --bundle judges it again")
    for applies, note in (
            *((True, f"an older key handed over to {key} after {size} entries") for key, size in bundle.handed),
            (bundle.evidence, f"of {len(bundle.evidence)} entries what was sent and received is not in the bundle"),
            (bundle.document["simulated"], "SIMULATED: a stand-in internet answered, not the hosts named"),
            (trusted is None, "the public key came with the bundle; compare it with its owner's: --public-key FILE")):
        say(f"note: {note}") if applies else None

if __name__ == "__main__":
    signal.signal(getattr(signal, "SIGPIPE", signal.SIGINT), signal.SIG_DFL)  # nothing is said to a reader who has gone
    try:
        sys.exit(main())
    except Exception as problem:
        sys.exit(print(f"cannot tell: {type(problem).__name__}: {problem}", file=sys.stderr) or 2)
