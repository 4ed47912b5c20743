"""The lines of a plain text in groups, as blank lines part them, and how it breaks its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_BREAK = re.compile(r"\r\n|\r|\n")

LONGEST_WRAPPED = 100
"""Letters in a line that an editor or a mail program broke; longer ones are whole paragraphs."""

SHORTEST_WRAPPED = 45


class Line(NamedTuple):
    """A line that is not blank: its place in the file without the white space around it.

    `indent` is the number of white-space characters before it.
    """

    start: int
    stop: int
    indent: int

    @property
    def length(self) -> int:
        """How many letters the line has."""
        return self.stop - self.start


class Group(NamedTuple):
    """Lines without a blank one between them, and how many blank ones come before and after."""

    lines: tuple[Line, ...]
    before: int
    after: int

    @property
    def start(self) -> int:
        """Where the group begins in the file."""
        return self.lines[0].start

    @property
    def stop(self) -> int:
        """Where the group ends in the file."""
        return self.lines[-1].stop


def groups_of(source: str) -> list[Group]:
    """Return the groups of lines of a text; a text without blank lines has one group a line.

    That holds where lines are whole paragraphs; lines that were wrapped stay together.
    """
    groups = list(_groups(source))
    if len(groups) == 1 and not is_wrapped(groups):
        return [Group((line,), 1, 1) for line in groups[0].lines]
    return groups


def _groups(source: str) -> Iterator[Group]:
    lines: list[Line] = []
    before = blank = 0
    for line in _lines(source):
        if line is None:
            blank += 1
            continue
        if blank and lines:
            yield Group(tuple(lines), before, blank)
            lines = []
        if not lines:
            before = blank
        blank = 0
        lines.append(line)
    if lines:
        yield Group(tuple(lines), before, blank)


def _lines(source: str) -> Iterator[Line | None]:
    """Yield every line, None for a blank one."""
    at = 1 if source.startswith("\ufeff") else 0
    for match in _BREAK.finditer(source, at):
        yield _line(source, at, match.start())
        at = match.end()
    yield _line(source, at, len(source))


def _line(source: str, start: int, stop: int) -> Line | None:
    text = source[start:stop]
    stripped = text.strip()
    if not stripped:
        return None
    indent = len(text) - len(text.lstrip())
    return Line(start + indent, start + indent + len(stripped), indent)


def is_wrapped(groups: Sequence[Group]) -> bool:
    """Whether lines were broken at a width, so that a paragraph has many of them."""
    inner = [line.length for group in groups for line in group.lines[:-1]]
    long = sum(line.length > LONGEST_WRAPPED for group in groups for line in group.lines)
    if not inner or long * 50 > len(inner):
        return False
    return sum(SHORTEST_WRAPPED <= length <= LONGEST_WRAPPED for length in inner) * 10 >= 6 * len(
        inner
    )
