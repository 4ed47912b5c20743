"""What was found in articles as the entries of one pack, as `daybook compile` promises them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from knowledge.calendars import Calendar
from knowledge.compiler.compiled import Compiled
from knowledge.compiler.found_event import FoundEvent
from knowledge.compiler.one_cast import OneCast, one_cast
from knowledge.compiler.pack_text import (
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    LONGEST_PASSAGE,
    LONGEST_SENTENCE,
    MOST_NAMES,
    line,
    names,
)
from knowledge.model import (
    HistoricalDate,
    InvalidDateError,
    PartialDate,
    Span,
    Tone,
)
from knowledge.names import slug
from knowledge.packs.ids import Ids

Entry = dict[str, Any]
"""The keys of an entry by name; `msgspec.json.encode` makes a line of it."""

ID_ENDING = "-compiled"
"""Ends the id of a pack, so that it can lie beside a hand-written one about the same."""

LONGEST_PACK_ID = 40
LONGEST_URL = 500
UNTITLED = "Untitled article"

_URL = re.compile(r"https?://\S+")
_KIND = re.compile(r"[a-z][a-z-]{0,39}")
_RELATION = re.compile(r"[a-z][a-z -]{0,59}")

MANY_MENTIONS = 3
"""Who is named so often is likelier meant by a shared name than who is named in passing."""


def pack_entries(found: Sequence[Compiled], name: str = "") -> Iterator[Entry]:
    """Yield the entries of the pack that these articles make: head, sources, events, entities, ...

    `name` is the pack's; without one it is called after the first article. Ids are made of what is
    said and not of how, so they stay when an article is reworded and compiled again.
    """
    titles = [line(one.title, LONGEST_NAME) or UNTITLED for one in found]
    yield _head(line(name, LONGEST_NAME) or titles[0], len(found))
    source_ids = Ids()
    sources = [source_ids.made([title]) for title in titles]
    for source, title, one in zip(sources, titles, found, strict=True):
        yield _source(source, title, one)
    yield from _Writer(found, titles, sources).entries()


def _head(title: str, articles: int) -> Entry:
    pack_id = slug(title)[: LONGEST_PACK_ID - len(ID_ENDING)].strip("-") or "article"
    what = "an article" if articles == 1 else f"{articles} articles"
    return {
        "type": "pack",
        "id": pack_id + ID_ENDING,
        "title": title,
        "description": f"Read from {what} by a program.",
        "compiled": True,
    }


def _source(source: str, title: str, found: Compiled) -> Entry:
    entry: Entry = {"type": "source", "id": source, "title": title}
    if len(found.url) <= LONGEST_URL and _URL.fullmatch(found.url) and found.url.isprintable():
        entry["url"] = found.url
    if found.hash:
        entry["hash"] = found.hash
    return entry


class _Writer:
    """Writes entries that name one another: ids are given out to the entities first."""

    def __init__(
        self, found: Sequence[Compiled], titles: Sequence[str], sources: Sequence[str]
    ) -> None:
        self._found = found
        self._titles = titles
        self._sources = sources
        self._cast: OneCast = one_cast([one.cast for one in found])
        self._ids = Ids()
        self._names = [line(entity.name, LONGEST_NAME) for entity in self._cast.entities]
        self._entity_ids = [self._ids.made([name]) if name else "" for name in self._names]
        self._bearers = Counter(self._names)

    def entries(self) -> Iterator[Entry]:
        for article, one in enumerate(self._found):
            doubted = zip(one.events, one.doubts, strict=True)
            for event, doubt in sorted(doubted, key=lambda pair: pair[0].date.in_time):
                text = line(event.text, LONGEST_SENTENCE)
                if text:
                    yield self._event(article, event, text, doubt)
        for place, name in enumerate(self._names):
            if name:
                yield self._entity(place, name)
        for article, one in enumerate(self._found):
            for passage in one.passages:
                text = line(passage.text, LONGEST_PASSAGE)
                if text:
                    yield {
                        "type": "passage",
                        "id": self._ids.made([self._titles[article], "passage"]),
                        "text": text,
                        **self._cited(article, passage.section, [passage.span]),
                    }

    def _event(self, article: int, event: FoundEvent, text: str, doubt: str) -> Entry:
        date = event.date
        kind = event.kind if _KIND.fullmatch(event.kind) else "event"
        people = self._named(article, event.people)
        entry: Entry = {
            "type": "event",
            "id": self._ids.made(
                [self._titles[article], str(date.start), kind, people[0] if people else ""]
            ),
            **_date_keys(date),
            "kind": kind,
            "weight": event.weight,
            "text": text,
            "people": people,
            "places": self._named(article, event.places),
            "things": self._named(article, event.things),
            **self._cited(article, event.sections[0], event.statements),
        }
        if event.tone is not Tone.PLAIN:
            entry["tone"] = event.tone
        return entry | _confidence(event.confidence) | ({"note": doubt} if doubt else {})

    def _entity(self, place: int, name: str) -> Entry:
        entity = self._cast.entities[place]
        relations = [
            {"kind": relation.kind, "to": self._mention(relation.to)}
            for relation in entity.relations
            if _RELATION.fullmatch(relation.kind) and self._names[relation.to]
        ]
        entry: Entry = {
            "type": "entity",
            "id": self._entity_ids[place],
            "kind": entity.kind,
            "name": name,
            "aliases": [other for other in names(entity.aliases) if other != name],
            "born": _life_date(entity.born),
            "died": _life_date(entity.died),
            "description": line(entity.description, LONGEST_DESCRIPTION),
            "relations": relations,
            "weight": self._weight(place),
            "mentions": entity.mentions,
            **self._cited(
                self._cast.article[place],
                entity.section,
                [entity.statement] if entity.statement else [],
            ),
        }
        return entry | _confidence(entity.confidence)

    def _weight(self, place: int) -> int:
        if place in self._cast.subjects:
            return 3
        return 2 if self._cast.entities[place].mentions >= MANY_MENTIONS else 1

    def _named(self, article: int, places: Iterable[int]) -> list[str]:
        """Return how events write entities, each once; those without a name are left out."""
        own = self._cast.places[article]
        mentions = (self._mention(own[place]) for place in places if self._names[own[place]])
        return list(dict.fromkeys(mentions))[:MOST_NAMES]

    def _mention(self, place: int) -> str:
        """Return an entity's name, or its id where another one bears the same name."""
        name = self._names[place]
        return name if self._bearers[name] == 1 else self._entity_ids[place]

    def _cited(self, article: int, section: Iterable[str], spans: Sequence[Span]) -> Entry:
        entry: Entry = {
            "source": self._sources[article],
            "section": [heading for part in section if (heading := line(part, LONGEST_NAME))],
        }
        if spans:
            entry |= {"start": spans[0].start, "stop": spans[0].stop}
        if spans[1:]:
            entry["also"] = [tuple(span) for span in spans[1:]]
        return entry


def _date_keys(date: HistoricalDate) -> Entry:
    entry: Entry = {
        "date": str(date.start),
        "end": str(date.end) if date.end else None,
        "precision": date.precision,
        "calendar": date.calendar,
        "gregorian": str(date.gregorian) if date.gregorian else None,
        "gregorian_end": str(date.gregorian_end) if date.gregorian_end else None,
        "qualifier": date.qualifier,
    }
    if date.calendar_inferred and date.calendar is Calendar.JULIAN:
        entry["calendar_inferred"] = True
    return entry


def _life_date(date: PartialDate | None) -> str | None:
    """Return a date of somebody's life; none where the Gregorian calendar doesn't have that day."""
    if date is None:
        return None
    try:
        return str(HistoricalDate(date).start)
    except InvalidDateError:  # a leap day that only the old calendar had
        return None


def _confidence(confidence: float) -> Entry:
    """Return the key where there is some doubt; written with two digits, never rounded up to 1."""
    rounded = int(min(max(confidence, 0.0), 1.0) * 100) / 100
    return {"confidence": rounded} if rounded < 1 else {}
