"""A reply in, its pages out: what fits a platform's message, nothing cut, each with its sources.

The first page holds what is said around the facts; those after it the heading and further facts. A
text too long for a page goes on on the next, parted between sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.reply import Choices, Heading, Item, Note, Part, Reply, SeeAlso, source_line
from knowledge.sentences import sentences

Size = Callable[[Part], int]
"""How much of a message a part takes, as an adapter writes it, with the line end behind it."""


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
    headings = tuple(part for part in reply.parts if isinstance(part, Heading))
    taken = sum(map(size, headings))
    # a heading that fills a page is no heading: then it is a text like the others
    repeated = headings if taken <= room.size // 4 else ()
    blocks = [
        block
        for part in _in_order(reply.parts, room, size)
        if part not in repeated
        for block in _split(part, room.size - sum(map(size, repeated)), size)
    ]
    filled = _fill(blocks, room, size, sum(map(size, repeated)))
    counts = [sum(isinstance(part, Item) for part in parts) for parts in filled]
    return [
        Page(
            parts=(*repeated, *parts),
            sources=_sources(reply, parts),
            number=number,
            count=len(filled),
            items_left=sum(counts[number:]),
        )
        for number, parts in enumerate(filled, start=1)
    ]


def _in_order(parts: Sequence[Part], room: Room, size: Size) -> Sequence[Part]:
    """Return the parts so that what stands behind many facts comes on the first page.

    It is put behind as many facts as fit there. Where the words around the facts would take more
    than half of the page, all stay in their order.
    """
    around = sum(size(part) for part in parts if not isinstance(part, Item))
    items = [part for part in parts if isinstance(part, Item)]
    if around > room.size // 2 or not items:
        return parts
    last_item = max(index for index, part in enumerate(parts) if isinstance(part, Item))
    behind = parts[last_item + 1 :]
    if not behind:
        return parts
    free, first = room.size - around, 0
    for item in items[: room.items]:
        free -= size(item)
        if free < 0:
            break
        first += 1
    seen, cut = 0, last_item + 1
    for index, part in enumerate(parts):
        seen += isinstance(part, Item)
        if seen == max(first, 1):
            cut = index + 1
            break
    return [*parts[:cut], *behind, *parts[cut : last_item + 1]]


def _fill(blocks: Iterable[Part], room: Room, size: Size, taken: int) -> list[tuple[Part, ...]]:
    filled: list[tuple[Part, ...]] = []
    page: list[Part] = []
    free, items = room.size - taken, room.items
    for block in blocks:
        needed = size(block)
        is_item = isinstance(block, Item)
        if page and (needed > free or (is_item and not items)):
            filled.append(tuple(page))
            page, free, items = [], room.size - taken, room.items
        page.append(block)
        free -= needed
        items -= is_item
    if page or not filled:
        filled.append(tuple(page))
    return filled


def _sources(reply: Reply, parts: Iterable[Part]) -> str:
    if not reply.names_sources:
        return ""
    return source_line(part for part in parts if isinstance(part, Item))


# -- parts that are longer than a page -----------------------------------------------------------


def _split(part: Part, most: int, size: Size) -> Iterator[Part]:
    if size(part) <= most:
        yield part
        return
    match part:
        case Item(text=text):
            bare = replace(part, text="", note="")
            pieces = _pieces(text, lambda piece: size(replace(bare, text=piece)) <= most)
            yield from (replace(bare, text=piece) for piece in pieces)
            if part.note:
                yield from _split(Note(f"Note: {part.note}"), most, size)
        case Note(text) | Heading(text):
            yield from map(Note, _pieces(text, lambda piece: size(Note(piece)) <= most))
        case Choices(choices) if len(choices) > 1:
            half = len(choices) // 2
            yield from _split(replace(part, choices=choices[:half], tail=""), most, size)
            yield from _split(replace(part, choices=choices[half:], lead=""), most, size)
        case Choices():
            # one choice that fills a page can't be pressed; it can be read
            text = f"{part.lead} {part.choices[0].ask} {part.choices[0].detail}".strip()
            yield from _split(Note(text), most, size)
        case SeeAlso(names):
            yield from _split(Note(f"See also: {', '.join(names)}."), most, size)


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
        piece = ""
        rest = sentence
        while not fits(rest):
            cut = _longest(rest, fits)
            yield rest[:cut].rstrip()
            rest = rest[cut:].lstrip()
        piece = rest
    if piece:
        yield piece


def _longest(text: str, fits: Callable[[str], bool]) -> int:
    """Return after how many characters to part a text: behind a word if one fits, at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(text[:middle]):
            low = middle
        else:
            high = middle - 1
    space = text.rfind(" ", 0, low + 1)
    return space if space > 0 else low
