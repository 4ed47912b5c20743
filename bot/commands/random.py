"""/random: one fact, of all or about somebody."""

from __future__ import annotations

from random import Random

from bot.command import Command, Option, OptionKind, Options, Request
from bot.commands.subject import read_subject
from bot.examples import example_name
from bot.items import dated_item
from bot.reply import Heading, Note, Outcome, Part, Reply
from bot.wording import date_label
from knowledge.store import Store

NAME = "random"


def command(store: Store, chance: Random) -> Command:
    """Return the command for a library; `chance` chooses."""
    return Command(
        name=NAME,
        help="One fact, chosen by chance",
        options=(Option("about", "Only about this person, thing or source", OptionKind.NAME),),
        answer=lambda request, options: answer(store, chance, request, options),
        example=f"/{NAME} {example_name(store) or ''}".strip(),
        is_by_chance=True,
    )


def answer(store: Store, chance: Random, request: Request, options: Options) -> Reply:
    """Return one event by chance, of everything or of what `about` names."""
    about = options.get("about", "").strip()
    parts: list[Part] = []
    if about:
        subject = read_subject(store, about)
        parts.append(Heading(subject.name))
        events = subject.events()
        event = chance.choice(events) if events else None
    else:
        event = store.nth_event(chance.randrange(store.event_count)) if store.event_count else None
    if event is None:
        parts.append(Note("The library has no event to tell here."))
        return Reply(Outcome.NOT_FOUND, NAME, tuple(parts))
    item = dated_item(event, request.language)
    return Reply(Outcome.FOUND, NAME, (*parts, item), date_label(event, request.language))
