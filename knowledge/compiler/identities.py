"""Who is the same: the names of an article gathered into people and things.

Names of several words are compared first. Then each shorter form is given to one of those whose
name holds it: to the one last named in full near it, else to the article's subject, else to the
one named far more often than the others, else to nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from knowledge.compiler.article_subject import boxed_name, subject_person, subject_thing, thing_key
from knowledge.compiler.cast import Pronoun
from knowledge.compiler.children_listed import listed_children
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.name_runs import PARTICLES
from knowledge.compiler.name_shapes import Shape
from knowledge.compiler.namesakes import (
    children_of_one_name,
    earlier_bearers,
    generations,
    relatives_of_one_name,
)
from knowledge.compiler.noun_kinds import noun_kind
from knowledge.compiler.other_names import find_other_names
from knowledge.compiler.people_by_name import Memory, PeopleByName
from knowledge.compiler.people_words import KIN, PLURAL_KIN, TITLES, pronoun_of
from knowledge.compiler.same_name import PersonName, fold, skeleton, without_letters
from knowledge.compiler.shown_pronouns import shown_pronouns
from knowledge.compiler.words import Words, is_capital
from knowledge.model import EntityKind
from knowledge.readers.article import Article


def gather(
    shapes: Sequence[Shape],
    kinds: Mapping[str, EntityKind | None],
    texts: Sequence[Words | None],
    article: Article,
) -> tuple[list[Mentioned], Identity | None]:
    """Return whom each shape names, in the order of the text, and the article's subject.

    Shapes that name nobody and nothing are left out.
    """
    people = PeopleByName()
    others = find_other_names(shapes, texts, kinds)
    given = {id(other.shape): other for other in others if other.shape is not None}
    for other in others:
        if other.owner is not None and len(other.owner.words) > 1:
            people.also(PersonName.of(other.owner.words), other.text)
    targets: dict[str, set[str]] = defaultdict(set)
    for shape in shapes:
        if shape.link:
            targets[shape.key].add(shape.link)
    couples = _couples(shapes, texts, kinds)
    listed = listed_children(shapes, texts)
    family = generations(shapes, texts, listed)
    people.keep_apart(family.given, family.children)
    _learn_surname_of_children(shapes, listed, kinds, article, people)
    heads = {article.title.partition(" (")[0], boxed_name(article)}
    for shape in shapes:
        if kinds[shape.key] is EntityKind.PERSON and shape.nickname:
            called = f"{shape.nickname} {shape.words[-1]}"
            who = people.add(PersonName.of(shape.words)) if called in heads else None
            if who is not None:
                people.learn(who, called)
    for shape in shapes:
        if id(shape) in given:
            continue
        if id(shape) in couples:
            people.add(couples[id(shape)])
            continue
        if kinds[shape.key] is EntityKind.PERSON and (len(shape.words) > 1 or shape.nickname):
            who = people.add(PersonName.of(shape.words))
            if shape.nickname and who is not None:
                people.learn(who, f"{shape.nickname} {shape.words[-1]}")
        linked = _linked_name(shape, kinds) if shape.link else None
        if linked is not None:
            bearer = people.of_name(PersonName.of(shape.words))
            if bearer is not None and len(targets[shape.key]) == 1:
                people.learn(bearer, " ".join(linked.words))  # "Otto Kern", a link to "Otto II"
            people.add(linked)
    of_one_word = [o for o in others if o.owner is not None and len(o.owner.words) == 1]
    title = article.title.split()
    for other in of_one_word:
        if other.owner is not None and not (len(title) > 1 and other.owner.words[0] == title[0]):
            people.also(PersonName.of(other.owner.words), other.text)
    subject = subject_person(article, people, shapes, kinds, texts)
    for other in others:
        if other.owner is None and subject is not None:
            people.learn(subject, other.text)
    for name in _namesakes(shapes, texts, kinds):
        if len(people.holding(name)) == 1:
            people.add_namesake(name)
    for name in earlier_bearers(shapes, kinds):
        people.add_namesake(name)
    children = children_of_one_name(shapes, texts, people, subject, listed)
    for other in of_one_word:  # whose title begins with the name: the subject, or a child of his
        if other.owner is not None and id(other.owner) not in children:
            people.also(PersonName.of(other.owner.words), other.text)
    children = relatives_of_one_name(shapes, family, people, subject) | children
    short = (
        shape.words
        for shape in shapes
        if kinds[shape.key] is EntityKind.PERSON
        and id(shape) not in given
        and id(shape) not in couples
        and id(shape) not in children
    )
    for words_of_name in dict.fromkeys(short):
        people.add_short(PersonName.of(words_of_name))
    people.complete()
    shown = shown_pronouns(shapes, texts)
    things: dict[str, Identity] = {}
    found: list[Mentioned] = []
    memory = Memory(subject)
    for shape in shapes:
        if id(shape) in children:
            who = children[id(shape)]
            found.append(Mentioned(shape, who))
            _count(shape, who)
            continue
        if id(shape) in given:
            other = given[id(shape)]
            who = children.get(id(other.owner)) or (
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
            who = _whom(shape, kinds, texts, people, memory, shown)
        if who is None:
            kind = kinds[shape.key]
            if kind is None or kind is EntityKind.PERSON:
                continue
            who = _thing(shape, kind, things)
        words = texts[shape.block]
        if words is not None and who.is_person:
            _take_particles(shape, who, words)
        found.append(Mentioned(shape, who))
        _count(shape, who)
        if words is not None and shape.first and words.words[shape.first - 1] in {"the", "The"}:
            who.with_article += 1
    for other in others:
        if other.shape is None and other.owner is not None:
            who = people.bearer(PersonName.of(other.owner.words))
            if who is not None:
                who.others[other.text] = None
    if subject is None:
        subject = subject_thing(article, shapes, things, texts)
    return found, subject


def _learn_surname_of_children(
    shapes: Sequence[Shape],
    listed: Collection[int],
    kinds: Mapping[str, EntityKind | None],
    article: Article,
    people: PeopleByName,
) -> None:
    """Let the children of a list, told by their given names, bear the parent's surname as well."""
    title = article.title.partition(" (")[0].partition(",")[0].split()
    if len(title) < 2:
        return
    for shape in shapes:
        is_one_word = len(shape.words) == 1  # "Anna" may be known by another's surname
        if is_one_word or id(shape) not in listed or kinds[shape.key] is not EntityKind.PERSON:
            continue
        if fold(shape.words[-1]) != fold(title[-1]):
            name = PersonName.of((*shape.words, title[-1]))
            people.keep_apart_too(PersonName.of(shape.words), name)
            people.also(PersonName.of(shape.words), " ".join(name.words))


def _whom(
    shape: Shape,
    kinds: Mapping[str, EntityKind | None],
    texts: Sequence[Words | None],
    people: PeopleByName,
    memory: Memory,
    shown: Mapping[tuple[str, ...], Pronoun],
) -> Identity | None:
    """Return the person that a shape names; None where it names no person, or it is unclear."""
    kind = kinds[shape.key]
    name = PersonName.of(shape.words)
    linked = _linked_name(shape, kinds) if shape.link else None
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
    return memory.meant(shape, _of_title(shape, people.holding(name), shown, texts))


def _of_title(
    shape: Shape,
    candidates: Sequence[Identity],
    shown: Mapping[tuple[str, ...], Pronoun],
    texts: Sequence[Words | None],
) -> Sequence[Identity]:
    """Return the women of those whom "Miss Kern" may mean, the men of "her grandfather Kern"."""
    words = texts[shape.block]
    before = words.words[shape.first - 1].lower() if words is not None and shape.first else ""
    shows = shape.titles[-1].lower() if shape.titles else before if before in KIN else ""
    pronoun = pronoun_of(shows) if shows else None
    if pronoun is None or len(candidates) < 2:
        return candidates
    known = [{shown[n.folded] for n in who.names if n.folded in shown} for who in candidates]
    fit = [who for who, some in zip(candidates, known, strict=True) if pronoun in some]
    return fit or [who for who, some in zip(candidates, known, strict=True) if not some]


def _take_particles(shape: Shape, who: Identity, words: Words) -> None:
    """Let "de la Fuente" begin with its particles where the whole name has them there."""
    begin = shape.first
    while begin and words.words[begin - 1] in PARTICLES and words.is_next(begin):
        begin -= 1
    if begin == shape.first or shape.titles:
        return
    longer = PersonName((*words.words[begin : shape.first], *shape.words))
    if any(name.place_of(longer) is not None for name in who.names):
        shape.first = begin
        shape.start = words.starts[begin]
        shape.words = longer.words
        shape.key = " ".join(longer.words)


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


def _namesakes(
    shapes: Sequence[Shape],
    texts: Sequence[Words | None],
    kinds: Mapping[str, EntityKind | None],
) -> list[PersonName]:
    """Return surnames that are not those they seem to be short for.

    In "Corvin's nephew, Lorenz Corvin" and "Vaal was followed by his son Henrik Vaal" the first
    name is another person's.
    """
    found: dict[str, PersonName] = {}
    for left, right in pairwise(shapes):
        words = texts[left.block]
        if words is None or left.block != right.block:
            continue
        if len(right.words) == 1 and right.words[0] == left.words[-1] and right.titles:
            between = [word.lower() for word in words.words[left.last : right.first]]
            if "of" in between and any(word in KIN for word in between) and len(between) < 8:
                found[right.key] = PersonName.of(right.words)  # "a nephew of General Horn"
            continue
        if len(left.words) != 1:
            continue
        if len(right.words) < 2 or left.words[0] != right.words[-1]:
            continue
        if kinds[right.key] is not EntityKind.PERSON:
            continue
        begin = right.first - len(right.titles)
        between = [word.lower() for word in words.words[left.last : begin]]
        near = between[-4:]
        is_kin = any(word in KIN for word in near)
        owns = between[:1] in (["'s"], ["’s"]) or {"his", "her"} & set(near)
        if is_kin and owns and len(between) < 12:
            found[left.key] = PersonName.of(left.words)
    return list(found.values())


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
    in_names = {
        word
        for shape in shapes
        if len(shape.words) > 1 and kinds[shape.key] is EntityKind.PERSON
        for word in shape.words
    }
    for left, right in pairwise(shapes):
        words = texts[left.block]
        if words is None or left.block != right.block or len(left.words) != 1:
            continue
        if left.words[0] in in_names:
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
    key = thing_key(shape)
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
    if len(shape.titles) > 1 and shape.titles[-1].lower() in {"sir", "dame", "lady", "lord"}:
        who.titled[" ".join((shape.titles[-1], *shape.words))] += 1
    if shape.titles and shape.titles[-1].lower() in TITLES:
        who.titled[" ".join((*shape.titles, *shape.words))] += 1
        who.titled[" ".join((*shape.titles, *without_letters(shape.words)))] += 1
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
