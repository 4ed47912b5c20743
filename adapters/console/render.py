"""A reply in, text out: pure. The lines for a pipe; a terminal wraps and colours the same ones."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import NamedTuple, assert_never

from bot.reply import Choices, Heading, Item, Note, Part, Reply, SeeAlso, source_line
from knowledge.characters import BIDI_CONTROLS

WIDEST_LABEL = 18
"""Columns that labels may take for the texts to stand below each other: "19 September 1905"."""


class Style(StrEnum):
    """What a line is, for a terminal to show."""

    HEADING = "heading"
    FACT = "fact"
    NOTE = "note"
    CHOICE = "choice"
    SOURCE = "source"


class Line(NamedTuple):
    """A line of an answer; where it is wrapped, what follows stands in by `hang` columns."""

    text: str
    style: Style
    hang: int = 0


def to_text(reply: Reply) -> str:
    """Return a reply as plain text, unwrapped."""
    return "\n".join(line.text for line in lines(reply))


def lines(reply: Reply, first: int = 0, most: int | None = None) -> list[Line]:
    """Return the lines of a reply; of its items only `most` from `first` on, if that is given."""
    items = reply.items
    shown = items[first:] if most is None else items[first : first + most]
    width = min(max((len(item.label) for item in shown), default=0), WIDEST_LABEL)
    drawn: list[Line] = []
    number = 0
    for part in reply.parts:
        if isinstance(part, Item):
            if first <= number < first + len(shown):
                drawn += _item(part, width)
            number += 1
        else:
            drawn += _part(part)
    sources = source_line(shown) if reply.names_sources else ""
    if sources:
        drawn.append(Line(printable(sources), Style.SOURCE, 2))
    return drawn


def _part(part: Part) -> list[Line]:
    match part:
        case Heading(text, detail):
            title = f"{text} ({detail})" if detail else text
            return [Line(printable(title), Style.HEADING)]
        case Item():
            return _item(part, len(part.label))
        case Note(text):
            return [Line(printable(text), Style.NOTE)]
        case Choices():
            return _choices(part)
        case SeeAlso(names):
            return [Line(printable(f"See also: {', '.join(names)}."), Style.NOTE, 2)]
        case _:
            assert_never(part)


def _item(item: Item, width: int) -> list[Line]:
    lead = f"{item.label:<{width}}  " if item.label else ""
    drawn = [Line(printable(lead + item.full_text), Style.FACT, len(lead))]
    if item.note:
        drawn.append(Line(printable(f"{' ' * len(lead)}Note: {item.note}"), Style.NOTE, len(lead)))
    return drawn


def _choices(part: Choices) -> list[Line]:
    if any(choice.detail for choice in part.choices):
        width = max(len(choice.ask) for choice in part.choices) + 2
        lead = [Line(printable(part.lead), Style.NOTE)] if part.lead else []
        return lead + [
            Line(printable(f"{f'[{c.ask}]':<{width}}  {c.detail}"), Style.CHOICE, width + 2)
            for c in part.choices
        ]
    asked = part.joiner.join(f"[{choice.ask}]" for choice in part.choices)
    text = f"{part.lead} {asked}".strip() + part.tail
    return [Line(printable(text), Style.CHOICE, 2)]


_OBEYED = frozenset({"Cc", "Cs", "Zl", "Zp"})


def printable(text: str) -> str:
    """Return text without what a terminal obeys: escapes, controls, line ends, directions."""
    if text.isprintable():
        return text
    return "".join(" " if _is_obeyed(c) else c for c in text)


def _is_obeyed(character: str) -> bool:
    return unicodedata.category(character) in _OBEYED or character in BIDI_CONTROLS
