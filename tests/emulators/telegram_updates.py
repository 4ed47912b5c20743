"""The bot's queue of updates, and getUpdates, the way to take them.

https://core.telegram.org/bots/api#getting-updates; what is not said there (who gets the 409, the
longest wait) as in tdlib/telegram-bot-api's Client.cpp (process_get_updates_query,
abort_long_poll). All of it runs on the emulator's own event loop.
"""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from emulators.telegram_errors import OTHER_POLLER, WEBHOOK_IS_SET, ApiError

LONGEST_WAIT = 50
KEPT = 24 * 3600.0
OPT_IN = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
"""Kinds that are sent only to who names them in allowed_updates."""

KINDS = frozenset(
    (
        "message edited_message channel_post edited_channel_post business_connection "
        "business_message edited_business_message deleted_business_messages "
        "message_reaction message_reaction_count inline_query chosen_inline_result "
        "callback_query shipping_query pre_checkout_query purchased_paid_media poll "
        "poll_answer my_chat_member chat_member chat_join_request chat_boost "
        "removed_chat_boost"
    ).split()
)


@dataclass(frozen=True)
class Update:
    """An update: its number, its kind, its body, and the chat or user whose order it keeps."""

    id: int
    kind: str
    body: dict[str, Any]
    queue: int
    made: float

    def json(self) -> dict[str, Any]:
        """Return the API's Update."""
        return {"update_id": self.id, self.kind: self.body}


class Updates:
    """The updates that the bot has not confirmed."""

    def __init__(self, first: int, clock: Callable[[], float], conflict_delay: float = 0.0) -> None:
        self._clock = clock
        self.pending: deque[Update] = deque()
        self.all: list[Update] = []
        self.allowed: frozenset[str] | None = None
        self.webhook_is_set = False
        self.conflict_delay = conflict_delay
        self.keep_all = True
        self.on_new: Callable[[], None] | None = None
        self.on_poll: Callable[[], None] | None = None
        self._next = first
        self._poll: asyncio.Future[str] | None = None

    @property
    def is_polled(self) -> bool:
        """Whether a getUpdates waits for something to happen."""
        return self._poll is not None and not self._poll.done()

    def wants(self, kind: str) -> bool:
        """Tell whether the bot's allowed_updates let this kind through."""
        return kind not in OPT_IN if self.allowed is None else kind in self.allowed

    def allow(self, kinds: Any) -> None:
        """Remember allowed_updates; an empty list stands for the default, none for no change."""
        if kinds is None:
            return
        known = frozenset(kind for kind in kinds if kind in KINDS)
        self.allowed = known or None

    def add(self, kind: str, body: dict[str, Any], queue: int) -> Update | None:
        """Queue an update; none where the bot doesn't want its kind."""
        if not self.wants(kind):
            return None
        update = Update(self._next, kind, body, queue, self._clock())
        self._next += 1
        self.push(update)
        return update

    def push(self, update: Update) -> None:
        """Queue an update again as it is (or a made-up one)."""
        self.pending.append(update)
        if self.keep_all:
            self.all.append(update)
        if self._poll is not None and not self._poll.done():
            self._poll.set_result("")
        if self.on_new is not None:
            self.on_new()

    def forget_old(self) -> None:
        """Drop what waited for over 24 hours (https://core.telegram.org/bots/api#getting-updates)."""
        while self.pending and self._clock() - self.pending[0].made > KEPT:
            self.pending.popleft()

    def skip_numbers(self, to: int) -> None:
        """Let the numbers go on at `to`, as after a week without updates."""
        self._next = to

    def end_poll(self, why: str) -> None:
        """Answer the waiting getUpdates with a conflict."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(why)

    async def get(self, offset: int, limit: int, wait: float) -> list[dict[str, Any]]:
        """Return the next updates as getUpdates does; raises ApiError 409.

        A waiting call is ended with a conflict by the next one, so of two pollers each disturbs the
        other. What was answered stays pending until a higher offset confirms it.
        """
        if self.webhook_is_set:
            raise ApiError(409, WEBHOOK_IS_SET)
        self.end_poll(OTHER_POLLER)
        self._confirm(offset)
        limit = min(max(limit, 1), 100) if limit else 100
        wait = min(max(wait, 0), LONGEST_WAIT)
        if not self.pending and wait:
            poll: asyncio.Future[str] = asyncio.get_running_loop().create_future()
            self._poll = poll
            if self.on_poll is not None:
                self.on_poll()
            try:
                conflict = await asyncio.wait_for(poll, wait)
            except TimeoutError:
                conflict = ""
            finally:
                if self._poll is poll:
                    self._poll = None
            if conflict:
                await asyncio.sleep(self.conflict_delay)
                raise ApiError(409, conflict)
        return [update.json() for update, _ in zip(self.pending, range(limit), strict=False)]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        else:
            while self.pending and self.pending[0].id < offset:
                self.pending.popleft()
