"""What a name is the name of: a person, a place, a body, a work, ...

Each place where a name stands gives evidence for a kind, and the evidence of all of them is
added up. Nouns within a name ("Labour Party") say most; then words beside it (a title, "in",
verbs that people do); then that neighbours in a list are of one kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from knowledge.compiler.name_runs import EPITHETS, OWNS, PARTICLES
from knowledge.compiler.name_shapes import Shape, Vocabulary
from knowledge.compiler.people_words import (
    DEMONYMS,
    KIN,
    PLURAL_KIN,
    SOCIAL,
    TITLES,
    is_role,
    singular_role,
)
from knowledge.compiler.thing_words import (
    BODY_NOUNS,
    COUNTRIES,
    KINDS,
    PLACE_NOUNS,
    PLACES_OF_SEVERAL_WORDS,
    SHIP_NOUNS,
    SHIP_PREFIXES,
    WORK_NOUNS,
)
from knowledge.compiler.tokens import is_adverb
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.words import FUNCTION_WORDS, WEEKDAYS, Words, is_capital, is_numeral
from knowledge.model import EntityKind

PERSON, PLACE, BODY, WORK, SHIP = (
    EntityKind.PERSON,
    EntityKind.PLACE,
    EntityKind.ORGANISATION,
    EntityKind.WORK,
    EntityKind.SHIP,
)

LEAST_FOR_ONE_WORD = 2.0
"""Evidence that one capitalised word needs to be somebody or something."""

SURE_OF_A_PERSON = 2.0
"""Evidence at one place that makes a name a person's even where a noun in it is a thing's."""

SHORTEST_LIFE, LONGEST_LIFE = 14, 115
"""Years between two dates in brackets that may be a life; of anything else they rarely are."""

SAID_TO_BE = 4.0
"""Evidence of a sentence that says what a thing is: "The Salt Road were a folk band"."""

TWO_WORDS_ARE_A_PERSON = 1.5
"""Evidence for a person that two or three capitalised words give by themselves."""

_IN = frozenset(
    "in near throughout across outside into around via within beyond towards toward above off"
    " inside through".split()
)
_GOING = frozenset(
    "moved travelled traveled returned went fled sailed came exiled sent deported emigrated"
    " marched escaped retired settled journeyed transferred rode walked flew drove withdrew"
    " retreated advanced lived arrived invited back home voyage journey expedition road railway"
    " visit trip march emigration flight return moving returning going ambassador consul posted"
    " runs run ran extends extended leads led stretches banished relocated migrated"
    " immigrated native hails hailed".split()
)
_DOING = frozenset(
    "wrote said argued believed stated noted married studied taught recalled told"
    " admitted painted composed sang danced resigned stood explained claimed described suggested"
    " thought refused met served learned learnt graduated attended recorded lived fled"
    " disagrees disagreed wrote writes argues argued believes states notes says claims describes"
    " considered regarded viewed remarked contended concluded commented asserted maintained"
    " acknowledged attributed highlighted cited feared hoped wanted knew felt saw heard asked"
    " replied answered responded retired died wept smiled succeeded abdicated reigned ruled"
    " confessed protested defended designed invented discovered translated edited directed starred"
    " played won ran swam scored captained trained coached drew sculpted carved"
    " rode walked sat slept ate drank spoke read kept gave took himself herself never later then"
    " also himself threw fell bought sold escaped closed opened".split()
)
_OWNED_BY_PEOPLE = frozenset(
    "wife husband father mother son sons daughter daughters brother sister life death birth"
    " ideas works novel novels poems letters speech speeches house home widow brother's family"
    " childhood career marriage friend friends writings books theory views opinion diary mother"
    " pupils pupil secretary agent assistant body grave funeral head hand heart face mind"
    " paintings drawings painting music songs students supporters followers opponents colleague"
    " colleagues arrest trial execution assassination resignation appointment reign".split()
)
_SOMEBODYS = frozenset(
    "pupil student disciple friend murderer assassin biographer successor predecessor rival"
    " follower children sons daughters".split()
)
_MADE_BY_PEOPLE = frozenset(
    "works work poems novels plays writings paintings ideas life death biography teachings thought"
    " music songs letters support help influence widow grave statue portrait".split()
)
_MEETING = frozenset(
    "married met wed succeeded told asked by befriended divorced persuaded accused named"
    " arrested murdered shot killed taught defeated and with against under between nephew".split()
)
_BORN = frozenset({"born", "b.", "died", "d.", "née", "né", "nee"})
_PLACES_FIRST = frozenset(
    "lake mount cape fort port river castle isle saint-louis camp villa puerto bad monte san santa"
    " são rio las los el-".split()
)
_NAMES_THAT_ARE_NOUNS = frozenset(
    "hill hills wood ford hall field fields park lane bridge church brook pond waters castle house"
    " king bishop abbot case march price mill mills fort marsh lake forest head point cliff spring"
    " springs falls cross star law temple english pass gate tower chapel street palace bank banks"
    " order parish garden gardens green moor stone guard guards club bond battle war peace gospel"
    " cave coast shore island beach creek stream sound firth row market mountain valley court bell"
    " fair parade fleet trust fund sons brothers record mass act song hart constable bloom"
    " crane raid college prior works mine bay rivers farm estate manor terrace place yard dock"
    " borough commune quay quarter case trial chamber chambers press race steppe league prix"
    " bull day way town city state may young rose grant page cook rice black white brown gray"
    " marshall baker".split()
)


@dataclass(slots=True)
class Evidence:
    """What speaks for each kind of a name, over all its places."""

    scores: dict[EntityKind, float] = field(default_factory=lambda: defaultdict(float))
    after_the: int = 0
    places: int = 0
    within: int = 0
    """Places where the capital letter is no beginning of a sentence."""
    is_listed: bool = False
    """Whether a neighbour in a list has been counted."""
    is_called: bool = False
    """Whether a title, a noun for people or a deed of theirs stands beside it."""

    def add(self, kind: EntityKind, weight: float) -> None:
        """Count evidence for a kind."""
        self.scores[kind] += weight
        if kind is PERSON and weight >= SURE_OF_A_PERSON:
            self.is_called = True


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
            _weigh_title(shape, words, evidence[shape.key])
        else:
            _weigh(shape, words, evidence[shape.key])
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


def noun_kind(words: Sequence[str]) -> tuple[EntityKind, bool] | None:
    """Return the kind that a noun within a name gives it, and whether it could be a surname."""
    return _noun_kind(tuple(words))


@lru_cache(maxsize=16_384)
def _noun_kind(words: tuple[str, ...]) -> tuple[EntityKind, bool] | None:
    if not words:
        return None
    lowered = [word.lower() for word in words]
    joined = " ".join(words)
    if joined in COUNTRIES or joined in PLACES_OF_SEVERAL_WORDS:
        return PLACE, False
    if lowered[0] in SHIP_PREFIXES and len(words) > 1:
        return SHIP, False
    for joint in ("of", "for"):
        if joint in lowered[1:]:
            at = lowered.index(joint, 1)
            head = lowered[at - 1]
            kind = KINDS.get(head) or KINDS.get(head.rstrip("s"))
            if kind is not None and head not in TITLES:
                return kind, False
            if head in TITLES:
                return EntityKind.CONCEPT, False
            return None
    if len(words) == 1:
        return None
    if lowered[0] in _PLACES_FIRST:
        return PLACE, False
    if words[-1] in COUNTRIES:
        return PLACE, True
    if lowered[0] in WORK_NOUNS:
        return WORK, True
    if lowered[0] in {"operation", "hurricane", "typhoon"}:
        return EntityKind.EVENT, False
    if lowered[0] in {"project", "article"}:
        return EntityKind.CONCEPT, False
    last = lowered[-1]
    if words[-1] in WEEKDAYS or lowered[0] in {"saint", "st.", "st"}:
        return (EntityKind.EVENT, False) if words[-1] in WEEKDAYS else None
    if lowered[-2] in {"world", "civil"} and last == "war":
        return EntityKind.EVENT, False
    if is_numeral(words[-1]) and lowered[-2] in KINDS and lowered[-2] not in TITLES:
        return KINDS[lowered[-2]], False
    kind = KINDS.get(last)
    if kind is None and last.endswith("s"):
        kind = KINDS.get(last[:-1])
    if kind is None and len(words) > 2:
        inner = [KINDS.get(word) for word in lowered[1:-1]]
        return (BODY, False) if BODY in inner and lowered[1] not in TITLES else None
    if kind is None:
        return None
    return kind, last in _NAMES_THAT_ARE_NOUNS or last in TITLES


def looks_like_a_person(words: Sequence[str]) -> bool:
    """Whether a name's own form shows a person: initials, particles, Jr., a king's number."""
    if len(words) > 1 and (is_numeral(words[-1]) or words[-1] in {"Jr.", "Jr", "Sr.", "Sr"}):
        return True
    if len(words) >= 3 and words[-2] == "the" and words[-1] in EPITHETS:
        return True
    if any(word in PARTICLES for word in words[1:-1]) and "of" not in words:
        return True
    return (
        len(words) > 1
        and any(word[-1] == "." and len(word) <= 6 for word in words[:-1])
        and (words[0] not in {"St.", "Mt.", "Ft."})
    )


def _weigh(shape: Shape, words: Words, evidence: Evidence) -> None:
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
    if shape.titles:
        evidence.add(PERSON, 4.0)
    elif _is_in_list_of_kin(words, start) or (
        start > 3
        and texts[start - 3 : start - 1] == [",", "the"]
        and texts[start - 4].lower() in KIN
    ):
        evidence.add(PERSON, 3.0)
    if shape.nickname:
        evidence.add(PERSON, 3.0)
    if shape.link:
        _weigh_link(shape.link, evidence)
    if lowered == "the" and not shape.titles:
        evidence.after_the += 1
        if len(shape.words) > 1:
            evidence.add(BODY, 0.5)
        if before_that in _IN:
            evidence.add(PLACE, 1.0)
        elif before_that == "on" and start > 2 and texts[start - 3] in _LYING:
            evidence.add(PLACE, 3.0)
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
    elif lowered in _IN:
        if not owns and not shape.titles:
            evidence.add(PLACE, 3.0 if len(shape.words) == 1 else 2.0)
    elif before_that == "according" and lowered == "to":
        evidence.add(PERSON, 2.5)
    elif lowered == "on" and len(shape.words) > 1 and not owns:
        evidence.add(PLACE, 2.0)
    elif lowered in {"at", "from", "to", "for"} and not owns:
        goes = before_that in _GOING or (lowered == "from" and is_role(before_that))
        evidence.add(PLACE, 3.0 if goes else 2.0 if lowered == "at" else 0.7)
    elif lowered == "of" and (before_that in KIN or before_that in _SOMEBODYS):
        evidence.add(PERSON, 3.0)
    elif lowered == "of" and (
        before_that in PLACE_NOUNS or before_that in _SERVED or before_that in TITLES
    ):
        evidence.add(PLACE, 4.0)
    elif lowered == "of" and before_that in _MADE_BY_PEOPLE:
        evidence.add(PERSON, 1.9)
    elif lowered in {"like", "including", "as", "namely", "notably"} and start > 2:
        _weigh_class(words, start - 2 - (lowered == "as"), evidence)
    elif before and before[0].islower():
        _weigh_noun_before(before, before_that, evidence)
    elif before in {",", ":"} or (start > 0 and texts[start - 1] in {",", ":"}):
        noun = texts[start - 2] if start > 1 else ""
        if noun in KIN or (is_role(noun) and start > 2 and texts[start - 3] != "."):
            evidence.add(PERSON, 3.0)
    if start > 1 and texts[start - 1] == "," and after in {"–", "-", ")", ";"}:
        inside = texts[max(0, start - 6) : start]
        if any(word.isdecimal() for word in inside) and not {"and", "or"} & set(inside):
            evidence.add(PLACE, 2.5)
    if shape.opens and before == "" and start == first and start > 1 and texts[start - 1] == ",":
        evidence.add(PERSON, 0.5)
    _weigh_after(shape, words, evidence)


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


def _weigh_title(shape: Shape, words: Words, evidence: Evidence) -> None:
    """Weigh what stands before a title: "the article", "entitled"."""
    evidence.places += 1
    texts = words.words
    before = texts[shape.first - 1].lower() if shape.first else ""
    if before in _IN or before == "at":
        evidence.add(PLACE, 1.0)
    for at in range(shape.first - 1, max(-1, shape.first - 7), -1):
        word = texts[at].lower()
        if word in {".", ";"}:
            break
        if word in WORK_NOUNS or word.rstrip("s") in WORK_NOUNS or word in _ISSUING:
            evidence.add(WORK, 3.0)
            return
        if word in SHIP_NOUNS:
            evidence.add(SHIP, 3.0)
            return


_LYING = frozenset("lies lay stands stood situated located sits flows built".split())
_SERVED = frozenset(
    "service court throne mayor ruler citizens inhabitants walls streets outskirts north south"
    " east west coast people rulers ruler governors defence gates siege".split()
)
_BOTH_BODY_AND_PLACE = frozenset("museum theatre theater hospital library gallery".split())
_ISSUING = frozenset(
    "edited editing published publishing titled entitled issued wrote writing written released"
    " composed painted recorded directed staged co-founded called".split()
)


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
    elif noun in _MEETING:
        evidence.add(PERSON, 1.0)
    elif noun in {"his", "her", "their", "its"}:
        evidence.add(WORK, 1.5)
    elif noun in {"a", "an"}:
        evidence.add(EntityKind.CONCEPT, 2.0)
    elif noun in {"joined", "founded"}:
        evidence.add(BODY, 1.0)
    elif noun == "left":
        evidence.add(PLACE, 2.0)
    elif noun in _ISSUING:
        evidence.add(WORK, 2.0)
    elif noun in {"mapped", "besieged", "captured", "crossed", "reached", "entered", "visited"}:
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


def _weigh_after(shape: Shape, words: Words, evidence: Evidence) -> None:
    texts, last, count = words.words, shape.last, len(words)
    after = texts[last] if last < count else ""
    following = texts[last + 1] if last + 1 < count else ""
    if after in OWNS:
        owned = following.lower()
        known = owned in _OWNED_BY_PEOPLE or owned in KIN or owned in SOCIAL
        evidence.add(PERSON, 2.0 if known else 1.0 if following[:1].islower() else 0.5)
    elif after in {"who", "whom", "himself", "herself"}:
        evidence.add(PERSON, 3.0)
    elif after in _DOING:
        evidence.add(PERSON, 2.0)
    elif after in {"was", "is", "were", "became"}:
        _weigh_said(words, last + 1, evidence, after)
    elif after == "had":
        evidence.add(PERSON, 1.0 if shape.opens else 0.5)
    elif after == "(":
        _weigh_bracket(shape, words, evidence)
    elif after == ",":
        if following in {"who", "whose", "whom"} or following in _BORN:
            evidence.add(PERSON, 3.0)
        elif following in {"led", "founded", "chaired", "headed"}:
            evidence.add(BODY, 6.0)
        elif following in COUNTRIES and not _owned(texts, last + 2):
            evidence.add(PLACE, 3.0)
        else:
            _weigh_apposition(words, last + 1, evidence)
    elif after and after[0].islower() and words.is_next(last) and after not in FUNCTION_WORDS:
        if after.endswith("ed"):
            evidence.add(PERSON, 0.8)
        elif form(after) is Form.NONE and not is_adverb(after):
            evidence.add(PERSON, -2.0)
    elif after in _BORN:
        evidence.add(PERSON, 3.0)


def _owned(texts: Sequence[str], index: int) -> bool:
    return index < len(texts) and texts[index] in {"'s", "’s"}


def _weigh_said(words: Words, index: int, evidence: Evidence, verb: str) -> None:
    """Weigh "was a Dutch pilot", "was born", "is a town"."""
    texts = words.words
    following = texts[index] if index < len(texts) else ""
    if following in {"born", "married", "educated", "buried", "arrested", "knighted", "ordained"}:
        evidence.add(PERSON, 4.0)
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


def _weigh_apposition(words: Words, index: int, evidence: Evidence) -> None:
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
        if kind is not None:
            evidence.add(kind, 3.5)


def _head_kind(words: Words, index: int, reach: int) -> EntityKind | None:
    """Return the kind that the noun of a phrase gives: "a Dutch pilot", "a town in"."""
    texts = words.words
    for at in range(index, min(index + reach, len(texts))):
        word = texts[at].lower()
        if word in {"in", "of", "who", "which", "that", ",", ".", "from", "at", "(", "to", "for"}:
            return None
        following = texts[at + 1].lower() if at + 1 < len(texts) else ""
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
    if inside[0].lower() in _BORN or "née" in inside:
        evidence.add(PERSON, 4.0)
        return
    years = [int(word) for word in inside if word.isdecimal() and 3 <= len(word) <= 4]
    dashed = any(word in {"–", "-", "—"} for word in inside)
    if len(years) >= 2 and dashed and SHORTEST_LIFE <= abs(years[1] - years[0]) <= LONGEST_LIFE:
        evidence.add(PERSON, 1.9 if len(shape.words) > 1 else 1.5)
    elif inside[0].isupper() and len(inside[0]) > 1 and inside[1:2] == [")"] and len(inside[0]) < 8:
        evidence.add(BODY, 2.5)


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
    elif ", " in target and target.split(", ")[-1] in COUNTRIES:
        evidence.add(PLACE, 6.0)


def _decide_title(words: Sequence[str], evidence: Evidence) -> EntityKind | None:
    if evidence.scores:
        return max(evidence.scores, key=lambda kind: evidence.scores[kind])
    if words[0] == "The" and len(words) < 4:
        return BODY
    return WORK if len(words) >= 3 else None


def _decide(words: Sequence[str], evidence: Evidence, lower: Collection[str]) -> EntityKind | None:
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
        return -3.0 if first in lower else 0.0
    size = sum(1 for word in words if word.lower() not in PARTICLES)
    if {"of", "for"} & set(words) and not shown:
        return 1.5 if words[1:2] == ["of"] and len(words) == 3 else 0.0
    if not 2 <= size <= 5 or any(word.isupper() and len(word) > 2 for word in words):
        return 0.0
    if first in _ARTICLES_ELSEWHERE or (first in DEMONYMS and first not in _GIVEN_NAMES_TOO):
        return -4.0
    if first in _NO_GIVEN_NAMES:
        return -1.0
    if all(word.lower() in lower for word in words):
        return -2.0
    return TWO_WORDS_ARE_A_PERSON


_ARTICLES_ELSEWHERE = frozenset("der die das la le el los las les il the a".split())
_NO_GIVEN_NAMES = frozenset("new old great".split())
_GIVEN_NAMES_TOO = frozenset("norman roman german georgian christian latin dominican".split())


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
            known_by_neighbour = evidence[other.key].is_listed
            if kind not in {PERSON, PLACE, BODY} or kinds[other.key] is not None:
                continue
            if known_by_neighbour:
                continue
            if kind is not PERSON or between != ["and"] or (other is left and left.opens):
                evidence[other.key].is_listed = True
                weighed.add(other.key)
                unknown = not any(score > 0.9 for score in evidence[other.key].scores.values())
                evidence[other.key].add(kind, 2.0 if unknown and len(other.words) == 1 else 1.0)
    return weighed
