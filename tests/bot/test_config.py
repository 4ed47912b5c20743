"""The environment, read once: each variable's good values, and the sentence for each bad one."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from bot.config import load_config
from bot.errors import ConfigurationError


def packs(environment: dict[str, str]) -> list[str]:
    return [path.stem for path in load_config(environment).packs]


# -- DAYBOOK_PACKS --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "names"),
    [
        ({}, ["leon-trotsky", "nobel-laureates"]),
        ({"DAYBOOK_PACKS": ""}, []),
        ({"DAYBOOK_PACKS": "  "}, []),
        ({"DAYBOOK_PACKS": ","}, []),
        ({"DAYBOOK_PACKS": "leon-trotsky"}, ["leon-trotsky"]),
        ({"DAYBOOK_PACKS": "nobel-laureates,leon-trotsky"}, ["nobel-laureates", "leon-trotsky"]),
        (
            {"DAYBOOK_PACKS": " leon-trotsky , nobel-laureates, "},
            ["leon-trotsky", "nobel-laureates"],
        ),
        ({"DAYBOOK_PACKS": "leon-trotsky,leon-trotsky"}, ["leon-trotsky"]),
    ],
)
def test_built_in_packs_are_those_named_or_all(
    environment: dict[str, str], names: list[str]
) -> None:
    assert packs(environment) == names


# -- DAYBOOK_KNOWLEDGE ----------------------------------------------------------------------------


def test_knowledge_files_are_added_behind_the_built_in_packs_in_order(tmp_path: Path) -> None:
    first, second = tmp_path / "first.toml", tmp_path / "second with space.jsonl"
    first.touch()
    second.touch()
    environment = {
        "DAYBOOK_PACKS": "leon-trotsky",
        "DAYBOOK_KNOWLEDGE": f"{second}{os.pathsep}{first}{os.pathsep}",
    }
    assert packs(environment) == ["leon-trotsky", "second with space", "first"]


def test_a_folder_may_be_a_pack(tmp_path: Path) -> None:
    assert load_config({"DAYBOOK_PACKS": "", "DAYBOOK_KNOWLEDGE": str(tmp_path)}).packs == (
        tmp_path,
    )


# -- DAYBOOK_ZONE, DAYBOOK_LOG --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])
def test_a_zone_is_an_iana_zone(name: str) -> None:
    assert str(load_config({"DAYBOOK_ZONE": name}).zone) == name


@pytest.mark.parametrize("environment", [{}, {"DAYBOOK_ZONE": ""}])
def test_without_a_zone_there_is_none(environment: dict[str, str]) -> None:
    assert load_config(environment).zone is None


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("debug", logging.DEBUG),
        ("INFO", logging.INFO),
        ("Warning", logging.WARNING),
        ("eRRoR", logging.ERROR),
        ("", None),
    ],
)
def test_a_log_level_is_a_word_in_any_case(value: str, level: int | None) -> None:
    assert load_config({"DAYBOOK_LOG": value}).log_level == level


def test_an_empty_environment_is_a_good_one() -> None:
    assert load_config({}).log_level is None


def test_what_is_not_ours_is_left_alone() -> None:
    assert load_config({"PATH": "x", "LANG": "C", "DAYBOOKS_ZONE": "nowhere"}) == load_config({})


# -- bad values -----------------------------------------------------------------------------------

BAD = [
    ("DAYBOOK_PACKS", "napoleon"),
    ("DAYBOOK_PACKS", "leon-trotsky,napoleon"),
    ("DAYBOOK_PACKS", "Leon Trotsky"),
    ("DAYBOOK_KNOWLEDGE", "no/such/file.toml"),
    ("DAYBOOK_KNOWLEDGE", f"pyproject.toml{os.pathsep}no/such/file.toml"),
    ("DAYBOOK_KNOWLEDGE", "a\0b"),
    ("DAYBOOK_KNOWLEDGE", "x" * 5000),
    ("DAYBOOK_KNOWLEDGE", "~no-such-user-anywhere/pack.toml"),
    ("DAYBOOK_ZONE", "Berlin"),
    ("DAYBOOK_ZONE", "Europe/Berlín"),
    ("DAYBOOK_ZONE", "../../etc/passwd"),
    ("DAYBOOK_ZONE", "/etc/passwd"),
    ("DAYBOOK_ZONE", "+02:00"),
    ("DAYBOOK_ZONE", "Europe"),
    ("DAYBOOK_ZONE", " "),
    ("DAYBOOK_ZONE", "a\0b"),
    ("DAYBOOK_ZONE", "x" * 5000),
    ("DAYBOOK_LOG", "loud"),
    ("DAYBOOK_LOG", "10"),
]


@pytest.mark.parametrize(
    ("variable", "value"), BAD, ids=[f"{name}={value[:30]!a}" for name, value in BAD]
)
def test_a_bad_value_is_one_line_that_begins_with_its_variable(variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        load_config({variable: value})
    assert error.value.message.startswith(f"{variable}: ")
    assert "\n" not in error.value.message


@pytest.mark.parametrize(
    ("variable", "value", "word"),
    [
        ("DAYBOOK_PACKS", "napoleon", "napoleon"),
        ("DAYBOOK_KNOWLEDGE", "no/such/file.toml", "no/such/file.toml"),
        ("DAYBOOK_ZONE", "Berlin", "Berlin"),
        ("DAYBOOK_LOG", "loud", "loud"),
    ],
)
def test_a_complaint_repeats_what_was_written(variable: str, value: str, word: str) -> None:
    with pytest.raises(ConfigurationError, match=word):
        load_config({variable: value})


@pytest.mark.parametrize(
    ("variable", "value", "hint"),
    [
        ("DAYBOOK_PACKS", "napoleon", "leon-trotsky"),
        ("DAYBOOK_ZONE", "Berlin", "Europe/Berlin"),
        ("DAYBOOK_LOG", "loud", "warning"),
    ],
)
def test_a_complaint_says_what_would_do(variable: str, value: str, hint: str) -> None:
    with pytest.raises(ConfigurationError, match=hint):
        load_config({variable: value})
