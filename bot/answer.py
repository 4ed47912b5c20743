"""The one door of all adapters: a Request in, a Reply out. Pure but for reading the store."""

from __future__ import annotations

from bot.command import Invocation, Request
from bot.commands import all_commands
from bot.commands.help import questions
from bot.errors import UserError
from bot.reply import Choice, Choices, Note, Outcome, Part, Reply
from bot.typed_command import is_command, read_command
from bot.understand import understand
from bot.wording import joined
from knowledge.store import Store

LONGEST_TEXT = 1000
"""Characters of a question; whoever sends more is asked to be brief."""


class Answerer:
    """Answers requests from one library."""

    def __init__(self, store: Store) -> None:
        """Make the commands for a library."""
        self.store = store
        self.commands = all_commands(store)

    def answer(self, request: Request) -> Reply:
        """Return the reply to a request; wrong input is a reply too."""
        command: str | None = None
        try:
            invocation = self._invocation(request)
            if invocation is None:
                return self._not_understood(request)
            command = invocation.command
            return self.commands[command].answer(request, invocation.options)
        except UserError as error:
            return _refusal(command, error)

    def _invocation(self, request: Request) -> Invocation | None:
        if request.command is not None:
            if request.command not in self.commands:
                known = joined([f"/{name}" for name in self.commands])
                raise UserError(f"There is no such command here. There are {known}.")
            return Invocation(request.command, request.options)
        if len(request.text) > LONGEST_TEXT:
            raise UserError(f"That is too long. Ask in at most {LONGEST_TEXT} characters.")
        if is_command(request.text):
            return read_command(request.text, self.commands)
        return understand(request.text, request, self.store)

    def _not_understood(self, request: Request) -> Reply:
        asked = [f'"{question}"' for question in questions(self.store, request.language)]
        parts: tuple[Part, ...] = (Note(f"I look things up. Try {', '.join(asked)}, or /help."),)
        return Reply(Outcome.INVALID, None, parts)


def _refusal(command: str | None, error: UserError) -> Reply:
    parts: list[Part] = [Note(error.message)]
    if error.choices:
        choices = tuple(Choice(text) for text in error.choices)
        parts.append(Choices(choices, lead="Did you mean", joiner=" or ", tail="?"))
    return Reply(error.outcome, command, tuple(parts))
