"""Sentences that say who somebody was: "Kern was a Dutch pilot", "The leader was Kern"."""

from __future__ import annotations

from knowledge.compiler.accounts import Account, Accounts, Rank, listed, past_bracket
from knowledge.compiler.asides import FRONTED
from knowledge.compiler.identity import Mentioned
from knowledge.compiler.people_words import KIN, is_role
from knowledge.compiler.phrases import phrase_start, read_phrase
from knowledge.compiler.scene import Scene
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.words import Words

LONGEST_LEAD = 60
"""Words of names and dates between an article's subject and "was a"."""

LONGEST_ASIDE = 20
"""Words between commas behind any other name."""

LONGEST_FRONT = 9
"""Words of "to his father's dismay" between commas."""

_CHOSEN = frozenset({"elected", "appointed", "named", "made", "chosen"})
_BEHIND_OFFICE = frozenset({"on", "in", "by", "with", "after", "at", "from", "to", "as"})
_CHOSEN_NEXT = tuple([word] for word in _CHOSEN)
_CHOSEN_AFTER = frozenset({"was", "were"})

_ASIDES = frozenset({"née", "né", "born", "also", "better", "known", "called", "who", "nicknamed"})


def read_was(
    scene: Scene, block: int, words: Words, mention: Mentioned, accounts: Accounts
) -> None:
    """Read "Kern was a pilot", "Kern (1883–1941), née Brandt, was a pilot", "became a judge"."""
    texts = words.words
    at = past_bracket(words, mention.shape.last)
    _, last = words.sentence(mention.shape.first)
    if texts[at : at + 1] == [","] and texts[at + 1 : at + 2] in (["was"], ["is"], ["became"]):
        if _ends_an_aside(scene, block, words, mention):
            return
        at += 1  # "His father, Peter Kern, was"
    elif at < last and texts[at] == ",":
        at = _past_aside(scene, block, words, at, last, mention)
    if at >= last:
        return
    verb = texts[at]
    if verb in {"was", "is", "were", "are"} and texts[at + 1 : at + 2] not in _CHOSEN_NEXT:
        rank = Rank.WAS
    elif verb == "became":
        rank = Rank.BECAME
    elif verb in _CHOSEN_AFTER and texts[at + 1 : at + 2] and texts[at + 1] in _CHOSEN:
        rank, at = Rank.BECAME, at + 1
    elif verb in {"a", "an"} and _is_gapped(words, mention, at):
        rank, at = Rank.BECAME, at - 1
    else:
        return
    if texts[at] in _CHOSEN:  # "was elected mayor on 3 May with 5,214 votes"
        last = next((end for end in range(at + 1, last) if texts[end] in _BEHIND_OFFICE), last)
    apart = mention.who if texts[at + 1 : at + 2] in (["his"], ["her"]) else None
    phrase = read_phrase(
        scene, block, at + 1, last, tail=True, series=True, apart=apart, agents=True
    )
    if phrase is None or phrase.is_list:
        return
    accounts.take(words, block, mention, phrase, rank)


def _ends_an_aside(scene: Scene, block: int, words: Words, mention: Mentioned) -> bool:
    """Whether a name only says who another is: Brandt in "Ilse, the daughter of Brandt, was"."""
    first, _ = words.sentence(mention.shape.first)
    named = scene.between(block, first, mention.shape.first)
    told = next((other for other in named if other.who.is_person), None)
    if told is None:
        return False
    aside = words.words[told.shape.last : mention.shape.first]
    is_aside = aside[:1] == [","] and aside.count(",") == 1
    return is_aside and aside[1:2] != ["and"] and not {"of", "to"}.isdisjoint(aside)


def _is_gapped(words: Words, mention: Mentioned, at: int) -> bool:
    """Whether "became" is left out: "Kern became a pilot, his sister Ada (1891–1978) a judge"."""
    first, _ = words.sentence(at)
    verbs = [place for place in range(first, mention.shape.first) if _is_finite(words, place)]
    if not verbs or words.words[verbs[-1]] not in {"became", "was"}:
        return False
    between = words.words[verbs[-1] + 1 : mention.shape.first]
    return between[:1] in (["a"], ["an"], ["the"]) and ("," in between or "and" in between)


def _is_finite(words: Words, place: int) -> bool:
    return form(words.words[place]) is Form.FINITE


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
            is_said = following in {"a", "an", "the"} or is_role(following)
            if texts[verb] in {"was", "is"} and is_said:  # "was king of Salz"
                return verb
    phrase = read_phrase(scene, block, at + 1, last, tail=True, apart=mention.who)
    if phrase is not None and phrase.last < last and texts[phrase.last] == ",":
        return phrase.last + 1
    if at + 1 < last and texts[at + 1].lower() in FRONTED | {"to", "much"}:
        for end in range(at + 2, min(last, at + LONGEST_FRONT)):
            if texts[end] == "," or form(texts[end]) is Form.FINITE:
                # "Kern, to his father's dismay, became an engineer"
                return end + 1 if texts[end] == "," else last
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
