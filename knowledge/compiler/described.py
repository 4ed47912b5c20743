"""Whom "the city", "the young general" and "the composer" mean: the article's subject."""

from __future__ import annotations

import re
from functools import cached_property

from knowledge.compiler.cast import Pronoun
from knowledge.compiler.named_places import NamedPlaces
from knowledge.compiler.people_words import is_role
from knowledge.model import EntityKind
from knowledge.readers.article import Role

_WORDS = re.compile(r"[^\W\d_]+")
_DEFINED = re.compile(
    r"\b(?:was|is|were|are) (?:an?|the|one of the) ([^,.;:()]*?)(?=[,.;:()]|\s(?:of|in|on|at|by|for"
    r"|with|from|who|which|that|to|known|and the)\b|$)"
)
_AGES = frozenset("young younger future old elderly ageing aging ailing exiled deposed".split())
_CHILDREN = {"boy": Pronoun.HE, "girl": Pronoun.SHE}
_GENERIC = {
    EntityKind.PLACE: (
        "city town village port settlement municipality borough suburb commune capital"
    ),
    EntityKind.ORGANISATION: (
        "club company party band school league union bank society order team group orchestra"
        " newspaper firm association federation organisation organization college university"
        " institute academy museum theatre theater ensemble congregation regiment army"
    ),
    EntityKind.WORK: (
        "book novel film opera play song album work painting symphony poem ballet newspaper"
        " magazine journal series musical"
    ),
    EntityKind.SHIP: "ship vessel frigate liner steamer schooner yacht submarine destroyer cruiser",
    EntityKind.TREATY: "treaty agreement pact convention",
    EntityKind.BATTLE: "battle siege",
    EntityKind.TRIAL: "trial",
    EntityKind.EVENT: "war strike flood expedition congress games revolt rebellion",
}
_GENERIC_WORDS = {kind: frozenset(words.split()) for kind, words in _GENERIC.items()}

_MEMBERS = {"senate": "senator", "congress": "congressman", "papacy": "pope"}
"""What somebody is called who sat in a body that the lead names."""


class Described(NamedPlaces):
    """What an article says its subject is, and calls it by."""

    def described(self, words: list[str]) -> int | None:
        """Return the article's subject where "the" and these words can only mean it."""
        subject = self.subject
        if subject is None or not words:
            return None
        noun = words[-1]
        name = " ".join(subject.name.split()[1:])
        known = {*_WORDS.findall(f"{subject.description} {name}".lower()), *self._lead_words}
        if words[0] in _AGES and subject.kind is EntityKind.PERSON and is_role(noun):
            return self.cast.subject  # "the young officer" of an admiral's life
        if noun in _CHILDREN and subject.pronoun is _CHILDREN[noun]:
            return self.cast.subject
        fits = noun in known or noun in _GENERIC_WORDS.get(subject.kind, ())
        if subject.name.lower().startswith("the ") and noun == subject.name.lower().split()[-1]:
            fits = True
        return self.cast.subject if fits else None

    @cached_property
    def _lead_words(self) -> frozenset[str]:
        """Return what the article's first sentence says its subject is: "Danish general"."""
        first = next((i for i, b in enumerate(self.article.blocks) if b.role is Role.PROSE), None)
        if first is None or self.article.blocks[first].section:
            return frozenset()
        start, stop = self.sentences(first)[0]
        text = self.article.blocks[first].text
        said = _DEFINED.search(text, start, stop)
        words = _WORDS.findall(said[1].lower()) if said else []
        bodies = _WORDS.findall(text[start:stop].lower())
        return frozenset((*words, *(_MEMBERS[body] for body in bodies if body in _MEMBERS)))
