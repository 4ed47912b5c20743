"""What an article says that its people are, and what they are to each other.

Each way of saying it is a function here that looks at one name and the words around it:
"the painter Frida Kahlo", "his sister, Olga", "Kern, a pilot from Ebbing, ...", "Kern was ...".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from knowledge.compiler.cast import Pronoun
from knowledge.compiler.identities import Identity, Mentioned
from knowledge.compiler.name_shapes import Vocabulary
from knowledge.compiler.people_words import KIN, SOCIAL, is_role, pronoun_of, singular_role
from knowledge.compiler.phrases import Phrase, phrase_start, read_phrase
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
    DID = 4
    """ "the band that Kern founded" """
    TITLE = 5
    """ "General Kern" """
    ONE_OF = 6
    """ "pilots such as Kern" """
    BECAME = 7
    OPPOSITE = 8
    """What follows from what another is said to be: the mother of a son."""
    DEED = 9
    """ "Kern signed the decree" """


@dataclass(slots=True)
class Account:
    """One thing that the article says somebody is, and where."""

    rank: Rank
    text: str
    block: int
    start: int
    stop: int
    is_relation: bool = False


@dataclass(slots=True)
class Accounts:
    """What is said of everybody."""

    said: dict[Identity, list[Account]] = field(default_factory=lambda: defaultdict(list))
    relations: dict[Identity, dict[tuple[str, Identity], None]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    owners: dict[tuple[int, int], tuple[Identity, ...]] = field(default_factory=dict)
    """Whose relative a name's phrase has just said that it is, by the name's block and word."""

    def relate(self, who: Identity, kind: str, to: Identity) -> None:
        """Note that somebody is the `kind` of another."""
        if who is not to:
            self.relations[who][kind, to] = None


_TITLE_WORDS = {
    "dr.": "Doctor",
    "dr": "Doctor",
    "prof.": "Professor",
    "prof": "Professor",
    "gen.": "General",
    "col.": "Colonel",
    "maj.": "Major",
    "capt.": "Captain",
    "capt": "Captain",
    "lt.": "Lieutenant",
    "lt": "Lieutenant",
    "adm.": "Admiral",
    "sgt.": "Sergeant",
    "gov.": "Governor",
    "sen.": "Senator",
    "rep.": "Representative",
    "rev.": "Reverend",
    "rev": "Reverend",
    "father": "Priest",
}
_NO_DESCRIPTION = frozenset(
    "mr mr. mrs mrs. ms ms. miss sir dame lord lady saint st. st don doña dona donna madame"
    " monsieur mme mme. m. herr frau fräulein señor señora signor signora comrade brother sister"
    " mother hon. field vice deputy grand crown dowager chief elder mlle. dom".split()
)
_LISTS = frozenset({"like", "including", "notably", "namely", "especially", "particularly"})
_ENDS = frozenset({",", ".", ";", ":", ")", "(", "—", "–", "and", "!", "?"})


def read_accounts(scene: Scene, vocabulary: Vocabulary) -> Accounts:
    """Return what the article says that each of its people is."""
    accounts = Accounts()
    for block, mentions in scene.mentions.items():
        words = scene.words(block)
        for place, mention in enumerate(mentions):
            if not mention.who.is_person or mention.shape.heading:
                continue
            _read_before(scene, block, words, place, accounts)
            _read_title(block, words, mention, accounts)
            _read_behind(scene, block, words, mention, accounts)
            _read_was(scene, block, words, mention, accounts)
            _read_was_name(scene, block, words, place, accounts)
            _read_one_of(scene, block, words, place, vocabulary, accounts)
            _read_and_other(scene, block, words, place, accounts)
            _read_link(block, mention, accounts)
    _read_he_was(scene, accounts)
    return accounts


def read_kin(scene: Scene) -> Accounts:
    """Return only what titles and phrases before names say: enough to know he from she."""
    accounts = Accounts()
    for block, mentions in scene.mentions.items():
        words = scene.words(block)
        for place, mention in enumerate(mentions):
            if mention.who.is_person and not mention.shape.heading:
                _read_before(scene, block, words, place, accounts)
    return accounts


def _read_link(block: int, mention: Mentioned, accounts: Accounts) -> None:
    """Read what tells namesakes apart in a link's title: "Jonas Kern (government minister)"."""
    shape = mention.shape
    if not shape.link.endswith(")") or "(" not in shape.link:
        return
    inside = shape.link[shape.link.rindex("(") + 1 : -1]
    if inside and is_role(inside.split()[-1].lower()):
        text = inside[:1].upper() + inside[1:]
        accounts.said[mention.who].append(Account(Rank.TITLE, text, block, shape.start, shape.stop))


def _read_he_was(scene: Scene, accounts: Accounts) -> None:
    """Read "She was a pilot", "He was the fifth child of ..."."""
    for block, index in (*scene.places.get("he", ()), *scene.places.get("she", ())):
        words = scene.words(block)
        texts = words.words
        if not texts[index][0].isupper() or texts[index + 1 : index + 2] not in (["was"], ["is"]):
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
                )
            )


def _read_and_other(scene: Scene, block: int, words: Words, place: int, accounts: Accounts) -> None:
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
        _take(words, block, named, phrase, Rank.ONE_OF, accounts)
        if back:
            before = mentions[back - 1]
            begin = named.shape.first - len(named.shape.titles)
            if _without_brackets(texts[before.shape.last : begin]) not in ([","], ["and"]):
                return


def _read_before(scene: Scene, block: int, words: Words, place: int, accounts: Accounts) -> None:
    """Read "the painter Kern", "his sister, Olga", "the historians Kern and Brandt"."""
    mention = scene.mentions[block][place]
    begin = mention.shape.first - len(mention.shape.titles)
    stop = begin
    behind_comma = begin > 0 and words.words[begin - 1] in {",", ":"}
    if behind_comma:
        stop = begin - 1
    elif begin == 0 or not words.is_next(begin):
        return
    start = phrase_start(scene, block, stop)
    if start is None:
        return
    phrase = read_phrase(scene, block, start, stop, tail=False)
    if phrase is None:
        return
    opening = words.words[start].lower()
    if behind_comma:
        is_said_of = phrase.owners or opening in {"the", "its"} or phrase.is_list
        is_said_of = is_said_of or (opening in {"a", "an"} and words.opens[start])
        if not is_said_of or not (_is_closed(words, mention) or phrase.is_list):
            return
    if phrase.head in KIN and not phrase.owners and not phrase.is_list and place:
        _carry_owners(scene, block, words, place, start, phrase, accounts)
    if phrase.is_list and not phrase.owners and phrase.head in KIN:
        phrase = _kin_of_owners_before(scene, block, words, start, phrase)
    for named in listed(scene, block, words, place) if phrase.is_list else [mention]:
        if named.who in phrase.owners:
            return
        _take(words, block, named, phrase, Rank.BEFORE, accounts)


def _carry_owners(
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
    between = _without_brackets(words.words[before.shape.last : start])
    if between not in ([","], ["and"], [",", "and"]):
        return
    owners = accounts.owners.get((block, before.shape.first), ())
    if owners:
        phrase.owners = owners
        names = " and ".join(who.name for who in owners)
        phrase.text = f"{phrase.head[:1].upper()}{phrase.head[1:]} of {names}"


def _kin_of_owners_before(
    scene: Scene, block: int, words: Words, start: int, phrase: Phrase
) -> Phrase:
    """Give "had two sons, A and B" its owners: whom the sentence is about."""
    first, _ = words.sentence(start)
    verbs = [at for at in range(first, start) if words.words[at] in {"had", "has", "have"}]
    if not verbs:
        return phrase
    owners: tuple[Identity, ...]
    if any(words.words[at].lower() == "they" for at in range(first, verbs[-1])):
        owners = scene.couple(block, first)
    else:
        owners = tuple(scene.people(block, first, verbs[-1]))[:2]
        topic = scene.topic(block, first)
        if not owners and topic is not None:
            owners = (topic,)
    if owners:
        phrase.owners = owners
        names = " and ".join(who.name for who in owners)
        phrase.text = f"{phrase.head[:1].upper()}{phrase.head[1:]} of {names}"
    return phrase


def _is_closed(words: Words, mention: Mentioned) -> bool:
    """Whether a name behind a comma is set off by what follows, as an apposition is."""
    last = mention.shape.last
    return last >= len(words) or words.words[last] in _ENDS


def listed(scene: Scene, block: int, words: Words, place: int) -> Iterator[Mentioned]:
    """Yield a name and those that follow it in one list: "A, B (1883–1941) and C"."""
    mentions = scene.mentions[block]
    yield mentions[place]
    for left, right in zip(mentions[place:], mentions[place + 1 :], strict=False):
        begin = right.shape.first - len(right.shape.titles)
        between = _without_brackets(words.words[left.shape.last : begin])
        if between not in ([","], ["and"], [",", "and"]) or not right.who.is_person:
            return
        yield right
        if "and" in between:
            return


def _without_brackets(texts: list[str]) -> list[str]:
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


def _read_title(block: int, words: Words, mention: Mentioned, accounts: Accounts) -> None:
    """Read "President Kern", "Foreign Minister Kern", "American Marxist Kern"."""
    titles = [title for title in mention.shape.titles if title.lower() not in _NO_DESCRIPTION]
    if not titles or not any(title[0].isalpha() for title in titles):
        return
    first = mention.shape.first - len(mention.shape.titles)
    shown = [_TITLE_WORDS.get(title.lower(), title) for title in titles]
    if len(mention.shape.titles) > len(titles) and len(mention.shape.titles) > 1:
        shown = [_TITLE_WORDS.get(t.lower(), t) for t in mention.shape.titles]
        shown = [word for word in shown if word.lower() not in {"sir", "dame", "lady"}]
    before = words.words[first - 1] if first and words.is_next(first) else ""
    text = " ".join(shown)
    if before in {"former", "deputy"}:
        text = f"{before} {text}"
    account = Account(
        Rank.TITLE,
        text[:1].upper() + text[1:],
        block,
        words.starts[first],
        mention.shape.stop,
    )
    accounts.said[mention.who].append(account)


def _read_behind(
    scene: Scene, block: int, words: Words, mention: Mentioned, accounts: Accounts
) -> None:
    """Read "Kern, a pilot from Ebbing, ...", "Kern (1883–1941), his sister"."""
    at = past_bracket(words, mention.shape.last)
    texts = words.words
    if at > mention.shape.last:
        _read_bracket(scene, block, words, mention, at, accounts)
    if at + 1 >= len(texts) or texts[at] != ",":
        return
    index = at + 1
    phrase = read_phrase(scene, block, index, len(texts), tail=True, apart=mention.who)
    if (
        phrase is None
        or (phrase.is_list
        and phrase.head not in {"architect"}
        and texts[index] != "both")
    ):
        return
    opening = texts[index].lower()
    after = texts[phrase.last] if phrase.last < len(texts) else "."
    named = scene.beginning(block, phrase.last)
    if named is not None and named.who.is_person:
        return
    core_stops = {",", ".", ";", ")", ":", "—", "–", "(", "!", "?"}
    determined = opening in {"a", "an", "the", "his", "her", "their", "its", "both", "one"} or (
        phrase.owners
    )
    if after not in core_stops and not (
        determined and after in {"and", "as", "but", "until", "when"}
    ):
        return
    if (
        not determined
        and mention.shape.opens is False
        and after == "."
        and "of" not in texts[phrase.first : phrase.last]
    ):
        return
    _take(words, block, mention, phrase, Rank.BEHIND, accounts)


def _read_bracket(
    scene: Scene, block: int, words: Words, mention: Mentioned, end: int, accounts: Accounts
) -> None:
    """Read "Kern (chairwoman)", "Kern (a pilot from Ebbing)"."""
    first = mention.shape.last + 1
    phrase = read_phrase(scene, block, first, end - 1, tail=True, apart=mention.who)
    if phrase is not None and phrase.last == end - 1 and not phrase.is_list:
        _take(words, block, mention, phrase, Rank.TITLE, accounts)


def _read_was(
    scene: Scene, block: int, words: Words, mention: Mentioned, accounts: Accounts
) -> None:
    """Read "Kern was a pilot", "Kern (1883–1941), née Brandt, was a pilot", "became a judge"."""
    texts = words.words
    at = past_bracket(words, mention.shape.last)
    first, last = words.sentence(mention.shape.first)
    if at < last and texts[at] == ",":
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
    phrase = read_phrase(scene, block, at + 1, last, tail=True, series=True)
    if phrase is None or phrase.is_list:
        return
    _take(words, block, mention, phrase, rank, accounts)


def _read_was_name(scene: Scene, block: int, words: Words, place: int, accounts: Accounts) -> None:
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
        _take(words, block, named, phrase, Rank.BEHIND, accounts)


def _past_aside(
    scene: Scene, block: int, words: Words, at: int, last: int, mention: Mentioned
) -> int:
    """Return the word after an aside between commas, or in a lead, where "was" says who it is."""
    texts = words.words
    is_lead = block == _first_block(scene) and mention.who is scene.subject
    if is_lead and mention.shape.first == 0:
        for verb in range(at, min(last, at + 60)):
            if texts[verb] in {"was", "is"} and texts[verb + 1 : verb + 2] in (
                ["a"],
                ["an"],
                ["the"],
            ):
                return verb
    opening = texts[at + 1].lower() if at + 1 < last else ""
    if opening in {
        "née",
        "né",
        "born",
        "also",
        "better",
        "known",
        "called",
        "who",
        "nicknamed",
        "the",
    }:
        for end in range(at + 2, min(last, at + 20)):
            if texts[end] == ",":
                return end + 1
    return last


def _first_block(scene: Scene) -> int:
    return next(
        (i for i, words in enumerate(scene.texts) if words is not None and len(words) > 8), 0
    )


def _read_one_of(
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
    for earlier in range(at, max(first, at - (1 if is_bracket else 5)), -1):
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
    """Return one of those whom a plural noun names: "Bolshevik leaders" is "Bolshevik leader"."""
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


def _take(
    words: Words,
    block: int,
    mention: Mentioned,
    phrase: Phrase,
    rank: Rank,
    accounts: Accounts,
) -> None:
    owners = [who for who in phrase.owners if who is not mention.who]
    if phrase.head in KIN:
        accounts.owners[block, mention.shape.first] = phrase.owners
    for owner in owners:
        accounts.relate(mention.who, phrase.head, owner)
    if phrase.text and not (phrase.owners and not owners):
        start = min(words.starts[phrase.first], mention.shape.start)
        stop = max(words.stops[phrase.last - 1], mention.shape.stop)
        is_relation = phrase.head in KIN or (bool(owners) and phrase.head in SOCIAL)
        accounts.said[mention.who].append(
            Account(rank, phrase.text, block, start, stop, is_relation=is_relation)
        )


def genders(scene: Scene, accounts: Accounts) -> dict[Identity, Pronoun]:
    """Return who is "he" and who "she" by the words for them: titles, kin, "actress"."""
    shown: dict[Identity, Pronoun] = {}
    for mentions in scene.mentions.values():
        for mention in mentions:
            for title in mention.shape.titles:
                pronoun = pronoun_of(title.lower())
                if pronoun is not None and mention.who.is_person:
                    shown.setdefault(mention.who, pronoun)
    for who, relations in accounts.relations.items():
        for kind, _ in relations:
            pronoun = pronoun_of(kind)
            if pronoun is not None:
                shown.setdefault(who, pronoun)
    for who, said in accounts.said.items():
        for account in said:
            for word in account.text.lower().split()[:4]:
                pronoun = pronoun_of(word) if is_role(word) else None
                if pronoun is not None:
                    shown.setdefault(who, pronoun)
                    break
    return shown


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
