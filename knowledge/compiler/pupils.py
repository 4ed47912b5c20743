"""Who taught whom: "he studied under Kern", "her pupils included Brandt", "among his teachers"."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.compiler.accounts import Accounts, Rank, without_brackets
from knowledge.compiler.asides import subject_of_clause
from knowledge.compiler.cast import PRONOUN_OF
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.name_runs import OWNS
from knowledge.compiler.people_words import is_role
from knowledge.compiler.relation_sides import say
from knowledge.compiler.scene import Scene
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.verb_sides import doer
from knowledge.compiler.words import Words

FARTHEST_TEACHER = 9
"""Words from "studied" to "under"."""

FARTHEST_SUBJECT = 14
"""Words from "he" to a verb behind "and"."""

FARTHEST_OWNER = 5
"""Words from "his" to "pupils", and from "among" to it."""

PLURALS = {
    "pupils": "pupil",
    "students": "pupil",
    "disciples": "disciple",
    "apprentices": "apprentice",
    "teachers": "teacher",
    "tutors": "tutor",
    "mentors": "mentor",
    "coaches": "coach",
    "trainers": "trainer",
    "colleagues": "colleague",
    "collaborators": "collaborator",
    "friends": "friend",
    "classmates": "classmate",
    "successors": "successor",
}
"""Nouns for several people, and what each of them is to whose they are."""

_LISTING = frozenset({"included", "include", "were", "are", "was"})
_STUDY_WITH = frozenset({"studied", "trained"})


def read_studies(scene: Scene, block: int, words: Words, index: int, accounts: Accounts) -> None:
    """Read "he studied Greek under Kern and the organ with Brandt": both are his teachers."""
    texts = words.words
    who = _learner(scene, block, words, index)
    if who is None:
        return
    after_and = False
    at = index + 1
    stop = min(len(texts) - 1, index + FARTHEST_TEACHER)
    while at < stop:
        word = texts[at]
        leads = word == "under" or (word == "with" and texts[index].lower() in _STUDY_WITH)
        if leads:
            found = list(_listed(scene, block, words, at + 1))
            for teacher in found:
                if teacher.who is not who:
                    accounts.relate(teacher.who, "teacher", who)
                    say(accounts, teacher.who, "teacher", who, Rank.DID, teacher)
            at = found[-1].shape.last if found else at + 1
            if after_and or not found or texts[at : at + 1] != ["and"]:
                return
            after_and, stop = True, min(len(texts) - 1, at + FARTHEST_TEACHER)
        elif not word[0].isalpha() or form(word) is Form.FINITE:
            return
        at += 1


def _learner(scene: Scene, block: int, words: Words, index: int) -> Identity | None:
    """Return who studied: also in "Trained under Kern in Ebbing, he ..."."""
    if words.opens[index]:
        return scene.topic(block, index)
    if index and words.words[index - 1] in {"was", "were", "had", "been"}:
        return doer(scene, block, words, index - 1) or subject_of_clause(scene, block, index)
    who = doer(scene, block, words, index) or subject_of_clause(scene, block, index)
    return who or _nearest_pronoun(scene, block, words, index)


def _nearest_pronoun(scene: Scene, block: int, words: Words, index: int) -> Identity | None:
    """Return whom "he" means in "A scholarship took him to Ebbing, where he sang and studied"."""
    first, _ = words.sentence(index)
    if words.words[index - 1] != "and":
        return None
    for at in range(index - 1, max(first, index - FARTHEST_SUBJECT) - 1, -1):
        if words.words[at] in {"he", "she"}:
            return scene.whose(block, at)
        mention = scene.beginning(block, at)
        if mention is not None and mention.who.is_person:
            return None
    return None


def read_named_among(
    scene: Scene, block: int, words: Words, index: int, accounts: Accounts
) -> None:
    """Read "His pupils included Brandt", "Among her teachers was the painter Kern"."""
    texts = words.words
    verb = index + 1
    while verb < len(texts) and texts[verb] in {"there", "also", "at", "this", "time"}:
        verb += 1
    if texts[verb : verb + 1] == ["of"] or verb >= len(texts) or texts[verb] not in _LISTING:
        return
    kind = PLURALS[texts[index].lower()]
    if texts[index - 1 : index] == ["fellow"]:
        kind = f"fellow {texts[index].lower().removesuffix('s')}"
    owner = _owner_before(scene, block, words, index)
    if owner is None or (texts[verb] != "included" and not _is_among(words, index)):
        return
    for named in _listed(scene, block, words, verb + 1):
        if named.who is not owner:
            accounts.relate(named.who, kind, owner)
            say(accounts, named.who, kind, owner, Rank.DID, named)


def _owner_before(scene: Scene, block: int, words: Words, index: int) -> Identity | None:
    """Return whose pupils they are: "his", "Kern's"."""
    for at in range(index - 1, max(-1, index - FARTHEST_OWNER), -1):
        word = words.words[at]
        if word.lower() in {"his", "her"}:
            who = scene.whose(block, at)
            if who is not None:
                scene.pronouns.setdefault(who, PRONOUN_OF[word.lower()])
            return who
        if word in OWNS:
            mention = scene.ending(block, at)
            return mention.who if mention is not None and mention.who.is_person else None
        if not word[0].isalpha() or form(word) is Form.FINITE or words.opens[at]:
            return None
    return None


def _is_among(words: Words, index: int) -> bool:
    near = words.words[max(0, index - FARTHEST_OWNER) : index]
    return any(word.lower() == "among" for word in near)


def _listed(scene: Scene, block: int, words: Words, begin: int) -> Iterator[Mentioned]:
    """Yield the people of a list that begins at a word, each perhaps with what he was before him.

    "Lena Holm (1811–1880), Otto Brandt and the painter Ida Moll".
    """
    texts = words.words
    _, last = words.sentence(begin)
    past = begin
    for place, mention in enumerate(scene.between(block, begin, last)):
        first = mention.shape.first - len(mention.shape.titles)
        between = without_brackets(texts[past:first])
        if place and between[:1] not in ([","], ["and"]):
            return
        role = [word for word in between if word not in {",", "and", "later", "future", "also"}]
        if not mention.who.is_person or not _is_role_only(role):
            return
        if texts[mention.shape.last : mention.shape.last + 1] in ([one] for one in OWNS):
            return
        yield mention
        past = mention.shape.last
        if "and" in between:
            return


def _is_role_only(texts: list[str]) -> bool:
    """Whether words before a name only say what somebody is: "the film composer"."""
    if not texts:
        return True
    is_named = texts[0] in {"the", "a", "an"} or len(texts) < 3
    plain = all(word.isalpha() or "-" in word for word in texts)
    return is_named and plain and len(texts) < 6 and is_role(texts[-1])
