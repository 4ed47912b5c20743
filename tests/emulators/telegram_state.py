"""All that one emulated server knows: world, settings, updates, open questions."""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from emulators.telegram_errors import QUERY_TOO_OLD, bad_request
from emulators.telegram_privacy import reaches
from emulators.telegram_updates import Update, Updates
from emulators.telegram_world import Chat, Member, Message, User, World


@dataclass(eq=False)
class Query:
    """A pressed button or an inline query that waits for the bot's answer."""

    id: str
    user: User
    asked: float
    answer: dict[str, Any] | None = None


@dataclass
class Webhook:
    """What setWebhook said, and what became of the deliveries."""

    url: str
    secret: str | None
    max_connections: int
    ip_address: str | None = None
    custom_certificate: bool = False
    last_error: str | None = None
    last_error_date: int | None = None


@dataclass
class Options:
    """What a test may choose about the server; see TelegramEmulator for what each means."""

    check: bool = True
    privacy: bool = True
    inline_feedback: bool = False
    query_lifetime: float = 15.0
    plain_webhook: bool = False


@dataclass
class State:
    """The server's memory. Only the emulator's event loop touches it."""

    world: World
    updates: Updates
    options: Options
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    callbacks: dict[str, Query] = field(default_factory=dict)
    inlines: dict[str, Query] = field(default_factory=dict)
    webhook: Webhook | None = None
    actions: list[tuple[int, int | None, str]] = field(default_factory=list)
    on_webhook: Callable[[], None] | None = None
    logged_out: bool = False
    _waiting: set[asyncio.Future[None]] = field(default_factory=set)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.updates.on_poll = self.changed

    @property
    def bot(self) -> User:
        """The bot."""
        return self.world.bot

    def changed(self) -> None:
        """Wake whoever waits for something to happen."""
        waiting, self._waiting = self._waiting, set()
        for one in waiting:
            if not one.done():
                one.set_result(None)

    async def until(self, found: Callable[[], Any], seconds: float) -> Any:
        """Return what `found` gives once it is not none, or none when time is over."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while (result := found()) is None:
            left = end - loop.time()
            if left <= 0:
                return None
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.add(future)
            try:
                await asyncio.wait_for(future, left)
            except TimeoutError:
                self._waiting.discard(future)
        return result

    def number(self) -> int:
        """Return a number not given out before, for ids of queries and files."""
        return next(self._numbers)

    def deliver(self, message: Message, edited: bool = False) -> Update | None:
        """Send a message to the bot as an update, if it is one that reaches it."""
        if not reaches(self.bot, message, self.options.privacy):
            return None
        kind = "channel_post" if message.chat.type == "channel" else "message"
        return self.updates.add(
            f"edited_{kind}" if edited else kind, message.json(), message.chat.id
        )

    def tell_member(
        self, chat: Chat, by: User, old: dict[str, Any], new: dict[str, Any], kind: str
    ) -> None:
        """Send a ChatMemberUpdated (`my_chat_member` or `chat_member`)."""
        self.updates.add(
            kind,
            {
                "chat": chat.json(),
                "from": by.json(),
                "date": int(self.world.now()),
                "old_chat_member": old,
                "new_chat_member": new,
            },
            chat.id,
        )

    def set_member(self, chat: Chat, member: Member, by: User) -> None:
        """Change what somebody is in a chat, and tell the bot as the server does.

        The bot's own change arrives always (my_chat_member); others' only where the bot is an admin
        and asked for chat_member; https://core.telegram.org/bots/api#update.
        """
        old = chat.member(member.user).json()
        chat.members[member.user.id] = member
        if old == member.json():
            return
        if member.user is self.bot:
            self.tell_member(chat, by, old, member.json(), "my_chat_member")
        elif chat.member(self.bot).is_admin:
            self.tell_member(chat, by, old, member.json(), "chat_member")
        self.changed()

    def block(self, chat: Chat, blocked: bool) -> None:
        """Let the user of a private chat block or unblock the bot."""
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        user = chat.user
        assert user is not None
        me = self.bot.json(language=False)
        states: list[dict[str, Any]] = [
            {"user": me, "status": "member"},
            {"user": me, "status": "kicked", "until_date": 0},
        ]
        old, new = states if blocked else reversed(states)
        self.tell_member(chat, user, old, new, "my_chat_member")

    def take_query(self, queries: dict[str, Query], number: str) -> Query:
        """Return an unanswered query that is young enough; raises ApiError."""
        query = queries.get(number)
        too_old = query and self.world.now() - query.asked > self.options.query_lifetime
        if query is None or too_old or query.answer is not None:
            raise bad_request(QUERY_TOO_OLD)
        return query
