"""How Romans are named: a given name of the few there were, the family's name, a surname.

"Publius Varius Calvus" is called "Varius" as well as "Calvus", but hardly ever "Publius" by anyone
who is not telling of his family.
"""

from __future__ import annotations

from collections.abc import Sequence

PRAENOMINA = frozenset(
    "aulus appius decimus gaius gnaeus kaeso lucius mamercus manius marcus numerius publius"
    " quintus servius sextus spurius tiberius titus vibius".split()
)
"""The given names of Roman men, in lower case."""

NAMES_OF_A_ROMAN = 3
"""Words of a name that tell the family's name from the surname."""


def is_praenomen(word: str) -> bool:
    """Whether a word is one of the given names of Roman men."""
    return word.lower() in PRAENOMINA


def is_roman(words: Sequence[str]) -> bool:
    """Whether a name of several words is a Roman man's: "Publius Varius"."""
    return (
        len(words) > 1 and is_praenomen(words[0]) and words[1].lower().endswith(("us", "ius", "a"))
    )


def family_name(words: Sequence[str]) -> str:
    """Return "Varius" of "Publius Varius Calvus"; nothing for any other name."""
    if len(words) < NAMES_OF_A_ROMAN or not is_praenomen(words[0]):
        return ""
    return words[1] if words[1].lower().endswith("ius") else ""
