"""No change makes the compiler worse: the main figures stay above the floors in floors.toml."""

from __future__ import annotations

import tomllib

import pytest
from measure_quality import table, with_table
from quality.measures import (
    FACTS_GROUP,
    PACK_GROUP,
    WIKIWARS_GROUP,
    Figure,
    facts_figures,
    own_figures,
    pack_figures,
    wikiwars_figures,
)
from quality.samples import QUALITY, TROTSKY, WIKIWARS, skip_without

FLOORS: dict[str, dict[str, float]] = tomllib.loads((QUALITY / "floors.toml").read_text("utf-8"))

SHARED_GROUPS = (WIKIWARS_GROUP, PACK_GROUP, FACTS_GROUP)
"""What is measured on samples that lie beside the project."""


@pytest.fixture(scope="module")
def own() -> list[Figure]:
    return list(own_figures())


@pytest.fixture(scope="module")
def shared() -> list[Figure]:
    skip_without(WIKIWARS)
    skip_without(TROTSKY)
    return [*wikiwars_figures(), *pack_figures(), *facts_figures()]


def floors_of(*, are_shared: bool) -> list[tuple[str, str]]:
    return [
        (group, name)
        for group, floors in FLOORS.items()
        if (group in SHARED_GROUPS) is are_shared
        for name in floors
    ]


def measured(figures: list[Figure], group: str, name: str) -> float:
    (found,) = (figure for figure in figures if (figure.group, figure.name) == (group, name))
    return found.share


@pytest.mark.parametrize(("group", "name"), floors_of(are_shared=True))
def test_a_figure_of_the_samples_is_above_its_floor(
    shared: list[Figure], group: str, name: str
) -> None:
    assert measured(shared, group, name) >= FLOORS[group][name]


@pytest.mark.parametrize(("group", "name"), floors_of(are_shared=False))
def test_a_figure_of_our_own_texts_is_above_its_floor(
    own: list[Figure], group: str, name: str
) -> None:
    assert measured(own, group, name) >= FLOORS[group][name]


def test_the_table_takes_the_place_of_the_old_one() -> None:
    document = (QUALITY.parents[1] / "docs" / "quality.md").read_text("utf-8")
    once = with_table(document, table([Figure("Cases", "all", 3, 4)], "2026-11-29"))
    assert "| all | 0.750 | 3 of 4 |" in once
    assert "Measured on 2026-11-29." in once
    again = with_table(once, table([Figure("Cases", "all", 4, 4)], "2026-11-30"))
    assert "| all | 1.000 | 4 of 4 |" in again
    assert "0.750" not in again
    assert once.partition("<!-- figures")[0] == again.partition("<!-- figures")[0]


def test_a_pattern_without_a_fault_is_counted_and_not_listed() -> None:
    rows = [Figure("Date cases", "all", 3, 4), Figure("Date cases", "a", 2, 2)]
    made = table([*rows, Figure("Date cases", "b", 1, 2)], "2026-11-29")
    assert "| b | 0.500 | 1 of 2 |" in made
    assert "| a |" not in made
    assert "1 further patterns have no fault." in made
