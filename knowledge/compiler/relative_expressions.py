"""Expressions that hang on another date: "the next day", "two years later", "that month"."""

from __future__ import annotations

import re

from knowledge.compiler.date_parts import Expression, Part, Relative
from knowledge.compiler.date_vocabulary import COUNTS, WEEKDAYS
from knowledge.model import Precision

MOST_DAYS = 15
"""Longer counts of days, "40 days later", are told roughly more often than exactly."""

MOST_MONTHS = 23
MOST_YEARS = 30

NOUNS = r"(?:day|night|evening|morning|afternoon|week|month|year|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?"

_LOOK_BACK = 40
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(sorted(COUNTS, key=len, reverse=True))})"
_PICKED = re.compile(
    r"(?:\b(?:on|in|by|during|of|until|within|through|throughout|for|from)\s)?"
    r"\b(?P<picked>(?:the|that|this)\s(?:very\s)?(?:same|next|following|previous|preceding|ensuing|prior)|(?:that|this)(?:\svery)?"
    r"|[Tt]he\sday\sbefore|[Nn]ext|(?:[Oo]n|[Tt]he)\s(?:same|following))\s$",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"\b(?P<intro>only\s|just\s|exactly\s)?{_COUNT}\s$", re.IGNORECASE)
_LATER = re.compile(
    r"\s(?P<way>later|afterwards?|earlier|previously|before|after|prior)\b(?P<event>\s[^.;,]{3,60})?"
)
_DAY_AFTER = re.compile(r"\b(?P<the>the)\s$", re.IGNORECASE)
_AFTER = re.compile(r"\s(?P<way>after|before)\b(?P<event>\s[^.;,]{3,60})?")
_IN_THE_YEAR = re.compile(
    r"\b(?:early|earlier|late|later|latter\spart|end|beginning|start|middle|rest|remainder|half)\s(?:in|of|on)?\s?"
    r"(?P<the>the|that|the\ssame|this)\s$|\bby\sthe\s(?:end|middle|start)\sof\s(?P<the2>the|that)\s$",
    re.IGNORECASE,
)
_PREVIOUS = frozenset({"previous", "preceding", "prior"})
_NEXT = frozenset({"next", "following", "ensuing"})
_DAY_NOUNS = frozenset({"day", "night", "evening", "morning", "afternoon"})
_NO_POINT = re.compile(
    r"\s(?:as|when|in\s(?:which|the\s\w+\sseason))\b|['’]s?\s(?:march|journey|work|pay)\b|-(?:long|old|time)\b"
)


def relative_at(text: str, start: int, stop: int) -> Expression | None:
    """Read the expression around the noun at text[start:stop], or none if it is no date."""
    noun = text[start:stop]
    lowered = noun.lower()
    if lowered in WEEKDAYS:
        return _weekday(text, start, stop, WEEKDAYS[lowered])
    if noun[0].isupper():
        return None
    before = text[max(0, start - _LOOK_BACK) : start]
    singular = lowered.rstrip("s")
    if lowered != singular or before.lower().endswith(("one ", " a ", "a ", "1 ")):
        counted = _counted(text, before, start, stop, singular)
        if counted is not None or lowered != singular:
            return counted
    if _NO_POINT.match(text, stop):
        return None
    unit = "day" if singular in _DAY_NOUNS else singular
    if unit == "week":
        return None
    picked = _PICKED.search(before)
    if picked is not None:
        words = picked["picked"].lower().split()
        if words[-1] == "before":
            return None
        return _picked(text, start, stop, unit, words, len(before) - picked.start("picked"))
    if unit in {"year", "month"}:
        inside = _IN_THE_YEAR.search(before)
        if inside is not None:
            begin = start - len(before) + inside.start()
            return _expression(begin, stop, Relative(unit, 0))
    if unit == "day" and singular == "day":
        the = _DAY_AFTER.search(before)
        after = _AFTER.match(text, stop) if the is not None else None
        if the is not None and after is not None:
            return _day_after(text, start - 4, stop, after)
    return None


def _expression(start: int, stop: int, relative: Relative) -> Expression:
    precision = {
        "day": Precision.DAY,
        "weekday": Precision.DAY,
        "ordinal": Precision.DAY,
        "month": Precision.MONTH,
        "year": Precision.YEAR,
    }[relative.unit]
    return Expression([Part(start, stop, precision)], relative=relative)


def _picked(
    text: str, start: int, stop: int, unit: str, words: list[str], length: int
) -> Expression | None:
    way = words[-1]
    amount = -1 if way in _PREVIOUS else 1 if way in _NEXT else 0
    begin = start - length
    if words == ["this"] and unit == "day":
        return None
    if words[0] == "next" and unit != "day":
        return None
    if unit == "day" and text[start:stop] != "day" and amount == 0 and words[0] == "this":
        return None
    return _expression(begin, stop, Relative(unit, amount))


def _counted(text: str, before: str, start: int, stop: int, unit: str) -> Expression | None:
    """Read "two days later", "a year earlier", "three days after the battle"."""
    if unit not in {"day", "week", "month", "year"}:
        return None
    counted = _COUNTED.search(before)
    later = _LATER.match(text, stop)
    if counted is None or later is None:
        return None
    word = counted["count"].lower()
    amount = int(word) if word.isdigit() else COUNTS[word]
    if amount > {"day": MOST_DAYS, "week": 3, "month": MOST_MONTHS, "year": MOST_YEARS}[unit]:
        return None
    way = later["way"]
    if way in {"earlier", "previously", "before", "prior"}:
        amount = -amount
    event = None
    if way in {"after", "before"} and later["event"]:
        event = later.span("event")
    if unit == "week":
        unit, amount = "day", amount * 7
        if event is None:
            return None
    if event is not None and unit != "day":
        return None
    begin = start - (len(before) - counted.start("count"))
    end = later.end("way")
    return _expression(begin, end, Relative(unit, amount, None, event))


def _day_after(text: str, start: int, stop: int, after: re.Match[str]) -> Expression | None:
    amount = 1 if after["way"] == "after" else -1
    event = after.span("event") if after["event"] else None
    return _expression(start, after.end("way"), Relative("day", amount, None, event))


_WEEKDAY_PICKED = re.compile(
    r"\b(?P<picked>(?:on\s)?(?:the\s)?(?:following|next|previous|preceding|same)|(?:on\s)?that|on(?:\sthe)?(?:\searly|\slate)?)\s(?:early\s|late\s)?$",
    re.IGNORECASE,
)


def _weekday(text: str, start: int, stop: int, number: int) -> Expression | None:
    """Read "the following Sunday", "on Friday"; a date behind the weekday is no such thing."""
    if re.match(
        r",?\s?(?:the\s)?(?:\d|(?:January|February|March|April|May|June|July|August|September|October|November|December))|[-\s][A-Z]|s\b|\sof\b",
        text[stop : stop + 14],
    ):
        return None
    before = text[max(0, start - _LOOK_BACK) : start]
    picked = _WEEKDAY_PICKED.search(before)
    if picked is None:
        return None
    words = picked["picked"].lower().split()
    way = words[-1]
    amount = -1 if way in _PREVIOUS else 1
    begin = start - (len(before) - picked.start("picked"))
    if way in {"that", "same"}:
        amount = 0
    if way not in _PREVIOUS | _NEXT | {"that", "same"}:
        amount = 2
    return _expression(begin, stop, Relative("weekday", amount, number))


_ORDINAL = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)(?P<behind>[.,;:)]|\s(?P<word>\w+)|$)")
_BEFORE_ORDINAL = re.compile(
    r"\b(?:on|by|until|till|from|since|to|of|and|before|after|between)\sthe\s$", re.IGNORECASE
)
_BEHIND_ORDINAL = frozenset(
    "was were he she it they the a an and but when after in at by with to for his her their had as"
    " without where while until from there of".split()
)
LAST_DAY_OF_MONTH = 31


def ordinal_at(text: str, start: int) -> Expression | None:
    """Read "the 20th" as a day of the story's month, where no noun follows: not "the 20th Army"."""
    match = _ORDINAL.match(text, start)
    if match is None or not 1 <= int(match["day"]) <= LAST_DAY_OF_MONTH:
        return None
    word = match["word"]
    if word is not None and word not in _BEHIND_ORDINAL:
        return None
    if word == "of" and not text.startswith(" of the month", start + match["day"].__len__() + 2):
        return None
    if not _BEFORE_ORDINAL.search(text, max(0, start - 14), start):
        return None
    stop = match.start("behind")
    return _expression(start - 4, stop, Relative("ordinal", int(match["day"])))
