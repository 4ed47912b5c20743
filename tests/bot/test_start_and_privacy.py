"""/start and /privacy: what the bot is, what to try, and what it keeps of anybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pytest

from bot.answer import Answerer
from bot.reply import Choices, Heading, Note, Outcome, Reply


class Library(Protocol):
    @property
    def answerer(self) -> Answerer: ...

    def __call__(self, text: str) -> Reply: ...


def notes(reply: Reply) -> str:
    return "\n".join(part.text for part in reply.parts if isinstance(part, Note))


def test_the_greeting_says_who_speaks(polar: Library) -> None:
    reply = polar("/start")
    assert (reply.outcome, reply.command, reply.title) == (Outcome.FOUND, "start", "Daybook")
    assert reply.parts[0] == Heading("Daybook")


def test_the_greeting_names_the_library(polar: Library) -> None:
    assert "I know: The Meridian Expedition." in notes(polar("/start"))


def test_the_greeting_offers_three_questions(polar: Library) -> None:
    assert len(polar("/start").choices) == 3


@pytest.mark.parametrize("name", ["polar", "nobel", "trotsky", "everything"])
def test_every_question_of_the_greeting_is_understood(
    libraries: dict[str, Library], name: str
) -> None:
    library = libraries[name]
    outcomes = {ask: library(ask).outcome for ask in library("/start").choices}
    # today may have nothing; the others were chosen for what they find
    assert outcomes.pop("on this day") is not Outcome.INVALID
    assert set(outcomes.values()) == {Outcome.FOUND}


def test_the_greeting_leads_to_help_and_privacy(polar: Library) -> None:
    assert "/help" in notes(polar("/start"))
    assert "/privacy" in notes(polar("/start"))


def test_an_empty_library_is_admitted(made: Callable[..., Library]) -> None:
    assert "My library is empty" in notes(made()("/start"))


def test_an_empty_library_still_offers_what_can_be_asked(made: Callable[..., Library]) -> None:
    offered = [part for part in made()("/start").parts if isinstance(part, Choices)]
    assert all(part.choices for part in offered)


@pytest.mark.parametrize("name", ["start", "privacy"])
def test_only_who_asked_needs_to_see_it(polar: Library, name: str) -> None:
    assert polar.answerer.commands[name].is_for_asker


def test_privacy_tells_no_fact_and_no_source(polar: Library) -> None:
    reply = polar("/privacy")
    assert (reply.outcome, reply.command, reply.items) == (Outcome.FOUND, "privacy", ())


PRIVACY = [
    "no messages and no names",
    "Of who only asks I store nothing",
    "the number of the admin who set up the post",
    "own dates are stored as they were typed",
    "what became of it",  # the ledger
    "kept for 30 days",
    "/privacy export gives what is stored",
    "/privacy erase erases it at once",
    "kept in memory",  # answers, counts and numbers
    "with the numbers of the user and the chat",
    "numbers of the latest messages",
    "asker's number",  # in a button
    "No question leaves it",
]


@pytest.mark.parametrize("words", PRIVACY)
def test_privacy_says_what_is_kept(polar: Library, words: str) -> None:
    assert words in notes(polar("/privacy"))


def test_every_paragraph_of_privacy_is_a_line(polar: Library) -> None:
    lines = [part.text for part in polar("/privacy").parts if isinstance(part, Note)]
    assert len(lines) == 7
    assert not any("\n" in line or "  " in line for line in lines)
