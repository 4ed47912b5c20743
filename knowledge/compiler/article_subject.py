"""The person or thing that an article is about, by its title and its first sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.compiler.identity import Identity
from knowledge.compiler.name_runs import PARTICLES
from knowledge.compiler.name_shapes import Shape
from knowledge.compiler.noun_kinds import noun_kind
from knowledge.compiler.people_by_name import PeopleByName
from knowledge.compiler.people_words import is_role
from knowledge.compiler.same_name import PersonName, fold
from knowledge.compiler.thing_words import BODY_NOUNS, PLACE_NOUNS, WORK_NOUNS
from knowledge.compiler.words import Words, is_capital
from knowledge.model import EntityKind
from knowledge.readers.article import Article, Role

PARAGRAPHS_OF_A_LEAD = 3
"""Paragraphs in whose beginning the subject's name is looked for."""

SHORTEST_LEAD = 8
"""Words of a first paragraph; fewer are a caption or a line of a page's frame."""


def subject_person(
    article: Article,
    people: PeopleByName,
    shapes: Sequence[Shape],
    kinds: Mapping[str, EntityKind | None],
    texts: Sequence[Words | None],
) -> Identity | None:
    """Return the person whom the article is about, if its title names one."""
    plain = article.title.partition(" (")[0].replace(",", " ,").split()
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
    boxed = _boxed_name(article, people)
    if boxed is not None and says_nothing(article.title, shapes):
        return boxed
    lead = _person_of_lead(article, people, shapes, kinds, texts)
    if lead is not None and says_nothing(article.title, shapes):
        return lead
    if lead is not None and any(_is_shortened(name, other) for other in lead.names):
        people.learn(lead, " ".join(plain))
        return lead
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
    parts = {fold(part) for word in plain for part in word.split("-")}
    if lead is not None and any(not parts.isdisjoint(other.folded) for other in lead.names):
        lead.others[" ".join(plain)] = None
        return lead
    if (name.is_full or name.mark) and _tells_of_somebody(texts):
        return people.add(name)
    return None


def _is_shortened(name: PersonName, other: PersonName) -> bool:
    """Whether a title has "Jean Kern" for the "Jean-Paul Kern" of the lead."""
    if not (name.is_full and other.is_full) or name.folded[-1] != other.folded[-1]:
        return False
    return other.folded[0].split("-")[0] == name.folded[0] != other.folded[0]


def first_named(
    article: Article, texts: Sequence[Words | None], shapes: Sequence[Shape]
) -> Shape | None:
    """Return the name that the article's first sentence begins with, past "The" and titles.

    One of the first paragraphs may be a line of the page's frame, such as "For the town, see X".
    """
    looked_at: dict[int, None] = {}
    for shape in shapes:
        words = texts[shape.block]
        is_prose = article.blocks[shape.block].role is Role.PROSE
        if not is_prose or words is None or len(words) < SHORTEST_LEAD:
            continue
        if shape.block in looked_at:
            continue
        looked_at[shape.block] = None
        begin = shape.first - len(shape.titles)
        if begin == 0 or (begin == 1 and words.words[0] == "The"):
            return shape
        if len(looked_at) == PARAGRAPHS_OF_A_LEAD:
            return None
    return None


def _person_of_lead(
    article: Article,
    people: PeopleByName,
    shapes: Sequence[Shape],
    kinds: Mapping[str, EntityKind | None],
    texts: Sequence[Words | None],
) -> Identity | None:
    first = first_named(article, texts, shapes)
    if first is None or kinds[first.key] is not EntityKind.PERSON:
        return None
    words = texts[first.block]
    if words is None or not _is_said_what_it_is(words, first):
        return None
    return people.of_name(PersonName.of(first.words))


def _is_said_what_it_is(words: Words, shape: Shape) -> bool:
    """Whether a lead goes on with "was" or "is" behind a name, past brackets and asides."""
    _, last = words.sentence(shape.first)
    texts = words.words
    return any(
        texts[at] in {"was", "is", "were", "are"}
        and (texts[at + 1] in {"a", "an", "the", "one"} or is_role(texts[at + 1]))
        for at in range(shape.last, last - 1)
    )  # "was a painter", "was king of Salz"


def boxed_name(article: Article) -> str:
    """Return the name that heads the article's box of facts: "Name: Otto Kern"."""
    for block in article.blocks:
        label, _, value = block.text.partition(":")
        if block.role is Role.FACT and label.strip().lower() == "name":
            return value.strip()
    return ""


def _boxed_name(article: Article, people: PeopleByName) -> Identity | None:
    name = PersonName(boxed_name(article).split())
    if not name.folded:
        return None
    known = people.of_name(name)
    if known is None:
        near = [who for who in people.holding(name) if name.is_full]
        known = near[0] if len(near) == 1 else None
    return known


def says_nothing(title: str, shapes: Sequence[Shape]) -> bool:
    """Whether a title is a file's name rather than one of the text: "article", "Page 2"."""
    if title[:1].islower():
        return True
    noun = noun_kind(title.split())
    if noun is not None and not noun[1]:
        return False
    named = {fold(word) for shape in shapes for word in shape.words}
    return named.isdisjoint(fold(word) for word in title.split())


def _tells_of_somebody(texts: Sequence[Words | None]) -> bool:
    """Whether an article's first sentence begins with "he", "she", "his" or "her"."""
    for words in texts:
        if words is not None and len(words) > 8:
            return words.words[0].lower() in {"he", "she", "his", "her"}
    return False


def subject_thing(
    article: Article,
    shapes: Sequence[Shape],
    things: Mapping[str, Identity],
    texts: Sequence[Words | None],
) -> Identity | None:
    """Return the thing that the article is about: the one of its title, or of its first words."""
    plain = article.title.partition(" (")[0]
    words = plain.split()
    if words and words[0].lower() == "the":
        words = words[1:]
    known = things.get(" ".join(fold(word) for word in words))
    if known is not None:
        return known
    noun = noun_kind(words)
    first = first_named(article, texts, shapes)
    if noun is None and first is not None and says_nothing(article.title, shapes):
        return things.get(thing_key(first))
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


def thing_key(shape: Shape) -> str:
    """Return what a thing is known by: its name without "the"."""
    words = shape.words[1:] if shape.words[0] == "The" and len(shape.words) > 1 else shape.words
    return " ".join(fold(word) for word in words)
