"""What is said of an article's people, as the ways of saying it hand it on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from knowledge.compiler.cast import Pronoun
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.people_words import KIN, SOCIAL, is_role, pronoun_of
from knowledge.compiler.phrases import Phrase
from knowledge.compiler.roman_names import is_roman
from knowledge.compiler.scene import Scene
from knowledge.compiler.words import Words


class Rank(IntEnum):
    """How much a way of saying what somebody is tells, best first."""

    WAS = 0
    """ "Kern was a Dutch pilot." """
    BEHIND = 1
    """ "Kern, a Dutch pilot, ..." """
    BEFORE = 2
    """ "the Dutch pilot Kern" """
    HE_WAS = 3
    """ "She was a Dutch pilot." """
    WAS_NAME = 4
    """ "The first tenant was Kern." """
    DID = 5
    """ "the band that Kern founded" """
    TITLE = 6
    """ "General Kern" """
    ONE_OF = 7
    """ "pilots such as Kern" """
    BECAME = 8
    OPPOSITE = 9
    """What follows from what another is said to be: the mother of a son."""
    DEED = 10
    """ "Kern signed the decree" """


@dataclass(slots=True)
class Account:
    """One thing that the article says somebody is, and where: offsets in a block's text.

    `head` is its noun, where it has one. `is_relation` says that it tells whose somebody is.
    """

    rank: Rank
    text: str
    block: int
    start: int
    stop: int
    is_relation: bool = False
    head: str = ""


@dataclass(slots=True)
class Accounts:
    """What is said of everybody."""

    said: dict[Identity, list[Account]] = field(default_factory=lambda: defaultdict(list))
    relations: dict[Identity, dict[tuple[str, Identity], None]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    kin_nouns: dict[Identity, str] = field(default_factory=dict)
    """The noun by which somebody is a relative, of whomever: "Their nephew was Kern"."""

    owners: dict[tuple[int, int], tuple[Identity, ...]] = field(default_factory=dict)
    """Whose relative a name's phrase says that it is, by the name's block and word.

    It is the scene's own table, which tells whom "his" means behind such a name.
    """

    def relate(self, who: Identity, kind: str, to: Identity) -> None:
        """Note that somebody is the `kind` of another."""
        if who is to:
            return
        kind = _SAME_RELATION.get(kind, kind)
        known = self.relations[who]
        if kind in _SPOUSES:
            known.pop(("spouse", to), None)
        elif kind == "spouse" and any((some, to) in known for some in _SPOUSES):
            return
        known[kind, to] = None

    def take(
        self, words: Words, block: int, mention: Mentioned, phrase: Phrase, rank: Rank
    ) -> None:
        """Note what a phrase says of whom a name means, and whose relative that makes them."""
        owners = [who for who in phrase.owners if who is not mention.who]
        is_of_himself = bool(phrase.owners) and not owners  # "Kern, whose widow, Ida, ..."
        if not phrase.is_list and phrase.head in KIN and not is_of_himself:
            self.kin_nouns.setdefault(mention.who, phrase.head)
        if phrase.head in KIN and rank is not Rank.WAS:
            self.owners.setdefault((block, mention.shape.first), phrase.owners)
        for owner in owners:
            for head in (*phrase.more_heads, phrase.head):
                self.relate(mention.who, head, owner)
        if phrase.text and not is_of_himself:
            self.said[mention.who].append(
                Account(
                    rank,
                    phrase.text,
                    block,
                    min(words.starts[phrase.first], mention.shape.start),
                    max(words.stops[phrase.last - 1], mention.shape.stop),
                    is_relation=phrase.head in KIN or (bool(owners) and phrase.head in SOCIAL),
                    head=phrase.head,
                )
            )


_SAME_RELATION = {
    "bride": "wife",
    "bridegroom": "husband",
    "ex-wife": "wife",
    "ex-husband": "husband",
}
"""What a relation is called that has several words."""

_SPOUSES = frozenset({"wife", "husband", "widow", "widower"})


def genders(scene: Scene, accounts: Accounts) -> dict[Identity, Pronoun]:
    """Return who is "he" and who "she" by the words for them: titles, kin, "actress"."""
    shown: dict[Identity, Pronoun] = {}
    for mentions in scene.mentions.values():
        for mention in mentions:
            for title in mention.shape.titles:
                pronoun = pronoun_of(title.lower())
                if pronoun is not None and mention.who.is_person:
                    shown.setdefault(mention.who, pronoun)
            if mention.who.is_person and is_roman(mention.shape.words):
                shown.setdefault(mention.who, Pronoun.HE)
    for who, noun in accounts.kin_nouns.items():
        kin_pronoun = pronoun_of(noun)
        if kin_pronoun is not None:
            shown.setdefault(who, kin_pronoun)
    for who, relations in accounts.relations.items():
        for kind, to in relations:
            pronoun = pronoun_of(kind)
            if pronoun is not None:
                shown.setdefault(who, pronoun)
            if kind in _SPOUSES and to.is_person and pronoun is not None:
                shown.setdefault(to, Pronoun.HE if pronoun is Pronoun.SHE else Pronoun.SHE)
    for who, said in accounts.said.items():
        for account in said:
            pronoun = pronoun_of(account.head)
            if pronoun is not None:
                shown.setdefault(who, pronoun)
    return shown


_SAY_WHAT_ONE_IS = frozenset({Rank.BEFORE, Rank.TITLE, Rank.BEHIND})


def bearers(scene: Scene, accounts: Accounts) -> dict[str, list[tuple[int, int, Identity]]]:
    """Return who is named with which title or calling: by block and offset, in their order.

    A title of several parts counts by its last one: a vice-admiral is "the admiral".
    """
    found: dict[str, list[tuple[int, int, Identity]]] = defaultdict(list)
    for mentions in scene.mentions.values():
        for mention in mentions:
            shape = mention.shape
            for title in shape.titles if mention.who.is_person else ():
                noun = title.lower().rpartition("-")[2]
                if noun not in KIN and is_role(noun):
                    found[noun].append((shape.block, shape.start, mention.who))
            office = _office_before(scene.words(shape.block), mention)
            if office:
                found[office].append((shape.block, shape.start, mention.who))
    for who, said in accounts.said.items():
        for account in said:
            says = account.rank in _SAY_WHAT_ONE_IS or (
                who is scene.subject and account.rank in {Rank.WAS, Rank.HE_WAS}
            )  # "the composer" is whom the article calls one
            if says and account.head and account.head not in KIN:
                found[account.head].append((account.block, account.start, who))
    for places in found.values():
        places.sort(key=lambda place: place[:2])
    return found


def _office_before(words: Words, mention: Mentioned) -> str:
    """Return "minister" for "the Minister of Marine, Prince Kern"; nothing where none stands so."""
    texts = words.words
    comma = mention.shape.first - len(mention.shape.titles) - 1
    if comma < 2 or texts[comma] != "," or not mention.who.is_person:
        return ""
    for at in range(comma - 1, max(0, comma - LONGEST_OFFICE), -1):
        if texts[at - 1] == "the" and texts[at][0].isupper() and is_role(texts[at].lower()):
            return texts[at].lower()
        if not texts[at][0].isupper() and texts[at] not in {"of", "the", "for", "and"}:
            return ""
    return ""


LONGEST_OFFICE = 6
"""Words of "Minister of Foreign Affairs" behind "the"."""


def listed(scene: Scene, block: int, words: Words, place: int) -> Iterator[Mentioned]:
    """Yield a name and those that follow it in one list: "A, B (1883–1941) and C"."""
    mentions = scene.mentions[block]
    yield mentions[place]
    for left, right in zip(mentions[place:], mentions[place + 1 :], strict=False):
        begin = right.shape.first - len(right.shape.titles)
        between = without_brackets(words.words[left.shape.last : begin])
        if between not in ([","], ["and"], [",", "and"]) or not right.who.is_person:
            return
        yield right
        if "and" in between:
            return


def without_brackets(texts: list[str]) -> list[str]:
    """Return words without those in brackets, and without the brackets."""
    kept: list[str] = []
    depth = 0
    for word in texts:
        if word == "(":
            depth += 1
        elif word == ")":
            depth -= 1
        elif depth <= 0:
            kept.append(word)
    return kept


def past_bracket(words: Words, at: int) -> int:
    """Return the word after a bracket that opens at a word; the word itself if none does."""
    texts = words.words
    if at >= len(texts) or texts[at] != "(":
        return at
    depth = 0
    for place in range(at, min(len(texts), at + 60)):
        if texts[place] == "(":
            depth += 1
        elif texts[place] == ")":
            depth -= 1
            if depth == 0:
                return place + 1
    return at
