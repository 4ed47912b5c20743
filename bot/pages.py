"""A reply in, its pages out: what fits a platform's message, nothing cut, each with its sources.

The first page holds what is said around the facts; those after it the heading and further facts. A
text too long for a page goes on on the next, parted between sentences.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from bot.reply import Choice, Choices, Heading, Item, Note, Part, Reply, SeeAlso, source_line
from knowledge.sentences import sentences

Size = Callable[[Part], int]
"""How much of a message a part takes, as an adapter writes it, with the line end behind it."""

_JOINER = "\u200d"
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"


@dataclass(frozen=True, slots=True)
class Room:
    """What a page may hold: facts, and the size of all parts together, the source line's apart."""

    items: int
    size: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a reply: what an adapter writes into one message."""

    parts: tuple[Part, ...]
    sources: str = ""
    number: int = 1
    count: int = 1
    items_left: int = 0

    @property
    def choices(self) -> tuple[str, ...]:
        """Every text on this page that may be asked next, once."""
        return asked_next(self.parts)


def asked_next(parts: Iterable[Part]) -> tuple[str, ...]:
    """Return every text in these parts that may be asked next, once, names to see last."""
    asks: dict[str, None] = {}
    for part in parts:
        if isinstance(part, Choices):
            asks.update((choice.ask, None) for choice in part.choices)
    for part in parts:
        if isinstance(part, SeeAlso):
            asks.update((name, None) for name in part.names)
    return tuple(asks)


def pages(reply: Reply, room: Room, size: Size) -> list[Page]:
    """Return the pages of a reply, at least one; each is within the room as `size` measures it."""
    heading = tuple(takewhile(lambda part: isinstance(part, Heading), reply.parts))
    taken = sum(map(size, heading))
    if taken > room.size // 4:  # what fills a page is no heading: then it is a text like others
        heading, taken = (), 0
    below = Room(room.items, room.size - taken)
    filled = _fill(_blocks(reply.parts[len(heading) :], below, size), below, size)
    begun = [sum(block.begins_item for block in blocks) for blocks in filled]
    return [
        Page(
            parts=(*heading, *(block.part for block in blocks)),
            sources=_sources(reply, blocks),
            number=number,
            count=len(filled),
            items_left=sum(begun[number:]),
        )
        for number, blocks in enumerate(filled, start=1)
    ]


class _Block(NamedTuple):
    """A part, or a piece of one, that fits a page. `begins_item` is false of an item's later ones.

    That is so that what is left is counted in facts, not in pieces.
    """

    part: Part
    begins_item: bool


def _blocks(parts: Sequence[Part], room: Room, size: Size) -> Iterator[_Block]:
    for part in _in_order(parts, room, size):
        for index, piece in enumerate(_split(part, room.size, size)):
            yield _Block(piece, begins_item=isinstance(part, Item) and index == 0)


def _in_order(parts: Sequence[Part], room: Room, size: Size) -> Sequence[Part]:
    """Return the parts so that what stands behind many facts comes on the first page.

    It is put behind as many facts as fit there. Where the words around the facts would take more
    than half of the page, all stay in their order.
    """
    items = [index for index, part in enumerate(parts) if isinstance(part, Item)]
    around = sum(size(part) for part in parts if not isinstance(part, Item))
    if not items or around > room.size // 2:
        return parts
    free, first = room.size - around, 0
    for index in items[: room.items]:
        free -= size(parts[index])
        if free < 0:
            break
        first += 1
    cut, end = items[max(first, 1) - 1] + 1, items[-1] + 1
    return [*parts[:cut], *parts[end:], *parts[cut:end]]


def _fill(blocks: Iterable[_Block], room: Room, size: Size) -> list[list[_Block]]:
    filled: list[list[_Block]] = [[]]
    free, items = room.size, room.items
    for block in blocks:
        needed, is_item = size(block.part), isinstance(block.part, Item)
        if filled[-1] and (needed > free or (is_item and not items)):
            filled.append([])
            free, items = room.size, room.items
        filled[-1].append(block)
        free -= needed
        items -= is_item
    return filled


def _sources(reply: Reply, blocks: Iterable[_Block]) -> str:
    if not reply.names_sources:
        return ""
    return source_line(block.part for block in blocks if isinstance(block.part, Item))


# -- parts that are longer than a page -----------------------------------------------------------


def _split(part: Part, most: int, size: Size) -> Iterator[Part]:
    """Yield a part in pieces that fit, itself if it does; nothing that it says is left out."""
    if size(part) <= most:
        yield part
        return
    match part:
        case Item():
            yield from _split_item(part, most, size)
        case Note(text):
            yield from map(Note, _pieces(text, lambda piece: size(Note(piece)) <= most))
        case Heading(text, detail):
            yield from _split(Note(f"{text} ({detail})" if detail else text), most, size)
        case Choices((_, _, *_) as choices):
            half = len(choices) // 2
            yield from _split(replace(part, choices=choices[:half], tail=""), most, size)
            yield from _split(replace(part, choices=choices[half:], lead=""), most, size)
        case Choices():
            yield from _split_choice(part, most, size)
        case SeeAlso((_, _, *_) as names):
            half = len(names) // 2
            yield from _split(SeeAlso(names[:half]), most, size)
            yield from _split(SeeAlso(names[half:]), most, size)
        case SeeAlso(names):
            yield from _split(Note(f"See also: {', '.join(names)}."), most, size)


def _split_item(item: Item, most: int, size: Size) -> Iterator[Item]:
    """Yield an item in pieces, each with its date and its source, and then its note."""
    bare, text = replace(item, text="", note=""), item.text
    plain = replace(bare, label="", remark="")
    if size(bare) > most // 2:  # what is before the text leaves no room: then it is text, too
        bare, text = plain, " ".join(filter(None, (item.label, item.full_text)))
    pieces = _pieces(text, lambda piece: size(replace(bare, text=piece)) <= most)
    yield from (replace(bare, text=piece) for piece in pieces)
    if not text:
        yield bare
    note = f"Note: {item.note}" if item.note else ""
    pieces = _pieces(note, lambda piece: size(replace(plain, text=piece)) <= most)
    yield from (replace(plain, text=piece) for piece in pieces)


def _split_choice(part: Choices, most: int, size: Size) -> Iterator[Part]:
    """Yield one choice apart from what is said around it; one that fills a page is only read."""
    yield from _notes(part.lead, most, size)
    for choice in part.choices:
        asked = Choices((Choice(choice.ask),))
        yield from [asked] if size(asked) <= most else _notes(choice.ask, most, size)
        yield from _notes(choice.detail, most, size)
    yield from _notes(part.tail, most, size)


def _notes(text: str, most: int, size: Size) -> Iterator[Part]:
    if text.strip():
        yield from _split(Note(text), most, size)


def _pieces(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """Yield a text in pieces that fit, parted between sentences, else words, else characters."""
    piece = ""
    for sentence in sentences(text):
        joined = f"{piece} {sentence}".strip()
        if fits(joined):
            piece = joined
            continue
        if piece:
            yield piece
        *full, piece = _parted(sentence, fits)
        yield from full
    if piece:
        yield piece


def _parted(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return a text that isn't empty in pieces that fit, each as long as can be."""
    found = []
    while text:
        cut = _longest(text, fits)
        found.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return found


def _longest(text: str, fits: Callable[[str], bool]) -> int:
    """Return after how many characters to part a text: behind a word if one fits, at least one.

    Lengths are tried from short to long, so that a text of many pages is not measured for each.
    """
    high = 2
    while high < len(text) and fits(text[:high]):
        high *= 2
    low, high = high // 2, min(high, len(text))
    while low < high:
        middle = (low + high + 1) // 2
        if fits(text[:middle]):
            low = middle
        else:
            high = middle - 1
    if low == len(text):
        return low
    space = text.rfind(" ", 0, low + 1)
    return space if space > 0 else _between_characters(text, low)


def _between_characters(text: str, cut: int) -> int:
    """Return the last place up to `cut` that has no mark or joined part of a character behind it.

    A heap of marks that fills a page is parted where it must be.
    """
    place = cut
    while 0 < place < len(text) and (
        text[place - 1] == _JOINER
        or text[place] == _JOINER
        or unicodedata.category(text[place])[0] == "M"
        or text[place] in _SKIN_TONES
    ):
        place -= 1
    return place or cut
