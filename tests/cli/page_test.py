#!/usr/bin/env python3
"""The page of the casebook opened in Chromium: it is whole, says nothing to the console, asks nobody for
anything, and can be read by everybody.

Usage: page_test.py PROGRAM CASEBOOK.csv [PICTURE.png]. With PICTURE the page is also drawn there, for eyes.
"""
import base64
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from html.parser import HTMLParser
from pathlib import Path

AS_OF = "2022-01-27T23:59:59+08:00"
TOOLS = Path(__file__).resolve().parent.parent / "reports"
sys.path.insert(0, str(TOOLS))
from chromium import Chromium  # noqa: E402


class Rows(HTMLParser):
    """Counts the body rows of each table, by the id of the section it stands in."""

    def __init__(self):
        super().__init__()
        self.section, self.rows, self.in_body = None, {}, False

    def handle_starttag(self, tag, attributes):
        if tag == "section":
            self.section = dict(attributes).get("id")
        elif tag == "tbody":
            self.in_body = True
        elif tag == "tr" and self.in_body:
            self.rows[self.section] = self.rows.get(self.section, 0) + 1

    def handle_endtag(self, tag):
        if tag == "tbody":
            self.in_body = False


def serve(directory, asked):
    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(directory))

        def log_message(self, *_):
            asked.append(self.path)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main():
    program, casebook = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    directory = Path(tempfile.mkdtemp(prefix="linkaudit-page-"))
    asked = []
    try:
        site = directory / "site"
        site.mkdir()
        run = lambda *command: subprocess.run([program, "--db", "d.db", *command], cwd=directory, check=True,
                                              capture_output=True, text=True).stdout
        run("import", casebook)
        run("report", "-o", "site/r.html", "--as-of", AS_OF)
        findings = json.loads(run("findings", "--as-of", AS_OF, "--format", "json"))["findings"]
        server = serve(site, asked)
        address = f"http://127.0.0.1:{server.server_address[1]}/r.html"
        picture = Path(sys.argv[3]) if len(sys.argv) > 3 else directory / "page.png"
        with Chromium(directory) as browser:
            browser.screen(1280, 1700)
            browser.open(address)
            assert not browser.said(), browser.said()
            others = [one for one in browser.requests() if one != address and not one.startswith("data:")]
            assert not others, others
            picture.write_bytes(base64.b64decode(browser.picture()))
            rows = Rows()
            rows.feed(browser.evaluate("document.documentElement.outerHTML"))
            assert len(findings) in rows.rows.values(), (len(findings), rows.rows)
            assert "external browser" in browser.evaluate("document.body.innerText"), "the matrix shows no outcome"
            for width, dark in ((1280, False), (1280, True), (390, False), (390, True)):
                browser.screen(width, 900, dark=dark, mobile=width < 500)
                in_the_way = browser.evaluate((TOOLS / "access.js").read_text(encoding="utf-8"))
                assert not in_the_way, (width, dark, in_the_way)
                assert browser.evaluate("document.documentElement.scrollWidth") == width, "the page scrolls sideways"
        assert set(asked) == {"/r.html"}, asked
        assert picture.stat().st_size > 50_000, "the page is all but empty"
        server.shutdown()
        print(f"{len(findings)} findings on the page, {len(asked)} requests")
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
