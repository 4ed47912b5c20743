"""Every choice of every reply, asked, gives the answer that it stands for."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.reply import Outcome, Reply

Ask = Callable[..., Reply]

LIBRARIES = ["polar", "trotsky", "nobel", "everything"]

DAYS = [
    f"{day} {month_name[month]}"
    for month in range(1, 13)
    for day in range(1, 32)
    if day <= 29 or (month != 2 and (day == 30 or month in (1, 3, 5, 7, 8, 10, 12)))
]

QUESTIONS = [
    *DAYS,
    # the same day of other years, and years with nothing on it
    *(f"{day} {year}" for day in DAYS[::7] for year in (1893, 1905, 1940, 1979)),
    # months, years, decades and centuries, known and unknown
    *(f"{month_name[month]} {year}" for month in range(1, 13) for year in (1895, 1917, 1750)),
    *(str(year) for year in range(1840, 2030, 3)),
    *("70 BC", "300 BC", "1750", "1000", "2500", "1780s", "1640s", "18th century", "1785"),
    # two readings
    *("03-10", "05/03", "1.2.", "11/12/1912", "6/7/1896", "10/03/1895"),
    # names that are shared, misspelt, unknown or missing
    *("who was Tavelund", "who was Osric Venn", "who was Tam Brigg", "who was Quillon"),
    *("who was Kamenev", "who was Tagelurd", "who was Curie", "who was Bragg", "who was John"),
    *("who was Smith", "who was Einstien", "who was Mendeljev", "who was Bohr", "who was Lie"),
    # whoever is known of a question without an answer
    *("when did Marthe Quillon explode", "when was Oddny Kverne born", "where did Tam Brigg sing"),
    *("when was Lev Kamenev's dog born", "when did Marie Curie sail", "why did Einstein cook"),
    *("/timeline Tavelund", "/timeline Kamenev", "/timeline Curie", "/timeline Bragg", "/timeline"),
    *(
        "/random Osric Venn",
        "/random Kamenev",
        "/random Bohr",
        "/timeline 1750",
        "/when",
        "/search",
    ),
    *(
        "how old was Osric Venn the surgeon",
        "how old was Kamenev in 1917",
        "whom did Oddny Kverne marry",
    ),
    *("who was 1893", "who was Napoleon", "/whowas", "/help", "/sources", "hello there"),
]


def is_date_of_two(reply: Reply) -> bool:
    return any("or did you mean" in getattr(part, "lead", "") for part in reply.parts)


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_choice_asked_is_found(libraries: dict[str, Ask], library: str) -> None:
    ask = libraries[library]
    wrong = []
    offered = 0
    for question in QUESTIONS:
        reply = ask(question)
        for position, choice in enumerate(reply.choices):
            if position == 0 and is_date_of_two(reply):
                continue  # the other reading of a date may be a day with nothing
            offered += 1
            if ask(choice).outcome is not Outcome.FOUND and choice != "on this day":
                wrong.append((question, choice, ask(choice).outcome))
    assert wrong == []
    assert offered > 100


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_choice_that_is_a_date_is_read_as_that_date(
    libraries: dict[str, Ask], library: str
) -> None:
    ask = libraries[library]
    wrong = []
    for question in QUESTIONS:
        for choice in ask(question).choices:
            answer = ask(choice)
            if answer.command == "onthisday" and choice != "on this day":
                day = choice.removeprefix("what happened on ")
                # where its year has nothing, the day of any year is the answer
                if not day.startswith(str(answer.title)) and not day.endswith("0s"):
                    wrong.append((question, choice, answer.title))
    assert wrong == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_days_beside_an_impossible_one_can_be_asked(
    libraries: dict[str, Ask], library: str
) -> None:
    ask = libraries[library]
    for question in ("31 June", "30 February", "29 February 2023", "31 November 1896", "32 May"):
        choices = ask(question).choices
        assert len(choices) == 2
        answers = [ask(choice) for choice in choices]
        assert {answer.command for answer in answers} == {"onthisday"}
        # where its year has nothing, the day of any year is the answer
        assert all(c.startswith(str(a.title)) for c, a in zip(choices, answers, strict=True))


@pytest.mark.parametrize("library", LIBRARIES)
def test_whoever_is_offered_to_meet_can_be_met_on_every_day(
    libraries: dict[str, Ask], library: str
) -> None:
    ask = libraries[library]
    asked = [*DAYS, "/onthisday 26 May kind:treaty"]
    silent = next(text for text in asked if ask(text).outcome is Outcome.NOT_FOUND)
    first = date(2026, 1, 1)
    met: set[str] = set()
    for days in range(40):
        today = first + timedelta(days=days)
        person = ask(silent, today=today).choices[-1]
        answer = ask(person, today=today)
        assert (answer.command, answer.outcome) == ("whowas", Outcome.FOUND)
        met.add(person)
    assert len(met) > 5


@pytest.mark.parametrize("library", LIBRARIES)
def test_no_reply_offers_a_choice_twice(libraries: dict[str, Ask], library: str) -> None:
    ask = libraries[library]
    for question in QUESTIONS:
        choices = ask(question).choices
        assert len(choices) == len(set(choices))


@pytest.mark.parametrize("library", LIBRARIES)
def test_nothing_that_is_found_lacks_its_title(libraries: dict[str, Ask], library: str) -> None:
    ask = libraries[library]
    for question in QUESTIONS:
        reply = ask(question)
        if reply.outcome is Outcome.FOUND:
            assert reply.title
            assert reply.command
