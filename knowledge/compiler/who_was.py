"""Sentences that say who somebody was: "Kern was a Dutch pilot", "The leader was Kern"."""

from __future__ import annotations

from knowledge.compiler.accounts import Account, Accounts, Rank, listed, past_bracket
from knowledge.compiler.identity import Mentioned
from knowledge.compiler.people_words import KIN
from knowledge.compiler.phrases import phrase_start, read_phrase
from knowledge.compiler.scene import Scene
from knowledge.compiler.words import Words

LONGEST_LEAD = 60
"""Words of names and dates between an article's subject and "was a"."""

LONGEST_ASIDE = 20
"""Words between commas behind any other name."""

_ASIDES = frozenset({"née", "né", "born", "also", "better", "known", "called", "who", "nicknamed"})


def read_was(
    scene: Scene, block: int, words: Words, mention: Mentioned, accounts: Accounts
) -> None:
    """Read "Kern was a pilot", "Kern (1883–1941), née Brandt, was a pilot", "became a judge"."""
    texts = words.words
    at = past_bracket(words, mention.shape.last)
    _, last = words.sentence(mention.shape.first)
    if texts[at : at + 1] == [","] and texts[at + 1 : at + 2] in (["was"], ["is"]):
        at += 1  # "His father, Peter Kern, was"
    elif at < last and texts[at] == ",":
        at = _past_aside(scene, block, words, at, last, mention)
    if at >= last:
        return
    verb = texts[at]
    if verb in {"was", "is", "were", "are"}:
        rank = Rank.WAS
    elif verb == "became":
        rank = Rank.BECAME
    else:
        return
    phrase = read_phrase(scene, block, at + 1, last, tail=True, series=True, agents=True)
    if phrase is None or phrase.is_list:
        return
    accounts.take(words, block, mention, phrase, rank)


def read_was_name(scene: Scene, block: int, words: Words, place: int, accounts: Accounts) -> None:
    """Read "The leader of the rising was Kern", "Its founders were Kern and Brandt"."""
    mention = scene.mentions[block][place]
    texts = words.words
    begin = mention.shape.first - len(mention.shape.titles)
    start = phrase_start(scene, block, begin) if begin and words.is_next(begin) else None
    verb = (begin if start is None else start) - 1
    if verb < 1 or texts[verb] not in {"was", "were", "is", "are"}:
        return
    first, _ = words.sentence(verb)
    clause = first
    for at in range(first, verb):
        if texts[at] in {";", ":"}:
            clause = at + 1
    phrase = read_phrase(scene, block, clause, verb, tail=True, apart=mention.who)
    if phrase is None or phrase.last != verb:
        return
    for named in listed(scene, block, words, place) if phrase.is_list else [mention]:
        accounts.take(words, block, named, phrase, Rank.WAS_NAME)


def _past_aside(
    scene: Scene, block: int, words: Words, at: int, last: int, mention: Mentioned
) -> int:
    """Return the word after an aside between commas, or in a lead, where "was" says who it is."""
    texts = words.words
    is_lead = block == _first_block(scene) and mention.who is scene.subject
    if is_lead and mention.shape.first == 0:
        for verb in range(at, min(last, at + LONGEST_LEAD)):
            following = texts[verb + 1] if verb + 1 < last else ""
            if texts[verb] in {"was", "is"} and following in {"a", "an", "the"}:
                return verb
    phrase = read_phrase(scene, block, at + 1, last, tail=True, apart=mention.who)
    if phrase is not None and phrase.last < last and texts[phrase.last] == ",":
        return phrase.last + 1
    if at + 1 < last and texts[at + 1].lower() in _ASIDES:
        for end in range(at + 2, min(last, at + LONGEST_ASIDE)):
            if texts[end] == ",":
                return end + 1
    return last


def _first_block(scene: Scene) -> int:
    return next(
        (i for i, words in enumerate(scene.texts) if words is not None and len(words) > 8), 0
    )


def read_fronted(scene: Scene, accounts: Accounts) -> None:
    """Read "The third son of Robert Kern, a judge, he went to sea"."""
    for block, index in (*scene.places.get("he", ()), *scene.places.get("she", ())):
        words = scene.words(block)
        first, _ = words.sentence(index)
        if index < first + 3 or words.words[index - 1] != ",":
            continue
        phrase = read_phrase(scene, block, first, index - 1, tail=True)
        if phrase is None or phrase.is_list or phrase.head not in KIN:
            continue
        who = scene.whose(block, index)
        if who is not None and who not in phrase.owners:
            for owner in phrase.owners:
                accounts.relate(who, phrase.head, owner)


def read_he_was(scene: Scene, accounts: Accounts) -> None:
    """Read "She was a pilot", "He was the fifth child of ..."."""
    for block, index in (*scene.places.get("he", ()), *scene.places.get("she", ())):
        words = scene.words(block)
        texts = words.words
        if texts[index + 1 : index + 2] == ["became"] or not texts[index][0].isupper():
            _read_became(scene, block, words, index, accounts)
            continue
        if texts[index + 1 : index + 2] not in (["was"], ["is"]):
            continue
        who = scene.whose(block, index)
        if who is None:
            continue
        _, last = words.sentence(index)
        phrase = read_phrase(scene, block, index + 2, last, tail=True, series=True)
        if phrase is None or phrase.is_list:
            continue
        for owner in phrase.owners:
            accounts.relate(who, phrase.head, owner)
        if phrase.text and texts[index + 2] in {"a", "an", "the", "one"}:
            accounts.said[who].append(
                Account(
                    Rank.HE_WAS,
                    phrase.text,
                    block,
                    words.starts[index],
                    words.stops[phrase.last - 1],
                    is_relation=phrase.head in KIN,
                    head=phrase.head,
                )
            )


def _read_became(scene: Scene, block: int, words: Words, index: int, accounts: Accounts) -> None:
    """Read "In Ebbing he became a pupil of Kern": whose pupil somebody is, and no more."""
    texts = words.words
    verb = texts[index + 1 : index + 3]
    if len(verb) < 2 or verb[0] not in {"became", "was"} or verb[1] not in {"a", "an", "the"}:
        return
    _, last = words.sentence(index)
    phrase = read_phrase(scene, block, index + 2, last, tail=True)
    if phrase is None or phrase.is_list or not phrase.owners or phrase.head in _OF_A_TIME:
        return
    who = scene.whose(block, index)
    if who is None or who in phrase.owners:
        return
    for owner in phrase.owners:
        if owner.is_person:
            accounts.relate(who, phrase.head, owner)


_OF_A_TIME = frozenset({"widow", "widower", "victim", "guest", "prisoner", "minister", "head"})
"""Nouns that say what somebody became to another for a while, or by another's deed."""
