"""What is written: every expression of a text that names a day, a month, a year or longer.

`expressions(text)` finds them without asking what is left out. One expression may name several
dates that share a year or a month: "between 17 and 30 August 1918", "3 March, 5 April and 1 May",
"from October 1944 to March 1945". Its parts are in the order of the text; `year` and `month` of a
part are what is written for it, by itself or by the others, and none where nothing says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from knowledge.calendars import Calendar, month_length
from knowledge.compiler.date_vocabulary import (
    BETWEEN_DAYS,
    DAY,
    DAYS,
    ERA,
    MONTH,
    MONTH_NUMBERS,
    ORDINAL_WORD,
    ORDINALS,
    YEAR,
)
from knowledge.compiler.year_evidence import is_count, is_year
from knowledge.model import Precision

LATEST_YEAR = 2100
"""Numbers above this are no years of history."""


class Join(IntEnum):
    """How a part of an expression hangs on the part before it."""

    ALONE = 0
    LIST = 1
    RANGE = 2


@dataclass(slots=True)
class Part:
    """One date of an expression: where it stands and what is written of it.

    `own_year` says that the year stands in this very part. `second` is the other calendar's form
    of the same day, as (year or none, month, day).
    """

    start: int
    stop: int
    precision: Precision
    year: int | None = None
    month: int | None = None
    day: int | None = None
    join: Join = Join.ALONE
    own_year: bool = False
    whole: bool = True
    calendar: Calendar = Calendar.GREGORIAN
    second: tuple[int | None, int, int] | None = None


@dataclass(slots=True)
class Expression:
    """Dates that are written together. `numeric` ones, year first, mark citations."""

    parts: list[Part] = field(default_factory=list)
    year_first: bool = False

    @property
    def start(self) -> int:
        """Where the first part begins."""
        return self.parts[0].start

    @property
    def stop(self) -> int:
        """Where the last part ends."""
        return self.parts[-1].stop


_ANCHOR = re.compile(
    rf"\d+|\b(?:{MONTH}|AD\b|A\.D\.|{ORDINAL_WORD}\b|centur(?:y|ies)\b)",
)
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?![\d-])|(\d{4}),?\s+" + f"({MONTH})" + r"\s+(\d{1,2})(?!\d)"
)
_NUMERIC = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?!\d)")
_DAY_FIRST = re.compile(
    rf"({DAYS})(?:\s|-)(?:of\s)?({MONTH})(?:(?:,?\s(?:of\s|in\s)?(?:the\syear\s)?|\s?/\s?)({YEAR}))?"
)
_WORD_DAY_FIRST = re.compile(
    rf"({ORDINAL_WORD})\s(?:day\s)?of\s({MONTH})(?:,?\s(?:of\s)?({YEAR}))?"
)
_MONTH_FIRST = re.compile(rf"({MONTH})\s(?:the\s)?({DAYS})(?:,?\s({YEAR}))?")
_MONTH_YEAR = re.compile(rf"({MONTH})(?:,?\s(?:of\s)?(?:the\syear\s)?({YEAR}))?")
_YEAR = re.compile(YEAR)
_DECADE = re.compile(r"(\d{3})0['’]?s\b")
_CENTURY = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)|({ORDINAL_WORD}))(?:[-\s]centur(?:y|ies)\b(?:\s({ERA}))?)"
)
_CENTURY_BEFORE_ANOTHER = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)|({ORDINAL_WORD}))(?=(?:\s(?:and|or|to)\s(?:the\s|early\s|late\s)*|[-–—])"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORD})[-\s]centur(?:y|ies)\b)"
)
_SHORT_END = re.compile(r"\s?[-–—−/]\s?(\d{1,2})(?![\d])(?!\s?(?:[-–—]\s?\d|" + MONTH + "))")
_ONE_DAY = re.compile(DAY)
_RANGE_WORD = re.compile(r"[-–—−]|/|\b(?:to|until|till|through)\b")
_GLUE = re.compile(
    r"\s?(?:(?P<range>[-–—−]|(?:,\s)?(?:up\s)?(?:to|until|till|through))|(?P<and>,?\sand|&)|(?P<list>,|,?\sor|/|,?\sthen))"
    r"\s?(?:(?:on|in|by|from)\s)?(?:the\s)?(?:(?:very\s)?(?:early|late|mid|middle|end|beginning|start)[-\s](?:of\s)?(?:the\s)?)?"
)
_BETWEEN = re.compile(r"\b[Bb]etween\s(?:\w+[-\s]){0,4}$")
_STYLE = (
    r"(?:(?P<{0}old>O\.?\s?S\.?(?![A-Za-z])|[Oo]ld[\s-][Ss]tyle|(?:(?:in|by|according\sto)\sthe\s)?(?:Julian|[Oo]ld)(?:\scalendar)?)"
    r"|(?P<{0}new>N\.?\s?S\.?(?![A-Za-z])|[Nn]ew[\s-][Ss]tyle|(?:(?:in|by|according\sto)\sthe\s)?(?:Gregorian|[Nn]ew)(?:\scalendar)?))"
)
_SECOND_FORM = re.compile(
    rf"\s?[\[(](?:{_STYLE.format('before')}[\s:,]*)?"
    rf"(?:(?P<day>{DAY})(?:\sof)?\s(?P<month>{MONTH})|(?P<month2>{MONTH})\s(?P<day2>{DAY}))"
    rf"(?:,?\s(?P<year>{YEAR}))?"
    rf"(?:,?\s{_STYLE.format('after')})?[\])](?:,?\s(?P<late>{YEAR}))?"
)
_EQUATED = re.compile(
    rf"\s?(?:[\[(]?{_STYLE.format('first')}[\])]?)?\s?[=/]\s?"
    rf"(?:(?P<day>{DAY})\s(?P<month>{MONTH})|(?P<month2>{MONTH})\s(?P<day2>{DAY}))"
    rf"(?:,?\s(?P<year>{YEAR}))?(?:,?\s[\[(]?{_STYLE.format('second')}[\])]?)?"
)
_STYLE_ALONE = re.compile(rf",?\s?[\[(]?{_STYLE.format('')}[\])]?(?:,?\s(?P<late>{YEAR}))?")
_NUMBER = re.compile(r"\d+")


def expressions(text: str) -> Iterator[Expression]:
    """Yield the expressions of a text in order; none overlaps another."""
    waiting: Expression | None = None
    for found in _atoms(text):
        if waiting is not None:
            if _joined(waiting, found, text):
                continue
            yield _shared(waiting)
        waiting = found
    if waiting is not None:
        yield _shared(waiting)


def _atoms(text: str) -> Iterator[Expression]:
    """Yield what one pattern finds at a time; ranges over months or years come as two."""
    position = 0
    for anchor in _ANCHOR.finditer(text):
        start = anchor.start()
        if start < position:
            continue
        found = (
            _at_digits(text, start, anchor.end())
            if text[start].isdigit()
            else _at_word(text, start)
        )
        if found is not None:
            found = _with_style(found, text)
            position = found.stop
            yield found


def _at_digits(text: str, start: int, stop: int) -> Expression | None:
    if start and (text[start - 1].isalnum() or text[start - 1] in "#$£€_§№"):
        return None
    if start > 1 and text[start - 1] in ".,/:" and text[start - 2].isdigit():
        return None
    length = stop - start
    if length > 4:
        return None
    if match := _ISO.match(text, start) if length == 4 else None:
        year, month, day, year2, name, day2 = match.groups()
        number = int(month) if month else MONTH_NUMBERS[_bare(name)]
        return _one(match, int(year or year2), number, int(day or day2), year_first=True)
    if length <= 2:
        if match := _DAY_FIRST.match(text, start):
            return _days(text, match, match.start(1), match[1], match[2], match.start(2), match[3])
        if match := _NUMERIC.match(text, start):
            first, second = int(match[1]), int(match[3])
            day, month = (second, first) if second > 12 >= first else (first, second)
            return _one(match, int(match[4]), month, day)
        return _century(text, start) or _year(text, start)
    if match := _DECADE.match(text, start):
        part = Part(start, match.end(), Precision.DECADE, int(match[1]) * 10, own_year=True)
        return Expression([part])
    return _year(text, start)


def _at_word(text: str, start: int) -> Expression | None:
    if match := _MONTH_FIRST.match(text, start):
        last = match.start(2) + len(match[2])
        if match[3] is not None or not is_count(text, last):
            return _days(text, match, match.start(2), match[2], match[1], start, match[3])
    if match := _MONTH_YEAR.match(text, start):
        return _month(text, match)
    if match := _WORD_DAY_FIRST.match(text, start):
        month = MONTH_NUMBERS[_bare(match[2])]
        year = _read_year(match[3], text, match.end())
        stop = match.end() if year is not None else match.end(2)
        day = ORDINALS[match[1]]
        if not _exists(year, month, day):
            return None
        return Expression(
            [Part(start, stop, Precision.DAY, year, month, day, own_year=year is not None)]
        )
    if text.startswith("A", start):
        return _year(text, start)
    return _century(text, start)


def _bare(name: str) -> str:
    return name.rstrip(".").lower()


def _one(
    match: re.Match[str], year: int, month: int, day: int, *, year_first: bool = False
) -> Expression | None:
    if not 1 <= month <= 12 or year > LATEST_YEAR or not _exists(year, month, day):
        return None
    part = Part(match.start(), match.end(), Precision.DAY, year, month, day, own_year=True)
    return Expression([part], year_first=year_first)


def _exists(year: int | None, month: int, day: int) -> bool:
    """Whether a calendar has the day; the older one has a 29 February more often."""
    return 1 <= day <= month_length(month, year, Calendar.JULIAN)


def _days(
    text: str,
    match: re.Match[str],
    days_start: int,
    days: str,
    name: str,
    name_start: int,
    written_year: str | None,
) -> Expression | None:
    """Read one month and its days, such as "17 and 30 August 1918" or "April 6–7"."""
    month = MONTH_NUMBERS[_bare(name)]
    year = _read_year(written_year, text, match.end()) if written_year else None
    stop = match.end() if year is not None else max(days_start + len(days), name_start + len(name))
    parts: list[Part] = []
    previous = 0
    for found in _ONE_DAY.finditer(days):
        number = int(_NUMBER.match(found[0])[0])  # type: ignore[index]
        if not _exists(year, month, number):
            return None
        join = Join.ALONE
        if parts:
            between = days[previous : found.start()]
            is_range = bool(_RANGE_WORD.search(between))
            if "and" in between and _BETWEEN.search(text, 0, days_start):
                is_range = True
            join = Join.RANGE if is_range and number > (parts[-1].day or 0) else Join.LIST
        begin = days_start + found.start()
        parts.append(
            Part(begin, days_start + found.end(), Precision.DAY, year, month, number, join)
        )
        previous = found.end()
    if not parts:
        return None
    for part in parts:
        part.own_year = year is not None
        part.whole = len(parts) == 1
    if name_start < days_start:
        parts[0].start = name_start
        parts[0].whole = True
        parts[-1].stop = stop
    else:
        parts[-1].stop = stop
        parts[-1].whole = True
    return Expression(_old_and_new(parts, days))


def _old_and_new(parts: list[Part], days: str) -> list[Part]:
    """Make one date of "12/24 April 1870": the same day in the old calendar and the new one."""
    if len(parts) == 2 and "/" in days:
        first, last = parts
        if first.day is not None and last.day is not None and 10 <= last.day - first.day <= 13:
            second = (last.year, last.month or 1, last.day)
            first.stop = last.stop
            first.calendar = Calendar.JULIAN
            first.second = second
            first.whole = True
            return [first]
    return parts


def _month(text: str, match: re.Match[str]) -> Expression | None:
    month = MONTH_NUMBERS[_bare(match[1])]
    year = _read_year(match[2], text, match.end()) if match[2] else None
    stop = match.end() if year is not None else match.end(1)
    if year is None and not _is_month(text, match.start(), match.end(1), match[1]):
        return None
    part = Part(match.start(), stop, Precision.MONTH, year, month, own_year=year is not None)
    return Expression([part])


_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|by|since|until|till|from|to|of|during|before|after|through|throughout|between|around|about|for"
    r"|early|late|mid|middle|last|next|following|previous|preceding|same|that|this|and|or|every|each|with|into|as\sof"
    r"|beginning|ending|late\sin|early\sin)\b|[-–—,(/])\s?$",
    re.IGNORECASE,
)
_THE_BEFORE = re.compile(r"\b[Tt]he\s(?:\w+\s)?$")
_AFTER_MONTH = re.compile(r"[\s,.;:)\]–—-]|$")
_NAME_NEXT = re.compile(r"[\s-]([A-ZÀ-Þ]\w+)")
_VERB_NEXT = re.compile(r"\s(?:saw|brought|was|also|and|to|passed|came|marked|witnessed)\b")
_NOUN_NEXT = re.compile(r"\s[a-z]")


def _is_month(text: str, start: int, stop: int, name: str) -> bool:
    """Whether a month's name without day and year is a month here: not May the verb or a name."""
    if len(_bare(name)) == 3 and name != "May":
        return False
    before = text[max(0, start - 24) : start]
    the = _THE_BEFORE.search(before)
    if the is not None and not _BEFORE_MONTH.search(before):
        return bool(_NOUN_NEXT.match(text, stop))
    if _BEFORE_MONTH.search(before):
        following = _NAME_NEXT.match(text, stop)
        if following is None:
            return True
        return name not in {"April", "May", "June", "August"} or not re.search(
            r"\b(?:and|or|of|with|for|to|from|by|after)\s$|,\s?$", before
        )
    at_start = not before.strip() or before.rstrip()[-1:] in ".!?"
    return at_start and bool(_VERB_NEXT.match(text, stop)) and name != "May"


_ERA_BEFORE = re.compile(r"A\.?\s?D\.?\s+")


def _read_year(written: str | None, text: str, stop: int) -> int | None:
    """Return the astronomical year that is written, or none where the number is no year."""
    if written is None:
        return None
    era = re.search(r"[A-Z]", written)
    number = _NUMBER.search(written)
    if number is None:
        return None
    year = int(number[0])
    if era is None:
        if year > LATEST_YEAR or (len(number[0]) == 4 and year < 1000) or is_count(text, stop):
            return None
        double = written.partition("/")[2]
        if double and int(double) == (year + 1) % 10 ** len(double):
            return year + 1
        return None if double else year
    return 1 - year if "B" in written and year else year


def _year(text: str, start: int) -> Expression | None:
    match = _YEAR.match(text, start)
    if match is None:
        return None
    era = re.search(r"[A-Z]", match[0])
    year = _read_year(match[0].partition("/")[0] if era is None else match[0], text, start)
    if year is None:
        year = _plain_number(match[0])
    if year is None or year > LATEST_YEAR:
        return None
    stop = match.end()
    if era is None:
        slash = match[0].find("/")
        stop = start + slash if slash > 0 else stop
        if not is_year(text, start, stop):
            return None
    part = Part(start, stop, Precision.YEAR, year, own_year=True)
    parts = [part]
    if era is None and (end := _SHORT_END.match(text, stop)):
        last = _completed(year, end[1])
        if last is not None:
            parts.append(
                Part(
                    end.start(1),
                    end.end(1),
                    Precision.YEAR,
                    last,
                    None,
                    None,
                    Join.RANGE,
                    True,
                    False,
                )
            )
    return Expression(parts)


def _plain_number(written: str) -> int | None:
    number = _NUMBER.match(written)
    return int(number[0]) if number else None


def _completed(year: int, digits: str) -> int | None:
    """Return the year that two digits or one mean behind a year: 18 behind 1914 is 1918."""
    size = 10 ** len(digits)
    last = year - year % size + int(digits)
    if last <= year and len(digits) == 2:
        last += size
    return last if year < last <= year + 60 else None


def _century(text: str, start: int) -> Expression | None:
    match = _CENTURY.match(text, start)
    other = None if match else _CENTURY_BEFORE_ANOTHER.match(text, start)
    found = match or other
    if found is None:
        return None
    number = int(found[1]) if found[1] else ORDINALS.get(found[2], 0)
    if not 1 <= number <= 21:
        return None
    era = match[3] if match is not None else None
    year = -(number * 100 - 1) if era and era.startswith("B") else (number - 1) * 100
    return Expression([Part(start, found.end(), Precision.CENTURY, year, own_year=True)])


def _with_style(found: Expression, text: str) -> Expression:
    """Read what follows a day about the calendar: "[O.S. 28 June] 1856", "(O.S.)"."""
    part = found.parts[-1]
    if part.precision is not Precision.DAY or part.second is not None:
        return found
    following = text[part.stop : part.stop + 2].lstrip()[:1]
    if following and following in "[(ONon=/,JG":
        _read_second_form(part, text) or _read_equated(part, text) or _read_style(part, text)
    return found


def _read_second_form(part: Part, text: str) -> bool:
    match = _SECOND_FORM.match(text, part.stop)
    if match is None:
        return False
    marks = [match[name] for name in ("beforeold", "afterold", "beforenew", "afternew")]
    if not any(marks):
        return False
    second_is_old = bool(match["beforeold"] or match["afterold"])
    _take_second(part, match, text, first_is_old=not second_is_old)
    return True


def _read_equated(part: Part, text: str) -> bool:
    match = _EQUATED.match(text, part.stop)
    if match is None:
        return False
    marked = any(match[n] for n in ("firstold", "firstnew", "secondold", "secondnew"))
    if not marked and "=" not in match[0] and not _ten_days_apart(part, match):
        return False
    first_is_old = not (match["firstnew"] or match["secondold"])
    _take_second(part, match, text, first_is_old=first_is_old)
    return True


def _ten_days_apart(part: Part, match: re.Match[str]) -> bool:
    day = int(_NUMBER.match(match["day"] or match["day2"])[0])  # type: ignore[index]
    month = MONTH_NUMBERS[_bare(match["month"] or match["month2"])]
    if part.month is None or part.day is None:
        return False
    apart = (month - part.month) % 12 * 30 + day - part.day
    return 9 <= apart <= 14


def _take_second(part: Part, match: re.Match[str], text: str, *, first_is_old: bool) -> None:
    day = int(_NUMBER.match(match["day"] or match["day2"])[0])  # type: ignore[index]
    month = MONTH_NUMBERS[_bare(match["month"] or match["month2"])]
    year = _read_year(match["year"], text, match.end("year")) if match["year"] else None
    late = match.groupdict().get("late")
    if late:
        late_year = _read_year(late, text, match.end())
        if part.year is None:
            part.year, part.own_year = late_year, late_year is not None
    if part.year is None and year is not None:
        part.year, part.own_year = _year_of_first(part, year, month), True
    part.second = (year, month, day)
    part.calendar = Calendar.JULIAN if first_is_old else Calendar.GREGORIAN
    part.stop = match.end()


def _year_of_first(part: Part, year: int, month: int) -> int:
    if part.month == 12 and month == 1:
        return year - 1
    return year + 1 if part.month == 1 and month == 12 else year


def _read_style(part: Part, text: str) -> bool:
    match = _STYLE_ALONE.match(text, part.stop)
    if match is None:
        return False
    word = match["old"] or match["new"]
    if word in {"Old", "New", "old", "new", "Julian", "Gregorian"}:
        return False
    if match["old"]:
        part.calendar = Calendar.JULIAN
    if match["late"] and part.year is None:
        part.year = _read_year(match["late"], text, match.end())
        part.own_year = part.year is not None
        part.stop = match.end()
    else:
        part.stop = match.start("late") if match["late"] else match.end()
        part.stop = part.stop if not match["late"] else match.end("old" if match["old"] else "new")
    return True


def _joined(before: Expression, after: Expression, text: str) -> bool:
    """Join two expressions that make one: a range over months, or a list that shares a year."""
    if before.year_first or after.year_first or len(before.parts) > 12:
        return False
    glue = _GLUE.fullmatch(text, before.stop, after.start)
    if glue is None:
        return False
    first, last = before.parts[-1], after.parts[0]
    if glue["range"]:
        join = Join.RANGE
    elif glue["and"] and _BETWEEN.search(text[max(0, first.start - 60) : first.start]):
        join = Join.RANGE
    else:
        join = Join.LIST
    if join is Join.LIST and (last.year is not None) == (first.year is not None) and last.year:
        return False
    if join is Join.LIST and (
        first.precision is Precision.YEAR or last.precision is Precision.YEAR
    ):
        return False
    if join is Join.RANGE and first.precision is Precision.YEAR and last.year is None:
        return False
    if join is Join.RANGE and last.precision is Precision.YEAR and first.year is None:
        return False
    last.join = join
    before.parts += after.parts
    return True


def _shared(found: Expression) -> Expression:
    """Give the parts of an expression the year that stands once, before or behind them."""
    parts = found.parts
    if len(parts) == 1:
        return found
    for index in range(len(parts) - 2, -1, -1):
        part, following = parts[index], parts[index + 1]
        if part.year is None and following.year is not None and part.month is not None:
            part.year = following.year - _turns(part, following)
    for index in range(1, len(parts)):
        part, before = parts[index], parts[index - 1]
        if part.year is None and before.year is not None and part.month is not None:
            part.year = before.year + _turns(before, part)
    return found


def _turns(first: Part, last: Part) -> int:
    """Return how many turns of the year lie between two parts that share one: 0 or 1."""
    if first.month is None or last.month is None:
        return 0
    if last.join is Join.RANGE:
        backwards = (first.month, first.day or 0) > (last.month, last.day or 31)
    else:
        backwards = first.month - last.month > 6
    return 1 if backwards else 0


turns_of_the_year = _turns
