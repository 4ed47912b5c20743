"""/search: facts and passages that hold the words."""

from __future__ import annotations

from bot.command import Command, Option, Options, Request
from bot.errors import UserError
from bot.examples import example_name
from bot.found import Said, best_facts
from bot.items import dated_item, entity_item, said_item
from bot.reply import Heading, Item, Note, Outcome, Part, Reply
from bot.wishes import read_wishes
from bot.wording import quoted
from knowledge.model import Entity, Event, Passage
from knowledge.store import Store

NAME = "search"

MOST_FOUND = 50
"""Facts of an answer; a search for a common word has no end otherwise."""

MOST_NEAR = 5
"""Facts that are shown where none holds every word."""


def command(store: Store) -> Command:
    """Return the command for a library."""
    return Command(
        name=NAME,
        help="Facts and passages that hold the words",
        options=(Option("text", "Words to look for", required=True),),
        answer=lambda request, options: answer(store, request, options),
        example=f"/{NAME} {example_name(store) or 'a word'}",
    )


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return what holds every word, the best first; else what holds most of them."""
    text = options.get("text", "").strip()
    if not any(c.isalnum() for c in text):
        raise UserError("What shall I search for? Write a word or a few behind it.")
    shown = f'"{quoted(text)}"'
    found = store.search(text, MOST_FOUND + 1)
    if found:
        parts: list[Part] = [Heading(f"Search: {shown}")]
        parts += [_item(fact, request) for fact in found[:MOST_FOUND]]
        if len(found) > MOST_FOUND:
            parts.append(Note(f"These are the {MOST_FOUND} best; add a word to see fewer."))
        return Reply(Outcome.FOUND, NAME, tuple(parts), quoted(text))
    near = best_facts(store, read_wishes(text, request, store), MOST_NEAR)
    parts = [Note(f"Nothing in the library holds every word of {shown}.")]
    if near:
        parts.append(Note("These say most of it, perhaps in other words:"))
        parts += [_item(fact, request) for fact in near]
    return Reply(Outcome.NOT_FOUND, NAME, tuple(parts))


def _item(fact: Event | Entity | Passage | Said, request: Request) -> Item:
    match fact:
        case Event():
            return dated_item(fact, request.language)
        case Entity():
            return entity_item(fact, named=True)
        case Said():
            return said_item(fact)
        case Passage():
            return Item(id=fact.key, text=fact.text, citation=fact.citation)
