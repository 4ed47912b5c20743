"""Where the sentences of a block begin and end."""

from __future__ import annotations

from knowledge.model import Span
from knowledge.sentences import sentences

_ABBREVIATIONS = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec adm cmdr cpl maj gov sen rep supt fr"
    " b d r c fl ca a.d".split()
)
"""What a full stop stands behind in prose with dates and ranks, beside those of `sentences`."""


LONGEST_SENTENCE = 1200
"""Characters; a longer one is cut at a mark, so that no work grows with its square."""


def sentence_spans(text: str) -> list[Span]:
    """Return the spans of a text's sentences, in order; none splits "Sept. 3" or "Gov. Hale"."""
    return [
        part
        for whole in _whole_sentences(text)
        for span in (_items(text, whole) if " * " in text else [whole])
        for part in _parts(text, span)
    ]


def _items(text: str, span: Span) -> list[Span]:
    """Return the items of a list that a copy of a page has put into one line, by its asterisks."""
    items: list[Span] = []
    start = span.start
    while (mark := text.find(" * ", start, span.stop)) >= 0:
        items.append(Span(start, mark))
        start = mark + len(" * ")
    return [item for item in [*items, Span(start, span.stop)] if item.stop > item.start]


def _parts(text: str, span: Span) -> list[Span]:
    parts: list[Span] = []
    start = span.start
    while span.stop - start > LONGEST_SENTENCE:
        limit = start + LONGEST_SENTENCE
        cut = max(text.rfind("; ", start + 1, limit), text.rfind(", ", start + 1, limit)) + 1
        if cut <= start:
            cut = text.rfind(" ", start + 1, limit)
        cut = cut if cut > start else limit
        parts.append(Span(start, cut))
        start = cut
    return [*parts, Span(start, span.stop)]


def _whole_sentences(text: str) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for sentence in sentences(text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        if spans and _continues(text, spans[-1]):
            spans[-1] = Span(spans[-1].start, at)
        else:
            spans.append(Span(start, at))
    return spans


def _continues(text: str, before: Span) -> bool:
    """Whether the full stop at the end of a span belongs to an abbreviation."""
    if text[before.stop - 1] != ".":
        return False
    begin = max(
        text.rfind(" ", before.start, before.stop), text.rfind("(", before.start, before.stop)
    )
    word = text[max(begin + 1, before.start) : before.stop - 1]
    return word.lower() in _ABBREVIATIONS
