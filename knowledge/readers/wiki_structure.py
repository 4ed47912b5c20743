"""Which brackets of a wikitext belong together, found in one pass over the text.

Our own, because the usual parser takes minutes for 40 kB of unclosed templates. A bracket that is
never closed is text. Comments, and what stands between <nowiki>, <math> and the like, are opaque.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

_BRACKET = re.compile(r"\{\{|\}\}|\[\[|\]\]")
_OPAQUE_START = re.compile(
    r"<(?:!--|(?P<name>nowiki|pre|math|chem|ce|score|syntaxhighlight|source|timeline|gallery"
    r"|imagemap|graph|mapframe|templatedata|includeonly|hiero|code)(?=[\s/>]))",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\||\{\{|\[\[|<[rR][eE][fF](?=[\s>])[^<>]{0,400}>")
_REFERENCE_END = re.compile(r"</ref", re.IGNORECASE)
_EQUALS = re.compile(r"=|\{\{|\[\[|<")
_CLOSES = {"}}": "{{", "]]": "[["}


class Opaque(NamedTuple):
    """A stretch that is not wikitext: where it is, and where what stands between its tags is.

    `name` is the tag's, in lower case; "!--" for a comment.
    """

    start: int
    stop: int
    inner_start: int
    inner_stop: int
    name: str


class Argument(NamedTuple):
    """An argument of a template without the white space around it; `name` is empty without one."""

    name: str
    start: int
    stop: int


class Structure:
    """The brackets and opaque stretches of a wikitext."""

    def __init__(self, source: str) -> None:
        """Find them all; this takes time in proportion to the text's length."""
        self._source = source
        self._opaque = _opaque_stretches(source)
        self._opaque_starts = [stretch.start for stretch in self._opaque]
        self._reference_ends = [match.start() for match in _REFERENCE_END.finditer(source)]
        self.closings = self._matches()
        """Where the bracket that opens at an offset is closed, behind the closing one."""

    def opaque_at(self, offset: int) -> Opaque | None:
        """Return the opaque stretch that an offset lies in, if any."""
        index = bisect_right(self._opaque_starts, offset) - 1
        if index < 0 or offset >= self._opaque[index].stop:
            return None
        return self._opaque[index]

    def reference_end(self, start: int) -> int | None:
        """Return where the "</ref" stands that closes a reference begun before `start`."""
        index = bisect_left(self._reference_ends, start)
        return self._reference_ends[index] if index < len(self._reference_ends) else None

    def arguments(self, start: int, stop: int) -> list[Argument]:
        """Return what stands between the "|" of source[start:stop], the inside of brackets.

        The first is the template's or page's name.
        """
        source = self._source
        found: list[Argument] = []
        begin = at = start
        while match := _SEPARATOR.search(source, at, stop):
            at = match.end()
            if match[0] == "|":
                opaque = self.opaque_at(match.start())
                if opaque:
                    at = opaque.stop
                    continue
                found.append(self._argument(begin, match.start()))
                begin = at
            elif match[0][0] in "{[":
                at = self.closings.get(match.start(), at)
            else:
                end = self.reference_end(at)
                if end is not None and end < stop and not match[0].endswith("/>"):
                    at = end
        found.append(self._argument(begin, stop))
        return found

    def _argument(self, start: int, stop: int) -> Argument:
        source = self._source
        name = ""
        equals = _EQUALS.search(source, start, stop)
        if equals and equals[0] == "=":
            name = " ".join(source[start : equals.start()].split()).casefold()
            start = equals.end()
        while start < stop and source[start].isspace():
            start += 1
        while stop > start and source[stop - 1].isspace():
            stop -= 1
        return Argument(name, start, stop)

    def _matches(self) -> dict[int, int]:
        closings: dict[int, int] = {}
        stack: list[tuple[str, int]] = []
        opened = {"{{": 0, "[[": 0}
        at = 0
        while match := _BRACKET.search(self._source, at):
            at = match.end()
            opaque = self.opaque_at(match.start())
            if opaque:
                at = max(at, opaque.stop)
                continue
            bracket = match[0]
            if bracket in opened:
                stack.append((bracket, match.start()))
                opened[bracket] += 1
                continue
            opener = _CLOSES[bracket]
            if not opened[opener] or (opener == "[[" and stack[-1][0] != opener):
                continue
            while True:
                top, position = stack.pop()
                opened[top] -= 1
                if top == opener:
                    closings[position] = at
                    break
        return closings


def _opaque_stretches(source: str) -> list[Opaque]:
    found: list[Opaque] = []
    never_closed: set[str] = set()
    lowered = source.lower() if len(source.lower()) == len(source) else source
    at = 0
    while match := _OPAQUE_START.search(source, at):
        at = match.end()
        name = (match["name"] or "!--").lower()
        if name in never_closed:
            continue
        if name == "!--":
            end = source.find("-->", at)
            stop = end + len("-->") if end >= 0 else len(source)
            found.append(Opaque(match.start(), stop, at, max(end, at), name))
            at = stop
            continue
        opening = source.find(">", at)
        if opening < 0:
            break
        if source[opening - 1] == "/":
            found.append(Opaque(match.start(), opening + 1, opening, opening, name))
            at = opening + 1
            continue
        end = lowered.find(f"</{name}", opening)
        if end < 0:
            never_closed.add(name)
            continue
        stop = source.find(">", end) + 1 or len(source)
        found.append(Opaque(match.start(), stop, opening + 1, end, name))
        at = stop
    return found
