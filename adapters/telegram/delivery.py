"""Daily posts to Telegram: one attempt a call, and what each answer proves.

The Bot API has no key that makes a second sending harmless, and shows a bot none of its own
messages. So what is not proven unsent is never sent again, and can't be looked for either.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from adapters.telegram.calls import (
    CallError,
    MovedError,
    RefusedError,
    Server,
    TokenError,
    TooFastError,
    UnsentError,
)
from adapters.telegram.polling import NOT_TAKEN
from adapters.telegram.refusals import code_of, explain
from adapters.telegram.render import LONGEST_CARRIED, message, messages
from bot.buttons import Action, Buttons, Press
from bot.daily.delivery import (
    Ambiguous,
    Fatal,
    Look,
    Moved,
    NotSent,
    Payload,
    Refused,
    Result,
    Scope,
    Sent,
    Target,
)
from bot.daily.limiter import Rates
from bot.dialogue import Button, Keyboard
from bot.pages import Page
from bot.reply import Reply

GENERAL = 1
"""The topic of a forum that is named by no number when sending."""


class TelegramDelivery:
    """Delivers posts to Telegram."""

    platform = "telegram"
    rates = Rates(per_second=30, chat_per_second=1, group_per_minute=19)
    most_at_once = 4

    def __init__(
        self, server: Server, token: str, close: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Take the Bot API, with connections of its own, and what signs buttons."""
        self._server = server
        self._close = close
        self._me = int(token.partition(":")[0]) if token.partition(":")[0].isdigit() else 0
        self._buttons = Buttons(token, LONGEST_CARRIED, lambda text: len(text.encode()))

    async def close(self) -> None:
        """Close every connection."""
        if self._close is not None:
            await self._close()

    def can_look(self) -> bool:
        """Whether lost messages can be looked for: no."""
        return False

    def recognises_repeats(self, target: Target) -> bool:
        """Whether Telegram recognises a repeated message: it never does."""
        return False

    def explain(self, code: str) -> str:
        """Return what a refusal means and what to do."""
        return explain(code)

    def render(self, reply: Reply, target: Target, marker: str) -> list[Payload]:
        """Return the messages of a post; no mark is put in them, for nobody could find it."""
        return messages(reply)

    async def send(self, target: Target, payload: Payload, nonce: str) -> Result:
        """Make one attempt."""
        parameters = {"chat_id": target.chat, **payload}
        if target.topic > GENERAL:
            parameters["message_thread_id"] = target.topic
        try:
            answer = await self._server.call("sendMessage", parameters)
        except TooFastError as error:
            return NotSent("rate limit", max(error.seconds, 0.1))
        except UnsentError as error:
            return NotSent(str(error) or "no connection", scope=Scope.PLATFORM)
        except MovedError as error:
            return Moved(error.chat)
        except TokenError:
            return Fatal(NOT_TAKEN)
        except RefusedError as error:
            if "entities" in payload and "entit" in str(error).lower():
                # proven unsent, and the styles are to blame: it goes without them
                plain = {key: value for key, value in payload.items() if key != "entities"}
                return await self.send(target, plain, nonce)
            code = code_of(str(error))
            return Refused(code, explain(code))
        except CallError as error:
            return Ambiguous(error.kind)
        number = answer.get("message_id") if isinstance(answer, Mapping) else None
        return Sent(number) if isinstance(number, int) else Ambiguous("no message in the answer")

    async def find(self, target: Target, marker: str, since: datetime) -> int | Look:
        """Say that nothing can be looked for."""
        return Look.UNREADABLE

    async def missing(self, target: Target) -> list[str]:
        """Return the rights that the bot lacks, as far as Telegram tells them."""
        if target.chat > 0:
            return []
        who = {"chat_id": target.chat, "user_id": self._me}
        try:
            member = await self._server.call("getChatMember", who)
            chat = await self._server.call("getChat", {"chat_id": target.chat})
        except RefusedError as error:
            return [explain(code_of(str(error)))]
        except CallError as error:
            return [f"Telegram can't be reached ({error.kind})"]
        status = member.get("status") if isinstance(member, Mapping) else None
        if not isinstance(member, Mapping) or status in ("left", "kicked", None):
            return [explain("not a member")]
        is_channel = isinstance(chat, Mapping) and chat.get("type") == "channel"
        if is_channel:
            may = status == "creator" or bool(member.get("can_post_messages"))
            return [] if may else [explain("not an admin")]
        if status == "restricted":
            return [] if member.get("can_send_messages") else [explain("no rights")]
        rights = chat.get("permissions") if isinstance(chat, Mapping) else None
        is_silenced = isinstance(rights, Mapping) and rights.get("can_send_messages") is False
        is_admin = status in ("creator", "administrator")
        return [explain("no rights")] if is_silenced and not is_admin else []

    async def tell(self, user: int, target: Target, reply: Reply) -> bool:
        """Tell an admin something in private, else in the place."""
        for chat, topic in ((user, 0), (target.chat, target.topic)):
            if not chat:
                continue
            choices = tuple(
                Button("Send it again", carries)
                for ask in reply.choices
                if (carries := self._buttons.write(Press(Action.ASK, ask), chat)) is not None
            )
            parameters = message(Page(reply.parts), Keyboard((), choices)) | {"chat_id": chat}
            if topic > GENERAL:
                parameters["message_thread_id"] = topic
            try:
                await self._server.call("sendMessage", parameters)
            except RefusedError:
                continue
            except CallError as error:
                # told twice is better than not at all, but not over and over
                return not isinstance(error, (TooFastError, UnsentError, TokenError))
            return True
        return False
