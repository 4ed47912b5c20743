"""What to say where the library has no answer, with whom of the question it knows."""

from __future__ import annotations

from bot.labels import label
from bot.reply import Choice, Choices, Note, Outcome, Part, Reply
from bot.wishes import Wishes
from knowledge.store import Store

MOST_CHOICES = 4


def nothing_told(store: Store, command: str | None, asked: Wishes) -> Reply:
    """Return that nothing is told, with the names of the question to look up."""
    library = ", ".join(pack.title for pack in store.pack_summaries)
    parts: list[Part] = [Note(f"The library ({library}) doesn't tell that.")]
    known = [entity for group in asked.names for entity in group[:MOST_CHOICES]]
    if known:
        choices = tuple(Choice(label(store, entity)) for entity in known[:MOST_CHOICES])
        parts.append(Choices(choices, lead="It knows of", tail="."))
    return Reply(Outcome.NOT_FOUND, command, tuple(parts))
