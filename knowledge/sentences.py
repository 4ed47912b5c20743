"""A text in sentences, so that one of them can be found and told by itself."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[\"“‘(]?[A-Z0-9À-ÞА-Я])")
_NO_END = re.compile(
    r"(?:^|[\s(\"“.-])(?:[A-ZÀ-ÞА-Я]|St|Mr|Mrs|Ms|Dr|Jr|Sr|No|Nos|vol|vols|vs|ca|c|p|pp|e\.g|i\.e|cf"
    r"|Gen|Col|Capt|Prof|Rev|Hon|Mt|Ft)\.$"
)
"""What a full stop stands behind without ending a sentence: initials and titles."""


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, in order; none is empty.

    >>> sentences("J. R. R. Tolkien met St. John. He left in 1920.")
    ['J. R. R. Tolkien met St. John.', 'He left in 1920.']
    """
    found: list[str] = []
    begin = 0
    for end in _END.finditer(text):
        sentence = text[begin : end.end()].strip()
        if sentence and not _NO_END.search(sentence):
            found.append(sentence)
            begin = end.end()
    rest = text[begin:].strip()
    return [*found, rest] if rest else found
