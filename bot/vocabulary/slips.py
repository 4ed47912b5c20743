"""Which word of a list a misspelt one was meant for, where it is no other English word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

LEAST_TO_FORGIVE = 6
"""Letters of a word that may be a slip for one of these."""

LEAST_OF_A_VERB = 8
LEAST_OF_A_NOUN = 7
"""Letters of one that may lack a letter or have one too many, and what `least` is for each."""


def slip_for(typed: str, words: Sequence[str], least: int, *, vowels: bool = False) -> str:
    """Return the one of these words that a folded word was most likely meant for, or nothing.

    A letter for another one makes another English word too often ("bottle", "battle"): forgiven
    are letters that change places or are doubled, and in a long word, of at least `least` letters,
    one too many or too few; if `vowels`, where few words are near, also a vowel for a vowel.
    """
    if len(typed) < LEAST_TO_FORGIVE:
        return ""
    close = process.extract(typed, words, scorer=OSA.distance, score_cutoff=1, limit=6)
    return next((word for word, _, _ in close if _is_slip(typed, word, least, vowels)), "")


def _is_slip(typed: str, word: str, least: int, vowels: bool) -> bool:
    if len(typed) == len(word):
        moved = sorted(typed) == sorted(word)
        return moved or (vowels and len(typed) >= least and _differ_in_vowels(typed, word))
    is_doubled = _without_doubles(typed) == _without_doubles(word)
    return is_doubled or min(len(typed), len(word)) >= least


def _differ_in_vowels(typed: str, word: str) -> bool:
    pairs = [(a, b) for a, b in zip(typed, word, strict=True) if a != b]
    return all(letter in "aeiouy" for pair in pairs for letter in pair)


def _without_doubles(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)
