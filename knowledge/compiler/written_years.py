"""Years, decades and centuries as they are written."""

from __future__ import annotations

import re

from knowledge.compiler.date_numbers import LATEST_YEAR, year_of
from knowledge.compiler.date_parts import Expression, Join, Part
from knowledge.compiler.date_vocabulary import DECADES, ERA, MONTH, ORDINAL_WORD, ORDINALS, YEAR
from knowledge.compiler.written_bc_years import bare_bc_year_at, bc_ahead, bc_span_at, is_near_bc
from knowledge.compiler.year_evidence import is_year
from knowledge.model import Precision

LONGEST_SHORT_SPAN = 60
"""Years that "1914–18" may span; longer ones are written with the century."""

_YEAR = re.compile(YEAR)
_DECADE = re.compile(r"(\d{3})0['’]?s\b")
_SHORT_DECADE = re.compile(r"['’‘](\d)0s\b")
_CENTURY_NUMBER = rf"(?:(\d{{1,2}})(?:st|nd|rd|th)|({ORDINAL_WORD}))"
_CENTURY = re.compile(rf"{_CENTURY_NUMBER}[-\s][Cc]entur(?:y|ies)\b(?:\s({ERA}))?")
_CENTURY_TO_ANOTHER = re.compile(
    rf"{_CENTURY_NUMBER}(?=(?:\s(?:and|or|to)\s(?:the\s|early\s|late\s)?|\s?[-–—]\s?)"
    rf"{_CENTURY_NUMBER}[-\s][Cc]entur(?:y|ies)\b)"
)
_ONE_CENTURY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORD})"
_BEFORE_CENTURY = re.compile(
    rf"(?:\b(?P<first>{_ONE_CENTURY})(?P<glue>\s(?:and|or|to)\s|\s?[-–—]\s?)"
    rf"(?:the\s)?(?:early\s|late\s|mid-)?)?(?<![\w])(?P<last>{_ONE_CENTURY})[-\s]$"
)
_RANGES = frozenset({"to", "-", "–", "—"})
_SHORT_END = re.compile(
    rf"\s?[-–—−/]\s?(\d{{1,2}})(?!\d)(?!\s?[-–—]\s?\d|\s(?:of\s)?{MONTH})(?!st|nd|rd|th)"
)


def year_at(
    text: str, start: int, *, is_heading: bool = False, bc: int | None = None
) -> Expression | None:
    """Read a year at `start`, alone or with the end of its span: "1917", "1914–18", "58–50 BC".

    `bc` is the year BC that was written before: a bare one of about its number is another.
    """
    if span := bc_span_at(text, start):
        return span
    if bc is None and not text[start : start + 4].isdigit():
        bc = bc_ahead(text, start)
    match = _YEAR.match(text, start)
    if match is None:
        return bare_bc_year_at(text, start, bc, is_heading=is_heading) if bc is not None else None
    number, stop = match[0], match.end()
    if any(character.isupper() for character in number):
        year = year_of(number, text, stop)
        if year is None:
            return None
        return Expression([Part(start, stop, Precision.YEAR, year, whole=True)])
    slash = number.find("/")
    stop = start + slash if slash > 0 else stop
    year = int(text[start:stop])
    if bc is not None and is_near_bc(year, bc):
        return bare_bc_year_at(text, start, bc, is_heading=is_heading)
    if year > LATEST_YEAR or not is_year(text, start, stop, is_heading=is_heading):
        return None
    parts = [Part(start, stop, Precision.YEAR, year, whole=True)]
    end = _SHORT_END.match(text, stop)
    last = _completed(year, end[1]) if end else None
    if end and last is not None:
        parts.append(Part(end.start(1), end.end(1), Precision.YEAR, last, join=Join.RANGE))
    return Expression(parts)


def _completed(year: int, digits: str) -> int | None:
    """Return the year that one or two digits mean behind a year: 18 behind 1914 is 1918."""
    size = int(10 ** len(digits))
    last = year - year % size + int(digits)
    if last <= year and len(digits) == 2:
        last += size
    return last if year < last <= year + LONGEST_SHORT_SPAN else None


def decade_at(text: str, start: int) -> Expression | None:
    """Read "1890s" at `start`."""
    match = _DECADE.match(text, start)
    if match is None or int(match[1]) * 10 > LATEST_YEAR or int(match[1]) < 10:
        return None
    return Expression([Part(start, match.end(), Precision.DECADE, int(match[1]) * 10, whole=True)])


def short_decade_at(text: str, start: int) -> Expression | None:
    """Read "'60s" at its apostrophe, or "the thirties" at the word; its century is not written.

    The part's `day` is 0 and its `month` the decade within the century, 0 to 90.
    """
    if match := _SHORT_DECADE.match(text, start):
        return Expression([Part(start, match.end(), Precision.DECADE, within=int(match[1]) * 10)])
    word = re.compile(r"[a-z]+").match(text, start)
    if word is None or word[0] not in DECADES:
        return None
    if not re.search(r"\b[Tt]he\s(?:early\s|late\s|mid-)?$", text[max(0, start - 12) : start]):
        return None
    return Expression([Part(start, word.end(), Precision.DECADE, within=DECADES[word[0]])])


def before_century(text: str, start: int) -> Expression | None:
    """Read the century whose noun begins at `start`, and another that shares the noun."""
    begin = max(0, start - 60)
    match = _BEFORE_CENTURY.search(text, begin, start)
    if match is None:
        return None
    found = century_at(text, match.start("last"))
    other = century_at(text, match.start("first")) if found and match["first"] else None
    if found is None or other is None:
        return found
    found.parts[0].join = Join.RANGE if match["glue"].strip() in _RANGES else Join.LIST
    return Expression(other.parts + found.parts)


def century_at(text: str, start: int) -> Expression | None:
    """Read "18th century" at `start`, or "17th" where "and 18th centuries" follows."""
    match = _CENTURY.match(text, start)
    era = match[3] if match else None
    match = match or _CENTURY_TO_ANOTHER.match(text, start)
    if match is None:
        return None
    number = int(match[1]) if match[1] else ORDINALS.get(match[2].lower(), 0)
    if not 1 <= number <= 21:
        return None
    year = 1 - number * 100 if era and era.startswith("B") else (number - 1) * 100
    return Expression([Part(start, match.end(), Precision.CENTURY, year, whole=True)])
