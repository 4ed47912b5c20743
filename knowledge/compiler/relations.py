"""What people are to each other and to things by what they did: married, succeeded, founded."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.compiler.accounts import Account, Accounts, Rank, listed
from knowledge.compiler.asides import subject_of_clause
from knowledge.compiler.cast import Pronoun
from knowledge.compiler.deed_words import ACTIVE, BY_DEED
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.kin_of import KIN_NOUNS, read_children_listed, read_elder, read_kin_of
from knowledge.compiler.marriages import read_marriage, read_marriage_to
from knowledge.compiler.name_runs import OWNS
from knowledge.compiler.phrase_owners import owners_behind
from knowledge.compiler.phrase_text import written_out
from knowledge.compiler.pupils import PLURALS, read_named_among, read_studies
from knowledge.compiler.relation_sides import say
from knowledge.compiler.scene import Scene
from knowledge.compiler.thing_words import WORK_NOUNS
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.verb_sides import BEFORE_VERB, FARTHEST_OBJECT, doer, object_of
from knowledge.compiler.words import Words
from knowledge.model import EntityKind

FARTHEST_AGENT = 14
"""Words between a participle and the "by" that belongs to it."""

_OF_PEOPLE = frozenset(
    "assassin murderer killer attacker teacher successor coach mentor tutor".split()
)
_OF_WORKS = frozenset({"author", "director", "composer", "painter", "sculptor", "editor"})
_AUXILIARIES = frozenset({"was", "were", "been", "being", "is", "are"})


def read_deeds(scene: Scene, accounts: Accounts) -> None:
    """Add what the article's verbs say that people are to somebody or something."""
    for word, read in _READERS.items():
        for block, index in scene.places.get(word, ()):
            read(scene, block, scene.words(block), index, accounts)


def _read_parents(scene: Scene, block: int, words: Words, index: int, accounts: Accounts) -> None:
    """Read "Rydell was born to Gustaf Rydell, a sexton, and Brita Holm"."""
    _, last = words.sentence(index)
    to = next(
        (
            at
            for at in range(index + 1, min(last, index + FARTHEST_OBJECT))
            if words.words[at] == "to" and _leads_to_person(scene, block, words, at)
        ),
        None,
    )
    child = doer(scene, block, words, index)
    if child is None or to is None:
        return
    parents = [
        mention
        for mention in scene.between(block, to, min(last, to + 24))
        if mention.who.is_person and mention.who is not child
    ][:2]
    if (
        len(parents) == 2
        and "and" not in words.words[parents[0].shape.last : parents[1].shape.first]
    ):
        parents = parents[:1]
    for place, mention in enumerate(parents):
        pronoun = scene.pronouns.get(mention.who)
        if pronoun is None:
            if len(parents) < 2:
                continue
            pronoun = (Pronoun.HE, Pronoun.SHE)[place]
            scene.pronouns[mention.who] = pronoun
        kind = "father" if pronoun is Pronoun.HE else "mother"
        accounts.relate(mention.who, kind, child)
        say(accounts, mention.who, kind, child, Rank.DID, mention)


def _leads_to_person(scene: Scene, block: int, words: Words, at: int) -> bool:
    mention = object_of(scene, block, words, at)
    return mention is not None and mention.who.is_person


def _read_one_of_children(
    scene: Scene, block: int, words: Words, index: int, accounts: Accounts
) -> None:
    """Read "the second of five children of Peter Dahl and Maren Holm"; "two children:"."""
    texts = words.words
    read_children_listed(scene, block, words, index, accounts)
    if texts[index + 1 : index + 2] != ["of"]:
        return
    before = [word.lower() for word in texts[max(0, index - 4) : index]]
    if "of" not in before and "among" not in before:
        return
    who = scene.topic(block, index)
    if who is None:
        return
    kind = {"sons": "son", "daughters": "daughter"}.get(texts[index], "child")
    parents = owners_behind(scene, block, index + 1, kind)
    for parent in parents:
        accounts.relate(who, kind, parent)
    if len(parents) == 2 and not any(to is parents[0] for _, to in accounts.relations[parents[1]]):
        accounts.relate(parents[1], "spouse", parents[0])


def _read_deed(scene: Scene, block: int, words: Words, index: int, accounts: Accounts) -> None:
    texts = words.words
    word = texts[index]
    before = texts[index - 1] if index else ""
    if word in BY_DEED and (
        before in _AUXILIARIES or before in {",", ")", "("} or "by" in texts[index + 1 : index + 2]
    ):
        by = _by(words, index)
        if by is None:
            return
        agent = object_of(scene, block, words, by)
        if agent is None or not agent.who.is_person:
            return
        patient = _patient(scene, block, words, index)
        agents = [agent]
        if before == "(":
            place = scene.mentions[block].index(agent)
            agents = list(listed(scene, block, words, place))
        for doer_of_it in agents:
            if patient is not None:
                _relate(accounts, doer_of_it.who, BY_DEED[word], patient, doer_of_it)
            else:
                _say_of_noun(scene, block, words, index, doer_of_it, accounts)
        return
    kind = ACTIVE.get(word)
    if kind is None or before in {"the", "a", "an", "his", "her"}:
        return
    who = doer(scene, block, words, index)
    done = object_of(scene, block, words, index)
    if who is None or done is None:
        return
    mention = scene.ending(block, index)
    _relate(accounts, who, kind, done.who, mention or done)


def _say_of_noun(
    scene: Scene, block: int, words: Words, index: int, agent: Mentioned, accounts: Accounts
) -> None:
    """Read "the Varnian government, led by Kern": what is led has no name of its own."""
    texts = words.words
    kind = BY_DEED[texts[index]]
    if kind not in {"leader", "head", "chairman", "commander"} or texts[index - 1] != ",":
        return
    for at in range(index - 2, max(-1, index - 7), -1):
        if texts[at].lower() == "the":
            what = written_out(scene, block, at + 1, index - 1)
            text = f"{kind[:1].upper()}{kind[1:]} of the {what}"
            shape = agent.shape
            accounts.said[agent.who].append(
                Account(Rank.DID, text, block, words.starts[at], shape.stop)
            )
            return
        if not texts[at][0].isalpha() or texts[at] in {"of", "in", "by"}:
            return


def _relate(accounts: Accounts, who: Identity, kind: str, to: Identity, mention: Mentioned) -> None:
    if not who.is_person or who is to:
        return
    if kind != "actor" and (kind in _OF_PEOPLE) is not to.is_person:
        return
    if kind in _OF_WORKS and to.kind is not EntityKind.WORK and kind != "editor":
        return
    is_body = to.kind is EntityKind.ORGANISATION
    if not is_body and kind in {"leader", "head", "chairman", "commander"}:
        return
    accounts.relate(who, kind, to)
    say(accounts, who, kind, to, Rank.DID, mention)


def _by(words: Words, index: int) -> int | None:
    texts = words.words
    for at in range(index + 1, min(len(texts), index + FARTHEST_AGENT)):
        word = texts[at]
        if word == "by":
            return at
        if word in {".", ";", ",", "and", "who", "which"} or words.opens[at]:
            return None
        if word[0].islower() and form(word) is Form.FINITE:
            return None
    return None


def _patient(scene: Scene, block: int, words: Words, index: int) -> Identity | None:
    """Return to whom or what something was done, before a participle."""
    texts = words.words
    at = index - 1
    while at > 0 and (texts[at] in BEFORE_VERB or texts[at].endswith("ly")):
        at -= 1
    if texts[at].lower() in {"he", "she"}:
        return scene.whose(block, at)
    if texts[at] == "and" and texts[at + 1] == "was":
        return subject_of_clause(scene, block, index)
    if texts[at] in {",", "("}:
        at -= 1
    if texts[at] == ")":
        at = words.opening_bracket(at) - 1
    if texts[at] in {'"', "”"}:
        at -= 1
    mention = scene.ending(block, at + 1)
    if mention is not None and texts[at + 1] == "," and mention.who.kind is EntityKind.PLACE:
        before = texts[mention.shape.first - 1] if mention.shape.first else ""
        if before in {"in", "near", "at"}:
            return None  # "an observatory near Ebbing, founded in 1886 by"
    return mention.who if mention is not None else None


def _read_in_his_place(
    scene: Scene, block: int, words: Words, index: int, accounts: Accounts
) -> None:
    """Read "Brandt was elected in his place": Brandt is his successor."""
    texts = words.words
    if index < 4 or texts[index - 2] != "in" or texts[index - 3] not in _CHOSEN:
        return
    mention = scene.ending(block, index - 4)
    if mention is None or not mention.who.is_person or texts[index - 4] not in {"was", "were"}:
        return
    before = scene.whose(block, index - 1, mention.who)
    if before is not None:
        _relate(accounts, mention.who, "successor", before, mention)


_CHOSEN = frozenset("elected appointed chosen installed named nominated".split())


def _read_company(scene: Scene, block: int, words: Words, index: int, accounts: Accounts) -> None:
    """Read "she collaborated with Kern", "they became guests of Kern": what Kern is to them."""
    preposition, kind = _COMPANY[words.words[index].lower()]
    if words.words[index + 1 : index + 2] != [preposition]:
        return
    if preposition == "of" and words.words[index - 1] not in {"became", "were", "was", "a", "the"}:
        return
    other = scene.beginning(block, index + 2)
    who = doer(scene, block, words, index) or subject_of_clause(scene, block, index)
    if other is None or who is None or not other.who.is_person:
        return
    for named in listed(scene, block, words, scene.mentions[block].index(other)):
        if named.who is not who:
            accounts.relate(named.who, kind, who)
            say(accounts, named.who, kind, who, Rank.DID, named)


_COMPANY = {
    "collaborated": ("with", "collaborator"),
    "guest": ("of", "host"),
    "guests": ("of", "host"),
}
"""What leads to a name behind a word, and what whoever bears the name is to the other."""


def _read_starring(scene: Scene, block: int, words: Words, index: int, accounts: Accounts) -> None:
    """Read "the film Winter, directed by Kern and starring Brandt"."""
    first, _ = words.sentence(index)
    works = [
        mention.who
        for mention in scene.between(block, first, index)
        if mention.who.kind is EntityKind.WORK
    ]
    actor = scene.beginning(block, index + 1)
    if works and actor is not None:
        _relate(accounts, actor.who, "actor", works[-1], actor)


def _read_work_by(scene: Scene, block: int, words: Words, index: int, accounts: Accounts) -> None:
    """Read "the novel Winter (1911) by Kern"."""
    maker = scene.beginning(block, index + 1)
    if maker is None or not maker.who.is_person:
        return
    texts = words.words
    at = index
    if at and texts[at - 1] == ")":
        at = words.opening_bracket(at - 1)
    if at and texts[at - 1] in {'"', "”"}:
        at -= 1
    work = scene.ending(block, at)
    if work is None or work.who.kind is not EntityKind.WORK:
        return
    noun = texts[work.shape.first - 1].lower() if work.shape.first else ""
    kind = WORK_NOUNS.get(noun, "author")
    _relate(accounts, maker.who, kind, work.who, maker)


def _read_work_of(scene: Scene, block: int, words: Words, index: int, accounts: Accounts) -> None:
    """Read "Kern's novel Winter": its author is Kern."""
    owner = scene.ending(block, index)
    if owner is None or not owner.who.is_person:
        return
    texts = words.words
    for at in range(index + 1, min(len(texts), index + 4)):
        maker = WORK_NOUNS.get(texts[at].lower())
        if maker is None:
            continue
        following = at + 1
        while following < len(texts) and texts[following] in {'"', "“", ",", "the", "entitled"}:
            following += 1
        work = scene.beginning(block, following)
        if work is not None and work.who.kind is EntityKind.WORK:
            _relate(accounts, owner.who, maker, work.who, owner)
        return


_READERS: dict[str, Callable[[Scene, int, Words, int, Accounts], None]] = {
    **dict.fromkeys((*BY_DEED, *ACTIVE), _read_deed),
    "married": read_marriage,
    "wed": read_marriage,
    "marriage": read_marriage_to,
    "born": _read_parents,
    **dict.fromkeys(("children", "sons", "daughters"), _read_one_of_children),
    **dict.fromkeys(KIN_NOUNS, read_kin_of),
    **dict.fromkeys(("elder", "younger", "eldest", "youngest"), read_elder),
    "place": _read_in_his_place,
    **dict.fromkeys(("studied", "trained", "heard"), read_studies),
    **dict.fromkeys(PLURALS, read_named_among),
    **dict.fromkeys(_COMPANY, _read_company),
    "starring": _read_starring,
    "by": _read_work_by,
    **dict.fromkeys(OWNS, _read_work_of),
}
"""What reads each of the words that relations hang on."""
