"""Two names: what one is to the other, and the events in which both have a part."""

from __future__ import annotations

from bot.command import Options, Request
from bot.found import Said, best_entities
from bot.items import dated_item, said_item
from bot.named import entities_named
from bot.nothing_told import nothing_told
from bot.reply import Heading, Note, Outcome, Part, Reply
from bot.same_person import is_same_person
from bot.wishes import Wishes
from bot.wording import joined
from knowledge.finder import Wish
from knowledge.model import Entity, EntityKind
from knowledge.store import Store

NAME = "whowas"

MOST_ABOUT_BOTH = 3
MOST_BEARERS = 4
"""Those of a shared name, likeliest first, of whom the library is asked with each of the others."""


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return what the library tells of `one` and `other` together."""
    first = entities_named(store, options["one"])[:MOST_BEARERS]
    second = entities_named(store, options["other"])[:MOST_BEARERS]
    both = [
        (one, other)
        for one in first
        for other in second
        if one.key != other.key and _told_of_both(store, one, other)
    ]
    if not both:
        asked = Wishes(names=(first, second))
        return nothing_told(store, NAME, asked, request.language)
    one, other = both[0]
    pairs = [(a, b) for a, b in both if _is_same(a, one) and _is_same(b, other)]
    title = f"{one.name} and {other.name}"
    parts: list[Part] = [Heading(title)]
    relations = dict.fromkeys(sentence for pair in pairs for sentence in _relations(*pair))
    if relations:
        parts.append(Note(" ".join(relations)))
    shared = {e.key: e for a, b in pairs for e in store.events_of_both(a.key, b.key)}
    in_order = sorted(shared.values(), key=lambda event: event.date.in_time)
    parts += [dated_item(event, request.language) for event in in_order]
    about = {said.entity.key: said for pair in pairs for said in _about_both(store, *pair)}
    parts += [said_item(said) for said in about.values()]
    return Reply(Outcome.FOUND, NAME, tuple(parts), title)


def _is_same(one: Entity, other: Entity) -> bool:
    return one.key == other.key or is_same_person(one, other)


def _told_of_both(store: Store, one: Entity, other: Entity) -> bool:
    return bool(
        _relations(one, other)
        or store.events_of_both(one.key, other.key)
        or _about_both(store, one, other)
    )


def _relations(one: Entity, other: Entity) -> list[str]:
    """Return "A: wife and host of B." from either side."""
    sentences = []
    for left, right in ((one, other), (other, one)):
        kinds = [relation.kind for relation in left.relations if relation.to.key == right.key]
        if kinds:
            sentences.append(f"{left.name}: {joined(list(dict.fromkeys(kinds)))} of {right.name}.")
    return sentences


def _about_both(store: Store, one: Entity, other: Entity) -> list[Said]:
    """Return what the library says of a question that concerns both, and of each with the other."""
    asked = Wishes((Wish(keys=(one.key,), required=True), Wish(keys=(other.key,), required=True)))
    return [
        said
        for said in best_entities(store, asked, MOST_ABOUT_BOTH * 4)
        if said.entity.kind is EntityKind.CONCEPT or said.entity in (one, other)
    ][:MOST_ABOUT_BOTH]
