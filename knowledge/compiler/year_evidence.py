"""Is a number a year? By the words beside it."""

from __future__ import annotations

import re

_UNITS = frozenset(
    "men women soldiers troops people persons inhabitants votes seats members deaths casualties prisoners killed"
    " wounded dead civilians feet ft metres meters metre meter km kilometres kilometers miles mile m kg tons tonnes"
    " pounds dollars francs marks roubles rubles guns tanks aircraft planes ships vessels copies houses homes"
    " families horses cavalry infantry workers students years hectares acres hours delegates times percent per"
    " million billion thousand hundred rounds shells bombs units pages points goals runs yards inches degrees"
    " fighters rebels officers sailors regulars volunteers militia militiamen knights archers settlers refugees"
    " residents employees pupils passengers spectators vehicles cars trucks lorries rifles mm cm nm kW hp mph"
    " others additional more".split()
)
_NEXT_WORD = re.compile(r"[\s-]([A-Za-z]+)")
_PREVIOUS_WORD = re.compile(r"([A-Za-z.&']+)[\s(\[\"“‘'–—-]{0,3}$")
_TIME_WORDS = frozenset(
    "in by since until till from to during before after between early late mid the of circa c. ca. year through"
    " throughout and for into around about or summer winter spring autumn fall".split()
)
_NOT_BEFORE = frozenset(
    "no no. nos. nr. number p p. pp pp. page pages vol vol. volume chapter ch. fig. figure table isbn issn oclc doi"
    " flight route highway bus class model type mark unit room apartment box approximately roughly nearly almost over than least some"
    " only exactly total additional another section article line lines column".split()
)
_COUNTING = frozenset("around about of to and or from for with up".split())


def is_count(text: str, stop: int) -> bool:
    """Whether the number that ends at `stop` counts what stands behind it: "1200 men"."""
    match = _NEXT_WORD.match(text, stop)
    if match is None:
        return text.startswith("%", stop)
    return match[1] in _UNITS


def is_year(text: str, start: int, stop: int) -> bool:
    """Whether a bare number of three or four digits is a year where it stands."""
    if is_count(text, stop):
        return False
    number = int(text[start:stop])
    if stop < len(text) and (
        text[stop].isalnum() or text[stop] in "%°_'’" and not text.startswith(("'s", "’s"), stop)
    ):
        return False
    if stop + 1 < len(text) and text[stop] in ".,:" and text[stop + 1].isdigit():
        return False
    if (
        start
        and text[start - 1] in "-+/"
        and not (start > 4 and text[start - 5 : start - 1].isdigit())
    ):
        if not text[max(0, start - 4) : start - 1].lower().endswith(("mid", "pre", "ost")):
            return False
    before = text[max(0, start - 24) : start]
    previous = _PREVIOUS_WORD.search(before)
    word = previous[1].lower() if previous else ""
    if word in _NOT_BEFORE:
        return False
    following = _NEXT_WORD.match(text, stop)
    plural = (
        following is not None
        and following[1][0].islower()
        and following[1].endswith("s")
        and following[1] not in _NO_PLURALS
    )
    if plural and (word in _COUNTING or word not in _TIME_WORDS):
        return False
    if stop - start == 3:
        return (
            number >= 100
            and word in _TIME_WORDS - {"the", "of", "and", "to", "for", "or", "about", "around"}
            and not (
                following is not None
                and following[1][0].islower()
                and following[1] not in _FUNCTION_WORDS
            )
        )
    return 1000 <= number


_NO_PLURALS = frozenset(
    "was is as has this its his ours hers theirs thus various previous across towards besides".split()
)
_FUNCTION_WORDS = frozenset(
    "and the a an he she it they when while as at but by for from in on to was with where after before".split()
)
