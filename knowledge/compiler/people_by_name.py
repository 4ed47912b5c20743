"""The people of an article by the words of their names, and whom a shared surname means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from knowledge.compiler.identity import Identity
from knowledge.compiler.name_runs import PARTICLES
from knowledge.compiler.name_shapes import Shape
from knowledge.compiler.people_words import TITLES
from knowledge.compiler.same_name import PersonName, skeleton
from knowledge.model import EntityKind

FAR_MORE_OFTEN = 3
"""How many times as often somebody must be named in full to be meant by a shared surname."""


class PeopleByName:
    """The people of an article, by the words of their names."""

    def __init__(self) -> None:
        self._by_last: dict[str, list[Identity]] = defaultdict(list)
        self._by_word: dict[str, list[Identity]] = defaultdict(list)
        self._known: dict[tuple[tuple[str, ...], str], Identity] = {}
        self._held: dict[tuple[tuple[str, ...], str], list[Identity]] = {}
        self._is_complete = False
        self._shared: frozenset[str] = frozenset()
        self._children: frozenset[tuple[str, ...]] = frozenset()

    def keep_apart(self, given: frozenset[str], children: frozenset[tuple[str, ...]]) -> None:
        """Say which given names a child shares with an older relative, and the child's names."""
        self._shared, self._children = given, self._children | children

    def keep_apart_too(self, name: PersonName, longer: PersonName) -> None:
        """Let a child who is kept apart be so under a longer name as well."""
        if name.folded in self._children:
            self._children |= {longer.folded}

    def is_child(self, identity: Identity) -> bool:
        """Whether somebody bears the name of a child who has an older namesake."""
        return any(name.folded in self._children for name in identity.names)

    def _may_be_same(self, identity: Identity, name: PersonName) -> bool:
        if name.folded[0] not in self._shared:
            return True
        return self.is_child(identity) is (name.folded in self._children)

    def add(self, name: PersonName) -> Identity | None:
        """Take a name of several words in, as one of somebody known or as somebody new."""
        if not (name.is_full or name.mark):
            return None
        known = self._known.get((name.folded, name.mark))
        if known is not None:
            return known
        alike = [
            identity
            for identity in self._near(name)
            if any(other.is_same(name) for other in identity.names)
            and self._may_be_same(identity, name)
        ]
        identity = alike[0] if len(alike) == 1 else Identity(EntityKind.PERSON)
        self._learn(identity, name)
        return identity

    def also(self, owner: PersonName, other: str) -> None:
        """Learn another name of somebody; the bearer of it, if known, is the same person."""
        identity = self.bearer(owner) or self.add(owner)
        if identity is None:
            identity = Identity(EntityKind.PERSON)
            self._learn(identity, owner)
        self.learn(identity, other)

    def learn(self, identity: Identity, other: str) -> None:
        """Take another name of somebody in, unless somebody else bears it."""
        words = other.split()
        if len(words) == len(_without_titles(words)) + 1 == 2:
            return  # "Madame Daul": the surname alone is her husband's as well
        name = PersonName(_without_titles(words))
        if name.folded and (name.folded, name.mark) not in self._known:
            self._learn(identity, name)

    def bearer(self, name: PersonName) -> Identity | None:
        """Return who bears a name, or the only one whose name holds it."""
        known = self.of_name(name)
        if known is not None:
            return known
        holding = self.holding(name)
        return holding[0] if len(holding) == 1 else None

    def add_short(self, name: PersonName) -> None:
        """Take a single word in, as somebody new unless a longer name holds it."""
        key = (name.folded, name.mark)
        if name.is_full or name.mark or key in self._known or self.holding(name):
            return
        self._learn(Identity(EntityKind.PERSON), name)

    def add_namesake(self, name: PersonName) -> None:
        """Take a surname in as somebody's of whom no more is named."""
        if (name.folded, name.mark) not in self._known:
            self._learn(Identity(EntityKind.PERSON), name)

    def of_name(self, name: PersonName) -> Identity | None:
        """Return who bears a name just so."""
        return self._known.get((name.folded, name.mark))

    def of_core(self, name: PersonName) -> Identity | None:
        """Return who bears a name without what a title adds: "Otto II" for "Otto II of Salz"."""
        return self._known.get((name.folded, "")) if name.mark.startswith("of ") else None

    def holding(self, name: PersonName) -> list[Identity]:
        """Return those whose name holds a shorter one, only the ones where it fits best."""
        if not name.folded:
            return []
        key = (name.folded, name.mark)
        if self._is_complete:
            if key not in self._held:
                self._held[key] = self._find_holding(name)
            return self._held[key]
        return self._find_holding(name)

    def complete(self) -> None:
        """Say that everybody is known: from now on the same question is answered once."""
        self._is_complete = True

    def _find_holding(self, name: PersonName) -> list[Identity]:
        held = self._holding_exactly(name)
        if held or name.is_full or "-" not in name.folded[0]:
            return held
        likeness = skeleton(name.folded[0])
        near = self._by_last.get(likeness, ())
        return [who for who in near if any(n.is_full for n in who.names)]

    def _holding_exactly(self, name: PersonName) -> list[Identity]:
        ranked: list[tuple[int, Identity]] = []
        for identity in self._by_word.get(name.folded[-1], ()):
            places = [
                place for other in identity.names if (place := other.place_of(name)) is not None
            ]
            if places:
                ranked.append((min(places), identity))
        if not ranked:
            return []
        best = min(place for place, _ in ranked)
        return [identity for place, identity in ranked if place == best]

    def _near(self, name: PersonName) -> Iterable[Identity]:
        near = dict.fromkeys(self._by_last.get(skeleton(name.folded[-1]), ()))
        near.update(dict.fromkeys(self._by_word.get(name.folded[0], ())))
        return near

    def _learn(self, identity: Identity, name: PersonName) -> None:
        identity.names.append(name)
        self._known[name.folded, name.mark] = identity
        self._by_last[skeleton(name.folded[-1])].append(identity)
        for word in dict.fromkeys(name.folded):
            if word not in PARTICLES and identity not in self._by_word[word]:
                self._by_word[word].append(identity)


class Memory:
    """Who was named in full, where last and how often: whom a shared surname means."""

    def __init__(self, subject: Identity | None) -> None:
        self._subject = subject
        self._block = -1
        self._in_block: dict[Identity, int] = {}
        self._clock = 0
        self._counts: Counter[Identity] = Counter()

    def named_in_full(self, shape: Shape, who: Identity) -> None:
        """Remember somebody who was named in full."""
        self._turn_to(shape.block)
        self._clock += 1
        self._in_block[who] = self._clock
        self._counts[who] += 1

    def meant(self, shape: Shape, candidates: Sequence[Identity]) -> Identity | None:
        """Return the one of several whom a shorter form means, if that is clear."""
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        self._turn_to(shape.block)
        if self._subject in candidates:
            return self._subject
        near = [who for who in candidates if who in self._in_block]
        if near:
            return max(near, key=self._in_block.__getitem__)
        ranked = sorted(candidates, key=lambda who: -self._counts[who])
        first, second = ranked[0], ranked[1]
        if not self._counts[second]:
            return first if self._counts[first] else None  # the other is named only later on
        if self._counts[first] >= FAR_MORE_OFTEN * max(1, self._counts[second]):
            return first
        return None

    def _turn_to(self, block: int) -> None:
        if block != self._block:
            self._block = block
            self._in_block = {}


def _without_titles(words: Sequence[str]) -> Sequence[str]:
    at = 0
    while at < len(words) - 1 and words[at].lower() in TITLES:
        at += 1
    return words[at:]
