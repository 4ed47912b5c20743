"""Noun phrases that say what somebody is: "a Dutch pilot from Ebbing", "his younger sister"."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.compiler.identity import Identity
from knowledge.compiler.name_runs import OWNS
from knowledge.compiler.people_words import (
    INCOMPLETE,
    KIN,
    SOCIAL,
    TITLES,
    is_agent,
    is_role,
    singular_role,
)
from knowledge.compiler.phrase_owners import (
    ARTICLES,
    CHILDREN,
    SKIPPED,
    is_owned_before,
    owners_up_to,
    past_owner,
    past_owners,
    with_owner,
)
from knowledge.compiler.phrase_tail import BOUNDS, tail_end
from knowledge.compiler.phrase_text import cut_unclear, dangles, written_out
from knowledge.compiler.scene import Scene
from knowledge.compiler.subject_range import NUMBERS
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.words import FUNCTION_WORDS, Words

LONGEST_CORE = 12
"""Words before and with the noun of a phrase."""

LONGEST_TEXT = 240
"""Letters of one phrase; two may be joined in a description of at most 300."""


_ORDINALS = frozenset("first second third fourth fifth last only own next most one-time".split())
_ADJECTIVES = frozenset(
    "leading founding ruling acting serving working surviving visiting travelling wandering"
    " aspiring promising practising retired exiled noted distinguished celebrated renowned"
    " learned converted deposed ordained trained married unmarried divorced adopted estranged"
    " beloved respected experienced outstanding so-called reigning".split()
)


@dataclass(slots=True)
class Phrase:
    """A phrase that says what somebody is.

    `head` is its noun in the singular, `owners` whose friend or daughter it is. `text` stands on
    its own, without a full stop; empty where the phrase doesn't: "his friend", and nobody knows
    whose. `first` and `last` are its words. `is_list` says that the noun is plural.
    """

    head: str
    text: str
    first: int
    last: int
    owners: tuple[Identity, ...] = ()
    is_list: bool = False
    needs_owner: bool = False
    stop: int = 0
    """The word after the whole phrase, what is left out of the text as unclear counted in."""
    more_heads: tuple[str, ...] = ()
    """Nouns before "and": "nephew" in "his nephew and heir"."""


def read_phrase(
    scene: Scene,
    block: int,
    index: int,
    limit: int,
    *,
    tail: bool,
    series: bool = False,
    apart: Identity | None = None,
    agents: bool = False,
) -> Phrase | None:
    """Read the phrase that begins at a word, up to a limit; None where none says what one is.

    With `tail`, what follows its noun is read as well; with `series`, further phrases behind
    commas too: "a painter, poet and teacher of drawing". `apart` is whom the phrase describes, so
    that "his" in it is somebody else's. With `agents`, nouns behind "a" are known by their ending
    as well: "a docker".
    """
    words = scene.words(block)
    texts = words.words
    at, owners, unsure = past_owner(scene, block, words, index, limit, apart)
    if at >= limit:
        return None
    end = _core_end(scene, block, words, at, limit)
    agents = at > 0 and (
        (agents and texts[at - 1] in {"a", "an"})
        or (not tail and texts[at - 1].lower() in {"a", "an", "the", "his", "her"})
    )
    if agents:
        end = _past_agent(words, at, end, limit)
    head, is_list = _head(texts, at, end, agents=agents)
    if head is None:
        return None
    needs_owner = head in INCOMPLETE and not owners
    last = end
    if tail:
        last = tail_end(scene, block, words, end, limit)
        if series:
            last = _series_end(scene, block, words, last, limit)
    stop = last
    body, last = _written(scene, block, words, at, end, last)
    if (head in KIN or head in SOCIAL) and not owners:
        reach = words.sentence(at)[1] if head in CHILDREN else last
        owners = tuple(owners_up_to(scene, block, words, end, reach, head))
    core = _core_text(scene, block, words, at, end, is_list=is_list, head=head)
    if last < stop and head in _MERE_PEOPLE:
        core = body = ""  # "the first woman to sit in it"
    text = core
    if owners and is_owned_before(words, index, at):
        text += f" of {_listed([who.name for who in owners])}"
    elif owners and tail and texts[end : end + 1] == ["of"] and texts[last] in {",", "of"}:
        past = past_owners(scene, block, words, end, owners)
        if past > last:  # "the daughter of his landlord, the publisher Kern"
            text += f" of {_listed([who.name for who in owners])}"
            body, last = "", past
    text += body
    if needs_owner and not owners and _says_enough(texts, at, end, head):
        needs_owner = False
    behind = texts[end].lower() if end < last else ""
    if (needs_owner and not owners and behind not in {"of", "to", "in", "for"}) or (
        unsure and needs_owner and behind not in {"of", "to"}
    ):
        text = ""
    if len(text) > LONGEST_TEXT:
        text = core if not needs_owner else ""
    if not OWNS.isdisjoint(texts[at:end]):
        owners = ()  # "his wife's brother" is not his brother
    return Phrase(
        head=head,
        text=text[:1].upper() + text[1:],
        first=at,
        last=last,
        owners=owners,
        is_list=is_list,
        needs_owner=needs_owner,
        stop=max(stop, last),
        more_heads=_heads_before_and(texts, at, end) if owners and not is_list else (),
    )


def _heads_before_and(texts: list[str], at: int, end: int) -> tuple[str, ...]:
    joints = [place for place in range(at + 1, end) if texts[place] == "and"]
    heads = (texts[place - 1].lower() for place in joints)
    return tuple(head for head in heads if head in KIN or head in SOCIAL)


def phrase_start(scene: Scene, block: int, stop: int) -> int | None:
    """Return where the phrase that ends before a word begins, whose it is counted in.

    None where the word before is no noun for people.
    """
    words = scene.words(block)
    texts = words.words
    at = stop - 1
    if at < 0 or not (texts[at][0].islower() or words.opens[at]):
        return None
    if not _is_head(texts[at]) and not (is_agent(texts[at]) and _is_determined(words, at)):
        return None
    begin = at
    while at > 0 and stop - at <= LONGEST_CORE:
        word = texts[at - 1]
        lowered = word.lower()
        if not words.is_next(at) and word not in OWNS:
            break
        ending = scene.ending(block, at)
        if ending is not None:
            if ending.who.is_person:
                break
            at = begin = ending.shape.first
            continue
        if (
            lowered == "and"
            and at > 1
            and _is_head(texts[at - 2])
            and _is_plural(texts[at - 2]) is _is_plural(texts[stop - 1])
            and words.is_next(at - 1)
        ):
            at = begin = at - 2
            continue
        if word in OWNS and at > 1 and texts[at - 2].islower() and _is_head(texts[at - 2]):
            at = begin = at - 2  # "the rebels' leader"
            continue
        if not word[0].isalpha() or word in OWNS:
            break
        if lowered in NUMBERS and _is_plural(texts[stop - 1]):
            at = begin = at - 1
            continue
        if lowered in FUNCTION_WORDS and lowered not in _ORDINALS:
            break
        if words.opens[at - 1] and not _is_head(word) and lowered not in SKIPPED:
            begin = at - 1 if _may_modify(words, at - 1) else begin
            break
        is_verb = form(lowered) is not Form.NONE and lowered not in _ADJECTIVES
        if is_verb and not _may_modify(words, at - 1):
            break
        at = begin = at - 1
    return with_owner(scene, block, words, begin)


def _is_determined(words: Words, at: int) -> bool:
    """Whether "the" stands before a noun, or before an adjective there: "the old saltmaker"."""
    near = [word.lower() for word in words.words[max(0, at - 2) : at]]
    return any(word in {"the", "a", "an", "his", "her"} for word in near)


def _may_modify(words: Words, index: int) -> bool:
    """Whether a form in -ed stands before a noun as an adjective: "the exiled writer"."""
    before = words.words[index - 1].lower() if index else ""
    word = words.words[index].lower()
    return (
        "-" in word
        or before in {"a", "an", "the", "his", "her", "their", "and"}
        or (words.opens[index] and word not in FUNCTION_WORDS)
    )


def _says_enough(texts: list[str], at: int, end: int, head: str) -> bool:
    """Whether words before "founder" or "editor" say of what: "party editor"."""
    if not OWNS.isdisjoint(texts[at : end - 1]):
        return True  # "the banker's widow"
    if head in KIN or head in _ALWAYS_SOMEBODYS:
        return False
    return any(word.lower() not in _MERE_ADJECTIVES for word in texts[at : end - 1])


_MERE_PEOPLE = frozenset({"woman", "man", "person", "member", "figure", "boy", "girl"})
_ALWAYS_SOMEBODYS = frozenset(
    "friend enemy rival namesake contemporary successor predecessor accomplice opponent victim"
    " neighbour neighbor mentor disciple pupil companion host guest".split()
)
_MERE_ADJECTIVES = frozenset(
    "old young close former new long-time longtime chief great future first second third last late"
    " later main principal fellow most leading then only loyal trusted personal great early"
    " staunch fierce bitter prominent influential famous whose and his her".split()
)


def _is_plural(word: str) -> bool:
    return singular_role(word.lower()) is not None


def _is_head(word: str) -> bool:
    lowered = word.lower()
    return is_role(lowered) or singular_role(lowered) is not None


def _core_end(scene: Scene, block: int, words: Words, at: int, limit: int) -> int:
    """Return the word after the noun of a phrase and all that stands before it."""
    texts = words.words
    end = at
    while end < limit and end - at < LONGEST_CORE:
        word = texts[end]
        lowered = word.lower()
        if word in BOUNDS or word == "," or (words.opens[end] and end > at):
            break
        mention = scene.beginning(block, end)
        if mention is not None:
            if mention.who.is_person and texts[min(mention.shape.last, len(texts) - 1)] not in OWNS:
                break
            if mention.shape.last > limit:
                break
            end = mention.shape.last
            continue
        if lowered == "and":
            if end == at or not _is_head(texts[end - 1]):
                break
            if not _second_head(scene, block, words, end + 1, limit):
                break
        elif lowered in FUNCTION_WORDS and lowered not in _ORDINALS:
            break
        elif end > at and word in OWNS:
            pass
        elif end > at and _is_head(texts[end - 1]):
            kind = form(lowered)
            if kind is not Form.NONE or not (_is_head(word) or "-" in word):
                break
        elif form(lowered) is Form.FINITE:
            break
        end += 1
    return end


def _second_head(scene: Scene, block: int, words: Words, at: int, limit: int) -> bool:
    """Whether another noun for people follows within a few words: "and former officer"."""
    for place in range(at, min(at + 4, limit)):
        word = words.words[place]
        if not word[0].isalpha() or word.lower() in FUNCTION_WORDS:
            return False
        if _is_head(word):
            return True
        mention = scene.beginning(block, place)
        if mention is not None and mention.who.is_person:
            return False
    return False


def _past_agent(words: Words, at: int, end: int, limit: int) -> int:
    """Return the word after "walker and travel writer", where the first noun is no known one."""
    texts = words.words
    if end >= limit or texts[end] != "and" or not is_agent(texts[end - 1]):
        return end
    for place in range(end + 1, min(end + 4, limit)):
        if not texts[place].isalpha() or texts[place].lower() in FUNCTION_WORDS:
            return end
        if _is_head(texts[place]):
            return place + 1
    return end


def _head(texts: list[str], at: int, end: int, *, agents: bool) -> tuple[str | None, bool]:
    if end <= at:
        return None, False
    last = texts[end - 1].lower()
    if is_role(last) or (last in TITLES and end - at <= 3 and last[-1] != "."):
        return last, False
    singular = singular_role(last)
    if singular is not None:
        return singular, True
    return (last, False) if agents and is_agent(last) else (None, False)


def _series_end(scene: Scene, block: int, words: Words, last: int, limit: int) -> int:
    """Return the word after further nouns behind commas that say what the same person is."""
    texts = words.words
    end = last
    while end + 1 < limit and (texts[end] == "," or texts[end] == "and"):
        at = end + 1
        if texts[at] == "and":
            at += 1
        if at < limit and texts[at].lower() in ARTICLES:
            at += 1
        stop = _core_end(scene, block, words, at, limit)
        if stop <= at or not is_role(texts[stop - 1].lower()):
            break
        after = texts[stop] if stop < len(texts) else "."
        beginning = scene.beginning(block, stop)
        if beginning is not None and beginning.who.is_person:
            break
        end = tail_end(scene, block, words, stop, limit) if after != "," else stop
    return end


def _written(
    scene: Scene, block: int, words: Words, at: int, end: int, last: int
) -> tuple[str, int]:
    """Return the words behind the noun with names written out, cut before what is unclear."""
    last = cut_unclear(scene, block, words, end, last)
    while last > end and dangles(words.words[last - 1].lower()):
        last -= 1
    tail = [word.lower() for word in words.words[max(end, last - 3) : last]]
    if len(tail) == 3 and tail[0] == "and" and tail[1] in ARTICLES and tail[2] in KIN:
        last -= 3  # "the satrap of Salz and a half-brother of his"
    if last <= end:
        return "", end
    gap = words.text[words.stops[end - 1] : words.starts[end]]
    return gap + written_out(scene, block, end, last), last


def _core_text(
    scene: Scene, block: int, words: Words, at: int, end: int, *, is_list: bool, head: str
) -> str:
    if not is_list:
        return written_out(scene, block, at, end)
    texts = scene.words(block).words
    if "and" in texts[at : end - 1]:
        joint = texts.index("and", at)
        first = singular_role(texts[joint - 1].lower())
        if first is not None:
            before = written_out(scene, block, at, joint - 1)
            between = written_out(scene, block, joint, end - 1)
            return f"{before} {first} {between} {head}".strip()
    before = written_out(scene, block, at, end - 1)
    return f"{before} {head}".strip()


def _listed(names: list[str]) -> str:
    return " and ".join(names)
