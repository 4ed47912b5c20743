"""/privacy: what is stored of a place and of those who ask, for how long, and how it is erased."""

from __future__ import annotations

from bot.command import Action, Command, Option, OptionKind, Options, Request
from bot.reply import Heading, Note, Outcome, Reply

NAME = "privacy"

SHOW, EXPORT, ERASE = "show", "export", "erase"
YES = "yes"

STORED = """\
I store no messages and no names of people, servers or chats. Of who only asks I store nothing: a
question is answered and forgotten.

Where admins set something up, I store it: the number of the server and chat, the daily post's time,
zone and choices, the settings, and the number of the admin who set up the post. The community's own
dates are stored as they were typed, with the number of who added them.

Of each daily post I store when it was due and what became of it, its text until it has ended, and
which facts were told, so that none is told twice. A daily post that was stopped is kept for 30
days. When I am removed, all of the place is erased 30 days later, and what was copied for safety
goes within 30 days after that.

/privacy export gives what is stored of this place, in private of you; /privacy erase erases it at
once. In a server or group that is for its admins.

The latest answers are kept in memory for a while, without who asked. How often somebody asks is
counted in memory, with the numbers of the user and the chat, so that nobody can flood me; the
numbers of the latest messages are kept there, so that none is answered twice. All that is gone when
I restart. My counters and my log hold no texts and no names, unless I break on a question: then the
log says how.

A button under an answer carries its own question and, where only the asker may press it, the
asker's number.

I look things up in the library on the machine that I run on. No question leaves it, other than
through the chat platform that you use.
"""

ACTIONS = (
    Action(SHOW, "What is stored, for how long, and how to erase it"),
    Action(EXPORT, "What is stored of this place, or in private of you, as a file"),
    Action(
        ERASE,
        "Erase what is stored of this place, or in private of you",
        (Option("sure", "yes: erase it without asking again", OptionKind.CHOICE, choices=(YES,)),),
    ),
)


def command() -> Command:
    """Return the command."""
    return Command(
        name=NAME,
        help="What is stored about you and this place",
        answer=answer,
        example=f"/{NAME}",
        is_for_asker=True,
        actions=ACTIONS,
    )


def answer(request: Request, options: Options) -> Reply:
    """Return what is stored."""
    notes = [Note(" ".join(paragraph.split())) for paragraph in STORED.split("\n\n")]
    return Reply(Outcome.FOUND, NAME, (Heading("Privacy"), *notes), "Privacy")
