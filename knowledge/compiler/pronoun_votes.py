"""Who is "he" and who "she" in an article, by the pronouns that can only mean one person."""

from __future__ import annotations

from collections import defaultdict

from knowledge.compiler.cast import PRONOUN_OF, Pronoun
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.scene import Scene
from knowledge.compiler.words import Words

LEAST_VOTES = 0.7
"""The share of an article's "he" and "she" for somebody that settles which it is."""

_SUBORDINATES = frozenset("while when because that since as if".split())
_INALIENABLE = frozenset("life own mind word name hand hands arm leg eye eyes career".split())
_PARENTS = frozenset({"mother", "father", "parents"})


def vote_on_pronouns(scene: Scene) -> None:
    """Settle who is "he" and who "she", from pronouns that can only mean one person."""
    votes: dict[Identity, dict[Pronoun, float]] = defaultdict(lambda: defaultdict(float))
    total: dict[Pronoun, int] = defaultdict(int)
    is_hers = _is_life_of_a_woman(scene)
    for lowered, pronoun in PRONOUN_OF.items():
        for block, index in scene.places.get(lowered, ()):
            words = scene.words(block)
            total[pronoun] += 1
            if (
                lowered in {"he", "she"}
                or (lowered in {"his", "her"} and words.opens[index])
                or (lowered in {"his", "her"} and _is_own(scene, words, index, pronoun))
            ):
                who = _only_one(scene, block, words, index)
                if who is not None and not (is_hers and pronoun is Pronoun.SHE):
                    votes[who][pronoun] += 1.0
            elif lowered in {"his", "her"} and index and words.words[index - 1] == "and":
                before = scene.ending(block, index - 1) or _past_aside(scene, block, index - 1)
                if before is not None and before.who.is_person:
                    votes[before.who][pronoun] += 3.0
    if scene.subject is not None and scene.subject.is_person and total:
        for pronoun, times in total.items():
            votes[scene.subject][pronoun] += times / 4
    for who, counts in votes.items():
        if who in scene.pronouns:
            continue
        pronoun, count = max(counts.items(), key=lambda item: item[1])
        if count >= LEAST_VOTES * sum(counts.values()):
            scene.pronouns[who] = pronoun
    scene.forget_topics()


def _is_life_of_a_woman(scene: Scene) -> bool:
    """Whether an article is about a person and says "she" more than "he".

    There "she" behind somebody's name is most often her again, and shows nothing of them.
    """
    if scene.subject is None or not scene.subject.is_person:
        return False
    times = dict.fromkeys((Pronoun.HE, Pronoun.SHE), 0)
    for lowered, pronoun in PRONOUN_OF.items():
        times[pronoun] += len(scene.places.get(lowered, ()))
    return times[Pronoun.SHE] > times[Pronoun.HE]


def _only_one(scene: Scene, block: int, words: Words, index: int) -> Identity | None:
    """Return the one person whom a pronoun can mean: nobody else is named near it."""
    first, _ = words.sentence(index)
    named = scene.people(block, first, index)
    if named and not _SUBORDINATES.isdisjoint(words.words[max(first, index - 2) : index]):
        return None  # "Kern retired while she was ill"
    topic = scene.topic(block, index) if named else None
    if named and words.words[first].lower() in _SUBORDINATES:
        return None  # "When Kern fell ill she took over"
    if not named and index - first < 4 and first > 0:
        earlier, _ = words.sentence(first - 1)
        if PRONOUN_OF.get(words.words[earlier].lower()) is PRONOUN_OF[words.words[index].lower()]:
            return None  # "She broke it; Kern said nothing. Her ...": she goes on
        named = scene.people(block, earlier, first)
        topic = scene.topic(block, earlier)
    return named[0] if len(named) == 1 and topic is named[0] else None


def _is_own(scene: Scene, words: Words, index: int, pronoun: Pronoun) -> bool:
    """Whether "his" goes with what is one's own, as the sentence's subject has it.

    "In his life", "needed his mother's signature": unless the article is about such a person,
    who may be meant anywhere.
    """
    if scene.subject is not None and scene.agrees(scene.subject, pronoun):
        return False
    following = words.words[index + 1 : index + 2]
    return bool(following) and (following[0] in _INALIENABLE or following[0] in _PARENTS)


def _past_aside(scene: Scene, block: int, index: int) -> Mentioned | None:
    """Return the name before a bracket that closes before a word."""
    words = scene.words(block).words
    if not index or words[index - 1] != ")":
        return None
    at = index - 1
    while at > 0 and words[at] != "(" and index - at < 40:
        at -= 1
    return scene.ending(block, at)
