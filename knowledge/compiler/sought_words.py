"""The words of an article that its readers look for, and where they stand: read once for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from knowledge.compiler.cast import PRONOUN_OF
from knowledge.compiler.deed_words import DEEDS
from knowledge.compiler.name_runs import OWNS
from knowledge.compiler.people_words import KIN
from knowledge.compiler.words import Words

SOUGHT = (
    frozenset(
        form_of
        for word in (
            *PRONOUN_OF,
            *DEEDS,
            *"married wed marriage born died suicide death starring by".split(),
            *"children sons daughters elder younger eldest youngest".split(),
            *"place studied trained heard put dead met collaborated guest guests".split(),
            *"pupils students disciples apprentices teachers tutors mentors coaches".split(),
            *"trainers colleagues collaborators friends classmates successors".split(),
            *KIN,
        )
        for form_of in (word, word.capitalize())
    )
    | OWNS
)
"""Words whose places are looked for: each article is read for all of them once."""


def places_of_words(texts: Sequence[Words | None]) -> dict[str, list[tuple[int, int]]]:
    """Return where each word stands, as blocks and indices, by the word in lower case."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for block, words in enumerate(texts):
        if words is not None:
            for index, word in enumerate(words.words):
                if word in SOUGHT:
                    places[word.lower()].append((block, index))
    return places
