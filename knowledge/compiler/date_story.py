"""From an article to the search for years and back: sightings, clues and readings."""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import NamedTuple

from knowledge.compiler import narrative_costs as cost
from knowledge.compiler.date_parts import Part, Unit, turns_of_the_year
from knowledge.compiler.date_sightings import Sighting, Spans, sightings_in
from knowledge.compiler.found_date import Use
from knowledge.compiler.narrative import Reading, read_years
from knowledge.compiler.narrative_choices import LAST_MONTH
from knowledge.compiler.narrative_clues import ROUGHLY, Clue, Moment
from knowledge.compiler.past_perfect import Earlier
from knowledge.compiler.picked_years import back_from, is_counted_back, picked
from knowledge.compiler.section_years import INHERITED
from knowledge.compiler.side_glances import LONG, glance_of, is_merely_bound
from knowledge.compiler.told_years import close_years, told_years, years_of_days
from knowledge.model import Precision
from knowledge.readers.article import Article, Block, Role

JANUARY = 1
MOST_FIRST_YEARS = 6
"""Years in which a story may begin: the first of those that are written."""

MOST_RESTARTS = 4
"""Years with which a story may start over behind the lead."""

LEAST_WRITTEN = 4
"""Years that an article must write for one that it doesn't write to tell anything."""

LEAST_OF_A_LEAD = 2
"""Dates with their years that a lead must have to say when all of it was."""


class Told(NamedTuple):
    """A sighting with its reading; none where it took no part in the story's search."""

    sighting: Sighting
    clue: Clue | None
    reading: Reading | None


def tell(article: Article) -> list[Told]:
    """Find all expressions of an article and read the years of those that belong to its story."""
    sightings, spans = sightings_in(article)
    clues: list[Clue | None] = []
    story: list[Clue] = []
    places: list[tuple[int, int, Clue]] = []
    first_years: list[int] = []
    before: Sighting | None = None
    passed = 0
    has_body = any(block.section for block in article.blocks)
    _complete_decades(sightings)
    for sighting, after in zip_longest(sightings, sightings[1:]):
        if not _is_of_the_story(sighting):
            clues.append(None)
            continue
        block = article.blocks[sighting.block]
        clue = _clue(sighting, before, block, spans)
        if after is not None and is_counted_back(sighting, before, after):
            clue.picked = back_from(sighting, after)
        clue.gap = max(clue.gap, passed)  # a mere glance at the head of a section is no step in it
        passed = clue.gap if clue.glance >= cost.SURE_GLANCE else 0
        is_lead = has_body and not block.section
        clue.is_of_the_lead = is_lead and clue.glance < cost.MARKED_GLANCE
        year = clue.year
        is_long = sighting.expression.parts[0].precision in LONG
        is_new = year is not None and not is_long and year not in first_years
        if year is not None and is_new and len(first_years) < MOST_FIRST_YEARS:
            first_years.append(year)
        clues.append(clue)
        story.append(clue)
        places.append((sighting.section, sighting.block, clue))
        before = sighting
    written = frozenset(clue.year for clue in story if clue.year is not None)
    period = _period_of_the_lead(article, sightings)
    told = told_years(story)
    for _, block_index, clue in places:
        clue.told = told
        if len(written) >= LEAST_WRITTEN:
            clue.written_years = written
        if article.blocks[block_index].section:
            clue.period = period
    close_years(places)
    years_of_days(story)
    _restart_behind_the_lead(article, places)
    _look_ahead(sightings, clues)
    readings = iter(read_years(story, first_years))
    return [
        Told(sighting, clue, next(readings) if clue is not None and first_years else None)
        for sighting, clue in zip(sightings, clues, strict=True)
    ]


def _restart_behind_the_lead(article: Article, places: list[tuple[int, int, Clue]]) -> None:
    """Let the story start over where the body begins: the lead has told all of it in short."""
    body = [index for index, place in enumerate(places) if article.blocks[place[1]].section]
    if not body or not body[0] or places[body[0]][2].label is not None:
        return
    first_section = places[body[0]][0]
    years: list[int] = []
    for section, _, clue in (*places[body[0] :], *places[: body[0]]):
        is_told = section == first_section or clue.is_of_the_lead
        if is_told and clue.year is not None and clue.year not in years:
            years.append(clue.year)
    places[body[0]][2].restarts = tuple(years[:MOST_RESTARTS])


def _period_of_the_lead(
    article: Article, sightings: list[Sighting]
) -> tuple[Moment, Moment] | None:
    """Return the first and last of the dates that the lead writes with their years, if several."""
    told = [
        Moment(part.year, part.month or 0, 0)
        for index, sighting in enumerate(sightings)
        if not article.blocks[sighting.block].section
        and sighting.use is Use.TEXT
        and not (index and _is_a_lifetime(sighting))
        for part in sighting.expression.parts
        if part.year is not None and part.precision not in LONG
    ]
    if len(told) < LEAST_OF_A_LEAD:
        return None
    last = max(told, key=lambda moment: (moment.year, moment.month or LAST_MONTH))
    return min(told), last


def _is_a_lifetime(sighting: Sighting) -> bool:
    """Whether years in brackets span somebody's or something's life: "Weiss (1840–1910)"."""
    parts = sighting.expression.parts
    is_span = len(parts) > 1 and parts[0].precision is Precision.YEAR
    return is_span and sighting.context.in_brackets


def _complete_decades(sightings: list[Sighting]) -> None:
    """Give decades such as "the thirties" the century of the year that was written before."""
    century: int | None = None
    for sighting in sightings:
        for part in sighting.expression.parts:
            if part.within and part.year is None and century is not None:
                part.year = century + part.within
            elif part.year is not None and sighting.use is Use.TEXT:
                century = part.year - part.year % 100


def _is_of_the_story(sighting: Sighting) -> bool:
    if sighting.use is not Use.TEXT:
        return False
    first = sighting.expression.parts[0]
    if first.precision in LONG and first.year is None:
        return False
    relative = sighting.expression.relative
    return relative is None or not relative.is_day


def _clue(sighting: Sighting, before: Sighting | None, block: Block, spans: Spans) -> Clue:
    expression, context = sighting.expression, sighting.context
    parts = expression.parts
    first, final = parts[0], parts[-1]
    precision = first.precision
    prominence = 0.0
    if precision is Precision.DAY:
        prominence += cost.GLANCE_AT_DAY
    elif precision is Precision.MONTH:
        prominence += cost.GLANCE_AT_MONTH
    elif not context.opens_sentence:
        prominence -= cost.GLANCE_AT_YEAR_INSIDE
    if context.opens_sentence:
        prominence += cost.GLANCE_AT_OPENING
    glance = glance_of(sighting)
    relative = expression.relative
    season = (relative.detail or 0) if relative and relative.unit is Unit.SEASON else 0
    clue = Clue(
        first.year,
        season or first.month or 0,
        first.day or 0,
        (_years_between(parts), season or final.month or 0, ROUGHLY if season else final.day or 0),
        _rough(sighting) if precision is Precision.YEAR else 0,
        _gap(sighting, before),
        prominence,
        glance,
        span=_span(block.section, spans),
        weekday=context.weekday,
        calendar=first.calendar if first.second is not None else None,
        is_back=context.is_pluperfect,
        is_wholly_back=context.earlier is Earlier.WHOLLY and not _goes_on_back(sighting, before),
        is_ahead=context.is_ahead,
    )
    promise = spans.get(block.section) if block.role is Role.HEADING else None
    if promise is not None and promise.start == expression.start:
        clue.label = promise
    elif expression.relative is not None or expression.turn is not None:
        clue.picked = picked(sighting, before)
        if clue.picked is None and expression.relative is not None:
            clue.season = True
    return clue


def _goes_on_back(sighting: Sighting, before: Sighting | None) -> bool:
    """Whether the date before, in the same sentence, stands beside "had done" as well."""
    is_one_sentence = before is not None and before.sentence == sighting.sentence
    return is_one_sentence and before is not None and before.context.is_pluperfect


def _rough(sighting: Sighting) -> int:
    """Return the month that "early" or "late" means, before a year or in "late in the year"."""
    if sighting.expression.relative is None:
        return sighting.context.rough
    return sighting.rough_inside or sighting.context.rough


def _gap(sighting: Sighting, before: Sighting | None) -> int:
    if before is None or before.section != sighting.section:
        return 3
    if before.block != sighting.block:
        return 2
    return 0 if before.sentence == sighting.sentence else 1


def _years_between(parts: list[Part]) -> int:
    """Return how many years after its first part an expression ends."""
    first, years = parts[0], 0
    for before, part in pairwise(parts):
        if part.year is not None and first.year is not None:
            years = part.year - first.year
        else:
            years += turns_of_the_year(before, part)
    return years


def _span(section: tuple[str, ...], spans: Spans) -> tuple[int, int, float] | None:
    for depth in range(len(section), 0, -1):
        promise = spans.get(section[:depth])
        if promise is not None:
            kept = 1.0 if depth == len(section) else INHERITED
            return promise.first, promise.last, promise.weight * kept
    return None


def _look_ahead(sightings: list[Sighting], clues: list[Clue | None]) -> None:
    """Look at what follows each clue: a year in its sentence, or a date without one."""
    sentence, hint = -1, None
    following: Clue | None = None
    hanging: Sighting | None = None
    is_direct = True
    for sighting, clue in zip(reversed(sightings), reversed(clues), strict=True):
        if clue is None or clue.picked is not None:
            is_direct = is_direct and clue is None
            hanging = sighting if sighting.expression.relative is not None else hanging
            continue
        if hanging is not None and _hangs_on(hanging, sighting):
            clue.prominence += cost.GLANCE_BEFORE_HANGING
        hanging = None
        if following is not None and clue.year is not None:
            is_bare = not clue.month and not clue.last[0]
            clue.is_afterword = is_bare and _is_last_of_a_section(following)
            if following.year is None:
                is_bound = clue.month > 0 and is_merely_bound(sighting)
                is_told = is_bound or clue.glance < cost.MARKED_GLANCE
                if is_told or _goes_on_from_past_perfect(clue, following):
                    _weigh_what_follows(clue, following)
                    if is_direct:
                        _lie_beside(clue, following, is_parted=sighting.ends_an_aside)
        if sighting.context.earlier is Earlier.BY_WORD:
            clue.is_wholly_back = following is None or following.gap > 0
        following, is_direct = clue, True
        if sighting.sentence != sentence:
            sentence, hint = sighting.sentence, None
        if clue.year is None:
            clue.hint = hint
        elif clue.glance < cost.IN_BRACKETS:
            hint = Moment(clue.year, clue.month, clue.day) if clue.month else None


def _hangs_on(hanging: Sighting, sighting: Sighting) -> bool:
    """Whether a relative day or year at the head of the next sentence goes on from a date."""
    is_next = hanging.sentence == sighting.sentence + 1 and hanging.context.opens_sentence
    is_next = is_next and hanging.section == sighting.section
    return is_next and (is_merely_bound(sighting) or glance_of(sighting) < cost.MARKED_GLANCE)


def _is_last_of_a_section(following: Clue) -> bool:
    """Whether a section ends before what follows, and the next one begins without a year."""
    ends = following.gap == 3 and following.year is None
    return ends or (following.is_afterword and following.gap < 2)


def _lie_beside(clue: Clue, following: Clue, *, is_parted: bool) -> None:
    """Let a year-less date go on with a written one right before it, step or side glance."""
    if following.gap == 0 or (following.gap == 1 and clue.month):
        following.beside = Moment(clue.year or 0, clue.month, clue.day)
        following.is_joined = following.gap == 0 and not is_parted


def _goes_on_from_past_perfect(clue: Clue, following: Clue) -> bool:
    """Whether a sentence that tells of what came before goes on with it.

    In "They had left on 3 May 1854, and on 5 June the town burned" both are of one year.
    """
    is_day = clue.month > 0 and following.month >= clue.month
    return clue.is_wholly_back and is_day and following.gap == 0


def _weigh_what_follows(clue: Clue, following: Clue) -> None:
    """Let a year-less date that follows a written one speak against its being a side glance."""
    clue.prominence += cost.GLANCE_BEFORE_SILENT[following.gap]
    if clue.month and following.gap < 3 and 0 <= (following.month - clue.month) % 12 <= 1:
        clue.prominence += cost.GLANCE_BEFORE_NEAR
