"""Which year, where none is written: the cheapest story that all dates of an article tell.

Every date may be a step of the narrative, which moves the story's present, or a side glance, which
leaves it. A written year is news, and may jump; a missing year is a promise that the story's year
still holds, or has just turned. Each reading has its cost (narrative_costs.py); the search carries
the few cheapest stories from date to date, as Viterbi's algorithm does, so its cost is linear in
the dates. What the best story with another year would cost tells how sure a year is.
"""

from __future__ import annotations

from typing import NamedTuple

from knowledge.compiler import narrative_costs as cost
from knowledge.compiler.narrative_choices import NEVER, Choice, choices_of
from knowledge.compiler.narrative_clues import UNTOLD, Clue, Moment


class Reading(NamedTuple):
    """A clue in the cheapest story: its year and month, and whether it moves the story.

    `gap` is how much more the cheapest story with another year or month costs, `cost` what this
    reading costs, `present` the story's present before it.
    """

    year: int
    month: int
    is_step: bool
    gap: float
    cost: float
    present: Moment


_Edge = tuple[int, int, Choice]
"""The places of the story before and after in their stages, and the choice between them."""


def read_years(clues: list[Clue], first_years: list[int]) -> list[Reading]:
    """Return a reading for each clue; `first_years` are those a story may begin in, best first."""
    if not clues:
        return []
    states = [Moment(year, 0, UNTOLD) for year in first_years[: cost.STORIES_KEPT]]
    states = states or [Moment(0, 0, UNTOLD)]
    totals = [cost.LATER_FIRST_YEAR * index for index in range(len(states))]
    stages = [(states, totals)]
    lattice: list[list[_Edge]] = []
    for clue in clues:
        best: dict[Moment, float] = {}
        found: list[tuple[int, Choice]] = []
        limit = NEVER
        for index, state in enumerate(states):
            so_far = totals[index]
            if so_far > limit:
                break  # the states that follow are dearer still
            for choice in choices_of(state, clue):
                total = so_far + choice[4]
                if total > limit:
                    continue
                found.append((index, choice))
                target = choice[3]
                if total < best.get(target, NEVER):
                    best[target] = total
                    limit = min(limit, total + cost.DEAREST_KEPT)
        ranked = sorted(best.items(), key=_by_cost)[: cost.STORIES_KEPT]
        while ranked[-1][1] > limit:
            ranked.pop()
        places = {moment: place for place, (moment, _) in enumerate(ranked)}
        lattice.append(
            [(source, places[choice[3]], choice) for source, choice in found if choice[3] in places]
        )
        states = [moment for moment, _ in ranked]
        totals = [total for _, total in ranked]
        stages.append((states, totals))
    return _read_back(lattice, stages)


def _by_cost(item: tuple[Moment, float]) -> float:
    return item[1]


def _read_back(
    lattice: list[list[_Edge]], stages: list[tuple[list[Moment], list[float]]]
) -> list[Reading]:
    """Follow the cheapest story back, and at each date ask what the best other one costs."""
    readings: list[Reading] = []
    last = stages[-1][1]
    ahead = [0.0] * len(last)
    place = last.index(min(last))
    for step in range(len(lattice) - 1, -1, -1):
        states, before = stages[step]
        by_value: dict[tuple[int, int], float] = {}
        behind = [NEVER] * len(before)
        chosen: _Edge | None = None
        least = NEVER
        for edge in lattice[step]:
            source, target, (year, month, _, _, price) = edge
            rest = price + ahead[target]
            so_far = before[source]
            value = (year, month)
            if so_far + rest < by_value.get(value, NEVER):
                by_value[value] = so_far + rest
            if rest < behind[source]:
                behind[source] = rest
            if target == place and so_far + price < least:
                chosen, least = edge, so_far + price
        if chosen is None:
            raise AssertionError("every state kept has been reached by an edge")
        place, _, (year, month, is_step, _, price) = chosen
        mine = by_value.pop((year, month))
        gap = min(by_value.values(), default=mine + cost.DEAREST_KEPT) - mine
        readings.append(Reading(year, month, is_step, gap, price, states[place]))
        ahead = behind
    readings.reverse()
    return readings
