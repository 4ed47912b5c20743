"""Whose relative somebody is by what stands before his name: "his sister", "had two sons:"."""

from __future__ import annotations

from dataclasses import replace

from knowledge.compiler.accounts import Accounts, Rank, listed, without_brackets
from knowledge.compiler.asides import subject_of_clause
from knowledge.compiler.first_verb import is_kin
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.kin_of import those_who_had
from knowledge.compiler.people_words import KIN, PLURAL_KIN, SOCIAL
from knowledge.compiler.phrase_owners import CHILDREN
from knowledge.compiler.phrases import Phrase, phrase_start, read_phrase
from knowledge.compiler.scene import Scene
from knowledge.compiler.words import Words

_ENDS = frozenset({"née", "né", ",", ".", ";", ":", ")", "(", "—", "–", "and", "!", "?"})


def read_kin_before_role(
    scene: Scene, block: int, words: Words, mention: Mentioned, start: int, accounts: Accounts
) -> None:
    """Read "his sister" in "his sister, the poet Lena Kern"."""
    if start < 2 or words.words[start - 1] != "," or words.words[start].lower() != "the":
        return
    begin = phrase_start(scene, block, start - 1)
    phrase = read_phrase(scene, block, begin, start - 1, tail=False) if begin is not None else None
    if phrase is not None and phrase.head not in KIN and phrase.head not in SOCIAL:
        return
    if phrase is not None and begin is not None and phrase.head in CHILDREN and not phrase.owners:
        phrase = kin_of_owners_before(scene, block, words, begin, phrase)
    if phrase is not None and begin is not None and phrase.head in KIN and not phrase.owners:
        _take_uncle(scene, block, words, begin, phrase)
    if phrase is None or not phrase.owners or mention.who in phrase.owners or phrase.is_list:
        return
    is_list = words.words[mention.shape.last : mention.shape.last + 2] == ["and", "the"]
    # "her brother, the guitarist Kern and the drummer Brandt": the brother may be a third one
    if phrase.last == start - 1 and is_closed(words, mention) and not is_list:
        accounts.take(words, block, mention, phrase, Rank.BEFORE)


def _take_uncle(scene: Scene, block: int, words: Words, begin: int, phrase: Phrase) -> None:
    """Read "Kern was brought up by an uncle, the priest Otto Varn": the uncle is Kern's."""
    if begin < 2 or words.words[begin].lower() not in {"a", "an"} or phrase.head in CHILDREN:
        return
    is_by = words.words[begin - 1] in {"by", "with"}
    whose = subject_of_clause(scene, block, begin) if is_by else None
    if whose is not None:
        phrase.owners = (whose,)
        phrase.text = f"{phrase.text} of {whose.name}" if phrase.text else ""


def read_kin_of_before(
    scene: Scene, block: int, words: Words, place: int, comma: int, accounts: Accounts
) -> None:
    """Read "the brother of Queen Isolde, Prince Emeric, arrived"."""
    mention, owner = scene.mentions[block][place], scene.mentions[block][place - 1]
    begin = owner.shape.first - len(owner.shape.titles)
    if owner.shape.last != comma or begin < 2 or words.words[begin - 1] != "of":
        return
    start = phrase_start(scene, block, begin - 1)
    phrase = read_phrase(scene, block, start, comma, tail=True) if start is not None else None
    if phrase is None or phrase.owners != (owner.who,) or phrase.head not in KIN:
        return
    if words.words[start or 0].lower() == "the" and is_closed(words, mention):
        accounts.take(words, block, mention, phrase, Rank.BEFORE)


def read_kin_before_colon(
    scene: Scene, block: int, words: Words, place: int, colon: int, accounts: Accounts
) -> None:
    """Read "Three sisters survived infancy: Lena, Marta and Ilse"."""
    first, _ = words.sentence(colon)
    for at in range(colon - 1, first - 1, -1):
        kin = PLURAL_KIN.get(words.words[at].lower())
        if kin is None:
            continue
        phrase = read_phrase(scene, block, at, at + 1, tail=False)
        whose = scene.carried(block, first, None)
        if phrase is not None and whose is not None:
            phrase.owners = (whose,)
            phrase.text = f"{kin[:1].upper()}{kin[1:]} of {whose.name}"
            for named in listed(scene, block, words, place):
                accounts.take(words, block, named, phrase, Rank.BEFORE)
        return


def take_parents(
    words: Words, block: int, named: list[Mentioned], phrase: Phrase, accounts: Accounts
) -> None:
    """Take "her parents, Howard and Lucille Tarr": the father is named before the mother."""
    owners = " and ".join(who.name for who in phrase.owners)
    for mention, kind in zip(named, ("father", "mother"), strict=True):
        text = f"{kind.capitalize()} of {owners}" if owners else ""
        accounts.take(words, block, mention, replace(phrase, head=kind, text=text), Rank.BEFORE)


MUTUAL = frozenset({"brother", "sister", "sibling", "twin", "cousin"})


def relate_each_other(named: list[Mentioned], phrase: Phrase, accounts: Accounts) -> None:
    """Read "the brothers Axel and Bengt Ros": each is the other's brother."""
    for one in named:
        for other in named:
            if one.who is not other.who:
                accounts.relate(one.who, phrase.head, other.who)


def carry_owners(
    scene: Scene,
    block: int,
    words: Words,
    place: int,
    start: int,
    phrase: Phrase,
    accounts: Accounts,
) -> None:
    """Give "his son A, sister B and brother C" one owner: his, of whom the first is told."""
    before = scene.mentions[block][place - 1]
    between = without_brackets(words.words[before.shape.last : start])
    if between not in ([","], ["and"], [",", "and"]):
        return
    owners = accounts.owners.get((block, before.shape.first), ())
    if owners:
        phrase.owners = owners
        names = " and ".join(who.name for who in owners)
        phrase.text = f"{phrase.head[:1].upper()}{phrase.head[1:]} of {names}"


def kin_of_owners_before(
    scene: Scene, block: int, words: Words, start: int, phrase: Phrase
) -> Phrase:
    """Give "had two sons, A and B" its owners: whom the sentence is about."""
    first, _ = words.sentence(start)
    verbs = [at for at in range(first, start) if words.words[at] in {"had", "has", "have", "bore"}]
    if not verbs and phrase.head in CHILDREN and start > first:
        phrase.owners = _parents_of_the_child_before(scene, block, words, first, start)
        if phrase.owners:
            names = " and ".join(who.name for who in phrase.owners)
            phrase.text = f"{phrase.head.capitalize()} of {names}"
            return phrase
    is_a_relative = words.words[start].lower() in {"a", "an"} and (
        words.opens[start] or words.words[first:start] in (["There", "was"], ["There", "were"])
    )
    if not verbs and not is_a_relative:
        return phrase
    owners: tuple[Identity, ...]
    if not verbs:
        whose = scene.carried(block, first, None)
        if first and whose is not scene.topic(block, first - 1):
            whose = scene.subject  # named in the sentence before, which is not about them
        owners = (whose,) if whose is not None else ()
    elif words.words[verbs[-1]] == "bore":
        owners = _parents_of_the_born(scene, block, words, verbs[-1])
    else:
        owners = those_who_had(scene, block, words, verbs[-1])
    if owners:
        phrase.owners = owners
        names = " and ".join(who.name for who in owners)
        phrase.text = f"{phrase.head[:1].upper()}{phrase.head[1:]} of {names}"
    return phrase


def _parents_of_the_child_before(
    scene: Scene, block: int, words: Words, first: int, start: int
) -> tuple[Identity, ...]:
    """Return whose son Jan is in "Their daughter Isla was born in 1811; a son, Jan, in 1813"."""
    texts = words.words
    opening = texts[first].lower()
    is_of_somebody = opening in {"his", "her", "their"} and is_kin(texts, first + 1)
    before = texts[start - 1]
    if not is_of_somebody or before not in {";", "and"} or texts[start].lower() in _OWNERS_AND_THE:
        return ()
    named = [m for m in scene.between(block, first, start) if m.who.is_person]
    owners = scene.kin_of.get((block, named[0].shape.first), ()) if named else ()
    child = next((word for word in texts[first + 1 :] if word.lower() in KIN), "")
    return owners if child in CHILDREN else ()


_OWNERS_AND_THE = frozenset({"the", "his", "her", "their", "its", "whose"})


def _parents_of_the_born(scene: Scene, block: int, words: Words, verb: int) -> tuple[Identity, ...]:
    """Return who "she bore him" tells of: the mother, and her husband."""
    mention = scene.ending(block, verb)
    mother = mention.who if mention is not None else scene.whose(block, verb - 1)
    if mother is None and words.words[verb - 1] == "and":
        mother = subject_of_clause(scene, block, verb)
    if mother is None:
        return ()
    husbands = scene.spouses.get(mother, [])
    if len(husbands) > 1:
        near = scene.people(block, words.sentence(verb)[0], verb)
        husbands = [who for who in husbands if who in near]
    is_his = words.words[verb + 1 : verb + 2] == ["him"] and len(husbands) == 1
    return (husbands[0], mother) if is_his else (mother,)


def is_closed(words: Words, mention: Mentioned) -> bool:
    """Whether a name behind a comma is set off by what follows, as an apposition is."""
    last = mention.shape.last
    return last >= len(words) or words.words[last] in _ENDS
