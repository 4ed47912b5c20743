"""Where in a text a date may stand: the digits and words from which every expression is read.

This is what is paid for each letter of an article. Alternatives that all begin with a plain letter
are searched about five times as fast as those behind a word boundary, so that words are looked up
first and checked afterwards, and rare ones only where a block has them at all.
"""

from __future__ import annotations

import re
from enum import IntEnum

from knowledge.compiler.date_vocabulary import DECADES
from knowledge.compiler.day_rules import FEAST_STARTS


class Kind(IntEnum):
    """What an anchor is."""

    DIGITS = 0
    MONTH = 1
    NOUN = 2
    CENTURY = 3
    FEAST = 4
    ERA = 5
    DECADE = 6


Anchor = tuple[int, int, Kind]
"""Where a word or number begins and ends from which an expression may be read, and its kind."""

_DIGITS = re.compile(r"[0-9][0-9]*")
"""Three times as fast as with a plus: what begins with a class is looked for by that class."""

_MONTHS = re.compile(
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)
_NOUNS = re.compile(
    r"day|night|evening|morning|afternoon|fortnight|week|month|year|eve|morrow|centur|Centur"
    r"|spring|summer|autumn|winter|fall"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
)
_FEASTS = re.compile(
    rf"(?:{'|'.join([*FEAST_STARTS, 'Saint', 'St', 'Ides', 'Nones', 'Kalends'])})\b"
)
_IN_FEASTS = (
    *("Day", "mas", "New Year", "Easter", " Eve", "Night"),
    *(
        "Epiphany",
        "Halloween",
        "Corpus",
        "unday",
        "riday",
        "onday",
        "esday",
        "rsday",
        "turday",
        "Ides",
        "Nones",
        "Kalends",
    ),
)
"""One of these is in every name of a feast."""

_DECADES = re.compile(rf"(?:{'|'.join(DECADES)})\b|['’‘]\d0s\b")
_ERAS = re.compile(r"A\.?D\.?(?=\s\d)")
_END_OF_NOUN = re.compile(r"s?\b")


def anchors(text: str) -> list[Anchor]:
    """Return where dates may stand in a text, in order."""
    digits, month, feast, decade = Kind.DIGITS, Kind.MONTH, Kind.FEAST, Kind.DECADE
    found: list[Anchor] = [(match.start(), match.end(), digits) for match in _DIGITS.finditer(text)]
    found += [(match.start(), match.end(), month) for match in _MONTHS.finditer(text)]
    for match in _NOUNS.finditer(text):
        start, stop = match.span()
        if start and text[start - 1].isalpha():
            continue
        if text[start:stop] in {"centur", "Centur"}:
            found.append((start, stop, Kind.CENTURY))
        elif end := _END_OF_NOUN.match(text, stop):
            found.append((start, end.end(), Kind.NOUN))
    if any(map(text.__contains__, _IN_FEASTS)):
        found += [(match.start(), match.end(), feast) for match in _FEASTS.finditer(text)]
    if "ties" in text or "0s" in text:
        found += [(match.start(), match.end(), decade) for match in _DECADES.finditer(text)]
    if "AD" in text or "A.D" in text:
        found += [(match.start(), match.end(), Kind.ERA) for match in _ERAS.finditer(text)]
    found.sort()
    return found
