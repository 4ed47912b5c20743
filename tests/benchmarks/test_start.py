"""`daybook ask` from the start of the process to its end, beside Python with three libraries."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from processes import PATIENCE, ROOT, Daybook

from knowledge.packs.builtin import builtin_packs

pytestmark = pytest.mark.benchmark

RUNS = 20

MOST_SECONDS = 0.5

PEER = [sys.executable, "-c", "import click, rapidfuzz, msgspec"]

LOADED = """
import sys
sys.argv = ["daybook", "ask", "21 August"]
from bot.__main__ import main
try:
    main()
except SystemExit:
    pass
print(" ".join(sorted(module for module in ("discord", "telegram") if module in sys.modules)))
"""


@pytest.fixture(scope="module")
def built(daybook: Daybook, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Build both packs and return the environment that uses the file alone."""
    file: Path = tmp_path_factory.mktemp("built") / "knowledge.sqlite"
    done = daybook("build", *map(str, builtin_packs().values()), "--output", str(file))
    assert done.code == 0
    return daybook.environment(DAYBOOK_PACKS="", DAYBOOK_KNOWLEDGE=str(file))


def seconds(words: list[str], environment: dict[str, str]) -> float:
    begin = time.perf_counter()
    done = subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, timeout=PATIENCE, check=True
    )
    taken = time.perf_counter() - begin
    assert done.stderr == b""
    return taken


@pytest.mark.parametrize("question", ["21 August", "who was mercador"])
def test_a_question_is_answered_within_half_a_second(
    daybook: Daybook, built: dict[str, str], table: Callable[..., None], question: str
) -> None:
    ours, peer = [], []
    for _ in range(RUNS):  # in turn, so that both meet the same machine
        ours.append(seconds(daybook.command("ask", question), built))
        peer.append(seconds(PEER, built))
    table(
        f"daybook ask {question!r}, {RUNS} starts",
        [
            ("ours, median and worst", f"{median(ours):.3f} s, {max(ours):.3f} s"),
            ("python with libraries", f"{median(peer):.3f} s, {max(peer):.3f} s"),
            ("ratio of medians", f"{median(ours) / median(peer):.2f}"),
            ("figure", f"median under {MOST_SECONDS} s"),
        ],
    )
    assert median(ours) < MOST_SECONDS


def test_no_library_of_a_platform_is_loaded(daybook: Daybook, built: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=ROOT,
        env=built,
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    assert done.stdout.decode().splitlines()[-1] == ""
