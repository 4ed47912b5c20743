"""What people are because they are named among others: "anarchists such as Kern"."""

from __future__ import annotations

from knowledge.compiler.accounts import (
    Account,
    Accounts,
    Rank,
    listed,
    past_bracket,
    without_brackets,
)
from knowledge.compiler.name_shapes import Vocabulary
from knowledge.compiler.people_words import singular_role
from knowledge.compiler.phrases import phrase_start, read_phrase
from knowledge.compiler.scene import Scene
from knowledge.compiler.words import Words

_LISTS = frozenset({"like", "including", "notably", "namely", "especially", "particularly"})

FARTHEST_CLASS = 5
"""Words between "historians" and "including": "historians of several generations including"."""


def read_one_of(
    scene: Scene,
    block: int,
    words: Words,
    place: int,
    vocabulary: Vocabulary,
    accounts: Accounts,
) -> None:
    """Read "anarchists like Kern", "historians such as Kern, Brandt and Holm"."""
    mention = scene.mentions[block][place]
    texts = words.words
    at = mention.shape.first - len(mention.shape.titles) - 1
    if at < 1:
        return
    is_bracket = texts[at] == "("
    if texts[at] in _LISTS or is_bracket:
        at -= 1
    elif texts[at] == "as" and texts[at - 1] == "such":
        at -= 2
    else:
        return
    if at >= 0 and texts[at] == ",":
        at -= 1
    if at < 0:
        return
    first, _ = words.sentence(at)
    for earlier in range(at, max(first, at - (1 if is_bracket else FARTHEST_CLASS)), -1):
        if singular_role(texts[earlier].lower()) is not None:
            at = earlier
            break
        if not texts[earlier][0].isalpha():
            break
    text = _singular(scene, block, words, at, vocabulary)
    if text is None:
        return
    for named in listed(scene, block, words, place):
        shape = named.shape
        account = Account(Rank.ONE_OF, text, block, words.starts[at], shape.stop)
        accounts.said[named.who].append(account)


def _singular(
    scene: Scene, block: int, words: Words, at: int, vocabulary: Vocabulary
) -> str | None:
    """Return one of those whom a plural noun names: "Varnian leaders" is "Varnian leader"."""
    noun = words.words[at]
    if noun[:-1] in vocabulary.groups and noun.endswith("s"):
        return noun[:-1]
    singular = singular_role(noun.lower())
    if singular is None or singular in {"person", "man", "woman"}:
        return None
    start = phrase_start(scene, block, at + 1)
    if start is None:
        return None
    phrase = read_phrase(scene, block, start, at + 1, tail=False)
    if phrase is None or not phrase.text or phrase.text.lower() in {"figure", "member"}:
        return None
    return phrase.text


def read_and_other(scene: Scene, block: int, words: Words, place: int, accounts: Accounts) -> None:
    """Read "Kern, Brandt and other editors of the Gazette"."""
    mentions = scene.mentions[block]
    texts = words.words
    at = past_bracket(words, mentions[place].shape.last)
    if texts[at : at + 1] == [","]:
        at += 1
    if texts[at : at + 2] != ["and", "other"]:
        return
    _, last = words.sentence(at)
    phrase = read_phrase(scene, block, at + 2, last, tail=True)
    if phrase is None or not phrase.is_list or not phrase.text:
        return
    for back in range(place, -1, -1):
        named = mentions[back]
        if not named.who.is_person:
            return
        accounts.take(words, block, named, phrase, Rank.ONE_OF)
        if back:
            before = mentions[back - 1]
            begin = named.shape.first - len(named.shape.titles)
            if without_brackets(texts[before.shape.last : begin]) not in ([","], ["and"]):
                return
