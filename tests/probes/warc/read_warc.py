#!/usr/bin/env python3
"""Reads a WARC file by the words of ISO 28500:2017 alone, and holds it to them.

Usage: read_warc.py FILE. Prints each record as a line of JSON; the first thing that is wrong ends it with 1.
Knows nothing of the program that wrote the file.
"""
import hashlib
import http.client
import io
import json
import re
import sys

TYPES = {"warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"}
URN = re.compile(r"<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}>")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")
MAY_REPEAT = {"WARC-Concurrent-To", "WARC-Protocol"}
REASONS = {"length", "time", "disconnect", "unspecified"}


def sha256(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def read_head(file):
    """The named fields of the next record; None at the end of the file."""
    version = file.readline()
    if not version:
        return None
    assert version == b"WARC/1.1\r\n", version
    fields = []
    while (line := file.readline()) != b"\r\n":
        assert line.endswith(b"\r\n"), line
        name, colon, value = line[:-2].decode("utf-8").partition(":")
        assert colon and name and not re.search(r"[\x00-\x20\x7f]", name), line
        fields.append((name, value.strip()))
    for name in {name for name, _ in fields} - MAY_REPEAT:
        assert sum(name == other for other, _ in fields) == 1, f"{name} stands twice"
    return fields


class Socket(io.BytesIO):
    def makefile(self, *_):
        return self


def http_of(block, record):
    head, _, payload = block.partition(b"\r\n\r\n")
    if record["type"] == "request":
        method, target, version = head.split(b"\r\n")[0].split(b" ")
        assert version in (b"HTTP/1.0", b"HTTP/1.1"), version
        record["http"] = {"method": method.decode(), "target": target.decode(), "head": head.decode("latin-1")}
        return
    answer = http.client.HTTPResponse(Socket(block))
    answer.begin()
    assert answer.version in (10, 11)
    whole = "WARC-Truncated" not in record["fields"]
    if whole:  # what a reader takes for the payload is what was meant
        assert answer.read() == payload, "the header block misleads readers of the payload"
    assert record["fields"]["WARC-Payload-Digest"] == sha256(payload), "payload digest"
    record["http"] = {"status": answer.status, "head": head.decode("latin-1"), "payload": len(payload)}


def check(fields, block):
    names = dict(fields)
    kind = names["WARC-Type"]
    assert kind in TYPES, kind
    assert URN.fullmatch(names["WARC-Record-ID"]), names
    assert DATE.fullmatch(names["WARC-Date"]), names
    assert names["WARC-Block-Digest"] == sha256(block), f"block digest of {names['WARC-Record-ID']}"
    assert names.get("WARC-Truncated", "length") in REASONS, names
    if kind in ("request", "response"):
        assert names["Content-Type"] == f"application/http;msgtype={kind}", names
        assert re.fullmatch(r"https?://[\x21-\x7e]+", names["WARC-Target-URI"]), names
    record = {"type": kind, "id": names["WARC-Record-ID"], "fields": names, "all_fields": fields}
    if kind in ("request", "response"):
        http_of(block, record)
    else:
        record["block"] = block.decode("utf-8")
    return record


def read(path):
    records = []
    with open(path, "rb") as file:
        while (fields := read_head(file)) is not None:
            length = int(dict(fields)["Content-Length"])
            block = file.read(length)
            assert len(block) == length, "the file ends within a record"
            assert file.read(4) == b"\r\n\r\n", "no end of record"
            records.append(check(fields, block))
    ids = [record["id"] for record in records]
    assert len(set(ids)) == len(ids), "a name is given twice"
    assert records and records[0]["type"] == "warcinfo"
    for record in records[1:]:
        assert record["fields"]["WARC-Warcinfo-ID"] == ids[0]
        for name, value in record["all_fields"]:
            if name in ("WARC-Concurrent-To", "WARC-Refers-To"):
                assert value in ids, f"{name} names a record that is not there"
    return records


if __name__ == "__main__":
    try:
        for each in read(sys.argv[1]):
            print(json.dumps(each))
    except (AssertionError, KeyError, ValueError, http.client.HTTPException) as problem:
        sys.exit(f"{sys.argv[1]}: {type(problem).__name__} {problem}")
