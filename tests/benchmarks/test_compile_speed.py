"""What compiling costs: dates a megabyte, beside dateparser, and the whole of an article.

CPU seconds of whole processes, start included. The texts for the dates are those of the WikiWars
sample, over and over, as a megabyte of plain text: the figure is for such texts. Our own narratives
in tests/quality/held_back hold twice as many dates and are shown beside them. HeidelTime, which
took 96 s for a megabyte when it was measured for this project's figures, needs Java and a tagger
and is not run here.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from quality.marks import unmarked

pytestmark = pytest.mark.benchmark

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
ARTICLE = SHARED / "articles" / "leon-trotsky.txt"
SAMPLE = SHARED / "data" / "wikiwars-dev.jsonl"
NARRATIVES = sorted((ROOT / "tests" / "quality" / "held_back").glob("*.txt"))

RUNS = 5
MEGABYTE = 1_000_000
DATES_CPU = 1.0
ARTICLE_CPU = 0.7

PEER = """
import sys
from dateparser.search import search_dates
for line in sys.stdin:
    if line.strip():
        search_dates(line, languages=["en"])
"""

Table = Callable[..., None]


def cpu_of(*command: str, text: bytes = b"") -> float:
    """Return the CPU seconds, user and system, that a process takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, input=text, check=True, stdout=subprocess.DEVNULL, timeout=300)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


needs_shared = pytest.mark.skipif(
    not SHARED.exists() and os.environ.get("CI") != "true", reason="needs ../shared"
)


def a_megabyte(folder: Path, texts: list[str]) -> Path:
    """Return a file of about a megabyte of some texts."""
    whole = "\n\n".join(texts) + "\n\n"
    file = folder / "texts.txt"
    file.write_text(whole * (MEGABYTE // len(whole) + 1), encoding="utf-8")
    return file


def cpu_a_megabyte(file: Path) -> float:
    size = file.stat().st_size / MEGABYTE
    return cpu_of(sys.executable, "-m", "bot", "dates", str(file)) / size


@needs_shared
def test_the_dates_of_a_megabyte_take_a_second(tmp_path: Path, table: Table) -> None:
    sample = [json.loads(line)["text"] for line in SAMPLE.read_text("utf-8").splitlines()]
    narratives = [unmarked(path.read_text(encoding="utf-8"))[0] for path in NARRATIVES]
    file = a_megabyte(tmp_path, sample)
    ours = [cpu_a_megabyte(file) for _ in range(RUNS)]
    part = file.read_bytes()[: MEGABYTE // 10]
    peer = cpu_of(sys.executable, "-c", PEER, text=part) * MEGABYTE / len(part)
    dense = cpu_a_megabyte(a_megabyte(tmp_path, narratives))
    table(
        f"daybook dates, CPU seconds a megabyte, {RUNS} times",
        [
            ("median and worst", f"{median(ours):.2f}, {max(ours):.2f}"),
            ("dateparser, once, on a tenth of it", f"{peer:.1f}"),
            ("ours / dateparser", f"{median(ours) / peer:.3f}"),
            ("figure", f"{DATES_CPU} at most"),
            ("our narratives, once", f"{dense:.2f}"),
        ],
    )
    assert median(ours) <= DATES_CPU


@needs_shared
def test_the_article_is_compiled_within_its_figure(tmp_path: Path, table: Table) -> None:
    bot = (sys.executable, "-m", "bot", "compile", str(ARTICLE), "--output")
    taken = [cpu_of(*bot, str(tmp_path / f"{number}.jsonl")) for number in range(RUNS)]
    table(
        f"daybook compile of the article ({ARTICLE.stat().st_size // 1000} kB), {RUNS} times",
        [
            ("median and worst CPU", f"{median(taken):.2f} s, {max(taken):.2f} s"),
            ("figure", f"under {ARTICLE_CPU} s"),
        ],
    )
    assert median(taken) < ARTICLE_CPU
