"""The words of English dates: months, ordinals, counts, eras, and the pieces of their patterns.

Everything here is a closed list of the language. In the patterns no repeated group holds another
unbounded repetition, so that each is linear in what it reads.
"""

from __future__ import annotations

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

MONTH_NUMBERS = {
    form: number
    for number, month in enumerate(MONTHS, 1)
    for form in {month, month[:3], "sept" if month == "september" else month}
}
"""The number of a month by its name or abbreviation, in small letters without the full stop."""

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)?|Jul(?:y|\.)?"
    r"|Aug(?:ust|\.)?|Sept(?:ember|\.)?|Sep\.?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
    r"(?![A-Za-zÀ-ſ])"
)

ROMAN_MONTHS = {
    roman: number for number, roman in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)
}

_UNITS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth"),
)
ORDINALS = {word: number for number, word in enumerate(_UNITS, 1)} | {
    "twentieth": 20,
    "thirtieth": 30,
    **{f"twenty-{word}": 20 + number for number, word in enumerate(_UNITS[:9], 1)},
    "thirty-first": 31,
}
ORDINAL_WORD = (
    r"(?:(?:[Tt]wenty|[Tt]hirty)-)?(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth"
    r"|[Ss]eventh|[Ee]ighth|[Nn]inth)"
    r"|(?:[Tt]en|[Ee]leven|[Tt]hirteen|[Ff]ourteen|[Ff]ifteen|[Ss]ixteen|[Ss]eventeen|[Ee]ighteen"
    r"|[Nn]ineteen)th|[Tt]welfth|[Tt]wentieth|[Tt]hirtieth"
)

COUNTS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen twenty".split(),
        1,
    )
} | {"a": 1, "an": 1}

DECADES = {
    word: 10 * number
    for number, word in enumerate(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), 2
    )
}

WEEKDAYS = {
    name: number
    for number, name in enumerate(
        "monday tuesday wednesday thursday friday saturday sunday".split()
    )
}
"""Weekdays, Monday as 0: the Julian Day Number modulo 7."""

WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"

ERA = r"(?:BCE?|B\.\s?C\.(?:\s?E\.)?|AD|A\.\s?D\.|CE|C\.\s?E\.)(?![A-Za-z])"

YEAR = (
    r"(?:A\.?\s?D\.?\s+\d{1,4}(?!\d)"
    rf"|\d{{1,4}}(?:/\d{{1,2}})?\s?{ERA}"
    rf"|\d{{3,4}}(?:/\d{{1,2}}(?!\s{MONTH}))?(?![\d])(?!,\d{{3}})(?!\.\d))"
)
"""A year as written: "1917", "1726/7", "AD 79", "44 BC"; two digits or one need an era."""

DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|d)?(?![\d])(?!,\d{3})(?!\.\d)(?![a-z%°])"
BETWEEN_DAYS = (
    r"(?:\s?[-–—−/]\s?|,\s|,?\s(?:and|or)\s|\s(?:to|until|till|through)\s|\s?&\s?)(?:the\s)?"
)
DAYS = rf"{DAY}(?:{BETWEEN_DAYS}{DAY}){{0,8}}"
"""One day of a month or several: "7", "7–8", "the 3rd, 4th and 5th", "17 and 30"."""
