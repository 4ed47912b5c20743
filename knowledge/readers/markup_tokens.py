"""HTML in pieces: tags and the text between them, each with its place in the file.

Our own, because readers need the offset of every letter, and because time must stay in proportion
to the file's length whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]{0,40})(?P<rest>(?:[^\"'>]|\"[^\"]*\"|'[^']*')*+)>"
)
_PLAIN_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]{0,40})(?P<rest>[^>]*)>")
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s=\"'/>]{1,60})"
    r"(?:\s{0,9}=\s{0,9}(?:\"(?P<two>[^\"]*)\"|'(?P<one>[^']*)'|(?P<no>[^\s\"'>]+)))?"
)
_RAW = frozenset(["script", "style", "textarea", "title", "noscript", "template", "iframe", "xmp"])
"""Elements in which no tags stand, or none to be read."""


class Text(NamedTuple):
    """Text between tags, character references as they stand."""

    start: int
    stop: int


class Tag(NamedTuple):
    """A tag: its name in lower case, its place, and what stands behind its name."""

    name: str
    start: int
    stop: int
    rest: str
    is_end: bool

    @property
    def is_closed(self) -> bool:
        """Whether the element ends with its own tag: <br/>."""
        return self.rest.endswith("/")

    def attributes(self) -> dict[str, str]:
        """Return the attributes by name, in lower case; character references are resolved."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.rest):
            value = match["two"] or match["one"] or match["no"] or ""
            found.setdefault(match["name"].lower(), unescape(value))
        return found


def markup_tokens(source: str) -> Iterator[Text | Tag]:
    """Yield the tags and texts of a page in order; comments and declarations are left out.

    What stands in a script or its like is left out too; a title's text is yielded.
    """
    tag_pattern = _TAG
    missing: set[str] = set()
    lowered = source.lower() if len(source.lower()) == len(source) else source
    at = 0
    begin = 0
    closing = 0
    while (at := source.find("<", at)) >= 0:
        if closing <= at:
            closing = source.find(">", at)
            if closing < 0:
                break
        match = tag_pattern.match(source, at)
        if match is None and tag_pattern is _TAG and (source[at + 1 : at + 2] or " ") in _LETTERS:
            tag_pattern = _PLAIN_TAG  # a quotation mark is never closed: read on without them
            match = tag_pattern.match(source, at)
        if match is None:
            stop = _skipped(source, at, missing)
            if stop is None:
                at += 1
                continue
            if begin < at:
                yield Text(begin, at)
            at = begin = stop
            continue
        if begin < at:
            yield Text(begin, at)
        name = match["name"].lower()
        tag = Tag(name, at, match.end(), match["rest"], bool(match["close"]))
        yield tag
        at = begin = tag.stop
        if name in _RAW and not tag.is_end and not tag.is_closed and name not in missing:
            end = lowered.find(f"</{name}", at)
            if end < 0:
                missing.add(name)
                continue
            if name == "title" and end > at:
                yield Text(at, end)
            at = begin = end
    if begin < len(source):
        yield Text(begin, len(source))


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/")


def _skipped(source: str, at: int, missing: set[str]) -> int | None:
    """Return where a comment, declaration or processing instruction ends that begins here."""
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">")):
        if source.startswith(opening, at):
            if closing in missing:
                return None
            end = source.find(closing, at + 2)
            if end < 0:
                missing.add(closing)
                return None
            return end + len(closing)
    return None
