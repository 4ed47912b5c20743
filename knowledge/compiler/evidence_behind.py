"""What speaks for a name's kind behind it: verbs, "'s", appositions, brackets."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.compiler.context_words import (
    BORN_OR_DIED,
    DOING_OF_PEOPLE,
    DONE_TO_PEOPLE,
    IN_A_PLACE,
    LYING,
    OWNED_BY_PEOPLE,
    REPORTED,
)
from knowledge.compiler.kind_evidence import Evidence
from knowledge.compiler.name_runs import OWNS
from knowledge.compiler.name_shapes import Shape
from knowledge.compiler.noun_kinds import BODY, PERSON, PLACE, SHIP, WORK
from knowledge.compiler.people_words import (
    KIN,
    SOCIAL,
    is_role,
)
from knowledge.compiler.thing_words import (
    BODY_NOUNS,
    COUNTRIES,
    PLACE_NOUNS,
    SHIP_NOUNS,
    WORK_NOUNS,
)
from knowledge.compiler.tokens import is_adverb
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.words import FUNCTION_WORDS, Words, is_capital
from knowledge.model import EntityKind

SHORTEST_LIFE, LONGEST_LIFE = 14, 115
"""Years between two dates in brackets that may be a life; of anything else they rarely are."""


SHORTEST_BEHIND_A_LABEL = 25
"""Years of a life where a record is told of: "Most games: 571, Otto Kern (1950–1965)"."""


def shortest_life(words: Words, first: int) -> int:
    """Return how many years apart two dates must be to be a life, behind the name at a word."""
    begin, _ = words.sentence(first)
    is_labelled = ":" in words.words[begin:first]
    return SHORTEST_BEHIND_A_LABEL if is_labelled else SHORTEST_LIFE


def weigh_behind(shape: Shape, words: Words, evidence: Evidence) -> None:
    """Add what stands behind one place of a name: verbs, "'s", appositions, brackets."""
    texts, last, count = words.words, shape.last, len(words)
    after = texts[last] if last < count else ""
    following = texts[last + 1] if last + 1 < count else ""
    if after in OWNS:
        owned = following.lower()
        known = owned in OWNED_BY_PEOPLE or owned in KIN or owned in SOCIAL
        evidence.add(PERSON, 2.0 if known else 1.0 if following[:1].islower() else 0.5)
    elif after in {"who", "whom", "himself", "herself"}:
        evidence.add(PERSON, 3.0)
    elif after in {"puts", "makes"} and following == "it":
        evidence.add(PERSON, 2.0)  # "Livy puts it on the Ides"
    elif after == "took" and following == "place":
        evidence.add(PERSON, -2.0)
    elif after in DOING_OF_PEOPLE:
        evidence.add(PERSON, 2.0)
    elif after in LYING and words.is_next(last):
        evidence.add(PLACE, 1.5)
    elif after in {"was", "is", "were", "became"}:
        _weigh_said(words, last + 1, evidence, after)
    elif after == "had":
        evidence.add(PERSON, 1.0 if shape.opens else 0.5)
    elif after == "(":
        _weigh_bracket(shape, words, evidence)
    elif after == ",":
        if following in {"who", "whose", "whom"} or following in BORN_OR_DIED:
            evidence.add(PERSON, 3.0)
        elif following in {"led", "founded", "chaired", "headed"}:
            evidence.add(BODY, 6.0)
        elif _is_distance(texts, last + 1) or following == "bordering":
            evidence.add(PLACE, 4.0)
        elif following in COUNTRIES and not _owned(texts, last + 2):
            evidence.add(PLACE, 3.0)
        else:
            before = texts[shape.first - 1].lower() if shape.first else ""
            is_in_place = before in IN_A_PLACE and not shape.titles
            _weigh_apposition(words, last + 1, evidence, is_in_place=is_in_place)
    elif after and after[0].islower() and words.is_next(last) and after not in FUNCTION_WORDS:
        if after.endswith("ed") or form(after) is Form.FINITE:
            evidence.add(PERSON, 0.8)
        elif form(after) is Form.NONE and not is_adverb(after) and after not in _PARTS_OF_VERBS:
            evidence.add(PERSON, -2.0)
            before = texts[shape.first - 1].lower() if shape.first else ""
            if len(shape.words) == 1 and before not in IN_A_PLACE:
                evidence.add(PLACE, -1.5)  # "on Torvaldist lines" is an adjective
    elif after in BORN_OR_DIED:
        evidence.add(PERSON, 3.0)


_PARTS_OF_VERBS = frozenset(
    {"back", "home", "away", "again", "alive", "dead", "prisoner", "aboard"}
)
"""What follows the object of "carried Kern back": it says nothing of the name before it."""
_LENGTHS = frozenset({"miles", "mile", "km", "kilometres", "kilometers", "mi", "leagues"})


def _is_distance(texts: Sequence[str], index: int) -> bool:
    """Whether a distance stands at a word, as behind a place: "Old Ebbing, 20 miles north of"."""
    near = texts[index : index + 2]
    return len(near) > 1 and near[0][0].isdecimal() and near[1].lower() in _LENGTHS


def _owned(texts: Sequence[str], index: int) -> bool:
    return index < len(texts) and texts[index] in {"'s", "’s"}


def _weigh_said(words: Words, index: int, evidence: Evidence, verb: str) -> None:
    """Weigh "was a Dutch pilot", "was born", "is a town"."""
    texts = words.words
    following = texts[index] if index < len(texts) else ""
    if following in {"born", "married", "educated", "buried", "arrested", "knighted", "ordained"}:
        evidence.add(PERSON, 4.0)
    elif following in DONE_TO_PEOPLE:
        evidence.add(PERSON, 2.5)
    elif following in REPORTED and texts[index + 1 : index + 3] == ["to", "have"]:
        evidence.add(PERSON, 2.0)
    elif following in {"founded", "established", "published", "released", "dissolved", "built"}:
        evidence.add(BODY, 1.0)
        evidence.add(PERSON, -2.0)
    elif following in {"a", "an", "the", "one", "his", "her", "also", "first", "still"} or is_role(
        following
    ):
        kind = _head_kind(words, index, 9)
        if kind is not None:
            evidence.add(kind, 4.0)
    elif following.endswith("ed") and verb == "was":
        evidence.add(PERSON, 0.5)


def _weigh_apposition(words: Words, index: int, evidence: Evidence, *, is_in_place: bool) -> None:
    """Weigh "Kern, a pilot"; "born in Ebbing, the son of" says nothing of Ebbing."""
    texts = words.words
    if index >= len(texts):
        return
    opening = texts[index]
    if opening in {"and", "or", "but"} or (is_capital(opening) and not words.is_next(index)):
        return
    if opening in {"a", "an", "the", "his", "her", "their", "its", "then", "former", "later"} or (
        is_role(opening) or opening in {"son", "daughter", "chief", "first", "now", "also"}
    ):
        kind = _head_kind(words, index, 8)
        if kind is not None and not (is_in_place and kind is PERSON):
            evidence.add(kind, 3.5)


def _head_kind(words: Words, index: int, reach: int) -> EntityKind | None:
    """Return the kind that the noun of a phrase gives: "a Dutch pilot", "a town in"."""
    texts = words.words
    for at in range(index, min(index + reach, len(texts))):
        word = texts[at].lower()
        if word in {"in", "of", "who", "which", "that", ",", ".", "from", "at", "(", "to", "for"}:
            return None
        following = texts[at + 1].lower() if at + 1 < len(texts) else ""
        if following in OWNS:
            continue  # "the club's historian" is no club
        if not is_role(word) and word not in PLACE_NOUNS | BODY_NOUNS | SHIP_NOUNS | set(
            WORK_NOUNS
        ):
            continue
        if following.isalpha() and following not in FUNCTION_WORDS and texts[at][0].islower():
            follows_role = is_role(following) or following in BODY_NOUNS | PLACE_NOUNS
            if follows_role or following in WORK_NOUNS:
                continue
        if is_role(word):
            return PERSON
        if word in PLACE_NOUNS:
            return PLACE
        if word in SHIP_NOUNS:
            return SHIP
        return BODY if word in BODY_NOUNS else WORK
    return None


def _weigh_bracket(shape: Shape, words: Words, evidence: Evidence) -> None:
    texts, at = words.words, shape.last + 1
    inside = texts[at : at + 8]
    if not inside:
        return
    if inside[0].lower() in BORN_OR_DIED or "née" in inside:
        evidence.add(PERSON, 4.0)
        return
    years = [int(word) for word in inside if word.isdecimal() and 3 <= len(word) <= 4]
    dashed = any(word in {"–", "-", "—"} for word in inside)
    if len(years) >= 2 and dashed and SHORTEST_LIFE <= abs(years[1] - years[0]) <= LONGEST_LIFE:
        evidence.add(PERSON, 1.9 if len(shape.words) > 1 else 1.5)
    elif inside[0].isupper() and len(inside[0]) > 1 and inside[1:2] == [")"] and len(inside[0]) < 8:
        evidence.add(BODY, 2.5)
