"""`daybook doctor`: what is well and what is wrong, with its cure."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_lines import ONLY_POLAR, WRONG_CONFIGURATION
from processes import Daybook, Ended


def findings(done: Ended, word: str) -> list[str]:
    return [line for line in done.lines if line.startswith(f"{word}: ")]


def test_doctor_finds_a_good_installation_well(daybook: Daybook) -> None:
    done = daybook("doctor")
    assert (done.code, done.err) == (0, "")
    assert findings(done, "ok") == done.lines
    assert any("leon-trotsky" in line for line in done.lines)
    assert any("nobel-laureates" in line for line in done.lines)


@pytest.mark.parametrize(("variable", "value"), WRONG_CONFIGURATION)
def test_doctor_names_a_wrong_variable_and_its_cure(
    daybook: Daybook, variable: str, value: str
) -> None:
    done = daybook("doctor", **{variable: value})
    (wrong,) = findings(done, "wrong")
    assert done.code == 78
    assert variable in wrong
    assert "Correct" in wrong


def test_doctor_finds_an_empty_library(daybook: Daybook) -> None:
    done = daybook("doctor", DAYBOOK_PACKS="")
    (wrong,) = findings(done, "wrong")
    assert done.code == 1
    assert "DAYBOOK_PACKS" in wrong


def test_doctor_names_every_complaint_about_packs(daybook: Daybook, faulty: Path) -> None:
    done = daybook("doctor", DAYBOOK_KNOWLEDGE=str(faulty))
    assert (done.code, len(findings(done, "wrong"))) == (1, 3)


def test_doctor_finds_a_cache_that_cannot_be_written(daybook: Daybook, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way of the folder")
    done = daybook("doctor", XDG_CACHE_HOME=str(blocked), **ONLY_POLAR)
    (wrong,) = findings(done, "wrong")
    assert done.code == 1
    assert str(blocked) in wrong
    assert "DAYBOOK_KNOWLEDGE" in wrong
