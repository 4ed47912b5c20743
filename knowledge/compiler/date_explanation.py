"""Why the dates of an article were read as they were: the winning story, with what each costs."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.compiler.date_story import Told, tell
from knowledge.compiler.date_values import confidence_of
from knowledge.compiler.narrative import Reading
from knowledge.compiler.narrative_clues import Clue, Moment
from knowledge.readers.article import Article

_LONGEST_EXCERPT = 40


def explain(article: Article) -> Iterator[str]:
    """Yield a line for each expression: what was read, from which present of the story, and why.

    "cost" is what this reading costs, "next" how much more the best story with another year does.
    """
    for told in tell(article):
        text = article.blocks[told.sighting.block].text
        expression = told.sighting.expression
        before = text[max(0, expression.start - _LONGEST_EXCERPT) : expression.start]
        words = f"{before}[{text[expression.start : expression.stop]}]"
        yield f"{words}: {_of(told)}"


def _of(told: Told) -> str:
    _, clue, reading = told
    if reading is None or clue is None:
        return f"no part of the story ({told.sighting.use})"
    value = f"{reading.year}" + (f"-{reading.month:02}" if reading.month else "")
    kind = "step" if reading.is_step else "side glance"
    sure = "" if clue.year is not None else f", sure {confidence_of(reading):.2f}"
    return (
        f"{value}, {kind} from {_moment(reading.present)}, cost {reading.cost:.2f},"
        f" next +{reading.gap:.2f}{sure}{_evidence(clue, reading)}"
    )


def _moment(moment: Moment) -> str:
    if not moment.month:
        return f"{moment.year}"
    return f"{moment.year}-{moment.month:02}" + (" or so" if moment.day < 0 else "")


def _evidence(clue: Clue, reading: Reading) -> str:
    found = []
    if clue.year is not None:
        found.append("the year is written")
    if clue.label is not None:
        found.append("a heading")
    if clue.picked is not None:
        found.append("picked by a word")
    if clue.hint is not None:
        found.append(f"{_moment(clue.hint)} stands later in the sentence")
    if clue.span is not None:
        found.append(f"the heading gives {clue.span[0]} to {clue.span[1]}")
    if clue.is_back:
        found.append("the verb is past perfect")
    if clue.is_ahead:
        found.append("the verb looks forward")
    if clue.weekday is not None:
        found.append("a weekday stands beside it")
    if clue.glance and not reading.is_step:
        found.append(f"{clue.glance:.1f} speaks for a side glance")
    return f"; {', '.join(found)}" if found else ""
