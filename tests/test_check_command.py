"""`daybook check`: packs are counted, and each complaint has its file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_lines import POLAR
from processes import ROOT, Daybook


def test_check_of_good_packs_counts_them_and_ends_with_0(daybook: Daybook, village: Path) -> None:
    done = daybook("check", str(POLAR), str(village))
    assert (done.code, done.err) == (0, "")
    polar, of_village = done.lines
    assert polar.startswith("polar-expedition: 43 events, 26 entities")
    assert of_village.startswith("village: 1 events, 1 entities")


def test_the_built_in_packs_are_good(daybook: Daybook) -> None:
    packs = ROOT / "knowledge" / "packs"
    done = daybook("check", str(packs / "leon-trotsky"), str(packs / "nobel-laureates.jsonl"))
    assert (done.code, len(done.lines)) == (0, 2)


@pytest.mark.parametrize(
    ("line", "key", "word"), [(2, "date", "30"), (6, "date", "missing"), (9, "agee", "no key")]
)
def test_check_names_each_complaint_with_file_line_and_key(
    daybook: Daybook, faulty: Path, line: int, key: str, word: str
) -> None:
    done = daybook("check", str(faulty))
    assert (done.code, len(done.lines)) == (1, 3)
    (complaint,) = (text for text in done.lines if text.startswith(f"{faulty}:{line}: {key}: "))
    assert word in complaint
