"""A page of an answer in, the JSON of a Discord message out. Pure: no library, no clock.

Sizes: https://docs.discord.com/developers/resources/message#embed-object-embed-limits. They are
counted in UTF-16 units, of which there are never fewer than of whatever Discord counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, assert_never

from adapters.discord.markdown import bold, escaped
from bot.dialogue import Button, Keyboard
from bot.pages import Page, Room
from bot.reply import Choices, Heading, Item, Note, Part, SeeAlso
from bot.safe_text import safe, utf16_length

Payload = dict[str, Any]
"""The JSON body of a message: https://docs.discord.com/developers/resources/message."""

ROOM = Room(items=6, size=1_500)
"""Facts and units of a page: what is read at a glance, and fits where embeds aren't allowed."""

LONGEST_CONTENT = 2_000
LONGEST_TITLE = 256
LONGEST_FOOTER = 2_048
LONGEST_LABEL = 80
LONGEST_CUSTOM_ID = 100
BUTTONS_A_ROW = 5
CHOICES_A_ROW = 3
MOST_ROWS = 5

COLOUR = 0x7A5C3E
"""The stripe beside an answer: sepia."""

EPHEMERAL = 1 << 6
NO_MENTIONS: Payload = {"parse": []}
"""Nobody is notified, whatever the text holds; unset, an ordinary message notifies everybody."""

GREY, RED = 2, 4
BUTTON, ROW = 2, 1

NO_BUTTONS = Keyboard()


def message(
    page: Page, keyboard: Keyboard = NO_BUTTONS, *, ephemeral: bool = False, embeds: bool = True
) -> Payload:
    """Return the message that shows a page; as plain content where embeds are not allowed.

    An `ephemeral` one is seen by who asked only. Nothing that the page holds is left out.
    """
    payload: Payload = {"components": list(_rows(keyboard)), "allowed_mentions": NO_MENTIONS}
    if embeds:
        payload["embeds"] = [_embed(page)]
    else:
        payload["content"] = _content(page)
    if ephemeral:
        payload["flags"] = EPHEMERAL
    return payload


def sentence(text: str, *, ephemeral: bool = True) -> Payload:
    """Return the message that says one sentence of ours."""
    payload: Payload = {"content": escaped(text), "allowed_mentions": NO_MENTIONS}
    return payload | ({"flags": EPHEMERAL} if ephemeral else {})


def size(part: Part) -> int:
    """Return how many units a part takes, with the line end behind it."""
    return utf16_length(_line(part)) + 1


# -- the text ------------------------------------------------------------------------------------


def _embed(page: Page) -> Payload:
    title, parts = _title(page)
    embed: Payload = {"color": COLOUR}
    if title:
        embed["title"] = title
    if parts:
        embed["description"] = "\n".join(map(_line, parts))
    footer = _footer(page, LONGEST_FOOTER)
    if footer:
        embed["footer"] = {"text": footer}
    return embed


def _content(page: Page) -> str:
    body = "\n".join(map(_line, page.parts))
    left = LONGEST_CONTENT - utf16_length(body) - 1
    footer = _footer(page, left, escape=True)
    return "\n".join(filter(None, (body, footer)))


def _title(page: Page) -> tuple[str, tuple[Part, ...]]:
    """Return the first heading as the embed's title, and the other parts."""
    if page.parts and isinstance(page.parts[0], Heading):
        title = escaped(_heading(page.parts[0]))
        if utf16_length(title) <= LONGEST_TITLE:
            return title, page.parts[1:]
    return "", page.parts


def _heading(heading: Heading) -> str:
    return f"{heading.text} ({heading.detail})" if heading.detail else heading.text


def _line(part: Part) -> str:
    match part:
        case Heading():
            return bold(_heading(part))
        case Item():
            line = " ".join(filter(None, (bold(part.label), escaped(part.full_text))))
            return f"{line}\n-# Note: {escaped(part.note)}" if part.note else line
        case Note(text):
            return escaped(text)
        case Choices():
            return _choices(part)
        case SeeAlso(names):
            return escaped(f"See also: {', '.join(names)}.")
        case _:
            assert_never(part)


def _choices(part: Choices) -> str:
    if any(choice.detail for choice in part.choices):
        lead = [escaped(part.lead)] if part.lead else []
        told = [f"{bold(choice.ask)} {escaped(choice.detail)}".strip() for choice in part.choices]
        return "\n".join(lead + told)
    joiner = f" {escaped(part.joiner) or '·'} "
    asked = joiner.join(bold(choice.ask) for choice in part.choices)
    return f"{escaped(part.lead)} {asked}".strip() + escaped(part.tail)


def _footer(page: Page, most: int, *, escape: bool = False) -> str:
    """Return the sources and the page's number, within `most` units.

    Of sources that don't fit the first ones are named and the others counted; of the first one at
    least its beginning is there.
    """
    write = escaped if escape else safe
    number = f"Page {page.number} of {page.count}" if page.count > 1 else ""
    left = most - utf16_length(number) - 1
    return "\n".join(filter(None, (_sources(page.sources, left, write), number)))


def _sources(sources: str, most: int, write: Callable[[str], str]) -> str:
    first, *others = sources.split("; ")
    for shown in range(len(others), -1, -1):
        more = [f"{len(others) - shown} more"] if shown < len(others) else []
        line = write("; ".join([first, *others[:shown], *more]))
        if utf16_length(line) <= most:
            return line
    while first and utf16_length(write(f"{first}…")) > most:
        first = first[: -max(1, len(first) // 16)]
    return write(f"{first}…")


# -- the buttons ---------------------------------------------------------------------------------


def _rows(keyboard: Keyboard) -> Iterator[Payload]:
    """Yield rows of buttons: those that turn the page, then what may be asked next."""
    turning = [keyboard.turning] if keyboard.turning else []
    choices, rows_left = keyboard.choices, MOST_ROWS - len(turning)
    width = CHOICES_A_ROW if len(choices) <= CHOICES_A_ROW * rows_left else BUTTONS_A_ROW
    rows = [choices[first : first + width] for first in range(0, len(choices), width)]
    for row in (turning + rows)[:MOST_ROWS]:
        yield {"type": ROW, "components": [_button(button) for button in row]}


def _button(button: Button) -> Payload:
    return {
        "type": BUTTON,
        "style": RED if button.deletes else GREY,
        "label": safe(button.label) or "?",
        "custom_id": button.carries,
    }
