"""The one door of all adapters: a Request in, a Reply out. Pure but for reading the store."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from bot.command import Invocation, Request
from bot.commands import all_commands
from bot.commands.help import questions
from bot.errors import UserError
from bot.lookups import all_lookups
from bot.quoting import answer_in_quotations
from bot.reply import Choice, Choices, Note, Outcome, Part, Reply
from bot.typed_command import is_command, read_command
from bot.understand import understand
from bot.wording import joined
from knowledge.store import Store

LONGEST_TEXT = 1000
"""Characters of a question; whoever sends more is asked to be brief."""


class Answerer:
    """Answers requests from one library."""

    def __init__(self, store: Store, chance: Random | None = None) -> None:
        """Make the commands for a library; `chance` is what /random draws from."""
        self.store = store
        self.commands = all_commands(store, chance or Random())  # noqa: S311 - no secret
        self._answers = {
            **{name: command.answer for name, command in self.commands.items()},
            **all_lookups(store),
        }

    def answer(self, request: Request) -> Reply:
        """Return the reply to a request; wrong input is a reply too.

        Of several readings of plain words the first that finds something answers; then the words of
        an imported article may. Else it is the first that at least shows something near, or the
        first of all; a guess is neither.
        """
        try:
            readings = self._readings(request)
        except UserError as error:
            return _refusal(None, error)
        replies = []
        for reading in readings:
            reply = self._reply(reading, request)
            if reply.outcome in (Outcome.FOUND, Outcome.AMBIGUOUS):
                return reply
            if not reading.is_guess:
                replies.append(reply)
        if not replies:
            return self._not_understood(request)
        for reading in (one for one in readings if not one.is_guess):
            quoted = answer_in_quotations(self.store, request, reading)
            if quoted is not None:
                return quoted
        return next((reply for reply in replies if reply.items), replies[0])

    def is_by_chance(self, reply: Reply) -> bool:
        """Whether the same request may have another reply next time."""
        command = self.commands.get(reply.command or "")
        return command is not None and command.is_by_chance

    def _reply(self, invocation: Invocation, request: Request) -> Reply:
        try:
            return self._answers[invocation.command](request, invocation.options)
        except UserError as error:
            by_name = invocation.command if invocation.command in self.commands else None
            return _refusal(by_name, error)

    def _readings(self, request: Request) -> Sequence[Invocation]:
        if request.command is not None:
            if request.command not in self.commands:
                known = joined([f"/{name}" for name in self.commands])
                raise UserError(f"There is no such command here. There are {known}.")
            return (Invocation(request.command, request.options, action=request.action),)
        if len(request.text) > LONGEST_TEXT:
            raise UserError(f"That is too long. Ask in at most {LONGEST_TEXT} characters.")
        if is_command(request.text):
            return (read_command(request.text, self.commands),)
        return understand(request.text, request, self.store)

    def _not_understood(self, request: Request) -> Reply:
        asked = [f'"{question}"' for question in questions(self.store, request.language)]
        parts: tuple[Part, ...] = (Note(f"I look things up. Try {', '.join(asked)}, or /help."),)
        return Reply(Outcome.INVALID, None, parts)


def broken() -> Reply:
    """Return what is said where a bug ended an answer; whoever says it logs the bug whole."""
    note = Note("Something is broken here, and it has been logged. Ask something else.")
    return Reply(Outcome.INVALID, None, (note,))


def _refusal(command: str | None, error: UserError) -> Reply:
    parts: list[Part] = [Note(error.message)]
    if error.choices:
        choices = tuple(Choice(text) for text in error.choices)
        parts.append(Choices(choices, lead="Did you mean", joiner=" or ", tail="?"))
    return Reply(error.outcome, command, tuple(parts))
