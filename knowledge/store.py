"""Questions to the knowledge file: what happened on a day, who bears a name, what a pack holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from knowledge.calendars import Calendar
from knowledge.finder import Finder, Order, Wish
from knowledge.full_text import plain_words
from knowledge.knowledge_file import connected
from knowledge.model import (
    Entity,
    EntityKind,
    Event,
    MonthDay,
    Pack,
    Passage,
    Position,
    Quotation,
    Source,
)
from knowledge.names import MOST_WORDS, KnownName, NameIndex, WordIndex, fold
from knowledge.rows import (
    ENTITY_COLUMNS,
    EVENT_COLUMNS,
    citation_of,
    entity_of,
    event_of,
    strings_of,
)
from knowledge.sentences import sentences

ROWS_AT_ONCE = 500
"""Rows that are asked for by number in one statement; older SQLite takes 999 values at most
(https://www.sqlite.org/limits.html#max_variable_number)."""

KEPT_EVENTS = 4096
"""Events told lately that are kept decoded."""

KEPT_FOUND = 16
"""Answers to wishes that are kept."""

KEPT_WORDS = 4096
"""Words of which it is kept whether they stand in what is told."""

MOST_SEARCH_WORDS = 16
LONGEST_SEARCH = 256
"""Words and characters of a full-text query that are used: 100,000 terms take SQLite 31 seconds."""


class Told(NamedTuple):
    """An event on a day of the year: in which calendar it is that day, and which part of it."""

    event: Event
    calendar: Calendar
    position: Position


class Related(NamedTuple):
    """Somebody or something by key and name, and what it is to another: "wife"."""

    kind: str
    key: str
    name: str


class FoundEvent(NamedTuple):
    """An event, and how much it covers of what was wished for: of all, and of what is no name."""

    event: Event
    coverage: float
    said: float


class FoundQuotation(NamedTuple):
    """A sentence of a passage, and how much it covers of what was wished for, as for events."""

    quotation: Quotation
    coverage: float
    said: float


class FoundEntity(NamedTuple):
    """An entity, how much its best sentence covers of what was wished for, and its best ones.

    `by_name` is the share of the words wished for that its names say; `sentences` are in order.
    """

    entity: Entity
    coverage: float
    said: float
    by_name: float
    sentences: tuple[str, ...]


class PackSummary(NamedTuple):
    """A pack as `/sources` shows it."""

    id: str
    title: str
    description: str
    licence: str
    sources: tuple[Source, ...]
    events: int
    entities: int
    compiled: bool = False


_IN_MONTH = "WHERE length(ltrim(date, '-')) >= 7 AND substr(ltrim(date, '-'), 6, 2) = ?"
_IN_TIME = "start_first, start_last, event.weight DESC, event.number"


def open_store(path: Path) -> Store:
    """Open a knowledge file for reading.

    Raises NotAKnowledgeFileError where it is missing, is something else or has another format.
    """
    return Store(connected(path))


class Store:
    """What is known. Read-only; every method is a question, and its answer is a frozen value."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection to a knowledge file."""
        self._connection = connection
        self._kept: dict[int, Event] = {}
        # one question asks for the same wishes in several readings
        self._found_events = lru_cache(maxsize=KEPT_FOUND)(self._find_events)
        self._is_told = lru_cache(maxsize=KEPT_WORDS)(self._ask_is_told)
        self._most_told = lru_cache(maxsize=KEPT_FOUND)(self._find_most_told)
        self._found_entities = lru_cache(maxsize=KEPT_FOUND)(self._find_entities)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def events_on(self, day: MonthDay, *, gregorian_only: bool = False) -> list[Told]:
        """Return what is told on a day of any year, by its Julian or its Gregorian date.

        An event that is there under both (it can't be on one day, but a span may) comes once.
        """
        rows = self._connection.execute(
            "SELECT number, day.calendar, position FROM day JOIN event ON event.number = day.event"
            " WHERE month = ? AND day.day = ? AND (NOT ? OR day.calendar = 'gregorian')"
            " ORDER BY start_first, number, day.calendar",
            (day.month, day.day, gregorian_only),
        ).fetchall()
        events = self._numbered([number for number, _, _ in rows])
        told: dict[str, Told] = {}
        for event, (_, calendar, position) in zip(events, rows, strict=True):
            told.setdefault(event.key, Told(event, Calendar(calendar), Position(position)))
        return list(told.values())

    def events_between(self, first: int, last: int) -> list[Event]:
        """Return, in order, the events whose date or whose end lies in a span of days.

        `first` and `last` are Julian Day Numbers. A date lies in the span if all that it may mean
        does: an event of "1917" lies in 1917, not in November 1917.
        """
        return self._events(
            "WHERE (start_first >= ? AND start_last <= ?) OR (end_first >= ? AND end_last <= ?)",
            (first, last, first, last),
        )

    def events_in_month(self, month: int) -> list[Event]:
        """Return, in order, the events of a month of any year, as their sources write the month."""
        return self._events(_IN_MONTH, (f"{month:02}",))

    def known_of_month(self, month: int) -> Iterator[Event]:
        """Yield the events of a month of any year: those without a day first, then by weight."""
        rows = self._connection.execute(
            f"SELECT {EVENT_COLUMNS} FROM event {_IN_MONTH}"
            " ORDER BY length(ltrim(date, '-')) > 7, weight DESC, start_first, number",
            (f"{month:02}",),
        )
        return (event_of(row, self._source_by_id) for row in rows)

    def events_of(self, key: str, kinds: Iterable[str] = ()) -> list[Event]:
        """Return, in order, the events that an entity has a part in; of these kinds, if given."""
        wanted = sorted(kinds)
        of_kinds = f" AND event.kind IN ({', '.join('?' * len(wanted))})" if wanted else ""
        return self._events(
            f"JOIN part ON part.event = event.number WHERE part.entity = ?{of_kinds}",
            (key, *wanted),
        )

    def events_of_both(self, one: str, other: str) -> list[Event]:
        """Return, in order, the events that two entities both have a part in."""
        return self._events(
            "JOIN part ON part.event = event.number"
            " JOIN part AS also ON also.event = event.number"
            " WHERE part.entity = ? AND also.entity = ?",
            (one, other),
        )

    def events_of_pack(self, pack: str) -> list[Event]:
        """Return, in order, the events of a pack."""
        return self._events("WHERE pack = ?", (pack,))

    @cached_property
    def event_count(self) -> int:
        """The number of events in the library."""
        return int(self._connection.execute("SELECT count(*) FROM event").fetchone()[0])

    def nth_event(self, position: int) -> Event:
        """Return the event at a position from 0 to before `event_count`; the order is fixed."""
        return self._events("", (position,), "number LIMIT 1 OFFSET ?")[0]

    def event(self, key: str) -> Event | None:
        """Return the event with this key, if there is one still."""
        return next(iter(self._events("WHERE key = ?", (key,))), None)

    def neighbours(self, first: int, last: int) -> list[Event]:
        """Return the last event before a span of days and the first one after it."""
        before = self._events("WHERE start_last < ?", (first,), "start_last DESC LIMIT 1")
        return before + self._events("WHERE start_first > ?", (last,), "start_first LIMIT 1")

    def weightiest_event_with_a_day(self) -> Event | None:
        """Return the weightiest event that has a day, of equals the first."""
        found = self._events("WHERE length(date) >= 10", (), "weight DESC, start_first LIMIT 1")
        return next(iter(found), None)

    @cached_property
    def event_kinds(self) -> frozenset[str]:
        """Every kind of event in the library."""
        rows = self._connection.execute("SELECT DISTINCT kind FROM event")
        return frozenset(kind for (kind,) in rows)

    @cached_property
    def days_with_events(self) -> tuple[MonthDay, ...]:
        """The days of the year on which something is told, in order."""
        rows = self._connection.execute("SELECT DISTINCT month, day FROM day ORDER BY month, day")
        return tuple(MonthDay(*row) for row in rows)

    def entity(self, key: str) -> Entity | None:
        """Return the entity with this key, if there is one still."""
        return next(iter(self._entities("WHERE key = ?", (key,))), None)

    def entities_with(self, keys: Iterable[str]) -> tuple[Entity, ...]:
        """Return the entities with these keys, in their order; those that are gone are left out."""
        return tuple(entity for key in keys if (entity := self.entity(key)))

    def entities(self, kind: EntityKind | None = None) -> list[Entity]:
        """Return the entities, or those of a kind, the weightiest first."""
        condition, values = ("WHERE kind = ?", (kind,)) if kind else ("", ())
        return self._entities(f"{condition} ORDER BY weight DESC, mentions DESC, name", values)

    def most_told(self, kind: EntityKind, limit: int) -> tuple[Entity, ...]:
        """Return described entities of a kind, the weightiest first, of equals the most told of."""
        return self._most_told(kind, limit)

    def _find_most_told(self, kind: EntityKind, limit: int) -> tuple[Entity, ...]:
        found = self._entities(
            "WHERE kind = ? AND description <> '' ORDER BY weight DESC,"
            " (SELECT count(*) FROM part WHERE part.entity = entity.key) DESC, number LIMIT ?",
            (kind, limit),
        )
        return tuple(found)

    def related_to(self, key: str) -> list[Related]:
        """Return the entities that say they are something to this one, the weightiest first."""
        rows = self._connection.execute(
            "SELECT relation.kind, key, name FROM relation"
            " JOIN entity ON entity.number = relation.entity"
            " WHERE to_entity = ? ORDER BY weight DESC, mentions DESC, name",
            (key,),
        )
        return [Related(*row) for row in rows]

    @cached_property
    def names(self) -> NameIndex:
        """The index that finds entities by what people type; made at the first question."""
        rows = self._connection.execute(
            "SELECT key, kind, weight, mentions, name, aliases, transliterations, pen_names"
            " FROM entity"
        )
        return WordIndex(
            KnownName(
                key,
                kind == EntityKind.PERSON,
                weight,
                mentions,
                (name, *(other for more in others for other in strings_of(more))),
            )
            for key, kind, weight, mentions, name, *others in rows
        )

    def suggest(self, prefix: str, limit: int = 25) -> list[str]:
        """Return the usual names of entities of which a word begins so, the likeliest first.

        Of several typed words the last may be unfinished; the others are words of the names.
        """
        *whole, beginning = fold(prefix).split()[:MOST_WORDS] or [""]
        if not beginning:
            return []
        has_word = (
            " AND EXISTS (SELECT 1 FROM name_word AS other"
            " WHERE other.word = ? AND other.entity = entity.number)"
        )
        rows = self._connection.execute(
            "SELECT DISTINCT name FROM name_word JOIN entity ON entity.number = name_word.entity"
            f" WHERE word >= ? AND word < ?{has_word * len(whole)}"
            " ORDER BY weight DESC, mentions DESC, name LIMIT ?",
            (beginning, beginning + "\U0010ffff", *whole, limit),
        )
        return [name for (name,) in rows]

    def search(self, text: str, limit: int = 50) -> list[Event | Entity | Passage]:
        """Return what holds all these words, the best first. Nothing in the text is syntax."""
        words = plain_words(text[:LONGEST_SEARCH])[:MOST_SEARCH_WORDS]
        if not words:
            return []
        query = " ".join(f'"{word}"' for word in words)
        rows = self._connection.execute(
            "SELECT key, 'event' AS kind, bm25(event_words, 2, 1) AS rank FROM event_words"
            " JOIN event ON number = event_words.rowid WHERE event_words MATCH ?"
            " UNION ALL SELECT key, 'entity', bm25(entity_words, 4, 1) FROM entity_words"
            " JOIN entity ON number = entity_words.rowid WHERE entity_words MATCH ?"
            " UNION ALL SELECT key, 'passage', bm25(passage_words) FROM passage_words"
            " JOIN passage ON number = passage_words.rowid WHERE passage_words MATCH ?"
            " ORDER BY rank LIMIT ?",
            (query, query, query, limit),
        ).fetchall()
        found: Iterable[Event | Entity | Passage | None] = (
            {"event": self.event, "entity": self.entity, "passage": self.passage}[kind](key)
            for key, kind, _ in rows
        )
        return [item for item in found if item is not None]

    def find_events(
        self,
        wishes: Sequence[Wish],
        span: tuple[int, int] | None = None,
        limit: int = 10,
        order: Order = Order.BEST,
    ) -> list[FoundEvent]:
        """Return the events that are most of what is wished for, best first.

        See `Finder.events` for the `span` and the `order`.
        """
        return list(self._found_events(tuple(wishes), span, limit, order))

    def _find_events(
        self,
        wishes: tuple[Wish, ...],
        span: tuple[int, int] | None,
        limit: int,
        order: Order,
    ) -> list[FoundEvent]:
        covered = self._finder.events(wishes, span, limit, order)
        events = self._numbered([row.number for row in covered])
        return [
            FoundEvent(event, row.coverage, row.said)
            for row, event in zip(covered, events, strict=True)
        ]

    def find_entities(
        self, wishes: Sequence[Wish], limit: int = 10, kind: EntityKind | None = None
    ) -> list[FoundEntity]:
        """Return the entities, or those of a kind, of which most is told that is wished for."""
        return list(self._found_entities(tuple(wishes), limit, kind))

    def _find_entities(
        self, wishes: tuple[Wish, ...], limit: int, kind: EntityKind | None
    ) -> list[FoundEntity]:
        covered = self._finder.entities(wishes, limit, kind)
        return [
            FoundEntity(
                entity,
                row.coverage,
                row.said,
                row.by_name,
                _with_those_before(entity, row.positions),
            )
            for row in covered
            for entity in self._entities("WHERE number = ?", (row.number,))
        ]

    @cached_property
    def has_passages(self) -> bool:
        """Whether the library holds passages of imported articles."""
        return bool(self._connection.execute("SELECT EXISTS (SELECT 1 FROM passage)").fetchone()[0])

    def find_quotations(self, wishes: Sequence[Wish], limit: int = 10) -> list[FoundQuotation]:
        """Return the sentences of passages that say most of what is wished for, best first."""
        covered = self._finder.sentences(wishes, limit)
        quoted = self._quotations([row.number for row in covered])
        return [
            FoundQuotation(quotation, row.coverage, row.said)
            for row, quotation in zip(covered, quoted, strict=True)
        ]

    def quotations_naming(self, names: Sequence[str], limit: int) -> list[Quotation]:
        """Return the first sentences of passages that hold one of these names, in order."""
        return self._quotations(self._finder.sentences_naming(names, limit))

    def _quotations(self, numbers: Sequence[int]) -> list[Quotation]:
        found = []
        for number in numbers:
            passage, position = self._connection.execute(
                "SELECT passage, position FROM sentence WHERE number = ?", (number,)
            ).fetchone()
            (told,) = self._passages("WHERE number = ?", (passage,))
            found.append(Quotation(told, sentences(told.text)[position]))
        return found

    def is_told(self, word: str) -> bool:
        """Whether a word, or another one of its stem, stands in what is told."""
        return self._is_told(word)

    def _ask_is_told(self, word: str) -> bool:
        return self._finder.is_told(word)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._connection)

    @cached_property
    def relation_kinds(self) -> frozenset[str]:
        """Every kind of relation in the library."""
        rows = self._connection.execute("SELECT DISTINCT kind FROM relation")
        return frozenset(kind for (kind,) in rows)

    def passage(self, key: str) -> Passage | None:
        """Return the passage with this key, if there is one still."""
        return next(iter(self._passages("WHERE key = ?", (key,))), None)

    @cached_property
    def pack_summaries(self) -> tuple[PackSummary, ...]:
        """The packs in the library, in the order in which they were built."""
        rows = self._connection.execute(
            "SELECT id, title, description, licence, compiled,"
            " (SELECT count(*) FROM event WHERE event.pack = pack.id),"
            " (SELECT count(*) FROM entity WHERE entity.pack = pack.id)"
            " FROM pack ORDER BY rowid"
        )
        return tuple(
            PackSummary(
                pack,
                title,
                description,
                licence,
                self._sources_of(pack),
                events,
                entities,
                bool(compiled),
            )
            for pack, title, description, licence, compiled, events, entities in rows
        )

    def packs(self) -> list[Pack]:
        """Return the whole content, so that it can be built into another file."""
        return [
            Pack(
                id=summary.id,
                title=summary.title,
                description=summary.description,
                licence=summary.licence,
                sources=summary.sources,
                events=tuple(self._events("WHERE pack = ?", (summary.id,), "number")),
                entities=tuple(self._entities("WHERE pack = ? ORDER BY number", (summary.id,))),
                passages=tuple(self._passages("WHERE pack = ? ORDER BY number", (summary.id,))),
                compiled=summary.compiled,
            )
            for summary in self.pack_summaries
        ]

    def _events(
        self, condition: str, values: Sequence[object], order: str = _IN_TIME
    ) -> list[Event]:
        query = f"SELECT event.number FROM event {condition} ORDER BY {order}"
        return self._numbered([number for (number,) in self._connection.execute(query, values)])

    def _numbered(self, numbers: Sequence[int]) -> list[Event]:
        """Return the events with these numbers; those told lately are kept decoded."""
        wanted = list(dict.fromkeys(numbers))
        kept = self._kept
        missing = [number for number in wanted if number not in kept]
        if len(kept) + len(missing) > KEPT_EVENTS:
            # not emptied but replaced: an answer in another thread may be reading it
            kept = self._kept = {}
            missing = wanted
        for begin in range(0, len(missing), ROWS_AT_ONCE):
            part = missing[begin : begin + ROWS_AT_ONCE]
            rows = self._connection.execute(
                f"SELECT event.number, {EVENT_COLUMNS} FROM event"
                f" WHERE event.number IN ({', '.join('?' * len(part))})",
                part,
            )
            kept.update((number, event_of(row, self._source_by_id)) for number, *row in rows)
        return [kept[number] for number in numbers]

    def _entities(self, condition: str, values: Sequence[object]) -> list[Entity]:
        query = f"SELECT {ENTITY_COLUMNS} FROM entity {condition}"
        return [
            entity_of(row, self._source_by_id) for row in self._connection.execute(query, values)
        ]

    def _passages(self, condition: str, values: Sequence[object]) -> list[Passage]:
        rows = self._connection.execute(
            f"SELECT key, pack, text, source, section, spans FROM passage {condition}", values
        )
        return [
            Passage(key, text, citation_of(self._source_by_id, pack, source, section, spans))
            for key, pack, text, source, section, spans in rows
        ]

    @cached_property
    def _source_by_id(self) -> dict[tuple[str, str], Source]:
        rows = self._connection.execute(
            "SELECT pack, id, title, author, publisher, url, licence, revision, hash FROM source"
            " ORDER BY rowid"
        )
        return {(pack, source): Source(source, *values) for pack, source, *values in rows}

    def _sources_of(self, wanted: str) -> tuple[Source, ...]:
        return tuple(source for (pack, _), source in self._source_by_id.items() if pack == wanted)


def _with_those_before(entity: Entity, positions: Iterable[int]) -> tuple[str, ...]:
    """Return the statements at these places, in order; in the longer text each with the one before.

    The one before may say who "he" is. The description stands by itself.
    """
    statements = entity.statements
    first_of_text = len(sentences(entity.description))
    told = set(positions)
    told |= {place - 1 for place in told if place > first_of_text}
    return tuple(statements[place] for place in sorted(told))
