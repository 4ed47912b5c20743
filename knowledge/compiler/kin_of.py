"""Whose relative somebody is, where the noun stands apart from the name.

"Kern, a Thracian and the sister of Brandt", "two daughters: the elder, Anna, ...", "brought up by
an uncle", "the marshal's brother".
"""

from __future__ import annotations

from knowledge.compiler.accounts import Accounts, Rank, past_bracket
from knowledge.compiler.asides import subject_of_clause
from knowledge.compiler.children_listed import items_behind
from knowledge.compiler.identity import Identity
from knowledge.compiler.people_words import KIN, PLURAL_KIN
from knowledge.compiler.phrase_owners import CHILDREN, owners_up_to
from knowledge.compiler.relation_sides import say
from knowledge.compiler.scene import Scene
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.words import FUNCTION_WORDS, Words

LONGEST_DESCRIPTION = 16
"""Words between a name and "and the sister of" behind it."""

FARTHEST_DETERMINER = 4
"""Words from "the" to "brother": "the much younger half-brother"."""

_ARTICLES = frozenset({"a", "an", "the"})


def read_kin_of(scene: Scene, block: int, words: Words, index: int, accounts: Accounts) -> None:
    """Read "the sister of Brandt" behind "Kern, a Thracian and", ", who was" or a comma."""
    texts = words.words
    if texts[index] in CHILDREN and texts[index + 1 : index + 2] == [":"]:
        read_children_listed(scene, block, words, index, accounts)
    if texts[index + 1 : index + 2] != ["of"]:
        return
    head = texts[index]
    who = _whose_description(scene, block, words, index)
    if who is None:
        return
    _, last = words.sentence(index)
    for owner in owners_up_to(scene, block, words, index + 1, last, head):
        if owner.is_person and owner is not who and (head, owner) not in accounts.relations[who]:
            accounts.relate(who, head, owner)
            say(accounts, who, head, owner, Rank.DID, None)


def _whose_description(scene: Scene, block: int, words: Words, index: int) -> Identity | None:
    """Return the person whom a noun for a relative describes, by the name before it."""
    texts = words.words
    at = index - 1
    while at > 0 and texts[at].isalpha() and _may_stand_before_kin(texts[at]):
        at -= 1
    is_bare = at == index - 1 and texts[at] == ","  # "Kern was a judge, son of"
    if index - at > FARTHEST_DETERMINER or not (texts[at] in _ARTICLES or is_bare):
        return None
    before = at if is_bare else at - 1
    if before < 1:
        return None
    if texts[before] == "was" and texts[before - 1] == "who":
        comma = before - 2
        return _ending(scene, block, words, comma) if texts[comma] == "," else None
    if texts[before] == ",":
        return _ending(scene, block, words, before) or _born_before(scene, block, words, before)
    if texts[before] != "and":
        return None
    for comma in range(before - 1, max(0, before - LONGEST_DESCRIPTION), -1):
        if texts[comma] == ",":
            return _ending(scene, block, words, comma)
        if texts[comma] in {"was", "is"} and texts[comma + 1] in _ARTICLES:
            return subject_of_clause(scene, block, comma)  # "He was the son of A and the brother"
        is_word = texts[comma][0].isalpha()
        if not is_word or form(texts[comma]) is Form.FINITE or texts[comma] == "who":
            return None
    return None


def _may_stand_before_kin(word: str) -> bool:
    """Whether a word may stand between "the" and "son": "the second surviving son"."""
    return word in _ORDINALS or word not in FUNCTION_WORDS


_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth last only".split())


def _born_before(scene: Scene, block: int, words: Words, comma: int) -> Identity | None:
    """Return Kern in "Kern was born at the mill in Ebbing, the daughter of"."""
    texts = words.words
    first, _ = words.sentence(comma)
    for at in range(comma - 1, first, -1):
        if texts[at] == "born":
            is_main = texts[at - 1] == "was" and not scene.people(block, at, comma)
            return subject_of_clause(scene, block, at) if is_main else None
        if texts[at] in {"was", "is"} and texts[at + 1] in {"a", "an"}:
            is_alone = not scene.people(block, at, comma)  # "Kern was a smith, the son of"
            return subject_of_clause(scene, block, at) if is_alone else None
        if texts[at] in {";", ":", ")"} or form(texts[at]) is Form.FINITE:
            return None
    return None


def _ending(scene: Scene, block: int, words: Words, stop: int) -> Identity | None:
    """Return the person whose name, or the bracket behind it, ends before a word."""
    texts = words.words
    at = stop
    if at and texts[at - 1] == ")":
        at = words.opening_bracket(at - 1)
    mention = scene.ending(block, at)
    if mention is None or not mention.who.is_person:
        return None
    if texts[mention.shape.first - 1 : mention.shape.first] in (["in"], ["at"], ["near"]):
        return None
    return mention.who if past_bracket(words, at) == stop else None


def read_elder(scene: Scene, block: int, words: Words, index: int, accounts: Accounts) -> None:
    """Read "the couple had two daughters: the elder, Anna, was born in 1889"."""
    texts = words.words
    if index < 1 or texts[index - 1] != "the" or texts[index + 1 : index + 2] != [","]:
        return
    mention = scene.beginning(block, index + 2)
    if mention is None or not mention.who.is_person:
        return
    first, _ = words.sentence(index)
    at = next((a for a in range(index - 1, first, -1) if texts[a] in PLURAL_KIN), None)
    if at is None:
        return
    had = next((a for a in range(at - 1, first, -1) if texts[a] in {"had", "have", "has"}), None)
    kin = PLURAL_KIN[texts[at]]
    if had is not None:
        owners = those_who_had(scene, block, words, had)
    elif texts[at - 1].lower() in {"his", "her"}:  # "Three of her brothers served; the eldest, Jan"
        whose = scene.whose(block, at - 1)
        owners = (whose,) if whose is not None else ()
    else:
        return
    for owner in owners:
        accounts.relate(mention.who, kin, owner)
        say(accounts, mention.who, kin, owner, Rank.DID, mention)
    for sibling, relations in accounts.relations.items():
        if kin in CHILDREN and sibling is not mention.who and owners:
            both = all((kin, owner) in relations for owner in owners)
            of_each_other = {"son": "brother", "daughter": "sister"}.get(kin)
            if both and of_each_other and _is_between(scene, block, at, index, sibling):
                _relate_siblings(accounts, sibling, mention.who, of_each_other)
                return


def read_children_listed(
    scene: Scene, block: int, words: Words, index: int, accounts: Accounts
) -> None:
    """Read "By Brandt, Kern had two children:" with a list of them behind it or below."""
    colon = _colon_of(words, index)
    if colon is None:
        return
    first, _ = words.sentence(index)
    verbs = {"had", "has", "have", "produced"}
    had = next((a for a in range(index - 1, first, -1) if words.words[a] in verbs), None)
    owners = those_who_had(scene, block, words, had) if had is not None else ()
    noun = words.words[index].lower()
    is_mixed = had is not None and "and" in words.words[had:index]
    kin = "child" if is_mixed else PLURAL_KIN.get(noun, noun)  # "two sons and a daughter:"
    if colon + 1 < len(words):
        for at in items_behind(words, colon):
            named = scene.beginning(block, at)
            if named is None or not named.who.is_person:
                continue
            accounts.owners.setdefault((block, named.shape.first), owners)
            for owner in owners:
                accounts.relate(named.who, kin, owner)
                say(accounts, named.who, kin, owner, Rank.DID, named)
        return
    following = block + 1
    child = scene.beginning(following, 0)
    while owners and child is not None and child.who.is_person:
        for owner in owners:
            accounts.relate(child.who, kin, owner)
            say(accounts, child.who, kin, owner, Rank.DID, child)
        following += 1
        child = scene.beginning(following, 0)


def _colon_of(words: Words, index: int) -> int | None:
    """Return the colon right behind "children", or behind "children, of whom three survived"."""
    texts = words.words
    if texts[index + 1 : index + 2] in ([":"], ["including"]):
        return index + 1
    if texts[index + 1 : index + 3] == [",", "including"]:
        return index + 2
    if texts[index + 1 : index + 4] != [",", "of", "whom"]:
        return None
    near = texts[index + 4 : index + 8]
    return index + 4 + near.index(":") if ":" in near else None


def _relate_siblings(accounts: Accounts, one: Identity, other: Identity, kind: str) -> None:
    accounts.relate(one, kind, other)
    accounts.relate(other, kind, one)


def _is_between(scene: Scene, block: int, first: int, last: int, who: Identity) -> bool:
    return who in scene.people(block, first, last)


def those_who_had(scene: Scene, block: int, words: Words, verb: int) -> tuple[Identity, ...]:
    """Return whose children "had" tells of: "Kern and Brandt", "he", "by Brandt, Kern"."""
    texts = words.words
    first, _ = words.sentence(verb)
    before = texts[verb - 1].lower() if verb > first else ""
    owners: tuple[Identity, ...]
    if before in {"he", "she"}:
        who = scene.whose(block, verb - 1)
        owners = (who,) if who is not None else ()
    elif before in {"they", "couple", "both", "marriage", "union"}:
        return scene.couple(block, verb)
    else:
        owners = _joined_before(scene, block, words, verb)
        if not owners:
            owner = subject_of_clause(scene, block, verb) or scene.topic(block, first)
            owners = (owner,) if owner is not None else ()
    other = _by_whom(scene, block, words, first, verb)
    return (*owners, other) if other is not None and other not in owners else owners


def _joined_before(scene: Scene, block: int, words: Words, verb: int) -> tuple[Identity, ...]:
    """Return Kern and Brandt before the verb of "Kern and Brandt had two sons"."""
    right = scene.ending(block, verb)
    if right is None or not right.who.is_person:
        return ()
    begin = right.shape.first - len(right.shape.titles)
    if words.words[begin - 1 : begin] != ["and"]:
        return (right.who,)
    left = scene.ending(block, begin - 1)
    if left is not None and left.who.is_person:
        return left.who, right.who
    if begin > 1 and words.words[begin - 2].lower() in {"he", "she"}:
        who = scene.whose(block, begin - 2)
        return (who, right.who) if who is not None else ()
    return (right.who,)


def _by_whom(scene: Scene, block: int, words: Words, first: int, verb: int) -> Identity | None:
    """Return Brandt in "By Brandt, who was a widow, he had a son"."""
    for at in range(verb - 1, first - 1, -1):
        if words.words[at - 1 : at + 1] in (["by", "whom"], ["with", "whom"]):
            comma = at - 2 if words.words[at - 2] == "," else at - 1
            before = scene.ending(block, comma)
            return before.who if before is not None and before.who.is_person else None
        if words.words[at] == "By":
            mention = scene.beginning(block, at + 1)
            return mention.who if mention is not None and mention.who.is_person else None
    return None


KIN_NOUNS = tuple(word for word in KIN if word not in {"heir", "partner", "companion", "lover"})
"""Nouns that are looked for in the text with "of" behind them."""
