"""A page of an answer in, the parameters of a Telegram message out. Pure: no library, no clock.

https://core.telegram.org/bots/api#sendmessage: at most 4,096 units after parsing; there is nothing
to parse here, for styles are given as entities. Text of packs and people is made dead, so that only
our own commands can be pressed, and those only where we alone wrote the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any, assert_never

from adapters.telegram.dead_text import PARTING, dead
from adapters.telegram.styled_text import BOLD, ITALIC, StyledText
from bot.dialogue import Button, Keyboard
from bot.pages import Page, Room, pages
from bot.reply import Choices, Heading, Item, Note, Part, Reply, SeeAlso
from bot.safe_text import safe, utf16_length

Payload = dict[str, Any]
"""Parameters of a call, as JSON."""

LONGEST_TEXT = 4_096
LONGEST_SOURCES = 1_000
ROOM = Room(items=6, size=2_800)
"""Facts and units of a page; on a phone it is about two screens."""

WHOLE = Room(items=1_000_000, size=LONGEST_TEXT - LONGEST_SOURCES - len("\n\n"))
"""What a message may hold where there are no pages."""

LONGEST_DATA = 64
"""Bytes of UTF-8 in a button (https://core.telegram.org/bots/api#inlinekeyboardbutton)."""
LONGEST_CARRIED = LONGEST_DATA - 1
"""What is left of them beside the mark."""
LONGEST_LABEL = 60
CHOICES_A_ROW = 3
CHARACTERS_A_ROW = 32
"""Labels of a row together, before a phone shortens them."""
MOST_BUTTONS = 100

KEPT_SIZES = 2_048
"""Parts whose size is known, for paging asks for one many times."""

IN_PLACE, ANEW = "e", "n"
"""The first letter of a button's data: whether what it asks is shown in place of its message."""

NO_BUTTONS = Keyboard()
NO_PREVIEW = {"is_disabled": True}

_OWN_COMMAND = re.compile(rf"(?<!\S)/{PARTING}(?=([a-z0-9_]+)(?:[\s,.:]|$))")
_OWN_SENTENCES = (
    re.compile(rf"I look things up\. Try .*, or /({PARTING})help\."),
    re.compile(rf".+ is not in the library \(.*\)\. /({PARTING})sources tells what is\."),
)
"""Sentences of ours that end with a command, behind words that may be anybody's."""


def message(
    page: Page,
    keyboard: Keyboard = NO_BUTTONS,
    *,
    commands: Collection[str] = (),
    in_place: bool = False,
) -> Payload:
    """Return what shows a page: for sendMessage and editMessageText, but for where.

    `commands` are ours, which can be pressed in /start and /help; `in_place` says that a choice
    replaces this message.
    """
    text = _text(page, commands)
    payload = _payload(text)
    rows = list(_rows(keyboard, IN_PLACE if in_place else ANEW))
    if rows:
        payload["reply_markup"] = {"inline_keyboard": rows}
    return payload


def messages(reply: Reply) -> list[Payload]:
    """Return a whole reply in as few messages as hold it, parted between sentences."""
    return [_payload(_text(page, (), numbered=False)) for page in pages(reply, WHOLE, size)]


def sentence(text: str) -> Payload:
    """Return the message that says one sentence of ours."""
    return _payload(StyledText().add(dead(text)))


def inline_content(page: Page) -> Payload:
    """Return a page as the content of an inline result, with no buttons.

    https://core.telegram.org/bots/api#inputtextmessagecontent
    """
    payload = message(page)
    payload["message_text"] = payload.pop("text")
    return payload


@lru_cache(maxsize=KEPT_SIZES)
def size(part: Part) -> int:
    """Return how many units a part takes, with the empty line behind it."""
    return _paragraph(part, ()).units + len("\n\n")


# -- the text ------------------------------------------------------------------------------------


def _payload(text: StyledText) -> Payload:
    payload: Payload = {"text": text.text, "link_preview_options": NO_PREVIEW}
    if text.entities:
        payload["entities"] = text.entities
    return payload


def _text(page: Page, commands: Collection[str], *, numbered: bool = True) -> StyledText:
    whole = StyledText()
    paragraphs = [_paragraph(part, commands) for part in page.parts]
    if page.sources:
        paragraphs.append(StyledText().add(sources(page.sources), ITALIC))
    for paragraph in paragraphs:
        if paragraph.units:
            whole.add("\n\n" if whole.units else "").extend(paragraph)
    if numbered and page.count > 1:
        whole.add("\n").add(f"Page {page.number} of {page.count}", ITALIC)
    return whole if whole.units else whole.add("–")


def _paragraph(part: Part, commands: Collection[str]) -> StyledText:
    text = StyledText()
    match part:
        case Heading(title, detail):
            text.add(dead(f"{title} ({detail})" if detail else title), BOLD)
        case Item():
            _add_labelled(text, part.label, part.full_text)
            if part.note:
                text.add("\n").add(dead(f"Note: {part.note}"), ITALIC)
        case Note(words):
            text.add(_with_own_commands(dead(words), commands))
        case Choices():
            _add_choices(text, part)
        case SeeAlso(names):
            text.add(dead(f"See also: {', '.join(names)}."))
        case _:
            assert_never(part)
    return text


def _add_labelled(text: StyledText, label: str, words: str) -> None:
    bold, plain = dead(label), dead(words)
    text.add(bold, BOLD).add(" " if bold and plain else "").add(plain)


def _add_choices(text: StyledText, part: Choices) -> None:
    lead, tail = dead(part.lead), dead(part.tail)
    if any(choice.detail for choice in part.choices):
        text.add(lead)
        for choice in part.choices:
            text.add("\n\n" if text.units else "")
            _add_labelled(text, choice.ask, choice.detail)
        return
    joiner = f" {dead(part.joiner) or '·'} "
    text.add(lead).add(" " if lead else "")
    for number, choice in enumerate(part.choices):
        text.add(joiner if number else "").add(dead(choice.ask), BOLD)
    text.add(tail)


def _with_own_commands(words: str, commands: Collection[str]) -> str:
    """Return a dead sentence in which our commands can be pressed, if the sentence is ours alone.

    That is one of /start or /help (then `commands` is given) that begins with a command, or the
    command at the end of a known sentence.
    """
    if commands and words.startswith(f"/{PARTING}"):
        return _OWN_COMMAND.sub(lambda found: "/" if found[1] in commands else found[0], words)
    for own in _OWN_SENTENCES:
        if found := own.fullmatch(words):
            return words[: found.start(1)] + words[found.end(1) :]
    return words


def sources(line: str) -> str:
    """Return a source line within LONGEST_SOURCES units: the first ones, and how many more."""
    named = line.split("; ")
    for shown in range(len(named), 0, -1):
        left = len(named) - shown
        text = dead("; ".join(named[:shown])) + (f"; and {left} more" if left else "")
        if utf16_length(text) <= LONGEST_SOURCES:
            return text
    more = f" … and {len(named) - 1} more" if len(named) > 1 else " …"
    # a character takes two units at most, and a break behind it one
    return dead(named[0][: LONGEST_SOURCES // 4]) + more


# -- the buttons ---------------------------------------------------------------------------------


def _rows(keyboard: Keyboard, mark: str) -> Iterator[list[Payload]]:
    """Yield rows of buttons: those that turn the page, then what may be asked next."""
    if keyboard.turning:
        yield [_button(button, mark) for button in keyboard.turning]
    most = MOST_BUTTONS - len(keyboard.turning)
    for row in _packed(keyboard.choices[:most]):
        yield [_button(button, mark) for button in row]


def _packed(buttons: Iterable[Button]) -> Iterator[list[Button]]:
    row: list[Button] = []
    for button in buttons:
        together = sum(len(other.label) for other in row) + len(button.label)
        if row and (len(row) == CHOICES_A_ROW or together > CHARACTERS_A_ROW):
            yield row
            row = []
        row.append(button)
    if row:
        yield row


def _button(button: Button, mark: str) -> Payload:
    return {"text": safe(button.label) or "?", "callback_data": mark + button.carries}
