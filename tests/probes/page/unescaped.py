"""Prints texts with character references and, behind a tab, what Python makes of each, with U+001E behind that: every
name, whole and cut, with and without its semicolon and with something behind it. Python follows the HTML Standard."""

from html import unescape
from html.entities import html5

texts = set()
for name in html5:
    bare = name.rstrip(";")
    for reference in (bare, bare + ";", name[:-1] + ";", name[:-1], "x" + name):
        texts.update("&" + reference + behind for behind in ("", "x", "1", "=", " ", ";", "&amp"))
for text in sorted(texts):
    print(text, unescape(text), sep="\t", end="\x1e")
