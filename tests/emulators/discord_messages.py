"""Messages: made, edited, deleted, and seen by people; with the server's rules for a bot's own.

Rules: docs.discord.com/developers/resources/message. The dictionaries of messages are replaced,
never changed, so that another thread may look at one that it was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from emulators import discord_permissions as may
from emulators.discord_errors import Json, Refusal, form_error
from emulators.discord_limits import (
    ANSWER_FLAGS,
    EPHEMERAL,
    ORDINARY_FLAGS,
    check_message,
    every_component,
)
from emulators.discord_pings import NOBODY, Pings, pings_of
from emulators.discord_world import FORUMS, Channel, User, World, iso

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(eq=False)
class Message:
    """A message as the server keeps it."""

    data: Json
    channel: Channel
    author: User
    pings: Pings = NOBODY
    ephemeral: bool = False
    deleted: bool = False
    nonce: str | int | None = None
    loading: bool = False
    """Whether it only says that the bot is thinking: an answer that was deferred."""

    @property
    def id(self) -> str:
        """Its id."""
        made: str = self.data["id"]
        return made


class Messages:
    """Makes, changes and deletes messages, tells the gateway, and remembers nonces."""

    def __init__(
        self, world: World, tell: Callable[[str, Json, Channel | None], None], nonce_window: float
    ) -> None:
        self.world = world
        self.tell = tell
        self.nonce_window = nonce_window
        self.nonces: dict[tuple[str, str, str], tuple[float, str]] = {}

    # -- what a bot does by REST ------------------------------------------------------------------

    def create(self, channel: Channel, body: Json) -> Json:
        """Send the bot's ordinary message; the same one again for a nonce that it enforces."""
        allowed = self.may_write(channel)
        body = self._without_embeds(body, allowed)
        check_message(body, flags_allowed=ORDINARY_FLAGS)
        if body.get("files") and not allowed & may.ATTACH_FILES:
            raise Refusal(50013, "Attach Files is missing")
        earlier = self._earlier(channel, body)
        if earlier is not None:
            return earlier
        reference = self._reference(channel, body, allowed)
        message = self.add(channel, self.world.bot, body, sender_may=allowed, replied_to=reference)
        nonce = message.nonce = body.get("nonce")
        if body.get("enforce_nonce") and nonce is not None:
            key = (self.world.bot.id, channel.id, str(nonce))
            self.nonces[key] = (self.world.now(), message.id)
        return message.data if nonce is None else message.data | {"nonce": nonce}

    def edit(self, message: Message, body: Json) -> Json:
        """Change a message of the bot's."""
        if message.author is not self.world.bot:
            raise Refusal(50005)
        if message.channel.archived:
            raise Refusal(50083)
        if not message.ephemeral and "webhook_id" not in message.data:
            body = self._without_embeds(
                body, self.world.permissions(self.world.bot, message.channel)
            )
        return self.change(message, body)

    def delete(self, message: Message) -> None:
        """Delete a message as the bot: its own, or any with Manage Messages."""
        if message.author is not self.world.bot:
            allowed = self.world.permissions(self.world.bot, message.channel)
            if not allowed & may.MANAGE_MESSAGES:
                raise Refusal(50013, "Manage Messages is missing")
        self.remove(message)

    def find(self, channel: Channel, message_id: str) -> Message:
        """Return a message of a channel; raises `Refusal` 10008."""
        found = channel.messages.get(message_id)
        if found is None:
            raise Refusal(10008)
        return found

    def may_read(self, channel: Channel) -> int:
        """Return the bot's permissions in a channel that it sees; raises `Refusal` 50001."""
        allowed = self.world.permissions(self.world.bot, channel)
        if not allowed & may.VIEW_CHANNEL:
            raise Refusal(50001, "View Channel is missing, or the bot isn't there")
        return allowed

    def may_write(self, channel: Channel) -> int:
        """Return the bot's permissions in a channel in which it may write; raises `Refusal`."""
        allowed = self.may_read(channel)
        if channel.kind in FORUMS:
            raise Refusal(50008, "A forum takes threads, not messages")
        if channel.kind == 4:
            raise Refusal(50008)
        needed = may.SEND_MESSAGES_IN_THREADS if channel.is_thread else may.SEND_MESSAGES
        if not allowed & needed:
            raise Refusal(50013, "Send Messages (in Threads) is missing")
        if channel.is_direct and not channel.people[0].accepts_dms:
            raise Refusal(50007)
        if channel.is_thread and channel.locked and not allowed & may.MANAGE_THREADS:
            raise Refusal(50083 if channel.archived else 160005)
        if channel.archived:
            # a message wakes a thread that isn't locked (topics/threads, Archived Threads)
            channel.archived = False
            self.tell("THREAD_UPDATE", channel.json(), channel)
        return allowed

    def _without_embeds(self, body: Json, allowed: int) -> Json:
        """Drop the embeds of an ordinary message without Embed Links, as the server does."""
        if allowed & may.EMBED_LINKS or not body.get("embeds"):
            return body
        return body | {"embeds": []}

    def _earlier(self, channel: Channel, body: Json) -> Json | None:
        nonce = body.get("nonce")
        if not body.get("enforce_nonce") or nonce is None:
            return None
        known = self.nonces.get((self.world.bot.id, channel.id, str(nonce)))
        if known is None or self.world.now() - known[0] > self.nonce_window:
            return None
        message = channel.messages.get(known[1])
        if message is None:
            raise Refusal(10008, "The message with this nonce was deleted")
        return message.data | {"nonce": nonce}

    def _reference(self, channel: Channel, body: Json, allowed: int) -> Message | None:
        reference = body.get("message_reference")
        if not reference:
            return None
        if not allowed & may.READ_MESSAGE_HISTORY:
            raise Refusal(160002)
        found = channel.messages.get(str(reference.get("message_id")))
        if found is None and reference.get("fail_if_not_exists", True):
            path = ("message_reference",)
            raise form_error(path, "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        return found

    # -- what happens on the server ---------------------------------------------------------------

    def add(
        self,
        channel: Channel,
        author: User,
        body: Json,
        *,
        sender_may: int,
        replied_to: Message | None = None,
        answer: Json | None = None,
    ) -> Message:
        """Make a message and tell the gateway.

        `answer` has the fields that only the answer to an interaction has; it is then pinging
        users only unless it says otherwise. An ephemeral one is kept out of the channel.
        """
        flags = body.get("flags") or 0
        ephemeral = bool(flags & EPHEMERAL)
        text = body.get("content") or ""
        components = body.get("components") or []
        if components:
            shown = (c["content"] for c in every_component(components) if c.get("type") == 10)
            text = "\n".join((text, *shown))
        pings = NOBODY
        if not ephemeral:
            pings = pings_of(
                text,
                body.get("allowed_mentions"),
                world=self.world,
                channel=channel,
                sender_may=sender_may,
                answer=answer is not None,
                replied=replied_to.author if replied_to else None,
            )
        data = self._data(channel, author, body, flags, pings)
        if replied_to is not None:
            data |= _reply(replied_to)
        if answer is not None:
            data |= answer
        message = Message(data, channel, author, pings, ephemeral)
        if not ephemeral:
            channel.messages[message.id] = message
            self.tell("MESSAGE_CREATE", data, channel)
        return message

    def _data(self, channel: Channel, author: User, body: Json, flags: int, pings: Pings) -> Json:
        users = self.world.users
        mentioned = [*pings.users, *([pings.replied] if pings.replied else [])]
        data: Json = {
            "id": self.world.new_id(),
            "type": 0,
            "channel_id": channel.id,
            "author": author.json(),
            "content": (body.get("content") or "").strip(),
            "timestamp": iso(self.world.now()),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": pings.everyone or pings.here,
            "mentions": [users[each].json() for each in dict.fromkeys(mentioned)],
            "mention_roles": list(pings.roles),
            "attachments": [
                {
                    "id": self.world.new_id(),
                    "filename": file["filename"],
                    "size": file["size"],
                    "url": f"https://cdn.example/{file['filename']}",
                    "proxy_url": f"https://cdn.example/{file['filename']}",
                    "content_type": file["content_type"],
                }
                for file in body.get("files") or ()
            ],
            "embeds": [as_kept(embed) for embed in body.get("embeds") or ()],
            "components": numbered(body.get("components") or []),
            "pinned": False,
            "flags": flags,
        }
        if body.get("poll"):
            data["poll"] = body["poll"]
        return data

    def change(self, message: Message, body: Json) -> Json:
        """Edit what a body names and leave the rest; raises `Refusal` where it isn't allowed."""
        check_message(body, flags_allowed=ANSWER_FLAGS, before=message.data)
        changed = dict(message.data)
        if "content" in body:
            changed["content"] = (body["content"] or "").strip()
        if "embeds" in body:
            changed["embeds"] = [as_kept(embed) for embed in body["embeds"] or ()]
        if "components" in body:
            changed["components"] = numbered(body["components"] or [])
        if "attachments" in body:
            kept = {str(each.get("id")) for each in body["attachments"] or ()}
            changed["attachments"] = [a for a in changed["attachments"] if a["id"] in kept]
        if body.get("flags") is not None:
            fixed = changed["flags"] & EPHEMERAL
            changed["flags"] = (body["flags"] & ~EPHEMERAL) | fixed
        changed["edited_timestamp"] = iso(self.world.now())
        message.data = changed
        if not message.ephemeral:
            # an edit notifies nobody, but what it mentions is marked: the first pings stay
            self.tell("MESSAGE_UPDATE", changed, message.channel)
        return changed

    def pings_of_answer(self, message: Message, body: Json) -> Pings:
        """Return whom the answer that takes the place of "thinking" notifies."""
        if message.ephemeral:
            return NOBODY
        return pings_of(
            message.data["content"],
            body.get("allowed_mentions"),
            world=self.world,
            channel=message.channel,
            sender_may=self.world.permissions(self.world.bot, message.channel),
            answer=True,
        )

    def remove(self, message: Message) -> None:
        """Take a message away and tell the gateway."""
        message.deleted = True
        if message.ephemeral:
            return
        channel = message.channel
        channel.messages.pop(message.id, None)
        said: Json = {"id": message.id, "channel_id": channel.id}
        if channel.guild:
            said["guild_id"] = channel.guild.id
        self.tell("MESSAGE_DELETE", said, channel)


def _reply(to: Message) -> Json:
    reference: Json = {"type": 0, "channel_id": to.channel.id, "message_id": to.id}
    if to.channel.guild:
        reference["guild_id"] = to.channel.guild.id
    return {"type": 19, "message_reference": reference, "referenced_message": to.data}


def as_kept(embed: Json) -> Json:
    """Return an embed as the server gives it back: rich, trimmed, without empty parts."""
    kept: Json = {"type": "rich", "content_scan_version": 0}
    for key, value in embed.items():
        if key == "type" or value is None or value == "" or value == {} or value == []:
            continue
        kept[key] = value.strip() if isinstance(value, str) else value
    if "fields" in kept:
        kept["fields"] = [{"inline": False} | field for field in kept["fields"]]
    return kept


def numbered(components: list[Json], first: int = 1) -> list[Json]:
    """Return components with the ids that the server gives those that have none."""
    counter = iter(range(first, 10_000))

    def number(component: Json) -> Json:
        made = {key: value for key, value in component.items() if value is not None}
        made.setdefault("id", next(counter))
        if "components" in made:
            made["components"] = [number(each) for each in made["components"]]
        if "accessory" in made:
            made["accessory"] = number(made["accessory"])
        return made

    return [number(component) for component in components]


def content_hidden(data: Json) -> Json:
    """Return a message as a bot without the message-content intent gets it."""
    hidden: dict[str, Any] = {"content": "", "embeds": [], "attachments": [], "components": []}
    return data | hidden
