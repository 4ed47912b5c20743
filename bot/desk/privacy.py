"""/privacy export and erase: what is decided about what is stored. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.commands.privacy import ERASE, EXPORT, NAME, YES
from bot.desk.asked import Asked
from bot.desk.changes import Decision, Erase
from bot.desk.values import Snapshot
from bot.desk.words import counted_in_words, reply
from bot.errors import UserError
from bot.reply import Attachment, Outcome
from bot.wording import joined

TITLE = "Privacy"

_COUNTED = {
    "places": ("place", "places"),
    "daily_posts": ("daily post", "daily posts"),
    "rows_of_the_ledger": ("row of the ledger", "rows of the ledger"),
    "facts_told": ("fact told", "facts told"),
    "dates": ("own date", "own dates"),
    "daily_posts_set_up_elsewhere": (
        "daily post elsewhere with your number",
        "daily posts elsewhere with your number",
    ),
    "dates_added": ("own date with your number", "own dates with your number"),
}
FILE = "daybook.json"


def decide(asked: Asked, snapshot: Snapshot) -> Decision:
    """Return what is done and said; raises UserError for what is no answer to "sure"."""
    return _export(asked, snapshot) if asked.action == EXPORT else _erase(asked, snapshot)


def _whose(asked: Asked) -> str:
    return "you" if asked.is_private else f"this {asked.scope_in_words}"


def _export(asked: Asked, snapshot: Snapshot) -> Decision:
    stored = snapshot.stored
    if not any(stored.values()):
        said = f"Nothing is stored of {_whose(asked)}."
        return Decision(reply(NAME, TITLE, said, outcome=Outcome.NOT_FOUND))
    content = json.dumps(stored, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    said = f"All that is stored of {_whose(asked)} is in the file {FILE}."
    found = reply(NAME, TITLE, said, buttons=(f"/{NAME} {ERASE}",))
    return Decision(found.with_file(Attachment(FILE, content.encode())))


def _erase(asked: Asked, snapshot: Snapshot) -> Decision:
    sure = asked.options.get("sure", "").strip().lower()
    if sure and sure != YES:
        raise UserError("Write yes where you are sure.", (f"/{NAME} {ERASE} {YES}",))
    stored = snapshot.stored
    if not any(stored.values()):
        said = f"Nothing is stored of {_whose(asked)}, so there is nothing to erase."
        return Decision(reply(NAME, TITLE, said, outcome=Outcome.NOT_FOUND))
    if not sure:
        said = (
            f"This erases what is stored of {_whose(asked)}: {_in_words(stored)}. Nothing brings"
            f" it back; /{NAME} {EXPORT} gives it as a file first."
        )
        buttons = (f"/{NAME} {ERASE} {YES}", f"/{NAME} {EXPORT}")
        return Decision(
            reply(NAME, TITLE, said, buttons=buttons, outcome=Outcome.AMBIGUOUS),
        )
    change = Erase(asked.target, asked.user if asked.is_private else None)
    said = f"Erased: all that was stored of {_whose(asked)}. No daily post comes any more."
    if asked.is_private:
        said = (
            "Erased: all that was stored of this chat, and your number wherever it stood. What you"
            " set up for a community stays there, without your number."
        )
    return Decision(reply(NAME, TITLE, said), (change,))


def _in_words(stored: Mapping[str, Any]) -> str:
    """Return what would be erased: "2 daily posts, 1 own date, the settings"."""
    counted = [
        counted_in_words(len(stored[name]), *words)
        for name, words in _COUNTED.items()
        if stored.get(name)
    ]
    return joined(counted + (["the settings"] if stored.get("settings") else []))
