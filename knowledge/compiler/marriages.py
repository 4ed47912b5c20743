"""Who married whom: "Kern married Brandt", "they were married", "his marriage to Brandt"."""

from __future__ import annotations

from knowledge.compiler.accounts import Accounts, Rank
from knowledge.compiler.asides import subject_of_clause
from knowledge.compiler.cast import PRONOUN_OF, Pronoun
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.relation_sides import say
from knowledge.compiler.scene import Scene
from knowledge.compiler.verb_sides import doer, object_of
from knowledge.compiler.words import Words


def read_marriage(scene: Scene, block: int, words: Words, index: int, accounts: Accounts) -> None:
    """Read "Kern married Brandt", "Kern and Brandt were married", "Kern, whom she married"."""
    if _read_were_married(scene, block, words, index, accounts):
        return
    who = doer(scene, block, words, index)
    past_to = _past_asides(words, index)
    other = object_of(scene, block, words, past_to) or _whom(scene, block, words, index)
    if other is None and _is_whose_relative(words, index):
        other = scene.ending(block, index - 1)  # "Brandt, whose daughter Ida he married"
        who = scene.topic(block, index)
    if other is None and words.words[index + 1 : index + 2] in (["her"], ["him"]):
        other = _betrothed(scene, block, words, index)
        who = who or scene.topic(block, index)
    if other is None and _read_both_married(scene, block, words, index, accounts):
        return
    before = PRONOUN_OF.get(words.words[index - 1].lower()) if index else None
    if who is not None and before is not None:
        scene.pronouns.setdefault(who, before)
    if who is None or other is None or not other.who.is_person:
        return
    _marry(scene, who, other, accounts)


def _read_both_married(
    scene: Scene, block: int, words: Words, index: int, accounts: Accounts
) -> bool:
    """Read "Nell Harrow and Tom Brice married in 1970"."""
    while index and words.words[index - 1] in {"were", "later", "had"}:
        index -= 1
    right = scene.ending(block, index)
    if right is None or not right.who.is_person:
        return False
    begin = right.shape.first - len(right.shape.titles)
    if words.words[begin - 1 : begin] != ["and"]:
        return False
    left = scene.ending(block, begin - 1)
    if left is not None and left.who.is_person:
        _marry(scene, left.who, right, accounts)
        return True
    pronoun = PRONOUN_OF.get(words.words[begin - 2].lower()) if begin > 1 else None
    who = scene.whose(block, begin - 2) if pronoun is not None else None
    if who is None or pronoun is None:
        return False
    scene.pronouns.setdefault(who, pronoun)
    _marry(scene, who, right, accounts)  # "She and Kern were married"
    return True


def _read_were_married(
    scene: Scene, block: int, words: Words, index: int, accounts: Accounts
) -> bool:
    """Read "He met Ilse Kern in Ulm. They were married in 1888"; whether they were."""
    texts = words.words
    they = _they_before(words, index)
    if they is None:
        return False
    couple: tuple[Identity, ...] = ()
    first, _ = words.sentence(index)
    if first:
        earlier, _ = words.sentence(first - 1)
        met = next((at for at in range(earlier, first) if texts[at] == "met"), None)
        if met is not None:
            who, other = subject_of_clause(scene, block, met), object_of(scene, block, words, met)
            couple = (who, other.who) if who is not None and other is not None else ()
            if not couple and who is None and other is not None:
                topic = scene.topic(block, met)
                couple = (topic, other.who) if topic is not None else ()
    couple = couple or scene.couple(block, they)
    if len(couple) == 2 and all(one.is_person for one in couple) and couple[0] is not couple[1]:
        other = next(
            (m for m in reversed(scene.between(block, 0, index)) if m.who is couple[1]), None
        )
        if other is not None:
            _marry(scene, couple[0], other, accounts)
    return True


def _betrothed(scene: Scene, block: int, words: Words, index: int) -> Mentioned | None:
    """Return Brandt in "He was betrothed to Ida Brandt, the daughter of ..., and married her"."""
    first, _ = words.sentence(index)
    for at in range(index - 1, first, -1):
        if words.words[at] in _PROMISED:
            past = at + 1
            while past < index and words.words[past] != "to":
                past += 1
            return object_of(scene, block, words, past) if past < index else None
    return None


_PROMISED = frozenset(
    {"engaged", "betrothed", "affianced", "introduced", "engagement", "betrothal"}
)


def _is_whose_relative(words: Words, index: int) -> bool:
    """Whether "whose daughter" and a name stand before the "he" of "he married"."""
    near = words.words[max(0, index - FARTHEST_WHOSE) : index]
    if near[-1:] not in (["he"], ["she"]) or "whose" not in near:
        return False
    return not {".", ";", ","} & set(near[near.index("whose") :])


FARTHEST_WHOSE = 6
"""Words from "whose daughter" to "married"."""


def _past_asides(words: Words, index: int) -> int:
    """Return the last word before whom somebody married: "married secondly, in 1595, Ilse"."""
    texts = words.words
    if texts[index + 1 : index + 2] and texts[index + 1] in _AGAIN:
        index += 1
    if texts[index + 1 : index + 3] in ([",", "in"], [",", "on"]):
        behind = texts[index + 2 : index + 2 + LONGEST_DATE]
        if "," in behind and any(word.isdecimal() for word in behind[: behind.index(",")]):
            index += 2 + behind.index(",")
    return index + 1 if texts[index + 1 : index + 2] == ["to"] else index


_AGAIN = frozenset({"firstly", "secondly", "thirdly", "again", "first", "second"})
LONGEST_DATE = 7
"""Words between the commas of "married, on 3 May 1595, Ilse"."""


def _they_before(words: Words, index: int) -> int | None:
    """Return where "They" stands in "They were married", "They became engaged and married"."""
    texts = words.words
    if texts[index + 1 : index + 2] == ["to"]:
        return None
    before = texts[index - 1].lower() if index else ""
    if before in {"were", "later", "had"} and index > 1:
        before, index = texts[index - 2].lower(), index - 1
    if before == "they":
        return index - 1
    if before != "and":
        return None
    first, _ = words.sentence(index)
    begins = [word.lower() for word in texts[first:index]]
    return first if begins[0] == "they" and ";" not in begins else None


def _whom(scene: Scene, block: int, words: Words, index: int) -> Mentioned | None:
    """Return Kern in "Kern, whom she later married"."""
    for at in range(index - 1, max(-1, index - 6), -1):
        if words.words[at] == "whom":
            comma = at - 1 if at and words.words[at - 1] == "," else at
            return scene.ending(block, comma)
    return None


def read_marriage_to(
    scene: Scene, block: int, words: Words, index: int, accounts: Accounts
) -> None:
    """Read "his marriage to Brandt": whose it is, "his" or the sentence says."""
    owner = words.words[index - 1].lower() if index else ""
    if words.words[index + 1 : index + 2] != ["to"]:
        return
    other = object_of(scene, block, words, index + 1)
    if owner not in {"his", "her"} or other is None or not other.who.is_person:
        return
    who = scene.whose(block, index - 1)
    if who is None:
        first, last = words.sentence(index)
        for at in range(index, last):  # "After her marriage to Kern she ..."
            if PRONOUN_OF.get(words.words[at].lower()) is PRONOUN_OF[owner]:
                who = scene.topic(block, first - 1) if first else scene.subject
                break
    if who is not None:
        scene.pronouns.setdefault(who, PRONOUN_OF[owner])
        _marry(scene, who, other, accounts)


def _marry(scene: Scene, who: Identity, other: Mentioned, accounts: Accounts) -> None:
    pronoun = scene.pronouns.get(who)
    if pronoun is None and other.who in scene.pronouns:
        is_he = scene.pronouns[other.who] is Pronoun.HE
        pronoun = Pronoun.SHE if is_he else Pronoun.HE
    kind = {Pronoun.HE: "wife", Pronoun.SHE: "husband"}.get(pronoun or Pronoun.IT, "spouse")
    if who is other.who:
        return
    accounts.relate(other.who, kind, who)
    say(accounts, other.who, kind, who, Rank.DID, other)
