"""Packs in, one knowledge file out: the only writer of it.

The file is written beside its place under another name and then renamed, so that a reader sees a
whole file or none, and two processes that build the same one don't disturb each other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path

import msgspec

from knowledge.knowledge_file import APPLICATION_ID, FORMAT, schema
from knowledge.model import Citation, Entity, Event, Further, Pack, Passage
from knowledge.names import fold
from knowledge.sentences import sentences
from knowledge.whole_file import replacing

WORD_TABLES = (
    "event_words",
    "entity_words",
    "statement_words",
    "passage_words",
    "sentence_words",
)

Progress = Callable[[int], object]
"""Is told how many entries have been written since it was last called."""


def build(
    packs: Iterable[Pack], output: Path, fingerprint: str = "", progress: Progress | None = None
) -> None:
    """Write packs to a knowledge file, replacing one that is there.

    Raises OSError or sqlite3.Error where the file can't be written; then nothing is left behind.
    """
    with (
        replacing(output) as temporary,
        closing(sqlite3.connect(temporary, isolation_level=None)) as connection,
    ):
        write(connection, packs, fingerprint, progress)


def build_in_memory(packs: Iterable[Pack]) -> sqlite3.Connection:
    """Return a knowledge file that exists in memory only, where no file can be written."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    write(connection, packs)
    return connection


def write(
    connection: sqlite3.Connection,
    packs: Iterable[Pack],
    fingerprint: str = "",
    progress: Progress | None = None,
) -> None:
    """Write packs into an empty database."""
    connection.executescript(schema())
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)", [("format", FORMAT), ("fingerprint", fingerprint)]
    )
    for pack in packs:
        _write_head(connection, pack)
        for numbered in enumerate(pack.entities, start=_next_number(connection, "entity")):
            _write_entity(connection, *numbered)
        for numbered_event in enumerate(pack.events, start=_next_number(connection, "event")):
            _write_event(connection, *numbered_event)
        for numbered_text in enumerate(pack.passages, start=_next_number(connection, "passage")):
            _write_passage(connection, *numbered_text)
        if progress:
            progress(len(pack.entities) + len(pack.events) + len(pack.passages))
    connection.execute("COMMIT")
    for table in WORD_TABLES:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    connection.execute("ANALYZE")
    connection.execute("VACUUM")


def _next_number(connection: sqlite3.Connection, table: str) -> int:
    query = f"SELECT coalesce(max(number), 0) + 1 FROM {table}"
    return int(connection.execute(query).fetchone()[0])


def _write_head(connection: sqlite3.Connection, pack: Pack) -> None:
    connection.execute(
        "INSERT INTO pack VALUES (?, ?, ?, ?, ?)",
        (pack.id, pack.title, pack.description, pack.licence, pack.compiled),
    )
    connection.executemany(
        "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (pack.id, s.id, s.title, s.author, s.publisher, s.url, s.licence, s.revision, s.hash)
            for s in pack.sources
        ],
    )


def _write_event(connection: sqlite3.Connection, number: int, event: Event) -> None:
    date = event.date
    end = date.end or date.start
    values = {
        "number": number,
        "key": event.key,
        "pack": event.pack,
        "date": str(date.start),
        "end": date.end and str(date.end),
        "calendar": date.calendar,
        "calendar_inferred": date.calendar_inferred,
        "calendar_words": event.calendar_words,
        "qualifier": date.qualifier,
        "start_first": date.first_day,
        "start_last": date.start.last_day(date.calendar),
        "end_first": end.first_day(date.calendar),
        "end_last": date.last_day,
        "kind": event.kind,
        "weight": event.weight,
        "tone": event.tone,
        "text": event.text,
        "note": event.note,
        "people": _json(event.people),
        "places": _json(event.places),
        "things": _json(event.things),
        **_citation(event.citation),
        "further": _further(event.further),
        "confidence": event.confidence,
    }
    _insert(connection, "event", values)
    connection.executemany(
        "INSERT OR IGNORE INTO day VALUES (?, ?, ?, ?, ?)",
        [
            (month, day, number, calendar, position)
            for month, day, calendar, position in date.anniversaries()
        ],
    )
    parts = {m.key for m in (*event.people, *event.places, *event.things) if m.key}
    connection.executemany("INSERT INTO part VALUES (?, ?)", [(key, number) for key in parts])
    names = " ".join(m.name for m in (*event.people, *event.places, *event.things))
    connection.execute(
        "INSERT INTO event_words (rowid, text, names) VALUES (?, ?, ?)", (number, event.text, names)
    )


def _write_entity(connection: sqlite3.Connection, number: int, entity: Entity) -> None:
    values = {
        "number": number,
        "key": entity.key,
        "pack": entity.pack,
        "kind": entity.kind,
        "name": entity.name,
        "fictional": entity.fictional,
        "aliases": _json(entity.aliases),
        "transliterations": _json(entity.transliterations),
        "pen_names": _json(entity.pen_names),
        "born": entity.born and str(entity.born.start),
        "died": entity.died and str(entity.died.start),
        "description": entity.description,
        "text": entity.text,
        "relations": _json(entity.relations),
        "weight": entity.weight,
        "mentions": entity.mentions,
        "note": entity.note,
        **_citation(entity.citation),
        "further": _further(entity.further),
        "confidence": entity.confidence,
    }
    _insert(connection, "entity", values)
    words = {word for name in entity.names for word in fold(name).split()}
    connection.executemany(
        "INSERT INTO name_word VALUES (?, ?)", [(word, number) for word in sorted(words)]
    )
    connection.executemany(
        "INSERT INTO relation VALUES (?, ?, ?)",
        [(number, kind, to.key) for kind, to in entity.relations if to.key],
    )
    connection.execute(
        "INSERT INTO entity_words (rowid, names, text) VALUES (?, ?, ?)",
        (number, "\n".join(entity.names), f"{entity.description}\n{entity.text}"),
    )
    before = ""
    for position, sentence in enumerate(entity.statements):
        statement = connection.execute(
            "INSERT INTO statement (entity, position) VALUES (?, ?)", (number, position)
        ).lastrowid
        connection.execute(
            "INSERT INTO statement_words (rowid, names, text, before) VALUES (?, ?, ?, ?)",
            (statement, "\n".join(entity.names), sentence, before),
        )
        before = sentence


def _write_passage(connection: sqlite3.Connection, number: int, passage: Passage) -> None:
    pack = passage.key.partition("/")[0]
    values = {
        "number": number,
        "key": passage.key,
        "pack": pack,
        "text": passage.text,
        **_citation(passage.citation),
    }
    _insert(connection, "passage", values)
    connection.execute(
        "INSERT INTO passage_words (rowid, text) VALUES (?, ?)", (number, passage.text)
    )
    before = ""
    for position, text in enumerate(sentences(passage.text)):
        sentence = connection.execute(
            "INSERT INTO sentence (passage, position) VALUES (?, ?)", (number, position)
        ).lastrowid
        connection.execute(
            "INSERT INTO sentence_words (rowid, text, before) VALUES (?, ?, ?)",
            (sentence, text, before),
        )
        before = text


def _insert(connection: sqlite3.Connection, table: str, values: Mapping[str, object]) -> None:
    columns = ", ".join(values)
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values()))


def _citation(citation: Citation) -> dict[str, str]:
    return {
        "source": citation.source.id,
        "section": _json(citation.section),
        "spans": _json(citation.spans),
    }


def _further(places: Iterable[Further]) -> str:
    return _json([(pack, one.source.id, one.section, one.spans) for pack, one in places])


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
