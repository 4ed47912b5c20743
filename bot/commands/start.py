"""/start: a greeting with questions to try; said, too, when the bot is added somewhere."""

from __future__ import annotations

from bot.command import Command, Options, Request
from bot.commands.help import questions
from bot.reply import Choice, Choices, Heading, Note, Outcome, Part, Reply
from knowledge.store import Store

NAME = "start"

MOST_TO_TRY = 3


def command(store: Store) -> Command:
    """Return the command for a library."""
    return Command(
        name=NAME,
        help="What I am, with three questions to try",
        answer=lambda request, options: answer(store, request, options),
        example=f"/{NAME}",
        is_for_asker=True,
    )


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return what Daybook does, with questions to try."""
    library = ", ".join(pack.title for pack in store.pack_summaries)
    parts: list[Part] = [
        Heading("Daybook"),
        Note("I tell what happened on a day, who somebody was, and when things happened."),
        Note(
            f"Every answer names its source. I know: {library}."
            if library
            else "My library is empty; whoever runs me can add packs to it."
        ),
    ]
    to_try = tuple(Choice(text) for text in questions(store, request.language)[:MOST_TO_TRY])
    parts.append(Choices(to_try, lead="Try:"))
    parts.append(Note("/help tells how to ask, /privacy what is stored."))
    return Reply(Outcome.FOUND, NAME, tuple(parts), "Daybook")
