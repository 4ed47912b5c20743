"""Words between a name and what goes on from it: "Kern, a retired captain, and his wife"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from knowledge.compiler.people_words import KIN
from knowledge.compiler.verb_forms import Form, form

if TYPE_CHECKING:
    from knowledge.compiler.identity import Identity, Mentioned
    from knowledge.compiler.words import Words


class Scene(Protocol):
    """What is asked here of the words of an article and of whom they name."""

    def words(self, block: int) -> Words:
        """Return the words of a block."""

    def beginning(self, block: int, index: int) -> Mentioned | None:
        """Return the name that begins with a word."""

    def ending(self, block: int, index: int) -> Mentioned | None:
        """Return the name that ends before a word."""

    def whose(self, block: int, index: int) -> Identity | None:
        """Return whom a pronoun means."""


LONGEST_ASIDE = 9
"""Words between the commas of "Kern, a retired captain of the old guard, and his wife"."""

FRONTED = frozenset(
    "after before in on at with during by following upon despite under from since until while"
    " when as although though for unlike like between among against without throughout".split()
)
"""What begins a phrase that stands before a sentence's subject: "After a quarrel with Kern, he"."""

_ARTICLES = frozenset({"a", "an", "the"})
_FOLLOWERS = frozenset({"pupil", "student", "disciple", "friend", "assistant", "colleague"})


def named_before_aside(scene: Scene, block: int, comma: int) -> Identity | None:
    """Return Kern, by the comma that closes "Kern, a retired captain,"; None for anything else."""
    texts = scene.words(block).words
    if comma < 1 or texts[comma] != ",":
        return None
    for at in range(comma - 1, max(-1, comma - LONGEST_ASIDE - 1), -1):
        if texts[at] == ",":
            opens = texts[at + 1].lower() in _ARTICLES
            end = scene.words(block).opening_bracket(at - 1) if texts[at - 1] == ")" else at
            mention = scene.ending(block, end) if opens else None
            return mention.who if mention is not None and mention.who.is_person else None
        if texts[at] in {";", ".", ":", ")", "("} or form(texts[at]) is Form.FINITE:
            return None
    return None


def described_by_owner(scene: Scene, block: int, index: int) -> Identity | None:
    """Return Kern for "his" in "Kern, a pupil of his uncle": he cannot be meant by it himself."""
    texts = scene.words(block).words
    for at in range(index - 1, max(0, index - LONGEST_ASIDE), -1):
        if texts[at] == ",":
            mention = scene.ending(block, at)
            is_kin = any(w.lower() in KIN or w.lower() in _FOLLOWERS for w in texts[at:index])
            if mention is None or texts[at + 1].lower() not in _ARTICLES or not is_kin:
                return None
            return mention.who
        if not texts[at][0].isalpha() or form(texts[at]) is Form.FINITE:
            return None
    return None


def tells_of_former_and_latter(words: Words, first: int) -> bool:
    """Whether a sentence begins with "The former" or "The latter": of the two told of before it."""
    near = [word.lower() for word in words.words[first : first + 2]]
    return near in (["the", "former"], ["the", "latter"])


def part_start(words: Words, index: int) -> int:
    """Return the first word of the part of a sentence that a word is in: behind a semicolon."""
    first, _ = words.sentence(index)
    for at in range(index - 1, first - 1, -1):
        if words.words[at] in {";", ":"}:
            return at + 1
    return first


def subject_of_clause(scene: Scene, block: int, index: int) -> Identity | None:
    """Return who does what a verb behind "and" or a comma tells, in its part of the sentence.

    "Kern fell ill on the march and died": the name, "he" or "she" that the part begins with; parts
    are parted by semicolons. None where it begins with somebody unnamed.
    """
    words = scene.words(block)
    texts = words.words
    begin = part_start(words, index)
    if texts[begin].lower() in FRONTED and "," in texts[begin:index]:
        begin = texts.index(",", begin) + 1
    if tells_of_former_and_latter(words, begin):
        return _former_or_latter(scene, block, begin)
    for at in range(begin, index):
        word = texts[at].lower()
        if word in {"he", "she"}:
            return scene.whose(block, at)
        mention = scene.beginning(block, at)
        if mention is not None:
            owns = texts[mention.shape.last] in {"'s", "’s", "'", "’"}
            if mention.who.is_person and not owns:
                return mention.who
        if word[0].isalpha() and word.islower() and form(word) in {Form.FINITE, Form.PAST}:
            before = texts[at - 1].lower() if at else ""
            if before not in {"the", "a", "an", ","}:
                return None
    return None


def _former_or_latter(scene: Scene, block: int, begin: int) -> Identity | None:
    """Return whom "the latter" means behind a sentence that begins "She and Kern", "A and B"."""
    words = scene.words(block)
    first, _ = words.sentence(begin)
    if not first:
        return None
    earlier, _ = words.sentence(first - 1)
    joint = next((at for at in range(earlier, first) if words.words[at] == "and"), None)
    if joint is None:
        return None
    if words.words[begin + 1].lower() == "latter":
        named = scene.beginning(block, joint + 1)
    elif words.words[joint - 1].lower() in {"he", "she"}:
        return scene.whose(block, joint - 1)
    else:
        named = scene.ending(block, joint)
    return named.who if named is not None and named.who.is_person else None
