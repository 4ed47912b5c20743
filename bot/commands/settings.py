"""/settings: what a server or chat chose. The desk does it; here are its words."""

from __future__ import annotations

from bot.command import Command, Option, OptionKind, Options, Request
from bot.commands.only_in_chats import only_in_chats
from bot.reply import Reply

NAME = "settings"

ZONE, LANGUAGE, DATE_ORDER, TONE = "zone", "language", "date_order", "tone"
DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
USUAL = "usual"
"""Typed for a setting that goes back to what it is where nothing is chosen."""

LANGUAGES = ("en",)

OPTIONS = (
    Option(ZONE, "Whose clock says what today is: a city or a zone; or usual", OptionKind.ZONE),
    Option(LANGUAGE, "The language of answers", OptionKind.CHOICE, choices=LANGUAGES),
    Option(
        DATE_ORDER,
        "How 03-05 is read",
        OptionKind.CHOICE,
        choices=(DAY_FIRST, MONTH_FIRST, USUAL),
    ),
    Option(
        TONE,
        "How grim daily posts may be that choose no tone of their own",
        OptionKind.CHOICE,
        choices=("gentle", "balanced", "all", USUAL),
    ),
)


def command() -> Command:
    """Return the command."""
    return Command(
        name=NAME,
        help="This server's or chat's choices, for its admins",
        answer=answer,
        options=OPTIONS,
        example=f"/{NAME}",
        is_for_asker=True,
        is_for_admins=True,
    )


def answer(request: Request, options: Options) -> Reply:
    """Return where it works: this is what a console and an inline look-up say."""
    return only_in_chats(
        NAME,
        "Settings",
        "Settings belong to a Discord server or a Telegram chat, and are changed there, such as"
        " with /settings zone:Europe/Berlin. A console goes by the variables that README lists.",
    )
