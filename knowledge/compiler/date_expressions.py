"""What is written: every expression of a text that names a day, a month, a year or longer.

`expressions(text)` finds them without concluding what is left out. One expression may name several
dates that share a year or a month: "between 17 and 30 August 1918", "3 March, 5 April and 1 May",
"from October 1944 to March 1945".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.compiler.calendar_styles import old_and_new, read_style
from knowledge.compiler.date_numbers import LATEST_YEAR, day_of, exists, month_of, year_of
from knowledge.compiler.date_parts import Expression, Join, Part, Turn, share_the_year
from knowledge.compiler.date_vocabulary import DAY, DAYS, ERA, MONTH, ORDINAL_WORD, ORDINALS, YEAR
from knowledge.compiler.feasts import FEAST, FIRST_WORDS, FIXED, MONTH_OF_EASTER, feast_of
from knowledge.compiler.month_names import is_month
from knowledge.compiler.relative_expressions import NOUNS, ordinal_at, relative_at
from knowledge.compiler.year_evidence import is_count, is_year
from knowledge.model import Precision

MOST_PARTS = 40
"""Longer lists of dates that share a year are tables or noise."""

_FEAST_WORDS = "|".join(sorted(word.capitalize() for word in FIRST_WORDS - {"april", "may"}))
_ANCHOR = re.compile(
    rf"\d+|\b(?:(?P<month>{MONTH})|(?P<noun>{NOUNS})\b|(?P<century>{ORDINAL_WORD})\b"
    rf"|(?P<feast>{_FEAST_WORDS})\b|A\.?D\.?(?=\s\d))"
)
_OF_YEAR = rf"(?:(?:,?\s(?:of\s|in\s)?(?:the\syear\s)?(?:of\s)?|\s?/\s?)(?P<year>{YEAR}))?"
_ISO = re.compile(
    rf"(\d{{4}})-(\d\d)-(\d\d)(?![\d-])|(\d{{4}}),?\s({MONTH})\s(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
)
_NUMERIC = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?!\d)")
_DAY_FIRST = re.compile(rf"(?P<days>{DAYS})(?:\s|-)(?:of\s)?(?P<month>{MONTH}){_OF_YEAR}")
_WORD_DAY_FIRST = re.compile(
    rf"(?P<day>{ORDINAL_WORD})\s(?:day\s)?of\s(?P<month>{MONTH}){_OF_YEAR}"
)
_MONTH_FIRST = re.compile(rf"(?P<month>{MONTH})\s(?:the\s)?(?P<days>{DAYS}){_OF_YEAR}")
_MONTH_YEAR = re.compile(rf"(?P<month>{MONTH}){_OF_YEAR}")
_FEAST_YEAR = re.compile(rf"{_OF_YEAR}")
_YEAR = re.compile(YEAR)
_DECADE = re.compile(r"(\d{3})0['’]?s\b")
_CENTURY_NUMBER = rf"(?:(\d{{1,2}})(?:st|nd|rd|th)|({ORDINAL_WORD}))"
_CENTURY = re.compile(rf"{_CENTURY_NUMBER}[-\s]centur(?:y|ies)\b(?:\s({ERA}))?")
_CENTURY_TO_ANOTHER = re.compile(
    rf"{_CENTURY_NUMBER}(?=(?:\s(?:and|or|to)\s(?:the\s|early\s|late\s)?|\s?[-–—]\s?)"
    rf"{_CENTURY_NUMBER}[-\s]centur(?:y|ies)\b)"
)
_SHORT_END = re.compile(
    rf"\s?[-–—−/]\s?(\d{{1,2}})(?!\d)(?!\s?[-–—]\s?\d|\s(?:of\s)?{MONTH})(?!st|nd|rd|th)"
)
_ONE_DAY = re.compile(DAY)
_RANGE_WORD = re.compile(r"[-–—−/]|\b(?:to|until|till|through)\b")
_GLUE = re.compile(
    r"\s?(?:(?P<range>[-–—−]|(?:,\s)?(?:up\s)?(?:to|until|till|through)\b)|(?P<and>,?\s?and\b|&)"
    r"|(?P<list>,|,?\s?or\b|/|,?\s?then\b))\s?"
    r"(?:(?:on|in|by|from)\s)?(?:again\s)?(?:(?:on|in|by|from)\s)?(?:the\s)?"
    r"(?:(?:early|late|mid|middle|end|beginning|start)[-\s](?:of\s)?(?:the\s)?)?"
)
_BETWEEN = re.compile(r"\b[Bb]etween\s(?:[\w-]+\s){0,4}$")
_TURN_BEHIND = re.compile(
    r",?\s(?:(?:of|in)\s)?(?:that|the)\s?(?P<way>same|very|following|next|previous|preceding|prior)?\s?year\b"
)
_TURN_BEFORE = re.compile(
    r"\b(?:[Tt]he|[Tt]hat|[Tt]his)?\s?\b(?P<way>[Ss]ame|[Ff]ollowing|[Nn]ext|[Pp]revious|[Pp]receding|[Ll]ast|[Tt]hat|[Tt]his)\s$"
)
_WAYS = {
    "following": Turn.NEXT,
    "next": Turn.NEXT,
    "previous": Turn.PREVIOUS,
    "preceding": Turn.PREVIOUS,
    "prior": Turn.PREVIOUS,
    "last": Turn.PREVIOUS,
}


def expressions(text: str, *, is_heading: bool = False) -> Iterator[Expression]:
    """Yield the expressions of a text in order; none overlaps another."""
    waiting: Expression | None = None
    for found in _atoms(text, is_heading=is_heading):
        if waiting is not None:
            if _join(waiting, found, text):
                continue
            yield share_the_year(waiting)
        waiting = found
    if waiting is not None:
        yield share_the_year(waiting)


def _atoms(text: str, *, is_heading: bool) -> Iterator[Expression]:
    """Yield what one pattern finds at a time; ranges over months or years come as two."""
    position = 0
    for anchor in _ANCHOR.finditer(text):
        start, stop = anchor.span()
        if start < position:
            continue
        kind = anchor.lastgroup
        found: Expression | None
        if kind is None:
            found = _at_digits(text, start, stop)
        elif kind == "noun":
            found = relative_at(text, start, stop)
            if found is not None and found.start < position:
                found = None
        elif kind == "month":
            found = _at_month(text, start, is_heading=is_heading)
        elif kind == "century":
            found = _at_ordinal(text, start)
        else:
            found = _at_feast(text, start)
        if found is None:
            continue
        if found.relative is None:
            found = read_style(found, text)
            _read_turn(found, text)
        position = found.stop
        yield found


def _at_digits(text: str, start: int, stop: int) -> Expression | None:
    length = stop - start
    if length > 4 or (start and not _may_begin(text, start)):
        return None
    if length == 4 and (match := _ISO.match(text, start)):
        month = int(match[2]) if match[2] else month_of(match[5])
        found = _day(match, int(match[1] or match[4]), month, int(match[3] or match[6]))
        if found is not None:
            found.year_first = True
            return found
    if length <= 2:
        if match := _DAY_FIRST.match(text, start):
            return _days(text, match)
        if match := _NUMERIC.match(text, start):
            first, second = int(match[1]), int(match[3])
            day, month = (second, first) if second > 12 >= first else (first, second)
            return _day(match, int(match[4]), month, day)
        return _century(text, start) or _year(text, start) or ordinal_at(text, start)
    if match := _DECADE.match(text, start):
        part = Part(start, match.end(), Precision.DECADE, int(match[1]) * 10, whole=True)
        return Expression([part]) if 100 <= int(match[1]) <= 205 else None
    return _year(text, start)


def _may_begin(text: str, start: int) -> bool:
    """Whether a number may begin a date here: not inside a word, a price or a decimal."""
    before = text[start - 1]
    if before.isalnum() or before in "#$£€_§№":
        return False
    return not (before in ".,/:" and start > 1 and text[start - 2].isdigit())


def _at_month(text: str, start: int, *, is_heading: bool) -> Expression | None:
    match = _MONTH_FIRST.match(text, start)
    if match is not None and (match["year"] or not is_count(text, match.end("days"))):
        return _days(text, match)
    if feast := FEAST.match(text, start):
        return _feast(text, start, feast)
    match = _MONTH_YEAR.match(text, start)
    if match is None:
        return None
    year = year_of(match["year"], text, match.end())
    name_stop = match.end("month")
    if (
        year is None
        and not _TURN_BEHIND.match(text, name_stop)
        and not is_month(text, start, name_stop, is_heading=is_heading)
    ):
        return None
    stop = match.end() if year is not None else name_stop
    month = month_of(match["month"])
    return Expression([Part(start, stop, Precision.MONTH, year, month, whole=year is not None)])


def _at_ordinal(text: str, start: int) -> Expression | None:
    match = _WORD_DAY_FIRST.match(text, start)
    if match is None:
        return _century(text, start)
    year = year_of(match["year"], text, match.end())
    stop = match.end() if year is not None else match.end("month")
    day, month = ORDINALS[match["day"]], month_of(match["month"])
    if not exists(year, month, day):
        return None
    part = Part(start, stop, Precision.DAY, year, month, day, whole=year is not None)
    return Expression([part])


def _at_feast(text: str, start: int) -> Expression | None:
    match = FEAST.match(text, start)
    return _feast(text, start, match) if match else _year(text, start)


def _feast(text: str, start: int, match: re.Match[str]) -> Expression | None:
    feast = feast_of(match[0])
    end = _FEAST_YEAR.match(text, match.end())
    year = year_of(end["year"], text, end.end()) if end else None
    stop = end.end() if end and year is not None else match.end()
    month, day = FIXED.get(feast, (MONTH_OF_EASTER, 0))
    if re.match(r"\s[A-Z]", text[stop : stop + 2]):
        return None
    part = Part(start, stop, Precision.DAY, year, month, day or None, whole=year is not None)
    part.feast = feast
    return Expression([part])


def _day(match: re.Match[str], year: int, month: int, day: int) -> Expression | None:
    if year > LATEST_YEAR or not exists(year, month, day):
        return None
    part = Part(match.start(), match.end(), Precision.DAY, year, month, day, whole=True)
    return Expression([part])


def _days(text: str, match: re.Match[str]) -> Expression | None:
    """Read one month and its days, such as "17 and 30 August 1918" or "April 6–7"."""
    days, month = match["days"], month_of(match["month"])
    days_start, name_start = match.start("days"), match.start("month")
    year = year_of(match["year"], text, match.end())
    stop = match.end() if year is not None else max(match.end("days"), match.end("month"))
    parts: list[Part] = []
    between = 0
    for found in _ONE_DAY.finditer(days):
        day = day_of(found[0])
        if not exists(year, month, day):
            return None
        join = Join.ALONE
        if parts:
            words = days[between : found.start()]
            is_range = _RANGE_WORD.search(words) or (
                "and" in words and _BETWEEN.search(text, max(0, days_start - 40), days_start)
            )
            join = Join.RANGE if is_range and day > (parts[-1].day or 0) else Join.LIST
        part_start = days_start + found.start()
        parts.append(
            Part(part_start, days_start + found.end(), Precision.DAY, year, month, day, join)
        )
        between = found.end()
    if not parts:
        return None
    if name_start < days_start:
        parts[0].start = name_start
    parts[-1].stop = stop
    parts[-1].whole = year is not None
    return Expression(old_and_new(parts, days))


def _year(text: str, start: int) -> Expression | None:
    match = _YEAR.match(text, start)
    if match is None:
        return None
    number, stop = match[0], match.end()
    if any(character.isupper() for character in number):
        year = year_of(number, text, stop)
        if year is None:
            return None
        return Expression([Part(start, stop, Precision.YEAR, year, whole=True)])
    slash = number.find("/")
    stop = start + slash if slash > 0 else stop
    year = int(text[start:stop])
    if year > LATEST_YEAR or not is_year(text, start, stop):
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
    return last if year < last <= year + 60 else None


def _century(text: str, start: int) -> Expression | None:
    match = _CENTURY.match(text, start)
    era = match[3] if match else None
    match = match or _CENTURY_TO_ANOTHER.match(text, start)
    if match is None:
        return None
    number = int(match[1]) if match[1] else ORDINALS.get(match[2], 0)
    if not 1 <= number <= 21:
        return None
    year = 1 - number * 100 if era and era.startswith("B") else (number - 1) * 100
    if era and era.startswith("B"):
        year = -(number * 100) + 1
    return Expression([Part(start, match.end(), Precision.CENTURY, year, whole=True)])


def _read_turn(found: Expression, text: str) -> None:
    """Read "of that year" behind a date, or "the following" before a month."""
    part = found.parts[-1]
    if part.year is not None or part.month is None:
        return
    if match := _TURN_BEHIND.match(text, part.stop):
        found.turn = _WAYS.get(match["way"] or "", Turn.SAME)
        part.stop = match.end()
        return
    if part.precision is Precision.MONTH:
        match = _TURN_BEFORE.search(text, max(0, part.start - 20), part.start)
        if match is not None:
            found.turn = _WAYS.get(match["way"].lower(), Turn.SAME)
            found.turn_of_month = True


def _join(before: Expression, after: Expression, text: str) -> bool:
    """Join two expressions that make one: a range over months, or a list that shares a year."""
    if before.year_first or after.year_first or len(before.parts) > MOST_PARTS:
        return False
    if before.relative or after.relative or before.turn:
        return False
    glue = _GLUE.fullmatch(text, before.stop, after.start)
    if glue is None:
        return False
    first, last = before.parts[-1], after.parts[0]
    is_range = glue["range"] is not None or (
        glue["and"] is not None and _BETWEEN.search(text, max(0, first.start - 40), first.start)
    )
    if first.precision is Precision.YEAR or last.precision is Precision.YEAR:
        if not is_range or first.year is None or last.year is None:
            return False
    elif not is_range and first.year is not None:
        return False
    if first.precision in _LONG or last.precision in _LONG:
        if not is_range:
            return False
    last.join = Join.RANGE if is_range else Join.LIST
    before.parts += after.parts
    before.turn = after.turn
    return True


_LONG = frozenset({Precision.DECADE, Precision.CENTURY})
