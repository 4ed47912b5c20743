"""The clean text of one block while a reader gathers it, with the way back to the file."""

from __future__ import annotations

import re
from bisect import bisect_right

from knowledge.readers.article import Block, Link, Piece, Role

_UNCLEAN = re.compile(
    r"[^\S ]\s*| \s+"
    r"|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]+"
)
"""White space other than one space; and control characters, soft hyphens and marks of direction,
which are not to be seen and could make a text look like another one (CVE-2021-42574)."""

SLOPING_MARKS = (2, 5)
"""Apostrophes with which wikitext begins and ends italics; three are for bold."""

LONGEST_ITALICS = 300
"""Letters; no title is longer, so that a mark that is never closed slopes nothing."""


class BlockText:
    """Gathers one block's text from a file: single spaces, none at its ends.

    What is copied stays verbatim; what is written in place of markup stands for a stretch of the
    file. A stretch that is neither copied nor written is left out.
    """

    def __init__(self, source: str) -> None:
        """Begin an empty text of the file whose decoded content is `source`."""
        self._source = source
        self._parts: list[str] = []
        self._length = 0
        self._pieces: list[Piece] = []
        self._links: list[Link] = []
        self._italics: list[tuple[int, int]] = []
        self._slopes_from: int | None = None
        self._last = " "

    @property
    def length(self) -> int:
        """How many letters there are yet: where the next one will stand."""
        return self._length

    @property
    def ends_in_word(self) -> bool:
        """Whether the last letter is one of a word, or a bracket's or quotation's end."""
        return self._length > 0 and (self._last.isalnum() or self._last in ")]\"”’'")

    def copy(self, start: int, stop: int) -> None:
        """Take over source[start:stop], every stretch of white space as one space."""
        at = start
        for match in _UNCLEAN.finditer(self._source, start, stop):
            self._take(at, match.start())
            if match[0].isspace():
                self.write(" ", match.start(), match.end())
            at = match.end()
        self._take(at, stop)

    def write(self, text: str, start: int, stop: int) -> None:
        """Write words of the reader's own for source[start:stop], which must not be empty."""
        words = " ".join(text.split())
        text = f"{' ' if text[:1].isspace() else ''}{words}{' ' if text[-1:].isspace() else ''}"
        if not words:
            text = text[:1]
        if text.startswith(" ") and self._last == " ":
            text = text[1:]
        self._append(text, Piece(self._length, start, stop, verbatim=False))

    def link(self, start: int, target: str) -> None:
        """Say that what was gathered since `start` (an earlier `length`) links to `target`."""
        stop = self._length if self._last != " " else self._length - 1
        if start < stop and target:
            self._links.append(Link(start, stop, target))

    @property
    def is_italic(self) -> bool:
        """Whether what comes next is in italics."""
        return self._slopes_from is not None

    def switch_italics(self) -> None:
        """Begin or end italics here. What is never closed, or too long for a title, is none."""
        begin, self._slopes_from = self._slopes_from, None
        if begin is None:
            self._slopes_from = self._length
        else:
            self.italic(begin)

    def italic(self, start: int) -> None:
        """Say that what was gathered since `start` (an earlier `length`) is in italics."""
        while self._italics and self._italics[-1][0] >= start:
            self._italics.pop()
        if self._length - start <= LONGEST_ITALICS:
            self._italics.append((start, self._length))

    def without_end(self, end: str) -> BlockText:
        """Return this text, without `end` and the spaces around it where it ends so."""
        text = self.text()
        if text.endswith(end):
            self._parts = [text.removesuffix(end)]
            self._length = len(self._parts[0])
        return self

    def link_origin(self, start: int, stop: int, target: str) -> None:
        """Say that what was copied from source[start:stop] links to `target`.

        Only for a text whose stretches were taken in the order of the file.
        """
        first, last = self._offset(start), self._offset(stop)
        if first < last and target:
            self._links.append(Link(first, last, target))

    def _offset(self, origin: int) -> int:
        """Return where in the text the file's offset `origin` stands, or the first one after it."""
        index = bisect_right(self._pieces, origin, key=lambda piece: piece.origin) - 1
        if index < 0:
            return 0
        piece = self._pieces[index]
        stop = self._pieces[index + 1].start if index + 1 < len(self._pieces) else self._length
        within = origin - piece.origin if piece.verbatim else int(origin > piece.origin)
        return min(piece.start + within, stop)

    def text(self) -> str:
        """Return the text gathered so far, as `block` will give it."""
        return "".join(self._parts).rstrip(" ")

    def block(self, role: Role, section: tuple[str, ...]) -> Block | None:
        """Return what was gathered, or nothing where there is not one letter or digit."""
        text = self.text()
        if not any(character.isalnum() for character in text):
            return None
        pieces = tuple(piece for piece in self._pieces if piece.start < len(text))
        links = tuple(
            Link(link.start, min(link.stop, len(text)), link.target)
            for link in self._links
            if link.start < len(text)
        )
        spans = (_trimmed(text, start, stop) for start, stop in self._italics)
        italics = tuple((start, stop) for start, stop in spans if start < stop)
        return Block(role, text, section, pieces, links, italics)

    def _take(self, start: int, stop: int) -> None:
        if start < stop and self._source[start] == " " and self._last == " ":
            start += 1
        if start < stop:
            self._append(self._source[start:stop], Piece(self._length, start, stop))

    def _append(self, text: str, piece: Piece) -> None:
        if not text:
            return
        self._parts.append(text)
        self._length += len(text)
        self._last = text[-1]
        last = self._pieces[-1] if self._pieces else None
        if last and last.verbatim and piece.verbatim and last.origin_stop == piece.origin:
            self._pieces[-1] = last._replace(origin_stop=piece.origin_stop)
        else:
            self._pieces.append(piece)


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return a stretch without the spaces at its ends and what is no longer of the text."""
    words = text[start:stop]
    return start + len(words) - len(words.lstrip(" ")), start + len(words.rstrip(" "))
