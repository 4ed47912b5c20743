"""What is done with a slash command, a button or an unfinished option: an answer in Discord's time.

The library is out of sight here: an interaction comes in as a value, and what is said goes out
through `Responses`. https://docs.discord.com/developers/interactions/receiving-and-responding has
the types, and the 3 seconds for the first response.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, Protocol, TypeVar

from adapters.discord.desk_context import Around, Reach, context_of
from adapters.discord.parse import action_of, options_of, typed_option
from adapters.discord.render import EPHEMERAL, Payload, message, sentence
from bot.answer import Answerer
from bot.buttons import Action, Press
from bot.desk.context import Context
from bot.dialogue import NOT_YOURS_TO_DELETE, STALE, Asker, Dialogue, Shown, Told
from bot.reply import Attachment, Outcome
from bot.safe_text import safe
from bot.suggest import suggestions

DEFER_AFTER = 1.2
"""Seconds after which "thinking" is said, so that half of Discord's 3 are left for the way."""

LONGEST_CHOICE_NAME = 100

Answer = TypeVar("Answer")


class Kind(IntEnum):
    """What an interaction is."""

    COMMAND = 2
    BUTTON = 3
    AUTOCOMPLETE = 4


class ResponseType(IntEnum):
    """How an interaction is answered."""

    MESSAGE = 4
    THINKING = 5
    WILL_UPDATE = 6
    UPDATE = 7
    CHOICES = 8


@dataclass(frozen=True, slots=True)
class Pressed:
    """The message whose button was pressed."""

    has_embeds: bool
    is_ephemeral: bool
    is_reply: bool
    question: Callable[[], Awaitable[str]]
    """Gives the text of the message that was answered, or nothing where that can't be read."""


NOTHING_AROUND = Around()


@dataclass(frozen=True, slots=True)
class Interaction:
    """An interaction as Discord sent it. In a private chat with the bot nothing is ephemeral."""

    id: int
    kind: Kind
    data: Mapping[str, Any]
    user: int
    place: int
    locale: str
    is_private: bool = False
    may_delete: bool = False
    """Whether the user may delete messages of others here: Manage Messages."""
    pressed: Pressed | None = None
    around: Around = NOTHING_AROUND


class Responses(Protocol):
    """The ways to answer one interaction."""

    async def respond(
        self, kind: ResponseType, data: Payload | None = None, file: Attachment | None = None
    ) -> None:
        """Send the one first response, with a file if there is one."""

    async def edit(self, data: Payload, file: Attachment | None = None) -> None:
        """Write the message that the first response made or announced."""

    async def delete(self) -> None:
        """Delete the message that the first response made, or on which the button was."""

    async def follow_up(self, data: Payload) -> None:
        """Send a further message."""


@dataclass(frozen=True, slots=True)
class Interactions:
    """Answers interactions in one dialogue; without a reach nothing that is kept is asked for."""

    dialogue: Dialogue
    reach: Reach | None = None

    async def handle(self, interaction: Interaction, responses: Responses) -> None:
        """Answer an interaction; one that is to be met with silence is."""
        match interaction.kind:
            case Kind.COMMAND:
                await self._command(interaction, responses)
            case Kind.BUTTON:
                await self._button(interaction, responses)
            case Kind.AUTOCOMPLETE:
                await self._suggest(interaction, responses)

    # -- commands ----------------------------------------------------------------------------------

    async def _command(self, interaction: Interaction, responses: Responses) -> None:
        name = str(interaction.data["name"])
        context = self._context(interaction)
        request = self.dialogue.request(
            command=name,
            action=action_of(interaction.data),
            options=options_of(interaction.data),
            locale=interaction.locale,
            target=context.target if context else None,
        )
        asked = self.dialogue.ask(request, _asker(interaction), context)
        await self._say(interaction, responses, asked, for_asker=self._is_about_us(name))

    def _context(self, interaction: Interaction) -> Context | None:
        if self.reach is None:
            return None
        return context_of(
            interaction.user,
            interaction.place,
            interaction.around,
            self.reach,
            is_private=interaction.is_private,
        )

    async def _say(
        self,
        interaction: Interaction,
        responses: Responses,
        asked: Awaitable[Shown | Told | None],
        *,
        for_asker: bool = False,
    ) -> None:
        """Answer with a new message, announcing it where it takes long.

        With `for_asker` only the user sees it; else so where the answer is nothing for a channel,
        unless it was announced to all by then.
        """
        hidden = for_asker and not interaction.is_private
        answer, was_announced = await _or_announced(
            asked,
            lambda: responses.respond(
                ResponseType.THINKING, {"flags": EPHEMERAL} if hidden else None
            ),
        )
        if answer is not None and was_announced:
            data = self._written(interaction, answer, ephemeral=hidden)
            await responses.edit(_update(data), **_file(answer))
        elif answer is not None:
            hidden = hidden or (not interaction.is_private and self._is_for_asker(answer))
            data = self._written(interaction, answer, ephemeral=hidden)
            await responses.respond(ResponseType.MESSAGE, data, **_file(answer))
        elif was_announced:
            await responses.delete()

    def _written(
        self, interaction: Interaction, answer: Shown | Told, *, ephemeral: bool
    ) -> Payload:
        if isinstance(answer, Told):
            return sentence(answer.text, ephemeral=ephemeral)
        return self._page(interaction, answer, ephemeral=ephemeral)

    def _page(
        self,
        interaction: Interaction,
        shown: Shown,
        *,
        ephemeral: bool,
        embeds: bool = True,
        is_reply: bool = False,
    ) -> Payload:
        """Return a page as a message; `is_reply` says that its question is in what it replies to.

        That is never so of a new message: it replies to the one on which the button was.
        """
        keyboard = self.dialogue.keyboard(
            shown,
            _asker(interaction),
            deletable=not (ephemeral or interaction.is_private),
            is_reply=is_reply,
        )
        page = self.dialogue.whole(shown, keyboard).page
        return message(page, keyboard, ephemeral=ephemeral, embeds=embeds)

    def _is_for_asker(self, answer: Shown | Told) -> bool:
        """Whether a channel needn't see it: errors, choices, help."""
        if isinstance(answer, Told) or answer.reply.outcome is not Outcome.FOUND:
            return True
        return self._is_about_us(answer.reply.command or "")

    def _is_about_us(self, name: str) -> bool:
        command = self._answerer.commands.get(name)
        return command is not None and command.is_for_asker

    @property
    def _answerer(self) -> Answerer:
        return self.dialogue.service.answering.answerer

    # -- buttons -----------------------------------------------------------------------------------

    async def _button(self, interaction: Interaction, responses: Responses) -> None:
        carried, asker = str(interaction.data.get("custom_id", "")), _asker(interaction)
        press = self.dialogue.buttons.read(carried, asker.place)
        if press is None:
            stale = sentence(STALE, ephemeral=not interaction.is_private)
            await responses.respond(ResponseType.MESSAGE, stale)
        elif press.action is Action.DELETE:
            await self._delete(interaction, responses, is_asker=press.asker == asker.user)
        elif press.action is Action.ASK:
            context = self._context(interaction)
            target = context.target if context else None
            request = self.dialogue.request(press.text, locale=interaction.locale, target=target)
            asked = self.dialogue.ask(request, asker, context)
            for_asker = self.dialogue.is_at_desk(request)
            await self._say(interaction, responses, asked, for_asker=for_asker)
        elif press.asker == asker.user:
            await self._turn(interaction, responses, press)
        else:  # somebody else's pages turn for them alone, in a message of their own
            turned = self._turned(press, interaction)
            await self._say(interaction, responses, turned, for_asker=True)

    async def _delete(
        self, interaction: Interaction, responses: Responses, *, is_asker: bool
    ) -> None:
        if is_asker or interaction.may_delete:
            await responses.respond(ResponseType.WILL_UPDATE)
            await responses.delete()
        else:
            await responses.respond(ResponseType.MESSAGE, sentence(NOT_YOURS_TO_DELETE))

    async def _turn(self, interaction: Interaction, responses: Responses, press: Press) -> None:
        pressed = interaction.pressed
        answer, was_announced = await _or_announced(
            self._turned(press, interaction), lambda: responses.respond(ResponseType.WILL_UPDATE)
        )
        if isinstance(answer, Shown):
            data = _update(
                self._page(
                    interaction,
                    answer,
                    ephemeral=pressed is not None and pressed.is_ephemeral,
                    embeds=pressed is None or pressed.has_embeds,
                    is_reply=pressed is not None and pressed.is_reply,
                )
            )
            if was_announced:
                await responses.edit(data)
            else:
                await responses.respond(ResponseType.UPDATE, data)
        elif answer is not None:
            told = sentence(answer.text, ephemeral=not interaction.is_private)
            if was_announced:  # what is written now would take the page's place
                await responses.follow_up(told)
            else:
                await responses.respond(ResponseType.MESSAGE, told)

    async def _turned(self, press: Press, interaction: Interaction) -> Shown | Told | None:
        """Return the page, for which its question may have to be read from a message first."""
        pressed = interaction.pressed
        if not press.text and pressed is not None and pressed.is_reply:
            press = replace(press, text=await pressed.question())
        return await self.dialogue.turn(press, _asker(interaction), self._context(interaction))

    # -- unfinished options ------------------------------------------------------------------------

    async def _suggest(self, interaction: Interaction, responses: Responses) -> None:
        typed = typed_option(interaction.data)
        command = self._answerer.commands.get(str(interaction.data.get("name", "")))
        options = command.options_of(action_of(interaction.data)) if command else ()
        option = next((one for one in options if typed and one.name == typed.name), None)
        found: list[str] = []
        if typed is not None and option is not None and self.dialogue.may_look_up(interaction.user):
            context = self._context(interaction)
            target = context.target if context else None
            request = self.dialogue.request(locale=interaction.locale, target=target)
            now = self.dialogue.service.clock()
            store, value = self._answerer.store, typed.value
            found = await self.dialogue.service.answering.ask(
                lambda: suggestions(store, option, value, request, now)
            )
        choices = [{"name": safe(text)[:LONGEST_CHOICE_NAME], "value": text} for text in found]
        shown = [choice for choice in choices if choice["name"]]
        await responses.respond(ResponseType.CHOICES, {"choices": shown})


def _asker(interaction: Interaction) -> Asker:
    return Asker(interaction.user, interaction.place)


def _file(answer: Shown | Told) -> dict[str, Attachment]:
    """Return the file of an answer as it is passed on, where there is one."""
    found = answer.reply.file if isinstance(answer, Shown) else None
    return {"file": found} if found is not None else {}


def _update(data: Payload) -> Payload:
    """Return what changes a message: whether it is ephemeral was decided when it was made."""
    return {key: value for key, value in data.items() if key != "flags"}


async def _or_announced(
    asked: Awaitable[Answer], announce: Callable[[], Awaitable[None]]
) -> tuple[Answer, bool]:
    """Return an answer, and whether it took so long that it was announced."""
    task = asyncio.ensure_future(asked)
    done, _ = await asyncio.wait({task}, timeout=DEFER_AFTER)
    if done:
        return task.result(), False
    await announce()
    return await task, True
