"""An article as a web page: Wikipedia's, its mobile and Parsoid pages, Kiwix's, other sites'."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from knowledge.readers.article import Article, Block, Role
from knowledge.readers.block_text import BlockText
from knowledge.readers.html_elements import (
    BLOCKS,
    CLOSED_BY,
    ENDS_OF_ROWS,
    ITALICS,
    VOID,
    Meaning,
    main_part,
    meaning_of,
)
from knowledge.readers.markup_tokens import Tag, Text, markup_tokens
from knowledge.readers.outline import LevelledOutline
from knowledge.readers.zones import role_in_section

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});?")
_SITE = re.compile(r"\s+[-–—|]\s+(?:Wikipedia|Wikiwand|[^-–—|]*\b(?:[Ee]ncyclop\w+|[Ww]iki\w*)).*$")
_HEADING = re.compile(r"h([1-6])")
MOST_LOOKED_UP = 24
"""Open elements above which a forgotten end tag is looked for."""


class _Open(NamedTuple):
    name: str
    meaning: Meaning
    link: tuple[int, str] | None = None
    slopes_from: int | None = None


def read_html(source: str, title: str = "") -> Article:
    """Return the article in a web page; `title` is its name where the page doesn't give one.

    `source` is the whole file as decoded: offsets count its letters.
    """
    return _Page(source, title).article()


class _Page:
    def __init__(self, source: str, title: str) -> None:
        self._source = source
        self._fallback = title
        self._title = ""
        self._page_title = ""
        self._outline = LevelledOutline()
        self._blocks: list[Block] = []
        self._out = BlockText(source)
        self._out_role: Role | None = None
        self._open: list[_Open] = []
        self._count: dict[str, int] = {}
        self._skipping = 0
        self._part = main_part(source)
        self._inside = 0 if self._part else 1
        self._boxes = self._note_lists = self._rows = 0

    def article(self) -> Article:
        for token in markup_tokens(self._source):
            if isinstance(token, Text):
                self._add_text(token)
            elif token.is_end:
                self._end(token)
            else:
                self._begin(token)
        self._flush()
        title = self._title or _SITE.sub("", self._page_title) or self._fallback
        return Article(title, tuple(self._blocks))

    # elements

    def _begin(self, tag: Tag) -> None:
        name = tag.name
        for other in CLOSED_BY.get(name, ()):
            self._close_nearest(other)
        if name in VOID or (tag.is_closed and name not in BLOCKS):
            if name == "br" and self._is_read:
                is_fact = self._boxes > 0 and self._out.ends_in_word
                self._out.write("; " if is_fact else " ", tag.start, tag.stop)
            return
        self._break(name, tag)
        meaning = meaning_of(tag, self._part)
        link = slopes_from = None
        if self._is_read:
            if name in ("td", "th") and self._out.length:
                self._out.write(": " if self._boxes else " | ", tag.start, tag.stop)
            target = _target(tag.attributes()) if name == "a" else ""
            link = (self._out.length, target) if target else None
            slopes_from = self._out.length if name in ITALICS else None
        if meaning.role is Role.CAPTION:
            self._flush()
        self._open.append(_Open(name, meaning, link, slopes_from))
        self._count[name] = self._count.get(name, 0) + 1
        self._change(meaning, 1)

    def _change(self, meaning: Meaning, by: int) -> None:
        """Count an element that says something of all that stands in it; -1 where it ends."""
        self._skipping += by * meaning.is_skipped
        self._inside += by * meaning.is_main
        self._boxes += by * meaning.is_box
        self._note_lists += by * meaning.is_note_list
        self._rows += by * meaning.is_row

    def _break(self, name: str, tag: Tag) -> None:
        """End the block at hand where an element of this name begins or ends.

        A row of a table is one block, whatever stands in its cells.
        """
        if name not in BLOCKS:
            return
        if not self._rows or name in ENDS_OF_ROWS or not self._is_read:
            self._flush()
        elif self._out.length:
            if name != "li":
                self._out.write(" ", tag.start, tag.stop)
            elif not tag.is_end:
                joint = "; " if self._out.ends_in_word else " "
                self._out.write(joint, tag.start, tag.stop)

    def _end(self, tag: Tag) -> None:
        self._break(tag.name, tag)
        if not self._count.get(tag.name):
            return
        while self._open:
            if self._pop().name == tag.name:
                break

    def _close_nearest(self, name: str) -> None:
        """Close an element that a new one of its kind ends: <li> ends the <li> before it."""
        if not self._count.get(name):
            return
        fences = ("ul", "ol", "dl") if name in ("li", "dd", "dt") else ("table",)
        nearest = self._open[-MOST_LOOKED_UP:]
        for depth, element in enumerate(reversed(nearest), start=1):
            if element.name == name:
                if not self._rows or name in ENDS_OF_ROWS:
                    self._flush()
                for _ in range(depth):
                    self._pop()
                return
            if element.name in fences or (name == "p" and element.name in BLOCKS):
                return

    def _pop(self) -> _Open:
        element = self._open.pop()
        self._count[element.name] -= 1
        if element.link and self._is_read:
            self._out.link(*element.link)
        if element.slopes_from is not None and self._is_read:
            self._out.italic(element.slopes_from)
        if element.meaning.is_main or element.meaning.role is Role.CAPTION:
            self._flush()
        self._change(element.meaning, -1)
        return element

    @property
    def _is_read(self) -> bool:
        return self._inside > 0 and not self._skipping

    def _role(self) -> Role:
        """Return what the block at hand is: the innermost element that says something."""
        for element in reversed(self._open[-MOST_LOOKED_UP:]):
            role = element.meaning.role
            if role is Role.CAPTION:
                return role
            if role:
                return Role.FACT if self._boxes else Role.NOTE if self._note_lists else role
        return Role.FACT if self._boxes else Role.PROSE

    # text

    def _add_text(self, text: Text) -> None:
        if self._open and self._open[-1].name == "title" and not self._page_title:
            self._page_title = " ".join(unescape(self._source[text.start : text.stop]).split())
            return
        if self._skipping:
            return
        if not self._inside and not self._is_title():
            return
        if self._out_role is None:
            self._out_role = self._role()
        at = text.start
        for match in _ENTITY.finditer(self._source, text.start, text.stop):
            self._out.copy(at, match.start())
            word = unescape(match[0])
            self._out.write(word, match.start(), match.end())
            at = match.end()
        self._out.copy(at, text.stop)

    def _is_title(self) -> bool:
        """Whether the text stands in the page's main heading, outside the article's part."""
        return not self._title and any(
            element.name == "h1" for element in self._open[-MOST_LOOKED_UP:]
        )

    def _flush(self) -> None:
        """End the block at hand."""
        role = self._out_role or Role.PROSE
        text, self._out, self._out_role = self._out, BlockText(self._source), None
        if not text.length:
            return
        words = text.text()
        level = self._heading_level()
        if level:
            self._add_heading(text, words, level)
            return
        if role in (Role.PROSE, Role.LIST, Role.TABLE):
            role = role_in_section(role, self._outline.path, lambda: words)
        block = text.block(role, self._outline.path)
        if block:
            self._blocks.append(block)

    def _heading_level(self) -> int:
        for element in reversed(self._open[-MOST_LOOKED_UP:]):
            match = _HEADING.fullmatch(element.name)
            if match:
                return int(match[1])
            if element.name in BLOCKS:
                return 0
        return 0

    def _add_heading(self, text: BlockText, words: str, level: int) -> None:
        if level == 1 and (not self._title or (self._inside and not self._blocks)):
            self._title = words
            return
        if not words or not self._inside:
            return
        block = text.block(Role.HEADING, self._outline.enter(level, words))
        if block:
            self._blocks.append(block)


def _target(attributes: dict[str, str]) -> str:
    """Return the title or address that a link leads to; empty for one within the page."""
    address = attributes.get("href", "")
    if not address or address.startswith("#"):
        return ""
    if address.startswith(("http://", "https://", "//")) and "/wiki/" not in address:
        return address
    title = attributes.get("title", "")
    if title:
        return title.removesuffix(" (page does not exist)")
    page = unquote(address.rpartition("/wiki/")[2] if "/wiki/" in address else address)
    page = page.removeprefix("./").removeprefix("../").partition("?")[0]
    return page.removesuffix(".html").removesuffix(".htm").replace("_", " ")
