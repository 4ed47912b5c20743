"""Why a found event is uncertain, said in a sentence for whoever reads or corrects it."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.compiler.dates import SURE
from knowledge.compiler.found_date import Form, FoundDate
from knowledge.compiler.found_event import FoundEvent
from knowledge.model import Span
from knowledge.readers.article import Article

_WHY = {
    Form.PARTIAL: "The source doesn't write the whole date there; "
    "the rest is concluded from the text around it.",
    Form.RELATIVE: "The source doesn't write the date there; "
    "it is counted from another date in the text.",
}


def doubts_of(
    events: Sequence[FoundEvent], dates: Sequence[FoundDate], article: Article
) -> tuple[str, ...]:
    """Return for each event why its date is doubtful, or nothing where it is written or sure."""
    doubtful: dict[object, list[tuple[Span, str]]] = {}
    for date in dates:
        if date.form is not Form.FULL and date.confidence < SURE:
            span = article.blocks[date.block].span(date.start, date.stop)
            doubtful.setdefault(date.date, []).append((span, _WHY[date.form]))
    return tuple(_doubt(event, doubtful.get(event.date.start, ())) for event in events)


def _doubt(event: FoundEvent, doubtful: Sequence[tuple[Span, str]]) -> str:
    best = event.statements[0]
    for span, why in doubtful:
        if best.start <= span.start and span.stop <= best.stop:
            return why
    return ""
