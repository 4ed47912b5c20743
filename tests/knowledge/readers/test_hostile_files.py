"""Hostile and broken files are refused with a sentence or read, in time that stays in proportion.

The cases S11, S12, S13 and S15 of the list of faults are bombs, entities, packed files and names.
"""

from __future__ import annotations

import bz2
import gzip
import time
import tracemalloc

import pytest

from knowledge.readers.article import Article
from knowledge.readers.reading import LARGEST_FILE, Refusal, read_article

PIECES = 10_000
LIKELY_BOMBS = [("{{", "wiki"), ("<div>", "html"), ("[", "md"), ("a, a ", "txt")]

SECONDS_FOR_A_BOMB = 4.0
"""CPU; the slowest takes under 1 s alone, a quadratic reader far more."""

WIKI_BOMBS = (
    "{{ [[ {|\n <div> <ref> {{{ [http://x\x20 ''' ==a\n <!-- <nowiki> {{a| [[a| {{a|b={{ [[a|{{b|"
    ' <ref>{{a|[[b| \n:;*# \n| [[File:a| {{nowrap| ]] }} <gallery> \n|\x20a= \n{|\n|x=y| <b\x20a="'
).split(" ")
HTML_BOMBS = (
    '<div> <p> <li> <b> <!-- <! &amp; <script> <table> <tr> <td> <b><li> <a\x20"'
    " < </div> <ul><li> <title> <h1>x <table><tr><td>x <p><b> <? <sup\x20class=reference> <dd>x"
    ' <div\x20class="infobox">'
).split(" ")
MARKDOWN_BOMBS = (
    "[ ] [] [a]( ![ * _ ` **a |-|\n #\n [^1] < <!-- <a \\ [a]:\x20b\n ~~ 1.\x20 >\x20".split(" ")
)
TEXT_BOMBS = (
    "A,\x20A ''a A,\x20 x.A \"a\".\"B (a),\x20a ), ; ''A''.B: A\n\n A.B''c'' :\x20In\x20 {{"
    " births\x20A 1\x20births\x20 a\nA\n == [1] (1901) ISBN\x20"
).split(" ")
BOMBS = [
    *[(bomb, "wiki") for bomb in WIKI_BOMBS],
    *[(bomb, "html") for bomb in HTML_BOMBS],
    *[(bomb, "md") for bomb in MARKDOWN_BOMBS],
    *[(bomb, "txt") for bomb in TEXT_BOMBS],
]


@pytest.mark.parametrize(("bomb", "ending"), BOMBS)
def test_many_pieces_of_markup_end_in_time(bomb: str, ending: str) -> None:
    data = ("It was so. " + bomb * PIECES).encode()
    start = time.process_time()
    assert isinstance(read_article(data, f"bomb.{ending}"), Article | Refusal)
    assert time.process_time() - start < SECONDS_FOR_A_BOMB


@pytest.mark.parametrize(("bomb", "ending"), LIKELY_BOMBS)
def test_a_hundred_thousand_brackets_end_in_time(bomb: str, ending: str) -> None:
    data = ("It was so. " + bomb * 100_000).encode()
    start = time.process_time()
    assert isinstance(read_article(data, f"bomb.{ending}"), Article | Refusal)
    assert time.process_time() - start < SECONDS_FOR_A_BOMB


NESTED = {
    "templates": ("{{nowrap|", "}}", "wiki"),
    "links": ("[[a|", "]]", "wiki"),
    "elements": ("<div>", "</div>", "html"),
    "wrong end tags": ("<div>", "</p>", "html"),
    "lists": ("<ul><li>", "</li></ul>", "html"),
    "brackets": ("[", "](a)", "md"),
}


@pytest.mark.parametrize("name", NESTED)
def test_deep_nesting_ends_in_time(name: str) -> None:
    opening, closing, ending = NESTED[name]
    data = f"It was so. {opening * PIECES}x{closing * PIECES}".encode()
    start = time.process_time()
    assert isinstance(read_article(data, f"bomb.{ending}"), Article | Refusal)
    assert time.process_time() - start < SECONDS_FOR_A_BOMB


LONG_RUNS = {
    "spaces behind a heading's mark": ("# " + " " * 200_000 + "x", "md"),
    "spaces in a table's rule": ("a|b\n" + " " * 200_000 + "-|", "md"),
    "spaces behind an equals sign": ("==a= " + " " * 200_000 + "x", "wiki"),
    "spaces in brackets": ("It is ( " + " " * 200_000 + "x", "txt"),
    "one word": ("a" * 2_000_000, "txt"),
    "one line of quotation marks": ("'" * 500_000 + "a", "txt"),
    "one attribute": ("<p>a</p><a " + "b " * 200_000 + ">x</a>", "html"),
}


@pytest.mark.parametrize("name", LONG_RUNS)
def test_a_long_run_ends_in_time(name: str) -> None:
    text, ending = LONG_RUNS[name]
    start = time.process_time()
    assert isinstance(read_article(text.encode(), f"run.{ending}"), Article | Refusal)
    assert time.process_time() - start < SECONDS_FOR_A_BOMB


ENTITY_BOMB = """<?xml version="1.0"?>
<!DOCTYPE mediawiki [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<mediawiki><page><title>T</title><text>&b;</text></page></mediawiki>"""
EXTERNAL_ENTITY = """<?xml version="1.0"?>
<!DOCTYPE mediawiki [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<mediawiki><page><title>T</title><text>&a;</text></page></mediawiki>"""
TWO_PAGES = "<mediawiki><page><title>A</title></page><page><title>B</title></page></mediawiki>"

REFUSED = {
    "an entity bomb": (ENTITY_BOMB.encode(), "a.xml", "declares entities"),
    "an external entity": (EXTERNAL_ENTITY.encode(), "a.xml", "declares entities"),
    "broken XML": (b"<mediawiki><page>", "a.xml", "broken XML"),
    "an export of two pages": (TWO_PAGES.encode(), "a.xml", "2 pages; export one page a file"),
    "an export without a page": (b"<mediawiki></mediawiki>", "a.xml", "0 pages"),
    "a redirect": (b"#REDIRECT [[Norrby fire]]", "a.wiki", "only leads to \u201cNorrby fire\u201d"),
    "a redirect without a telling name": (b"#redirect [[Norrby]]", "a", "only leads to"),
    "a gzip file": (gzip.compress(b"a" * 10_000), "a.txt", "packed (gzip); unpack it first"),
    "a bzip2 file": (bz2.compress(b"a" * 10_000), "dump.xml", "packed (bzip2); unpack it first"),
    "a zip file": (b"PK\x03\x04....", "a.html", "packed (zip)"),
    "a Zstandard file": (b"\x28\xb5\x2f\xfd....", "a", "packed (Zstandard)"),
    "a ZIM file": (b"ZIM\x04....", "a", "packed (ZIM)"),
    "a file that is called packed": (b"text", "a.zim", "unpack it first"),
    "a PDF": (b"%PDF-1.7 ...", "a.pdf", "no text but a PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "a.png", "no text but a PNG picture"),
    "zero bytes": (b"The fire\x00 of 1888.", "a.txt", "zero bytes"),
    "UTF-16": ("The fire".encode("utf-16"), "a.txt", "UTF-16; save it as UTF-8"),
    "Latin-1 that nobody declares": ("Malmö".encode("latin-1"), "a.txt", "not in UTF-8 (byte 5"),
    "Latin-1 in a page that says UTF-8": (
        '<html><meta charset="utf-8"><p>Malmö'.encode("latin-1"),
        "a.html",
        "not in UTF-8",
    ),
    "an unknown encoding": (b'<html><meta charset="x-norrby"><p>A', "a.html", "'x-norrby'"),
    "an empty file": (b"", "a.txt", "is empty"),
    "white space": (b" \n\t\n", "a.txt", "is empty"),
    "no letter": (b"* * *\n\n---\n", "a.txt", "holds no text"),
    "a page of nothing but a menu": (b"<html><nav>Home</nav></html>", "a.html", "holds no text"),
    "a file of 16 MiB and a byte": (b"a" * (LARGEST_FILE + 1), "a.txt", "larger than 16 MiB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_sentence(name: str) -> None:
    data, file_name, words = REFUSED[name]
    refusal = read_article(data, file_name)
    assert isinstance(refusal, Refusal)
    assert words in refusal.sentence
    assert refusal.sentence.startswith(file_name)
    assert refusal.sentence.endswith(".")
    assert "\n" not in refusal.sentence


def test_a_refusal_names_the_file_and_no_folder() -> None:
    refusal = read_article(b"", "../../secret/a.txt")
    assert isinstance(refusal, Refusal)
    assert refusal.sentence.startswith("a.txt is empty")


def test_latin_1_is_read_where_a_page_declares_it() -> None:
    data = '<html><meta charset="iso-8859-1"><h1>T</h1><p>Malmö “1888”'.encode("cp1252")
    article = read_article(data, "a.html")
    assert isinstance(article, Article)
    assert article.blocks[0].text == "Malmö “1888”"


def test_marks_of_direction_and_soft_hyphens_are_not_in_the_text() -> None:
    article = read_article("The\u202e fi\u00adre\u2066 of 1888.".encode(), "a.txt")
    assert isinstance(article, Article)
    assert article.blocks[0].text == "The fire of 1888."


def test_a_bomb_takes_memory_in_proportion_to_its_size() -> None:
    data = ("{{a|" * PIECES).encode()
    tracemalloc.start()
    read_article(data, "a.wiki")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300 * len(data)
