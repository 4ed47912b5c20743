"""What is said of a command that keeps something where nothing is kept: on a console."""

from __future__ import annotations

from bot.reply import Heading, Note, Outcome, Reply


def only_in_chats(command: str, title: str, sentence: str) -> Reply:
    """Return a reply that says where a command works."""
    return Reply(Outcome.FOUND, command, (Heading(title), Note(sentence)), title)
