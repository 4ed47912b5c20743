"""The names of known entities within a question, misspelt or not.

First what is typed right, the longest names first: "Mary Stuart" is no "Mary". Then words that
stand nowhere in the library, for these may be slips: in "when was jonson deported" the word
"deported" is told of and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from knowledge.names import Fit, NameIndex, NameMatch, fold

_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)

LONGEST_NAME = 8
"""Words of a name that are looked for at once."""

MOST_WORDS = 30
"""Words of a text in which names are looked for."""

MOST_GUESSES = 4
"""Words that are looked up as slips; each costs some milliseconds."""

LEAST_TO_GUESS = 5
"""Letters of a word that may be a slip."""

MOST_OF_A_PART = 3
"""Entities that a first name or a word of a title alone may mean."""


@dataclass(frozen=True, slots=True)
class NameInText:
    """Words from `start` to before `stop` that mean one of the entities with these keys."""

    start: int
    stop: int
    keys: tuple[str, ...]
    fit: Fit


def names_in_text(
    words: Sequence[str],
    names: NameIndex,
    is_told: Callable[[str], bool],
    common: Collection[str],
) -> list[NameInText]:
    """Return the names among these words, in order, none over another.

    `common` are folded words that begin or end no name and are no slip for one; `is_told` says
    whether a word stands in the library.
    """
    words = words[:MOST_WORDS]
    folded = [fold(_POSSESSIVE.sub("", word)) for word in words]
    found: dict[int, NameInText] = {}
    taken = [False] * len(words)

    def take(start: int, stop: int, match: NameMatch) -> None:
        found[start] = NameInText(start, stop, match.found, match.fit)
        taken[start:stop] = [True] * (stop - start)

    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            stop = start + length
            inside = folded[start:stop]
            is_open = inside[0] in common or inside[-1] in common  # "No Such Thing" may be a name
            if any(taken[start:stop]) or (is_open and length == 1):
                continue
            if not all(names.knows(part) for word in inside for part in word.split()):
                continue
            match = names.find(" ".join(inside), forgiving=False)
            if (
                match.found
                and not (is_open and match.fit is Fit.PART)
                and _is_meant(match, words[start:stop])
            ):
                known = {key for name in found.values() for key in name.keys}
                if match.fit is not Fit.PART or not known.issuperset(match.found):
                    take(start, stop, match)
    guesses = 0
    for position, word in enumerate(folded):
        is_slip = len(word) >= LEAST_TO_GUESS and word not in common and not taken[position]
        if not is_slip or guesses == MOST_GUESSES or is_told(word):
            continue
        guesses += 1
        beside = _beside(position, found.values())
        if beside:
            start, stop = min(position, beside.start), max(position + 1, beside.stop)
            match = names.find(" ".join(folded[start:stop]))
            if not set(beside.keys).isdisjoint(match.found):
                del found[beside.start]
                take(start, stop, match)
                continue
        for start, stop in _around(position, folded, taken, common):
            match = names.find(" ".join(folded[start:stop]))
            if match.found and (stop - start > 1 or match.fit is not Fit.PART):
                take(start, stop, match)
                break
    return [found[start] for start in sorted(found)]


def _is_meant(match: NameMatch, typed: Sequence[str]) -> bool:
    """Whether words that stand in a name are meant as one: a first name only if it means few."""
    if match.fit is not Fit.PART:
        return True
    is_capital = all(word[:1].isupper() for word in typed)
    return is_capital and match.of_people and len(match.found) <= MOST_OF_A_PART


def _beside(position: int, found: Iterable[NameInText]) -> NameInText | None:
    """Return the name that stands next to a word, of which the word may be a part."""
    return next((name for name in found if position in (name.start - 1, name.stop)), None)


def _around(
    position: int,
    folded: Sequence[str],
    taken: Sequence[bool],
    common: Collection[str],
) -> list[tuple[int, int]]:
    """Return spans that may be one misspelt name: the word with its neighbours, then alone."""
    spans = []
    before, after = position - 1, position + 1
    if before >= 0 and not taken[before] and folded[before] not in common:
        spans.append((before, position + 1))
    if after < len(folded) and not taken[after] and folded[after] not in common:
        spans.append((position, after + 1))
    return [*spans, (position, position + 1)]
