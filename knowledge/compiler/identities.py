"""Who is the same: the names of an article gathered into people and things.

Names of several words are compared first. Then each shorter form is given to one of those whose
name holds it: to the one last named in full near it, else to the article's subject, else to the
one named far more often than the others, else to nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from knowledge.compiler.name_kinds import noun_kind
from knowledge.compiler.name_runs import PARTICLES
from knowledge.compiler.name_shapes import Shape
from knowledge.compiler.other_names import find_other_names
from knowledge.compiler.people_words import PLURAL_KIN, TITLES
from knowledge.compiler.same_name import PersonName, fold, skeleton
from knowledge.compiler.thing_words import BODY_NOUNS, PLACE_NOUNS, WORK_NOUNS
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
    others = find_other_names(shapes, texts, kinds)
    given = {id(other.shape): other for other in others if other.shape is not None}
    for other in others:
        if other.owner is not None and len(other.owner.words) > 1:
            people.also(PersonName.of(other.owner.words), other.text)
    couples = _couples(shapes, texts, kinds)
    for shape in shapes:
        if id(shape) in given:
            continue
        if id(shape) in couples:
            people.add(couples[id(shape)])
            continue
        if kinds[shape.key] is EntityKind.PERSON:
            who = people.add(PersonName.of(shape.words))
            if shape.nickname and who is not None:
                people.learn(who, f"{shape.nickname} {shape.words[-1]}")
        linked = _linked_name(shape, kinds)
        if linked is not None:
            people.add(linked)
    for other in others:
        if other.owner is not None and len(other.owner.words) == 1:
            people.also(PersonName.of(other.owner.words), other.text)
    subject = _subject_person(title, people, shapes, kinds, texts)
    for other in others:
        if other.owner is None and subject is not None:
            people.learn(subject, other.text)
    for shape in shapes:
        if id(shape) in given or id(shape) in couples:
            continue
        if kinds[shape.key] is EntityKind.PERSON:
            people.add_short(PersonName.of(shape.words))
    people.complete()
    things: dict[str, Identity] = {}
    found: list[Mentioned] = []
    memory = _Memory(subject)
    for shape in shapes:
        if id(shape) in given:
            other = given[id(shape)]
            who = (
                subject if other.owner is None else people.bearer(PersonName.of(other.owner.words))
            )
            if who is None:
                continue
            if other.text != shape.key:
                who.others[other.text] = None
                shape.is_title = True
            found.append(Mentioned(shape, who))
            _count(shape, who)
            continue
        if id(shape) in couples:
            who = people.of_name(couples[id(shape)])
            if who is not None:
                who.full[" ".join(couples[id(shape)].words)] += 1
        else:
            who = _whom(shape, kinds, texts, people, memory)
        if who is None:
            kind = kinds[shape.key]
            if kind is None or kind is EntityKind.PERSON:
                continue
            who = _thing(shape, kind, things)
        found.append(Mentioned(shape, who))
        _count(shape, who)
        words = texts[shape.block]
        if words is not None and shape.first and words.words[shape.first - 1] in {"the", "The"}:
            who.with_article += 1
    for other in others:
        if other.shape is None and other.owner is not None:
            who = people.bearer(PersonName.of(other.owner.words))
            if who is not None:
                who.others[other.text] = None
    if subject is None:
        subject = _subject_thing(title, things, texts)
    return found, subject


class _People:
    """The people of an article, by the words of their names."""

    def __init__(self) -> None:
        self._by_last: dict[str, list[Identity]] = defaultdict(list)
        self._by_word: dict[str, list[Identity]] = defaultdict(list)
        self._known: dict[tuple[tuple[str, ...], str], Identity] = {}
        self._held: dict[tuple[tuple[str, ...], str], list[Identity]] = {}
        self._is_complete = False

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
    name = PersonName.of(shape.words)
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
    target_name = shape.link.partition(" (")[0].partition("#")[0].replace("_", " ")
    if EntityKind.PERSON not in {kinds[shape.key], kinds.get(target_name)}:
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


def _without_titles(words: Sequence[str]) -> Sequence[str]:
    at = 0
    while at < len(words) - 1 and words[at].lower() in TITLES:
        at += 1
    return words[at:]


def _couples(
    shapes: Sequence[Shape],
    texts: Sequence[Words | None],
    kinds: Mapping[str, EntityKind | None],
) -> dict[int, PersonName]:
    """Return the whole names of those who share the surname behind them: "Otto and Ilse Kern".

    Only where the sentence or the next says that they are kin: "the brothers", "the couple".
    """
    found: dict[int, PersonName] = {}
    counts = Counter(shape.key for shape in shapes)
    for left, right in pairwise(shapes):
        words = texts[left.block]
        if words is None or left.block != right.block or len(left.words) != 1:
            continue
        if (
            len(right.words) < 2
            or "of" in right.words
            or counts[left.key] > 2
            or right.titles
            or right.nickname
        ):
            continue
        if words.words[left.last : right.first] != ["and"]:
            continue
        if kinds[right.key] is not EntityKind.PERSON or kinds[left.key] is EntityKind.PLACE:
            continue
        first, last = words.sentence(left.first)
        if last < len(words):
            last = words.sentence(last)[1]
        near = {word.lower() for word in words.words[first:last]}
        if not near.isdisjoint(_KIN_WORDS):
            found[id(left)] = PersonName((left.words[0], *right.words[1:]))
    return found


_KIN_WORDS = frozenset(PLURAL_KIN) | frozenset(
    "couple married marriage spouses husband wife both family".split()
)


def _thing(shape: Shape, kind: EntityKind, things: dict[str, Identity]) -> Identity:
    words = shape.words[1:] if shape.words[0] == "The" and len(shape.words) > 1 else shape.words
    key = " ".join(fold(word) for word in words)
    thing = things.get(key)
    if thing is None:
        thing = things[key] = Identity(kind)
    return thing


def _count(shape: Shape, who: Identity) -> None:
    if not who.is_person:
        who.forms[" ".join(shape.words)] += 1
        return
    name = PersonName.of(shape.words)
    form = " ".join(name.words)
    if shape.titles and shape.titles[-1].lower() in TITLES:
        who.titled[" ".join((*shape.titles, *shape.words))] += 1
    if len(name.words) < len(shape.words):
        who.titled[shape.key] += 1
    if shape.is_title:
        return
    who.forms[form] += 1
    if name.is_full or name.mark:
        who.full[form] += 1
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
    known = people.of_name(name) or people.of_core(name)
    if known is None and name.is_full:
        known = next(iter(people.holding(name)), None)
    if known is not None:
        people.learn(known, " ".join(plain))
        return known
    if noun is not None and not noun[1]:
        return None
    if not all(is_capital(word) or word in PARTICLES or word in {"the", "of"} for word in plain):
        return None
    for words in dict.fromkeys(
        shape.words
        for shape in shapes
        if kinds[shape.key] in {EntityKind.PERSON, None} and not shape.heading
    ):
        part = PersonName.of(words)
        if name.is_same(part):
            known = people.of_name(part)
            if known is not None:
                people.learn(known, " ".join(plain))
                return known
        if name.place_of(part) == 0 and noun is None:
            return people.add(name)
    first = _first_named(texts, shapes, kinds)
    if first is not None:
        who = people.of_name(PersonName.of(first.words))
        parts = {fold(part) for word in plain for part in word.split("-")}
        if who is not None and any(not parts.isdisjoint(other.folded) for other in who.names):
            who.others[" ".join(plain)] = None
            return who
    if (name.is_full or name.mark) and _tells_of_somebody(texts):
        return people.add(name)
    return None


def _first_named(
    texts: Sequence[Words | None],
    shapes: Sequence[Shape],
    kinds: Mapping[str, EntityKind | None],
) -> Shape | None:
    """Return the person whose name the article's first sentence begins with."""
    for shape in shapes:
        words = texts[shape.block]
        if shape.heading or words is None or len(words) < 9:
            continue
        is_first = shape.first == len(shape.titles) and kinds[shape.key] is EntityKind.PERSON
        return shape if is_first else None
    return None


def _tells_of_somebody(texts: Sequence[Words | None]) -> bool:
    """Whether an article's first sentence begins with "he", "she", "his" or "her"."""
    for words in texts:
        if words is not None and len(words) > 8:
            return words.words[0].lower() in {"he", "she", "his", "her"}
    return False


def _subject_thing(
    title: str, things: Mapping[str, Identity], texts: Sequence[Words | None]
) -> Identity | None:
    plain = title.partition(" (")[0]
    words = plain.split()
    if words and words[0].lower() == "the":
        words = words[1:]
    known = things.get(" ".join(fold(word) for word in words))
    if known is not None:
        return known
    noun = noun_kind(words)
    kind = noun[0] if noun is not None else _kind_told(texts)
    return Identity(kind) if kind is not None else None


def _kind_told(texts: Sequence[Words | None]) -> EntityKind | None:
    """Return the kind of what an article's first sentence calls "the novel", "the town"."""
    for words in texts:
        if words is None or len(words) < 5:
            continue
        if words.words[0] != "The":
            return None
        for word in words.words[1:4]:
            if word in WORK_NOUNS:
                return EntityKind.WORK
            if word in PLACE_NOUNS:
                return EntityKind.PLACE
            if word in BODY_NOUNS:
                return EntityKind.ORGANISATION
        return None
    return None
