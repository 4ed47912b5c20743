"""A message as people see it: text, embeds, buttons, what is live in it and who was notified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from emulators.discord_limits import EPHEMERAL, SUPPRESS_NOTIFICATIONS, every_component
from emulators.discord_markdown import Live, Setting, live_spans, shown_text
from emulators.discord_pings import Pings

if TYPE_CHECKING:
    from emulators.discord_messages import Message

Json = dict[str, Any]

PRIMARY, SECONDARY, SUCCESS, DANGER, LINK = 1, 2, 3, 4, 5
"""Styles of buttons."""


@dataclass(frozen=True)
class Button:
    """A button: `row` counts from 0; `custom_id` is None for a link, `url` for all others."""

    label: str
    style: int
    custom_id: str | None
    url: str | None
    disabled: bool
    row: int
    emoji: str | None = None


@dataclass(frozen=True)
class SeenMessage:
    """A message at the moment when it was looked at: later edits don't change this object."""

    data: Json
    """The message object as the API gives it."""
    pings: Pings
    """Who was notified by it; false where nobody was."""
    channel_id: str
    deleted: bool
    source: Message
    """The server's own record, for pressing its buttons and answering it."""

    def __init__(self, message: Message) -> None:
        put = object.__setattr__
        put(self, "data", message.data)
        put(self, "pings", message.pings)
        put(self, "channel_id", message.channel.id)
        put(self, "deleted", message.deleted)
        put(self, "source", message)

    @property
    def id(self) -> str:
        """Its id."""
        made: str = self.data["id"]
        return made

    @property
    def content(self) -> str:
        """Its raw content, with markdown."""
        made: str = self.data["content"]
        return made

    @property
    def embeds(self) -> list[Json]:
        """Its embeds, as the API gives them."""
        made: list[Json] = self.data["embeds"]
        return made

    @property
    def author_id(self) -> str:
        """Whose message it is."""
        made: str = self.data["author"]["id"]
        return made

    @property
    def flags(self) -> int:
        """Its flags."""
        made: int = self.data["flags"]
        return made

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def silent(self) -> bool:
        """Whether it was sent without a notification (SUPPRESS_NOTIFICATIONS)."""
        return bool(self.flags & SUPPRESS_NOTIFICATIONS)

    @property
    def edited(self) -> bool:
        """Whether it was changed after it was sent."""
        return self.data["edited_timestamp"] is not None

    @property
    def reference(self) -> str | None:
        """The id of the message that it replies to."""
        made: str | None = (self.data.get("message_reference") or {}).get("message_id")
        return made

    @property
    def nonce(self) -> str | int | None:
        """The nonce that it was sent with."""
        made: str | int | None = self.source.nonce
        return made

    @property
    def components(self) -> list[Json]:
        """Its components, as the API gives them."""
        made: list[Json] = self.data["components"]
        return made

    @property
    def buttons(self) -> list[Button]:
        """Its buttons in order; `row` is the place of the row among the components."""
        return [
            Button(
                each.get("label") or "",
                each["style"],
                each.get("custom_id"),
                each.get("url"),
                bool(each.get("disabled")),
                row,
                (each.get("emoji") or {}).get("name"),
            )
            for row, top in enumerate(self.components)
            for each in every_component([top])
            if each["type"] == 2
        ]

    def button(self, label_or_custom_id: str) -> Button:
        """Return a button by its label or custom id; raises `ValueError` where there is none."""
        for button in self.buttons:
            if label_or_custom_id in (button.label, button.custom_id):
                return button
        labels = [button.label for button in self.buttons]
        raise ValueError(f"no button {label_or_custom_id!r} among {labels}")

    def texts(self) -> Iterator[tuple[str, str, Setting]]:
        """Yield each text: where it stands ("embed 0 title"), it itself, what markdown works."""
        yield "content", self.content, Setting.CONTENT
        for number, embed in enumerate(self.embeds):
            at = f"embed {number}"
            yield f"{at} author", (embed.get("author") or {}).get("name", ""), Setting.PLAIN
            yield f"{at} title", embed.get("title", ""), Setting.TITLE
            yield f"{at} description", embed.get("description", ""), Setting.EMBED
            for count, field in enumerate(embed.get("fields", ())):
                yield f"{at} field {count} name", field["name"], Setting.TITLE
                yield f"{at} field {count} value", field["value"], Setting.EMBED
            yield f"{at} footer", (embed.get("footer") or {}).get("text", ""), Setting.PLAIN
        for each in every_component(self.components):
            if each["type"] == 10:
                yield "text display", each["content"], Setting.CONTENT
            elif each["type"] == 2:
                yield "button", each.get("label") or "", Setting.PLAIN

    @property
    def shown(self) -> str:
        """The text that a person reads, a line for each part; without the buttons' labels."""
        texts = (
            shown_text(text, setting)
            for where, text, setting in self.texts()
            if text and where != "button"
        )
        return "\n".join(texts)

    @property
    def live(self) -> list[Live]:
        """What is more than plain text in it, wherever it stands: links, mentions, formatting."""
        return [
            span
            for where, text, setting in self.texts()
            for span in live_spans(text, setting, where)
        ]
