"""A message as somebody in the chat sees it: a picture of one moment, for tests to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from emulators.telegram_text import FORMATS, LIVE, Entity, piece
from emulators.telegram_world import Chat, Message, User, World


@dataclass(frozen=True)
class Button:
    """A button: its text, what kind of action it has (`callback_data`, `url` …), and its value."""

    text: str
    action: str
    value: Any

    @property
    def data(self) -> str:
        """The callback data; raises ValueError where the button has another action."""
        if self.action != "callback_data":
            raise ValueError(f"the button {self.text!r} has {self.action}, no callback_data")
        return str(self.value)


@dataclass(frozen=True)
class Live:
    """A live part of a text: its type, what is shown, and where it leads (none: to itself)."""

    type: str
    text: str
    target: str | None = None


@dataclass(frozen=True)
class Seen:
    """A message at one moment.

    `id`, `chat`, `date`; `text` (or caption; "" where there is none); `entities`: those given and
    those the server found, as the API has them; `given`: only what the bot sent as `entities`;
    `rows`: the inline keyboard; `markup`: the reply markup as sent; `reply_to`: the number of the
    message replied to; `topic`: the forum topic's number (none in General);
    `link_preview_options`; `sender` (none in channels) and `sender_chat`; `media` and `service`
    fields of the API's Message; `via_bot`; `edits`: how often it was edited; `deleted`; `silent`;
    `inline_id`: the inline message's id.
    """

    id: int
    chat: Chat
    date: int
    text: str
    entities: tuple[Entity, ...]
    given: tuple[Entity, ...]
    rows: tuple[tuple[Button, ...], ...]
    markup: dict[str, Any] | None
    reply_to: int | None
    topic: int | None
    link_preview_options: dict[str, Any] | None
    sender: User | None
    sender_chat: Chat | None
    media: dict[str, Any]
    service: dict[str, Any]
    via_bot: User | None
    edits: int
    deleted: bool
    silent: bool
    inline_id: str | None
    live: tuple[Live, ...]
    formats: tuple[tuple[str, str], ...]
    pings: tuple[User, ...]

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, row after row."""
        return tuple(button for row in self.rows for button in row)

    @property
    def button_texts(self) -> list[list[str]]:
        """The buttons' texts, in rows."""
        return [[button.text for button in row] for row in self.rows]

    def button(self, text: str) -> Button:
        """Return the button with that text, or else the only one that contains it."""
        exact = [one for one in self.buttons if one.text == text]
        near = exact or [one for one in self.buttons if text in one.text]
        if len(near) != 1 and not exact:
            raise LookupError(f"{len(near)} buttons with {text!r} among {self.button_texts}")
        return near[0]

    @property
    def shows_preview(self) -> bool:
        """Whether the clients load a page's preview: a link with a path, and it isn't disabled.

        After TDLib's get_first_url: bare domains and tg: and ton: links have none.
        """
        options = self.link_preview_options or {}
        if options.get("is_disabled"):
            return False
        if options.get("url"):
            return True
        for one in self.live:
            link = (one.target or one.text).lower()
            if one.type not in ("url", "text_link") or link.startswith(("tg:", "ton:", "ftp:")):
                continue
            bare = link.split("://", 1)[-1]
            if one.type == "text_link" or any(sign in bare for sign in "/?#"):
                return True
        return False


def seen(world: World, message: Message) -> Seen:
    """Return what `message` looks like now."""
    text = message.text or ""
    keyboard = (message.reply_markup or {}).get("inline_keyboard", [])
    return Seen(
        id=message.id,
        chat=message.chat,
        date=message.date,
        text=text,
        entities=tuple(message.entities),
        given=tuple(message.given),
        rows=tuple(tuple(_button(one) for one in row) for row in keyboard),
        markup=message.reply_markup,
        reply_to=message.reply_to.id if message.reply_to else None,
        topic=message.topic,
        link_preview_options=message.link_preview_options,
        sender=message.sender,
        sender_chat=message.sender_chat,
        media=message.media,
        service=message.service,
        via_bot=message.via_bot,
        edits=message.edits,
        deleted=message.deleted,
        silent=message.silent,
        inline_id=message.inline_id,
        live=tuple(
            Live(one["type"], piece(text, one), _target(one))
            for one in message.entities
            if one["type"] in LIVE
        ),
        formats=tuple(
            (one["type"], piece(text, one)) for one in message.entities if one["type"] in FORMATS
        ),
        pings=_pings(world, message),
    )


def _button(button: dict[str, Any]) -> Button:
    action = next(name for name in button if name not in ("text", "style", "icon_custom_emoji_id"))
    return Button(button["text"], action, button[action])


def _target(entity: Entity) -> str | None:
    if entity["type"] == "text_link":
        return str(entity["url"])
    if entity["type"] == "text_mention":
        return f"tg://user?id={entity['user']['id']}"
    if entity["type"] == "custom_emoji":
        return str(entity["custom_emoji_id"])
    return None


def _pings(world: World, message: Message) -> tuple[User, ...]:
    """Return whom the message notifies by name or by replying, but for its own author."""
    pinged: dict[int, User] = {}
    for one in message.entities:
        if one["type"] == "text_mention" and one["user"]["id"] in world.users:
            pinged[one["user"]["id"]] = world.users[one["user"]["id"]]
        elif one["type"] == "mention":
            name = piece(message.text or "", one)[1:].lower()
            for user in world.users.values():
                if (user.username or "").lower() == name:
                    pinged[user.id] = user
    replied = message.reply_to.sender if message.reply_to else None
    if replied is not None:
        pinged[replied.id] = replied
    if message.sender is not None:
        pinged.pop(message.sender.id, None)
    return tuple(pinged.values())
