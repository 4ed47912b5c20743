"""Text of an article as a pack may hold it: one line, no control character, not too long.

Articles are other people's files. Whatever stands in them, a pack that is made of them is good.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from knowledge.characters import BIDI_CONTROLS

LONGEST_NAME = 200
LONGEST_SENTENCE = 200
LONGEST_DESCRIPTION = 300
LONGEST_PASSAGE = 20_000
MOST_NAMES = 200
"""What the schema of packs allows (knowledge/packs/entries.py)."""

_NO_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})


def line(text: str, longest: int) -> str:
    """Return text as one line of at most so many characters, shortened between words."""
    if not text.isprintable():
        text = "".join(" " if _is_no_text(character) else character for character in text)
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:") + "…"


def _is_no_text(character: str) -> bool:
    return unicodedata.category(character) in _NO_TEXT or character in BIDI_CONTROLS


def names(texts: Iterable[str]) -> tuple[str, ...]:
    """Return names as a pack lists them: each once, none empty, and no more than are allowed."""
    lines = (line(text, LONGEST_NAME) for text in texts)
    return tuple(dict.fromkeys(filter(None, lines)))[:MOST_NAMES]


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a paragraph begin and end that a pack can hold; mostly it is one.

    It is cut behind a full stop, else at a space, else anywhere.
    """
    begin = 0
    while len(text) - begin > LONGEST_PASSAGE:
        limit = begin + LONGEST_PASSAGE
        stop = text.rfind(". ", begin, limit) + 1 or text.rfind(" ", begin, limit)
        stop = stop if stop > begin else limit
        yield begin, stop
        begin = stop
    yield begin, len(text)
