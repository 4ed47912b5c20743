"""A community's own dates told beside the sources' facts, where somebody asks for a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.command import Request
from bot.commands.onthisday import NAME
from bot.daily.content import OWN_SOURCE
from bot.daily.own_dates import OwnDate
from bot.reply import Heading, Item, Note, Outcome, Reply
from knowledge.date_format import format_year
from knowledge.dates import Day, read_date
from knowledge.model import Citation

NOTHING_AT_ALL = "Nothing in the library happened"
"""How /onthisday begins where no kind and no subject was asked for."""


def day_of(reply: Reply, request: Request) -> Day | None:
    """Return the day that an answer is about; none for other answers, and for filtered ones.

    Its title is that day in words, which is read as the same day again.
    """
    first = reply.parts[0] if reply.parts else None
    if reply.command != NAME or reply.title is None or not isinstance(first, Heading):
        return None
    if first.detail or reply.outcome not in (Outcome.FOUND, Outcome.NOT_FOUND):
        return None
    if reply.outcome is Outcome.NOT_FOUND and not _is_about_all(reply):
        return None
    found = read_date(reply.title, request.today, request.order, request.language)
    return found if isinstance(found, Day) else None


def _is_about_all(reply: Reply) -> bool:
    """Whether an answer without facts looked for events of every kind, about everybody."""
    notes = [part.text for part in reply.parts if isinstance(part, Note)]
    return bool(notes) and notes[0].startswith(NOTHING_AT_ALL)


def with_own_dates(reply: Reply, day: Day, dates: Sequence[OwnDate]) -> Reply:
    """Return an answer with the own dates of a day before the sources' facts, marked as such."""
    told = [
        one
        for one in dates
        if (one.month, one.day) == (day.month, day.day)
        and (day.year is None or one.year in (None, day.year))
    ]
    if not told:
        return reply
    heading, *rest = reply.parts
    parts = (heading, *map(_item, told), *rest)
    return replace(reply, outcome=Outcome.FOUND, parts=parts)


def _item(one: OwnDate) -> Item:
    iso = f"{one.year:04}-{one.month:02}-{one.day:02}" if one.year is not None else None
    return Item(
        id=f"{OWN_SOURCE.id}/{one.id}",
        text=one.text,
        label=format_year(one.year) if one.year is not None else "",
        date=iso,
        citation=Citation(OWN_SOURCE),
    )
