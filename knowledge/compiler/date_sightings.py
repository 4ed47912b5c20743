"""Every date expression of an article where it stands, before anything is concluded."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.compiler.calendar_styles import declares_old_style
from knowledge.compiler.date_context import Context, Surroundings, qualifier_before, rough_month
from knowledge.compiler.date_expressions import expressions, last_bc_year
from knowledge.compiler.date_parts import Expression, Join
from knowledge.compiler.date_uses import use_of
from knowledge.compiler.found_date import Use
from knowledge.compiler.recurring_dates import is_recurring
from knowledge.compiler.section_years import Promise, promised_years
from knowledge.model import Qualifier
from knowledge.readers.article import Article, Role

_BESIDE_THE_STORY = frozenset({Role.CAPTION, Role.TABLE, Role.FACT})
"""Blocks whose dates are read with the story's, and are rarely steps of it."""


@dataclass(slots=True)
class Sighting:
    """An expression where it stands. `sentence` and `section` are numbers in the article.

    `is_old_style` says that the section declares its dates to be Old Style, `is_beside`
    that the block stands beside the story. `qualifiers` has one a part. What `ends_an_aside`
    stands right before a comma or the end of brackets.
    """

    block: int
    expression: Expression
    context: Context
    use: Use
    sentence: int
    section: int
    opens_section: bool
    sentence_span: tuple[int, int]
    is_old_style: bool
    is_beside: bool
    rough_inside: int
    qualifiers: tuple[Qualifier, ...]
    ends_an_aside: bool


Spans = dict[tuple[str, ...], Promise]


def sightings_in(article: Article) -> tuple[list[Sighting], Spans]:
    """Return the expressions of an article in order, and what its headings promise."""
    found: list[Sighting] = []
    spans: Spans = {}
    sentences = section = 0
    bc: int | None = None
    path: tuple[str, ...] = ()
    opens_section = is_old_style = False
    for index, block in enumerate(article.blocks):
        if block.section != path:
            path, section, opens_section = block.section, section + 1, True
            is_old_style = False
        is_heading = block.role is Role.HEADING
        text = block.text
        written = list(expressions(text, is_heading=is_heading, bc=bc))
        for expression in written:
            bc = last_bc_year(expression, text, bc)
        if is_heading:
            span = promised_years(text, written)
            if span is not None:
                spans[block.section] = span
        surroundings = Surroundings(text)
        is_old_style = is_old_style or declares_old_style(text)
        for expression in written:
            context = surroundings.context(expression.start, expression.stop)
            sentence_span = surroundings.sentence_span(context.sentence)
            if is_recurring(expression, text, sentence_span):
                continue
            found.append(
                Sighting(
                    index,
                    expression,
                    context,
                    use_of(expression, block),
                    sentences + context.sentence,
                    section,
                    opens_section and context.sentence == 0,
                    sentence_span,
                    is_old_style,
                    block.role in _BESIDE_THE_STORY,
                    rough_month(text[expression.start : expression.stop])
                    if expression.relative is not None
                    else 0,
                    _qualifiers(text, expression, context),
                    text.startswith((",", ")"), expression.stop),
                )
            )
        sentences += surroundings.count
        opens_section = opens_section and is_heading
    return found, spans


def _qualifiers(text: str, expression: Expression, context: Context) -> tuple[Qualifier, ...]:
    """Return the word before each part: the ends of a range share it, members of a list don't."""
    found = [context.qualifier]
    for part in expression.parts[1:]:
        is_end = part.join is Join.RANGE
        found.append(found[-1] if is_end else qualifier_before(text, part.start))
    return tuple(found)
