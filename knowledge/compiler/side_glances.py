"""How much speaks for a date's being a side glance, which leaves the story where it is."""

from __future__ import annotations

from knowledge.compiler import narrative_costs as cost
from knowledge.compiler.date_sightings import Sighting
from knowledge.model import Precision

LONG = frozenset({Precision.DECADE, Precision.CENTURY})


def glance_of(sighting: Sighting) -> float:
    """Return how much speaks for a date's being a side glance."""
    expression, context = sighting.expression, sighting.context
    precision = expression.parts[0].precision
    glance = context.glancing * cost.AFTER_A_GLANCING_WORD / 0.6
    glance += cost.IN_BRACKETS * context.in_brackets + cost.IN_QUOTES * context.in_quotes
    glance += cost.PLUPERFECT * context.is_pluperfect
    if precision is Precision.YEAR and context.is_present:
        glance += cost.BEFORE_PRESENT_TENSE
    if precision is Precision.YEAR and len(expression.parts) > 1 and context.in_brackets:
        glance += cost.LIFE_IN_BRACKETS
    if sighting.is_beside:
        glance += cost.BESIDE_THE_STORY
    if precision in LONG:
        glance += 5.0
    return glance


def is_merely_bound(sighting: Sighting) -> bool:
    """Whether no more than "until" makes a date a side glance: the story may well go on from it."""
    context = sighting.context
    is_aside = context.in_brackets or context.in_quotes or context.is_pluperfect
    return context.is_bound and not is_aside and not sighting.is_beside
