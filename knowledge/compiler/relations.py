"""What people are to each other and to things by what they did: married, succeeded, founded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowledge.compiler.accounts import Account, Accounts, Rank, listed
from knowledge.compiler.asides import subject_of_clause
from knowledge.compiler.cast import Pronoun
from knowledge.compiler.deed_words import ACTIVE, BY_DEED
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.kin_of import KIN_NOUNS, read_children_listed, read_elder, read_kin_of
from knowledge.compiler.name_runs import OWNS
from knowledge.compiler.phrase_owners import owners_behind
from knowledge.compiler.phrase_text import written_out
from knowledge.compiler.relation_sides import say
from knowledge.compiler.scene import PRONOUNS, Scene
from knowledge.compiler.thing_words import WORK_NOUNS
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.words import Words
from knowledge.model import EntityKind

FARTHEST_OBJECT = 9
"""Words between a verb and the name that it leads to."""

FARTHEST_AGENT = 14
"""Words between a participle and the "by" that belongs to it."""

_OF_PEOPLE = frozenset({"assassin", "murderer", "killer", "attacker", "teacher", "successor"})
_OF_WORKS = frozenset({"author", "director", "composer", "painter", "sculptor", "editor"})
_AUXILIARIES = frozenset({"was", "were", "been", "being", "is", "are"})
_BEFORE_VERB = frozenset("had have has was were been also later then soon once twice".split())


def read_deeds(scene: Scene, accounts: Accounts) -> None:
    """Add what the article's verbs say that people are to somebody or something."""
    for word, read in _READERS.items():
        for block, index in scene.places.get(word, ()):
            read(scene, block, scene.words(block), index, accounts)


def _read_marriage(scene: Scene, block: int, words: Words, index: int, accounts: Accounts) -> None:
    if _read_were_married(scene, block, words, index, accounts):
        return
    who = doer(scene, block, words, index)
    past_to = index + 1 if words.words[index + 1 : index + 2] == ["to"] else index
    other = _object(scene, block, words, past_to) or _whom(scene, block, words, index)
    if other is None and _read_both_married(scene, block, words, index, accounts):
        return
    before = PRONOUNS.get(words.words[index - 1].lower()) if index else None
    if who is not None and before is not None:
        scene.pronouns.setdefault(who, before)
    if who is None or other is None or not other.who.is_person:
        return
    _marry(scene, who, other, accounts)


def _read_both_married(
    scene: Scene, block: int, words: Words, index: int, accounts: Accounts
) -> bool:
    """Read "Nell Harrow and Tom Brice married in 1970"."""
    while index and words.words[index - 1] in {"were", "later", "had"}:
        index -= 1
    right = scene.ending(block, index)
    if right is None or not right.who.is_person:
        return False
    begin = right.shape.first - len(right.shape.titles)
    left = scene.ending(block, begin - 1) if words.words[begin - 1 : begin] == ["and"] else None
    if left is None or not left.who.is_person:
        return False
    _marry(scene, left.who, right, accounts)
    return True


def _read_were_married(
    scene: Scene, block: int, words: Words, index: int, accounts: Accounts
) -> bool:
    """Read "He met Ilse Kern in Ulm. They were married in 1888"; whether they were."""
    texts = words.words
    if index < 2 or texts[index - 2 : index] not in (["They", "were"], ["they", "were"]):
        return False
    couple: tuple[Identity, ...] = ()
    first, _ = words.sentence(index)
    if first:
        earlier, _ = words.sentence(first - 1)
        met = next((at for at in range(earlier, first) if texts[at] == "met"), None)
        if met is not None:
            who, other = subject_of_clause(scene, block, met), _object(scene, block, words, met)
            couple = (who, other.who) if who is not None and other is not None else ()
            if not couple and who is None and other is not None:
                topic = scene.topic(block, met)
                couple = (topic, other.who) if topic is not None else ()
    couple = couple or scene.couple(block, index - 2)
    if len(couple) == 2 and all(one.is_person for one in couple) and couple[0] is not couple[1]:
        other = next(
            (m for m in reversed(scene.between(block, 0, index)) if m.who is couple[1]), None
        )
        if other is not None:
            _marry(scene, couple[0], other, accounts)
    return True


def _whom(scene: Scene, block: int, words: Words, index: int) -> Mentioned | None:
    """Return Kern in "Kern, whom she later married"."""
    for at in range(index - 1, max(-1, index - 6), -1):
        if words.words[at] == "whom":
            comma = at - 1 if at and words.words[at - 1] == "," else at
            return scene.ending(block, comma)
    return None


def _read_marriage_to(
    scene: Scene, block: int, words: Words, index: int, accounts: Accounts
) -> None:
    owner = words.words[index - 1].lower() if index else ""
    if words.words[index + 1 : index + 2] != ["to"]:
        return
    other = _object(scene, block, words, index + 1)
    if owner not in {"his", "her"} or other is None or not other.who.is_person:
        return
    who = scene.whose(block, index - 1)
    if who is None:
        first, last = words.sentence(index)
        for at in range(index, last):  # "After her marriage to Kern she ..."
            if PRONOUNS.get(words.words[at].lower()) is PRONOUNS[owner]:
                who = scene.topic(block, first - 1) if first else scene.subject
                break
    if who is not None:
        scene.pronouns.setdefault(who, PRONOUNS[owner])
        _marry(scene, who, other, accounts)


def _marry(scene: Scene, who: Identity, other: Mentioned, accounts: Accounts) -> None:
    pronoun = scene.pronouns.get(who)
    if pronoun is None and other.who in scene.pronouns:
        is_he = scene.pronouns[other.who] is Pronoun.HE
        pronoun = Pronoun.SHE if is_he else Pronoun.HE
    kind = {Pronoun.HE: "wife", Pronoun.SHE: "husband"}.get(pronoun or Pronoun.IT, "spouse")
    if who is other.who:
        return
    accounts.relate(other.who, kind, who)
    say(accounts, other.who, kind, who, Rank.DID, other)


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
    mention = _object(scene, block, words, at)
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
    for parent in owners_behind(scene, block, index + 1, kind):
        accounts.relate(who, kind, parent)


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
        agent = _object(scene, block, words, by)
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
    done = _object(scene, block, words, index)
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


def doer(scene: Scene, block: int, words: Words, index: int) -> Identity | None:
    """Return the person before a verb: the name, "he", or the name that "who" goes on from."""
    texts = words.words
    at = index - 1
    while at > 0 and (texts[at] in _BEFORE_VERB or texts[at].endswith("ly")):
        at -= 1
    if at < 0:
        return None
    if texts[at].lower() in {"he", "she"}:
        return scene.whose(block, at)
    if texts[at] == "and" and at:
        return scene.topic(block, index)
    if texts[at] == "who":
        at -= 1
        if texts[at] == ",":
            at -= 1
    if texts[at] == ",":
        aside = _before_aside(words, at)
        if aside is not None:
            at = aside
    if texts[at] == ")":
        while at > 0 and texts[at] != "(":
            at -= 1
        at -= 1
    mention = scene.ending(block, at + 1)
    return mention.who if mention is not None and mention.who.is_person else None


def _before_aside(words: Words, comma: int) -> int | None:
    """Return the word before an aside that ends with a comma: "Kern, a pilot, married"."""
    first, _ = words.sentence(comma)
    for at in range(comma - 1, max(first, comma - 14), -1):
        if words.words[at] == ",":
            return at - 1
    return None


def _object(scene: Scene, block: int, words: Words, index: int) -> Mentioned | None:
    """Return the name that a verb or a preposition leads to, past what describes it."""
    texts = words.words
    for at in range(index + 1, min(len(texts), index + FARTHEST_OBJECT)):
        mention = scene.beginning(block, at)
        if mention is not None:
            owns = texts[mention.shape.last : mention.shape.last + 1]
            if not owns or owns[0] not in OWNS:
                return mention
            continue
        word = texts[at]
        if word in {".", ";", ":", "(", ")", "and", "or"} or words.opens[at]:
            return None
        if word == "," and not _is_relative_before(texts, at):
            return None
        if word[0].islower() and form(word) is Form.FINITE:
            return None
        if word.lower() in {"of", "in", "at", "from", "to", "with", "for", "on", "as"}:
            return None
    return None


def _is_relative_before(texts: Sequence[str], comma: int) -> bool:
    """Whether "his father," stands before a comma, so that his name follows."""
    near = [word.lower() for word in texts[max(0, comma - 3) : comma]]
    return any(word in {"his", "her", "their"} for word in near)


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
    while at > 0 and (texts[at] in _BEFORE_VERB or texts[at].endswith("ly")):
        at -= 1
    if texts[at].lower() in {"he", "she"}:
        return scene.whose(block, at)
    if texts[at] == "and" and texts[at + 1] == "was":
        return subject_of_clause(scene, block, index)
    if texts[at] in {",", "("}:
        at -= 1
    if texts[at] == ")":
        opening = at
        while opening > 0 and texts[opening] != "(":
            opening -= 1
        at = opening - 1
    if texts[at] in {'"', "”"}:
        at -= 1
    mention = scene.ending(block, at + 1)
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


def _read_studies(scene: Scene, block: int, words: Words, index: int, accounts: Accounts) -> None:
    """Read "he studied Greek under Kern": Kern is his teacher."""
    texts = words.words
    for at in range(index + 1, min(len(texts) - 1, index + FARTHEST_OBJECT)):
        if texts[at] == "under":
            teacher = scene.beginning(block, at + 1)
            who = doer(scene, block, words, index) or subject_of_clause(scene, block, index)
            if teacher is not None and who is not None:
                _relate(accounts, teacher.who, "teacher", who, teacher)
            return
        if not texts[at][0].isalpha() or form(texts[at]) is Form.FINITE:
            return


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
        at -= 1
        while at > 0 and texts[at] != "(":
            at -= 1
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
    "married": _read_marriage,
    "wed": _read_marriage,
    "marriage": _read_marriage_to,
    "born": _read_parents,
    **dict.fromkeys(("children", "sons", "daughters"), _read_one_of_children),
    **dict.fromkeys(KIN_NOUNS, read_kin_of),
    **dict.fromkeys(("elder", "younger", "eldest", "youngest"), read_elder),
    "place": _read_in_his_place,
    "studied": _read_studies,
    "trained": _read_studies,
    "heard": _read_studies,
    "starring": _read_starring,
    "by": _read_work_by,
    **dict.fromkeys(OWNS, _read_work_of),
}
"""What reads each of the words that relations hang on."""
