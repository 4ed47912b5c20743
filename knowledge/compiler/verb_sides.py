"""Who does what a verb tells, and whom or what it leads to."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.name_runs import OWNS
from knowledge.compiler.scene import Scene
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.words import Words

FARTHEST_OBJECT = 9
"""Words between a verb and the name that it leads to."""

BEFORE_VERB = frozenset("had have has was were is been also later then soon once twice".split())
"""What may stand between somebody and the verb that tells what he did."""


def doer(scene: Scene, block: int, words: Words, index: int) -> Identity | None:
    """Return the person before a verb: the name, "he", or the name that "who" goes on from."""
    texts = words.words
    at = index - 1
    while at > 0 and (texts[at] in BEFORE_VERB or texts[at].endswith("ly")):
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
        at = words.opening_bracket(at) - 1
    mention = scene.ending(block, at + 1)
    return mention.who if mention is not None and mention.who.is_person else None


def _before_aside(words: Words, comma: int) -> int | None:
    """Return the word before an aside that ends with a comma: "Kern, a pilot, married"."""
    first, _ = words.sentence(comma)
    for at in range(comma - 1, max(first, comma - 14), -1):
        if words.words[at] == ",":
            return at - 1
    return None


def object_of(scene: Scene, block: int, words: Words, index: int) -> Mentioned | None:
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
