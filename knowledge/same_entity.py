"""Whether two texts that know nothing of each other tell of one person or thing."""

from __future__ import annotations

from typing import NamedTuple, Self

from knowledge.model import Entity, EntityKind, HistoricalDate, PartialDate
from knowledge.names import fold


class Identity(NamedTuple):
    """What tells somebody or something apart; `names` are folded, the usual one first."""

    is_person: bool
    names: tuple[str, ...]
    born: PartialDate | None = None
    died: PartialDate | None = None

    @classmethod
    def of(cls, entity: Entity) -> Self:
        """Return that of an entity of a pack."""
        return cls.made(entity.kind, entity.names, _start(entity.born), _start(entity.died))

    @classmethod
    def made(
        cls,
        kind: EntityKind,
        names: tuple[str, ...],
        born: PartialDate | None,
        died: PartialDate | None,
    ) -> Self:
        """Return that of somebody with these names and dates."""
        return cls(kind is EntityKind.PERSON, tuple(map(fold, names)), born, died)

    def joined(self, other: Identity) -> Identity:
        """Return that of an entity of which both tell: all names, and the dates of either."""
        names = tuple(dict.fromkeys((*self.names, *other.names)))
        return Identity(self.is_person, names, self.born or other.born, self.died or other.died)

    @property
    def whole_names(self) -> tuple[str, ...]:
        """The names that are enough to tell of whom is spoken: of a person, not a surname alone.

        Of a thing it is the usual name, and others of several words.
        """
        usual = self.names[0]
        return tuple(
            dict.fromkeys(
                name
                for name in self.names
                if " " in name or (name and name == usual and not self.is_person)
            )
        )


def is_same(one: Identity, other: Identity) -> bool:
    """Whether one usual name is a name of the other, and no year of life stands against it.

    A surname alone isn't enough, and a person is never a thing.
    """
    if one.is_person is not other.is_person:
        return False
    if not (_agree(one.born, other.born) and _agree(one.died, other.died)):
        return False
    return one.names[0] in other.whole_names or other.names[0] in one.whole_names


def _agree(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates may be one, by their years; what isn't known stands against nothing."""
    if one is None or other is None:
        return True
    return one.year <= other.last_year and other.year <= one.last_year


def _start(date: HistoricalDate | None) -> PartialDate | None:
    return date.start if date else None
