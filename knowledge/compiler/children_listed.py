"""Children who are listed behind a colon: "They had three children: * Anna (1811–1880) * Otto"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.compiler.name_shapes import Shape
from knowledge.compiler.words import Words

_CHILDREN = frozenset({"children", "sons", "daughters", "child", "issue", "son", "daughter"})
_BULLETS = frozenset({"*", "•", "·", ";"})
_BEFORE_ITEMS = frozenset({"and", "1.", "2.", "3.", "4.", "5.", "6.", "7.", "8."})


def items_behind(words: Words, colon: int) -> Iterator[int]:
    """Yield the words that the items of a list behind a colon begin with, in one paragraph.

    Items stand behind bullets, which a text without its markup has within a line, or semicolons.
    """
    texts = words.words
    if texts[colon : colon + 1] not in ([":"], ["including"]) or colon + 1 >= len(texts):
        return
    bullet = next((text for text in texts[colon + 1 :] if text in _BULLETS), None)
    if bullet is None:
        return
    last = len(texts) if bullet != ";" else words.sentence(colon)[1]
    begins = [at + 1 for at in range(colon + 1, last) if texts[at] == bullet]
    if texts[colon + 1] != bullet:
        begins.insert(0, colon + 1)
    for at in begins:
        yield at + 1 if texts[at : at + 1] and texts[at] in _BEFORE_ITEMS else at


def _is_of_children(words: Words, colon: int) -> bool:
    """Whether a colon stands behind "two sons", "six children, of whom three survived"."""
    first, _ = words.sentence(colon)
    near = words.words[max(first, colon - FARTHEST_CHILDREN) : colon]
    return any(word.lower() in _CHILDREN for word in near)


FARTHEST_CHILDREN = 9
"""Words from "children" to the colon."""


def _named_behind(words: Words, colon: int) -> list[int]:
    """Return where the names of "three children: Anna, Otto and Karl" may begin."""
    _, last = words.sentence(colon)
    texts = words.words
    first = [colon + 1] if texts[colon] == "including" else []
    return first + [at + 1 for at in range(colon, last - 1) if texts[at] in {":", ",", "and"}]


def listed_children(shapes: Sequence[Shape], texts: Sequence[Words | None]) -> set[int]:
    """Return the ids of the shapes that name children in such a list."""
    begins: dict[int, set[int]] = {}
    for block, words in enumerate(texts):
        if words is None:
            continue
        for at, word in enumerate(words.words):
            if word in {":", "including"} and _is_of_children(words, at):
                found = list(items_behind(words, at)) or _named_behind(words, at)
                begins.setdefault(block, set()).update(found)
    return {
        id(shape)
        for shape in shapes
        if shape.block in begins and shape.first - len(shape.titles) in begins[shape.block]
    }
