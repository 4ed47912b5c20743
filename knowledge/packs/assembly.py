"""The joining of one pack: ids, sources, dates that exist, and the entities that events mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from knowledge.calendars import Calendar
from knowledge.model import (
    Citation,
    Entity,
    Event,
    HistoricalDate,
    InvalidDateError,
    Mention,
    Pack,
    PartialDate,
    Passage,
    Relation,
    Source,
    Span,
)
from knowledge.names import slug
from knowledge.packs.complaints import Complaint
from knowledge.packs.entries import (
    AnyEntry,
    Cited,
    EntityEntry,
    EventEntry,
    NotEventEntry,
    PackEntry,
    PassageEntry,
    SourceEntry,
)
from knowledge.packs.ids import Ids

UNSURE = 0.5
"""What a program read with a confidence below this is told as a detail, whatever its weight."""

E = TypeVar("E", bound=AnyEntry)


class PlacedEntry(NamedTuple):
    """A typed entry and where it stands."""

    file: Path
    line: int
    entry: AnyEntry


JoinedEntity = tuple[PlacedEntry, EntityEntry, Entity]


@dataclass
class Assembly:
    """The joining of one pack's entries: what is found out on the way, and what is wrong.

    `complaints` is added to; a pack that `pack` returns is good only if nothing was. With
    `lost_sources` some source was too faulty to be here, so that nobody is told that it is missing.
    """

    path: Path
    placed: list[PlacedEntry]
    complaints: list[Complaint]
    lost_sources: bool = False
    head: PackEntry = field(init=False)
    pack_id: str = field(init=False)
    sources: dict[str, Source] = field(init=False)
    taken: set[str] = field(default_factory=set)
    ids: Ids = field(init=False)

    def __post_init__(self) -> None:
        heads = list(self._entries(PackEntry))
        for place, _ in heads[1:]:
            self._complain(place, "pack", "stands twice; a pack has one head")
        self.head = heads[0][1] if heads else PackEntry()
        name = self.path.name if self.path.is_dir() else self.path.stem
        self.pack_id = self.head.id or slug(name)[:40].strip("-") or "pack"
        self.sources = self._sources()
        self.ids = Ids(self.taken)

    def pack(self) -> Pack:
        """Join everything; complaints are added to the list on the way."""
        self._check_not_events()
        self._claim_written_ids()
        entities = self._entities()
        mentions = self._mentions(entities)
        return Pack(
            id=self.pack_id,
            title=self.head.title or self.pack_id,
            description=self.head.description,
            licence=self.head.licence,
            sources=tuple(self.sources.values()),
            events=tuple(self._events(mentions)),
            entities=tuple(self._with_relations(entities, mentions)),
            passages=tuple(self._passages()),
            compiled=self.head.compiled,
        )

    def _entries(self, entry_type: type[E]) -> Iterator[tuple[PlacedEntry, E]]:
        for place in self.placed:
            if isinstance(place.entry, entry_type):
                yield place, place.entry

    def _complain(self, place: PlacedEntry, key: str, message: str) -> None:
        self.complaints.append(Complaint(place.file, place.line, key, message))

    def _sources(self) -> dict[str, Source]:
        sources: dict[str, Source] = {}
        for place, entry in self._entries(SourceEntry):
            source_id = entry.id or slug(entry.title)
            if source_id in sources:
                self._complain(place, "id", f"two sources are called {source_id!r}")
            values = {key: getattr(entry, key) for key in Source.__slots__ if key != "id"}
            sources[source_id] = Source(source_id, **values)
        if not sources:
            title = self.head.title or self.pack_id
            sources["pack"] = Source("pack", title, licence=self.head.licence)
        return sources

    def _citation(self, place: PlacedEntry, entry: Cited) -> Citation:
        source = self._source(place, entry.source)
        if (entry.start is None) != (entry.stop is None):
            self._complain(place, "start", "start and stop go together")
        spans = list(entry.also)
        if entry.start is not None and entry.stop is not None:
            self._check_span(place, "stop", (entry.start, entry.stop))
            spans.insert(0, (entry.start, entry.stop))
        for span in entry.also:
            self._check_span(place, "also", span)
        return Citation(source, entry.section, tuple(Span(*span) for span in spans))

    def _source(self, place: PlacedEntry, source_id: str | None) -> Source:
        """Return the source with this id; the first one where none is named or it is not there."""
        first = next(iter(self.sources.values()))
        if source_id is None or source_id in self.sources:
            return self.sources[source_id] if source_id else first
        if not self.lost_sources:
            known = ", ".join(self.sources)
            self._complain(place, "source", f"{source_id!r} is no source here; known are {known}")
        return first

    def _check_span(self, place: PlacedEntry, key: str, span: tuple[int, int]) -> None:
        start, stop = span
        if stop <= start:
            self._complain(place, key, "must lie after its start")

    def _check_not_events(self) -> None:
        for place, entry in self._entries(NotEventEntry):
            self._source(place, entry.source)
            self._check_span(place, "stop", (entry.start, entry.stop))

    def _claim_written_ids(self) -> None:
        """Take the ids that are written down first, so that a made one never takes them."""
        for place in self.placed:
            if isinstance(place.entry, (EventEntry, EntityEntry, PassageEntry)) and place.entry.id:
                if place.entry.id in self.taken:
                    self._complain(place, "id", f"{place.entry.id!r} stands twice in this pack")
                self.taken.add(place.entry.id)

    def _key(self, written: str | None, parts: Iterable[str]) -> str:
        """Return `<pack>/<id>`, the id made from the parts where none is written."""
        return f"{self.pack_id}/{written or self.ids.made(parts)}"

    def _date(
        self, place: PlacedEntry, key: str, value: str, calendar: Calendar
    ) -> PartialDate | None:
        try:
            return HistoricalDate(PartialDate.parse(value), calendar=calendar).start
        except InvalidDateError as error:
            self._complain(place, key, str(error))
            return None

    def _entities(self) -> list[JoinedEntity]:
        return [
            (place, entry, self._entity(place, entry))
            for place, entry in self._entries(EntityEntry)
        ]

    def _entity(self, place: PlacedEntry, entry: EntityEntry) -> Entity:
        return Entity(
            key=self._key(entry.id, [entry.name]),
            kind=entry.kind,
            name=entry.name,
            citation=self._citation(place, entry),
            fictional=entry.fictional,
            aliases=entry.aliases,
            transliterations=entry.transliterations,
            pen_names=entry.pen_names,
            born=self._life_date(place, "born", entry.born),
            died=self._life_date(place, "died", entry.died),
            description=entry.description,
            text=entry.text,
            weight=_weight(entry),
            mentions=entry.mentions,
            note=entry.note,
            confidence=entry.confidence,
        )

    def _life_date(self, place: PlacedEntry, key: str, value: str | None) -> HistoricalDate | None:
        date = self._date(place, key, value, Calendar.GREGORIAN) if value is not None else None
        return HistoricalDate(date) if date else None

    def _mentions(self, entities: list[JoinedEntity]) -> dict[str, Mention]:
        """Return which entity each name or id means; a name that is shared means none.

        A usual name goes before other names, as a person who is called so goes before one who is
        also known so. Whoever is meant by an id is told by the usual name.
        """
        usual = Counter(entity.name for _, _, entity in entities)
        other = Counter(name for _, _, entity in entities for name in set(entity.names[1:]))
        meant: dict[str, Mention] = {}
        for _, _, entity in entities:
            meant |= {n: Mention(n, entity.key) for n in entity.names[1:] if other[n] == 1}
        for place, entry, entity in entities:
            if usual[entity.name] == 1:
                meant[entity.name] = Mention(entity.name, entity.key)
            else:
                meant.pop(entity.name, None)
                if entry.id is None:
                    self._complain(place, "name", "stands twice; give both entries an id")
        return meant | {
            entity.key.partition("/")[2]: Mention(entity.name, entity.key)
            for _, _, entity in entities
        }

    def _with_relations(
        self,
        entities: list[JoinedEntity],
        meant: Mapping[str, Mention],
    ) -> Iterator[Entity]:
        for _, entry, entity in entities:
            relations = tuple(
                Relation(relation.kind, meant.get(relation.to) or Mention(relation.to))
                for relation in entry.relations
            )
            yield replace(entity, relations=relations)

    def _events(self, meant: Mapping[str, Mention]) -> Iterator[Event]:
        for place, entry in self._entries(EventEntry):
            date = self._event_date(place, entry)
            citation = self._citation(place, entry)
            first_person = entry.people[0] if entry.people else ""
            key = self._key(entry.id, [citation.source.title, entry.date, entry.kind, first_person])
            if date is None:
                continue
            yield Event(
                key=key,
                date=date,
                text=entry.text,
                kind=entry.kind,
                citation=citation,
                weight=_weight(entry),
                tone=entry.tone,
                people=_mentioned(entry.people, meant),
                places=_mentioned(entry.places, meant),
                things=_mentioned(entry.things, meant),
                calendar_words=self.head.julian if entry.calendar_inferred else "",
                note=entry.note,
                confidence=entry.confidence,
            )

    def _event_date(self, place: PlacedEntry, entry: EventEntry) -> HistoricalDate | None:
        start = self._date(place, "date", entry.date, entry.calendar)
        end = self._date(place, "end", entry.end, entry.calendar) if entry.end is not None else None
        if start is None or (entry.end is not None and end is None):
            return None
        try:
            date = HistoricalDate(
                start, end, entry.calendar, entry.calendar_inferred, entry.qualifier
            )
        except InvalidDateError as error:  # each of the two is good, so it is their order
            self._complain(place, "end", str(error))
            return None
        if entry.precision is not None and entry.precision is not date.precision:
            self._complain(place, "precision", f"{entry.date} is a {date.precision}")
        if entry.calendar_inferred and entry.calendar is Calendar.GREGORIAN:
            self._complain(place, "calendar_inferred", 'goes with calendar = "julian"')
        for key, stated, actual in (
            ("gregorian", entry.gregorian, date.gregorian),
            ("gregorian_end", entry.gregorian_end, date.gregorian_end),
        ):
            if stated is not None and stated != str(actual or ""):
                self._complain(place, key, f"{stated} is wrong: it is {actual or 'no day'}")
        return date

    def _passages(self) -> Iterator[Passage]:
        for place, entry in self._entries(PassageEntry):
            citation = self._citation(place, entry)
            key = self._key(entry.id, [citation.source.title, "passage"])
            yield Passage(key, entry.text, citation)


def _weight(entry: EventEntry | EntityEntry) -> int:
    return 1 if entry.confidence < UNSURE else entry.weight


def _mentioned(names: Iterable[str], meant: Mapping[str, Mention]) -> tuple[Mention, ...]:
    return tuple(meant.get(name) or Mention(name) for name in names)
