"""How much an article speaks of each year: the evidence for the years that it leaves out.

An article that dates most of its days to two years tells of these, and a story that has run on
into years that nothing names has missed a turn back. A year that is written close by needs no such
evidence: whatever else the article tells of, its reader knows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from knowledge.compiler.narrative_clues import Clue

BARE_YEAR = 0.25
"""What a year by itself tells for it; a month or day of it tells it wholly, as the lead does."""

TOLD_WHOLLY = 1.25
"""So much makes it a year of which the article surely tells."""

LEAST_TOLD = 5.0
"""Where less is written with its year, an article says too little of what it leaves out."""

CLOSE_BLOCKS = 2
"""A year that is written no more blocks before, in the same section, is known to the reader."""


def told_years(clues: Iterable[Clue]) -> dict[int, float] | None:
    """Return from 0 to 1 how much is said of each year, by the dates that are written with it.

    None where the article writes too few years.
    """
    weights: defaultdict[int, float] = defaultdict(float)
    for clue in clues:
        if clue.year is None:
            continue
        weight = 1.0 if clue.month else BARE_YEAR
        if clue.is_of_the_lead:
            weight = TOLD_WHOLLY
        weights[clue.year] += weight
        if clue.last[0]:
            weights[clue.year + clue.last[0]] += weight
    if sum(weights.values()) < LEAST_TOLD:
        return None
    return {year: min(1.0, weight / TOLD_WHOLLY) for year, weight in weights.items()}


def close_years(places: Iterable[tuple[int, int, Clue]]) -> None:
    """Let each clue know the years that are written close by, and those right after them.

    `places` are the section and the block of each clue, in the order of the text.
    """
    before: list[tuple[int, int, set[int]]] = []
    for (section, block), group in groupby(places, key=lambda place: place[:2]):
        clues = [clue for _, _, clue in group]
        years = {
            clue.year + over
            for clue in clues
            if clue.year is not None
            for over in (0, clue.last[0])
        }
        before = [
            entry for entry in before if entry[0] == section and block - entry[1] <= CLOSE_BLOCKS
        ]
        before.append((section, block, years))
        known = set().union(*(entry[2] for entry in before))
        close = frozenset(known | {year + 1 for year in known})
        for clue in clues:
            clue.close_years = close


def years_of_days(clues: Iterable[Clue]) -> None:
    """Let each day without a year know the years with which the same day is written."""
    clues = list(clues)
    years: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    of_the_lead: dict[tuple[int, int], int] = {}
    for clue in clues:
        if clue.year is not None and clue.day:
            years[clue.month, clue.day].add(clue.year)
            if clue.is_of_the_lead:
                of_the_lead.setdefault((clue.month, clue.day), clue.year)
    for clue in clues:
        day = (clue.month, clue.day)
        if clue.year is None and clue.day and day in years:
            clue.years_of_day = frozenset(years[day])
            clue.year_of_the_lead = of_the_lead.get(day)
