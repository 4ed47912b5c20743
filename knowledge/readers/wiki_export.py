"""A page in MediaWiki's XML export: Special:Export, or one page of a dump."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from html import unescape
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from knowledge.readers.article import Article, Block, Piece
from knowledge.readers.decoding import UnreadableError
from knowledge.readers.formats import redirect_target
from knowledge.readers.wikitext import read_wikitext

_TEXT = re.compile(r"<text\b[^>]*>")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|lt|gt|amp|quot|apos);")


def read_export(source: str, title: str = "") -> Article:
    """Return the article in an export of one page; offsets count the letters of the XML.

    `title` is its name where the export doesn't give it.
    Raises UnreadableError for broken XML, for declarations of entities, and for none or several
    pages.
    """
    try:
        root = fromstring(source)
    except DefusedXmlException as error:
        raise UnreadableError("declares entities of its own, which no export does.") from error
    except (ParseError, ValueError) as error:
        raise UnreadableError(f"is broken XML ({error}); export the page again.") from error
    pages = [element for element in root if element.tag.rpartition("}")[2] == "page"]
    if len(pages) != 1:
        raise UnreadableError(f"holds {len(pages)} pages; export one page a file.")
    title = next((e.text or "" for e in pages[0] if e.tag.rpartition("}")[2] == "title"), title)
    texts = list(_TEXT.finditer(source))
    if not texts or "<![CDATA[" in source:
        raise UnreadableError("holds no text; export the page with its text.")
    start = texts[-1].end()
    stop = source.find("</text>", start)
    wikitext, clean, origins = _unescaped(source, start, max(stop, start))
    target = redirect_target(wikitext)
    if target:
        raise UnreadableError(f"only leads to “{target}”; export that page.")
    article = read_wikitext(wikitext, title)
    blocks = tuple(_moved(block, clean, origins) for block in article.blocks)
    return replace(article, blocks=blocks)


def _unescaped(source: str, start: int, stop: int) -> tuple[str, list[int], list[int]]:
    """Return a text without its character references, and where runs of it come from.

    The lists hold, for each run, its offset in the text and in the file; every second run is one
    reference.
    """
    parts: list[str] = []
    clean, origins = [0], [start]
    length, at = 0, start
    for match in _REFERENCE.finditer(source, start, stop):
        parts += [source[at : match.start()], unescape(match[0])]
        length += match.start() - at
        clean.append(length)
        origins.append(match.start())
        length += len(parts[-1])
        clean.append(length)
        origins.append(match.end())
        at = match.end()
    parts.append(source[at:stop])
    return "".join(parts), clean, origins


def _moved(block: Block, clean: list[int], origins: list[int]) -> Block:
    """Return a block whose pieces lead to the file instead of the text without references."""

    def run_of(offset: int) -> int:
        return bisect_right(clean, offset) - 1

    def begin(offset: int) -> int:
        run = run_of(offset)
        return origins[run] if run % 2 else origins[run] + offset - clean[run]

    pieces: list[Piece] = []
    for index, piece in enumerate(block.pieces):
        last = piece.origin_stop - 1
        if not piece.verbatim:
            run = run_of(last)
            end = origins[run + 1] if run % 2 else origins[run] + piece.origin_stop - clean[run]
            pieces.append(piece._replace(origin=begin(piece.origin), origin_stop=end))
            continue
        stop = block.pieces[index + 1].start if index + 1 < len(block.pieces) else len(block.text)
        at, origin = piece.start, piece.origin
        while at < stop:
            run = run_of(origin)
            after = clean[run + 1] if run + 1 < len(clean) else origin + stop - at
            length = min(after - origin, stop - at)
            if run % 2:
                pieces.append(Piece(at, origins[run], origins[run + 1], verbatim=False))
            else:
                pieces.append(Piece(at, begin(origin), begin(origin) + length))
            at += length
            origin += length
    return replace(block, pieces=tuple(pieces))
