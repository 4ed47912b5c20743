"""Text as SQLite's full-text search takes it: words, and nothing that is syntax to it."""

from __future__ import annotations

import unicodedata


def plain_words(text: str) -> list[str]:
    """Return the words of a text, bare of everything that FTS5 takes for syntax.

    >>> plain_words('"NEAR" (sea-ice*')
    ['NEAR', 'sea', 'ice']
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(c if c.isalnum() else " " for c in composed).split()


def phrase(text: str) -> str:
    """Return a text as an FTS5 phrase: these words, one behind the other."""
    return f'"{" ".join(plain_words(text))}"'
