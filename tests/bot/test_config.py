"""The environment, read once: packs, knowledge, the zone, the log, rates and addresses."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from bot.config import load_config
from bot.rate import Rate
from bot.settings import Address


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


# -- DAYBOOK_RATE, DAYBOOK_HTTP -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "rate"),
    [
        ("", Rate(20, 60)),
        ("20/min", Rate(20, 60)),
        ("5/s", Rate(5, 1)),
        ("100/h", Rate(100, 3600)),
        ("1/h", Rate(1, 3600)),
        ("off", None),
        ("OFF", None),
    ],
)
def test_a_rate_is_so_many_in_a_time_or_off(value: str, rate: Rate | None) -> None:
    assert load_config({"DAYBOOK_RATE": value}).rate == rate


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("", None),
        ("127.0.0.1:8080", Address("127.0.0.1", 8080)),
        ("localhost:1", Address("localhost", 1)),
        ("[::1]:65535", Address("::1", 65535)),
        ("0.0.0.0:80", Address("0.0.0.0", 80)),  # noqa: S104
        ("[::]:80", Address("::", 80)),
        ("metrics.example.org:9000", Address("metrics.example.org", 9000)),
    ],
)
def test_a_port_is_opened_at_an_address(value: str, address: Address | None) -> None:
    assert load_config({"DAYBOOK_HTTP": value}).http == address


@pytest.mark.parametrize("text", ["127.0.0.1:8080", "[::1]:8080"])
def test_an_address_is_written_as_it_is_read(text: str) -> None:
    assert str(load_config({"DAYBOOK_HTTP": text}).http) == text
