"""What tests of /onthisday share: what an answer tells of the expedition, and what it says."""

from __future__ import annotations

from collections.abc import Callable

from bot.reply import Note, Reply

Ask = Callable[..., Reply]


def ids(reply: Reply) -> list[str]:
    """Return what the reply tells, without the expedition's name."""
    return [item.id.removeprefix("polar-expedition/") for item in reply.items]


def said(reply: Reply) -> str:
    """Everything that the reply says in sentences of its own."""
    return " ".join(part.text for part in reply.parts if isinstance(part, Note))
