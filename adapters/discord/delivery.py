"""Daily posts to Discord: one attempt a call, and what each answer proves.

The calls go past the library, which repeats failed ones by itself and lives only while the gateway
does; here an attempt is one request, and posts go on while the gateway is down. Of the gateway only
what it last said of permissions is asked, while it is connected, so that a post that would be
refused isn't tried: refusals count towards a ban.
https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import aiohttp

from adapters.discord import marks
from adapters.discord.calls import BAN_JITTER, BAN_SECONDS, UNAUTHORIZED, UNKNOWN_MESSAGE
from adapters.discord.closes import SENTENCES, TOKEN_REFUSED
from adapters.discord.refusals import MISSING_ACCESS, MISSING_PERMISSIONS, NO_EMBEDS, explain
from adapters.discord.render import LONGEST_CUSTOM_ID, message, size
from bot.buttons import Action, Buttons, Press
from bot.daily.delivery import (
    Ambiguous,
    Fatal,
    Look,
    NotSent,
    Payload,
    Refused,
    Result,
    Scope,
    Sent,
    Target,
    part_marker,
)
from bot.daily.limiter import Rates
from bot.dialogue import Button, Keyboard
from bot.pages import Page, Room, pages
from bot.reply import Reply
from bot.safe_text import utf16_length
from bot.settings import DiscordSettings

OFFICIAL_URL = "https://discord.com/api/v10"
USER_AGENT = "DiscordBot (https://daybook.example, 1)"
"""Its form: https://docs.discord.com/developers/reference#user-agent. The address's name is
one that RFC 2606 keeps for nobody: the project has no page of its own."""

ROOM = Room(items=12, size=1_500)
"""What one message of a post holds, also where embeds aren't allowed."""

TIMEOUT = aiohttp.ClientTimeout(total=12, sock_connect=4)
CONNECTIONS = 64

UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
"""Errors that prove that nothing was sent: no connection could be had."""

TOO_MANY = 429
SLOW_MODE, CHANNEL_FULL, SERVER_FULL = 20016, 20028, 20029
REFUSED_BY_429 = frozenset({SLOW_MODE, CHANNEL_FULL, SERVER_FULL})
"""Codes that come with 429 and are no rate of ours."""

FORUM_KINDS = frozenset({"forum", "media"})
LONGEST_THREAD_NAME = 100
MOST_TAGS = 5

HISTORY = 100
"""Messages of one look into a channel: the most that the API gives."""
MOST_LOOKS = 10
DISCORD_EPOCH_MS = 1_420_070_400_000
"""https://docs.discord.com/developers/reference#snowflakes."""

MOST_REFUSALS = 80
REFUSALS_SECONDS = 600.0
"""Refused calls within ten minutes, above which only places known to be well are tried: a bot is
banned at 10,000, and we keep below a hundredth (FAULTS.md, Z7)."""

Permissions = Callable[[Target], frozenset[str] | None]
"""What the bot may do in a place, none where that is unknown; in the library's words, which call
View Channel `read_messages`."""


class DiscordDelivery:
    """Delivers posts to Discord."""

    platform = "discord"
    rates = Rates(per_second=49)
    most_at_once = 32

    def __init__(self, settings: DiscordSettings, permissions: Permissions) -> None:
        """Take how Discord is reached, and what tells the bot's permissions."""
        self._base = settings.api_url or OFFICIAL_URL
        token = settings.token.reveal()
        self._headers = {
            "Authorization": f"Bot {token}",
            "User-Agent": USER_AGENT,
            "Content-Type": "application/json",
        }
        self._buttons = Buttons(token, LONGEST_CUSTOM_ID, utf16_length)
        self._permissions = permissions
        self._session: aiohttp.ClientSession | None = None
        self._refusals: deque[float] = deque(maxlen=MOST_REFUSALS)

    def can_look(self) -> bool:
        """Whether lost messages can be looked for: yes, in the channel's history."""
        return True

    def recognises_repeats(self, target: Target) -> bool:
        """Whether a nonce counts there: not where a thread is begun in a forum."""
        return not _begins_thread(target)

    def explain(self, code: str) -> str:
        """Return what a refusal means and what to do."""
        return explain(code)

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    # -- writing ----------------------------------------------------------------------------------

    def render(self, reply: Reply, target: Target, marker: str) -> list[Payload]:
        """Return the messages of a post: an embed each, or plain where embeds aren't allowed."""
        allowed = self._permissions(target)
        embeds = allowed is None or "embed_links" in allowed
        options = target.options or {}
        made: list[Payload] = []
        for part, page in enumerate(pages(reply, ROOM, size)):
            payload = message(page, embeds=embeds)
            carries = None
            if reply.title and target.kind not in FORUM_KINDS:
                carries = self._buttons.write(Press(Action.ASK, reply.title), target.chat)
            payload["components"] = [marks.row(carries, part_marker(marker, part))]
            made.append(payload)
        if role := options.get("ping_role"):
            first = made[0]
            first["content"] = f"<@&{role}>\n{first.get('content', '')}".rstrip("\n")
            first["allowed_mentions"] = {"parse": [], "roles": [role]}
        if target.kind in FORUM_KINDS:
            made[0] = _thread(made[0], options, reply.title or "")
        return made

    # -- sending ----------------------------------------------------------------------------------

    async def send(self, target: Target, payload: Payload, nonce: str) -> Result:
        """Make one attempt; the nonce keeps it from being doubled by another one."""
        if (missing := self._known_missing(target, payload)) is not None:
            return Refused(missing, explain(missing))
        if self._permissions(target) is None and self._has_too_many_refusals():
            return NotSent("too many refusals lately", 60.0)
        if _begins_thread(target):
            path, body = f"/channels/{target.chat}/threads", payload
        else:
            chat = target.first_message if target.kind in FORUM_KINDS else target.chat
            path = f"/channels/{chat}/messages"
            body = payload | {"nonce": nonce, "enforce_nonce": True}
        try:
            status, headers, answer = await self._call("POST", path, body)
        except UNSENT as error:
            return NotSent(type(error).__name__, scope=Scope.PLATFORM)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            return Ambiguous(type(error).__name__)
        return self._read(status, headers, answer)

    def _read(self, status: int, headers: Mapping[str, str], answer: object) -> Result:
        """Return what an answer proves."""
        said = answer if isinstance(answer, dict) else {}
        code = said.get("code") if isinstance(said.get("code"), int) else 0
        if 200 <= status < 300:
            number = str(said.get("id") or "")
            return Sent(int(number)) if number.isdigit() else Ambiguous("unreadable answer")
        if status >= 500:
            return Ambiguous(f"status {status}")
        shared = headers.get("X-RateLimit-Scope") == "shared"
        if status in (UNAUTHORIZED, 403) or (status == TOO_MANY and not shared):
            self._refusals.append(time.monotonic())
        if status == TOO_MANY and code not in REFUSED_BY_429:
            return self._too_fast(headers, said)
        if status == UNAUTHORIZED:
            return Fatal(SENTENCES[TOKEN_REFUSED])
        if code == UNKNOWN_MESSAGE:
            # the nonce is known, and its message was deleted: it was there, and stays gone
            return Sent(None, is_deleted=True)
        if not isinstance(answer, dict):
            return self._banned()  # not Discord answered but what stands before it
        name = str(code or f"status {status}")
        return Refused(name, explain(name))

    def _too_fast(self, headers: Mapping[str, str], said: Mapping[str, Any]) -> Result:
        wait = said.get("retry_after", headers.get("Retry-After"))
        if "Via" not in headers or not said:
            return self._banned()
        try:
            seconds = max(0.05, float(str(wait)))
        except ValueError:
            seconds = 5.0
        is_global = said.get("global") or headers.get("X-RateLimit-Scope") == "global"
        return NotSent("rate limit", seconds, Scope.PLATFORM if is_global else Scope.PLACE)

    def _banned(self) -> NotSent:
        wait = BAN_SECONDS * random.uniform(1, 1 + BAN_JITTER)  # noqa: S311 - no secret
        return NotSent("this address is banned for a while", wait, Scope.PLATFORM)

    def _known_missing(self, target: Target, payload: Payload) -> str | None:
        """Return the code of a refusal that is certain, without asking for it."""
        allowed = self._permissions(target)
        if allowed is None:
            return None
        if "read_messages" not in allowed:
            return MISSING_ACCESS
        is_thread = target.kind.endswith("thread")
        if ("send_messages_in_threads" if is_thread else "send_messages") not in allowed:
            return MISSING_PERMISSIONS
        shown = payload.get("message", payload)
        return NO_EMBEDS if shown.get("embeds") and "embed_links" not in allowed else None

    def _has_too_many_refusals(self) -> bool:
        oldest = self._refusals[0] if len(self._refusals) == MOST_REFUSALS else None
        return oldest is not None and time.monotonic() - oldest < REFUSALS_SECONDS

    # -- looking ----------------------------------------------------------------------------------

    async def find(self, target: Target, marker: str, since: datetime) -> int | Look:
        """Look for a marked message in what was written since."""
        try:
            if _begins_thread(target):
                return await self._find_thread(target, marker, since)
            chat = target.first_message if target.kind in FORUM_KINDS else target.chat
            return await self._find_message(target, chat or target.chat, marker, since)
        except (TimeoutError, aiohttp.ClientError, OSError):
            return Look.NOT_NOW

    async def _find_message(
        self, target: Target, chat: int, marker: str, since: datetime
    ) -> int | Look:
        after = _snowflake(since)
        for _ in range(MOST_LOOKS):
            path = f"/channels/{chat}/messages?limit={HISTORY}&after={after}"
            status, _, answer = await self._call("GET", path)
            if not isinstance(answer, list):
                return _unread(status)
            for one in answer:
                if marker in marks.marks(one):
                    return int(one["id"])
            if len(answer) < HISTORY:
                break
            after = max(int(one["id"]) for one in answer)
        else:
            return Look.UNREADABLE  # more was written than is looked through
        return self._not_there(target)

    async def _find_thread(self, target: Target, marker: str, since: datetime) -> int | Look:
        """Look for the thread that a forum's post began, by its first messages."""
        status, _, answer = await self._call("GET", f"/guilds/{target.server}/threads/active")
        threads = answer.get("threads") if isinstance(answer, dict) else None
        if not isinstance(threads, list):
            return _unread(status)
        after = _snowflake(since)
        for one in threads:
            number = int(one["id"])
            if str(one.get("parent_id")) != str(target.chat) or number < after:
                continue
            path = f"/channels/{number}/messages?limit=5&after={number - 1}"
            status, _, first = await self._call("GET", path)
            if not isinstance(first, list):
                return _unread(status)
            if any(marker in marks.marks(message) for message in first):
                return number
        return self._not_there(target)

    def _not_there(self, target: Target) -> Look:
        """Say what it proves that a message is in no history that was read.

        Without Read Message History the answer is an empty list, which proves nothing.
        """
        allowed = self._permissions(target)
        if allowed is None:
            return Look.NOT_NOW
        return Look.NOT_THERE if "read_message_history" in allowed else Look.UNREADABLE

    async def missing(self, target: Target) -> list[str]:
        """Return the permissions that the bot lacks, by the gateway or a look at the channel."""
        allowed = self._permissions(target)
        if allowed is not None:
            is_thread = target.kind.endswith("thread")
            needed = {
                "read_messages": "View Channel",
                "send_messages_in_threads" if is_thread else "send_messages": "Send Messages",
                "embed_links": "Embed Links",
            }
            return [title for name, title in needed.items() if name not in allowed]
        try:
            status, _, _ = await self._call("GET", f"/channels/{target.chat}")
        except (TimeoutError, aiohttp.ClientError, OSError):
            return ["Discord can't be reached"]
        return [] if status == 200 else ["View Channel"]

    # -- telling ----------------------------------------------------------------------------------

    async def tell(self, user: int, target: Target, reply: Reply) -> bool:
        """Tell an admin something in private, else in the place."""
        place = None if target.kind in FORUM_KINDS else target.chat
        for chat in (await self._private_channel(user), place):
            if chat is None:
                continue
            payload = self._notice(reply, chat)
            digest = hashlib.blake2b(json.dumps(payload).encode(), digest_size=12).hexdigest()
            payload |= {"nonce": f"n{digest}", "enforce_nonce": True}
            try:
                status, _, _ = await self._call("POST", f"/channels/{chat}/messages", payload)
            except (TimeoutError, aiohttp.ClientError, OSError):
                return False
            if 200 <= status < 300:
                return True
            if status >= 500 or status == TOO_MANY:
                return False
        return False

    async def _private_channel(self, user: int) -> int | None:
        if not user:
            return None
        body = {"recipient_id": str(user)}
        try:
            _, _, answer = await self._call("POST", "/users/@me/channels", body)
        except (TimeoutError, aiohttp.ClientError, OSError):
            return None
        number = str(answer.get("id") or "") if isinstance(answer, dict) else ""
        return int(number) if number.isdigit() else None

    def _notice(self, reply: Reply, chat: int) -> Payload:
        choices = tuple(
            Button("Send it again", carries)
            for ask in reply.choices
            if (carries := self._buttons.write(Press(Action.ASK, ask), chat)) is not None
        )
        return message(Page(reply.parts), Keyboard((), choices), embeds=False)

    # -- calling ----------------------------------------------------------------------------------

    async def _call(
        self, method: str, path: str, body: object = None
    ) -> tuple[int, Mapping[str, str], object]:
        """Make one request; return status, headers, and the JSON, nothing where it is none."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=15.0)
            self._session = aiohttp.ClientSession(
                connector=connector, timeout=TIMEOUT, cookie_jar=aiohttp.DummyCookieJar()
            )
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        async with self._session.request(
            method, self._base + path, data=data, headers=self._headers, allow_redirects=False
        ) as response:
            raw = await response.read()
            try:
                return response.status, response.headers, json.loads(raw)
            except (ValueError, RecursionError):
                return response.status, response.headers, None


def _begins_thread(target: Target) -> bool:
    return target.kind in FORUM_KINDS and target.first_message is None


def _thread(first: Payload, options: Mapping[str, str], day: str) -> Payload:
    """Return the call that begins a forum's thread with a message.

    https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel
    """
    title = " – ".join(filter(None, (options.get("forum_title", ""), day))) or "On this day"
    tags = [tag for tag in options.get("forum_tags", "").split(",") if tag]
    made: Payload = {"name": title[:LONGEST_THREAD_NAME], "message": first}
    return made | ({"applied_tags": tags[:MOST_TAGS]} if tags else {})


def _snowflake(moment: datetime) -> int:
    """Return the least number that a message of a moment has."""
    return max(0, int(moment.timestamp() * 1000) - DISCORD_EPOCH_MS) << 22


def _unread(status: int) -> Look:
    """Return what it means that a history could not be read."""
    later = status >= 500 or status in (TOO_MANY, UNAUTHORIZED) or 200 <= status < 300
    return Look.NOT_NOW if later else Look.UNREADABLE
