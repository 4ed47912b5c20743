"""What fits what somebody is typing in any chat: its answer, people and things, single facts.

Each is a whole reply, to be sent with one touch. It asks the store, so it runs in its thread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from bot.answer import Answerer
from bot.command import Request
from bot.commands.help import questions
from bot.items import dated_item, entity_item, life_dates
from bot.named import entities_named
from bot.reply import Heading, Item, Note, Outcome, Reply
from knowledge.model import Entity, Event

SHORTEST_SEARCH = 3
"""Characters from which facts are searched by their words."""

_ASKING = re.compile(r"(?:who|what)(?: was| is|'s|’s)? ", re.IGNORECASE)
"""How a question about a name begins, which is looked up while it is being typed."""

MOST_NAMES = 8
MOST_FACTS = 20


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that fits. `key` is the same each time, and another for each."""

    key: str
    title: str
    description: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class LookUp:
    """Some of what fits; `next_offset` is where the rest begins, 0 where there is none."""

    found: tuple[Found, ...]
    next_offset: int = 0


def look_up(
    answerer: Answerer,
    request: Callable[[str], Request],
    typed: str,
    first: int,
    most: int,
) -> LookUp:
    """Return `most` of what fits from `first` on, the likeliest first.

    `request` makes a request of a text. For nothing typed it is today, and questions to try.
    """
    some = list(islice(_each_once(_fitting(answerer, request, typed)), first, first + most + 1))
    return LookUp(tuple(some[:most]), first + most if len(some) > most else 0)


def _each_once(found: Iterator[Found]) -> Iterator[Found]:
    """Yield what was found once: one reply may be reached by several texts."""
    seen = set()
    for one in found:
        items = one.reply.items
        mark = (one.title, items[0].id if items else one.description)
        if mark not in seen:
            seen.add(mark)
            yield one


def _fitting(answerer: Answerer, request: Callable[[str], Request], typed: str) -> Iterator[Found]:
    text = " ".join(typed.split())
    if not text:
        for question in questions(answerer.store):
            for found in _answered(answerer, request(question)):
                told = ". ".join(filter(None, (found.reply.title, found.description)))
                yield replace(found, title=question[0].upper() + question[1:], description=told)
        return
    reply = answerer.answer(request(text))
    if reply.outcome is Outcome.FOUND:
        yield _found(f"ask:{text}", reply)
    else:
        for choice in reply.choices[:MOST_NAMES]:
            yield from _named(answerer, choice) or _answered(answerer, request(choice))
    for name in answerer.store.suggest(_ASKING.sub("", text), limit=MOST_NAMES):
        yield from _named(answerer, name)
    if len(text) >= SHORTEST_SEARCH:
        for match in answerer.store.search(text, limit=MOST_FACTS):
            if isinstance(match, Event):
                yield _fact(match)
            elif isinstance(match, Entity):
                yield _thing(match)


def _answered(answerer: Answerer, request: Request) -> Iterator[Found]:
    reply = answerer.answer(request)
    if reply.outcome is Outcome.FOUND:
        yield _found(f"ask:{request.text}", reply)


def _named(answerer: Answerer, name: str) -> list[Found]:
    """Return who or what bears a name: in short, for a whole life takes 15 ms and this is typed."""
    return [_thing(entity) for entity in entities_named(answerer.store, name)[:1]]


def _found(key: str, reply: Reply) -> Found:
    headings = [part.text for part in reply.parts if isinstance(part, Heading)]
    notes = [part.text for part in reply.parts if isinstance(part, Note)]
    told = [_told(item) for item in reply.items[:1]] or notes[:1]
    title = reply.title or (headings[0] if headings else "") or (told[0] if told else "")
    return Found(key, title, told[0] if told else "", reply)


def _told(item: Item) -> str:
    return " ".join(filter(None, (item.label, item.full_text)))


def _fact(event: Event) -> Found:
    item = dated_item(event)
    reply = Reply(Outcome.FOUND, "search", (item,), item.label)
    return Found(f"item:{item.id}", item.label, item.full_text, reply)


def _thing(entity: Entity) -> Found:
    heading, item = Heading(entity.name, life_dates(entity)), entity_item(entity)
    reply = Reply(Outcome.FOUND, "whowas", (heading, item), entity.name)
    return Found(f"item:{item.id}", entity.name, item.full_text, reply)
