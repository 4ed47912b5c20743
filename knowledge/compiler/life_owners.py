"""Whose birth or death a sentence tells of: by name, "he", "his brother", behind "and"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.compiler.asides import part_start, subject_of_clause
from knowledge.compiler.found_date import FoundDate
from knowledge.compiler.identity import Identity
from knowledge.compiler.name_runs import OWNS
from knowledge.compiler.people_words import KIN, PLURAL_KIN, is_role
from knowledge.compiler.scene import Scene
from knowledge.compiler.words import Words

Relations = Mapping[Identity, Mapping[tuple[str, Identity], None]]
"""By who: what each is to whom, as kind and person."""

NEAREST_DATE = 4
"""Words from "death" to its date: further away the date is of something else."""

FARTHEST_KIN = 4
"""Words from "his" to "brother"."""

FARTHEST_HAD = 7
"""Words from "had" to a name: "had the king's cousin Kern beheaded"."""

SENTENCES_OF_HE = 3
"""Sentences that begin with "he" which are followed back to a name."""

_BEFORE_VERB = frozenset({"was", "were", "had", "been", "committed", "found"})
_ADVERBS = frozenset("also later then himself herself both soon".split())
_CONDITIONS = frozenset({"had", "Had", "if", "If"})


def who_was(
    scene: Scene, block: int, words: Words, index: int, date: FoundDate, relations: Relations
) -> Identity | None:
    """Return who was born or died: the name or "he" before the verb, or behind "Born ...,"."""
    texts = words.words
    index = verb_of_death(texts, index)
    if words.opens[index]:
        return _behind_date(scene, block, words, date)
    at = index - 1
    while at > 0 and (texts[at] in _BEFORE_VERB or texts[at] in _ADVERBS):
        at -= 1
    if texts[at].lower() in {"he", "she"}:
        return _surely(scene, block, at)
    if texts[at] == "and":
        return _surely_of_clause(scene, block, index)
    if texts[at] == "who":
        at -= 1
        if texts[at] == ",":
            at -= 1
    kin = _relative(scene, block, words, at, relations)
    if kin is not None:
        return kin
    if texts[at] == ")":
        at = words.opening_bracket(at) - 1
    if texts[at] == ",":
        is_participle = index - at == 1 and texts[index] != "died"
        at = _before_aside(scene, block, words, at, is_participle=is_participle)
    mention = scene.ending(block, at + 1)
    if mention is not None and texts[mention.shape.first - 1] in _CONDITIONS:
        return None
    return mention.who if mention is not None and mention.who.is_person else None


def verb_of_death(texts: Sequence[str], index: int) -> int:
    """Return where "shot dead", "shot and killed" and "among the dead" begin; else the word."""
    for before in (["shot"], ["shot", "and"], ["among", "the"]):
        if list(texts[max(0, index - len(before)) : index]) == before:
            return index - len(before)
    return index


def _behind_date(scene: Scene, block: int, words: Words, date: FoundDate) -> Identity | None:
    """Return Kern in "Born in 1811, Kern went to sea"."""
    texts = words.words
    at = words.at(date.stop)
    if at >= len(texts) or texts[at] != ",":
        return None
    mention = scene.beginning(block, at + 1)
    if mention is not None and mention.who.is_person:
        return mention.who
    if at + 1 < len(texts) and texts[at + 1].lower() in {"he", "she"}:
        return _surely(scene, block, at + 1)
    return None


def _before_aside(
    scene: Scene, block: int, words: Words, comma: int, *, is_participle: bool
) -> int:
    """Return the last word of the name before a comma, or before the aside that it closes.

    "Kern, born in 1811,"; "the driver, Pat Kern, was killed"; "Kern, who was ill, died".
    """
    texts = words.words
    near = scene.ending(block, comma)
    if near is not None:
        begin = near.shape.first - len(near.shape.titles)
        is_apposed = begin > 0 and texts[begin - 1] == "," and not _is_joined(words, begin - 1)
        if is_participle or is_apposed or _is_role_before(words, begin):
            return comma - 1
    first, _ = words.sentence(comma)
    for at in range(comma - 1, first, -1):
        if texts[at] == ",":
            return at - 1 if texts[at + 1].lower() in _ASIDES else comma
    return comma


_ASIDES = frozenset({"who", "whose", "a", "an", "the", "then", "born", "his", "her", *KIN})


def _is_role_before(words: Words, begin: int) -> bool:
    """Whether ", the botanist" stands before a name."""
    near = words.words[max(0, begin - FARTHEST_KIN) : begin]
    if "," not in near or not near or not is_role(near[-1].lower()):
        return False
    behind = near[len(near) - near[::-1].index(",") :]
    return behind[:1] == ["the"]


def _is_joined(words: Words, comma: int) -> bool:
    """Whether the noun before a comma is one of two: "Kern and his wife, Anna, ..."."""
    for at in range(comma - 1, words.sentence(comma)[0] - 1, -1):
        if words.words[at] in {",", ";", ":"}:
            return False
        if words.words[at] == "and":
            return True
    return False


def _relative(
    scene: Scene, block: int, words: Words, at: int, relations: Relations
) -> Identity | None:
    """Return whom "his brother" before a verb means, where the article names one of that kind."""
    texts = words.words
    kin = texts[at].lower()
    if kin not in KIN:
        return None
    for owner_at in range(at - 1, max(-1, at - FARTHEST_KIN), -1):
        word = texts[owner_at].lower()
        if word in {"his", "her", "whose"}:
            owner = scene.whose(block, owner_at)
            if word == "whose":
                before = scene.ending(block, owner_at - 1)
                owner = before.who if before is not None else None
            told = [who for who, some in relations.items() if owner and (kin, owner) in some]
            if len(told) > 1:  # the husband of that time, not one whom she married later
                told = [who for who in told if _is_named_before(scene, block, at, who)]
            return told[0] if len(told) == 1 else None
        if not texts[owner_at].isalpha():
            return None
    return None


def _is_named_before(scene: Scene, block: int, index: int, who: Identity) -> bool:
    return any(
        mention.who is who and (earlier < block or mention.shape.first < index)
        for earlier in range(block + 1)
        for mention in scene.mentions.get(earlier, ())
    )


def whose_death(
    scene: Scene, block: int, words: Words, index: int, date: FoundDate
) -> Identity | None:
    """Return who died: "Kern's death in 1702", "after his death on 3 May 1702"."""
    if words.at(date.start) - index > NEAREST_DATE or not index:
        return None
    if words.words[index - 1].lower() in {"his", "her"}:
        return _surely(scene, block, index - 1)
    mention = scene.ending(block, index - 1) if words.words[index - 1] in OWNS else None
    return mention.who if mention is not None and mention.who.is_person else None


def killed_by_name(scene: Scene, block: int, words: Words, index: int) -> Identity | None:
    """Return whom "had Kern beheaded" or "killed the master, Peder Kern" tells of."""
    texts = words.words
    mention = scene.ending(block, index)
    if mention is not None:
        begin = mention.shape.first - len(mention.shape.titles)
        had = next(
            (at for at in range(begin - 1, begin - FARTHEST_HAD, -1) if texts[at] == "had"), None
        )
        between = texts[had + 1 : begin] if had is not None and had >= 0 else []
        is_who = not between or is_role(
            between[-1].lower()
        )  # "had the king's cousin Kern beheaded"
        return mention.who if mention.who.is_person and had is not None and is_who else None
    if texts[index - 1] in {"was", "were", "been"}:
        return None
    beside = _whom_described(scene, block, words, index)
    if beside is not None:
        return beside
    following = texts[index + 1 : index + 5]
    comma = index + 1 + following.index(",") if "," in following else index
    if comma > index and following[0].lower() not in {"his", "her", "the", "its", "their"}:
        return None
    named = scene.beginning(block, comma + 1)
    return named.who if named is not None and named.who.is_person else None


def _whom_described(scene: Scene, block: int, words: Words, index: int) -> Identity | None:
    """Return Kern in "killed his sister Kern", "shot the painter Kern"."""
    texts = words.words
    if texts[index + 1 : index + 2] not in (["his"], ["her"], ["the"]):
        return None
    for at in range(index + 2, index + 6):
        mention = scene.beginning(block, at)
        if mention is not None:
            is_role_before = at > index + 2 and is_role(texts[at - 1].lower())
            return mention.who if mention.who.is_person and is_role_before else None
        if texts[at : at + 1] in ([","], ["."], ["and"], [";"]):
            return None
    return None


def among_them(scene: Scene, block: int, words: Words, index: int) -> Identity | None:
    """Return Kern in "23 people drowned, among them Kern"."""
    if words.words[index + 1 : index + 4] != [",", "among", "them"]:
        return None
    named = scene.beginning(block, index + 4)
    return named.who if named is not None and named.who.is_person else None


def also_so(
    scene: Scene, block: int, words: Words, date: FoundDate, following: Sequence[FoundDate]
) -> list[tuple[Identity, FoundDate]]:
    """Return Brandt and 1980 in "Kern died in 1971 and Brandt on 8 March 1980".

    Of births the child that a family had later as well, or several: "and twins, Jan and Ane, in".
    """
    if not following:
        return []
    texts = words.words
    until = words.at(following[0].start)
    at = words.at(date.stop)
    if not (at < until <= at + FARTHEST_OTHER) or until > len(texts):
        return []
    if texts[until - 1] not in {"on", "in"}:
        child = _child_behind(scene, block, words, following[0])
        is_behind = child is not None and set(texts[at:until]) <= {",", "and"}
        return [(child, following[0])] if child is not None and is_behind else []
    past = until - 2 if texts[until - 2] == "," else until - 1
    mention = scene.ending(block, past)
    if mention is None or not mention.who.is_person:
        return []
    named = [m for m in scene.between(block, at, past) if m.who.is_person]
    other = [
        word.lower()
        for place, word in enumerate(texts[at:past], at)
        if not any(m.shape.first <= place < m.shape.last for m in named)
    ]
    is_several = len(named) > 1 and not any(word in PLURAL_KIN for word in other)
    if is_several or not all(word in _BESIDE_OTHER or word in KIN for word in other):
        return []
    return [(m.who, following[0]) for m in named]


_BESIDE_OTHER = frozenset(
    ", ; and the a an his her their younger elder second third twin youngest eldest".split()
) | frozenset(PLURAL_KIN)
"""Words between the first date and the other name: "and their daughter, Anna, on"."""

FARTHEST_OTHER = 14
"""Words between the dates of two who were born or died."""


def _child_behind(scene: Scene, block: int, words: Words, date: FoundDate) -> Identity | None:
    """Return Anna in "a son, born in 1811, and, two years later, a daughter, Anna"."""
    texts = words.words
    at = words.at(date.stop)
    if texts[at : at + 2] != [",", "a"] or texts[at + 2 : at + 3] not in (["son"], ["daughter"]):
        return None
    named = scene.beginning(block, at + 4 if texts[at + 3 : at + 4] == [","] else at + 3)
    return named.who if named is not None and named.who.is_person else None


def _surely_of_clause(scene: Scene, block: int, index: int) -> Identity | None:
    """Return who "and died" tells of: the clause's subject, by name or as a sure "he"."""
    words = scene.words(block)
    who = subject_of_clause(scene, block, index)
    for at in range(part_start(words, index), index):
        if words.words[at].lower() in {"he", "she"} and who is not None:
            return who if _surely(scene, block, at) is who else None
    return who


def _surely(scene: Scene, block: int, index: int) -> Identity | None:
    """Return whom "he" means where nobody else is near who could be meant."""
    who = scene.whose(block, index)
    if who is None:
        return None
    words = scene.words(block)
    first, _ = words.sentence(index)
    is_he = words.words[index].lower() in {"he", "she"}
    alone = scene.people(block, first, index) == [who]
    if is_he and alone and scene.topic(block, index) is who:
        return who  # "Kern, though ill, went on; he died": he was named in the sentence itself
    for _ in range(SENTENCES_OF_HE):
        if scene.is_rivalled(block, index, who):
            return None
        if not first or who in scene.people(block, first, index):
            break
        index, _ = words.sentence(first - 1)  # "He fell ill. He died": who is the first "he"?
        if words.words[index].lower() not in {"he", "she"}:
            break
        first = index
    return who
