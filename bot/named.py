"""Whom a typed name means, also with what tells them apart behind it: "X the surgeon"."""

from __future__ import annotations

import re

from bot.labels import by_label, label
from bot.vocabulary.common_words import COMMON
from bot.vocabulary.relation_words import relation_kinds
from knowledge.model import Entity
from knowledge.names import Fit, fold
from knowledge.store import Store

LONGEST_FORGIVEN = 8
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
    exact = store.names.find(text, forgiving=False)
    if COMMON.issuperset(fold(text).split()) and exact.fit is not Fit.WHOLE:
        return ()
    found = store.entities_with(exact.found) or _told_apart(store, text)
    if found or number > LONGEST_FORGIVEN:
        return found
    return store.entities_with(store.names.find(text).found)


_RELATED = re.compile(
    r"(?P<name>\w[\w.’' -]*?)(?:['’]s?|s['’]?)\s+"
    r"(?P<noun>(?:first |second |elder |younger )?[\w-]+(?: in law)?)\b",
    re.IGNORECASE,
)


def with_names(store: Store, text: str) -> str:
    """Return a text with the name of whoever is the only one meant by "X's mother"."""
    match = _RELATED.search(text)
    if match is None or not store.relation_kinds:
        return text
    kinds = relation_kinds(match["noun"], store.relation_kinds)
    if not kinds or store.names.find(match[0], forgiving=False).fit is Fit.WHOLE:
        return text
    related = {
        key
        for entity in entities_named(store, match["name"])
        for kind, key, _ in store.related_to(entity.key)
        if kind in kinds
    }
    only = store.entity(next(iter(related))) if len(related) == 1 else None
    return f"{text[: match.start()]}{label(store, only)}{text[match.end() :]}" if only else text


def _told_apart(store: Store, text: str) -> tuple[Entity, ...]:
    """Return those of a name who are what stands behind it, by their descriptions."""
    match = _APART.fullmatch(text)
    if match is None:
        return ()
    words = fold(match["what"]).split()
    if not words:
        return ()
    bearers = store.entities_with(store.names.find(match["name"]).found)
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
