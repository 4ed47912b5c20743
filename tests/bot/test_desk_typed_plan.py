"""What is typed for /daily set: parted words put together, mistakes explained, no zone guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta
from typing import Protocol

import pytest
from desk_cases import NOW, plan

from bot.answer import Answerer
from bot.command import Option
from bot.commands.daily import SETTINGS
from bot.daily.choices import DailyChoices, EmptyChoice, ToneChoice
from bot.desk.typed_plan import read_plan, read_role, rejoined
from bot.desk.values import Plan, Settings
from bot.errors import UserError
from bot.typed_command import read_command

NOTHING = Settings()


class Library(Protocol):
    @property
    def answerer(self) -> Answerer: ...


def typed(line: str, library: Library) -> dict[str, str]:
    """Return the options of a typed /daily set, as the desk takes them."""
    return rejoined(read_command(f"/daily set {line}", library.answerer.commands).options)


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("09:00 Europe/Berlin", {"time": "09:00", "zone": "Europe/Berlin"}),
        (
            "09:00 Europe/Berlin late:2h",
            {"time": "09:00", "zone": "Europe/Berlin", "late": "2h"},
        ),
        ("9 pm Europe/Berlin", {"time": "9 pm", "zone": "Europe/Berlin"}),
        ("9 New York", {"time": "9", "zone": "New York"}),
        ("9 pm New York", {"time": "9 pm", "zone": "New York"}),
        ("9 a.m. Tokyo", {"time": "9 a.m.", "zone": "Tokyo"}),
        ('9 "New York" @channel', {"time": "9", "zone": "New York", "place": "@channel"}),
        ("9 New York @channel", {"time": "9", "zone": "New York", "place": "@channel"}),
        ("9 Tokyo <#12345>", {"time": "9", "zone": "Tokyo", "place": "<#12345>"}),
        ("9 UTC place:@channel", {"time": "9", "zone": "UTC", "place": "@channel"}),
        ("zone:Tokyo", {"zone": "Tokyo"}),
        ("late:2h empty:silence", {"late": "2h", "empty": "silence"}),
        (
            "9 UTC kinds:birth,death about:Korvic",
            {"time": "9", "zone": "UTC", "kinds": "birth,death", "about": "Korvic"},
        ),
    ],
)
def test_words_that_were_parted_are_put_together(
    polar: Library, line: str, options: dict[str, str]
) -> None:
    assert typed(line, polar) == options


def read(
    library: Library,
    options: Mapping[str, str],
    old: Plan | None = None,
    settings: Settings = NOTHING,
) -> Plan:
    return read_plan(options, old, settings, library.answerer.store, NOW)


def refusal(
    library: Library,
    options: Mapping[str, str],
    old: Plan | None = None,
    settings: Settings = NOTHING,
) -> UserError:
    with pytest.raises(UserError) as raised:
        read(library, options, old, settings)
    return raised.value


def test_a_time_and_a_zone_are_enough(polar: Library) -> None:
    found = read(polar, {"time": "9", "zone": "berlin"})
    assert found == Plan(time(9), "Europe/Berlin", timedelta(hours=6), DailyChoices(), None)


def test_without_a_zone_none_is_guessed(polar: Library) -> None:
    error = refusal(polar, {"time": "09:00"})
    assert "By whose clock?" in error.message
    assert "/daily set 09:00 Europe/Berlin" in error.choices


def test_the_zone_of_the_settings_is_taken(polar: Library) -> None:
    assert read(polar, {"time": "9"}, settings=Settings(zone="Asia/Tokyo")).zone == "Asia/Tokyo"


def test_a_zone_that_is_typed_goes_before_that_of_the_settings(polar: Library) -> None:
    settings = Settings(zone="Asia/Tokyo")
    assert read(polar, {"time": "9", "zone": "UTC"}, settings=settings).zone == "UTC"


def test_the_tone_of_the_settings_is_that_of_a_new_post(polar: Library) -> None:
    found = read(polar, {"time": "9", "zone": "UTC"}, settings=Settings(tone="gentle"))
    assert found.choices.tone is ToneChoice.GENTLE


def test_the_tone_of_the_settings_leaves_a_post_that_is_there_alone(polar: Library) -> None:
    found = read(polar, {"late": "2h"}, plan(), Settings(tone="gentle"))
    assert found.choices.tone is ToneChoice.BALANCED


OLD = plan(
    "21:30",
    "Asia/Tokyo",
    late=timedelta(hours=2),
    choices=DailyChoices(("birth",), "", ToneChoice.ALL, EmptyChoice.SILENCE),
    ping=77777,
)


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        ({}, OLD),
        ({"time": "8"}, replace(OLD, wall_time=time(8))),
        ({"zone": "UTC"}, replace(OLD, zone="UTC")),
        ({"late": "90 min"}, replace(OLD, late=timedelta(minutes=90))),
        ({"tone": "gentle"}, replace(OLD, choices=replace(OLD.choices, tone=ToneChoice.GENTLE))),
        ({"empty": "person"}, replace(OLD, choices=replace(OLD.choices, empty=EmptyChoice.PERSON))),
        ({"kinds": "all"}, replace(OLD, choices=replace(OLD.choices, kinds=()))),
        ({"ping": "none"}, replace(OLD, ping=None)),
        ({"ping": "<@&88888>"}, replace(OLD, ping=88888)),
        ({"time": " "}, OLD),
    ],
)
def test_only_what_is_named_is_changed(
    polar: Library, options: dict[str, str], changed: Plan
) -> None:
    assert read(polar, options, OLD) == changed


@pytest.mark.parametrize(
    ("options", "words", "choice"),
    [
        ({}, "When is it to be posted?", "/daily set 09:00 Europe/Berlin"),
        ({"time": "24:00", "zone": "UTC"}, "A day ends at 23:59", "/daily set 00:00 UTC"),
        ({"time": "25", "zone": "UTC"}, "0 to 23", "/daily set 01:00 UTC"),
        ({"time": "9", "zone": "Berlim"}, "not a time zone", "/daily set 9 Europe/Berlin"),
        ({"time": "9", "zone": "../../etc/passwd"}, "not the name of a time zone", None),
        ({"time": "9", "zone": "x" * 10_000}, "not the name of a time zone", None),
        (
            {"time": "9", "zone": "UTC", "late": "2"},
            "2 what?",
            "/daily set time:9 zone:UTC late:2h",
        ),
        (
            {"time": "9", "zone": "UTC", "tone": "nice"},
            "no tone",
            "/daily set time:9 zone:UTC tone:gentle",
        ),
        (
            {"time": "9", "zone": "UTC", "kinds": "cats"},
            "no kind of event",
            "/daily set time:9 zone:UTC kinds:birth",
        ),
        ({"time": "9", "zone": "UTC", "ping": "the mods"}, "is no role", None),
    ],
)
def test_a_mistake_is_explained_with_a_whole_command_to_press(
    polar: Library, options: dict[str, str], words: str, choice: str | None
) -> None:
    error = refusal(polar, options)
    assert words in error.message
    assert all(line.startswith("/daily set ") for line in error.choices)
    assert choice is None or choice in error.choices


def test_what_is_offered_is_read_as_what_was_meant(polar: Library) -> None:
    error = refusal(polar, {"time": "9", "zone": "UTC", "tone": "nice", "late": "2h"})
    offered = next(line for line in error.choices if "gentle" in line)
    options = rejoined(read_command(offered, polar.answerer.commands).options)
    found = read(polar, options)
    assert (found.wall_time, found.zone, found.late) == (time(9), "UTC", timedelta(hours=2))
    assert found.choices.tone is ToneChoice.GENTLE


@pytest.mark.parametrize(
    ("text", "role"), [("12345", 12345), ("<@&12345>", 12345), ("none", None), ("OFF", None)]
)
def test_a_role_is_a_number_a_mention_or_nobody(text: str, role: int | None) -> None:
    assert read_role(text) == role


@pytest.mark.parametrize("text", ["@everyone", "<@12345>", "12", "here"])
def test_what_is_no_role_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        read_role(text)


def options_named(name: str) -> Option:
    return next(option for option in SETTINGS if option.name == name)


def test_the_tones_and_empty_days_that_are_offered_are_those_that_there_are() -> None:
    assert options_named("tone").choices == tuple(ToneChoice)
    assert options_named("empty").choices == tuple(EmptyChoice)


def test_the_options_are_those_of_the_contract() -> None:
    names = [option.name for option in SETTINGS]
    assert names == "time zone place kinds about tone late empty ping title tags".split()
