"""An article as plain text: of a mirror, of an editor, of another program's extract.

Headings are lone lines (or "== marked ==" ones), paragraphs are lines or groups of lines. Remains
of wiki markup are taken away, and so are a mirror's menu at the top and the categories at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.readers.article import Article, Block, Role
from knowledge.readers.block_text import BlockText
from knowledge.readers.citations import is_footnote
from knowledge.readers.leaked_citations import LONGEST_BROKEN_LINE, Leak, leaked_citations
from knowledge.readers.outline import GuessedOutline, LevelledOutline
from knowledge.readers.page_frame import tail_start, title_and_body
from knowledge.readers.plain_headings import Heading, find_headings
from knowledge.readers.prose_cleaning import Cleaner
from knowledge.readers.text_lines import Group, Line, groups_of, is_wrapped
from knowledge.readers.zones import Zone, role_in_section, zone_of_heading

_BULLET = re.compile(r"(?:[*•·‣◦]+|[-–—](?= ))[ \t]*|\d{1,3}[.)] +(?=\S)")
_INLINE_BULLET = re.compile(r"(?<=\s)[*•]{1,3}(?=\s)|(?<=\s);(?=\s[A-Z])")
_HALF_MARK = re.compile(r"=+ (?=\S)")
_YEAR = re.compile(r"[12]\d{3}(?!\d|,\d)(?<!\d\d{4})(?<!\d[.,]\d{4})")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")

SHORT_LAST_LINE = 40
"""Letters; a wrapped line that is shorter and ends a sentence ends its paragraph."""


def read_plain_text(source: str, title: str = "") -> Article:
    """Return the article in a text; `title` is its name where the text doesn't give one.

    `source` is the whole file as decoded, line ends and BOM untouched: offsets count its letters.
    """
    return _PlainText(source, title).article()


class _PlainText:
    def __init__(self, source: str, title: str) -> None:
        self._source = source
        self._tail = tail_start(source)
        self._groups = groups_of(source[: self._tail])
        self._wrapped = is_wrapped(self._groups)
        found, self._first = title_and_body(source, self._groups)
        self._title = found or title
        self._headings = find_headings(source, self._groups, self._first)
        self._guessed = GuessedOutline()
        self._levels = LevelledOutline()
        self._is_levelled = any(heading.level for heading in self._headings.values())
        self._clean = Cleaner(source)
        self._blocks: list[Block] = []

    def article(self) -> Article:
        for position in range(self._first, len(self._groups)):
            heading = self._headings.get(position)
            if heading:
                self._add_heading(position, heading)
            else:
                self._add_text(self._groups[position])
        text = BlockText(self._source)
        text.copy(self._tail, len(self._source))
        self._add(text, Role.REFERENCE)
        return Article(self._title, tuple(self._blocks))

    @property
    def _path(self) -> tuple[str, ...]:
        return self._levels.path if self._is_levelled else self._guessed.path

    def _add(self, text: BlockText, role: Role) -> None:
        block = text.block(role, self._path)
        if block:
            self._blocks.append(block)

    def _add_heading(self, position: int, heading: Heading) -> None:
        gathered = self._clean.gather(heading.start, heading.stop)
        name = gathered.text()
        if self._is_levelled:
            self._levels.enter(heading.level or 2, name)
        elif heading.is_part:
            self._guessed.enter_part(name)
        else:
            has_parts = self._is_of_the_story(position) and self._is_of_the_story(position + 1)
            text_years = self._years_under(position)
            self._guessed.enter(name, has_parts=has_parts, text_years=text_years)
        self._add(gathered, Role.HEADING)

    def _is_of_the_story(self, position: int) -> bool:
        """Whether a group is a heading, and not one of the appendices."""
        heading = self._headings.get(position)
        if heading is None or heading.is_part:
            return False
        return zone_of_heading(self._source[heading.start : heading.stop]) is Zone.BODY

    def _years_under(self, position: int) -> list[int]:
        """Return the years that are written in a section, in their order."""
        years: list[int] = []
        for following in range(position + 1, len(self._groups)):
            if following in self._headings:
                break
            group = self._groups[following]
            years += map(int, _YEAR.findall(self._source, group.start, group.stop))
        return years

    def _add_text(self, group: Group) -> None:
        for lines in self._paragraphs(group):
            start, stop = lines[0].start, lines[-1].stop
            mark = _HALF_MARK.match(self._source, start, stop)
            begin = mark.end() if mark else start
            if _BULLET.match(self._source, begin, stop):
                self._add_items(begin, stop)
            else:
                self._add_prose(begin, lines)

    def _paragraphs(self, group: Group) -> Iterator[list[Line]]:
        """Yield the lines that are one paragraph or one item of a list each."""
        lines = [group.lines[0]]
        for line in group.lines[1:]:
            if self._parts(lines[-1], line):
                yield lines
                lines = []
            lines.append(line)
        yield lines

    def _parts(self, last: Line, line: Line) -> bool:
        """Whether a paragraph ends between two lines that no blank one parts."""
        if _BULLET.match(self._source, line.start, line.stop):
            return True
        first = self._source[line.start]
        if first.islower() or first in ",;.)]":
            return False
        ended = _SENTENCE_END.search(self._source, max(last.start, last.stop - 5), last.stop)
        if self._wrapped:
            indented = line.indent >= 2 and last.indent == 0
            return ended is not None and (indented or last.length < SHORT_LAST_LINE)
        is_broken = min(last.length, line.length) < LONGEST_BROKEN_LINE
        return ended is not None and not (is_broken and self._clean.is_mirrored)

    def _add_items(self, start: int, stop: int) -> None:
        """Add the items of a list, also those that a mirror put on one line."""
        at = start
        for match in _INLINE_BULLET.finditer(self._source, start + 1, stop):
            self._add_item(at, match.start())
            at = match.start()
        self._add_item(at, stop)

    def _add_item(self, start: int, stop: int) -> None:
        bullet = _BULLET.match(self._source, start, stop)
        begin = bullet.end() if bullet else start
        text = self._clean.gather(begin, stop)
        self._add(text, role_in_section(Role.LIST, self._path, text.text))

    def _add_prose(self, start: int, lines: Sequence[Line]) -> None:
        """Add a paragraph, and the citations that leaked into it after it."""
        stop = lines[-1].stop
        leaks: list[Leak] = []
        if not self._wrapped:
            leaks = leaked_citations(self._source, [(line.start, line.stop) for line in lines])
        text = self._clean.gather(start, stop, leaks)
        role = role_in_section(Role.PROSE, self._path, text.text)
        is_note = role is Role.PROSE and is_footnote(text.text())
        self._add(text, Role.NOTE if is_note else role)
        for leak in leaks:
            self._add(self._clean.gather(*leak), Role.NOTE)
