"""What somebody did, as a last resort for who somebody was: "Signed the decree of exile"."""

from __future__ import annotations

from knowledge.compiler.accounts import Account, Accounts, Rank, past_bracket
from knowledge.compiler.asides import FRONTED
from knowledge.compiler.identity import Mentioned
from knowledge.compiler.phrase_text import clear_end, written_out
from knowledge.compiler.scene import Scene
from knowledge.compiler.verb_forms import Form, form, is_participle, past_of_participle
from knowledge.compiler.verb_sides import doer
from knowledge.compiler.words import Words
from knowledge.model import EntityKind

SHORTEST_DEED, LONGEST_DEED = 3, 34
"""Words of what is told; fewer say nothing, more are no description."""

LONGEST_FRONT = 18
"""Words before a sentence's subject: "Upon his release in 1960 and return to Varn, Kern"."""

_NO_DEEDS = frozenset(
    "was were is are had has have been did does do would could should might must will can may"
    " became seemed appeared remained began".split()
)
_COMINGS = frozenset(
    "left went came arrived returned collapsed fell departed stayed died slept woke stood sat ran"
    " walked moved stopped turned travelled rose recovered disappeared vanished".split()
)
"""What everybody does at some time: it says nothing of who somebody was."""
_STOPS = frozenset({".", ";", ":", "—", "(", "!", "?", '"', "“"})


def add_deeds(scene: Scene, accounts: Accounts) -> None:
    """Say of those whom nothing else explains what the article says that they did."""
    for block, mentions in scene.mentions.items():
        words = scene.words(block)
        for mention in mentions:
            who = mention.who
            if not who.is_person or mention.shape.heading or accounts.said.get(who):
                continue
            account = (
                _who_did(scene, block, words, mention)
                or _was_done_by(scene, block, words, mention)
                or _done_to(scene, block, words, mention)
                or _of_body(scene, block, words, mention)
            )
            if account is not None:
                accounts.said[who].append(account)


def _who_did(scene: Scene, block: int, words: Words, mention: Mentioned) -> Account | None:
    """Read "Kern signed a decree" and "Kern, who had signed a decree"."""
    texts = words.words
    at = past_bracket(words, mention.shape.last)
    first, last = words.sentence(mention.shape.first)
    relative = texts[at : at + 2] == [",", "who"]
    if relative:
        at += 2
        if at < last and texts[at] == "had":
            at += 1
    elif not _is_subject(words, mention, first):
        return None
    while at < last and texts[at].endswith("ly"):
        at += 1
    if at >= last or texts[at] in _NO_DEEDS or form(texts[at]) not in {Form.PAST, Form.FINITE}:
        return None
    if not words.is_next(at) or texts[at] in _COMINGS:
        return None
    end = at
    while end < last and texts[end] not in _STOPS:
        if texts[end] == "," and (relative or _begins_clause(words, end + 1)):
            break
        end += 1
    whole = end
    end = clear_end(scene, block, at, end)
    if end < whole and "that" in texts[at:end]:
        return None
    if not SHORTEST_DEED <= end - at <= LONGEST_DEED:
        return None
    text = written_out(scene, block, at, end)
    return _account(words, block, text, at, end, mention)


def _is_subject(words: Words, mention: Mentioned, first: int) -> bool:
    """Whether a name opens its sentence, or follows what is fronted: "Upon his release, Kern"."""
    begin = mention.shape.first - len(mention.shape.titles)
    if begin == first:
        return True
    texts = words.words
    is_fronted = texts[first].lower() in FRONTED or texts[first + 1] == ","
    return is_fronted and begin - first < LONGEST_FRONT and texts[begin - 1] == ","


def _was_done_by(scene: Scene, block: int, words: Words, mention: Mentioned) -> Account | None:
    """Read "The chart was made by Kern" as what Kern did: "Made the chart"."""
    texts = words.words
    begin = mention.shape.first - len(mention.shape.titles)
    if begin < 3 or texts[begin - 1] != "by":
        return None
    first, _ = words.sentence(begin)
    at = begin - 2
    participle = texts[at]
    if at - 1 <= first or not is_participle(participle) or texts[at - 1] not in {"was", "were"}:
        return None
    subject = texts[first : at - 1]
    if len(subject) > 8 or any(word in _STOPS or word == "," for word in subject):
        return None
    if clear_end(scene, block, first, at - 1) != at - 1:
        return None
    thing = written_out(scene, block, first, at - 1)
    if subject[0] in {"The", "A", "An"}:
        thing = thing[0].lower() + thing[1:]
    text = f"{past_of_participle(participle)} {thing}"
    return _account(words, block, text, first, begin, mention)


def _done_to(scene: Scene, block: int, words: Words, mention: Mentioned) -> Account | None:
    """Read "Kern recruited Brandt" as what was done to Brandt: "Recruited by Kern"."""
    begin = mention.shape.first - len(mention.shape.titles)
    verb = words.words[begin - 1] if begin else ""
    if verb not in _DONE_TO_PEOPLE:
        return None
    who = doer(scene, block, words, begin - 1)
    if who is None or who is mention.who:
        return None
    return _account(words, block, f"{verb} by {who.name}", begin - 1, begin, mention)


def _of_body(scene: Scene, block: int, words: Words, mention: Mentioned) -> Account | None:
    """Read "Kern of the Varnian Labour Party": where nothing else says who it is."""
    last = mention.shape.last
    if words.words[last : last + 2] != ["of", "the"]:
        return None
    body = next(iter(scene.between(block, last + 2, last + 5)), None)
    if body is None or body.who.kind is not EntityKind.ORGANISATION:
        return None
    end = body.shape.last
    return _account(words, block, written_out(scene, block, last, end), last, end, mention)


_DONE_TO_PEOPLE = frozenset(
    "appointed co-opted recruited hired arrested killed murdered defeated replaced trained"
    " befriended commissioned nominated expelled promoted dismissed pardoned knighted overthrew"
    " deposed adopted captured executed".split()
)


def _begins_clause(words: Words, index: int) -> bool:
    following = words.words[index : index + 2]
    return bool(following) and following[0] in {"and", "but", "which", "while", "although", "so"}


def _account(
    words: Words, block: int, text: str, first: int, last: int, mention: Mentioned
) -> Account:
    return Account(
        Rank.DEED,
        text[:1].upper() + text[1:],
        block,
        min(words.starts[first], mention.shape.start),
        max(words.stops[last - 1], mention.shape.stop),
    )
