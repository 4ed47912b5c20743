"""A question in free words: the events and entities that tell most of what it asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.command import Options, Request
from bot.found import (
    ENOUGH,
    MOST_LOOKED_AT,
    NEARLY_ALL,
    Said,
    best_events,
    best_facts,
    best_views,
    views_by_name,
)
from bot.items import dated_item, said_item
from bot.nothing_told import nothing_told
from bot.quoting import best_quotations, quotation_item
from bot.reply import Note, Outcome, Part, Reply
from bot.wishes import Wishes, read_wishes
from bot.wording import date_label
from knowledge.finder import Order
from knowledge.model import Event
from knowledge.store import Store

NAME = "search"

MOST_FACTS = 5
"""Facts of an answer; that there are more is said."""


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return the best facts for `query`; that nothing is told where none covers enough of it.

    If `strict`, they must say nearly all of it. Of a `claim` the views of it go first. If `kinds`
    (separated by commas) are given, only events of these kinds answer.
    """
    query = options["query"]
    asked = read_wishes(query, request, store)
    if options.get("claim"):
        facts: Sequence[Event | Said] = (
            best_views(store, asked)
            or best_facts(store, asked, MOST_FACTS + 1)
            or views_by_name(store, asked)
        )
    else:
        facts = _facts(store, asked, query, NEARLY_ALL if options.get("strict") else ENOUGH)
    kinds = options.get("kinds", "")
    if kinds:
        wanted = kinds.split(",")
        facts = [fact for fact in facts if isinstance(fact, Event) and fact.kind in wanted]
        asked = replace(asked, words=())  # near somebody's birth would be another one's
    if not facts:
        return nothing_told(store, NAME, asked, request.language)
    parts: list[Part] = []
    quotations = [] if kinds else best_quotations(store, asked)
    for fact in facts[:MOST_FACTS]:
        if isinstance(fact, Event):
            parts.append(dated_item(fact, request.language))
        else:
            parts.append(said_item(fact))
    if len(facts) > MOST_FACTS:
        parts.append(Note("There is more that says as much; ask more closely to see it."))
    if quotations:
        parts += [Note("In the words of the source:"), *map(quotation_item, quotations)]
    return Reply(Outcome.FOUND, NAME, tuple(parts), _title(facts[0], request.language))


def _facts(store: Store, asked: Wishes, query: str, enough: float) -> Sequence[Event | Said]:
    """Return the best facts: the first or last in time, or those with numbers, as it is asked."""
    if not asked.wishes:
        return ()
    if asked.order is not Order.BEST:
        first = best_events(store, asked, 1)
        if first:
            return first
    if _COUNTED.match(query):
        return _with_numbers_first(best_facts(store, asked, MOST_LOOKED_AT, enough))
    return best_facts(store, asked, MOST_FACTS + 1, enough)


_COUNTED = re.compile(r"how\s+(?:long|many|much|often|far|big|large|high)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen|half|once|twice)\b",
    re.IGNORECASE,
)


def _with_numbers_first(facts: Sequence[Event | Said]) -> list[Event | Said]:
    return sorted(facts, key=lambda fact: not _NUMBER.search(_text(fact)))


def _text(fact: Event | Said) -> str:
    return fact.text if isinstance(fact, Event) else " ".join(fact.sentences)


def _title(fact: Event | Said, language: str) -> str:
    return date_label(fact, language) if isinstance(fact, Event) else fact.entity.name
