"""Who is he and who is she by the words right beside a whole name: before anybody is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.compiler.cast import Pronoun
from knowledge.compiler.name_shapes import Shape
from knowledge.compiler.people_words import KIN, pronoun_of
from knowledge.compiler.same_name import PersonName
from knowledge.compiler.words import Words

LONGEST_BRACKET = 24
"""Words of a bracket with life dates behind a name."""

FARTHEST_KIN = 5
"""Words from the comma behind a name to "daughter"."""


def shown_pronouns(
    shapes: Sequence[Shape], texts: Sequence[Words | None]
) -> dict[tuple[str, ...], Pronoun]:
    """Return the pronoun that "his sister Ilse Kern" and "Ilse Kern (1811–1880), a wife" show.

    By the words of whole names, folded as `PersonName` has them.
    """
    found: dict[tuple[str, ...], Pronoun] = {}
    for shape in shapes:
        words = texts[shape.block]
        if words is None or len(shape.words) < 2 or shape.is_title:
            continue
        for word in _beside(words.words, shape):
            pronoun = pronoun_of(word.lower())
            if pronoun is not None:
                found.setdefault(PersonName.of(shape.words).folded, pronoun)
                break
    return found


def _beside(texts: list[str], shape: Shape) -> Iterator[str]:
    yield from shape.titles
    before = shape.first - len(shape.titles) - 1
    if before > 0 and texts[before] == ",":
        before -= 1
    if before >= 0 and texts[before].lower() in KIN:
        yield texts[before]
    at = shape.last
    if texts[at : at + 1] == ["("]:
        inside = texts[at : at + LONGEST_BRACKET]
        at += inside.index(")") + 1 if ")" in inside else 0
    if texts[at : at + 1] == [","]:
        for word in texts[at + 1 : at + 1 + FARTHEST_KIN]:
            if word in {",", "of", "and", "."}:
                return
            if word in KIN:
                yield word
                return
