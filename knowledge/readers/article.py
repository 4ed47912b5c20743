"""An article as every reader hands it on: blocks of clean text, and where each letter stood.

A reader takes markup away; whoever reads dates, people and events sees only `Article`. What they
report is a place in the file that the operator gave, so each block knows where its letters come
from: `Block.span` leads from the clean text back to the file.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from knowledge.model import Span


class Role(StrEnum):
    """What a block is in its article."""

    HEADING = "heading"
    PROSE = "prose"
    LIST = "list"
    """One item of a list in the body: of a discography as well as of a chronology."""
    TABLE = "table"
    """One row of a table, its cells joined by " | "."""
    FACT = "fact"
    """One line of a box of facts, "Born: 7 November 1879"."""
    QUOTE = "quote"
    CAPTION = "caption"
    NOTE = "note"
    """A footnote or citation that stood inside the text or among the references."""
    REFERENCE = "reference"
    """Anything in a section of references, bibliography, further reading or links; categories."""


class Piece(NamedTuple):
    """A run of a block's text and where it comes from.

    `start` is the offset in the block's text; `origin` and `origin_stop` are offsets in the file,
    in Unicode code points. A `verbatim` run stands in the file letter by letter; any other (a
    template, a character reference) was written by the reader, and all of it comes from all of
    the origin.
    """

    start: int
    origin: int
    origin_stop: int
    verbatim: bool = True


class Link(NamedTuple):
    """A link in a block's text: its offsets there, and the title or address that it leads to."""

    start: int
    stop: int
    target: str


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an item of a list, ...: one line of clean text.

    `section` is the path of headings that it stands under, outermost first; a heading's own text
    is the last of its path. `pieces` cover the text without gaps, in order. `italics` are the
    stretches of the text that the file slopes, as titles of works are; none holds another.
    """

    role: Role
    text: str
    section: tuple[str, ...]
    pieces: tuple[Piece, ...]
    links: tuple[Link, ...] = ()
    italics: tuple[tuple[int, int], ...] = ()

    def span(self, start: int, stop: int) -> Span:
        """Return the offsets in the file of text[start:stop]; start must lie before stop.

        A template may write its arguments in another order than the file has them.
        """
        first, last = self._place(start), self._place(stop - 1)
        begin, end = self._in_file(first, start), self._stop_in_file(last, stop)
        for index in range(first + 1, last + 1):
            begin = min(begin, self.pieces[index].origin)
        for index in range(first, last):
            end = max(end, self._stop_in_file(index, self.pieces[index + 1].start))
        return Span(begin, end)

    def _place(self, offset: int) -> int:
        return bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1

    def _in_file(self, index: int, offset: int) -> int:
        piece = self.pieces[index]
        return piece.origin + (offset - piece.start if piece.verbatim else 0)

    def _stop_in_file(self, index: int, offset: int) -> int:
        piece = self.pieces[index]
        return piece.origin + (offset - piece.start) if piece.verbatim else piece.origin_stop


@dataclass(frozen=True, slots=True)
class Article:
    """What a reader makes of a file: its title and its blocks, in the order of the file.

    `hash` is "sha256:" and the hexadecimal digest of the file's bytes, as packs name it.
    """

    title: str
    blocks: tuple[Block, ...]
    hash: str = ""
    url: str = ""
