"""/daily: the daily post of a place, as admins set it up. The desk does it; here are its words."""

from __future__ import annotations

from bot.command import Action, Command, Option, OptionKind, Options, Request
from bot.commands.only_in_chats import only_in_chats
from bot.reply import Reply

NAME = "daily"

SHOW, SET, PAUSE, RESUME, STOP = "show", "set", "pause", "resume", "stop"
PREVIEW, WHY, AGAIN = "preview", "why", "again"

SETTINGS = (
    Option("time", "When it is posted, such as 09:00", OptionKind.TEXT),
    Option("zone", "Whose clock that is: a city or a zone, such as Europe/Berlin", OptionKind.ZONE),
    Option("place", "Another channel than this one", OptionKind.PLACE),
    Option("kinds", "Only these kinds of events, such as birth,death", OptionKind.EVENT_KIND),
    Option("about", "Only events about this person, thing or source", OptionKind.NAME),
    Option(
        "tone",
        "How grim it may be; balanced unless chosen",
        OptionKind.CHOICE,
        choices=("gentle", "balanced", "all"),
    ),
    Option("late", "How late it may still come, such as 2h; 6h unless chosen", OptionKind.TEXT),
    Option(
        "empty",
        "What a day without events brings; month unless chosen",
        OptionKind.CHOICE,
        choices=("month", "person", "silence"),
    ),
    Option("ping", "A role that each post notifies", OptionKind.ROLE),
    Option("title", "In a Discord forum: the title of its posts, before the day", OptionKind.TEXT),
    Option("tags", "In a Discord forum: the tags of its posts, by name", OptionKind.TEXT),
)
"""In the order in which they are typed by position; title and tags are our own additions to it."""

_PLACE = Option("place", "Another channel than this one", OptionKind.PLACE)

ACTIONS = (
    Action(SHOW, "What is set here, and when the next post comes", (_PLACE,)),
    Action(SET, "Set the daily post up, or change what you name", SETTINGS),
    Action(PAUSE, "Send no more posts until resume", (_PLACE,)),
    Action(RESUME, "Send posts again", (_PLACE,)),
    Action(STOP, "End the daily post; set brings it back within 30 days", (_PLACE,)),
    Action(PREVIEW, "What today's post says", (_PLACE,)),
    Action(WHY, "What became of the posts of the last ten days, and what to do", (_PLACE,)),
    Action(
        AGAIN,
        "Send a post again that may not have arrived",
        (Option("id", "The number that /daily why gives", required=True),),
    ),
)


def command() -> Command:
    """Return the command."""
    return Command(
        name=NAME,
        help="The daily post of this place, for its admins",
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
        "Daily posts",
        "A daily post is set up in the Discord channel or Telegram chat that is to get it, with"
        " /daily set 09:00 Europe/Berlin, where Daybook runs as daybook serve.",
    )
