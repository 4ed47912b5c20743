"""What the benchmarks share: a table that is printed even where output is captured."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

Table = Callable[[str, Sequence[tuple[str, str]]], None]


@pytest.fixture
def table(capsys: pytest.CaptureFixture[str]) -> Table:
    """Return a function that prints a heading and rows of what was measured."""

    def show(heading: str, rows: Sequence[tuple[str, str]]) -> None:
        width = max(len(name) for name, _ in rows)
        with capsys.disabled():
            print(f"\n{heading}")  # noqa: T201 - the figures are what a benchmark is run for
            for name, value in rows:
                print(f"  {name:<{width}}  {value}")  # noqa: T201

    return show
