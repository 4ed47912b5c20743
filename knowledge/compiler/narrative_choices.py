"""What a date may be in the story, from a given present, and what each reading costs.

The figures, and why they are what they are, stand in narrative_costs.py.
"""

from __future__ import annotations

from math import log2

from knowledge.calendars import Calendar, day_number, month_length
from knowledge.compiler import narrative_costs as cost
from knowledge.compiler.day_rules import FIRST_GREGORIAN_YEAR
from knowledge.compiler.narrative_clues import (
    FIRST_MONTH_OF_A_SEASON,
    OVER_NEW_YEAR,
    ROUGHLY,
    UNTOLD,
    Clue,
    Moment,
    Picked,
)
from knowledge.compiler.section_years import Promise

NEVER = 1e9
"""Dearer than any story."""

LAST_DAY_OF_ANY_MONTH = 31
LAST_MONTH = 12

MONTHS_NEAR = 2
"""So many months on, a month is the next one of the story rather than last year's."""

_LAST_JULIAN_YEAR = 1930
"""Until about then a weekday may stand beside a day of the old calendar."""


Choice = tuple[int, int, bool, Moment, float]
"""Year, month, whether it is a step, the story's present after it, and what it costs."""


def choices_of(state: Moment, clue: Clue) -> list[Choice]:
    """Return every reading of a clue from a present of the story."""
    choices = _choices(state, clue)
    for index, year in enumerate(clue.restarts):
        if year < state.year:
            once = cost.RESTART + cost.LATER_RESTART * index
            choices += [
                (*choice[:4], choice[4] + once) for choice in _choices(Moment(year, 0, 0), clue)
            ]
    return choices


def _choices(state: Moment, clue: Clue) -> list[Choice]:
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
    if clue.year_of_the_lead is not None and clue.year_of_the_lead not in years:
        years.append(clue.year_of_the_lead)
    choices = []
    for year in years:
        if clue.day > 28 and clue.day > month_length(clue.month, year, _calendar_of(year)):
            continue
        price = silent_cost(state, clue, year)
        target = Moment(year + clue.last[0], clue.last[1], clue.last[2])
        price += _ahead_of_past_perfect(state, clue, year)
        step = price + cost.STEP_OF_PAST_PERFECT if clue.is_back else price
        choices.append((year, clue.month, True, target, step))
        if clue.is_back or clue.glance > cost.LEAST_SILENT_GLANCE:
            glance = _silent_glance(state, clue, year, price)
            choices.append((year, clue.month, False, state, glance))
    if clue.beside is not None:
        choices += _beside(state, clue, clue.beside)
    return choices or [(state.year, clue.month, False, state, 0.0)]


def _beside(state: Moment, clue: Clue, beside: Moment) -> list[Choice]:
    """Go on with the side glance before: "in 1912, in May to Rome and in June to Bern".

    So it may look a little ahead of the story: "It sank in May. The last man was found in July".
    """
    is_far = (clue.month - beside.month) % LAST_MONTH > cost.LONGEST_LOOK_AHEAD
    if beside == state and is_far:
        return []
    return [
        (
            year,
            clue.month,
            False,
            state,
            (cost.SIDE_STORY_JOINED if clue.is_joined else cost.SIDE_STORY)
            + _silent_step(beside, clue.month, clue.day, year, clue.gap)
            + _ahead_of_past_perfect(beside, clue, year),
        )
        for year in (beside.year, beside.year + 1)
    ]


def _ahead_of_past_perfect(state: Moment, clue: Clue, year: int) -> float:
    is_ahead = clue.is_wholly_back and (year, clue.month) > state[:2]
    return cost.AHEAD_OF_PAST_PERFECT if is_ahead else 0.0


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
        told = cost.FLASHBACK + cost.FLASHBACK_MONTH * back
        if year < state.year and back > 1:
            told += cost.FLASHBACK_OVER_NEW_YEAR
        return told + _untold(state, clue, year) + _contradicted(clue, year)
    return glance


def silent_cost(state: Moment, clue: Clue, year: int) -> float:
    """Return what it costs that a clue without a year is of this year."""
    price = _silent_step(state, clue.month, clue.day, year, clue.gap)
    is_turn = year > state.year and state.month > 0
    if is_turn and clue.written_years and year not in clue.written_years:
        price += cost.SILENT_TURN_TO_UNWRITTEN
    if clue.season and state.month:
        price = _season_step(state, clue.month, year, price)
    if clue.last[0]:
        ended = _silent_step(state, clue.last[1], clue.last[2], year + clue.last[0], clue.gap)
        price = min(price, ended + 0.1)
    price += _untold(state, clue, year)
    if clue.hint is not None:
        if state[:2] <= clue.hint[:2] < (year, clue.month):
            price += cost.BEHIND_A_HINT
        price = min(price, _hinted(state, clue, clue.hint, year))
    if year == clue.year_of_the_lead:
        price = min(price, cost.TOLD_IN_THE_LEAD)
    return price + _contradicted(clue, year)


def _untold(state: Moment, clue: Clue, year: int) -> float:
    """Return what it costs that the article speaks of a year little or not at all."""
    price = 0.0
    if clue.period is not None and not _is_in(clue.period, year, clue.month):
        goes_on = _is_after_a_life(state, clue.period) or _is_told_apart(state, clue, year)
        price += 0.0 if goes_on else cost.OUTSIDE_PERIOD
    if clue.told is not None and year not in clue.close_years:
        once, still = cost.YEAR_NOT_TOLD
        price += (still if year == state.year else once) * (1.0 - clue.told.get(year, 0.0))
    if clue.years_of_day and year not in clue.years_of_day:
        price += cost.DAY_OF_ANOTHER_YEAR
    return price


def _contradicted(clue: Clue, year: int) -> float:
    """Return what it costs that a heading or a weekday says otherwise."""
    price = 0.0
    if clue.span is not None:
        first, last, weight = clue.span
        if not first <= year <= last:
            price += cost.OUTSIDE_SPAN * weight
    if clue.weekday is not None and clue.day and not _is_weekday(clue, year):
        price += cost.WRONG_WEEKDAY
    return price


def _is_after_a_life(state: Moment, period: tuple[Moment, Moment]) -> bool:
    """Whether the story has outlived a life, of which the lead told both ends, and may go on."""
    first, last = period
    is_life = last.year - first.year >= cost.LEAST_YEARS_OF_A_LIFE
    return is_life and (state.year, state.month) > (last.year, last.month or LAST_MONTH)


def _is_told_apart(state: Moment, clue: Clue, year: int) -> bool:
    """Whether the story has left the lead's time by a year that is written, and stays in it."""
    if clue.period is None or state.year != year:
        return False
    # The year after one that is written is close too, and needs a sign of its own.
    is_written = year in clue.close_years and year - 1 not in clue.close_years
    return is_written and not clue.period[0].year <= year <= clue.period[1].year


def _is_in(period: tuple[Moment, Moment], year: int, month: int) -> bool:
    first, last = period
    starts = (year, month) >= (first.year, first.month)
    return starts and (year, month) <= (last.year, last.month or LAST_MONTH)


def _season_step(state: Moment, month: int, year: int, price: float) -> float:
    """Return what it costs that "in the spring" is of this year: mostly the next one to come."""
    months = (year - state.year) * 12 + month - state.month
    if -1 <= months < 12:
        return min(price, cost.SEASON_ON)
    return price + cost.SEASON_BACK


def _hinted(state: Moment, clue: Clue, hint: Moment, year: int) -> float:
    """Return what a year costs that a date later in the sentence suggests: the last before it.

    To go far back to it costs what going back in so many words does.
    """
    is_before = (clue.month, clue.day) <= (hint.month, hint.day or LAST_DAY_OF_ANY_MONTH)
    nearest = hint.year if is_before else hint.year - 1
    if not hint.year - 1 <= year <= hint.year:
        return NEVER
    hinted = cost.HINTED if year == nearest else cost.HINTED_ROUGHLY
    if year < state.year - 1:
        hinted += written_cost(state, clue, year)
    return hinted


def _is_weekday(clue: Clue, year: int) -> bool:
    calendars = [clue.calendar or Calendar.GREGORIAN]
    if clue.calendar is None and year < _LAST_JULIAN_YEAR:
        calendars.append(Calendar.JULIAN)
    return any(
        day_number(year, clue.month, clue.day, calendar) % 7 == clue.weekday
        for calendar in calendars
    )


def _silent_step(state: Moment, month: int, day: int, year: int, gap: int) -> float:
    if not state.month:
        if state.day == OVER_NEW_YEAR and 0 <= year - state.year <= 1:
            is_first = month >= FIRST_MONTH_OF_A_SEASON
            is_inside = is_first == (year == state.year)
            return cost.IN_A_NAMED_YEAR if is_inside else cost.OUT_OF_SEASON
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
        return cost.SILENT_BACK - cost.SILENT_MONTH_BACK[gap] * months + cost.SILENT_BACK_AT[gap]
    if 0 <= month - state.month <= MONTHS_NEAR:
        return cost.SILENT_YEAR_BACK - 0.05 * months + cost.SILENT_YEAR_BACK_NEAR
    return cost.SILENT_YEAR_BACK - 0.05 * months - cost.SILENT_YEAR_BACK_SAVED[gap]


def _written_choices(state: Moment, clue: Clue, year: int) -> list[Choice]:
    last = Moment(year + clue.last[0], clue.last[1], clue.last[2])
    month = clue.month
    if not month and not clue.rough and last.year == year == state.year:
        return _same_year(state, clue)
    if not month and clue.rough and last.year == year:
        last = Moment(year, clue.rough, ROUGHLY)
    step = written_cost(state, clue, year)
    if not month and last == (year + 1, 0, 0):
        last = Moment(year, 0, OVER_NEW_YEAR)
    choices = [
        (year, month, True, last, step),
        (year, month, False, state, glance_cost(state, clue, year)),
    ]
    if clue.last != (0, clue.month, clue.day) and last.year != year:
        choices.append((year, month, True, Moment(year, month, clue.day), step + 0.3))
    return choices


def _same_year(state: Moment, clue: Clue) -> list[Choice]:
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
        if not month or month >= state.month:
            return 0.0
        months = state.month - month - 1
        return cost.WRITTEN_MONTH_BACK + cost.WRITTEN_MONTHS_BACK_AT[clue.gap] * months
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
    elif year > state.year + 1 and clue.is_afterword:
        price -= cost.AFTERWORD
    elif year > state.year and clue.glance < cost.AFTER_A_GLANCING_WORD:
        price += cost.GLANCE_ON
    return max(cost.LEAST_GLANCE, price)


def _label_choices(state: Moment, label: Promise) -> list[Choice]:
    """Begin a section in one of its heading's years, or let the story run on into it."""
    first, last = label.first, label.last
    ignored = 0.0 if label.is_name else cost.LABEL_IGNORED
    choices: list[Choice] = [(first, 0, False, state, ignored)]
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


def _picked_choices(state: Moment, clue: Clue, picked: Picked) -> list[Choice]:
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
    # "Until the end of the year" says how long; the story stays where it is.
    is_end_of_a_time = clue.rough > 0 and clue.glance >= cost.AFTER_A_GLANCING_WORD
    return [
        (year, month, True, target, 0.1 if forward else 1.0),
        (year, month, False, state, 1.0 if forward and not is_end_of_a_time else 0.1),
    ]
