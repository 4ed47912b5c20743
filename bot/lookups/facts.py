"""A question in free words: the events and entities that tell most of what it asks."""

from __future__ import annotations

from collections.abc import Sequence

from bot.command import Options, Request
from bot.found import ENOUGH, NEARLY_ALL, Said, best_events, best_facts, best_views
from bot.items import dated_item, said_item
from bot.nothing_told import nothing_told
from bot.reply import Outcome, Part, Reply
from bot.wishes import read_wishes
from bot.wording import date_label
from knowledge.finder import Order
from knowledge.model import Event
from knowledge.store import Store

NAME = "search"

MOST_FACTS = 4


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return the best facts for `query`; that nothing is told where none covers enough of it."""
    query = options["query"]
    asked = read_wishes(query, request, store)
    enough = NEARLY_ALL if options.get("strict") else ENOUGH
    facts: Sequence[Event | Said] = ()
    in_time = asked.order is not Order.BEST and not options.get("claim")
    if asked.wishes:
        facts = best_events(store, asked, MOST_FACTS) if in_time else ()
        facts = facts or best_facts(store, asked, MOST_FACTS, enough)
    if options.get("claim"):
        facts = best_views(store, asked, 1) or facts
    if not facts:
        return nothing_told(store, NAME, asked)
    parts: list[Part] = []
    for fact in facts:
        if isinstance(fact, Event):
            parts.append(dated_item(fact, request.language))
        else:
            parts.append(said_item(fact))
    return Reply(Outcome.FOUND, NAME, tuple(parts), _title(facts[0], request.language))


def _title(fact: Event | Said, language: str) -> str:
    return date_label(fact, language) if isinstance(fact, Event) else fact.entity.name
