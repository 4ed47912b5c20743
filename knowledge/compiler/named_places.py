"""Where an article names whom: the places that its cast knows, and surnames that stand alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from knowledge.compiler.cast import PRONOUN_OF, Cast, FoundEntity, NamedPlace
from knowledge.compiler.sentence_spans import sentence_spans
from knowledge.compiler.tokens import COORDINATORS, PREPOSITIONS
from knowledge.model import EntityKind, Span
from knowledge.readers.article import Article, Role

_MARRIED = frozenset({"wife", "husband", "spouse"})
PERSONAL = frozenset(PRONOUN_OF)
_LONE_NAME = re.compile(
    r"(?<![\w'’\"“-])(?<![A-ZÀ-Þ]\. )([A-ZÀ-Þ][^\W\d_]+)(?!\w|[-–]\w| [A-ZÀ-Þ])"
)
CAPITAL_BEFORE = re.compile(r"(?<!\w)([A-ZÀ-Þ](?:\w+|\.)?)\s$")
_HOUSE = re.compile(r"['’]s [A-ZÀ-Þ]")
"""Behind the name of whom a house or a club is called after: "Gray's Inn"."""
_OPENING_WORDS = PREPOSITIONS | COORDINATORS | frozenset("when while although though".split())
_NUMERAL = re.compile(r"[IVX]+")
_OPENING = len("The Honourable Sir ")
"""Where the name that an article is about begins at the latest."""


def _opening_entity(article: Article, cast: Cast) -> int | None:
    """Return whom the article's first sentence begins with, where the cast knows no subject."""
    first = next((i for i, block in enumerate(article.blocks) if block.role is Role.PROSE), None)
    if first is None or article.blocks[first].section:
        return None
    place = next((place for place in cast.named if place.block == first), None)
    if place is None or place.start > _OPENING:
        return None
    return None if "(" in article.blocks[first].text[: place.start] else place.entity


class NamedPlaces:
    """The places of one article in which somebody of its cast is named."""

    def __init__(self, article: Article, cast: Cast) -> None:
        self.article = article
        subject = cast.subject if cast.subject is not None else _opening_entity(article, cast)
        self.cast = replace(cast, subject=subject)
        self._sentences: dict[int, list[Span]] = {}
        self._named: dict[int, list[NamedPlace]] = {}
        self._completed: dict[int, list[NamedPlace]] = {}
        for place in cast.named:
            self._named.setdefault(place.block, []).append(place)

    @cached_property
    def subject(self) -> FoundEntity | None:
        """Return the entity that the article is about."""
        return None if self.cast.subject is None else self.cast.entities[self.cast.subject]

    @cached_property
    def title(self) -> str:
        """Return the article's title where the cast has no entity for it, else nothing."""
        return "" if self.cast.subject is not None else self.article.title.partition(" (")[0]

    def spouse(self, person: int) -> int | None:
        """Return who is married to a person, if the cast knows of just one."""
        found = self.spouses_of(person)
        return found.pop() if len(found) == 1 else None

    def spouses_of(self, person: int) -> set[int]:
        """Return whom a person was ever married to."""
        entities = self.cast.entities
        return {
            other
            for other, entity in enumerate(entities)
            if any(r.kind in _MARRIED and r.to == person for r in entity.relations)
        } | {r.to for r in entities[person].relations if r.kind in _MARRIED}

    def sentences(self, block: int) -> list[Span]:
        """Return the spans of a block's sentences."""
        if block not in self._sentences:
            self._sentences[block] = sentence_spans(self.article.blocks[block].text)
        return self._sentences[block]

    def is_person(self, entity: int) -> bool:
        """Whether an entity is a person."""
        return self.cast.entities[entity].kind is EntityKind.PERSON

    def agrees(self, entity: int, word: str) -> bool:
        """Whether an entity can be meant by a pronoun, as far as is known."""
        if not self.is_person(entity):
            is_ship = self.cast.entities[entity].kind is EntityKind.SHIP
            return is_ship and word in ("she", "her") and entity == self.cast.subject
        known = self.cast.entities[entity].pronoun
        return known is None or known is PRONOUN_OF.get(word, known)

    def named(self, block: int, start: int, stop: int) -> list[NamedPlace]:
        """Return the places in text[start:stop] of a block where entities are named, in order."""
        places = self._completed.get(block) or self._places(block)
        first = bisect_left(places, start, key=lambda place: place.start)
        found = []
        for place in places[first:]:
            if place.start >= stop:
                break
            if place.stop <= stop:
                found.append(place)
        return found

    def _places(self, block: int) -> list[NamedPlace]:
        """Return where a block names somebody, and where a surname alone stands that is theirs."""
        if block not in self._completed:
            known = self._named.get(block, [])
            taken = {at for place in known for at in range(place.start, place.stop)}
            text = self.article.blocks[block].text
            added = []
            for match in _LONE_NAME.finditer(text):
                if match[1] not in self._family_names or match.start() in taken:
                    continue
                entity = self._surnames.get(match[1])
                entity = self._last_bearer(match, known) if entity is None else entity
                if entity is None:
                    continue
                before = CAPITAL_BEFORE.search(text, max(0, match.start() - 24), match.start())
                if before and before[1].lower() not in _OPENING_WORDS:
                    continue  # a first name, a title: somebody else's surname
                added.append(NamedPlace(block, match.start(1), match.end(1), entity))
            self._completed[block] = sorted([*known, *added], key=lambda place: place.start)
        return self._completed[block]

    @cached_property
    def _surnames(self) -> dict[str, int]:
        """Return whose a surname is that stands alone, though others bear it, too.

        It is theirs whom the article calls so; if it calls nobody so, its subject's.
        """
        bearers: dict[str, list[int]] = {}
        for index, entity in enumerate(self.cast.entities):
            for alias in entity.aliases if entity.kind is EntityKind.PERSON else ():
                if " " not in alias and entity.name.endswith(f" {alias}"):
                    bearers.setdefault(alias, []).append(index)
        surnames = {alias: found[0] for alias, found in bearers.items() if len(found) == 1}
        subject = self.cast.subject
        if (
            subject is not None
            and self._is_about_a_person()
            and " " in self.cast.entities[subject].name
        ):
            own = self.cast.entities[subject].name.rsplit(" ", 1)[-1]
            if own not in bearers and not _NUMERAL.fullmatch(own):
                surnames[own] = subject
        return surnames

    @cached_property
    def _family_names(self) -> frozenset[str]:
        """Return the last words of all people's names."""
        return frozenset(
            entity.name.rsplit(" ", 1)[-1]
            for entity in self.cast.entities
            if entity.kind is EntityKind.PERSON and " " in entity.name
        )

    def _last_bearer(self, match: re.Match[str], known: Sequence[NamedPlace]) -> int | None:
        """Return who was last named in full by a surname that several bear, in the same block."""
        for place in reversed(known):
            if place.start < match.start() and self.is_person(place.entity):
                name = self.cast.entities[place.entity].name
                if name.endswith(f" {match[1]}"):
                    return place.entity
        surname, spouse = self._spouse_name
        return spouse if match[1] == surname else None

    @cached_property
    def _spouse_name(self) -> tuple[str, int | None]:
        """Return the surname of the article's subject's wife or husband, and who that is."""
        subject = self.cast.subject
        other = self.spouse(subject) if subject is not None else None
        if subject is None or other is None:
            return "", None
        name = self.cast.entities[other].name
        shared = self.cast.entities[subject].name.endswith(f" {name.rsplit(' ', 1)[-1]}")
        return ("", None) if shared or " " not in name else (name.rsplit(" ", 1)[-1], other)

    def _is_about_a_person(self) -> bool:
        return self.cast.subject is not None and self.is_person(self.cast.subject)

    def _persons(self, block: int, start: int, stop: int) -> list[int]:
        text = self.article.blocks[block].text
        return [
            place.entity
            for place in self.named(block, start, stop)
            if self.is_person(place.entity) and not _HOUSE.match(text, place.stop)
        ]
