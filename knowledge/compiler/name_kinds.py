"""What a name is the name of: a person, a place, a body, a work, ...

Each place where a name stands gives evidence for a kind, and the evidence of all of them is
added up. Nouns within a name ("Labour Party") say most; then words beside it (a title, "in",
verbs that people do); then that neighbours in a list are of one kind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from knowledge.compiler.children_listed import listed_children
from knowledge.compiler.kind_evidence import SURE_OF_A_PERSON, Evidence
from knowledge.compiler.name_evidence import weigh, weigh_title
from knowledge.compiler.name_shapes import Shape, Vocabulary
from knowledge.compiler.noun_kinds import (
    BODY,
    PERSON,
    PLACE,
    SHIP,
    WORK,
    looks_like_a_person,
    noun_kind,
)
from knowledge.compiler.people_words import (
    DEMONYMS,
)
from knowledge.compiler.roman_names import is_roman
from knowledge.compiler.same_name import is_no_particle, without_letters
from knowledge.compiler.thing_words import (
    COUNTRIES,
)
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.words import Words, is_numeral
from knowledge.model import EntityKind

LEAST_FOR_ONE_WORD = 2.0
"""Evidence that one capitalised word needs to be somebody or something."""


SAID_TO_BE = 4.0
"""Evidence of a sentence that says what a thing is: "The Salt Road were a folk band"."""

LATIN = 1.2
"""Evidence for a person that the ending of a single word gives, as Romans bear it."""

ROMAN = 4.5
"""Evidence for a person that a Roman's given name with the family's name behind it gives."""

TWO_WORDS_ARE_A_PERSON = 1.5
"""Evidence for a person that two or three capitalised words give by themselves."""


def kinds_of(
    shapes: Sequence[Shape], texts: Sequence[Words | None], vocabulary: Vocabulary
) -> dict[str, EntityKind | None]:
    """Return the kind of each name, by its key; none where it is nothing that is known."""
    evidence: dict[str, Evidence] = defaultdict(Evidence)
    for shape in shapes:
        words = texts[shape.block]
        assert words is not None  # noqa: S101 -- shapes stand in blocks that have words
        if shape.heading:
            continue
        if shape.is_title:
            weigh_title(shape, words, evidence[shape.key])
        else:
            weigh(shape, words, evidence[shape.key])
    listed = listed_children(shapes, texts)
    for shape in shapes:
        if id(shape) in listed:
            evidence[shape.key].add(PERSON, 3.0)
    titles = {shape.key for shape in shapes if shape.is_title}
    keys = {shape.key: shape.words for shape in shapes}
    lower = vocabulary.lower

    kinds = {
        key: _decide_title(words, evidence[key])
        if key in titles
        else _decide(words, evidence[key], lower)
        for key, words in keys.items()
    }
    for key, named in keys.items():
        is_open = kinds[key] not in {PERSON, None} and key not in titles
        if len(named) == 2 and is_open and named[1] not in COUNTRIES:
            alone = evidence.get(named[1])
            noun = noun_kind(named)
            if alone is not None and alone.scores.get(PERSON, 0.0) >= 1.0 and noun and noun[1]:
                kinds[key] = PERSON
    for _ in range(2):
        for key in _weigh_neighbours(shapes, texts, kinds, evidence) - titles:
            kinds[key] = _decide(keys[key], evidence[key], lower)
    return kinds


_BOTH_BODY_AND_PLACE = frozenset("museum theatre theater hospital library gallery".split())


def _decide_title(words: Sequence[str], evidence: Evidence) -> EntityKind | None:
    if evidence.scores:
        return max(evidence.scores, key=lambda kind: evidence.scores[kind])
    if words[0] == "The" and len(words) < 4:
        return BODY
    return WORK if len(words) >= 3 else None


def _decide(words: Sequence[str], evidence: Evidence, lower: Collection[str]) -> EntityKind | None:
    words = without_letters(words)
    scores = dict(evidence.scores)
    person = scores.get(PERSON, 0.0)
    shown = looks_like_a_person(words)
    if shown:
        person += 4.0
    noun = noun_kind(words)
    if noun is not None and (not shown or is_numeral(words[-1])):
        kind, is_surname_too = noun
        said = max((PLACE, BODY, WORK, SHIP), key=lambda one: scores.get(one, 0.0))
        if scores.get(said, 0.0) >= SAID_TO_BE and said is not kind:
            return said
        if words[-1].lower() in _BOTH_BODY_AND_PLACE and scores.get(BODY, 0.0) >= 2.0:
            kind = BODY
        if not is_surname_too and (len(words) != 2 or evidence.after_the or person < 5.0):
            return kind
        is_known = words[0].lower() in lower or words[0].lower() in DEMONYMS
        if not evidence.is_called or evidence.after_the or (is_known and person < 4.0):
            return kind
        return PERSON
    person += _form_weight(words, lower, shown=shown)
    if len(words) == 1 and words[0].endswith(("ism", "isms")):
        return EntityKind.CONCEPT
    if len(words) == 1 and words[0].isupper() and len(words[0]) > 1:
        scores[BODY] = scores.get(BODY, 0.0) + 3.0
        person -= 2.0
    if words[0] == "The":
        person -= 2.0
    if words[0] == "The" or (evidence.after_the and len(words) > 1):
        scores[BODY] = scores.get(BODY, 0.0) + 1.0
    person -= 3.0 * evidence.after_the
    scores[PERSON] = person
    kind, best = max(scores.items(), key=lambda item: item[1])
    if len(words) == 1 and best < LEAST_FOR_ONE_WORD:
        return None
    return kind if best >= 1.0 else None


def _form_weight(words: Sequence[str], lower: Collection[str], *, shown: bool) -> float:
    """Return what the words themselves say for a person, or against one."""
    first = words[0].lower()
    if first in {"saint", "st.", "st"}:
        return -2.0
    if len(words) == 1:
        return -3.0 if first in lower else LATIN if _LATIN.search(first) else 0.0
    size = sum(is_no_particle(words, at) for at in range(len(words)))
    if {"of", "for"} & set(words) and not shown:
        return 1.5 if words[1:2] == ["of"] and len(words) == 3 else 0.0
    if not 2 <= size <= 5 or any(word.isupper() and len(word) > 2 for word in words):
        return 0.0
    if first in _ARTICLES_ELSEWHERE or (first in DEMONYMS and first not in _GIVEN_NAMES_TOO):
        return -4.0
    if first in _NO_GIVEN_NAMES or first.replace("–", "-").split("-")[0] in DEMONYMS:
        return -1.0
    if all(word.lower() in lower for word in words):
        return -2.0
    if is_roman(words):
        return ROMAN
    return TWO_WORDS_ARE_A_PERSON


_LATIN = re.compile(r"[a-z]{3}us$")
_ARTICLES_ELSEWHERE = frozenset("der die das la le el los las les il the a new".split())
_NO_GIVEN_NAMES = frozenset("old great".split())
_GIVEN_NAMES_TOO = frozenset("norman roman german georgian christian latin dominican scot".split())


def _is_participle(shape: Shape) -> bool:
    """Whether a word that opens a sentence may be a participle: "Exhausted, Kern fell ill"."""
    return shape.opens and len(shape.words) == 1 and form(shape.words[0].lower()) is not Form.NONE


def _may_be_one_too(known: Shape, other: Shape, evidence: Mapping[str, Evidence]) -> bool:
    """Whether a name like "Alan Firth", of which nothing else speaks, stands beside a person's."""
    noun = noun_kind(other.words)
    found = evidence[other.key]
    is_free = not found.after_the and not any(score > 0 for score in found.scores.values())
    return (
        is_free
        and len(known.words) > 1
        and len(other.words) == 2
        and noun is not None
        and noun[1]
        and not found.is_listed
    )


def _weigh_neighbours(
    shapes: Sequence[Shape],
    texts: Sequence[Words | None],
    kinds: Mapping[str, EntityKind | None],
    evidence: Mapping[str, Evidence],
) -> set[str]:
    """Let names of a list be of one kind: "Germany, Freedonia and France".

    Returns the keys of those whom a neighbour speaks for.
    """
    weighed: set[str] = set()
    surnames = {
        shape.words[-1] for shape in shapes if len(shape.words) > 1 and kinds[shape.key] is PERSON
    }
    for left, right in pairwise(shapes):
        if left.block != right.block:
            continue
        words = texts[left.block]
        assert words is not None  # noqa: S101 -- as above
        between = words.words[left.last : right.first - len(right.titles)]
        if between not in ([","], ["and"], [",", "and"], ["or"]):
            continue
        for known, other in ((left, right), (right, left)):
            kind = kinds[known.key]
            if kind is PERSON and between == ["and"] and _may_be_one_too(known, other, evidence):
                evidence[other.key].is_listed = True
                weighed.add(other.key)
                evidence[other.key].add(PERSON, SURE_OF_A_PERSON)  # "Otto Kern and Alan Firth"
                continue
            is_surname = len(known.words) == 1 and known.words[0] in surnames
            if kind in {None, PERSON} and between == ["and"] and is_surname:
                if kinds[other.key] is None and not evidence[other.key].is_listed:
                    evidence[other.key].is_listed = True
                    weighed.add(other.key)
                    evidence[other.key].add(PERSON, 1.0)  # "Kern and Brandt", told in full before
                continue
            known_by_neighbour = evidence[other.key].is_listed
            if kind not in {PERSON, PLACE, BODY} or kinds[other.key] is not None:
                continue
            if known_by_neighbour:
                continue
            is_participle = known is right and _is_participle(left)
            if is_participle and between == [","]:
                continue  # "Exhausted, Kern fell ill"
            if kind is not PERSON or between != ["and"] or (other is left and left.opens):
                evidence[other.key].is_listed = True
                weighed.add(other.key)
                unknown = not any(score > 0.9 for score in evidence[other.key].scores.values())
                evidence[other.key].add(kind, 2.0 if unknown and len(other.words) == 1 else 1.0)
    return weighed
