"""/timeline: a dated list, of somebody or something, or of years."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.command import Command, Option, OptionKind, Options, Request
from bot.commands.onthisday import answer as onthisday
from bot.commands.subject import read_subject
from bot.errors import UserError
from bot.examples import example_name
from bot.items import dated_item
from bot.periods import events_reaching, is_date, read_period
from bot.reply import Heading, Note, Outcome, Part, Reply
from bot.wording import in_words
from knowledge.dates import Day, TwoReadings
from knowledge.store import Store

NAME = "timeline"


def command(store: Store) -> Command:
    """Return the command for a library."""
    return Command(
        name=NAME,
        help="The events of a life, or of years, in order",
        options=(
            Option("of", "A name, or years such as 1917..1924", OptionKind.NAME, required=True),
            Option("years", "Of a name: only these years", OptionKind.DATE),
        ),
        answer=lambda request, options: answer(store, request, options),
        example=f"/{NAME} {example_name(store) or '1901..1910'}",
    )


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return the events of `of` in order: of a name, within `years` if given, or of years."""
    of, years = options.get("of", "").strip(), options.get("years", "").strip()
    if not of:
        example = example_name(store)
        raise UserError(
            "A timeline of whom, or of which years? Write a name or years behind it.",
            (f"/{NAME} {example}",) if example else (),
        )
    if not years:
        if is_date(of, request) and not store.names.find(of, forgiving=False).found:
            reply = onthisday(store, request, {"date": of})
            return replace(reply, command=NAME)
        of, years = _name_and_years(store, of, request)
    subject = read_subject(store, of)
    events = sorted(subject.events(), key=lambda event: event.date.in_time)
    detail, when = "timeline", ""
    if years:
        period = read_period(years, request)
        period = period.preferred if isinstance(period, TwoReadings) else period
        events = events_reaching(store, events, period)
        detail = in_words(period, request.language)
        when = f" {'on' if isinstance(period, Day) else 'in'} {detail}"
    parts: list[Part] = [Heading(subject.name, detail)]
    if not events:
        parts.append(Note(f"The library has no dated event about {subject.name}{when}."))
        return Reply(Outcome.NOT_FOUND, NAME, tuple(parts), subject.name)
    parts += [dated_item(event, request.language) for event in events]
    return Reply(Outcome.FOUND, NAME, tuple(parts), subject.name)


_YEARS = re.compile(
    r"(?P<of>.*?[^\s,])[\s,]+(?:(?:in|for|during)\s+)?(?P<years>(?:(?:from|between|the)\s+)*\d{3,4}.*)",
    re.IGNORECASE,
)


def _name_and_years(store: Store, text: str, request: Request) -> tuple[str, str]:
    """Return the name and the years of "X from 1893 to 1894"; no years where none stand there."""
    match = _YEARS.fullmatch(text)
    if match is None or store.names.find(text, forgiving=False).found:
        return text, ""
    return (match["of"], match["years"]) if is_date(match["years"], request) else (text, "")
