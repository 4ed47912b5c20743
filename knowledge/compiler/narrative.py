"""Which year, where none is written: the cheapest story that all dates of an article tell.

Every date may be a step of the narrative, which moves the story's present, or a side glance, which
leaves it. A written year is news, and may jump; a missing year is a promise that the story's year
still holds, or has just turned. Each reading has a cost, and the search keeps the few cheapest
stories from date to date; what they cost without the chosen year tells how sure it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import NamedTuple

from knowledge.calendars import Calendar, day_number, month_length

BEAM = 6
WIDTH = 7.0


class Moment(NamedTuple):
    """The story's present: month and day are 0 where only the year is known."""

    year: int
    month: int
    day: int


@dataclass(slots=True)
class Clue:
    """One expression as the search sees it.

    `year` is none where it is not written. `last` is the moment at which a range ends, with the
    year as an offset to the first's. `gap` is 0 in the sentence of the clue before, 1 in its block,
    2 in the next block, 3 in a new section. `glance` from 0 to 1 is how much speaks for a side
    glance, `hints` are years that later words of the sentence or block give.
    """

    year: int | None
    month: int
    day: int
    last: tuple[int, int, int]
    gap: int
    prominence: float
    glance: float
    hints: tuple[tuple[int, float], ...] = ()
    span: tuple[int, int] | None = None
    span_weight: float = 1.0
    weekday: int | None = None
    is_label: bool = False


class Reading(NamedTuple):
    """The year of a clue in the cheapest story, and the cost of the best story with another."""

    year: int
    is_step: bool
    gap: float
    cost: float


class _Edge(NamedTuple):
    source: int
    target: int
    year: int
    is_step: bool
    cost: float


def read_years(clues: list[Clue], first_years: list[int]) -> list[Reading]:
    """Return a reading for each clue; `first_years` are those a story may begin in, best first."""
    states: list[Moment] = [Moment(year, 0, 0) for year in first_years[:BEAM]] or [Moment(0, 0, 0)]
    costs: list[float] = [0.3 * index for index in range(len(states))]
    lattice: list[list[_Edge]] = []
    all_costs: list[list[float]] = [costs]
    for clue in clues:
        best: dict[Moment, float] = {}
        edges: list[tuple[int, Moment, int, bool, float]] = []
        for index, state in enumerate(states):
            for year, is_step, target, cost in _choices(state, clue):
                total = costs[index] + cost
                edges.append((index, target, year, is_step, cost))
                if total < best.get(target, 1e9):
                    best[target] = total
        ranked = sorted(best.items(), key=lambda item: item[1])[:BEAM]
        limit = ranked[0][1] + WIDTH
        ranked = [item for item in ranked if item[1] <= limit]
        places = {moment: place for place, (moment, _) in enumerate(ranked)}
        lattice.append(
            [
                _Edge(source, places[target], year, is_step, cost)
                for source, target, year, is_step, cost in edges
                if target in places
            ]
        )
        states = [moment for moment, _ in ranked]
        costs = [cost for _, cost in ranked]
        all_costs.append(costs)
    return _read_back(lattice, all_costs)


def _read_back(lattice: list[list[_Edge]], all_costs: list[list[float]]) -> list[Reading]:
    readings: list[Reading] = []
    ahead = [0.0] * len(all_costs[-1])
    place: int = min(range(len(ahead)), key=lambda index: all_costs[-1][index], default=0)
    for step in range(len(lattice) - 1, -1, -1):
        before = all_costs[step]
        by_year: dict[int, float] = {}
        behind = [1e9] * len(before)
        chosen: _Edge | None = None
        chosen_cost = 1e9
        for edge in lattice[step]:
            rest = edge.cost + ahead[edge.target]
            total = before[edge.source] + rest
            if total < by_year.get(edge.year, 1e9):
                by_year[edge.year] = total
            if rest < behind[edge.source]:
                behind[edge.source] = rest
            if edge.target == place and before[edge.source] + edge.cost < chosen_cost:
                chosen, chosen_cost = edge, before[edge.source] + edge.cost
        assert chosen is not None  # noqa: S101
        others = [cost for year, cost in by_year.items() if year != chosen.year]
        gap = min(others) - by_year[chosen.year] if others else WIDTH
        readings.append(Reading(chosen.year, chosen.is_step, gap, chosen.cost))
        place = chosen.source
        ahead = behind
    readings.reverse()
    return readings


def _choices(state: Moment, clue: Clue) -> list[tuple[int, bool, Moment, float]]:
    if clue.year is not None:
        target = Moment(clue.year + clue.last[0], clue.last[1], clue.last[2])
        step = _written_step(state, clue)
        glance = _glance(state, clue, clue.year)
        choices = [(clue.year, True, target, step), (clue.year, False, state, glance)]
        if clue.last != (0, clue.month, clue.day):
            choices.append((clue.year, True, Moment(clue.year, clue.month, clue.day), step + 0.3))
        return choices
    years = {state.year - 1: 9.0, state.year: 9.0, state.year + 1: 9.0}
    for year, cost in clue.hints:
        years[year] = cost
    choices = []
    for year, hinted in years.items():
        if clue.day > 28 and clue.month == 2 and clue.day > month_length(2, year, Calendar.JULIAN):
            continue
        cost = min(_silent_step(state, clue, year), hinted)
        if clue.span is not None and not clue.span[0] <= year <= clue.span[1]:
            cost += 1.5 * clue.span_weight
        if clue.weekday is not None and clue.day and not _is_weekday(clue, year):
            cost += 2.5
        choices.append((year, True, Moment(year + clue.last[0], clue.last[1], clue.last[2]), cost))
        if clue.glance > 0.3:
            choices.append((year, False, state, cost + 0.9 - 0.8 * clue.glance))
    return choices


def _is_weekday(clue: Clue, year: int) -> bool:
    calendars = (Calendar.GREGORIAN, Calendar.JULIAN) if year < 1930 else (Calendar.GREGORIAN,)
    return any(
        day_number(year, clue.month, clue.day, calendar) % 7 == clue.weekday
        for calendar in calendars
    )


def _silent_step(state: Moment, clue: Clue, year: int) -> float:
    if not state.month:
        if year == state.year:
            return 0.2
        return 2.5 + 0.5 * abs(year - state.year) if year > state.year else 4.0
    months = (year - state.year) * 12 + clue.month - state.month
    if months == 0:
        return 0.25 if clue.day and clue.day < state.day else 0.0
    if months > 0:
        if year == state.year:
            return 0.03 * months
        return 0.5 + 0.25 * (months - 1) if months < 12 else 4.0 + 0.1 * months
    if year == state.year:
        return 0.5 - 0.12 * months + (0.7, 0.6, 0.3, 0.0)[clue.gap]
    return 3.0 - 0.05 * months


def _written_step(state: Moment, clue: Clue) -> float:
    assert clue.year is not None  # noqa: S101
    years = clue.year - state.year
    if clue.is_label:
        return 0.0
    if years == 0:
        backwards = clue.month and state.month and clue.month < state.month
        return 0.3 if backwards else 0.0
    if years > 0:
        return 0.1 if years == 1 else 0.2 + 0.15 * log2(years)
    return 1.4 + 0.3 * log2(1 - years) - (0.0, 0.0, 0.4, 0.9)[clue.gap]


def _glance(state: Moment, clue: Clue, year: int) -> float:
    if clue.is_label:
        return 3.0
    cost = 1.1 + clue.prominence - clue.glance
    if year < state.year:
        cost -= 0.5
    elif year > state.year and clue.glance < 0.5:
        cost += 0.4
    return max(0.05, cost)
