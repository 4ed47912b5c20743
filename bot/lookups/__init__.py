"""What plain words ask for and no command does: one file a look-up.

A look-up answers as a command does, and its reply bears the name of the nearest command.
"""

from __future__ import annotations

from functools import partial

from bot.command import Answer
from bot.lookups import age, facts, pair, place, relation, works
from knowledge.store import Store


def all_lookups(store: Store) -> dict[str, Answer]:
    """Return every look-up by name, made for a library."""
    return {
        "age": partial(age.answer, store),
        "facts": partial(facts.answer, store),
        "pair": partial(pair.answer, store),
        "place": partial(place.answer, store),
        "relation": partial(relation.answer, store),
        "works": partial(works.answer, store),
    }
