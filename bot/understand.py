"""Plain words in, a command with its options out: rules over the shapes of questions.

What is understood here: a bare date, "what happened ...", "on this day ...", "who was ...", and a
bare name. Anything else is not understood, and the answer says so with examples.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.command import Invocation, Request
from bot.labels import by_label
from knowledge.dates import Impossible, Why, Year, read_date
from knowledge.names import fold
from knowledge.store import Store

LONGEST_BARE_NAME = 12
"""Words of a text that may be a bare name."""

_ON_THIS_DAY = re.compile(
    r"(?:what\s+(?:has\s+|all\s+)?happened|what\s+happens|what\s+was\s+happening"
    r"|(?P<this_day>(?:on\s+)?this\s+day)|today\s+in\s+history|events)(?:[\s,:]+(?P<date>.+))?",
    re.IGNORECASE,
)
_WHO = re.compile(r"(?:who\s+(?:is|was|were|are)|who['’]s|whos)\s+(?P<name>.+)", re.IGNORECASE)
_THIS_DAY = re.compile(r"(?:on\s+)?this\s+day\b[\s,:]*", re.IGNORECASE)
_IN_HISTORY = re.compile(r"in\s+history\b[\s,:]*", re.IGNORECASE)
_ENDING = re.compile(r"[\s?!.…]+$")

_SMALL_TALK = frozenset(
    "hello hi hey hallo hola yo thanks thank thx you please sorry yes no yeah yep nope ok okay"
    " help more stop start test ping pong well good bad great nice cool wow lol haha bye goodbye"
    " morning evening night welcome bot why what who when where how".split()
)
"""Words that people say to a bot; alone they are nobody's name, though Hello is near to Hell."""

_PRONOUNS = frozenset("i me you he she it they we this that there here".split())

LEAST_TO_FORGIVE = 7
"""Letters of a lower-case word that may be a misspelt name: shorter ones are English too often."""


def understand(text: str, request: Request, store: Store) -> Invocation | None:
    """Return the command that the words ask for; None if they are not understood."""
    bare = " ".join(_ENDING.sub("", text).split())
    asked = _ON_THIS_DAY.fullmatch(bare)
    if asked:
        return _on_this_day(asked["date"] or "", bool(asked["this_day"]), request)
    who = _WHO.fullmatch(bare)
    if who and who["name"].casefold() not in _PRONOUNS:
        return Invocation("whowas", {"name": who["name"]})
    if _is_date(text, request):
        return Invocation("onthisday", {"date": text.strip()})
    if by_label(store, bare) or _is_name(bare, store):
        return Invocation("whowas", {"name": bare})
    return None


def _on_this_day(date: str, this_day: bool, request: Request) -> Invocation:
    """Return the look-up of a date, today's where none stands there.

    "On this day in 1917" asks for today's date in that year.
    """
    rest = _THIS_DAY.sub("", date, count=1)
    this_day = this_day or rest != date
    rest = _IN_HISTORY.sub("", rest, count=1)
    year = read_date(rest, request.today, request.order, request.language)
    if this_day and isinstance(year, Year) and year.year > 0:
        rest = f"{year.year:04}-{request.today:%m-%d}"
    return Invocation("onthisday", {"date": rest} if rest else {})


def _is_date(text: str, request: Request) -> bool:
    reading = read_date(text, request.today, request.order, request.language)
    if isinstance(reading, Impossible):
        return reading.why not in (Why.EMPTY, Why.TOO_LONG, Why.CONTROL_CHARACTER)
    return reading is not None


def _is_name(text: str, store: Store) -> bool:
    """Whether a text may be a bare name: one that is known, or is written as names are."""
    words = text.split()
    if not 0 < len(words) <= LONGEST_BARE_NAME or _SMALL_TALK.issuperset(fold(text).split()):
        return False
    match = store.names.find(text)
    if match.found and len(words) == 1 and text.islower():
        forgiven = not match.exact and len(text) >= LEAST_TO_FORGIVE
        return forgiven or (match.exact and _is_whole_or_last_name(text, match.found, store))
    if match.found:
        return True
    return len(words) <= 3 and all(word[0].isalpha() and not word[0].islower() for word in words)


def _is_whole_or_last_name(word: str, keys: Sequence[str], store: Store) -> bool:
    """Whether a word is more than a part of these names: "neither" is one of a title's words."""
    entities = (entity for key in keys if (entity := store.entity(key)))
    names = (fold(name) for entity in entities for name in entity.names)
    return any(fold(word) in (name, name.rpartition(" ")[2]) for name in names)
