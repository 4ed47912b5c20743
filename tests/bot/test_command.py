"""A command and an option refuse what a platform would refuse, when they are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

import pytest

from bot.answer import Answerer
from bot.command import Command, Option, Request
from bot.reply import Outcome, Reply


class Asker(Protocol):
    answerer: Answerer

    def __call__(self, text: str) -> Reply: ...


def nothing(request: Request, options: Mapping[str, str]) -> Reply:
    return Reply(Outcome.FOUND, "x", ())


def command(name: str, help_text: str) -> object:
    return Command(name, help_text, nothing)


def option(name: str, help_text: str) -> object:
    return Option(name, help_text)


BOTH = pytest.mark.parametrize("make", [command, option])


@BOTH
@pytest.mark.parametrize("name", ["a", "look", "look_up", "look2", "x" * 32])
def test_a_good_name_is_taken(make: Callable[[str, str], object], name: str) -> None:
    assert make(name, "Help").name == name  # type: ignore[attr-defined]


@BOTH
@pytest.mark.parametrize(
    "name", ["", "Look", "look-up", "look up", "/look", "löok", "x" * 33, "look\n", "٣"]
)
def test_a_name_that_a_platform_refuses_is_refused(
    make: Callable[[str, str], object], name: str
) -> None:
    with pytest.raises(ValueError, match="no name"):
        make(name, "Help")


@BOTH
@pytest.mark.parametrize("help_text", ["H", "x" * 100])
def test_a_help_of_1_to_100_characters_is_taken(
    make: Callable[[str, str], object], help_text: str
) -> None:
    assert make("look", help_text).help == help_text  # type: ignore[attr-defined]


@BOTH
@pytest.mark.parametrize("help_text", ["", "x" * 101])
def test_a_help_that_a_platform_refuses_is_refused(
    make: Callable[[str, str], object], help_text: str
) -> None:
    with pytest.raises(ValueError, match="help of 'look'"):
        make("look", help_text)


FIRST = Option("first", "H", required=True)
OTHER = Option("other", "H")


@pytest.mark.parametrize("options", [(), (FIRST,), (OTHER,), (FIRST, OTHER)])
def test_required_options_may_come_first(options: tuple[Option, ...]) -> None:
    assert Command("look", "Help", nothing, options).options == options


def test_a_required_option_behind_others_is_refused() -> None:
    with pytest.raises(ValueError, match="required options come first"):
        Command("look", "Help", nothing, (OTHER, FIRST))


def test_two_options_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        Command("look", "Help", nothing, (OTHER, OTHER))


# -- commands given by name, as a platform's slash command carries them ----------------------------


TODAY = date(2026, 8, 21)


def test_a_slash_command_is_answered_by_its_name_and_options(polar: Asker) -> None:
    options = {"date": "17 March", "about": "Halvard Tavelund"}
    reply = polar.answerer.answer(Request(TODAY, command="onthisday", options=options))
    assert [item.id for item in reply.items] == ["polar-expedition/tavelund-dies"]


def test_a_slash_command_without_options_is_answered_as_a_typed_one(polar: Asker) -> None:
    reply = polar.answerer.answer(Request(TODAY, command="onthisday"))
    assert reply == polar("/onthisday")


def test_a_slash_command_that_is_not_there_is_refused(polar: Asker) -> None:
    reply = polar.answerer.answer(Request(TODAY, command="dance"))
    assert (reply.outcome, reply.command, reply.items) == (Outcome.INVALID, None, ())
