"""Days and seasons of every year: "celebrated each 3 May", "2 April is the Day of the Veterans".

They are no dates of the story, and none of its years is lent to them.
"""

from __future__ import annotations

import re

from knowledge.compiler.date_parts import Expression, Unit
from knowledge.compiler.verb_forms import Form, form

LONGEST_CLAUSE = 300
"""Letters on either side of a date in which its clause is looked for, whatever the text is."""

LONGEST_HABIT = 110
"""Letters between a verb that tells what is done every year and the day of it."""

LONGEST_FAIR = 140
"""Letters before a day in which a fair and the feast by which it is held are looked for."""

_EVERY_BEFORE = re.compile(
    r"\b(?:every|each)\s\w+day\s(?:from|between|in|on)\s(?:the\s)?$"
    r"|\b(?:(?:every|each)\s(?:year,?\s)?(?:on\s)?|(?:annually|yearly),?\son\s)(?:the\s)?$",
    re.IGNORECASE,
)
_EVERY_BEHIND = re.compile(r",?\s(?:of\s)?(?:each|every)\s(?:year|month)\b|,?\sannually\b")
_KEPT = (
    r"(?:celebrated|observed|commemorated|held|marked|kept|honou?red|open|closed|staged|run|played"
    r"|awarded|presented)"
)
_HABIT_VERB = (
    rf"(?:is|are)\s(?:now\s|still\s|traditionally\s|usually\s|also\s)?{_KEPT}"
    r"|(?:begins|starts|ends|opens|closes|runs|falls)\s(?:in|on|from|at)"
    r"|(?<=s\s)(?:begin|start|end|open|close|run|fall)\s(?:due\s)?(?:in|on|from)|takes\splace"
)
_HABIT = re.compile(
    r"\b(?:annual(?:ly)?|every\syear|each\syear|yearly|feast\sday|public\sholiday|national\sday"
    rf"|{_HABIT_VERB})\b"
)
_KEPT_BEFORE = re.compile(
    rf"\b(?:(?:is|are)\s(?:\w+\s)?{_KEPT}|takes?\splace|(?:every|each)\syear)\b(?!\sthat\b)"
)
_FEAST_KEPT_BEFORE = re.compile(
    r"\b(?:celebrates?|observes?|keeps?|honou?rs?|commemorates?|marks?|holds?)\s[^.;]{0,60}?"
    r"\b(?:[Dd]ays?|[Nn]ight|[Ff]easts?|[Ff]estivals?|[Ff]air|[Aa]nniversary|[Bb]irthdays?"
    r"|[Hh]olidays?)\s(?:on|in)\s(?:the\s)?(?:[a-z]+\s[a-z]+\s(?:in|of)\s)?$"
)
_IS_A_FEAST = re.compile(
    r"\s(?:is|remains)\s(?:[^.;,]{0,40}\b)?(?:[Dd]ay|[Hh]oliday|[Ff]east|[Ff]estival|[Aa]nniversary"
    r"|[Bb]irthday|celebrated|observed|kept|marked|commemorated)\b(?!\s(?:on\swhich|given|when))"
)
_IN_THE_PRESENT_BEFORE = re.compile(r"\b(?:is|are)\s(?:\w+\s)?\w+\s(?:on\s)?$")
_EVERY_YEAR = re.compile(r"\b(?:each|every)\syear\b|\bannually\b")
_KEPT_DAY_BEFORE = re.compile(r"\b(?:keeps?|celebrates?|observes?|marks?|honou?rs?)\s(?:the\s)?$")
_FAIR_BEFORE = re.compile(
    r"\b(?:[Ff]airs?|[Mm]arkets?|days)\b[^;]{0,60}\b(?:from|until|at|on|of|around|before|after)\s(?:the\s)?"
    r"(?:eve\sof\s)?(?:the\s)?[Ff]east\sof\s[^,;]{2,40},\s$"
)
"""A feast by which what is held every year is dated: "a fair from the feast of St Giles, "."""

_YEAR = re.compile(r"\b1\d{3}\b|\b20\d\d\b")
_LOWER_WORD = re.compile(r"\b[a-z]+\b")
_NOT_PAST = frozenset("is are has have must will shall can may should".split())
_PRESENT_PASSIVE = re.compile(r"\b(?:is|are|be)\s(?:[a-z]+\s)?[a-z]+(?:ed|en|ept|ld|own|ut)\b")
"""What is done every year, though its participle has the form of a past: "is often closed"."""

_CLAUSE_END = ";"


def is_recurring(expression: Expression, text: str, sentence: tuple[int, int]) -> bool:
    """Whether a date without a year is one of every year: "celebrated each 3 May"."""
    first, last = expression.parts[0], expression.parts[-1]
    relative = expression.relative
    if relative is not None and not relative.amount:
        if relative.unit is Unit.SEASON:
            return _is_any_season(expression, text, sentence)
        if relative.unit is Unit.DAY:
            before = text[max(sentence[0], first.start - 40) : first.start]
            return _IN_THE_PRESENT_BEFORE.search(before) is not None
    if first.year is not None or first.month is None or expression.turn is not None:
        return False
    if _EVERY_BEFORE.search(text[max(0, first.start - 30) : first.start]):
        return True
    if _EVERY_BEHIND.match(text, last.stop) or _IS_A_FEAST.match(text, last.stop):
        return True
    begin, end = _clause(text, first.start, last.stop, sentence)
    if _EVERY_YEAR.search(text, last.stop, end) and not _YEAR.search(text, begin, end):
        return True
    return _is_habit(text, begin, first.start) or _is_told_of_a_habit(text, begin, end)


def _is_any_season(expression: Expression, text: str, sentence: tuple[int, int]) -> bool:
    """Whether "the summer" is any summer, as in the present tense; "that summer" never is."""
    if text.startswith(("that ", "That "), expression.start):
        return False
    begin, stop = _clause(text, expression.start, expression.stop, sentence)
    return not _tells_of_the_past(text[begin:stop])


def _is_habit(text: str, begin: int, start: int) -> bool:
    """Whether what is done every year stands right before a day: "is closed on 25 December"."""
    before = text[max(begin, start - LONGEST_HABIT) : start]
    if _FAIR_BEFORE.search(text, max(begin, start - LONGEST_FAIR), start):
        return True
    if _FEAST_KEPT_BEFORE.search(before) or _KEPT_DAY_BEFORE.search(before):
        return True
    habits = list(_KEPT_BEFORE.finditer(before))
    if not habits:
        return False
    between = before[habits[-1].end() :]
    return not _YEAR.search(between) and not _tells_of_the_past(between)


def _is_told_of_a_habit(text: str, begin: int, end: int) -> bool:
    """Whether a clause without a year and without the past tells what is done every year."""
    clause = text[begin:end]
    if " was " in clause or " were " in clause or " had " in clause:
        return False
    found = _HABIT.search(text, begin, end)
    if found is None or _YEAR.search(text, begin, end):
        return False
    return not _tells_of_the_past(text[begin : found.start()] + text[found.end() : end])


def _clause(text: str, start: int, stop: int, sentence: tuple[int, int]) -> tuple[int, int]:
    """Return where the clause around text[start:stop] begins and ends within its sentence."""
    begin = max(sentence[0], start - LONGEST_CLAUSE)
    begin = max(begin, text.rfind(_CLAUSE_END, begin, start) + 1)
    limit = min(sentence[1], stop + LONGEST_CLAUSE)
    end = text.find(_CLAUSE_END, stop, limit)
    return begin, limit if end < 0 else end


def _tells_of_the_past(clause: str) -> bool:
    """Whether a clause has a verb in the past tense."""
    words = _LOWER_WORD.findall(_PRESENT_PASSIVE.sub("", clause))
    return any(_is_past(word) for word in words)


def _is_past(word: str) -> bool:
    found = form(word)
    return found is Form.PAST or (found is Form.FINITE and word not in _NOT_PAST)
