"""Telegram's adapter: the only file that knows python-telegram-bot, which carries the calls.

Of the library its Bot is used: the writing of calls and the reading of errors. Updates stay the Bot
API's JSON, which is all that parse.py needs; calls go by aiohttp, which the program has anyway, by
the library's own interface for that (telegram.request.BaseRequest).
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import aiohttp

from adapters.telegram.calls import (
    CallError,
    Calls,
    ConflictError,
    MovedError,
    RefusedError,
    TokenError,
    TooFastError,
    UncertainError,
    UnsentError,
)
from adapters.telegram.conversation import Conversation
from adapters.telegram.deep_link import channel_link, group_link, private_link
from adapters.telegram.delivery import TelegramDelivery
from adapters.telegram.files import NO_FILE
from adapters.telegram.lanes import Lanes
from adapters.telegram.parse import Me, lane, parse
from adapters.telegram.place_news import tell_of_chats
from adapters.telegram.polling import NOT_TAKEN, Polling
from adapters.telegram.register import ABOUT, SHORT_ABOUT, differs, menus, question_for
from adapters.telegram.render import LONGEST_CARRIED, LONGEST_LABEL, ROOM, size
from bot.adapter import (
    Adapter,
    Identity,
    PlatformUnreachableError,
    Remark,
    TokenRefusedError,
)
from bot.buttons import Buttons
from bot.daily.delivery import PlaceListener
from bot.dialogue import Dialogue
from bot.errors import UserError
from bot.reply import Attachment
from bot.seen import Seen
from bot.service import Service
from bot.settings import TelegramSettings

# The library warns where a 429 is read, unless told that its new form of `retry_after` is known:
# https://docs.python-telegram-bot.org/en/stable/changelog.html, version 22.2.
os.environ.setdefault("PTB_TIMEDELTA", "true")

import telegram
from telegram import error as errors
from telegram.request import BaseRequest, RequestData

PLATFORM = "telegram"

OFFICIAL_URL = "https://api.telegram.org/bot"
"""The token is appended: https://core.telegram.org/bots/api#making-requests."""

logger = logging.getLogger("daybook")

CONNECTIONS = 32
"""Calls at once; each takes some 50 ms to the real server, which allows about 30 messages a second.
What finds none free waits, and is then proven unsent."""

CALL_SECONDS = 15.0
CONNECT_SECONDS = 5.0
POOL_SECONDS = 10.0
KEEP_ALIVE_SECONDS = 5.0
"""How long an idle connection is kept: less than the server does, so that it is not found closed
by a call that may then have been done or not."""

LARGEST_ANSWER = 16 * 1024 * 1024
"""Bytes; a hundred updates are less than one million."""

HEADERS = {"Content-Type": "application/json"}

UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
"""Causes that prove that nothing was sent: no connection could be had."""

DRAIN_SECONDS = 6.0
"""For answers under way when told to stop."""

BACKLOG_SECONDS = 600
"""Questions older than this that waited for the bot to come back are not answered any more."""


def adapter(settings: TelegramSettings, service: Service) -> Adapter:
    """Return the adapter; nothing is connected before it runs."""
    return TelegramAdapter(settings, service)


async def look(settings: TelegramSettings) -> Identity:
    """Return who the bot is, its links, and what of its set-up hinders it.

    Raises TokenRefusedError and PlatformUnreachableError.
    """
    server = BotApi(settings)
    try:
        me = await _who(server)
        info = await server.call("getWebhookInfo", {})
    except CallError as error:
        raise PlatformUnreachableError(f"Telegram can't be reached ({error.kind}).") from error
    finally:
        await server.close()
    webhook = info.get("url", "") if isinstance(info, Mapping) else ""
    return Identity(
        name=f"{me.name} (@{me.username})",
        invitations=(
            ("talk to it in private", private_link(me.username)),
            ("add it to a group, with no admin's rights", group_link(me.username)),
            ("add it to a channel, where it may post only", channel_link(me.username)),
        ),
        remarks=(_privacy(me), _inline(me), _webhook(webhook, settings)),
    )


class TelegramAdapter:
    """One bot on Telegram."""

    name = PLATFORM

    def __init__(self, settings: TelegramSettings, service: Service) -> None:
        """Take how Telegram is reached, and what answers."""
        self._settings = settings
        self._service = service
        token = settings.token.reveal()
        self._dialogue = Dialogue(
            platform=PLATFORM,
            service=service,
            buttons=Buttons(token, LONGEST_CARRIED, lambda text: len(text.encode())),
            room=ROOM,
            size=size,
            longest_label=LONGEST_LABEL,
            labels_are_read=True,
        )
        self._is_connected = False
        self._stopping = asyncio.Event()
        self._is_over = asyncio.Event()
        self._is_over.set()
        self._seen = Seen()
        self._places: PlaceListener | None = None
        server = BotApi(settings)
        self.delivery = TelegramDelivery(server, token, server.close)
        """Daily posts, on connections of their own."""

    def listen(self, listener: PlaceListener) -> None:
        """Take whom to tell what changes at chats."""
        self._places = listener

    @property
    def is_connected(self) -> bool:
        """Whether updates arrive."""
        return self._is_connected

    async def run(self) -> None:
        """Answer until `stop`; raises as the protocol says."""
        if self._stopping.is_set():
            return
        self._is_over.clear()
        server = BotApi(self._settings)
        try:
            await self._run_on(server)
        finally:
            self._connected(False)
            await server.close()
            self._is_over.set()

    async def stop(self) -> None:
        """Take no new updates, finish the answers under way, close the connections."""
        self._stopping.set()
        await self._is_over.wait()

    async def _who_unless_stopped(self, server: BotApi) -> Me | None:
        """Return who the bot is, none where it is to stop before a slow server has told that."""
        asking = asyncio.create_task(_who(server))
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait((asking, stopping), return_when=asyncio.FIRST_COMPLETED)
            return await asking if asking.done() else None
        finally:
            for task in (asking, stopping):
                task.cancel()
            await asyncio.wait((asking, stopping))

    async def _run_on(self, server: BotApi) -> None:
        me = await self._who_unless_stopped(server)
        if me is None:
            return
        logger.info("Telegram knows the bot as @%s", me.username)
        calls = Calls(server, self._service.metrics, PLATFORM)
        session = Session(
            me,
            Conversation(self._dialogue, calls, me, server.download),
            self._dialogue,
            self._seen,
            self._places,
        )
        polling: Polling | None = None
        if self._settings.webhook is None:
            polling = Polling(server, session.take, self._connected)
            source = asyncio.create_task(polling.run())
        else:
            # imports a web server, which polling does without
            from adapters.telegram.webhook import Webhook

            webhook = Webhook(
                self._settings.webhook,
                server,
                session.take,
                self._connected,
                lambda: session.lanes.is_full,
            )
            source = asyncio.create_task(webhook.run())
        registering = asyncio.create_task(self._register(server))
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait((source, stopping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (source, stopping, registering):
                task.cancel()
            await asyncio.wait((source, stopping, registering))
            self._connected(False)
            if polling is not None:
                await polling.confirm()
            left = await session.lanes.drain(DRAIN_SECONDS)
            if left:
                logger.warning("%d answers on Telegram were given up when stopping", left)
        if not source.cancelled():
            source.result()

    def _connected(self, is_connected: bool) -> None:
        self._is_connected = is_connected
        self._service.metrics.connected(PLATFORM, is_connected=is_connected)

    async def _register(self, server: BotApi) -> None:
        """See to the menu and the texts of the profile; the bot answers without them as well."""
        try:
            for menu in menus(self._service.answering.answerer.commands.values()):
                if differs(menu, await server.call("getMyCommands", question_for(menu))):
                    await server.call("setMyCommands", menu)
            for what, field, text in (
                ("Description", "description", ABOUT),
                ("ShortDescription", "short_description", SHORT_ABOUT),
            ):
                now = await server.call(f"getMy{what}", {})
                if isinstance(now, Mapping) and not now.get(field):
                    await server.call(f"setMy{what}", {field: text})
        except CallError as error:
            logger.info("the menu of commands could not be set (%s): %s", error.kind, error)


class Session:
    """What is taken in one run: each update once, in the order of its chat."""

    def __init__(
        self,
        me: Me,
        conversation: Conversation,
        dialogue: Dialogue,
        seen: Seen,
        places: PlaceListener | None = None,
    ) -> None:
        """Take who the bot is, what answers, what was taken before, and who hears of chats."""
        self._places = places
        self.lanes = Lanes()
        self._me = me
        self._conversation = conversation
        self._dialogue = dialogue
        self._seen = seen

    async def take(self, update: Mapping[str, Any], is_backlog: bool) -> None:
        """Put an update in its lane; wait where there is no room."""
        if not self._seen.is_new(update["update_id"]):
            return
        oldest = int(time.time()) - BACKLOG_SECONDS if is_backlog else None
        commands = self._dialogue.service.answering.answerer.commands
        try:
            arrival = parse(update, self._me, commands, oldest)
        except (LookupError, TypeError, AttributeError, ValueError):
            logger.exception("an update could not be read")
            return
        if self._places is not None:
            tell_of_chats(update, arrival, self._places)
        if arrival is None:
            return
        await self.lanes.wait_for_room()
        handle = self._conversation.handle
        self.lanes.put(lane(arrival), lambda: handle(arrival))


# -- the library ---------------------------------------------------------------------------------


class Request(BaseRequest):
    """The library's door to the network, by aiohttp: a third of the time that its own takes.

    What goes wrong is raised as the library's errors with aiohttp's as the cause. An answer that
    can't be read is not logged, since it may hold what somebody wrote.
    """

    def __init__(self, connections: int) -> None:
        """Take how many calls may be under way at once."""
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """The seconds that an answer may take."""
        return CALL_SECONDS

    async def initialize(self) -> None:
        """Open the pool of connections; nothing is connected before it is needed."""
        connector = aiohttp.TCPConnector(
            limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=True,  # a proxy, if the operator has one
        )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """Return the status and the body of an answer; raises the library's errors.

        Of the time-outs only the first is ours to choose for a call.
        """
        if self._session is None:
            await self.initialize()
        assert self._session is not None  # noqa: S101 - just made
        seconds = read_timeout if isinstance(read_timeout, (int, float)) else CALL_SECONDS
        timeout = aiohttp.ClientTimeout(
            total=None, connect=POOL_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=seconds
        )
        body, headers = _body(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                return response.status, await _bounded(response)
        except TimeoutError as error:  # aiohttp's own are that too
            raise errors.TimedOut from error
        except aiohttp.ClientError as error:
            # its text may hold the URL, and that the token
            raise errors.NetworkError(type(error).__name__) from error

    async def download(self, url: str, most: int) -> bytes:
        """Return what lies under an address, at most so many bytes; raises the library's errors."""
        if self._session is None:
            await self.initialize()
        assert self._session is not None  # noqa: S101 - just made
        timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
        try:
            async with self._session.get(url, timeout=timeout, allow_redirects=False) as response:
                if response.status != 200:
                    raise errors.NetworkError(f"status {response.status}")
                body = bytearray()
                async for piece in response.content.iter_any():
                    body += piece
                    if len(body) >= most:
                        break
                return bytes(body[:most])
        except TimeoutError as error:
            raise errors.TimedOut from error
        except aiohttp.ClientError as error:
            raise errors.NetworkError(type(error).__name__) from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the JSON of an answer; raises the library's error where it is none."""
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError) as error:
            raise errors.TelegramError("Invalid server response") from error
        if not isinstance(answer, dict):
            raise errors.TelegramError("Invalid server response")
        return answer


def _body(request_data: RequestData | None) -> tuple[bytes | aiohttp.FormData, dict[str, str]]:
    """Return what a call sends: JSON, or a form where a file is in it."""
    if request_data is None:
        return b"{}", HEADERS
    if not request_data.contains_files:
        return json.dumps(request_data.parameters).encode(), HEADERS
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form, {}


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise errors.NetworkError("the answer is too large")
    return bytes(body)


class _Bot(telegram.Bot):
    """The library's bot, with one door for all methods that leaves JSON as it is.

    `do_api_request` is that too, but it warns of every method that the library has a function for.
    """

    async def result_of(
        self, method: str, parameters: dict[str, Any], read_timeout: float
    ) -> object:
        result: object = await self._post(method, parameters, read_timeout=read_timeout)
        return result


class BotApi:
    """The Bot API for one token, by the library."""

    def __init__(self, settings: TelegramSettings) -> None:
        """Take how it is reached; nothing is connected yet."""
        self._requests = (Request(1), Request(CONNECTIONS))
        polls, others = self._requests
        url = settings.api_url or OFFICIAL_URL
        # as CONTRACTS.md has it: .../bot<token> for calls, .../file/bot<token> for files
        self._files = f"{url.removesuffix('bot')}file/bot{settings.token.reveal()}"
        self._bot = _Bot(
            settings.token.reveal(), base_url=url, request=others, get_updates_request=polls
        )

    async def call(self, method: str, parameters: dict[str, Any], *, patience: float = 0) -> object:
        """Return the result of a method; raises CallError. An Attachment in it goes as a file."""
        sent = {
            name: telegram.InputFile(value.content, value.name, attach=False)
            if isinstance(value, Attachment)
            else value
            for name, value in parameters.items()
        }
        try:
            return await self._bot.result_of(method, sent, CALL_SECONDS + patience)
        except errors.TelegramError as error:
            raise _read(error) from error
        except (LookupError, TypeError) as error:  # an answer without a result
            raise UncertainError("the answer holds no result") from error

    async def download(self, file: str, most: int) -> bytes:
        """Return the content of a file that somebody sent, at most so many bytes.

        Raises UserError where it can't be had: https://core.telegram.org/bots/api#getfile.
        """
        try:
            found = await self.call("getFile", {"file_id": file})
            path = found.get("file_path") if isinstance(found, Mapping) else None
            if not isinstance(path, str):
                raise UserError(NO_FILE)
            return await self._requests[1].download(f"{self._files}/{path}", most)
        except (CallError, errors.TelegramError):
            raise UserError(NO_FILE) from None

    async def close(self) -> None:
        """Close every connection."""
        for request in self._requests:
            await request.shutdown()


def _read(error: errors.TelegramError) -> CallError:
    """Return what an error of the library means; BadRequest and TimedOut are NetworkErrors there.

    What the server said never holds the token; what the library says of one does.
    """
    if isinstance(error, errors.RetryAfter):
        wait = error.retry_after
        return TooFastError(wait.total_seconds() if isinstance(wait, timedelta) else wait)
    if isinstance(error, errors.ChatMigrated):
        return MovedError(error.new_chat_id)
    if isinstance(error, errors.Conflict):
        return ConflictError(error.message)
    if isinstance(error, (errors.InvalidToken, errors.EndPointNotFound)):
        return TokenError("the token is refused")
    if isinstance(error, (errors.Forbidden, errors.BadRequest)):
        return RefusedError(error.message)
    if isinstance(error.__cause__, UNSENT):
        return UnsentError(type(error.__cause__).__name__)
    return UncertainError(error.message)


async def _who(server: BotApi) -> Me:
    try:
        user = await server.call("getMe", {})
        if not isinstance(user, Mapping):
            raise TypeError("getMe returned no user")
        return Me.of(user)
    except TokenError as error:
        raise TokenRefusedError(NOT_TAKEN) from error
    except CallError as error:
        raise PlatformUnreachableError(
            f"Telegram can't be reached ({error.kind}): {str(error)[:200]}"
        ) from error
    except (LookupError, TypeError, AttributeError) as error:
        raise PlatformUnreachableError("Telegram's server does not tell who the bot is.") from error


# -- what is seen of a bot's set-up --------------------------------------------------------------


def _privacy(me: Me) -> Remark:
    if me.reads_all:
        return Remark(
            True, "Privacy mode is off: in groups it also hears plain words that name it."
        )
    return Remark(
        True,
        "Privacy mode is on: in groups it hears commands and replies to its messages only. To let"
        " plain words that name it reach it, switch the mode off with @BotFather's /setprivacy,"
        " then remove the bot from each group and add it again.",
    )


def _inline(me: Me) -> Remark:
    if me.has_inline:
        return Remark(True, f"Inline mode is on: @{me.username} and a name, in any chat, finds it.")
    return Remark(
        False, "Inline mode is off; switch it on with @BotFather's /setinline to look up anywhere."
    )


def _webhook(url: str, settings: TelegramSettings) -> Remark:
    wanted = settings.webhook.url if settings.webhook else ""
    if url and url != wanted:
        cure = (
            "serving sets its own."
            if wanted
            else "set TELEGRAM_WEBHOOK_URL to use it, or remove it with deleteWebhook."
        )
        return Remark(bool(wanted), f"A webhook is set elsewhere; {cure}")
    return Remark(True, "Updates come by webhook." if wanted else "Updates come by long poll.")
