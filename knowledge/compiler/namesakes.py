"""Two people of one name in one family: a father and his son, an uncle and "the Younger"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from knowledge.compiler.identity import Identity
from knowledge.compiler.name_shapes import Shape
from knowledge.compiler.people_by_name import PeopleByName
from knowledge.compiler.people_words import KIN, PLURAL_KIN
from knowledge.compiler.roman_names import is_praenomen
from knowledge.compiler.same_name import PersonName, fold
from knowledge.compiler.words import Words
from knowledge.model import EntityKind

_CHILDREN = frozenset({"son", "daughter", "child"})
_NAMED = frozenset({",", "named", "called", "also"})
_INDEFINITE = frozenset({"a", "an", "another"})
FARTHEST_ARTICLE = 3
"""Words from "a" to "son": "a second son", "an only surviving son"."""


def earlier_bearers(
    shapes: Sequence[Shape], kinds: Mapping[str, EntityKind | None]
) -> Iterator[PersonName]:
    """Yield names that stand before the first "X the Younger": that X is an older bearer.

    Behind it the plain name is left with them; where it stands only behind, it is the younger's.
    """
    plain: set[str] = set()
    for shape in shapes:
        if shape.heading or kinds[shape.key] is not EntityKind.PERSON:
            continue
        if len(shape.words) == 1:
            plain.add(shape.words[0])
        elif shape.words[1:] == ("the", "Younger") and shape.words[0] in plain:
            plain.discard(shape.words[0])
            yield PersonName.of(shape.words[:1])


def children_of_one_name(
    shapes: Sequence[Shape],
    texts: Sequence[Words | None],
    people: PeopleByName,
    subject: Identity | None,
    listed: Collection[int],
) -> dict[int, Identity]:
    """Return who is meant by a given name that a parent bears as well, by the shape's id.

    In "they had a son, Otto" Otto is neither the article's subject Otto II nor the Otto Kern whose
    son somebody is said to be.
    """
    parents = {subject} if subject is not None else set()
    parents.update(_parents(shapes, texts, people))
    parents.update(_elders(shapes, texts, people))
    known = _known_children(shapes, texts, people)
    first_named = _first_named(shapes, people)
    children: dict[str, Identity] = {}
    found: dict[int, Identity] = {}
    for shape in shapes:
        words = texts[shape.block]
        if words is None or len(shape.words) > 1 or shape.titles:
            continue
        word = shape.words[0]
        kin = _child_before(words, shape.first)
        is_known = word in children and (
            _is_prince(words, shape.first) or _is_of_a_roman_family(word, words, shape, subject)
        )
        if kin is None and id(shape) not in listed and not is_known:
            continue
        if word not in children:
            if kin is not None and not _is_introduced(words, kin):
                continue
            holding = people.holding(PersonName.of((word,)))
            told = [who for who in holding if who in known]
            if len(holding) > 1 and len(told) == 1:
                found[id(shape)] = told[0]  # "a son, Otto": Otto II, whom the lead calls the son
                continue
            if not holding or any(
                who not in parents
                and not is_praenomen(word)
                and not _is_stranger(who, shape, first_named, subject)
                for who in holding
            ):
                continue
            children[word] = Identity(EntityKind.PERSON, names=[PersonName.of(shape.words)])
        found[id(shape)] = children[word]
    return found


def _parents(
    shapes: Sequence[Shape], texts: Sequence[Words | None], people: PeopleByName
) -> Iterator[Identity]:
    """Yield those of whom somebody is said to be the son or the brother."""
    for shape in shapes:
        words = texts[shape.block]
        begin = shape.first - len(shape.titles)
        if words is None or begin < 2 or words.words[begin - 1] != "of":
            continue
        who = people.of_name(PersonName.of(shape.words))
        noun = words.words[begin - 2].lower()
        if who is not None and (noun in KIN or noun in PLURAL_KIN):
            yield who


def _first_named(shapes: Sequence[Shape], people: PeopleByName) -> dict[Identity, tuple[int, int]]:
    """Return where each is first named in full, by block and word."""
    found: dict[Identity, tuple[int, int]] = {}
    for shape in shapes:
        who = people.of_name(PersonName.of(shape.words)) if len(shape.words) > 1 else None
        if who is not None:
            found.setdefault(who, (shape.block, shape.first))
    return found


def _is_stranger(
    who: Identity,
    child: Shape,
    first_named: Mapping[Identity, tuple[int, int]],
    subject: Identity | None,
) -> bool:
    """Whether somebody of another surname was named before a child who is only now introduced."""
    named = first_named.get(who)
    if named is None or named > (child.block, child.first) or subject is None:
        return False
    surnames = {name.folded[-1] for name in subject.names}
    return all(name.folded[-1] not in surnames for name in who.names)


def _elders(
    shapes: Sequence[Shape], texts: Sequence[Words | None], people: PeopleByName
) -> Iterator[Identity]:
    """Yield those who are said to be a father or a grandfather: "His father was King Otto I"."""
    for shape in shapes:
        words = texts[shape.block]
        who = people.of_name(PersonName.of(shape.words)) if words is not None else None
        if words is None or who is None:
            continue
        before = words.words[max(0, shape.first - len(shape.titles) - 1)]
        if before == "married" or _kin_before(words, shape) in _ELDERS:
            yield who


_ELDERS = frozenset(
    "father grandfather uncle mother grandmother aunt wife husband widow father-in-law"
    " mother-in-law".split()
)


def _is_of_a_roman_family(word: str, words: Words, shape: Shape, subject: Identity | None) -> bool:
    """Whether a Roman's given name alone means a brother or son who was introduced by it.

    Those outside the family are told by other names than this. The subject may bear it as well:
    then only "his son Publius" is another.
    """
    if not is_praenomen(word):
        return False
    before = words.words[shape.first - 1].lower() if shape.first else ""
    if before in {"brother", "brothers", "son", "sons"}:
        return True
    return subject is None or all(name.folded[0] != fold(word) for name in subject.names)


def _is_prince(words: Words, first: int) -> bool:
    """Whether "the crown prince" stands before a name: the child who was introduced."""
    return first > 0 and words.words[first - 1].lower() in {"prince", "princess"}


def _known_children(
    shapes: Sequence[Shape], texts: Sequence[Words | None], people: PeopleByName
) -> set[Identity]:
    """Return those whose whole name stands behind "son" somewhere: "his son, Otto II"."""
    found: set[Identity] = set()
    for shape in shapes:
        words = texts[shape.block]
        if words is None or len(shape.words) < 2 or _child_before(words, shape.first) is None:
            continue
        who = people.of_name(PersonName.of(shape.words))
        if who is not None:
            found.add(who)
    return found


def _child_before(words: Words, first: int) -> int | None:
    """Return where "son" stands before a name: "son Otto", "a son, also called Otto"."""
    at = first - 1
    while at > 0 and words.words[at] in _NAMED and first - at <= FARTHEST_ARTICLE:
        at -= 1
    return at if at >= 0 and words.words[at].lower() in _CHILDREN else None


def _is_introduced(words: Words, kin: int) -> bool:
    """Whether "a" stands before "son": somebody who was not named before."""
    near = words.words[max(0, kin - FARTHEST_ARTICLE) : kin]
    return any(word.lower() in _INDEFINITE for word in near)


class Generations(NamedTuple):
    """Given names that a child of the story shares with an older relative: "his brother Silas".

    `given` are those names. `children` are the whole names by which such children are told, and
    `told` says of each place that stands behind a noun for a relative, by the shape's id, whether
    it is the child.
    """

    given: frozenset[str]
    children: frozenset[tuple[str, ...]]
    told: dict[int, bool]


def generations(
    shapes: Sequence[Shape], texts: Sequence[Words | None], listed: Collection[int]
) -> Generations:
    """Return who of one given name is a child and who is not; `listed` are children of a list."""
    told: dict[int, bool] = {}
    named: dict[bool, set[str]] = {True: set(), False: set()}
    for shape in shapes:
        words = texts[shape.block]
        if words is None or shape.heading:
            continue
        kin = "child" if id(shape) in listed else _kin_before(words, shape)
        if kin:
            told[id(shape)] = kin in _CHILDREN
            named[kin in _CHILDREN].add(fold(shape.words[0]))
    given = frozenset(named[True] & named[False])
    return Generations(
        given,
        frozenset(
            PersonName.of(shape.words).folded
            for shape in shapes
            if told.get(id(shape)) and len(shape.words) > 1 and fold(shape.words[0]) in given
        ),
        told,
    )


def _kin_before(words: Words, shape: Shape) -> str:
    """Return the noun for a relative right before a name, its titles and a comma passed over."""
    at = shape.first - len(shape.titles) - 1
    if at > 0 and (words.words[at] in _NAMED or words.words[at] == "was"):
        at -= 1
    word = words.words[at].lower() if at >= 0 else ""
    if word == "of" and at and words.words[at - 1].lower() in {"grandfather", "grandmother"}:
        return "child"  # "through her he was grandfather of Otto Kern"
    return word if word in KIN else ""


def relatives_of_one_name(
    shapes: Sequence[Shape],
    family: Generations,
    people: PeopleByName,
    subject: Identity | None,
) -> dict[int, Identity]:
    """Return whom "his brother Silas" means of several: the one who is no child, or of his family.

    By the shapes' ids; everybody else who bears the name is left out.
    """
    found: dict[int, Identity] = {}
    for shape in shapes:
        is_child = family.told.get(id(shape))
        if is_child is None or len(shape.words) > 1:
            continue
        holding = people.holding(PersonName.of(shape.words))
        if len(holding) < 2:
            continue
        given = fold(shape.words[0])
        if given in family.given:
            own = [who for who in holding if people.is_child(who) is is_child]
        else:
            own = [who for who in holding if subject and _is_of_family(who, given, subject)]
        if len(own) == 1:
            found[id(shape)] = own[0]
    return found


def _is_of_family(who: Identity, given: str, subject: Identity) -> bool:
    """Whether somebody bears a given name with the surname of the article's subject."""
    if who is subject:
        return False
    surnames = {name.folded[-1] for name in subject.names if name.is_full}
    return any(
        name.is_full and name.folded[0] == given and name.folded[-1] in surnames
        for name in who.names
    )
