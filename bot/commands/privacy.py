"""/privacy: what is stored of those who ask, and how to have it erased."""

from __future__ import annotations

from bot.command import Command, Options, Request
from bot.reply import Heading, Note, Outcome, Reply

NAME = "privacy"

STORED = """\
I store nothing about you or this place: no messages, no names, no ids. There is nothing to export
or to erase.

A question is answered and forgotten. The latest answers are kept in memory for a while, without who
asked, and are gone when I restart.

How often somebody asks is counted in memory, with the numbers of the user and the chat, until there
is nothing left to wait for, so that nobody can flood me; the numbers of the latest messages are
kept there, so that none is answered twice. My counters hold no texts and no names. My log holds
none either, unless I break on a question: then it says how.

A button under an answer carries its own question and, where only the asker may press it, the
asker's number.

I look things up in the library on the machine that I run on. No question leaves it, other than
through the chat platform that you use.
"""


def command() -> Command:
    """Return the command."""
    return Command(
        name=NAME,
        help="What is stored about you",
        answer=answer,
        example=f"/{NAME}",
        is_for_asker=True,
    )


def answer(request: Request, options: Options) -> Reply:
    """Return what is stored."""
    notes = [Note(" ".join(paragraph.split())) for paragraph in STORED.split("\n\n")]
    return Reply(Outcome.FOUND, NAME, (Heading("Privacy"), *notes), "Privacy")
