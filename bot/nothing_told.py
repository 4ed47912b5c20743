"""What to say where the library has no answer, with whom of the question it knows."""

from __future__ import annotations

from bot.found import Said, nearest_facts
from bot.items import dated_item, said_item
from bot.labels import label
from bot.life import is_of_a_life
from bot.reply import Choice, Choices, Note, Outcome, Part, Reply
from bot.wishes import Wishes
from knowledge.store import Store

MOST_CHOICES = 4

MOST_NEAR = 2
"""Facts that are shown as near to a question without an answer."""


def nothing_told(store: Store, command: str | None, asked: Wishes, language: str = "en") -> Reply:
    """Return that nothing is told: with facts that come near, said to be that, and the names.

    Near somebody's birth or death would be another one's, so that there is none.
    """
    library = ", ".join(pack.title for pack in store.pack_summaries)
    parts: list[Part] = [Note(f"The library ({library}) doesn't tell that.")]
    near = [] if is_of_a_life(asked) else nearest_facts(store, asked, MOST_NEAR)
    if near:
        parts.append(Note("Nearest to it:"))
        parts += [
            said_item(fact) if isinstance(fact, Said) else dated_item(fact, language)
            for fact in near
        ]
    known = [entity for group in asked.names for entity in group[:MOST_CHOICES]]
    if known:
        choices = tuple(Choice(label(store, entity)) for entity in known[:MOST_CHOICES])
        parts.append(Choices(choices, lead="It knows of", tail="."))
    return Reply(Outcome.NOT_FOUND, command, tuple(parts))
