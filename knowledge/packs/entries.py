"""The entries of a pack as they are written in a file: the one schema for TOML and JSON Lines.

docs/packs.md tells writers of packs the same. Shapes and simple bounds stand here, as types that
msgspec checks; what needs a look at the whole pack (dates that exist, ids that are unique, sources
that are there) stands in assembly.py.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from knowledge.calendars import Calendar
from knowledge.model import EntityKind, Precision, Qualifier, Tone

SOMETHING = r"\S"
"""What a text that may not be empty holds: spaces alone are nothing."""

Id = Annotated[str, Meta(pattern=r"^[\w.\-]+$", max_length=80)]
PackId = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9\-]*$", max_length=40)]
Word = Annotated[str, Meta(pattern=r"^[a-z][a-z\-]*$", max_length=40)]
Words = Annotated[str, Meta(pattern=r"^[a-z][a-z \-]*$", max_length=60)]
Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=SOMETHING)]
Names = Annotated[tuple[Name, ...], Meta(max_length=200)]
Line = Annotated[str, Meta(max_length=1000)]
Sentence = Annotated[str, Meta(min_length=1, max_length=200, pattern=SOMETHING)]
Description = Annotated[str, Meta(max_length=300)]
LongText = Annotated[str, Meta(max_length=4000)]
Paragraph = Annotated[str, Meta(min_length=1, max_length=20_000, pattern=SOMETHING)]
DateValue = str  # PartialDate.parse says better than a type what is wrong with it
Weight = Annotated[int, Meta(ge=1, le=3)]
Confidence = Annotated[float, Meta(ge=0, le=1)]
Offset = Annotated[int, Meta(ge=0)]
Spans = tuple[tuple[Offset, Offset], ...]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all entries share: only the keys listed here are accepted."""


class PackEntry(Entry, frozen=True, tag="pack"):
    """The head of a pack."""

    id: PackId | None = None
    title: Name | None = None
    description: Line = ""
    licence: Line = ""
    julian: Line = "by the Julian calendar"
    compiled: bool = False


class SourceEntry(Entry, frozen=True, tag="source", kw_only=True):
    """A work that the pack's facts come from."""

    id: Id | None = None
    title: Name
    author: Line = ""
    publisher: Line = ""
    url: Annotated[str, Meta(pattern=r"^(https?://\S+)?$", max_length=500)] = ""
    licence: Line = ""
    revision: Line = ""
    hash: Annotated[str, Meta(pattern=r"^(sha256:[0-9a-f]{64})?$")] = ""


class Cited(Entry, frozen=True, kw_only=True):
    """An entry that says where its source states it."""

    source: Id | None = None
    section: Names = ()
    start: Offset | None = None
    stop: Offset | None = None
    also: Spans = ()


class EventEntry(Cited, frozen=True, tag="event", kw_only=True):
    """Something that happened."""

    date: DateValue
    text: Sentence
    id: Id | None = None
    end: DateValue | None = None
    precision: Precision | None = None
    calendar: Calendar = Calendar.GREGORIAN
    calendar_inferred: bool = False
    gregorian: DateValue | None = None
    gregorian_end: DateValue | None = None
    qualifier: Qualifier = Qualifier.ON
    kind: Word = "event"
    weight: Weight = 2
    tone: Tone = Tone.PLAIN
    people: Names = ()
    places: Names = ()
    things: Names = ()
    note: Line = ""
    confidence: Confidence = 1.0


class RelationEntry(Entry, frozen=True):
    """One relation: the entity that has it is the `kind` of `to`."""

    kind: Words
    to: Name


class EntityEntry(Cited, frozen=True, tag="entity", kw_only=True):
    """A person or a thing."""

    kind: EntityKind
    name: Name
    id: Id | None = None
    fictional: bool = False
    aliases: Names = ()
    transliterations: Names = ()
    pen_names: Names = ()
    born: DateValue | None = None
    died: DateValue | None = None
    description: Description = ""
    text: LongText = ""
    relations: tuple[RelationEntry, ...] = ()
    weight: Weight = 2
    mentions: Offset = 0
    note: Line = ""
    confidence: Confidence = 1.0


class PassageEntry(Cited, frozen=True, tag="passage", kw_only=True):
    """A paragraph of an imported article."""

    text: Paragraph
    id: Id | None = None


class NotEventEntry(Entry, frozen=True, tag="not_event", kw_only=True):
    """A date in the source that is no event, and why."""

    start: Offset
    stop: Offset
    reason: Line
    source: Id | None = None


AnyEntry = PackEntry | SourceEntry | EventEntry | EntityEntry | PassageEntry | NotEventEntry

ENTRY_TYPES: dict[str, type[AnyEntry]] = {
    "pack": PackEntry,
    "source": SourceEntry,
    "event": EventEntry,
    "entity": EntityEntry,
    "passage": PassageEntry,
    "not_event": NotEventEntry,
}
"""The types of entry by the word that names them in a file."""
