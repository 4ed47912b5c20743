"""Citations that leaked into the prose of a mirror's text.

Where a page had a footnote, some mirrors print its text without a space behind the sentence, and
break the line around the links in it:

    ... was burnt down.Brandt, Otto (1977) ''A Town on Two Rivers'' Graz: Styria. It was rebuilt ...
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from knowledge.readers.citations import looks_like_citation

LONGEST_BROKEN_LINE = 100
"""Letters; a shorter line within a paragraph is the words of a link that the mirror set apart."""

LONGEST_TAIL = 220
"""Letters at the end of a line in which a citation may begin that goes on in the next one."""

MOST_SEGMENTS = 8

_GLUE = re.compile(
    r"[.!?,;:\"”](?:(?<=[\w\"”'’)\]%].)(?=[\"“]?[A-Z][\w'’]|''[A-Z\"“])"
    r"|(?<=[.!?]['\"”])(?=\"[A-Z])|(?<=\",)(?=[a-z]))"
)
"""A sentence's end, or a comma, with the next words right behind it."""

_ABBREVIATION = re.compile(r"(?:^|[\s(\"])(?:[A-Z][\w]{0,2}|[a-z]{1,2})\.$|\b\w\.\w?\.?$")
_CAMEL = re.compile(r"(?<=[a-z]{4})(?=[A-Z][a-z])|(?<=''[A-Z])(?=$)|(?<='')(?=Chapter)")
_LEAD = re.compile(
    r"(?P<author>[^'\"“\n]{0,120}(?:['’]s )?)"
    r"(?:''[^'\n]{2,200}(?:'[^'\n]{1,100}){0,3}''|[\"“][^\"”\n]{2,200}[\"”])"
)
_AUTHOR_AND_YEAR = re.compile(
    r"[A-Z][\w'’-]+,? (?:[A-Z][\w'’.-]*,? ){0,4}(?:(?:and|&) [A-Z][\w'’-]+ ){0,2}"
    r"\(?\d{4}[a-z]?\)?"
)
_SEGMENT = re.compile(
    r"[ .,;:]{0,3}(?:"
    r"\([^()\n]{2,80}\)"
    r"|(?:pp?|vol|no|ch|chapter|part|issue)s?\.? ?[\dIVXLivxl]+(?:[–-]\d+)?"
    r"(?:, ?\d+(?:[–-]\d+)?){0,6}"
    r"|(?:[A-Z][\w&'’.-]*(?:, | & |/| )){0,5}[A-Z][\w&'’-]*: [A-Z][\w&'’-]*"
    r"(?: (?:[A-Z][\w&'’-]*|&)){0,3}"
    r"|(?!(?:In|On|By|From|Since|After|Before|Until|During|At|As)\b)"
    r"(?:[A-Z][\w&'’.-]*(?:, |/| )){1,8}\d{4}"
    r"|(?:\d{1,2} [A-Z][a-z]{2,8} )?\d{4}(?!\d)"
    r"|(?:Retrieved|retrieved|accessed|Accessed|Archived)(?: (?:on|from))?(?: [\w,]+){1,4}"
    r")"
)
_RESUMES = re.compile(r"\.?(?= +[A-Z\"“(']|\s*$)")


class Leak(NamedTuple):
    """A leaked citation's place in the file."""

    start: int
    stop: int


def leaked_citations(source: str, lines: Sequence[tuple[int, int]]) -> list[Leak]:
    """Return the leaked citations in a paragraph whose lines stand at these offsets, in order."""
    found: list[Leak] = []
    for leak in sorted([*_on_broken_lines(source, lines), *_within_lines(source, lines)]):
        if found and leak.start < found[-1].stop:
            found[-1] = Leak(found[-1].start, max(leak.stop, found[-1].stop))
        else:
            found.append(leak)
    return found


def _on_broken_lines(source: str, lines: Sequence[tuple[int, int]]) -> Iterator[Leak]:
    """Find the citations that go from the end of one line over short ones."""
    index = 1
    while index < len(lines):
        first = index
        while index < len(lines) and lines[index][1] - lines[index][0] < LONGEST_BROKEN_LINE:
            index += 1
        if index > first:
            begin = _tail_glue(source, *lines[first - 1])
            stop = lines[index - 1][1]
            if begin is not None:
                yield Leak(begin, stop)
            elif looks_like_citation(source[lines[first][0] : stop]):
                yield Leak(lines[first][0], stop)
        index += 1


def _tail_glue(source: str, start: int, stop: int) -> int | None:
    """Return where a citation begins near the end of a line."""
    begin = max(start, stop - LONGEST_TAIL)
    for match in _GLUE.finditer(source, begin, stop):
        if not _is_abbreviated(source, match.end()):
            return match.end()
    camel = None
    for match in _CAMEL.finditer(source, max(start, stop - LONGEST_TAIL // 4), stop):
        camel = match.start()
    return camel


def _within_lines(source: str, lines: Sequence[tuple[int, int]]) -> Iterator[Leak]:
    for start, stop in lines:
        at = start
        for match in _GLUE.finditer(source, start, stop):
            begin = match.end()
            if begin < at or _is_abbreviated(source, begin):
                continue
            end = _citation_end(source, begin, stop)
            if end is not None:
                yield Leak(begin, end)
                at = end


def _citation_end(source: str, start: int, stop: int) -> int | None:
    """Return where the citation ends that begins at `start`; nothing where none does."""
    lead = _LEAD.match(source, start, stop)
    match = lead or _AUTHOR_AND_YEAR.match(source, start, stop)
    if match is None:
        return None
    if lead and re.search(r"[.!?] +[A-Z][a-z]+ [a-z]", lead["author"]):
        return None
    end = match.end()
    segments = 0
    while segments < MOST_SEGMENTS:
        segment = _SEGMENT.match(source, end, stop)
        if segment is None:
            break
        end = segment.end()
        segments += 1
    resumes = _RESUMES.match(source, end, stop)
    if resumes:
        return resumes.end() if segments or lead else None
    is_aside = source[start - 1] == "," and lead is not None and bool(lead["author"].strip())
    return end if is_aside else None


def _is_abbreviated(source: str, at: int) -> bool:
    """Whether the full stop before `at` belongs to an abbreviation or initial."""
    return _ABBREVIATION.search(source, max(0, at - 8), at) is not None
