"""The memory of a console that waits for a question."""

from __future__ import annotations

from collections.abc import Callable

import psutil
import pytest
from processes import Daybook
from terminals import PROMPT, Terminal

pytestmark = pytest.mark.benchmark

MOST_MEBIBYTES = 60


def mebibytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss / 2**20)


def test_an_idle_console_takes_sixty_mebibytes_at_most(
    daybook: Daybook, table: Callable[..., None]
) -> None:
    assert daybook("ask", "21 August").code == 0  # the library is built before
    with Terminal(daybook) as terminal:
        terminal.wait_for(PROMPT)
        process = psutil.Process(terminal.process.pid)
        started = mebibytes(process)
        for question in ("21 August", "who was mercador", "1940"):
            terminal.press(f"{question}\r")
            terminal.wait_for("Source")
            terminal.wait_for(PROMPT)
        asked = mebibytes(process)
    table(
        "an idle console with both packs",
        [
            ("just started", f"{started:.1f} MiB"),
            ("after three questions", f"{asked:.1f} MiB"),
            ("figure", f"under {MOST_MEBIBYTES} MiB"),
        ],
    )
    assert max(started, asked) < MOST_MEBIBYTES
