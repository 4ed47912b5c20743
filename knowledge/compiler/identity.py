"""One person or thing of an article, with every form of its name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from knowledge.compiler.name_shapes import Shape
from knowledge.compiler.same_name import PersonName
from knowledge.model import EntityKind


@dataclass(slots=True, eq=False)
class Identity:
    """One person or thing: every form of its name, and how often each stands in the text.

    `forms` counts what is written; `full` counts names of several words only. `titled` are forms
    with a title before them.
    """

    kind: EntityKind
    names: list[PersonName] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    full: Counter[str] = field(default_factory=Counter)
    titled: Counter[str] = field(default_factory=Counter)
    nicknames: dict[str, None] = field(default_factory=dict)
    others: dict[str, None] = field(default_factory=dict)
    name: str = ""
    with_article: int = 0
    """How often "the" stands before it."""

    def bears(self, name: str) -> bool:
        """Whether a whole name is one of this person's."""
        wanted = PersonName(name.split())
        return any(other.folded == wanted.folded or other.is_same(wanted) for other in self.names)

    @property
    def is_person(self) -> bool:
        """Whether it is somebody."""
        return self.kind is EntityKind.PERSON


@dataclass(slots=True)
class Mentioned:
    """A shape and whom or what it names."""

    shape: Shape
    who: Identity
