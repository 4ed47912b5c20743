"""Which lone lines of a plain text are headings.

Each needs two signs: a short line may also be a verse, a broken-off quotation or the end of a list,
and a false heading resets the story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.readers.outline import years_of_heading
from knowledge.readers.text_lines import Group
from knowledge.readers.zones import Zone, zone_of_heading

LONGEST_HEADING = 110
MOST_WORDS = 16
FEW_WORDS = 12
MOST_IN_A_ROW = 3
"""More lone lines in a row than that are verse, a menu or a list."""

SHORTEST_TEXT = 40
"""Letters of a line that ends a sentence, so that it can be the text under a heading."""

SIGNS_NEEDED = 2

_MARKED = re.compile(
    r"(?P<marks>={1,6})\s*(?P<heading>[^=\n]{1,200}?)\s*(?P=marks)(?:\s*\[edit\])?"
)
_HALF_MARKED = re.compile(r"=+ (?P<heading>[^=\n]{1,100})")
_EDIT_MARK = re.compile(r"\s*\[(?:edit|edit source|edit \| edit source)\]$", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\d{1,2}\.){1,4}(?:\d{1,2})? +(?=[A-Z])|[IVX]{1,6}\. +(?=[A-Z])")
_UNDERLINE = re.compile(r"={3,}|-{3,}|~{3,}|\*{3,}")
_BULLET = re.compile(r"[*•·‣◦#;:|>]|[-–—] ")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")
_UNFINISHED = (":", ",", ";", "–", "—", "-")

_USUAL = frozenset(
    name.strip()
    for name in """
    early life|career|life|death|legacy|background|aftermath|history|personal life|youth|childhood
    education|biography|family|reception|later life|later years|early years|marriage|reign|style
    geography|demographics|economy|culture|politics|origins|prelude|casualties|analysis|overview
    introduction|honours|honors|awards|criticism|influence|assassination|trial|exile|summary
    early life and education|life and career|death and legacy|etymology|plot|timeline|chronology
    battle|the battle|opposing forces|order of battle|members|retirement|consequences|causes
    """.replace("\n", "|").split("|")
    if name.strip()
)


class Heading(NamedTuple):
    """A heading's place in the file, and what the text says of its level.

    `level` counts from 1, the highest; none where nothing marks it. `is_part` says that it is
    marked as standing under the heading before it.
    """

    start: int
    stop: int
    level: int | None = None
    is_part: bool = False


def is_usual_heading(line: str) -> bool:
    """Whether a line has the words of a heading that many articles have."""
    return line.casefold().strip(" :") in _USUAL or zone_of_heading(line) is not Zone.BODY


def find_headings(source: str, groups: Sequence[Group], first: int) -> dict[int, Heading]:
    """Return the headings among groups of lines, by index; those before `first` are left out."""
    return _Finder(source, groups, first).headings()


class _Finder:
    def __init__(self, source: str, groups: Sequence[Group], first: int) -> None:
        self._source = source
        self._groups = groups
        self._first = first
        gaps = Counter(group.before for group in groups[1:] if _is_long(group))
        self._usual_gap = max(gaps, key=lambda gap: (gaps[gap], -gap), default=1)

    def headings(self) -> dict[int, Heading]:
        found: dict[int, Heading] = {}
        row: list[int] = []
        for position in range(self._first, len(self._groups)):
            heading = self._heading(position)
            if heading is None:
                row.clear()
                continue
            zone = zone_of_heading(self._source[heading.start : heading.stop])
            if heading.level or zone is not Zone.BODY:
                row.clear()
            elif len(row) <= MOST_IN_A_ROW:
                row.append(position)
            if len(row) <= MOST_IN_A_ROW:
                found[position] = heading
                continue
            for other in row:
                found.pop(other, None)
        return found

    def _heading(self, position: int) -> Heading | None:
        group = self._groups[position]
        line = group.lines[0]
        text = self._source[line.start : line.stop]
        if len(group.lines) == 2:
            mark = self._text(position, last=True)
            if _UNDERLINE.fullmatch(mark) and len(text) <= LONGEST_HEADING:
                return Heading(line.start, line.stop, 1 if mark[0] in "=*" else 2)
        if len(group.lines) > 1 or len(text) > 2 * LONGEST_HEADING:
            return None
        match = _MARKED.fullmatch(text)
        if match:
            return self._at(line.start, match, len(match["marks"]))
        match = _HALF_MARKED.fullmatch(text)
        if match and _can_be_heading(match["heading"]):
            return self._at(line.start, match, None)._replace(is_part=True)
        number = _NUMBER.match(text)
        begin = line.start + (number.end() if number else 0)
        edit = _EDIT_MARK.search(text)
        if edit:
            return Heading(begin, line.start + edit.start())
        is_heading = self._signs(position, text, number is not None) >= SIGNS_NEEDED
        return Heading(begin, line.stop) if is_heading else None

    def _at(self, start: int, match: re.Match[str], level: int | None) -> Heading:
        return Heading(start + match.start("heading"), start + match.end("heading"), level)

    def _signs(self, position: int, text: str, is_numbered: bool) -> int:
        """Count what speaks for a lone line's being a heading; 0 where something rules it out."""
        is_zone = zone_of_heading(text) is not Zone.BODY
        is_last = position + 1 == len(self._groups)
        if not _can_be_heading(text) or (is_last and not is_zone):
            return 0
        group = self._groups[position]
        stands_off = group.before > self._usual_gap
        before = self._text(position - 1, last=True) if position > self._first else ""
        if before.endswith(_UNFINISHED) and not (stands_off or is_zone):
            return 0
        after = "" if is_last else self._text(position + 1)
        is_text = len(after) >= SHORTEST_TEXT and _ENDS_SENTENCE.search(after) is not None
        is_long = not is_last and _is_long(self._groups[position + 1])
        leads = is_last or is_long or is_text or _can_be_heading(after)
        closes = not before or _ENDS_SENTENCE.search(before) or _can_be_heading(before)
        return (
            2 * is_zone
            + stands_off
            + is_numbered
            + is_usual_heading(text)
            + (years_of_heading(text) is not None)
            + (text.isupper() and len(text) > 3)
            + (leads and bool(closes) and len(text.split()) <= FEW_WORDS)
            + (leads and (group.before > 0 or position == self._first) and group.after > 0)
        )

    def _text(self, position: int, *, last: bool = False) -> str:
        line = self._groups[position].lines[-1 if last else 0]
        return self._source[line.start : line.stop]


def _is_long(group: Group) -> bool:
    return group.stop - group.start > LONGEST_HEADING


def _can_be_heading(text: str) -> bool:
    """Whether a line has the shape of a heading: short, capital first, no end of a sentence."""
    if len(text) > LONGEST_HEADING or len(text.split()) > MOST_WORDS:
        return False
    if _BULLET.match(text) or text.endswith((".", *_UNFINISHED)):
        return False
    first = next((character for character in text if character.isalnum()), "")
    return bool(first) and not first.islower() and text[0] not in ",.)]"
