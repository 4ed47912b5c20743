"""Taking a date's own words out of a sentence whose date is told beside it.

An answer prints "3 May 1811" before the sentence, so "On 3 May 1811, X left" reads better as
"X left". Where the words can't go without a gap, they stay, and what they left to the reader
("15 March", "the next day") is written out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.compiler.date_groups import DateGroup, is_day
from knowledge.compiler.tokens import PREPOSITIONS
from knowledge.compiler.verb_forms import BE, Form, form
from knowledge.date_format import format_point
from knowledge.model import HistoricalDate, Precision

_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)"
_TIME_OF_DAY = (
    r"(?:night|nights|morning|evening|afternoon|early hours|day|dawn|eve|hours|month|year)"
)
_PART = r"(?:early|mid|late|mid-|spring|summer|autumn|winter|fall|beginning|end|start|middle)"
_BEFORE = re.compile(
    r"(?<![\w-])(?:(?:at last|as early as|as late as|as of|only|exactly|probably|possibly)\s+)?"
    r"(?P<prep>(?:on|in|by|at|about|around|circa|c\.|ca\.|from|between|before|after|during"
    r"|during the|no later than|shortly after|shortly before|beginning in|beginning on"
    r"|starting in)\s+)?"
    r"(?P<about>(?:about|around|approximately|circa|c\.|ca\.)\s+)?"
    r"(?:the\s+)?"
    rf"(?:{_TIME_OF_DAY}\s+of\s+)?"
    rf"(?P<part>(?:the\s+)?{_PART}(?:\s+of)?[\s-]+)?"
    rf"{_WEEKDAY}?(?:the\s+)?$",
    re.IGNORECASE,
)
_NEVER_BEFORE = re.compile(
    r"(?:\bof|\bdated|\buntil|\btill|\bsince|\bto|\bfor|\bfrom|\bthan|\bwith|\bthe|\band|\bor|'s|’s)\s+$",
    re.IGNORECASE,
)
_CALENDAR_BEHIND = re.compile(
    r"(?:,?\s*(?:\((?:O\.\s?S\.|N\.\s?S\.|Old Style|New Style)\)|Old Style|New Style|O\.S\."
    r"|N\.S\.))"
)
_PARENS_BEHIND = re.compile(r"\s*\((?:a\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\)")
_MONTH_FIRST = re.compile(
    r"[A-Z][a-z]+\.?\s+\d{1,2}(?:st|nd|rd|th)?,\s+\d{1,4}(?:\s+(?:BC|AD|BCE|CE))?$"
)
_PLACE_NEXT = re.compile(
    r",\s+(?:in|at|to|by|near|from|on|off|under|over|with|before|after|for|against|through|into|as)\b"
)
_LONGEST_LEAD = 48
_RELATIVE_HEAD = re.compile(
    r"(?:the|that|this|later|two|three|four|five|six|seven|\w+ (?:days?|years?))\b", re.IGNORECASE
)


_ATTRIBUTIVE_BEFORE = re.compile(
    r"(?:\b(?:the|a|an|his|her|its|their|this|that|(?P<of>of))|['’]s|s['’])\s+"
    r"(?:early[ -]|late[ -]|mid-)?$",
    re.IGNORECASE,
)
_TRANSPARENT_OF = re.compile(rf"\b(?:{_PART}|{_TIME_OF_DAY})\s+of\s+$", re.IGNORECASE)
_AGAIN = re.compile(r"\bagain\s+$")
_WORD_BEHIND = re.compile(r"[,]?\s+([^\W\d_][\w–-]*)")
_NO_NOUNS = frozenset(
    "and but or he she it they who which that when where while the a an his her its their as so"
    " also then there was were is had".split()
)


class Edit(NamedTuple):
    """Text from `start` up to `stop` of the block is replaced."""

    start: int
    stop: int
    words: str


def written_out(date: HistoricalDate) -> str:
    """Return a date in words: "3 May 1811", "3 May to 5 June 1811" in full."""
    if date.end is None or date.end == date.start:
        return format_point(date.start)
    return f"{format_point(date.start)} to {format_point(date.end)}"


def keep(text: str, group: DateGroup) -> Edit | None:
    """Return the edit that leaves a date where it stands, written out if it isn't whole."""
    if group.whole or _is_open(text, group):
        return None
    return Edit(group.start, group.stop, written_out(group.date))


def _is_open(text: str, group: DateGroup) -> bool:
    """Whether a date's words need those behind them: "the day after | his release"."""
    last = text.rfind(" ", group.start, group.stop) + 1
    return last > 0 and _OPEN_MEASURE.match(text, last) is not None


def is_attributive(text: str, group: DateGroup) -> bool:
    """Whether a date describes the noun behind it: "the 3 July meeting", "his 1925 book"."""
    before = _ATTRIBUTIVE_BEFORE.search(text, max(0, group.start - 24), group.start)
    behind = _WORD_BEHIND.match(text, group.stop)
    if before is None or behind is None:
        return False
    word = behind[1].lower()
    if behind[0].startswith(",") and not _MONTH_FIRST.search(text[group.start : group.stop]):
        return False
    if before["of"] and (group.date.precision is not Precision.YEAR or behind[1] != word):
        return False
    return (
        word not in PREPOSITIONS
        and word not in _NO_NOUNS
        and form(word) not in (Form.FINITE, Form.PAST)
    )


def remove(text: str, group: DateGroup, start: int, stop: int) -> Edit | None:
    """Return the edit that takes a date out of text[start:stop]; none where it can't go."""
    begin = group.start if group.list_start < start else group.list_start
    end = min(group.list_stop, stop)
    if _is_open(text, group):
        return None
    if is_attributive(text, group) and not _TRANSPARENT_OF.search(text, start, begin):
        return Edit(begin, end + 1, "")
    lead_from = max(start, begin - _LONGEST_LEAD)
    lead = text[lead_from:begin]
    match = _BEFORE.search(lead)
    head = match.start() if match else len(lead)
    if match and match["part"] and not is_day(group):
        return None  # "in early 1897" says more than 1897
    again = _AGAIN.search(lead[:head])
    if again and group.list_start != group.list_stop and group.start != group.list_start:
        head = again.start()
    at_head = lead_from + head == start or not text[start : lead_from + head].strip(" ,;–—")
    marked = bool(re.search(r"[,;:–—(]\s*$", lead[:head])) if head else True
    has_preposition = bool(match and (match["prep"] or match["about"]))
    relative = not group.whole and bool(_RELATIVE_HEAD.match(text[begin:end]))
    if not has_preposition and not at_head and not marked and not relative:
        return None
    if not has_preposition and at_head and not relative and re.match(r"\s+[a-z]", text[end:stop]):
        return None  # "March 1872 found him in Genoa": the date is the subject
    if not has_preposition and _NEVER_BEFORE.search(lead):
        return None
    if match and match["prep"] and _NEVER_BEFORE.search(lead[: match.start("prep")]):
        return None
    begin = lead_from + head
    for behind in (_CALENDAR_BEHIND, _PARENS_BEHIND):
        if found := behind.match(text, end, stop):
            end = found.end()
    following = text[end:stop]
    before = text[start:begin]
    if at_head:
        end += len(following) - len(following.lstrip(" ,"))
        return Edit(start, end, "")
    comma_before = before.rstrip().endswith(",")
    bare = before.rstrip(" ,")
    if comma_before and following.startswith(","):
        return Edit(start + len(bare), end + 1, "")
    month_first = _MONTH_FIRST.search(text[group.start : group.stop])
    if month_first and _PLACE_NEXT.match(following):
        end += 1
    last_word = bare.rsplit(" ", 1)[-1].lower()
    ends = not following.strip(" .,;") or following[:1] in ".,;"
    if ends and (last_word in BE or last_word in _CANNOT_END):
        return None
    if bare.endswith("with effect"):
        return None  # "resigned with effect from 1 May"
    if _REDUCED.match(before) and form(last_word) is Form.PAST and re.match(r" \w", following):
        return None  # "In an article published on 3 May he called"
    if ends and last_word == "born" and not _IS_BORN.search(bare):
        return None  # "cast for a child born on 3 May, and ..."
    return Edit(start + len(before.rstrip()), end, "")


_OPEN_MEASURE = re.compile(
    r"(?:after|before|following) (?:the|his|her|their|its|an?|[A-ZÀ-Þ]\w*)\b"
)
_REDUCED = re.compile(r"(?:In|At|By|With) [^,]*$")
_IS_BORN = re.compile(r"\b(?:was|were|been|being)\s(?:\w+\s)?born$")
_CANNOT_END = frozenset(
    "and or but the a an of to from at in on by with than as dates dated".split()
)
