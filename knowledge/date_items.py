"""The pieces of a typed date: numbers, months, eras and marks, cut once from left to right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.date_words import (
    ERA_PHRASES,
    FEASTS,
    FILLERS,
    FROM_WORDS,
    ORDINAL_ENDINGS,
    ORDINAL_WORDS,
    OTHER_FIRSTS,
    RANGE_WORDS,
    ROMAN_MONTHS,
    full_month_words,
    month_words,
    weekday_abbreviations,
    weekday_words,
)

MOST_TOKENS = 24
"""Pieces of a date; the longest range that people type has some fifteen."""

MOST_DIGITS = 8
"""Digits of a number in a date: 20260821. A longer number belongs to none."""


class Item(NamedTuple):
    """A piece of a date.

    `kind` is one letter, so that the kinds of a date's items spell how to read it: n number,
    m month, w weekday, Y M D the units 年 月 日, e and a the eras, s for "1920s", c century,
    y the word "year", f from, b between, & and, t to; marks stand for themselves.
    """

    kind: str
    value: int = 0
    digits: int = 0
    is_ordinal: bool = False
    is_full_name: bool = False
    after_year_word: bool = False

    @property
    def is_year(self) -> bool:
        """Whether a number can only be a year: it has three or four digits."""
        return self.digits in (3, 4) and not self.is_ordinal


_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|[^\w\s]|_")
_ERA_OF = {phrase: era for era, phrases in ERA_PHRASES.items() for phrase in phrases}
_ERAS = re.compile(
    "|".join(
        (r"\b" if phrase[0].isascii() else "") + re.escape(phrase) + r"(?![^\W\d_])\.?"
        for phrase in sorted(_ERA_OF, key=len, reverse=True)
    )
)
_ORDINAL_WORDS = re.compile(
    r"\b(?:(?:twenty|thirty)[ -])?(?:first|second|third|[a-z]{3,11}th|[a-z]{7}ieth)\b"
)

_KINDS = {
    "年": "Y",
    "月": "M",
    "日": "D",
    "号": "D",
    "號": "D",
    "bc": "e",
    "bce": "e",
    "ad": "a",
    "ce": "a",
    "s": "s",
    "century": "c",
    "cent": "c",
    "year": "y",
    "between": "b",
    "and": "&",
    "&": "&",
}
_TURKISH_ERAS = {"mo": "e", "ms": "a"}
"""MÖ and MS; "Mo" is Monday to a German, so that they are read in Turkish chats only."""
_BRACKETED_WEEKDAY = re.compile(r"\([日月火水木金土]\)?")
_UNFINISHED = frozenset({"on", "of", "in", "the", "at"})
"""Words after which more would have to come: "second of" is no date."""
_MARKS = {mark: mark for mark in "-–/.,"} | {"~": "–"}


def date_items(folded: str, language: str) -> list[Item] | None:
    """Return the pieces of a folded text, or None where something in it belongs to no date."""
    feast, rest = _feast(_BRACKETED_WEEKDAY.sub("", folded))
    text = _ERAS.sub(lambda match: f" {_ERA_OF[match[0].rstrip('.')]} ", rest)
    text = _ORDINAL_WORDS.sub(_ordinal_number, text)
    matches = list(_TOKEN.finditer(text))
    if len(matches) > MOST_TOKENS:
        return None
    if matches and matches[-1][0] in _UNFINISHED:
        return None
    items: list[Item] = list(feast)
    for position, match in enumerate(matches):
        touches = position > 0 and matches[position - 1].end() == match.start()
        if not _take(match[0], items, language, touches=touches):
            return None
    return _tidy(items) if items else None


def _feast(text: str) -> tuple[list[Item], str]:
    """Return the day and month of a feast at the beginning, and the text after it."""
    words = text.replace(".", " ").split()
    while words and words[0] in FILLERS:
        words = words[1:]
    for length in range(min(4, len(words)), 0, -1):
        date = FEASTS.get(" ".join(words[:length]))
        if date:
            month, day = date
            return [Item("n", day, 2), Item("m", month)], " ".join(words[length:])
    return [], text


def _ordinal_number(match: re.Match[str]) -> str:
    number = ORDINAL_WORDS.get(match[0].replace("-", " "))
    return f"{number}th" if number else match[0]


def _take(token: str, items: list[Item], language: str, *, touches: bool) -> bool:
    """Add a token to the items; False if it belongs to no date."""
    last = items[-1] if items else None
    if token.isdecimal():
        if len(token) > MOST_DIGITS:
            return False
        after_year_word = last is not None and last.kind == "y"
        if after_year_word:
            items.pop()
        items.append(Item("n", int(token), len(token), after_year_word=after_year_word))
        return True
    after_number = last is not None and last.kind == "n"
    if touches and token in ORDINAL_ENDINGS and _make_ordinal(items):
        return True
    kind = _kind(token) or (_TURKISH_ERAS.get(token, "") if language == "tr" else "")
    if kind:
        if kind == "s" and not (after_number and touches):
            return False
        items.append(Item(kind))
        return True
    month = _month(token, language)
    if not month and after_number and not touches:
        month = ROMAN_MONTHS.get(token, 0)
    if month:
        items.append(Item("m", month, is_full_name=token in full_month_words()))
        return True
    if token in OTHER_FIRSTS:
        items.append(Item("n", 1, 1, is_ordinal=True))
        return True
    if token in weekday_words() or token in weekday_abbreviations():
        items.append(Item("w"))
        return True
    return token in FILLERS


def _make_ordinal(items: list[Item]) -> bool:
    """Make the number at the end an ordinal, if one is there: "21st", also "1.º" and "1-е"."""
    if len(items) > 1 and items[-1].kind in ".-" and items[-2].kind == "n":
        items.pop()
    if not items or items[-1].kind != "n":
        return False
    items[-1] = items[-1]._replace(is_ordinal=True)
    return True


def _kind(token: str) -> str:
    if token in _MARKS:
        return _MARKS[token]
    if token in RANGE_WORDS:
        return "t"
    if token in FROM_WORDS:
        return "f"
    return _KINDS.get(token, "")


def _month(token: str, language: str) -> int:
    """Return the month that a word means: in the chat's language, else in any; 0 for none."""
    months = month_words().get(token, {})
    for month, languages in months.items():
        if language in languages:
            return month
    return next(iter(months), 0)


def _tidy(items: Sequence[Item]) -> list[Item] | None:
    """Drop the marks and words that say nothing where they stand."""
    kept: list[Item] = []
    for position, item in enumerate(items):
        following = items[position + 1].kind if position + 1 < len(items) else ""
        before = kept[-1].kind if kept else ""
        if item.kind == ".":
            if before == following == ".":
                continue
            if before == "." and following != ".":
                kept[-1] = Item("t")  # "1917..1924"
                continue
            if before in ("", "m", "D") or following in ("m", "e", "a"):
                continue
        if item.kind == "," and before == following == "n" and len(items) == len("n,n"):
            return None  # 1,000 is a number, not a date
        if item.kind in (",", "w", "y"):
            continue
        kept.append(item)
    while kept and kept[-1].kind in ".,-–/" and not _ends_with_a_numeric_date(kept):
        kept.pop()
    return kept or None


def _ends_with_a_numeric_date(items: Sequence[Item]) -> bool:
    return "".join(item.kind for item in items) in ("n.n.", "n.n.n.")
