"""Two accounts of one event become one; two events of one person stay two."""

from __future__ import annotations

import pytest

from knowledge.compiler.cast import Cast, FoundEntity
from knowledge.compiler.found_event import FoundEvent
from knowledge.compiler.merging import merge
from knowledge.model import EntityKind, HistoricalDate, Span

CAST = Cast(
    (FoundEntity(EntityKind.PERSON, "Otto Kern"), FoundEntity(EntityKind.PERSON, "Ilse Brandt"))
)


def event(
    date: str, text: str, kind: str = "event", *, people: tuple[int, ...] = (0,), at: int = 0
) -> FoundEvent:
    return FoundEvent(
        HistoricalDate.parse(date),
        text,
        kind,
        (Span(at, at + 9),),
        ((f"Part {at}",),),
        people=people,
    )


def test_the_finer_date_the_fuller_text_and_every_statement_are_kept() -> None:
    lead = event("1882", "Otto Kern was hanged.", "execution", at=0)
    body = event("1882-03-11", "Otto Kern was hanged at Kiel.", "execution", people=(0, 1), at=50)
    (one,) = merge([lead, body], CAST)
    assert str(one.date.start) == "1882-03-11"
    assert one.text == "Otto Kern was hanged at Kiel."
    assert one.statements == (Span(50, 59), Span(0, 9))
    assert one.sections == (("Part 50",), ("Part 0",))
    assert one.people == (0, 1)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            event("1880-05-03", "Otto Kern died.", "death"),
            event("1880-05-03", "Otto Kern was shot by a sentry in Kiel.", "execution", at=50),
        ),
        (
            event("1909-05-03", "Otto Kern crossed the Alps."),
            event("1909-05-03", "With a bottle of brandy, Otto Kern crossed the Alps.", at=50),
        ),
        (
            event("1967", "Otto Kern resigned.", "resignation"),
            event("1967-05-03", "Otto Kern resigned after the strike.", "resignation", at=50),
        ),
    ],
)
def test_these_are_one_event(first: FoundEvent, second: FoundEvent) -> None:
    assert len(merge([first, second], CAST)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            event("1888", "Otto Kern was engaged by the opera."),
            event("1888-05-03", "Otto Kern first sang.", at=50),
        ),
        (
            event("1880-05-03", "Otto Kern died.", "death"),
            event("1880-05-03", "Ilse Brandt died.", "death", people=(1,), at=50),
        ),
        (
            event("1880-05-03", "The garrison laid down its arms."),
            event("1880-05-04", "The garrison laid down its arms.", at=50),
        ),
        (
            event("1880-05-03", "Otto Kern was born in Kiel.", "birth"),
            event("1880-05-03", "Otto Kern died.", "death", at=50),
        ),
    ],
)
def test_these_are_two_events(first: FoundEvent, second: FoundEvent) -> None:
    assert merge([first, second], CAST) == [first, second]
