"""Events and entities by what a question asks for: names, words with their synonyms, kinds.

Each wish is looked up by itself and weighed by how rare it is (inverse document frequency, after
Spärck Jones, "A statistical interpretation of term specificity", 1972). What a row covers is the
share of that weight which it fulfils, so that a word that nothing holds counts against every row:
who asks for what isn't known gets nothing, and no near miss.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from math import log
from typing import NamedTuple

from knowledge.full_text import phrase, plain_words
from knowledge.model import EntityKind

MOST_ROWS = 5_000
"""Rows that are looked at for one wish: it bounds the work in a large library."""

MOST_TO_NARROW_DOWN = 1_500
"""Rows to which other wishes are narrowed down; a longer list costs more than it saves."""

FEW_ROWS = 400
"""Rows that are sooner fetched and compared here than narrowed down by SQLite."""

SYNONYM = 0.8
KIND = 0.9
WORD_OF_OTHER_KIND = 0.85
"""How well a synonym, the kind of an event, and the word in an event of another kind fulfil a wish.

The word in an event of its kind fulfils it wholly: "prize" in an award, and not in a birth.
"""

WORDS_OF_NAME = 0.8
"""How well the words of a thing's name in a text fulfil a wish for the thing: they may stand apart,
and mean another one."""

SENTENCE_BEFORE = 0.7
"""How well a word in the sentence before fulfils a wish for it."""

NAME_IN_TEXT = 0.9
"""How well a name in a text fulfils a wish for an entity that the entry doesn't list."""


class Order(Enum):
    """Which of the events that answer come first."""

    BEST = "best"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that a fact is to be about.

    `words` all stand in what is told, or one of the `synonyms`, or the event is of one of the
    `kinds`; or the fact concerns one of the entities with these `keys`. What lacks a `required`
    wish is not found at all; an `optional` one is good to have, and no loss where it lacks.
    With `only_kinds` words don't count for an event: who is "later awarded a prize" gets none then.
    """

    words: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    keys: tuple[str, ...] = ()
    required: bool = False
    optional: bool = False
    only_kinds: bool = False


Rows = Set[int]


class Covered(NamedTuple):
    """A row's number, how much of all wishes it covers, and of those that are no names.

    Both run from 0 to 1, where wishes that are only good to have may add a little.
    """

    number: int
    coverage: float
    said: float


class CoveredEntity(NamedTuple):
    """An entity's number, what its best sentence covers, and the places of the best ones.

    `by_name` is the share of the wishes for words that its names alone fulfil.
    """

    number: int
    coverage: float
    said: float
    by_name: float
    positions: tuple[int, ...]


class Finder:
    """Looks wishes up in a knowledge file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection to a knowledge file."""
        self._connection = connection

    def events(
        self,
        wishes: Sequence[Wish],
        span: tuple[int, int] | None,
        limit: int,
        order: Order = Order.BEST,
    ) -> list[Covered]:
        """Return the events that cover most, best first.

        `span` are the first and last Julian Day Number of a time in which they must lie or into
        which they must reach. By another `order` those that cover about as much as the best one
        come in time.
        """
        covered = self._covered(wishes, self._events_for, "event")
        if span is not None:
            within = self._events_within(span)
            covered = [row for row in covered if row.number in within]
        best = sorted(covered, key=lambda row: -row.coverage)
        if order is not Order.BEST and best:
            best = [row for row in best if row.coverage >= best[0].coverage - NEAR]
            return self._in_time(best, order)[:limit]
        return self._ranked(_at_least(best, limit * RANKED_FOR_EACH), wishes)[:limit]

    def _events_within(self, span: tuple[int, int]) -> Rows:
        """Return the events that lie in a span of days, or reach into it."""
        first, last = span
        rows = self._connection.execute(
            "SELECT number FROM event WHERE start_first <= ? AND end_last >= ?", (last, first)
        )
        return {number for (number,) in rows}

    def entities(
        self, wishes: Sequence[Wish], limit: int, kind: str | None = None
    ) -> list[CoveredEntity]:
        """Return the entities of which a sentence says most that was wished for, best first.

        If a `kind` is given, only those of that kind.
        """
        covered = self._covered(wishes, self._statements_for, "statement")
        if kind is not None:
            of_kind = set(self._statements_of_kind(kind))
            covered = [row for row in covered if row.number in of_kind]
        best = sorted(covered, key=lambda row: -row.coverage)[: limit * STATEMENTS_FOR_EACH]
        named = {row.number: row for row in best}
        rows = self._connection.execute(
            "SELECT statement.number, entity, position, weight FROM statement"
            " JOIN entity ON entity.number = entity"
            f" WHERE statement.number IN ({_listed(named.keys())}) ORDER BY position"
        )
        by_entity: dict[int, list[tuple[Covered, int]]] = defaultdict(list)
        weights: dict[int, int] = {}
        for number, entity, position, weight in rows:
            by_entity[entity].append((named[number], position))
            weights[entity] = weight
        by_name = self._by_name(wishes, list(by_entity))
        by_people = self._by_people(wishes, list(by_entity))
        found = [
            self._entity_row(entity, told, by_name[entity]) for entity, told in by_entity.items()
        ]

        def worth(row: CoveredEntity) -> float:
            named = BY_NAME * (row.by_name + by_people[row.number])
            return row.coverage + named + WEIGHT_BONUS * weights[row.number]

        return sorted(found, key=worth, reverse=True)[:limit]

    def sentences(self, wishes: Sequence[Wish], limit: int) -> list[Covered]:
        """Return the sentences of passages that cover most, best first, then in their order."""
        covered = self._covered(wishes, self._sentences_for, "sentence")
        return sorted(covered, key=lambda row: (-row.coverage, row.number))[:limit]

    def sentences_naming(self, names: Sequence[str], limit: int) -> list[int]:
        """Return the first sentences of passages in which one of these names stands, in order."""
        query = " OR ".join(f"text : {phrase(name)}" for name in names if plain_words(name))
        if not query:
            return []
        rows = self._connection.execute(
            "SELECT rowid FROM sentence_words WHERE sentence_words MATCH ? ORDER BY rowid LIMIT ?",
            (query, limit),
        )
        return [number for (number,) in rows]

    def _entity_row(
        self, entity: int, told: list[tuple[Covered, int]], by_name: float
    ) -> CoveredEntity:
        best = max((row for row, _ in told), key=lambda row: (row.coverage, row.said))
        near = [place for row, place in told if row.coverage >= best.coverage - NEAR]
        return CoveredEntity(entity, best.coverage, best.said, by_name, tuple(near))

    def _by_name(self, wishes: Sequence[Wish], entities: Sequence[int]) -> dict[int, float]:
        """Return the share of the wishes for words that the names of entities fulfil."""
        wanted = [(*wish.words, *wish.synonyms) for wish in wishes if wish.words]
        return self._share_in_names(wanted, entities)

    def _by_people(self, wishes: Sequence[Wish], entities: Sequence[int]) -> dict[int, float]:
        """Return the share of the names asked for that stand in the names of entities."""
        named = [filter(None, map(self._name, wish.keys)) for wish in wishes if wish.keys]
        return self._share_in_names(
            [{name.split()[-1] for name in names} for names in named], entities
        )

    def _share_in_names(
        self, wanted: Sequence[Collection[str]], entities: Sequence[int]
    ) -> dict[int, float]:
        """Return for entities in how many of these lists a word stands that their names hold."""
        counts = dict.fromkeys(entities, 0.0)
        for words in filter(None, wanted):
            query = " OR ".join(map(phrase, words))
            for number in self._matching("entity_words", f"names : ({query})"):
                if number in counts:
                    counts[number] += 1 / len(wanted)
        return counts

    def is_told(self, word: str) -> bool:
        """Whether a word, or another one of its stem, stands in an event, entity or passage."""
        query = phrase(word)
        found = self._connection.execute(
            "SELECT EXISTS (SELECT 1 FROM event_words WHERE event_words MATCH ?)"
            " OR EXISTS (SELECT 1 FROM entity_words WHERE entity_words MATCH ?)"
            " OR EXISTS (SELECT 1 FROM sentence_words WHERE sentence_words MATCH ?)",
            (query, query, query),
        )
        return bool(found.fetchone()[0])

    # -- one wish

    def _events_for(self, wish: Wish, within: Rows | None) -> dict[int, float]:
        """Return the numbers of events that fulfil a wish, each with how well."""
        found: dict[int, float] = {}
        for key in wish.keys:
            name = self._name(key)
            if name:
                _raise(found, self._matching("event_words", phrase(name), within), NAME_IN_TEXT)
            _raise(found, self._with_part(key), 1.0)
        of_kind = self._of_kinds(wish.kinds, within) if wish.kinds else set()
        _raise(found, of_kind, KIND)
        if wish.only_kinds:
            return dict.fromkeys(found, 1.0)
        if wish.synonyms:
            query = " OR ".join(map(phrase, wish.synonyms))
            _raise(found, self._matching("event_words", query, within), SYNONYM)
        if wish.words:
            query = " AND ".join(map(phrase, wish.words))
            holding = self._matching("event_words", query, within)
            of_other_kind = WORD_OF_OTHER_KIND if of_kind else 1.0
            _raise(found, holding, WORDS_OF_NAME if wish.keys else of_other_kind)
            _raise(found, holding & of_kind, 1.0)
        return found

    def _statements_for(self, wish: Wish, within: Rows | None) -> dict[int, float]:
        """Return the numbers of statements that fulfil a wish, each with how well."""
        found: dict[int, float] = {}
        for key in wish.keys:
            name = self._name(key)
            if name:
                names = " OR ".join(map(phrase, dict.fromkeys((name, name.split()[-1]))))
                _raise(found, self._matching("statement_words", names, within), NAME_IN_TEXT)
            _raise(found, self._statements_of(key), 1.0)
        words = " AND ".join(map(phrase, wish.words))
        synonyms = " OR ".join(map(phrase, wish.synonyms))
        either = " OR ".join(filter(None, (words and f"({words})", synonyms)))
        if either:
            before = f"before : ({either})"
            _raise(found, self._matching("statement_words", before, within), SENTENCE_BEFORE)
        if synonyms:
            query = f"{{names text}} : ({synonyms})"
            _raise(found, self._matching("statement_words", query, within), SYNONYM)
        if words:
            query = f"{{names text}} : ({words})"
            degree = WORDS_OF_NAME if wish.keys else 1.0
            _raise(found, self._matching("statement_words", query, within), degree)
        return found

    def _sentences_for(self, wish: Wish, within: Rows | None) -> dict[int, float]:
        """Return the numbers of passages' sentences that fulfil a wish, each with how well."""
        found: dict[int, float] = {}
        names = [name for key in wish.keys for name in self._names(key)]
        words = " AND ".join(map(phrase, wish.words))
        synonyms = " OR ".join(map(phrase, wish.synonyms))
        exact = " OR ".join(filter(None, (*map(phrase, names), words and f"({words})")))
        either = " OR ".join(filter(None, (exact, synonyms)))
        if either:
            before = self._matching("sentence_words", f"before : ({either})", within)
            _raise(found, before, SENTENCE_BEFORE)
        if synonyms:
            query = f"text : ({synonyms})"
            _raise(found, self._matching("sentence_words", query, within), SYNONYM)
        if exact:
            _raise(found, self._matching("sentence_words", f"text : ({exact})", within), 1.0)
        return found

    def _matching(self, table: str, query: str, within: Rows | None = None) -> set[int]:
        """Return the rows of a table that match a query; only those `within`, if that is given."""
        matching = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"
        limit = MOST_ROWS if within is None else FEW_ROWS
        rows = self._connection.execute(f"{matching} LIMIT ?", (query, limit)).fetchall()
        found = {number for (number,) in rows}
        if within is None:
            return found
        if len(found) < limit:
            return found & within
        # the plus keeps FTS5 from a look-up of its own for each row (sqlite.org/lang_select.html)
        only = f"{matching} AND +rowid IN ({_listed(within)})"
        return {number for (number,) in self._connection.execute(only, (query,))}

    def _matching_count(self, table: str, query: str) -> int:
        count = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT ?)"
        return int(self._connection.execute(count, (query, MOST_ROWS)).fetchone()[0])

    def _with_part(self, key: str) -> Iterable[int]:
        rows = self._connection.execute(
            "SELECT event FROM part WHERE entity = ? LIMIT ?", (key, MOST_ROWS)
        )
        return (number for (number,) in rows)

    def _of_kinds(self, kinds: frozenset[str], within: Rows | None) -> set[int]:
        marks = ", ".join("?" * len(kinds))
        only = f" AND number IN ({_listed(within)})" if within is not None else ""
        rows = self._connection.execute(
            f"SELECT number FROM event WHERE kind IN ({marks}){only} LIMIT ?",
            (*sorted(kinds), MOST_ROWS),
        )
        return {number for (number,) in rows}

    def _statements_of(self, key: str) -> Iterable[int]:
        rows = self._connection.execute(
            "SELECT statement.number FROM entity JOIN statement ON entity = entity.number"
            " WHERE key = ?",
            (key,),
        )
        return (number for (number,) in rows)

    def _statements_of_kind(self, kind: str) -> Iterable[int]:
        rows = self._connection.execute(
            "SELECT statement.number FROM statement JOIN entity ON entity.number = entity"
            " WHERE kind = ?",
            (kind,),
        )
        return (number for (number,) in rows)

    def _name(self, key: str) -> str:
        row = self._connection.execute("SELECT name FROM entity WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def _names(self, key: str) -> list[str]:
        """Return the names that a text may use for an entity: all, and the last word of its own."""
        row = self._connection.execute(
            "SELECT name, aliases, kind FROM entity WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            return []
        name, aliases, kind = row
        surname = [name.split()[-1]] if kind == EntityKind.PERSON else []
        return [one for one in (name, *json.loads(aliases), *surname) if plain_words(one)]

    def _count(self, table: str) -> int:
        return int(self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    # -- all wishes

    def _covered(
        self,
        wishes: Sequence[Wish],
        fulfil: Callable[[Wish, Rows | None], dict[int, float]],
        table: str,
    ) -> list[Covered]:
        """Return the rows of a table that fulfil every required wish, and what they cover of all.

        The required wishes are looked up first, and the others only within what they leave.
        """
        required: dict[Wish, dict[int, float]] = {}
        within: Rows | None = None
        few: Rows | None = None
        for wish in sorted(filter(_is_required, wishes), key=lambda wish: not wish.keys):
            rows = required[wish] = fulfil(wish, few)
            within = set(rows) if within is None else within & set(rows)
            if not within:
                return []
            few = within if len(within) <= MOST_TO_NARROW_DOWN else None
        fulfilled = [required.get(wish) or fulfil(wish, few) for wish in wishes]
        frequencies = [
            len(rows)
            if few is None or (wish.required and wish.keys)
            else self._frequency(wish, table)
            for wish, rows in zip(wishes, fulfilled, strict=True)
        ]
        count = self._count(table)
        weights = [
            (OPTIONAL if wish.optional else 1.0) * log(1 + count / (1 + frequency))
            for wish, frequency in zip(wishes, frequencies, strict=True)
        ]
        needed = [
            (wish, weight)
            for wish, weight in zip(wishes, weights, strict=True)
            if not wish.optional
        ]
        all_weight = sum(weight for _, weight in needed) or 1.0
        word_weight = sum(weight for wish, weight in needed if not wish.keys)
        scores: dict[int, float] = defaultdict(float)
        said: dict[int, float] = defaultdict(float)
        for wish, rows, weight in zip(wishes, fulfilled, weights, strict=True):
            for number, degree in rows.items():
                scores[number] += weight * degree
                if not (wish.keys or wish.optional):
                    said[number] += weight * degree
        return [
            Covered(number, score / all_weight, said[number] / word_weight if word_weight else 1.0)
            for number, score in scores.items()
            if within is None or number in within
        ]

    def _frequency(self, wish: Wish, table: str) -> int:
        """Return in how many rows of a table the words of a wish stand, or a synonym of them."""
        words = " AND ".join(map(phrase, wish.words))
        synonyms = map(phrase, wish.synonyms)
        query = " OR ".join(filter(None, (f"({words})" if words else "", *synonyms)))
        return self._matching_count(f"{table}_words", query) if query else 0

    def _in_time(self, rows: Sequence[Covered], order: Order) -> list[Covered]:
        by_number = {row.number: row for row in rows}
        direction = "DESC" if order is Order.LAST else "ASC"
        found = self._connection.execute(
            f"SELECT number FROM event WHERE number IN ({_listed(by_number.keys())})"
            f" ORDER BY start_first {direction}, number"
        )
        return [by_number[number] for (number,) in found]

    def _ranked(self, rows: Sequence[Covered], wishes: Sequence[Wish]) -> list[Covered]:
        """Return events in order: what they cover, then whom they are about, weight and date."""
        by_number = {row.number: row for row in rows}
        asked = {key for wish in wishes for key in wish.keys}
        details = self._connection.execute(
            "SELECT number, weight, length(date), people, start_first FROM event"
            f" WHERE number IN ({_listed(by_number.keys())})"
        )
        worth = {
            number: (
                by_number[number].coverage
                + WEIGHT_BONUS * weight
                + (DAY_BONUS if length >= len("1940-08-21") else 0.0)
                - ASIDE * _position(people, asked),
                -start,
            )
            for number, weight, length, people, start in details
        }
        return [by_number[number] for number in sorted(worth, key=worth.__getitem__, reverse=True)]


RANKED_FOR_EACH = 8
"""Events that are ranked by weight and date for each one that is wanted."""

STATEMENTS_FOR_EACH = 16
"""Statements that are looked at for each entity that is wanted; one entity may have several."""

OPTIONAL = 0.25
"""The part of its weight that an optional wish adds where it is fulfilled."""

WEIGHT_BONUS = 0.04
DAY_BONUS = 0.02
ASIDE = 0.04
"""What events of equal coverage gain for each weight, for a day; lose for each person before."""

FARTHEST_ASIDE = 4

BY_NAME = 0.15
"""What an entity gains whose name says the words: "succession" for a question about an heir."""

NEAR = 0.06
"""Sentences of an entity that cover so little less than its best one are told with it."""


def _position(people: str, asked: set[str]) -> int:
    """Return how many people stand before the first one asked for in an event's list of people.

    The list is JSON; keys hold no quotes, so that a search finds them.
    """
    places = [people.find(f'"{key}"') for key in asked]
    found = [place for place in places if place >= 0]
    if not asked:
        return 0
    if not found:
        return FARTHEST_ASIDE
    return min(people.count("],[", 0, min(found)), FARTHEST_ASIDE)


def _is_required(wish: Wish) -> bool:
    return wish.required


def _at_least(rows: Sequence[Covered], number: int) -> Sequence[Covered]:
    """Return so many of the best rows, and those that cover as much as the last of them."""
    if len(rows) <= number:
        return rows
    worst = rows[number - 1].coverage
    return [row for row in rows[:MOST_ROWS] if row.coverage >= worst]


def _listed(numbers: Rows) -> str:
    """Return numbers of rows as SQL; they are our own, and no text of anybody's."""
    return ", ".join(map(str, sorted(numbers)))


def _raise(found: dict[int, float], rows: Iterable[int], degree: float) -> None:
    for number in rows:
        if found.get(number, 0.0) < degree:
            found[number] = degree
