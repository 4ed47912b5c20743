"""A text as the server keeps it: cleaned, trimmed, its entities checked and completed.

After TDLib's fix_formatted_text. An entity is the API's MessageEntity as a dictionary, with offset
and length in UTF-16 units; https://core.telegram.org/bots/api#messageentity.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any

from emulators.telegram_entities import find_entities
from emulators.telegram_errors import ApiError, bad_request, not_described

Entity = dict[str, Any]

LIVE = frozenset(
    (
        "mention hashtag cashtag bot_command url email phone_number text_link "
        "text_mention custom_emoji"
    ).split()
)
"""Entities that do something when touched, or that load something."""

FORMATS = frozenset(
    (
        "bold italic underline strikethrough spoiler blockquote expandable_blockquote code pre"
    ).split()
)
FOUND_ONLY = LIVE - {"text_link", "text_mention", "custom_emoji"}
"""Entities that the server finds by itself; given ones are taken for granted and found again."""

SPLITTABLE = frozenset(["bold", "italic", "underline", "strikethrough", "spoiler"])
QUOTES = frozenset(("blockquote", "expandable_blockquote"))
PRE = frozenset(("code", "pre"))
HIDDEN = frozenset(("text_link", "text_mention", "code", "pre"))
DROPPED = frozenset("\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u0333\u033f\u030a")
"""Removed from every text: carriage returns, directional embeddings, lines over letters."""


@dataclass(frozen=True)
class Formatted:
    """A text and its entities, sorted by offset."""

    text: str
    entities: list[Entity] = field(default_factory=list)


def cleaned(
    text: str, given: list[Entity], limit: int, *, empty: str, too_long: str, commands: bool = True
) -> Formatted:
    """Return `text` as the server keeps it, with the given entities and those it finds.

    Raises ApiError: `empty` where nothing is left (pass "" to allow it), `too_long` above `limit`
    UTF-16 units (the documented limit is in characters; the server's own count of an emoji is not
    documented, so this is the stricter reading), and the server's words for entities that don't
    fit.
    """
    entities = [dict(one) for one in given]
    bounds = _bounds(text)
    length = bounds[-1]
    for one in entities:
        _check_place(one, bounds, length)
    entities = [one for one in entities if one["length"] > 0 and one["type"] not in FOUND_ONLY]
    entities = fixed(entities)
    text, entities = _without_dropped(text, entities)
    text, entities = _trimmed(text, entities)
    if not text:
        if empty:
            raise bad_request(empty)
        return Formatted("")
    units = _bounds(text)
    if units[-1] > limit:
        raise bad_request(too_long)
    found = [
        {"type": one.type, "offset": units[one.start], "length": units[one.stop] - units[one.start]}
        for one in find_entities(text, commands)
    ]
    return Formatted(text, _merged(entities, found))


def piece(text: str, entity: Entity) -> str:
    """Return the part of `text` that the entity covers."""
    if text.isascii():
        return text[entity["offset"] : entity["offset"] + entity["length"]]
    units = text.encode("utf-16-le", "surrogatepass")
    start, stop = entity["offset"], entity["offset"] + entity["length"]
    return units[2 * start : 2 * stop].decode("utf-16-le", "replace")


def _bounds(text: str) -> list[int]:
    """Return the UTF-16 offset of each code point of `text`, and its length at the end."""
    if text.isascii():
        return list(range(len(text) + 1))
    return [0, *accumulate(1 + (ord(letter) > 0xFFFF) for letter in text)]


def _check_place(entity: Entity, bounds: list[int], length: int) -> None:
    offset, size = entity["offset"], entity["length"]
    if not 0 <= offset <= 1_000_000:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if not 0 <= size <= 1_000_000:
        raise bad_request(f"receive an entity with incorrect length {size}")
    if size and offset >= length:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + size > length:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 "
            f"offset {offset + size}"
        )
    for edge, what in ((offset, "begins"), (offset + size, "ends")):
        if bounds[bisect_right(bounds, edge) - 1] != edge:
            raise bad_request(f"entity {what} in a middle of a UTF-16 symbol at byte offset {edge}")


def checked_entities(entities: list[Entity]) -> list[Entity]:
    """Return entities given by a caller, or raise ApiError where one lacks what its type needs."""
    for one in entities:
        kind = one.get("type")
        if kind not in LIVE | FORMATS | {"date_time"}:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        if kind == "text_link" and not one.get("url"):
            raise _missing("url")
        if kind == "text_mention" and not isinstance(one.get("user"), dict):
            raise _missing("user")
        if kind == "custom_emoji" and not one.get("custom_emoji_id"):
            raise _missing("custom_emoji_id")
        for name in ("offset", "length"):
            if not isinstance(one.get(name), int):
                raise not_described(f"MessageEntity without a whole number as {name}")
    return entities


def _missing(name: str) -> ApiError:
    return bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")


def _end(entity: Entity) -> int:
    return int(entity["offset"]) + int(entity["length"])


def _order(entity: Entity) -> tuple[int, int]:
    return entity["offset"], -entity["length"]


def fixed(entities: list[Entity]) -> list[Entity]:
    """Return entities made to nest: links and code may not overlap, formats are split at them."""
    splittable = sorted((one for one in entities if one["type"] in SPLITTABLE), key=_order)
    quotes = _apart([one for one in entities if one["type"] in QUOTES])
    links = _apart([one for one in entities if one["type"] not in SPLITTABLE | QUOTES])
    links = [one for one in links if not any(_crosses(one, quote) for quote in quotes)]
    kept = links + quotes
    for kind in sorted({one["type"] for one in splittable}):
        kept += _split([one for one in splittable if one["type"] == kind], links)
    return sorted(kept, key=_order)


def _apart(entities: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for one in sorted(entities, key=_order):
        if not kept or one["offset"] >= _end(kept[-1]):
            kept.append(one)
    return kept


def _crosses(one: Entity, quote: Entity) -> bool:
    apart = _end(one) <= quote["offset"] or _end(quote) <= one["offset"]
    inside = quote["offset"] <= one["offset"] and _end(one) <= _end(quote)
    return not apart and not inside


def _split(same: list[Entity], links: list[Entity]) -> list[Entity]:
    """Join what touches, and cut it at the edges of links; nothing is left of it inside code."""
    joined: list[list[int]] = []
    for one in same:
        if joined and one["offset"] <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], _end(one))
        else:
            joined.append([one["offset"], _end(one)])
    result: list[Entity] = []
    for start, stop in joined:
        edges = {start, stop}
        for link in links:
            edges |= {edge for edge in (link["offset"], _end(link)) if start < edge < stop}
        cuts = sorted(edges)
        for left, right in pairwise(cuts):
            inside = next((x for x in links if x["offset"] <= left and right <= _end(x)), None)
            if inside is None or inside["type"] not in PRE:
                result.append({"type": same[0]["type"], "offset": left, "length": right - left})
    return result


def _without_dropped(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Remove what the server removes, turn control characters to spaces, move the entities."""
    if text.isascii() and text.isprintable():
        return text, entities
    kept: list[str] = []
    places: list[int] = []  # for each old UTF-16 unit, the new offset
    now = 0
    for letter in text:
        size = 2 if ord(letter) > 0xFFFF else 1
        places += [now] * size
        if letter in DROPPED:
            continue
        kept.append(" " if ord(letter) < 32 and letter != "\n" else letter)
        now += size
    places.append(now)
    moved = []
    for one in entities:
        offset = places[one["offset"]]
        length = places[_end(one)] - offset
        if length:
            moved.append({**one, "offset": offset, "length": length})
    return "".join(kept), moved


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut blanks off both ends, and entities that cover blanks only."""
    entities = [one for one in entities if one["type"] in HIDDEN or piece(text, one).strip(" \n")]
    for one in entities:
        covered = piece(text, one)
        if one["type"] not in HIDDEN:
            lead = len(covered) - len(covered.lstrip(" \n"))
            one["offset"] += lead
            one["length"] -= lead
    right = text.rstrip(" \n")
    length = _bounds(right)[-1]
    entities = [one for one in entities if one["offset"] < length]
    for one in entities:
        one["length"] = min(one["length"], length - one["offset"])
    lead = len(right) - len(right.lstrip(" \n"))
    lead = min([lead, *(one["offset"] for one in entities)])
    for one in entities:
        one["offset"] -= lead
    return right[lead:], entities


def _merged(given: list[Entity], found: list[Entity]) -> list[Entity]:
    """Add what was found where no link, code or emoji was given; formats go on over it."""
    if not found:
        return given
    links = [one for one in given if one["type"] not in SPLITTABLE | QUOTES]
    quotes = [one for one in given if one["type"] in QUOTES]
    new = [
        one
        for one in found
        if not any(one["offset"] < _end(x) and x["offset"] < _end(one) for x in links)
        and not any(_crosses(one, quote) for quote in quotes)
    ]
    return fixed(given + new) if new else given
