"""Rows of the knowledge file as the frozen values of model.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from knowledge.calendars import Calendar
from knowledge.model import (
    Citation,
    Entity,
    EntityKind,
    Event,
    Further,
    HistoricalDate,
    Mention,
    PartialDate,
    Qualifier,
    Relation,
    Source,
    Span,
    Tone,
)

KEPT_DECODED = 4096
"""Dates and lists of names and headings that are kept decoded; the same stand in many rows."""

_NONE = "[]"
"""An empty list as JSON, which nearly every row holds."""

Sources = Mapping[tuple[str, str], Source]
"""Sources by the id of their pack and their own."""

EVENT_COLUMNS = (
    "event.key, event.pack, event.date, event.end, event.calendar, calendar_inferred,"
    " calendar_words, qualifier, event.kind, event.weight, tone, event.text, event.note,"
    " people, places, things, event.source, event.section, event.spans, event.further,"
    " event.confidence"
)
ENTITY_COLUMNS = (
    "entity.key, entity.pack, entity.kind, name, fictional, aliases, transliterations, pen_names,"
    " born, died, description, entity.text, relations, weight, mentions, note, source, section,"
    " spans, further, confidence"
)


def event_of(row: Sequence[Any], sources: Sources) -> Event:
    """Return an event from its columns, EVENT_COLUMNS."""
    (key, pack, date, end, calendar, inferred, calendar_words, qualifier) = row[:8]
    (kind, weight, tone, text, note, people, places, things) = row[8:16]
    (source, section, spans, further, confidence) = row[16:]
    return Event(
        key=key,
        date=_date(date, end, calendar, inferred, qualifier),
        text=text,
        kind=kind,
        citation=citation_of(sources, pack, source, section, spans),
        weight=weight,
        tone=Tone(tone),
        people=_mentions(people),
        places=_mentions(places),
        things=_mentions(things),
        calendar_words=calendar_words,
        note=note,
        further=_further(sources, further),
        confidence=confidence,
    )


def entity_of(row: Sequence[Any], sources: Sources) -> Entity:
    """Return an entity from its columns, ENTITY_COLUMNS."""
    (key, pack, kind, name, fictional, aliases, transliterations, pen_names, born, died) = row[:10]
    (description, text, relations, weight, mentions, note) = row[10:16]
    (source, section, spans, further, confidence) = row[16:]
    return Entity(
        key=key,
        kind=EntityKind(kind),
        name=name,
        citation=citation_of(sources, pack, source, section, spans),
        fictional=bool(fictional),
        aliases=strings_of(aliases),
        transliterations=strings_of(transliterations),
        pen_names=strings_of(pen_names),
        born=HistoricalDate.parse(born) if born else None,
        died=HistoricalDate.parse(died) if died else None,
        description=description,
        text=text,
        relations=tuple(
            Relation(kind, Mention(*to)) for kind, to in msgspec.json.decode(relations)
        ),
        weight=weight,
        mentions=mentions,
        note=note,
        further=_further(sources, further),
        confidence=confidence,
    )


def citation_of(sources: Sources, pack: str, source: str, section: str, spans: str) -> Citation:
    """Return the place in a source that a row names."""
    return Citation(sources[pack, source], strings_of(section), _spans(spans))


@lru_cache(maxsize=KEPT_DECODED)
def _date(
    date: str, end: str | None, calendar: str, inferred: int, qualifier: str
) -> HistoricalDate:
    return HistoricalDate(
        PartialDate.parse(date),
        PartialDate.parse(end) if end else None,
        Calendar(calendar),
        bool(inferred),
        Qualifier(qualifier),
    )


@lru_cache(maxsize=KEPT_DECODED)
def strings_of(encoded: str) -> tuple[str, ...]:
    """Return a list of texts that a column holds as JSON."""
    return tuple(msgspec.json.decode(encoded))


def _further(sources: Sources, encoded: str) -> tuple[Further, ...]:
    if encoded == _NONE:
        return ()
    return tuple(
        Further(
            pack, Citation(sources[pack, source], tuple(section), tuple(Span(*s) for s in spans))
        )
        for pack, source, section, spans in msgspec.json.decode(encoded)
    )


def _spans(encoded: str) -> tuple[Span, ...]:
    return tuple(Span(*span) for span in msgspec.json.decode(encoded))


@lru_cache(maxsize=KEPT_DECODED)
def _mentions(encoded: str) -> tuple[Mention, ...]:
    return tuple(Mention(*mention) for mention in msgspec.json.decode(encoded))
