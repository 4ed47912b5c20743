"""A phrase's words as they are told: names written out, cut before what would be unclear."""

from __future__ import annotations

from knowledge.compiler.cast import PRONOUN_OF
from knowledge.compiler.identity import Mentioned
from knowledge.compiler.scene import Scene
from knowledge.compiler.words import Words

TAIL_OPENERS = frozenset(
    "of in at from for to with under during since on by who whose between near among within"
    " into through against about behind aboard alongside along".split()
)


_UNCLEAR = frozenset(
    "he she they him them it its their theirs this these those there here such then itself"
    " themselves one ones former latter above our we us i my me you your same".split()
)


_NEXT = frozenset({"next", "following", "previous", "today", "yesterday", "ago"})


def clear_end(scene: Scene, block: int, first: int, last: int) -> int:
    """Return the end of words cut before what would be unclear by itself, and not dangling."""
    end = cut_unclear(scene, block, scene.words(block), first, last)
    while end > first and dangles(scene.words(block).words[end - 1].lower()):
        end -= 1
    return end


def dangles(word: str) -> bool:
    """Whether a phrase cannot end with a word: "of", "chosen"."""
    return word in TAIL_OPENERS or word in {"and", ",", "the", "a", "an", "or", "his", "her", "as"}


def cut_unclear(scene: Scene, block: int, words: Words, end: int, last: int) -> int:
    """Return where words must stop before a pronoun whose person is unsure, or "the next"."""
    texts = words.words
    safe = end
    for at in range(end, last):
        word = texts[at].lower()
        if (word in TAIL_OPENERS or texts[at] == ",") and at > end:
            safe = at
        is_that = word == "that" and at > end and texts[at - 1].lower() in TAIL_OPENERS
        if is_that or word in _UNCLEAR or (word in PRONOUN_OF and scene.whose(block, at) is None):
            return safe
        if word in PRONOUN_OF and word not in {"his", "her"}:
            return safe
        if word in _NEXT and at + 1 < last:
            return safe
    return last


def written_out(scene: Scene, block: int, first: int, last: int) -> str:
    """Return words with people named in full, and "his" and "her" as names."""
    words = scene.words(block)
    parts: list[str] = []
    at = first
    while at < last:
        if at > first:
            parts.append(words.text[words.stops[at - 1] : words.starts[at]])
        mention = scene.beginning(block, at)
        word = words.words[at]
        if mention is not None and mention.shape.first == at and mention.shape.last <= last:
            name = _full_name(mention, words)
            title = name.split()[0]
            is_twice = at > first and words.words[at - 1] == title  # "daughter of Lord Kern"
            parts.append(name.removeprefix(f"{title} ") if is_twice else name)
            at = mention.shape.last
            continue
        owner = scene.whose(block, at) if word.lower() in {"his", "her"} else None
        if owner is not None and owner in scene.people(block, first, at):
            owner = None  # "daughter of Otto Kern and his wife"
        parts.append(possessive(owner.name) if owner is not None else word)
        at += 1
    return "".join(parts)


def possessive(name: str) -> str:
    """Return "Kern's" for "Kern"."""
    return f"{name}'s"


def _full_name(mention: Mentioned, words: Words) -> str:
    shape = mention.shape
    written = words.text[shape.start : shape.stop]
    if mention.who.is_person and written not in mention.who.full:
        return mention.who.name
    return written
