"""A text in sentences, so that one of them can be found and told by itself."""

from __future__ import annotations

import re

_STOP = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"“‘„«(\[]*(?P<next>\w))")
_LAST_WORD = re.compile(r"(?:^|[\s(\"“„«.\-–])(?P<word>[^\s(\"“„«.\-–]+)\.$")

_ABBREVIATIONS = frozenset(
    "st mr mrs ms dr jr sr no nos vol vols vs ca cf pp gen col capt lt sgt maj prof rev hon mt ft"
    " messrs esq fig eds ed op cit".split()
)
"""What a full stop stands behind without ending a sentence, besides single letters."""


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, in order; none is empty.

    >>> sentences("J. R. R. Tolkien met St. John. He left in 1920.")
    ['J. R. R. Tolkien met St. John.', 'He left in 1920.']
    """
    found: list[str] = []
    begin = 0
    for stop in _STOP.finditer(text):
        sentence = text[begin : stop.end()].strip()
        if sentence and _begins_one(stop["next"]) and not _is_abbreviated(sentence):
            found.append(sentence)
            begin = stop.end()
    rest = text[begin:].strip()
    return [*found, rest] if rest else found


def _begins_one(character: str) -> bool:
    return not character.islower()


def _is_abbreviated(sentence: str) -> bool:
    """Whether the full stop at the end belongs to an initial or a title: "J.", "St."."""
    match = _LAST_WORD.search(sentence)
    if match is None:
        return False
    word = match["word"]
    is_initial = len(word) == 1 and word.isalpha()
    return is_initial or word.casefold() in _ABBREVIATIONS
