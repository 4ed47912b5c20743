"""Expressions that hang on another date: "the next day", "two years later", "that month"."""

from __future__ import annotations

import re

from knowledge.compiler.date_parts import NIGHT, Expression, Part, Relative, Unit
from knowledge.compiler.date_vocabulary import COUNTS, MONTH, WEEKDAYS
from knowledge.compiler.ordinal_days import nth_day_at
from knowledge.compiler.seasons import SEASONS, season_at
from knowledge.model import Precision

MOST_COUNTED = {Unit.DAY: 15, Unit.WEEK: 3, Unit.MONTH: 23, Unit.YEAR: 30}
"""Longer counts, such as "40 days later", are told roughly more often than exactly."""

_LOOK_BACK = 40
_COUNT_WORDS = "|".join(sorted(COUNTS, key=len, reverse=True))
_COUNTED = re.compile(
    rf"\b(?P<exact>(?:exactly|precisely|to\sthe\sday)\s)?(?P<count>\d{{1,2}}|{_COUNT_WORDS})\s$",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?P<to_the_day>,?\sto\sthe\sday,?)?"
    r"\s(?P<way>later|afterwards?|earlier|previously|before|after|prior)\b(?!\sthan\b)"
    r"(?P<exact>,?\s(?:to\sthe\sday|exactly)\b)?"
    r"(?P<event>\s(?!(?:to|and|but|or|at|in|on|by|for|with|near|from)\b|that(?:[.,;]|$))[^.;,]{3,80}"
    r"(?:,\swhich\s[^.;,]{3,50})?)?"
)
_PICKED = re.compile(
    r"\b(?P<picked>(?:the|that|this|on)\s(?:very\s)?(?:same|next|following|previous|preceding|ensuing"
    r"|prior)|(?:that|this)(?:\svery)?|next)\s$",
    re.IGNORECASE,
)
_THE = re.compile(r"\bthe\s$", re.IGNORECASE)
_TO_THE = re.compile(r"\bto\sthe\s$")
"""In "forty years to the day after" no day after another is meant."""

_ON_THE = re.compile(r"\bon\sthe\s$", re.IGNORECASE)
_NTH_DAY_OF = re.compile(r",\sthe\s(?:[a-z]+(?:-[a-z]+)?|\d{1,2}(?:st|nd|rd|th))\s$")
_AFTER = re.compile(
    r"\s(?P<way>after|before)\b(?P<event>\s(?!(?:to|and|but|or)\b)[^.;,]{3,80}(?:,\swhich\s[^.;,]{3,50})?)?"
)
_ENDS = re.compile(r"\s?(?:[,.;:)]|$)")
_ENDS_BEHIND = re.compile(r"\s(?:before|after)(?:[,.;:)]|$)")
_MAIN_CLAUSE = re.compile(r"\s[^.,;:]{10,120},\s(?:and|but)\b")
"""Behind "The year after": no clause that hangs on it, since another goes on by "and"."""

_IN_THE_YEAR = re.compile(
    r"\b(?<!for the )(?:early|earlier|late|later|latter\spart|end|beginning|start|middle|rest"
    r"|remainder|half|close|course)\s(?:in\s|of\s|on\s)?(?:the|that|this)(?:\s(?:same|very))?\s$",
    re.IGNORECASE,
)
_PREVIOUS = frozenset({"previous", "preceding", "prior"})
_NEXT = frozenset({"next", "following", "ensuing"})
_PREPOSITIONS = frozenset({"on", "by", "until", "till"})
_DAY_NOUNS = frozenset({"day", "night", "evening", "morning", "afternoon"})
_NO_POINT = re.compile(
    r"\s(?:in\s(?:which|the\s\w+\sseason)\b|of\s(?:the|his|her|their)\s)"
    r"|['’]s?\s(?:march|journey|work|pay|sail|ride|walk)\b|[-–](?:long|old|time|to)\b"
)
_EVERY_YEAR = re.compile(r"\b(?:each|every)\syear,?\s(?:on\s)?$", re.IGNORECASE)
_SAME_AS = re.compile(r"\s(?:as|when|that)\b")
_WHEN = re.compile(r"\swhen\b")
_ROMAN_DAYS = (" before the Ides of", " before the Nones of", " before the Kalends of")
_EXPLAINED = re.compile(
    rf",\s(?:on|in)\s(?:the\s)?(?:early\s|late\s)?(?:\d{{1,2}}\s)?(?:{MONTH}|\d{{4}}\b)"
)
"""A date that says the same, and owes its year to it: "two years later, on 20 March"."""

_ROUGHLY = re.compile(
    r"\b(?:about|around|nearly|almost|over|under|within|than|approximately|roughly|barely|hardly"
    r"|some|perhaps|every|each)\s$"
)
_LASTING = re.compile(r"\b(?:[Oo]ver|[Ww]ithin)\s$")
"""Behind these "the next month" is how long, not when."""

_DATE_BEHIND = re.compile(
    rf",?\s?(?:the\s)?(?:\d|{MONTH})|[-\s][A-Z]|s\b|\sof\b|['’]s\s[A-Z]|\snearest"
)
_WEEKDAY_PICKED = re.compile(
    r"\b(?P<picked>(?:on\s)?(?:the\s)?(?:following|next|previous|preceding|same)"
    r"|(?:on\s)?that(?:\s(?:same|very))?"
    r"|(?:on|by)(?:\sthe)?|until|till)\s(?:early\s|late\s)?$",
    re.IGNORECASE,
)
_WEEKDAY_LISTED = re.compile(r"day\s(?:and|or)\s$")
_EVERY_WEEKDAY = re.compile(
    r"\b(?:every|each)\s\w+day(?:,\s\w+day)*,?\s(?:and|or)\s$", re.IGNORECASE
)
_UNITS = {
    "day": Unit.DAY,
    "week": Unit.WEEK,
    "fortnight": Unit.FORTNIGHT,
    "month": Unit.MONTH,
    "year": Unit.YEAR,
}
_PRECISIONS = {
    Unit.MONTH: Precision.MONTH,
    Unit.YEAR: Precision.YEAR,
}


def relative_at(text: str, start: int, stop: int) -> Expression | None:
    """Read the expression around the noun at text[start:stop], or none if it is no date."""
    noun = text[start:stop]
    lowered = noun.lower()
    if lowered in WEEKDAYS:
        return _weekday(text, start, stop, WEEKDAYS[lowered])
    if noun[0].isupper():
        return None
    if text.startswith(_ROMAN_DAYS, stop):
        return None
    before = text[max(0, start - _LOOK_BACK) : start]
    if lowered in SEASONS:
        return season_at(text, before, start, stop)
    singular = lowered.rstrip("s")
    counted = _counted(text, before, start, stop, singular)
    if counted is not None or lowered != singular:
        return counted
    if singular in {"morrow", "eve"}:
        return _morrow_or_eve(text, before, start, stop, singular)
    if singular not in _UNITS and singular not in _DAY_NOUNS:
        return None
    unit = Unit.DAY if singular in _DAY_NOUNS else _UNITS[singular]
    if unit in {Unit.WEEK, Unit.FORTNIGHT}:
        return None
    return _named(text, before, start, stop, unit)


def _named(text: str, before: str, start: int, stop: int, unit: Unit) -> Expression | None:
    """Read "the next day", "that year", "the day before", "the end of the month"."""
    is_day = text[start:stop] == "day"
    if unit is not Unit.DAY or is_day or _ENDS_BEHIND.match(text, stop):
        is_named = _THE.search(before) and not _TO_THE.search(before)
        after = _AFTER.match(text, stop) if is_named else None
        if after is not None:
            return _the_day_after(text, start - 4, stop, unit, after)
    if is_day and (nth := nth_day_at(text, start, stop)) is not None:
        return nth
    if is_day and _NTH_DAY_OF.search(before) and text.startswith(" of the ", stop):
        return _expression(start - 4, stop, Relative(Unit.APPOSED, 0))
    if _NO_POINT.match(text, stop):
        return None
    picked = _PICKED.search(before)
    if picked is not None:
        words = picked["picked"].lower().split()
        way = words[-1]
        if words == ["this"] and unit is Unit.DAY:
            return None
        begin = start - len(before) + picked.start("picked")
        if _is_told_again(way, text, stop):
            return None
        if way in _NEXT and _LASTING.search(text, max(0, begin - 8), begin):
            return None
        if words == ["next"] and unit is not Unit.DAY and "Next" not in before:
            return None
        amount = -1 if way in _PREVIOUS else 1 if way in _NEXT else 0
        if _EVERY_YEAR.search(text, max(0, begin - 16), begin):
            return None
        detail = NIGHT if text[start:stop] == "night" else None
        return _expression(begin, stop, Relative(unit, amount, detail))
    if unit in _PRECISIONS and (inside := _IN_THE_YEAR.search(before)):
        return _expression(start - len(before) + inside.start(), stop, Relative(unit, 0))
    return None


def _is_told_again(way: str, text: str, stop: int) -> bool:
    """Whether what follows says which day is meant: "the same day as", "that day when"."""
    if way == "same":
        return _SAME_AS.match(text, stop) is not None
    return way in {"that", "very"} and _WHEN.match(text, stop) is not None


def _expression(start: int, stop: int, relative: Relative) -> Expression:
    precision = _PRECISIONS.get(relative.unit, Precision.DAY)
    return Expression([Part(start, stop, precision)], relative=relative)


def _counted(text: str, before: str, start: int, stop: int, singular: str) -> Expression | None:
    """Read "two days later", "a year earlier", "three days after the battle"."""
    unit = _UNITS.get(singular)
    counted = _COUNTED.search(before) if unit is not None else None
    later = _LATER.match(text, stop) if counted is not None else None
    if unit is None or counted is None or later is None:
        return None
    is_told = unit not in _PRECISIONS or not _EXPLAINED.match(text, later.end("way"))
    word = counted["count"].lower()
    amount = int(word) if word.isdigit() else COUNTS[word]
    begin = start - len(before) + counted.start()
    if _ROUGHLY.search(text, max(0, begin - 16), begin):
        return None
    if amount > MOST_COUNTED.get(unit, 1):
        return None
    way = later["way"]
    if way in {"earlier", "previously", "before", "prior"}:
        amount = -amount
    if later["to_the_day"] and way in {"after", "before"}:
        return None  # it explains the date before: ", forty years to the day after the wedding"
    event = later.span("event") if way in {"after", "before"} and later["event"] else None
    stop = later.end("way")
    is_exact = any((counted["exact"], later["exact"], later["to_the_day"]))
    if unit in {Unit.WEEK, Unit.FORTNIGHT}:
        if event is None and not is_exact and (unit, abs(amount)) != (Unit.WEEK, 1):
            is_near = unit is Unit.WEEK and amount > 0 and not _EXPLAINED.match(text, stop)
            return _expression(begin, stop, Relative(unit, amount)) if is_near else None
        unit, amount = Unit.DAY, amount * (7 if unit is Unit.WEEK else 14)
    elif is_exact and unit is not Unit.DAY:
        unit = Unit.YEAR_TO_THE_DAY if unit is Unit.YEAR else Unit.MONTH_TO_THE_DAY
    if event is not None and unit is not Unit.DAY:
        return None
    return _expression(begin, stop, Relative(unit, amount, None, event, is_told))


def _the_day_after(
    text: str, start: int, stop: int, unit: Unit, after: re.Match[str]
) -> Expression | None:
    """Read "the day after the battle", and "the year before" where nothing follows."""
    amount = 1 if after["way"] == "after" else -1
    end = after.end("way")
    event = after.span("event") if after["event"] else None
    if unit is not Unit.DAY:
        heads_the_sentence = text[start] == "T" and _MAIN_CLAUSE.match(text, end)
        if not heads_the_sentence and not _ENDS.match(text, end):
            return None
        event = None
    return _expression(start, end, Relative(unit, amount, None, event))


def _morrow_or_eve(text: str, before: str, start: int, stop: int, word: str) -> Expression | None:
    if word == "morrow" and _THE.search(before):
        return _expression(start - 4, stop, Relative(Unit.DAY, 1))
    if word == "eve" and _ON_THE.search(before) and _ENDS.match(text, stop):
        return _expression(start - 4, stop, Relative(Unit.DAY, -1))
    return None


def _weekday(text: str, start: int, stop: int, number: int) -> Expression | None:
    """Read "the following Sunday", "on Friday"; a date behind the weekday is no such thing."""
    before = text[max(0, start - _LOOK_BACK) : start]
    if _THE.search(before) and (after := re.match(r"\s(after|before)\b", text[stop : stop + 8])):
        if not _ENDS.match(text, stop + after.end()):
            return None
        amount = 1 if after[1] == "after" else -1
        return _expression(start - 4, stop + after.end(), Relative(Unit.WEEKDAY, amount, number))
    if _DATE_BEHIND.match(text, stop):
        return None
    if _EVERY_WEEKDAY.search(before):
        return None
    if _WEEKDAY_LISTED.search(before):
        return _expression(start, stop, Relative(Unit.WEEKDAY_LISTED, 1, number))
    picked = _WEEKDAY_PICKED.search(before)
    if picked is None:
        return None
    way = picked["picked"].lower().split()[-1]
    begin = start - len(before) + picked.start("picked")
    if way in _PREVIOUS:
        return _expression(begin, stop, Relative(Unit.WEEKDAY, -1, number))
    if way in _NEXT:
        return _expression(begin, stop, Relative(Unit.WEEKDAY, 1, number))
    begin = start if way in _PREPOSITIONS else begin
    return _expression(begin, stop, Relative(Unit.WEEKDAY, 0, number))
