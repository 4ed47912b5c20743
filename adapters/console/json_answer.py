"""A reply in, one line of JSON out, as CONTRACTS.md fixes it for scripts."""

from __future__ import annotations

import msgspec

from adapters.console.render import to_text
from bot.reply import Item, Reply

_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
"""What JSON allows in a string and readers of lines, Python's own among them, take for an end."""


def to_json(reply: Reply) -> str:
    """Return a reply as one JSON object on one line."""
    answer = {
        "command": reply.command,
        "outcome": reply.outcome,
        "title": reply.title,
        "items": [_item(item) for item in reply.items],
        "choices": reply.choices,
        "text": to_text(reply),
    }
    return msgspec.json.encode(answer).decode().translate(_LINE_ENDS)


def _item(item: Item) -> dict[str, object]:
    citation = item.citation
    source = citation and {
        "title": citation.source.title,
        "section": citation.section,
        "url": citation.source.url or None,
    }
    return {
        "id": item.id,
        "date": item.date,
        "end": item.end,
        "text": item.full_text,
        "note": item.note or None,
        "source": source,
    }
