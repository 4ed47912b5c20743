"""/timeline: a dated list, of somebody or something, or of years."""

from __future__ import annotations

from bot.command import Command, Option, OptionKind, Options, Request
from bot.commands import onthisday
from bot.commands.subject import read_subject
from bot.errors import UserError
from bot.examples import example_name
from bot.items import dated_item
from bot.reply import Heading, Note, Outcome, Part, Reply
from bot.wording import in_words
from knowledge.dates import Day, Month, Range, Readable, Year, first_day_of, last_day_of, read_date
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
    of = options.get("of", "").strip()
    if not of:
        example = example_name(store)
        raise UserError(
            "A timeline of whom, or of which years? Write a name or years behind it.",
            (f"/{NAME} {example}",) if example else (),
        )
    period = _period(of, request)
    if period is not None and not store.names.find(of, forgiving=False).found:
        reply = onthisday.answer(store, request, {"date": of})
        return Reply(reply.outcome, NAME, reply.parts, reply.title)
    subject = read_subject(store, of)
    events = sorted(subject.events(), key=lambda event: event.date.in_time)
    years = options.get("years", "").strip()
    detail = ""
    if years:
        within = _period(years, request)
        if within is None:
            raise UserError('I cannot read these years. Write them as in "1917..1924" or "1917".')
        first, last = _span(within)
        events = [e for e in events if e.date.first_day <= last and e.date.last_day >= first]
        detail = in_words(within, request.language)
    title = subject.name
    parts: list[Part] = [Heading(title, detail or "timeline")]
    if not events:
        when = f" in {detail}" if detail else ""
        parts.append(Note(f"The library has no dated event about {subject.name}{when}."))
        return Reply(Outcome.NOT_FOUND, NAME, tuple(parts), title)
    parts += [dated_item(event, request.language) for event in events]
    return Reply(Outcome.FOUND, NAME, tuple(parts), title)


def _period(text: str, request: Request) -> Readable | None:
    reading = read_date(text, request.today, request.order, request.language)
    return reading if isinstance(reading, Day | Month | Year | Range) else None


def _span(period: Readable) -> tuple[int, int]:
    if isinstance(period, Range):
        return first_day_of(period.first), last_day_of(period.last)
    return first_day_of(period), last_day_of(period)
