"""/when: the date of an event, found by its words."""

from __future__ import annotations

import re

from bot.command import Command, Option, Options, Request
from bot.errors import UserError
from bot.examples import example_event_words
from bot.found import Said, best_entities, events_meant
from bot.items import dated_item, said_item
from bot.life import asks_for_birth, is_of_a_life, life_parts, precision_note
from bot.named import with_names
from bot.nothing_told import nothing_told
from bot.reply import Outcome, Part, Reply
from bot.wishes import Wishes, read_wishes
from bot.wording import date_label
from knowledge.store import Store

NAME = "when"

MOST_EVENTS = 4
"""Events that are told where several answer as well."""


def command(store: Store) -> Command:
    """Return the command for a library."""
    return Command(
        name=NAME,
        help="When something happened",
        options=(Option("query", "What happened, in a few words", required=True),),
        answer=lambda request, options: answer(store, request, options),
        example=f"/{NAME} {example_event_words(store) or 'it began'}",
    )


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return the event that the words tell of with its date, and others that may be meant."""
    query = options.get("query", "").strip()
    if not query:
        raise UserError('What do you want the date of? Write it behind, as in "/when X was born".')
    asked = read_wishes(with_names(store, query), request, store)
    if is_of_a_life(asked):
        return _life(store, asked, request) or nothing_told(store, NAME, asked, request.language)
    events = events_meant(store, asked, MOST_EVENTS)
    if events:
        title = date_label(events[0], request.language)
        items = [dated_item(event, request.language) for event in events]
        parts = [items[0], *precision_note(events[0]), *items[1:]]
        return Reply(Outcome.FOUND, NAME, tuple(parts), title)
    dated = [said for said in best_entities(store, asked, MOST_EVENTS) if _tells_a_year(said)]
    if dated:
        return Reply(Outcome.FOUND, NAME, (said_item(dated[0]),), dated[0].entity.name)
    return nothing_told(store, NAME, asked, request.language)


def _life(store: Store, asked: Wishes, request: Request) -> Reply | None:
    """Return when somebody was born or died, from the events of their life, else their entry."""
    parts: list[Part] = []
    title = ""
    for person in asked.names[0]:
        told = life_parts(store, person, request, birth=asks_for_birth(asked))
        title = title or (person.name if told else "")
        parts += told
    return Reply(Outcome.FOUND, NAME, tuple(parts), title) if parts else None


_YEAR = re.compile(r"\b\d{4}\b")


def _tells_a_year(said: Said) -> bool:
    return any(_YEAR.search(sentence) for sentence in said.sentences)
