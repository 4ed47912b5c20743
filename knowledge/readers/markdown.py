"""An article in Markdown: headings, links, emphasis, lists, quotations, tables, footnotes."""

from __future__ import annotations

import re
from html import unescape

from knowledge.readers.article import Article, Block, Role
from knowledge.readers.block_text import BlockText
from knowledge.readers.outline import LevelledOutline
from knowledge.readers.zones import role_in_section

_BREAK = re.compile(r"\r\n|\r|\n")
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?=[ \t]+\S)")
_UNDERLINE = re.compile(r" {0,3}(?:(?P<first>=+)|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,60}|(?:_[ \t]*){3,60}|(?:-[ \t]*){3,60})$")
_FENCE = re.compile(r" {0,3}(?P<marks>`{3,}|~{3,})")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,4}[.)])[ \t]+(?:\[[ xX]\] )?")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]{1,60}\]:[ \t]*")
_DEFINITION = re.compile(r" {0,3}\[(?P<name>[^\]^]{1,200})\]:[ \t]*<?(?P<target>[^\s>]{1,2000})>?")
_TABLE_RULE = re.compile(
    r" {0,3}\|?(?: {0,50}:?-{1,200}:? {0,50}\|){1,60}(?: {0,50}:?-{1,200}:?)? {0,50}$"
)
_FRONT = re.compile(r"(?P<key>title|url|source)[ \t]*:[ \t]*(?P<value>[^\n]{1,500})", re.IGNORECASE)
BOLD = 2
"""Marks of emphasis in a row: one is for italics, two for bold, three for both."""

_MARK = re.compile(
    r"[\\*_`\[!<&~](?:(?<=\\)[!-/:-@\[-`{-~]|(?<=\*)\*{0,2}|(?<=_)_{0,2}|(?<=`)`{0,9}"
    r"|(?<=\[)(?:\^[^\]\s]{1,60}\])?|(?<=!)(?=\[)|(?<=<)|(?<=&)[#\w]{2,30};|(?<=~)~)"
)
_AFTER_LINK = re.compile(
    r"\([ \t]{0,3}<?(?P<target>[^\s()<>]{0,2000}(?:\([^\s()]{0,200}\)[^\s()<>]{0,200})?)>?"
    r"(?:[ \t]{1,3}[\"'(][^\n\"]{0,300}[\"')])?[ \t]{0,3}\)"
    r"|\[(?P<name>[^\]]{0,200})\]"
)
_TAG = re.compile(r"<(?P<address>https?://[^\s<>]{1,2000})>|<!--|</?[a-zA-Z][^<>]{0,1000}>")
LONGEST_LABEL = 1000
MOST_BRACKETS = 4
"""Square brackets within each other; words that go deeper are no link."""

NO_LINK = -1
"""Stands for the beginning of a link in words that only stand in square brackets."""

_SQUARE = re.compile(r"[\[\]]")
"""Letters between a link's square brackets at most."""


def read_markdown(source: str, title: str = "") -> Article:
    """Return the article in a Markdown text; `title` is its name where the text gives none.

    `source` is the whole file as decoded: offsets count its letters.
    """
    return _Markdown(source, title).article()


class _Markdown:
    def __init__(self, source: str, title: str) -> None:
        self._source = source
        self._title = title
        self._has_title = False
        self._url = ""
        self._outline = LevelledOutline()
        self._blocks: list[Block] = []
        self._lines = _lines(source)
        self._targets = self._definitions()
        self._stretches: list[tuple[int, int]] = []
        self._role = Role.PROSE

    def article(self) -> Article:
        index = self._front_matter()
        while index < len(self._lines):
            index = self._read_line(index)
        self._flush()
        return Article(self._title, tuple(self._blocks), url=self._url)

    def _definitions(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for start, stop in self._lines:
            match = _DEFINITION.match(self._source, start, stop)
            if match:
                found.setdefault(_label(match["name"]), match["target"])
        return found

    def _front_matter(self) -> int:
        """Read the lines between two "---" at the file's start; return the first line after."""
        lines = [self._source[start:stop].strip() for start, stop in self._lines[:200]]
        if not lines or lines[0] != "---" or "---" not in lines[1:]:
            return 0
        end = lines.index("---", 1)
        for line in lines[1:end]:
            match = _FRONT.match(line)
            value = match["value"].strip(" \"'") if match else ""
            if match and match["key"].casefold() == "title":
                self._title, self._has_title = value, True
            elif match and not self._url:
                self._url = value
        return end + 1

    # lines

    def _read_line(self, index: int) -> int:
        """Read one line, or several that belong together; return the next one's index."""
        source = self._source
        start, stop = self._lines[index]
        text = source[start:stop]
        if not text.strip():
            self._flush()
            return index + 1
        fence = _FENCE.match(text)
        if fence:
            return self._after_fence(index, fence["marks"])
        heading = _HEADING.match(source, start, stop)
        if heading:
            end = start + len(text.rstrip().rstrip("#"))
            self._add_heading(heading.end(), max(end, heading.end()), len(heading["marks"]))
            return index + 1
        underline = _UNDERLINE.match(text)
        if underline and self._stretches and self._role is Role.PROSE:
            begin, end = self._stretches[0][0], self._stretches[-1][1]
            self._stretches.clear()
            self._add_heading(begin, end, 1 if underline["first"] else 2)
            return index + 1
        if _RULE.match(text):
            self._flush()
            return index + 1
        if "|" in text and index + 1 < len(self._lines):
            below = source[slice(*self._lines[index + 1])]
            if _TABLE_RULE.match(below):
                return self._read_table(index)
        return self._read_text(index, start, stop)

    def _read_text(self, index: int, start: int, stop: int) -> int:
        source = self._source
        note = _NOTE.match(source, start, stop)
        if note:
            self._begin(Role.NOTE, note.end(), stop)
            return index + 1
        if _DEFINITION.match(source, start, stop):
            return index + 1
        quote = _QUOTE.match(source, start, stop)
        if quote:
            if self._role is not Role.QUOTE or quote.end() == stop:
                self._flush()
            self._role = Role.QUOTE
            self._stretches.append((quote.end(), stop))
            return index + 1
        item = _ITEM.match(source, start, stop)
        if item:
            self._begin(Role.LIST, item.end(), stop)
            return index + 1
        is_code = source.startswith(("    ", "\t"), start) and not self._stretches
        if not is_code or (self._blocks and self._blocks[-1].role in (Role.LIST, Role.NOTE)):
            self._stretches.append((start, stop))
        return index + 1

    def _begin(self, role: Role, start: int, stop: int) -> None:
        self._flush()
        self._role = role
        self._stretches.append((start, stop))

    def _after_fence(self, index: int, marks: str) -> int:
        """Leave out a block of code; an unclosed one goes on to the end, as CommonMark has it."""
        self._flush()
        for following in range(index + 1, len(self._lines)):
            text = self._source[slice(*self._lines[following])].strip()
            if text.startswith(marks) and not text.strip(marks[0]):
                return following + 1
        return len(self._lines)

    def _read_table(self, index: int) -> int:
        self._flush()
        first = index
        while index < len(self._lines):
            start, stop = self._lines[index]
            if "|" not in self._source[start:stop]:
                break
            if index != first + 1:
                self._add_row(start, stop)
            index += 1
        return index

    def _add_row(self, start: int, stop: int) -> None:
        text = BlockText(self._source)
        begin = start
        for bar in re.finditer(r"(?<!\\)\|", self._source[start:stop]):
            at = start + bar.start()
            self._read_inline(text, begin, at)
            if text.length:
                text.write(" | ", at, at + 1)
            begin = at + 1
        if self._source[begin:stop].strip():
            self._read_inline(text, begin, stop)
        self._emit(text.without_end(" |"), Role.TABLE)

    # blocks

    def _flush(self) -> None:
        if self._stretches:
            text = BlockText(self._source)
            if self._role is not Role.QUOTE:
                self._stretches = [(self._stretches[0][0], self._stretches[-1][1])]
            last = 0
            for start, stop in self._stretches:
                if text.length:
                    text.write(" ", last, start)
                self._read_inline(text, start, stop)
                last = stop
            self._emit(text, self._role)
            self._stretches.clear()
        self._role = Role.PROSE

    def _emit(self, text: BlockText, role: Role) -> None:
        path = self._outline.path
        if role is not Role.NOTE:
            role = role_in_section(role, path, text.text)
        block = text.block(role, path)
        if block:
            self._blocks.append(block)

    def _add_heading(self, start: int, stop: int, level: int) -> None:
        self._flush()
        text = BlockText(self._source)
        self._read_inline(text, start, stop)
        name = text.text()
        if not name:
            return
        if level == 1 and not self._outline.path and not self._blocks:
            self._title = self._title if self._has_title else name
            self._has_title = True
            return
        block = text.block(Role.HEADING, self._outline.enter(level, name))
        if block:
            self._blocks.append(block)

    # words

    def _read_inline(self, text: BlockText, start: int, stop: int) -> None:
        """Copy words without their marks; links keep where they lead."""
        source = self._source
        labels: list[tuple[int, int]] = []
        at = start
        while match := _MARK.search(source, at, stop):
            begin, mark = match.start(), match[0]
            closing = source.find("]", at, begin) if labels else -1
            if closing >= 0:
                text.copy(at, closing)
                at = self._end_link(text, labels, closing, stop)
                continue
            text.copy(at, begin)
            at = match.end()
            if mark[0] == "\\":
                text.copy(begin + 1, at)
            elif mark[0] == "&":
                text.write(unescape(mark), begin, at)
            elif mark == "_" and _is_within_word(source, begin):
                text.copy(begin, at)
            elif mark == "[":
                closing = self._closing(at, stop)
                if closing >= 0 and self._is_link(begin, closing, stop):
                    labels.append((text.length, begin))
                else:
                    text.copy(begin, at)
                    if closing >= 0:
                        labels.append((NO_LINK, begin))
            elif mark == "!":
                at = self._after_picture(begin, stop)
            elif mark == "<":
                at = self._after_tag(text, begin, stop)
            elif mark == "~" or (mark == "*" and source[begin - 1 : at + 1] == " * "):
                text.copy(begin, at)
            elif mark[0] in "*_" and len(mark) != BOLD and _can_slope(source, begin, at, text):
                text.switch_italics()
        while labels and (closing := source.find("]", at, stop)) >= 0:
            text.copy(at, closing)
            at = self._end_link(text, labels, closing, stop)
        text.copy(at, stop)

    def _closing(self, start: int, stop: int) -> int:
        """Return where the bracket closes behind whose opening one `start` is, or -1."""
        depth = 1
        for match in _SQUARE.finditer(self._source, start, min(stop, start + LONGEST_LABEL)):
            depth += 1 if match[0] == "[" else -1
            if not depth:
                return match.start()
            if depth > MOST_BRACKETS:
                return -1
        return -1

    def _is_link(self, opening: int, closing: int, stop: int) -> bool:
        """Whether words in square brackets lead somewhere; others keep their brackets."""
        if _AFTER_LINK.match(self._source, closing + 1, stop):
            return True
        return _label(self._source[opening + 1 : closing]) in self._targets

    def _end_link(
        self, text: BlockText, labels: list[tuple[int, int]], closing: int, stop: int
    ) -> int:
        """Read what follows a link's words; return where the text goes on."""
        begin, opening = labels.pop()
        if begin == NO_LINK:
            text.copy(closing, closing + 1)
            return closing + 1
        after = _AFTER_LINK.match(self._source, closing + 1, stop)
        words = _label(self._source[opening + 1 : min(closing, opening + LONGEST_LABEL)])
        if after is None:
            if words in self._targets:
                text.link(begin, self._targets[words])
            return closing + 1
        name = after["name"]
        target = after["target"] if name is None else self._targets.get(_label(name) or words, "")
        if target:
            text.link(begin, target)
        return after.end()

    def _after_picture(self, start: int, stop: int) -> int:
        """Return where the text goes on behind ![words](address)."""
        closing = self._source.find("]", start, min(stop, start + LONGEST_LABEL))
        after = _AFTER_LINK.match(self._source, closing + 1, stop) if closing >= 0 else None
        return after.end() if after else start + 1

    def _after_tag(self, text: BlockText, start: int, stop: int) -> int:
        tag = _TAG.match(self._source, start, stop)
        if tag is None:
            text.copy(start, start + 1)
            return start + 1
        if tag["address"]:
            text.copy(tag.start("address"), tag.end("address"))
        elif tag[0] == "<!--":
            end = self._source.find("-->", start, stop)
            return end + 3 if end >= 0 else stop
        return tag.end()


def _lines(source: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 1 if source.startswith("\ufeff") else 0
    for match in _BREAK.finditer(source, at):
        found.append((at, match.start()))
        at = match.end()
    found.append((at, len(source)))
    return found


def _label(words: str) -> str:
    return " ".join(words.split()).casefold()


def _can_slope(source: str, start: int, stop: int, text: BlockText) -> bool:
    """Whether a mark of emphasis can begin italics, or end those that have begun."""
    beside = source[start - 1 : start] if text.is_italic else source[stop : stop + 1]
    return bool(beside) and not beside.isspace()


def _is_within_word(source: str, at: int) -> bool:
    return source[at - 1 : at].isalnum() and source[at + 1 : at + 2].isalnum()
