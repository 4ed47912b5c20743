"""Is a month's name without day and year a month? By the words beside it.

"May" is a verb, "March" a walk, "April" and "June" are people, and "the July Laws" are a
name of something else.
"""

from __future__ import annotations

import re

_BEFORE_A_MONTH = frozenset(
    "in by since until till from to of during before after through throughout between around about"
    " for early late mid middle last next following previous preceding same that this every each"
    " as beginning ending into one on".split()
)
_BEFORE_A_PERSON = frozenset("of for with to from by as and after before on".split())
_LISTING = frozenset({"and", "or"})
_LISTING_MARKS = "-–—,(/;:"
_SENTENCE_MARKS = '.!?"”'

_LAST_WORD = re.compile(r"([A-Za-z]+)[-–\s]?$")
_NAME_NEXT = re.compile(r"[\s-](?:[A-ZÀ-Þ][\w'’]+)")
_EVENT_NEXT = re.compile(
    r"[\s-](?:Revolution|Day|Uprising|Coup|Offensive|Law|Plot|Movement|Rebellion|Incident"
    r"|Manifesto|Crisis|Constitution|Event|Fourth|Massacre|War|Putsch|Society|Pact|Agreement|Riot"
    r"|Insurrection|Purge|Theses|Treaty|Campaign|Republic|Monarchy|Square|Street|Ball|Hare|Flower"
    r"|Group|Club|Circle)s?\b"
)
NAMES_OF_PEOPLE = frozenset({"April", "May", "June", "August"})
"""Months that people are named after."""

_VERB_NEXT = re.compile(
    r"\s(?:saw|brought|was|also|passed|came|marked|witnessed|found|began|ended|proved|had)\b"
    r"|[-–—/]"
)
_MONTH_NEXT = re.compile(
    r"\s?(?:[-–—/]|and|to|or)\s?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_NOUN_NEXT = re.compile(r"\s[a-z]")
_VERB_OF_MAY = re.compile(
    r"\s(?:be|have|not|also|he|she|it|they|we|you|I|well|still|never|only|on|through|into|past|to)\b"
)


def is_month(text: str, start: int, stop: int, *, is_heading: bool = False) -> bool:
    """Whether the name of a month at text[start:stop], alone, means the month."""
    name = text[start:stop]
    if name[-1] == "." or (len(name) <= 4 and name not in {"May", "June", "July"}):
        return False
    if text[stop : stop + 1] in {" ", "-"} and _EVENT_NEXT.match(text, stop):
        return False
    before = text[max(0, start - 24) : start]
    last = _LAST_WORD.search(before)
    word = last[1] if last is not None else ""
    if word in {"the", "The"}:
        return _NOUN_NEXT.match(text, stop) is not None
    lowered = word.lower()
    if lowered in _BEFORE_A_MONTH:
        return name not in NAMES_OF_PEOPLE or not (
            lowered in _BEFORE_A_PERSON and _NAME_NEXT.match(text, stop)
        )
    if word.islower() and before.endswith((f" the {word} ", f"The {word} ")):
        return True
    mark = before.rstrip()[-1:]
    if lowered in _LISTING or (mark and mark in _LISTING_MARKS):
        return _is_listed(text, stop, name)
    if mark and mark not in _SENTENCE_MARKS:
        return False
    if name in {"May", "March"} and not is_heading and not text.startswith(" saw", stop):
        return False
    if _VERB_NEXT.match(text, stop) or _MONTH_NEXT.match(text, stop):
        return True
    return is_heading and stop >= len(text) - 1


def _is_listed(text: str, stop: int, name: str) -> bool:
    """Whether a name behind "and" or a comma is a month."""
    if _MONTH_NEXT.match(text, stop):
        return True
    if _NAME_NEXT.match(text, stop):
        return False
    return name not in NAMES_OF_PEOPLE or not _VERB_OF_MAY.match(text, stop)
