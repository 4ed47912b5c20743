"""Whose daughter or friend a phrase says somebody is: "his", "Kern's", "of the miller Kern"."""

from __future__ import annotations

from knowledge.compiler.cast import PRONOUN_OF
from knowledge.compiler.identity import Identity
from knowledge.compiler.name_runs import OWNS
from knowledge.compiler.people_words import KIN, is_role
from knowledge.compiler.phrase_text import TAIL_OPENERS
from knowledge.compiler.scene import Scene
from knowledge.compiler.subject_range import NUMBERS
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.words import Words

SKIPPED = frozenset(
    "later then now also himself herself both formerly once still perhaps probably possibly"
    " already afterwards subsequently eventually herself initially originally".split()
)


_NOT_FIRST = frozenset({"fellow", "own", "late", "said", "latter's", "new", "same", "other"})


_OF_ANOTHER_TIME = frozenset(
    "future former next new previous later last first second then other late old".split()
)
"""Adjectives by which "the former president" is not the one who was named."""

_OVER_A_PEOPLE = frozenset(
    "king queen chief chieftain leader ruler commander general prince khan governor captain".split()
)
"""Who is said to be theirs of many, rarely of two: "They fled, and their king was killed"."""

_OWN_MARKS = tuple([mark] for mark in OWNS)


def past_owner(
    scene: Scene, block: int, words: Words, index: int, limit: int, apart: Identity | None
) -> tuple[int, tuple[Identity, ...], bool]:
    """Return the word after the article or owner, the owners, and whether one is unknown."""
    texts = words.words
    at = index
    while at < limit and texts[at] in SKIPPED:
        at += 1
    if at >= limit:
        return at, (), False
    word = texts[at].lower()
    if word == "one" and [w.lower() for w in texts[at + 1 : at + 3]] in (
        ["of", "the"],
        ["of", "his"],
        ["of", "her"],
        ["of", "its"],
    ):
        at += 2
        word = texts[at].lower()
    owners: tuple[Identity, ...] = ()
    unsure = False
    mention = scene.beginning(block, at)
    if word in ARTICLES:
        at += 1
        mention = scene.beginning(block, at)
        titled = at + 1 if texts[at + 1 : at + 2] in _OWN_MARKS else at + 2
        if (
            word == "the"
            and texts[at] not in _OF_ANOTHER_TIME
            and texts[titled : titled + 1] in _OWN_MARKS
        ):
            who = scene.bearer(texts[titled - 1].lower(), block, at)
            if who is not None:  # "the marshal's younger brother"
                return _past_adjectives(texts, titled + 1, limit), (who,), False
        if mention is None or mention.who.is_person:
            return _past_adjectives(texts, at, limit), (), False
    if word in PRONOUN_OF:
        who = scene.whose(block, at, apart)
        owners, unsure = ((who,), False) if who is not None else ((), True)
        if who is not None:
            scene.pronouns.setdefault(who, PRONOUN_OF[word])
        at += 1
    elif word == "whose":
        before = scene.ending(block, at) or scene.ending(block, at - 1)
        owners, unsure = ((before.who,), False) if before is not None else ((), True)
        at += 1
    elif word == "their":
        is_of_a_people = texts[at + 1 : at + 2] and texts[at + 1].lower() in _OVER_A_PEOPLE
        owners = () if is_of_a_people else scene.couple(block, at)
        unsure = not owners
        at += 1
    elif word == "its":
        is_thing = scene.subject is not None and not scene.subject.is_person
        owners = (scene.subject,) if is_thing and scene.subject is not None else ()
        unsure = not owners
        at += 1
    elif mention is not None and texts[mention.shape.last : limit][:1] in _OWN_MARKS:
        owners = (mention.who,)
        at = mention.shape.last + 1
    return _past_adjectives(texts, at, limit), owners, unsure


def _past_adjectives(texts: list[str], at: int, limit: int) -> int:
    while at < limit and (texts[at].lower() in _NOT_FIRST or texts[at].lower() in NUMBERS):
        at += 1
    return at


def owners_behind(scene: Scene, block: int, of: int, head: str) -> list[Identity]:
    """Return whose `head` somebody is, by the names behind "of" in its sentence."""
    words = scene.words(block)
    return owners_up_to(scene, block, words, of, words.sentence(of)[1], head)


def owners_up_to(
    scene: Scene, block: int, words: Words, end: int, last: int, head: str
) -> list[Identity]:
    """Return whom "of" leads to: "son of A and B", "pupil of the painter A"."""
    texts = words.words
    if end >= last or texts[end].lower() not in {"of", "to"}:
        return []
    titled = _bearer_behind(scene, block, words, end, last)
    if titled is not None:
        return [titled]
    owners: list[Identity] = []
    past = end + 1
    for mention in scene.between(block, end, last):
        begin = mention.shape.first - len(mention.shape.titles)
        between = [word.lower() for word in texts[past:begin]]
        if owners and mention.who.is_person and "of" in _behind_last_and(between):
            break  # "daughter of A and sister of B"
        if not owners:
            if any(word in TAIL_OPENERS for word in between) or not _is_apposed(between):
                break
            if head in KIN and not mention.who.is_person:
                break  # "the daughter of a Worcester glover"
            owners.append(mention.who)
            past = mention.shape.last
            if head not in CHILDREN or not mention.who.is_person:
                break
        elif mention.who.is_person:
            if "and" in between and len(between) < 24 and not _has_verb(between):
                owners.append(mention.who)
            break
        elif len(between) > 24:
            break
    return owners


def _behind_last_and(texts: list[str]) -> list[str]:
    """Return the words behind the last "and": of "A, the organist of B, and his wife" the last."""
    if "and" not in texts:
        return texts
    return texts[len(texts) - texts[::-1].index("and") :]


def _is_apposed(texts: list[str]) -> bool:
    """Whether no comma stands among words, or only that of "his landlord, the publisher"."""
    if "," not in texts:
        return True
    comma = texts.index(",")
    if not comma or not is_role(texts[comma - 1]):
        return False
    behind = texts[comma + 1 :]
    return not behind or (behind[0] == "the" and is_role(behind[-1]) and "," not in behind)


def _bearer_behind(scene: Scene, block: int, words: Words, of: int, last: int) -> Identity | None:
    """Return whom a title without a name means behind "of": "of the dead priest"."""
    texts = words.words
    if texts[of + 1 : of + 2] != ["the"]:
        return None
    for at in (of + 2, of + 3):
        if at >= last or not texts[at].islower() or texts[at] in _OF_ANOTHER_TIME:
            return None
        following = texts[at + 1] if at + 1 < last else "."
        if following in {",", ".", ";", ")"} or following == "and":
            return scene.bearer(texts[at], block, at)
    return None


def _has_verb(texts: list[str]) -> bool:
    return any(form(word) is Form.FINITE or word in {"who", "which"} for word in texts)


def is_owned_before(words: Words, index: int, at: int) -> bool:
    """Whether the owner stands before the noun: "his sister", "Kern's sister"."""
    return any(
        words.words[place].lower() in {"his", "her", "their", "its", "whose"}
        or words.words[place] in OWNS
        for place in range(index, at)
    )


def with_owner(scene: Scene, block: int, words: Words, begin: int) -> int:
    """Return where a phrase begins with its article, or with whose it is counted in."""
    if not begin:
        return begin
    before = words.words[begin - 1]
    if before.lower() in {"his", "her", "their", "its", "a", "an", "the", "whose"}:
        return begin - 1
    if before in OWNS:
        owner = scene.ending(block, begin - 1)
        if owner is not None:
            return owner.shape.first - len(owner.shape.titles)
    return begin


def past_owners(
    scene: Scene, block: int, words: Words, of: int, owners: tuple[Identity, ...]
) -> int:
    """Return the word behind the names that "of" leads to."""
    for mention in reversed(scene.between(block, of, words.sentence(of)[1])):
        if mention.who is owners[-1]:
            return mention.shape.last
    return of


CHILDREN = frozenset({"son", "daughter", "child"})


ARTICLES = frozenset({"a", "an", "the"})
