"""`daybook` alone: a chat on the console."""

from __future__ import annotations

import sys

from adapters.console.render import to_text
from bot.cli.ask import lines_of_input, print_answer
from bot.cli.session import data_folder, open_session


def chat() -> None:
    """Answer line by line: with completion and colours on a terminal, plainly in a pipe."""
    session = open_session()
    if sys.stdin.isatty() and sys.stdout.isatty():
        from adapters.console.terminal import talk  # a pipe needs no terminal library

        talk(session.answer, session.answerer, data_folder() / "console-history")
        return
    for line in lines_of_input():
        print_answer(to_text(session.answer(line)), separate=True)
