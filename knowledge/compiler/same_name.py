"""Which names mean one and the same person, and whom a surname alone means."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from knowledge.compiler.name_runs import EPITHETS, PARTICLES
from knowledge.compiler.roman_names import family_name
from knowledge.compiler.words import is_numeral

_SPELLINGS = str.maketrans({"y": "i", "j": "i", "w": "v", "ø": "o", "ł": "l", "đ": "d", "ß": "s"})
_SUFFIXES = frozenset({"jr.", "jr", "sr.", "sr"})
_HONORIFICS = frozenset({"pasha", "bey", "khan", "effendi", "agha", "sahib", "begum", "hanım"})


_BEHIND_NAMES = frozenset(
    "QC KC MBE OBE CBE KBE DBE GBE OM FRS FRSE FBA MP MEP MSP DSO MC DFC VC GC PhD MD DD LLD Esq"
    " Esq. SJ OP OSB RN RA RSA FRCP FRCS AO AM OAM CVO KCVO KCB CB CMG KCMG PC".split()
)
"""What stands behind a name in capitals and is no part of it: orders, offices, degrees."""


def without_letters(words: Sequence[str]) -> Sequence[str]:
    """Return the words of "Otto Kern" for "Otto Kern QC"."""
    end = len(words)
    while end > 2 and words[end - 1] in _BEHIND_NAMES:
        end -= 1
    return words[:end]


@lru_cache(maxsize=16_384)
def fold(word: str) -> str:
    """Return a word of a name without marks and in lower case: "Krüger" is "kruger"."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return kept.replace("’", "'").replace("‑", "-").replace("ʿ", "").replace("ʾ", "")


@lru_cache(maxsize=16_384)
def skeleton(word: str) -> str:
    """Return what is alike in two transliterations of one name: "Yuriy" and "Yuri"."""
    plain = fold(word).translate(_SPELLINGS).replace("ks", "x").replace("kh", "h")
    plain = plain.replace("ie", "e")
    kept: list[str] = []
    for letter in plain:
        if not kept or letter != kept[-1]:
            kept.append(letter)
    return "".join(kept)


class PersonName:
    """A person's name in parts: what is given, the last name, and what tells namesakes apart."""

    __slots__ = ("core", "folded", "is_full", "mark", "words")

    def __init__(self, words: Sequence[str]) -> None:
        """Take a name's words apart."""
        if len(words) > 1 and words[0].lower() in {"saint", "st.", "st"}:
            words = words[1:]
        words = without_letters(words)
        self.words = tuple(words)
        core = list(words)
        mark = ""
        if len(core) > 2 and core[-2] == "the" and core[-1] in EPITHETS:
            mark = core[-1].lower()
            core = core[:-2]
        elif len(core) > 1 and core[-1].lower() in _SUFFIXES:
            mark = core[-1].lower().rstrip(".")
            core = core[:-1]
        if len(core) > 1 and core[-1].lower() in _HONORIFICS:
            core = core[:-1]
        if "of" in core[1:]:
            at = core.index("of", 1)
            mark = mark or " ".join(core[at:])
            core = core[:at]
        if len(core) > 1 and is_numeral(core[-1]):
            mark = core[-1]
            core = core[:-1]
        elif len(core) > 2 and not mark and is_numeral(core[1]):
            mark = core.pop(1)  # "Otto II Varn"
        self.core = tuple(core)
        self.folded = tuple(fold(word) for word in core)
        self.mark = mark
        self.is_full = sum(is_no_particle(core, at) for at in range(len(core))) > 1
        """Whether it is more than one word: a given name with a surname."""

    def place_of(self, other: PersonName) -> int | None:
        """Return how another, shorter name stands in this one, best first; None if it doesn't.

        0 is at the end, as a surname; 1 at the beginning, as a given name; 2 within.
        """
        mine, part = self.folded, other.folded
        if other.mark and other.mark != self.mark:
            return None
        if not part or len(part) > len(mine):
            return None
        if mine[-len(part) :] == part or (len(part) == 1 and part[0] == family_name(mine)):
            return 0
        if mine[: len(part)] == part:
            return 1
        for at in range(1, len(mine) - len(part)):
            if mine[at : at + len(part)] == part and mine[at] not in PARTICLES - {"de", "von"}:
                return 2
        return None

    @staticmethod
    @lru_cache(maxsize=16_384)
    def of(words: tuple[str, ...]) -> PersonName:
        """Return a name's parts; the same words are taken apart once."""
        return PersonName(words)

    def is_same(self, other: PersonName) -> bool:
        """Whether two names of several words are one person's, so far as names tell."""
        if self.folded == other.folded and self.mark == other.mark:
            return True
        if is_numeral(self.mark) and self.mark == other.mark:
            short, long = sorted((self.folded, other.folded), key=len)
            return long[: len(short)] == short
        if not (self.is_full and other.is_full) or self.mark != other.mark:
            return False
        mine, theirs = self.folded, other.folded
        if skeleton(mine[-1]) != skeleton(theirs[-1]):
            short, long = sorted((mine, theirs), key=len)
            return len(short) >= 2 and long[: len(short)] == short and _is_given(short)
        if len(mine) == len(theirs) == 2 and mine[-1] != theirs[-1] and mine[0] != theirs[0]:
            return False
        if not _alike(mine[0], theirs[0]):
            return False
        inner, outer = sorted((_middle(mine), _middle(theirs)), key=len)
        left = list(outer)
        for word in inner:
            match = next((other for other in left if _alike(word, other)), None)
            if match is None:
                return False
            left.remove(match)
        return True


def is_no_particle(words: Sequence[str], at: int) -> bool:
    """Whether a word of a name is more than "de" or "ben": "Ben" before a surname is."""
    word = words[at]
    return word.lower() not in PARTICLES or (at == 0 and word == "Ben" and len(words) > 1)


def _is_given(words: tuple[str, ...]) -> bool:
    """Whether words that begin a longer name may stand for it: none is a particle at the end."""
    return words[-1] not in PARTICLES


def _middle(words: tuple[str, ...]) -> list[str]:
    return [word for word in words[1:-1] if word not in PARTICLES]


def _alike(left: str, right: str) -> bool:
    if left == right:
        return True
    if left[1:2] == "." or right[1:2] == ".":
        return left[0] == right[0]
    return skeleton(left) == skeleton(right)
