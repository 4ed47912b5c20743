"""Plain words in, a command with its options out: rules over the shapes of questions.

What is understood here: a bare date, "what happened ...", "on this day ...", "who was ...", and a
bare name. Anything else is not understood, and the answer says so with examples.
"""

from __future__ import annotations

import re

from bot.command import Invocation, Request
from bot.labels import by_label
from knowledge.dates import Impossible, Why, read_date
from knowledge.store import Store

LONGEST_BARE_NAME = 6
"""Words of a text that may be a bare name."""

_ON_THIS_DAY = re.compile(
    r"(?:what\s+(?:has\s+|all\s+)?happened|what\s+happens|what\s+was\s+happening"
    r"|(?:on\s+)?this\s+day(?:\s+in\s+history)?"
    r"|today\s+in\s+history|history\s+of|events)(?:\s+(?P<date>.+))?",
    re.IGNORECASE,
)
_WHO = re.compile(r"(?:who\s+(?:is|was|were|are)|who['’]s|whos)\s+(?P<name>.+)", re.IGNORECASE)
_DAY_WORDS = re.compile(r"^(?:on\s+|in\s+)?(?:this\s+day|history)\b[\s,:]*", re.IGNORECASE)
_ENDING = re.compile(r"[\s?!.…]+$")


def understand(text: str, request: Request, store: Store) -> Invocation | None:
    """Return the command that the words ask for; None if they are not understood."""
    bare = " ".join(_ENDING.sub("", text).split())
    asked = _ON_THIS_DAY.fullmatch(bare)
    if asked:
        return _on_this_day(asked["date"] or "")
    who = _WHO.fullmatch(bare)
    if who:
        return Invocation("whowas", {"name": who["name"]})
    if _is_date(text, request):
        return Invocation("onthisday", {"date": text.strip()})
    if by_label(store, bare) or _is_name(bare, store):
        return Invocation("whowas", {"name": bare})
    return None


def _on_this_day(date: str) -> Invocation:
    date = _DAY_WORDS.sub("", date).strip()
    return Invocation("onthisday", {"date": date} if date else {})


def _is_date(text: str, request: Request) -> bool:
    reading = read_date(text, request.today, request.order, request.language)
    if isinstance(reading, Impossible):
        return reading.why not in (Why.EMPTY, Why.TOO_LONG, Why.CONTROL_CHARACTER)
    return reading is not None


def _is_name(text: str, store: Store) -> bool:
    """Whether a text may be a bare name: one that is known, or is written as names are."""
    words = text.split()
    if not 0 < len(words) <= LONGEST_BARE_NAME:
        return False
    if store.names.find(text).found:
        return True
    return len(words) <= 3 and all(word[0].isalpha() and not word[0].islower() for word in words)
