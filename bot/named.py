"""Whom a typed name means, also with what tells them apart behind it: "X the surgeon"."""

from __future__ import annotations

import re

from bot.labels import by_label
from knowledge.model import Entity
from knowledge.names import fold
from knowledge.store import Store

LONGEST_FORGIVEN = 6
"""Words of a phrase that may be a misspelt name; longer ones are sentences."""

LONGEST_NAME = 12
"""Words of a phrase that may be a name at all."""

_APART = re.compile(r"(?P<name>.+?),?\s+(?:the|who was (?:the|an?))\s+(?P<what>.+)", re.IGNORECASE)


def entities_named(store: Store, text: str) -> tuple[Entity, ...]:
    """Return the entities that a typed name means, the likeliest first; misspelt or not."""
    number = len(text.split())
    if not 0 < number <= LONGEST_NAME:
        return ()
    labelled = by_label(store, text)
    if labelled:
        return (labelled,)
    exact = _found(store, text, forgiving=False)
    return (
        exact
        or _told_apart(store, text)
        or _found(store, text, forgiving=number <= LONGEST_FORGIVEN)
    )


def _found(store: Store, text: str, *, forgiving: bool) -> tuple[Entity, ...]:
    keys = store.names.find(text, forgiving=forgiving).found
    return tuple(entity for key in keys if (entity := store.entity(key)))


def _told_apart(store: Store, text: str) -> tuple[Entity, ...]:
    """Return those of a name who are what stands behind it, by their descriptions."""
    match = _APART.fullmatch(text)
    if match is None:
        return ()
    words = fold(match["what"]).split()
    if not words:
        return ()
    bearers = _found(store, match["name"], forgiving=True)
    places = {one.key: _place(words, fold(one.description).split()) for one in bearers}
    first = min(places.values(), default=NOWHERE)
    return tuple(one for one in bearers if first < NOWHERE and places[one.key] == first)


NOWHERE = 1_000


def _place(words: list[str], description: list[str]) -> int:
    """Return where the last of these words stands in a description, NOWHERE if one doesn't."""
    return max(
        (description.index(word) if word in description else NOWHERE for word in words),
        default=NOWHERE,
    )
