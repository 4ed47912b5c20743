"""The mark of a daily post: in the custom id of a button under it, where nobody sees it.

The bot may read its own messages with their components:
https://docs.discord.com/developers/resources/message#get-channel-messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from adapters.discord.render import BUTTON, GREY, LONGEST_CUSTOM_ID, ROW, Payload

LABEL = "More of this day"
UNREAD = "-"
"""What a button carries beside its mark where it can't be pressed."""

_MARKED = re.compile(r"\|([0-9a-z]{20,26}(?:-\d{1,3})?)\Z")


def row(carries: str | None, marker: str) -> Payload:
    """Return the row with the button that carries a question, if there is one, and the mark."""
    tail = f"|{marker}"
    fits = carries is not None and len(carries) + len(tail) <= LONGEST_CUSTOM_ID
    button: Payload = {
        "type": BUTTON,
        "style": GREY,
        "label": LABEL if fits else "Daily post",
        "custom_id": (carries if fits and carries else UNREAD) + tail,
    }
    if not fits:
        button["disabled"] = True
    return {"type": ROW, "components": [button]}


def without_mark(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the data of a press as it would be without a mark in the button's id."""
    custom_id = data.get("custom_id")
    if not isinstance(custom_id, str) or not _MARKED.search(custom_id):
        return data
    return {**data, "custom_id": _MARKED.sub("", custom_id)}


def marks(message: Mapping[str, Any]) -> Iterator[str]:
    """Yield the marks of a message."""
    for top in message.get("components") or ():
        for one in top.get("components") or ():
            found = _MARKED.search(str(one.get("custom_id") or ""))
            if found:
                yield found[1]
