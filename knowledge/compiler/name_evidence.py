"""What speaks for a name's being a person's, a place's or a work's: the words beside it."""

from __future__ import annotations

from knowledge.compiler.context_words import (
    BESIEGED,
    COMMANDED,
    DIRECTED,
    FALLING,
    GOING,
    IN_A_PLACE,
    ISSUING,
    LYING,
    MADE_BY_PEOPLE,
    MEETING,
    SAID_TO_PEOPLE,
    SERVED,
    SOMEBODYS,
    TAKING_PLACES,
)
from knowledge.compiler.evidence_behind import weigh_behind
from knowledge.compiler.kind_evidence import Evidence
from knowledge.compiler.name_runs import OWNS
from knowledge.compiler.name_shapes import Shape
from knowledge.compiler.noun_kinds import BODY, PERSON, PLACE, SHIP, WORK
from knowledge.compiler.people_words import (
    KIN,
    PLURAL_KIN,
    TITLES,
    is_role,
    singular_role,
)
from knowledge.compiler.thing_words import (
    BODY_NOUNS,
    COUNTRIES,
    PLACE_NOUNS,
    SHIP_NOUNS,
    WORK_NOUNS,
)
from knowledge.compiler.words import Words
from knowledge.model import EntityKind


def weigh(shape: Shape, words: Words, evidence: Evidence) -> None:
    """Add what stands beside one place of a name: titles, prepositions, nouns, verbs, brackets."""
    texts, first, last = words.words, shape.first, shape.last
    evidence.places += 1
    if not shape.opens:
        evidence.within += 1
    start = first - len(shape.titles)
    before = texts[start - 1] if start > 0 and words.is_next(start) else ""
    before_that = texts[start - 2].lower() if before and start > 1 else ""
    lowered = before.lower()
    after = texts[last] if last < len(words) else ""
    owns = after in OWNS or _owns_jointly(words, last)
    if before in {"'s", "’s"} and start == first and len(shape.words) > 1 and not owns:
        evidence.add(WORK, 2.5)
    if shape.titles and not _are_initials_of_a_body(shape):
        evidence.add(PERSON, 4.0)
    elif _is_in_list_of_kin(words, start) or (
        start > 3
        and texts[start - 3 : start - 1] == [",", "the"]
        and texts[start - 4].lower() in KIN
    ):
        evidence.add(PERSON, 3.0)
    if after == ":" and start and texts[start - 1] in {"(", ";"}:
        evidence.add(EntityKind.CONCEPT, 4.0)  # "(Old Varnian: ...)" is a language
    if shape.nickname:
        evidence.add(PERSON, 3.0)
    if shape.link:
        _weigh_link(shape.link, evidence)
    if lowered == "the" and not shape.titles:
        evidence.after_the += 1
        if len(shape.words) > 1:
            evidence.add(BODY, 0.5)
        if before_that in IN_A_PLACE:
            evidence.add(PLACE, 1.0)
        elif before_that == "on" and start > 2 and texts[start - 3] in LYING:
            evidence.add(PLACE, 3.0)
        elif before_that == "of" and start > 2 and texts[start - 3] in _COMPASS:
            evidence.add(PLACE, 4.0)
        elif before_that == "by" and len(shape.words) > 1:
            evidence.add(BODY, 2.0)
        elif before_that in {"aboard", "board", "sailed"}:
            evidence.add(SHIP, 4.0)
        if (
            before_that == "in"
            and start > 3
            and texts[start - 3] in {"sailed", "embarked", "crossed"}
        ):
            evidence.add(SHIP, 5.0)
    elif lowered in IN_A_PLACE:
        if not owns and not shape.titles:
            evidence.add(PLACE, 3.0 if len(shape.words) == 1 else 2.0)
    elif lowered in {"was", "were"} and before_that in KIN:
        evidence.add(PERSON, 3.0)  # "his father was Otto"
    elif before_that == "according" and lowered == "to":
        evidence.add(PERSON, 2.5)
    elif lowered == "on" and not owns:
        evidence.add(PLACE, 2.0)
    elif lowered == "to" and (before_that in SAID_TO_PEOPLE or _is_given(words, start)):
        evidence.add(PERSON, 2.0)
    elif lowered in {"at", "from", "to", "for"} and not owns:
        goes = before_that in GOING or (lowered == "from" and is_role(before_that))
        goes = goes or (lowered == "from" and after == "to")  # "from Ebbing Major to the coast"
        evidence.add(PLACE, 3.0 if goes else 2.0 if lowered == "at" else 1.0)
    elif lowered == "under" and not DIRECTED.isdisjoint(texts[max(0, start - 9) : start - 1]):
        evidence.add(PERSON, 3.0)  # "performed at the hall under Otto Wood"
    elif lowered == "of" and (before_that in KIN or before_that in SOMEBODYS):
        evidence.add(PERSON, 3.0)
    elif lowered == "of" and (
        before_that in PLACE_NOUNS or before_that in SERVED or before_that in TITLES
    ):
        evidence.add(PLACE, 4.0)
    elif lowered == "of" and before_that in BESIEGED and not owns:
        evidence.add(PLACE, 3.0)
    elif lowered == "of" and before_that in FALLING and not owns:
        evidence.add(PLACE, 1.8)
    elif lowered == "of" and before_that in MADE_BY_PEOPLE:
        evidence.add(PERSON, 1.9)
    elif lowered == "of" and before_that in COMMANDED:
        evidence.add(PERSON, 1.0)
    elif lowered in {"like", "including", "as", "namely", "notably"} and start > 2:
        _weigh_class(words, start - 2 - (lowered == "as"), evidence)
    elif lowered in {"wrote", "said"} and start > 1 and texts[start - 2] in _ENDS_OF_SPEECH:
        evidence.add(PERSON, 3.0)  # '"It is late", wrote Otto Kern'
    elif before and before[0].islower():
        _weigh_noun_before(before, before_that, evidence)
    elif before in {",", ":"} or (start > 0 and texts[start - 1] in {",", ":"}):
        noun = texts[start - 2] if start > 1 else ""
        if noun in _OF_CHILDREN and after == ",":
            evidence.add(PERSON, 3.0)  # "two sons: the elder, Otto, ..."
        if start == 2 and is_role(noun.lower()) and noun.lower() not in _ROLES_OF_BODIES:
            evidence.add(PERSON, 3.0)  # "Manager: Otto Kern", of a box of facts
        if noun in KIN or (is_role(noun) and start > 2 and texts[start - 3] != "."):
            evidence.add(PERSON, 3.0)
        elif after in {".", ",", ";"} and _is_holder_of_something(words, start - 2):
            evidence.add(PERSON, 2.5)
    if start > 1 and texts[start - 1] == "," and after in {"–", "-", ")", ";"}:
        inside = texts[max(0, start - 6) : start]
        if any(word.isdecimal() for word in inside) and not {"and", "or"} & set(inside):
            evidence.add(PLACE, 2.5)
    if shape.opens and before == "" and start == first and start > 1 and texts[start - 1] == ",":
        evidence.add(PERSON, 0.5)
    weigh_behind(shape, words, evidence)


_OF_CHILDREN = frozenset({"elder", "younger", "eldest", "youngest"})
_COMPASS = frozenset({"north", "south", "east", "west", "upstream", "downstream"})


_ENDS_OF_SPEECH = frozenset({'"', "”", "’", "»"})
_ROLES_OF_BODIES = frozenset(
    "owner founder publisher operator developer manufacturer designer builder distributor"
    " producer parent predecessor successor sponsor supplier".split()
)
"""What a body may be as well as a person."""
_GIVEN_TO_PEOPLE = frozenset(
    "post job title prize award crown throne command captaincy role part honour honor place"
    " position chair vote leadership presidency medal estate estates inheritance".split()
)
"""What may go or pass to somebody."""


def _is_given(words: Words, start: int) -> bool:
    """Whether "the post went to" stands before a name, and not "he went to"."""
    near = [word.lower() for word in words.words[max(0, start - 3) : start - 1]]
    return len(near) > 1 and near[0] in _GIVEN_TO_PEOPLE and near[1] in {"went", "passed", "fell"}


def _are_initials_of_a_body(shape: Shape) -> bool:
    """Whether nothing but "BBC" or "UK" stands before a name, which is no title."""
    return all(
        word.isupper() and word.isalpha() and len(word) > 1 and word.lower() not in TITLES
        for word in shape.titles
    )


def _is_in_list_of_kin(words: Words, start: int) -> bool:
    """Whether nothing but names stands between "her sisters" and a name."""
    for at in range(start - 1, max(-1, start - 24), -1):
        word = words.words[at]
        if word.lower() in PLURAL_KIN:
            return at < start - 1
        if word == ":":
            first, _ = words.sentence(at)
            return any(w.lower() in PLURAL_KIN for w in words.words[first:at])
        if word[0].isalpha() and not word[0].isupper() and word not in _WITHIN_LISTS:
            return False
        if word in {".", ";"}:
            return False
    return False


def _is_holder_of_something(words: Words, last: int) -> bool:
    """Whether a phrase such as "the commander of the fortress" ends with a word."""
    texts = words.words
    for at in range(last, max(1, last - 5), -1):
        if texts[at] == "of":
            is_single = texts[at - 2].lower() in {"the", "its", "their", "his", "her"}
            return is_single and is_role(texts[at - 1])
        if not texts[at][0].islower():
            return False
    return False


_WITHIN_LISTS = frozenset({"and", "the", "c.", "b.", "d.", "were", "are", "born", "died"})


def _owns_jointly(words: Words, last: int) -> bool:
    """Whether "'s" stands behind "and" and another name: "Kern and Brandt's letters"."""
    texts = words.words
    if texts[last : last + 1] != ["and"]:
        return False
    at = last + 1
    while at < min(len(texts), last + 5) and texts[at][0].isupper():
        at += 1
    return at > last + 1 and at < len(texts) and texts[at] in OWNS


def weigh_title(shape: Shape, words: Words, evidence: Evidence) -> None:
    """Weigh what stands before a title: "the article", "entitled"."""
    evidence.places += 1
    texts = words.words
    before = texts[shape.first - 1].lower() if shape.first else ""
    if before in IN_A_PLACE or before == "at":
        evidence.add(PLACE, 1.0)
    for at in range(shape.first - 1, max(-1, shape.first - 7), -1):
        word = texts[at].lower()
        if word in {".", ";"}:
            break
        if word in WORK_NOUNS or word.rstrip("s") in WORK_NOUNS or word in ISSUING:
            evidence.add(WORK, 3.0)
            return
        if word in SHIP_NOUNS:
            evidence.add(SHIP, 3.0)
            return


def _weigh_noun_before(noun: str, before_that: str, evidence: Evidence) -> None:
    role = is_role(noun)
    if noun in WORK_NOUNS and not role:
        evidence.add(WORK, 4.0)
    elif noun in SHIP_NOUNS:
        evidence.add(SHIP, 5.0)
    elif role and before_that not in {"to", "would", "not"}:
        evidence.add(PERSON, 4.0)
    elif singular_role(noun):
        evidence.add(PERSON, 3.0)
    elif noun in BODY_NOUNS:
        evidence.add(BODY, 3.5)
    elif noun in PLACE_NOUNS:
        evidence.add(PLACE, 4.0)
    elif noun in {"married", "marries", "remarried", "wed", "divorced"}:
        evidence.add(PERSON, 3.0)
    elif noun in MEETING:
        evidence.add(PERSON, 1.0)
    elif noun in {"his", "her", "their", "its"}:
        evidence.add(WORK, 1.5)
    elif noun in {"a", "an"}:
        evidence.add(EntityKind.CONCEPT, 2.0)
    elif noun in {"joined", "founded"}:
        evidence.add(BODY, 1.0)
    elif noun == "left":
        evidence.add(PLACE, 2.0)
    elif noun in ISSUING:
        evidence.add(WORK, 2.0)
    elif noun in TAKING_PLACES:
        evidence.add(PLACE, 2.0)


def _weigh_class(words: Words, at: int, evidence: Evidence) -> None:
    """Weigh "anarchists like", "newspapers such as", "cities including"."""
    if words.words[at] == ",":
        at -= 1
    noun = words.words[at].lower()
    singular = noun[:-3] + "y" if noun.endswith("ies") else noun.rstrip("s")
    if singular_role(noun):
        evidence.add(PERSON, 3.0)
    elif singular in WORK_NOUNS:
        evidence.add(WORK, 3.0)
    elif singular in PLACE_NOUNS:
        evidence.add(PLACE, 3.0)
    elif singular in BODY_NOUNS:
        evidence.add(BODY, 3.0)


_CLUBS = frozenset(
    "F.C. A.F.C. R.F.C. C.F. S.C. C.C. L.F.C. W.F.C. FC AFC RFC CF SC FK SK SV VfB VfL TSV KS NK HC"
    " K.S.C. R.S.C. A.C. A.S. B.K. F.K. B.C.".split()
)
"""What a sports club has at the beginning or the end of its full name."""


def _weigh_link(target: str, evidence: Evidence) -> None:
    """Weigh what stands in brackets behind a link's title: "(historian)", "(1966 film)"."""
    if "(" in target and target.endswith(")"):
        for word in reversed(target[target.rindex("(") + 1 : -1].lower().split()):
            if is_role(word):
                evidence.add(PERSON, 5.0)
                return
            if word in WORK_NOUNS:
                evidence.add(WORK, 6.0)
                return
            if word in BODY_NOUNS:
                evidence.add(BODY, 6.0)
                return
            if word in SHIP_NOUNS:
                evidence.add(SHIP, 6.0)
                return
    elif not _CLUBS.isdisjoint((target.split()[0], target.split()[-1])):
        evidence.add(BODY, 6.0)
    elif ", " in target and target.split(", ")[-1] in COUNTRIES:
        evidence.add(PLACE, 6.0)
