"""How much speaks for each kind of a name, counted over all its places."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from knowledge.compiler.noun_kinds import PERSON
from knowledge.model import EntityKind

SURE_OF_A_PERSON = 2.0
"""Evidence at one place that makes a name a person's even where a noun in it is a thing's."""


@dataclass(slots=True)
class Evidence:
    """What speaks for each kind of a name, over all its places."""

    scores: dict[EntityKind, float] = field(default_factory=lambda: defaultdict(float))
    after_the: int = 0
    places: int = 0
    within: int = 0
    """Places where the capital letter is no beginning of a sentence."""
    is_listed: bool = False
    """Whether a neighbour in a list has been counted."""
    is_called: bool = False
    """Whether a title, a noun for people or a deed of theirs stands beside it."""

    def add(self, kind: EntityKind, weight: float) -> None:
        """Count evidence for a kind."""
        self.scores[kind] += weight
        if kind is PERSON and weight >= SURE_OF_A_PERSON:
            self.is_called = True
