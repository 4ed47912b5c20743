"""The built-in packs, read, checked and written to a knowledge file."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from processes import Daybook

from knowledge.packs.builtin import builtin_packs

pytestmark = pytest.mark.benchmark

RUNS = 5
MOST_SECONDS = 2.0


def test_both_packs_are_built_within_two_seconds(
    daybook: Daybook, tmp_path: Path, table: Callable[..., None]
) -> None:
    packs = [str(path) for path in builtin_packs().values()]
    taken = []
    for number in range(RUNS):
        output = tmp_path / f"{number}.sqlite"
        begin = time.perf_counter()
        done = daybook("build", *packs, "--output", str(output))
        taken.append(time.perf_counter() - begin)
        assert done.code == 0
    table(
        f"daybook build of both packs, {RUNS} times",
        [
            ("median and worst", f"{median(taken):.2f} s, {max(taken):.2f} s"),
            ("size", f"{output.stat().st_size / 2**20:.1f} MiB"),
            ("figure", f"worst under {MOST_SECONDS:.0f} s"),
        ],
    )
    assert max(taken) < MOST_SECONDS
