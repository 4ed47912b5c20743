"""/dates: a community's own dates, told beside the sources'; the desk does it, by these words."""

from __future__ import annotations

from bot.command import Action, Command, Option, OptionKind, Options, Request
from bot.commands.only_in_chats import only_in_chats
from bot.reply import Reply

NAME = "dates"

LIST, ADD, REMOVE, IMPORT, EXPORT = "list", "add", "remove", "import", "export"
CSV, JSON = "csv", "json"

ACTIONS = (
    Action(LIST, "This community's own dates"),
    Action(
        ADD,
        "Add a date of this community's own",
        (
            Option("date", "The day, such as 21 August 2019; without a year it is told each year"),
            Option("text", "What happened, such as server founded"),
        ),
    ),
    Action(
        REMOVE,
        "Remove a date of this community's own",
        (Option("which", "Its id, or words of it", required=True),),
    ),
    Action(
        IMPORT,
        "Add the dates of a CSV or JSON file",
        (Option("file", "A file with the columns date and text", OptionKind.FILE),),
    ),
    Action(
        EXPORT,
        "This community's own dates as a file",
        (
            Option(
                "format",
                "The sort of file; csv unless chosen",
                OptionKind.CHOICE,
                choices=(CSV, JSON),
            ),
        ),
    ),
)


def command() -> Command:
    """Return the command."""
    return Command(
        name=NAME,
        help="This community's own dates, for its admins",
        answer=answer,
        example=f"/{NAME}",
        is_for_asker=True,
        is_for_admins=True,
        actions=ACTIONS,
    )


def answer(request: Request, options: Options) -> Reply:
    """Return where it works: this is what a console and an inline look-up say."""
    return only_in_chats(
        NAME,
        "Own dates",
        "A community keeps its own dates in its Discord server or Telegram chat, with"
        " /dates add 21 August 2019 server founded. Elsewhere, write a pack: docs/packs.md.",
    )
