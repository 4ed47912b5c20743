"""Who is the same: the names of an article gathered into people and things.

Names of several words are compared first. Then each shorter form is given to one of those whose
name holds it: to the one last named in full near it, else to the article's subject, else to the
one named far more often than the others, else to nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.compiler.name_kinds import looks_like_a_person, noun_kind
from knowledge.compiler.name_shapes import PARTICLES, Shape
from knowledge.compiler.same_name import PersonName, fold, skeleton
from knowledge.compiler.words import Words, is_capital
from knowledge.model import EntityKind

FAR_MORE_OFTEN = 3
"""How many times as often somebody must be named in full to be meant by a shared surname."""


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

    @property
    def is_person(self) -> bool:
        """Whether it is somebody."""
        return self.kind is EntityKind.PERSON


@dataclass(slots=True)
class Mentioned:
    """A shape and whom or what it names."""

    shape: Shape
    who: Identity


def gather(
    shapes: Sequence[Shape],
    kinds: Mapping[str, EntityKind | None],
    texts: Sequence[Words | None],
    title: str,
) -> tuple[list[Mentioned], Identity | None]:
    """Return whom each shape names, in the order of the text, and the article's subject.

    Shapes that name nobody and nothing are left out.
    """
    people = _People()
    for shape in shapes:
        if kinds[shape.key] is EntityKind.PERSON:
            people.add(PersonName(shape.words))
        linked = _linked_name(shape, kinds)
        if linked is not None:
            people.add(linked)
    subject = _subject_person(title, people, shapes, kinds, texts)
    for shape in shapes:
        if kinds[shape.key] is EntityKind.PERSON:
            people.add_short(PersonName(shape.words))
    things: dict[str, Identity] = {}
    found: list[Mentioned] = []
    memory = _Memory(subject)
    for shape in shapes:
        who = _whom(shape, kinds, texts, people, memory)
        if who is None:
            kind = kinds[shape.key]
            if kind is None or kind is EntityKind.PERSON:
                continue
            who = _thing(shape, kind, things)
        found.append(Mentioned(shape, who))
        _count(shape, who)
    if subject is None:
        subject = _subject_thing(title, things)
    return found, subject


class _People:
    """The people of an article, by the words of their names."""

    def __init__(self) -> None:
        self._by_last: dict[str, list[Identity]] = defaultdict(list)
        self._by_word: dict[str, list[Identity]] = defaultdict(list)
        self._known: dict[tuple[tuple[str, ...], str], Identity] = {}

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
        ]
        identity = alike[0] if len(alike) == 1 else Identity(EntityKind.PERSON)
        self._learn(identity, name)
        return identity

    def add_short(self, name: PersonName) -> None:
        """Take a single word in, as somebody new unless a longer name holds it."""
        key = (name.folded, name.mark)
        if name.is_full or name.mark or key in self._known or self.holding(name):
            return
        self._learn(Identity(EntityKind.PERSON), name)

    def of_name(self, name: PersonName) -> Identity | None:
        """Return who bears a name just so."""
        return self._known.get((name.folded, name.mark))

    def holding(self, name: PersonName) -> list[Identity]:
        """Return those whose name holds a shorter one, only the ones where it fits best."""
        if not name.folded:
            return []
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


class _Memory:
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
        near = [who for who in candidates if who in self._in_block]
        if near:
            return max(near, key=self._in_block.__getitem__)
        if self._subject in candidates:
            return self._subject
        ranked = sorted(candidates, key=lambda who: -self._counts[who])
        first, second = ranked[0], ranked[1]
        if self._counts[first] >= FAR_MORE_OFTEN * max(1, self._counts[second]):
            return first
        return None

    def _turn_to(self, block: int) -> None:
        if block != self._block:
            self._block = block
            self._in_block = {}


def _whom(
    shape: Shape,
    kinds: Mapping[str, EntityKind | None],
    texts: Sequence[Words | None],
    people: _People,
    memory: _Memory,
) -> Identity | None:
    """Return the person that a shape names; None where it names no person, or it is unclear."""
    kind = kinds[shape.key]
    name = PersonName(shape.words)
    linked = _linked_name(shape, kinds)
    if linked is not None:
        who = people.of_name(linked)
        if who is not None:
            if name.is_full:
                memory.named_in_full(shape, who)
            return who
    if kind is EntityKind.PERSON and (name.is_full or name.mark):
        who = people.of_name(name)
        if who is not None:
            memory.named_in_full(shape, who)
        return who
    if kind not in {EntityKind.PERSON, None} and not _may_be_short(shape, kind, texts):
        return None
    who = people.of_name(name)
    if who is not None:
        return who
    return memory.meant(shape, people.holding(name))


def _may_be_short(shape: Shape, kind: EntityKind, texts: Sequence[Words | None]) -> bool:
    """Whether a name that is a place's or a body's by most of its uses may be a surname here."""
    if len(shape.words) > 1 or kind is not EntityKind.PLACE:
        return False
    words = texts[shape.block]
    assert words is not None  # noqa: S101 -- shapes stand in blocks that have words
    before = words.words[shape.first - 1].lower() if shape.first else ""
    return before not in {"in", "near", "at", "from", "to", "into", "of", "the", "around"}


def _linked_name(shape: Shape, kinds: Mapping[str, EntityKind | None]) -> PersonName | None:
    """Return the person's name that a link on a shape leads to, if it is one."""
    if not shape.link or kinds[shape.key] not in {EntityKind.PERSON, None}:
        return None
    target = shape.link.partition(" (")[0].partition("#")[0].replace("_", " ").split()
    if not target or not all(is_capital(word) or word in PARTICLES for word in target):
        return None
    noun = noun_kind(target)
    if noun is not None and not noun[1]:
        return None
    own = {skeleton(word) for word in shape.words}
    if own.isdisjoint(skeleton(word) for word in target):
        return None
    return PersonName(target)


def _thing(shape: Shape, kind: EntityKind, things: dict[str, Identity]) -> Identity:
    words = shape.words[1:] if shape.words[0] == "The" and len(shape.words) > 1 else shape.words
    key = " ".join(fold(word) for word in words)
    thing = things.get(key)
    if thing is None:
        thing = things[key] = Identity(kind)
    return thing


def _count(shape: Shape, who: Identity) -> None:
    who.forms[shape.key] += 1
    if not who.is_person:
        return
    name = PersonName(shape.words)
    if name.is_full or name.mark:
        who.full[shape.key] += 1
    if shape.titles:
        who.titled[" ".join((*shape.titles, *shape.words))] += 1
    if shape.nickname:
        who.nicknames[shape.nickname] = None
        if len(shape.words) > 1:
            who.others[f"{shape.nickname} {shape.words[-1]}"] = None


def _subject_person(
    title: str,
    people: _People,
    shapes: Sequence[Shape],
    kinds: Mapping[str, EntityKind | None],
    texts: Sequence[Words | None],
) -> Identity | None:
    """Return the person whom the article is about, if its title names one."""
    plain = title.partition(" (")[0].replace(",", " ,").split()
    plain = [word for word in plain if word != ","]
    if not plain:
        return None
    noun = noun_kind(plain)
    name = PersonName(plain)
    known = people.of_name(name) or next(iter(people.holding(name)), None)
    if known is not None:
        return known
    if noun is not None and not noun[1]:
        return None
    if not all(is_capital(word) or word in PARTICLES or word in {"the", "of"} for word in plain):
        return None
    shows = looks_like_a_person(plain)
    for shape in shapes:
        part = PersonName(shape.words)
        if kinds[shape.key] not in {EntityKind.PERSON, None} or shape.heading:
            continue
        if name.is_same(part):
            known = people.of_name(part)
            if known is not None:
                known.names.append(name)
                return known
        if name.place_of(part) == 0 and (kinds[shape.key] is EntityKind.PERSON or shows):
            return people.add(name)
    if (name.is_full or name.mark) and _tells_of_somebody(texts):
        return people.add(name)
    return None


def _tells_of_somebody(texts: Sequence[Words | None]) -> bool:
    """Whether an article's first sentence begins with "he", "she", "his" or "her"."""
    for words in texts:
        if words is not None and len(words) > 8:
            return words.words[0].lower() in {"he", "she", "his", "her"}
    return False


def _subject_thing(title: str, things: Mapping[str, Identity]) -> Identity | None:
    plain = title.partition(" (")[0]
    words = plain.split()
    if words and words[0].lower() == "the":
        words = words[1:]
    return things.get(" ".join(fold(word) for word in words))
