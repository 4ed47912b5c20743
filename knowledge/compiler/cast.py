"""Who and what an article names, and where: the cast of its story."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from knowledge.model import EntityKind, PartialDate, Span


class Pronoun(StrEnum):
    """The word that the text uses for somebody, where it shows one."""

    HE = "he"
    SHE = "she"
    THEY = "they"
    IT = "it"


PRONOUN_OF = {
    "he": Pronoun.HE,
    "him": Pronoun.HE,
    "his": Pronoun.HE,
    "himself": Pronoun.HE,
    "she": Pronoun.SHE,
    "her": Pronoun.SHE,
    "hers": Pronoun.SHE,
    "herself": Pronoun.SHE,
}
"""Every form of the two words that stand for one person."""


class NamedPlace(NamedTuple):
    """A place in the article where an entity is named.

    `block` is an index in `Article.blocks`, `start` and `stop` are offsets in that block's text,
    `entity` is an index in `Cast.entities`.
    """

    block: int
    start: int
    stop: int
    entity: int


class FoundRelation(NamedTuple):
    """What an entity is to another: kind "wife" and to 3 says it is the wife of entity 3."""

    kind: str
    to: int


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """A person or a thing that the article names.

    `description` is what the article says somebody is, without the name at its start; empty where
    it says nothing. `statement` is where that stands, in offsets of the file. `confidence` is that
    of its being what `kind` says, and no other than named, from 0 to 1.
    """

    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    born: PartialDate | None = None
    died: PartialDate | None = None
    description: str = ""
    pronoun: Pronoun | None = None
    relations: tuple[FoundRelation, ...] = ()
    mentions: int = 0
    section: tuple[str, ...] = ()
    statement: Span | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Cast:
    """The entities of an article, where each is named, and which one it is about.

    `named` is in the order of the text. `subject` is the index of the entity that the article is
    about; none where it is about no single one that it names.
    """

    entities: tuple[FoundEntity, ...] = ()
    named: tuple[NamedPlace, ...] = ()
    subject: int | None = None
