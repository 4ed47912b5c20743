"""The words that dates are typed in: months and weekdays of twelve languages, feasts, "tomorrow".

Month and weekday names come from locale_names.json, which scripts/locale_names.py makes from
Unicode CLDR; the other tables are ours. All words are folded as `fold_date` folds what is typed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "de", "es", "fr", "it", "pt", "ru", "uk", "pl", "tr", "ja", "zh")

_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")


def fold_date(text: str) -> str:
    """Return text as dates are compared: no marks, lower case, plain digits, one kind of dash.

    Format characters (zero-width and direction marks, soft hyphens) are dropped, for they come
    along when people copy; digits of every script become 0 to 9.
    """
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    folded = []
    for character in text.translate(_APOSTROPHES):
        category = unicodedata.category(character)
        if category == "Nd":
            folded.append(str(unicodedata.decimal(character)))
        elif category == "Pd" or character == "−":
            folded.append("-" if character in "-‐‑" else "–")
        elif category != "Mn":
            folded.append("i" if character == "ı" else character)
    return _UNIT.sub(r"\1 ", _chinese_numbers("".join(folded)))


_CHINESE_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_UNIT = re.compile(r"(?<=\d)([年月日号號])")
_CHINESE_NUMBER = re.compile(r"[〇零○一二三四五六七八九十]+(?=[年月日号號])")


def _chinese_numbers(text: str) -> str:
    """Write 八月二十一日 as 8月21日; numbers elsewhere are left alone."""
    return _CHINESE_NUMBER.sub(lambda match: _chinese_number(match[0]), text)


def _chinese_number(digits: str) -> str:
    tens, ten, units = digits.partition("十")
    if not ten:
        return "".join(str(_CHINESE_DIGITS[digit]) for digit in digits)
    if len(tens) > 1 or len(units) > 1 or "十" in units:
        return digits
    return str(_CHINESE_DIGITS.get(tens, 1) * 10 + _CHINESE_DIGITS.get(units, 0))


@lru_cache(maxsize=1)
def locale_names() -> dict[str, dict[str, dict[str, Any]]]:
    """Return the names and patterns of dates by language; locale_names.json shows the shape."""
    names = json.loads(files("knowledge").joinpath("locale_names.json").read_text("utf-8"))
    return {language: names[language] for language in LANGUAGES}


OTHER_MONTH_WORDS = {
    "sep": (9, "en"),
    "sept": (9, "en"),
    "jun": (6, "en"),
    "jul": (7, "en"),
    "mrz": (3, "de"),
    "maerz": (3, "de"),
    "janner": (1, "de"),
    "jaenner": (1, "de"),
    "setiembre": (9, "es"),
    "sett": (9, "it"),
}
"""Month words that people write and CLDR doesn't list."""


@lru_cache(maxsize=1)
def month_words() -> dict[str, dict[int, frozenset[str]]]:
    """Return, for each word that may name a month, its months and the languages of each."""
    found: dict[str, dict[int, frozenset[str]]] = {}
    for language, names in locale_names().items():
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in enumerate(names[form][width], start=1):
                    word = fold_date(name).strip(" .")
                    if word.isalpha() and not word.endswith("月"):
                        months = found.setdefault(word, {})
                        months[number] = months.get(number, frozenset()) | {language}
    for word, (number, language) in OTHER_MONTH_WORDS.items():
        found.setdefault(word, {}).setdefault(number, frozenset({language}))
    return found


@lru_cache(maxsize=1)
def full_month_words() -> frozenset[str]:
    """Return the words that name a month in full: they mean a month even alone."""
    return frozenset(
        fold_date(name).strip(" .")
        for names in locale_names().values()
        for form in ("format", "stand-alone")
        for name in names[form]["wide"]
    )


@lru_cache(maxsize=1)
def weekday_words() -> dict[str, int]:
    """Return the number of each weekday by its full names, Monday 0; in English the short too."""
    found = {
        fold_date(name): number
        for names in locale_names().values()
        for number, name in enumerate(names["weekdays"]["wide"])
    }
    english = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return found | {word: number for number, word in enumerate(english)} | {"tues": 1, "thurs": 3}


@lru_cache(maxsize=1)
def weekday_abbreviations() -> frozenset[str]:
    """Return the short names of weekdays; beside a date they say nothing new."""
    return frozenset(
        word
        for names in locale_names().values()
        for name in names["weekdays"]["abbreviated"]
        if len(word := fold_date(name).strip(" .")) > 1
    )


RELATIVE_DAYS = {
    word: days
    for days, words in {
        0: "today tonight heute hoy aujourdhui oggi hoje сегодня сьогодні dzis dzisiaj bugun"
        " 今日 今天",
        1: "tomorrow tomorow morgen manana demain domani amanha завтра jutro yarın 明日 明天",
        -1: "yesterday gestern ayer hier ieri ontem вчера вчора wczoraj dun 昨日 昨天",
    }.items()
    for word in fold_date(words).split()
}
"""Days from today, by the word for it."""

NEXT = frozenset(
    fold_date(
        "next coming nachsten nachster nachste kommenden kommender prochain prochaine proximo"
        " proxima prossimo prossima следующий следующая следующую следующее наступний наступна"
        " наступну nastepny nastepna nastepne gelecek"
    ).split()
)
"""Next, in the languages whose names of weekdays are read; before or behind the name of a day."""

FEASTS = {
    "new years day": (1, 1),
    "new year": (1, 1),
    "new years": (1, 1),
    "epiphany": (1, 6),
    "candlemas": (2, 2),
    "valentines day": (2, 14),
    "st valentines day": (2, 14),
    "saint valentines day": (2, 14),
    "leap day": (2, 29),
    "womens day": (3, 8),
    "international womens day": (3, 8),
    "pi day": (3, 14),
    "st patricks day": (3, 17),
    "saint patricks day": (3, 17),
    "april fools day": (4, 1),
    "april fools": (4, 1),
    "may day": (5, 1),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "all saints day": (11, 1),
    "all souls day": (11, 2),
    "guy fawkes night": (11, 5),
    "bonfire night": (11, 5),
    "armistice day": (11, 11),
    "remembrance day": (11, 11),
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "xmas": (12, 25),
    "boxing day": (12, 26),
    "st stephens day": (12, 26),
    "new years eve": (12, 31),
}
"""Feasts that are on one day everywhere, as (month, day) of the Gregorian calendar."""

_UNITS = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"
    " nineteenth twentieth"
).split()

ORDINAL_WORDS = (
    {word: number for number, word in enumerate(_UNITS, start=1)}
    | {word: number for number, word in enumerate(_TEENS, start=10)}
    | {f"twenty {word}": 20 + number for number, word in enumerate(_UNITS, start=1)}
    | {"thirtieth": 30, "thirty first": 31}
)
"""English ordinals to the thirty-first."""

OTHER_FIRSTS = frozenset("primero primeiro premier primo ersten erster первое первого".split())
"""The first of a month where a language says it in a word."""

ROMAN_MONTHS = {
    numeral: number
    for number, numeral in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), start=1)
}
"""Months as they are written in Poland and Hungary: 21 VIII 1940."""

ORDINAL_ENDINGS = frozenset("st nd rd th er ere re e eme o a os ° го ого е и я".split())
"""What stands behind a number to make it ordinal: 1st, 1er, 1o (from 1º), 21-го."""

ERA_PHRASES = {
    "bc": (
        *("b. c. e", "b.c.e", "b. c", "b.c", "v. chr", "v.chr", "av. j.-c", "av. j-c", "a. c"),
        *("a.c", "до н. э", "до н.э", "до н. е", "до н.е", "p.n.e", "p. n. e"),
        *("公元前", "紀元前", "前"),
    ),
    "ad": (
        *("anno domini", "a. d", "a.d", "c. e", "c.e", "n. chr", "n.chr", "ap. j.-c", "d. c"),
        *("d.c", "н. э", "н.э", "公元", "西暦"),
    ),
}
"""How eras are written, folded, but for "bc", "bce", "ad" and "ce"; a dot at the end is extra."""

FILLERS = frozenset(
    "on the of in at day date during month around about circa ca"
    " de del du da dos le la el il l am den der dem im em en"
    " dnia г год года году р року рік r roku rok yili tarihi в".split()
)
"""Words between the parts of a date that say nothing more."""

RANGE_WORDS = frozenset("to until till through thru bis au al a do по".split())
FROM_WORDS = frozenset("from vom von dal с".split())
