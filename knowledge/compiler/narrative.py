"""Which year, where none is written: the cheapest story that all dates of an article tell.

Every date may be a step of the narrative, which moves the story's present, or a side glance, which
leaves it. A written year is news, and may jump; a missing year is a promise that the story's year
still holds, or has just turned. Each reading has its cost (narrative_costs.py); the search carries
the few cheapest stories from date to date, as Viterbi's algorithm does, so its cost is linear in
the dates. What the best story with another year would cost tells how sure a year is.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import NamedTuple

from knowledge.calendars import Calendar, day_number, month_length
from knowledge.compiler import narrative_costs as cost
from knowledge.compiler.day_rules import FIRST_GREGORIAN_YEAR
from knowledge.compiler.section_years import Promise

_NEVER = 1e9
"""Dearer than any story."""

UNTOLD = -2
"""The day of the moment before a story begins, whose year is only the first that is written."""

ROUGHLY = -1
"""The day of a moment whose month is known only roughly."""

LAST_DAY_OF_ANY_MONTH = 31

_LAST_JULIAN_YEAR = 1930
"""Until about then a weekday may stand beside a day of the old calendar."""


class Moment(NamedTuple):
    """The story's present: month and day are 0 where only the year is known.

    The day is -1 where the month is a rough one, of "early 1917".
    """

    year: int
    month: int
    day: int

    @property
    def is_rough(self) -> bool:
        """Whether the month stands for a season or a part of the year."""
        return self.day < 0


class Picked(NamedTuple):
    """A year or month that is picked from the story: "the following year", "that April".

    `base` is what it is counted from, where that is written just before; else the story's present.
    """

    years: int
    months: int | None
    turn_of_month: int | None
    base: Moment | None


@dataclass(slots=True)
class Clue:
    """One expression as the search sees it.

    `year` is none where it is not written; `month` and `day` are 0 where there is none. `last` is
    where a range or list ends: years after the first, month, day. `rough` is the month that
    "early", "summer" or "late" means. `gap` is 0 in the sentence of the clue before, 1 in its
    block, 2 in a later block, 3 in a new section. `prominence` and `glance` are what speaks
    against and for a side glance. `hint` is a written date later in the same sentence, `beside`
    one just before, which this one may go on from even if that was a side glance. `span` is
    the years of the section, with how much they bind from 0 to 1; `label` is what a heading
    promises. A `season` without a year goes on rather than back. `is_back` says that the verb is
    past perfect, `is_ahead` that it looks forward.
    """

    year: int | None
    month: int = 0
    day: int = 0
    last: tuple[int, int, int] = (0, 0, 0)
    rough: int = 0
    gap: int = 1
    prominence: float = 0.0
    glance: float = 0.0
    hint: Moment | None = None
    beside: Moment | None = None
    span: tuple[int, int, float] | None = None
    weekday: int | None = None
    label: Promise | None = None
    season: bool = False
    is_back: bool = False
    is_ahead: bool = False
    picked: Picked | None = None


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


_Choice = tuple[int, int, bool, Moment, float]
"""Year, month, whether it is a step, the story's present after it, and what it costs."""

_Edge = tuple[int, int, _Choice]
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
        found: list[tuple[int, _Choice]] = []
        limit = _NEVER
        for index, state in enumerate(states):
            so_far = totals[index]
            for choice in _choices(state, clue):
                total = so_far + choice[4]
                if total > limit:
                    continue
                found.append((index, choice))
                target = choice[3]
                if total < best.get(target, _NEVER):
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
        behind = [_NEVER] * len(before)
        chosen: _Edge | None = None
        least = _NEVER
        for edge in lattice[step]:
            source, target, (year, month, _, _, price) = edge
            rest = price + ahead[target]
            so_far = before[source]
            value = (year, month)
            if so_far + rest < by_value.get(value, _NEVER):
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


def _choices(state: Moment, clue: Clue) -> list[_Choice]:
    if clue.label is not None:
        return _label_choices(state, clue.label)
    if clue.picked is not None:
        return _picked_choices(state, clue, clue.picked)
    if clue.year is not None:
        return _written_choices(state, clue, clue.year)
    years = [state.year, state.year + 1]
    if clue.month > state.month or clue.is_back:
        years.append(state.year - 1)
    if clue.hint is not None:
        hinted = clue.hint.year
        years += [year for year in (hinted, hinted - 1) if year not in years]
    choices = []
    for year in years:
        if clue.day > 28 and clue.day > month_length(clue.month, year, _calendar_of(year)):
            continue
        price = silent_cost(state, clue, year)
        target = Moment(year + clue.last[0], clue.last[1], clue.last[2])
        step = price + cost.STEP_OF_PAST_PERFECT if clue.is_back else price
        choices.append((year, clue.month, True, target, step))
        if clue.is_back or clue.glance > cost.LEAST_SILENT_GLANCE:
            glance = _silent_glance(state, clue, year, price)
            choices.append((year, clue.month, False, state, glance))
    if clue.beside is not None:
        choices += _beside(state, clue, clue.beside)
    return choices or [(state.year, clue.month, False, state, 0.0)]


def _beside(state: Moment, clue: Clue, beside: Moment) -> list[_Choice]:
    """Go on with the side glance before: "in 1912, in May to Rome and in June to Bern"."""
    return [
        (
            year,
            clue.month,
            False,
            state,
            cost.SIDE_STORY + _silent_step(beside, clue.month, clue.day, year, clue.gap),
        )
        for year in (beside.year, beside.year + 1)
    ]


def _calendar_of(year: int) -> Calendar:
    """Return the calendar by which a year is a leap year, as far as one may assume."""
    return Calendar.JULIAN if year < FIRST_GREGORIAN_YEAR else Calendar.GREGORIAN


def _silent_glance(state: Moment, clue: Clue, year: int, price: float) -> float:
    """Return what it costs that a year-less clue leaves the story where it is."""
    once, saved = cost.SILENT_GLANCE
    glance = price + once - saved * min(1.0, clue.glance)
    if not clue.is_back or not state.month:
        return glance
    back = (state.year - year) * 12 + state.month - clue.month
    if back == 0 and clue.day > state.day > 0:
        return glance
    if 0 <= back < cost.LONGEST_FLASHBACK:
        return cost.FLASHBACK + cost.FLASHBACK_MONTH * back
    return glance


def silent_cost(state: Moment, clue: Clue, year: int) -> float:
    """Return what it costs that a clue without a year is of this year."""
    price = _silent_step(state, clue.month, clue.day, year, clue.gap)
    if clue.season and state.month:
        price = _season_step(state, clue.month, year, price)
    if clue.last[0]:
        ended = _silent_step(state, clue.last[1], clue.last[2], year + clue.last[0], clue.gap)
        price = min(price, ended + 0.1)
    if clue.hint is not None:
        price = min(price, _hinted(clue, clue.hint, year))
    if clue.span is not None:
        first, last, weight = clue.span
        if not first <= year <= last:
            price += cost.OUTSIDE_SPAN * weight
    if clue.weekday is not None and clue.day and not _is_weekday(clue, year):
        price += cost.WRONG_WEEKDAY
    return price


def _season_step(state: Moment, month: int, year: int, price: float) -> float:
    """Return what it costs that "in the spring" is of this year: mostly the next one to come."""
    months = (year - state.year) * 12 + month - state.month
    if -1 <= months < 12:
        return min(price, cost.SEASON_ON)
    return price + cost.SEASON_BACK


def _hinted(clue: Clue, hint: Moment, year: int) -> float:
    """Return what a year costs that a date later in the sentence suggests: the last before it."""
    is_before = (clue.month, clue.day) <= (hint.month, hint.day or LAST_DAY_OF_ANY_MONTH)
    nearest = hint.year if is_before else hint.year - 1
    if year == nearest:
        return cost.HINTED
    return cost.HINTED_ROUGHLY if hint.year - 1 <= year <= hint.year else _NEVER


def _is_weekday(clue: Clue, year: int) -> bool:
    calendars = [Calendar.GREGORIAN]
    if year < _LAST_JULIAN_YEAR:
        calendars.append(Calendar.JULIAN)
    return any(
        day_number(year, clue.month, clue.day, calendar) % 7 == clue.weekday
        for calendar in calendars
    )


def _silent_step(state: Moment, month: int, day: int, year: int, gap: int) -> float:
    if not state.month:
        if year == state.year:
            return cost.IN_AN_UNTOLD_YEAR if state.day == UNTOLD else cost.IN_A_NAMED_YEAR
        if year > state.year:
            return cost.BEYOND_A_NAMED_YEAR + 0.5 * (year - state.year - 1)
        return cost.BEFORE_A_NAMED_YEAR
    months = (year - state.year) * 12 + month - state.month
    if months == 0:
        return cost.SILENT_DAY_BACK if day and day < state.day else 0.0
    if months > 0:
        if year == state.year:
            return cost.SILENT_MONTH_ON * months
        if months < 12:
            turn = cost.SILENT_TURN + cost.SILENT_TURN_AT[gap]
            return turn + cost.SILENT_TURN_MONTH * (months - 1)
        return cost.SILENT_YEAR + 0.1 * months
    if year == state.year:
        if state.day == ROUGHLY:
            return cost.SILENT_BACK_ROUGHLY + cost.SILENT_BACK_AT[gap]
        return cost.SILENT_BACK - cost.SILENT_MONTH_BACK * months + cost.SILENT_BACK_AT[gap]
    return cost.SILENT_YEAR_BACK - 0.05 * months


def _written_choices(state: Moment, clue: Clue, year: int) -> list[_Choice]:
    last = Moment(year + clue.last[0], clue.last[1], clue.last[2])
    month = clue.month
    if not month and not clue.rough and last.year == year == state.year:
        return _same_year(state, clue)
    if not month and clue.rough and last.year == year:
        last = Moment(year, clue.rough, ROUGHLY)
    step = written_cost(state, clue, year)
    choices = [
        (year, month, True, last, step),
        (year, month, False, state, glance_cost(state, clue, year)),
    ]
    if clue.last != (0, clue.month, clue.day) and last.year != year:
        choices.append((year, month, True, Moment(year, month, clue.day), step + 0.3))
    return choices


def _same_year(state: Moment, clue: Clue) -> list[_Choice]:
    """Name the story's year again, which in a new block may start its months afresh."""
    if state.day == UNTOLD:
        return [(state.year, 0, True, Moment(state.year, 0, 0), 0.0)]
    choices = [(state.year, 0, True, state, 0.0)]
    if clue.gap > 1 and state.month:
        fresh = Moment(state.year, 0, 0)
        choices.append((state.year, 0, True, fresh, cost.YEAR_AFRESH))
    return choices


def written_cost(state: Moment, clue: Clue, year: int) -> float:
    """Return what it costs that a clue with a written year moves the story."""
    years = year - state.year
    if years == 0:
        month = clue.month or clue.rough
        return cost.WRITTEN_MONTH_BACK if month and month < state.month else 0.0
    if years == 1:
        return cost.WRITTEN_YEAR_ON
    if years > 0:
        return cost.WRITTEN_YEARS_ON[0] + cost.WRITTEN_YEARS_ON[1] * log2(years)
    once, doubled = cost.WRITTEN_YEARS_BACK
    return once + doubled * log2(-years) - cost.WRITTEN_BACK_SAVED[clue.gap]


def glance_cost(state: Moment, clue: Clue, year: int) -> float:
    """Return what it costs that a clue leaves the story where it is."""
    price = cost.GLANCE + clue.prominence - clue.glance
    if clue.gap > 1:
        price += cost.GLANCE_AT_FIRST
    if year < state.year:
        price -= cost.GLANCE_BACK_SAVED
    elif clue.is_ahead:
        price -= cost.LOOKING_AHEAD
    elif year > state.year and clue.glance < cost.AFTER_A_GLANCING_WORD:
        price += cost.GLANCE_ON
    return max(cost.LEAST_GLANCE, price)


def _label_choices(state: Moment, label: Promise) -> list[_Choice]:
    """Begin a section in one of its heading's years, or let the story run on into it."""
    first, last = label.first, label.last
    ignored = 0.0 if label.is_name else cost.LABEL_IGNORED
    choices: list[_Choice] = [(first, 0, False, state, ignored)]
    if first <= state.year <= last and (last > first or state.month):
        choices.append((first, 0, True, state, 0.0 if last > first else 0.1))
    extra = cost.LABEL_OF_A_NAME if label.is_name else 0.1
    longest = cost.YEARS_OF_A_LABEL
    years = range(first, last + 1) if last - first <= longest else range(first, first + 1)
    for index, year in enumerate(years):
        month = label.month if not index else 0
        day = ROUGHLY if month else 0
        choices.append((first, 0, True, Moment(year, month, day), extra + cost.LABEL_YEAR * index))
    return choices


def _picked_choices(state: Moment, clue: Clue, picked: Picked) -> list[_Choice]:
    base = picked.base or state
    year, month, day = base.year + picked.years, clue.month, clue.day
    if picked.turn_of_month is not None:
        if picked.turn_of_month > 0 and base.month and month > base.month:
            year = base.year
        elif picked.turn_of_month > 0:
            year = base.year + 1
        elif picked.turn_of_month < 0:
            year = base.year if base.month > month else base.year - 1
    if picked.months is not None:
        if not base.month or base.is_rough:
            return [(year, 0, False, state, 0.0)]
        years, month = divmod(base.month - 1 + picked.months, 12)
        year, month = base.year + years, month + 1
    if (year, month) == (state.year, 0) and not clue.rough:
        return _same_year(state, clue)
    if (year, month) == state[:2] and not day:
        return [(year, month, True, state, 0.0)]
    forward = (year, month) >= (state.year, state.month if month else 0)
    target = Moment(year, month, clue.last[2] if clue.last[2] < 0 else day)
    if not month and clue.rough:
        target = Moment(year, clue.rough, ROUGHLY)
    return [
        (year, month, True, target, 0.1 if forward else 1.0),
        (year, month, False, state, 1.0 if forward else 0.1),
    ]
