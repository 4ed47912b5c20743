"""/help: what Daybook does and how to ask, made from the commands themselves."""

from __future__ import annotations

from collections.abc import Mapping

from bot.command import Command, Options, Request
from bot.examples import example_birth, example_day, example_name
from bot.reply import Choice, Choices, Heading, Note, Outcome, Part, Reply
from knowledge.store import Store

NAME = "help"


def command(store: Store, others: Mapping[str, Command]) -> Command:
    """Return the command; `others` are the commands that it explains."""
    return Command(
        name=NAME,
        help="How to ask",
        answer=lambda request, options: answer(store, others, request, options),
        example=f"/{NAME}",
        is_for_asker=True,
    )


def answer(
    store: Store,
    others: Mapping[str, Command],
    request: Request,
    options: Options,
) -> Reply:
    """Return what Daybook does, its commands with their options, and texts to try."""
    library = ", ".join(pack.title for pack in store.pack_summaries) or "nothing yet"
    parts: list[Part] = [
        Heading("Help"),
        Note(
            "I look up what happened on a day, who somebody was, and when, where and by whom things"
            f" were done, in: {library}."
        ),
        *(Note(_usage(other)) for other in others.values()),
        Choices(
            tuple(Choice(text) for text in questions(store, request.language)),
            lead="Or ask in plain words:",
        ),
    ]
    return Reply(Outcome.FOUND, NAME, tuple(parts), "Help")


def questions(store: Store, language: str = "en") -> list[str]:
    """Return plain questions that the library answers."""
    day, name = example_day(store, language), example_name(store)
    asked = ["on this day"]
    asked += [f"who was {name}"] if name else []
    asked += [f"when was {born}"] if (born := example_birth(store)) else []
    asked += [f"what happened on {day}"] if day else []
    return asked


def _usage(command: Command) -> str:
    options = " ".join(
        option.name if option.required else f"[{option.name}]" for option in command.options
    )
    actions = ", ".join(action.name for action in command.actions)
    usage = f"/{command.name} {options or actions}".strip()
    return f"{usage}: {command.help}. Example: {command.example}"
