"""Plain words in, what they may ask for out: rules over the shapes of questions.

Each rule knows a few shapes and returns the readings of a text, likeliest first, or none. The
first rule that has any is taken; of its readings the first that finds something answers. What no
rule reads is not understood, and the answer says so with examples.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.command import Request
from bot.shapes.asked import Asked, Readings
from bot.shapes.commands import command_in_words
from bot.shapes.days import born_or_died, date, did, happened
from bot.shapes.names import name, name_and_sort, phrase
from bot.shapes.people import who
from bot.shapes.politeness import bare, clauses, without_markup
from bot.shapes.things import claim, other_question, pair, what_is
from bot.shapes.when_and_where import how_old, when, where
from bot.shapes.works import works
from knowledge.store import Store

LONGEST_QUESTION = 300
"""Characters of a text that is read as a question; a longer one is a message to somebody else."""

RULES: tuple[Callable[[Asked], Readings], ...] = (
    happened,
    born_or_died,
    did,
    date,
    command_in_words,
    name_and_sort,
    how_old,
    works,
    where,
    when,
    pair,
    claim,
    who,
    what_is,
    other_question,
    name,
    phrase,
)
"""Every rule, in order: the first that reads a text is taken."""


def understand(text: str, request: Request, store: Store) -> Readings:
    """Return what the words may ask for, likeliest first; nothing if they are not understood.

    Where the whole is not understood, its last clause that is answers.
    """
    plain = without_markup(text)
    if len(plain) > LONGEST_QUESTION:
        return ()
    readings = _read(plain, request, store)
    if any(not reading.is_guess for reading in readings):
        return readings
    for clause in reversed(clauses(plain)):
        more = _read(clause, request, store) if clause != plain else ()
        if more:
            return (*more, *readings)
    return readings


def _read(text: str, request: Request, store: Store) -> Readings:
    typed = " ".join(text.split()).strip(" ?!.")
    asked = Asked(text, typed, request, store)
    if not asked.is_whole_name(typed):  # a song may be called "Hello, Please"
        asked = replace(asked, bare=bare(text))
    if not asked.bare:
        return ()
    return next(filter(None, (rule(asked) for rule in RULES)), ())
