"""The ids of entries that have none written: the same for packs and for what the compiler makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from knowledge.names import slug

LONGEST_MADE_ID = 72
LONGEST_PART = 30
"""Characters of one part, so that a long title leaves room for the date behind it."""


class Ids:
    """The ids of one pack. Nothing of an entry's wording goes into them, so they outlive it."""

    def __init__(self, taken: set[str] | None = None) -> None:
        """Take ids that are written down, which a made one never takes."""
        self._taken = set() if taken is None else taken
        self._made: Counter[str] = Counter()

    def made(self, parts: Iterable[str]) -> str:
        """Return a new id made from parts, such as a title, a date, a kind and a name.

        Where the same parts come again, a number goes behind them: the second is "...-2".
        """
        short = (slug(part)[:LONGEST_PART].strip("-") for part in parts)
        base = "-".join(filter(None, short))[:LONGEST_MADE_ID].strip("-") or "entry"
        while True:
            self._made[base] += 1
            made = base if self._made[base] == 1 else f"{base}-{self._made[base]}"
            if made not in self._taken:
                self._taken.add(made)
                return made
