"""`daybook dates`, as operators' scripts and measurements use it: a real process and its output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from processes import Daybook

ARTICLE = """The mill of Oberbach

On 5 May 1801, the mill burned. It was rebuilt between 3 June and 9 August.[1] The miller was
born on 10 July [O.S. 28 June] 1756. In the 1790s he had been mayor.

A bell of the 12th century was lost. Retrieved 4 April 2011.
"""

KEYS = ["start", "end", "text", "value", "precision", "range", "use", "alternative"]


def dates(daybook: Daybook, file: Path, data: bytes | str) -> list[dict[str, Any]]:
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    ended = daybook("dates", str(file))
    assert (ended.code, ended.err) == (0, "")
    return [json.loads(line) for line in ended.lines]


@pytest.fixture(scope="module")
def entries(daybook: Daybook, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return dates(daybook, tmp_path_factory.mktemp("articles") / "mill.txt", ARTICLE)


def test_each_line_has_the_keys_of_the_contract(entries: list[dict[str, Any]]) -> None:
    assert all(list(entry) == KEYS for entry in entries)


def test_every_expression_is_a_line_in_the_order_of_the_text(
    entries: list[dict[str, Any]],
) -> None:
    assert [entry["value"] for entry in entries] == [
        *("1801-05-05", "1801-06-03", "1801-08-09", "1756-07-10", "179X", "11XX", "2011-04-04")
    ]
    assert [entry["start"] for entry in entries] == sorted(entry["start"] for entry in entries)


def test_the_offsets_lead_to_the_words_in_the_file(entries: list[dict[str, Any]]) -> None:
    words = [" ".join(ARTICLE[entry["start"] : entry["end"]].split()) for entry in entries]
    assert words == [
        *("5 May 1801", "3 June", "9 August", "10 July [O.S. 28 June] 1756"),
        *("1790s", "12th century", "4 April 2011"),
    ]


def test_the_ends_of_a_range_share_a_number_and_no_other_date_has_one(
    entries: list[dict[str, Any]],
) -> None:
    numbers = {entry["value"]: entry["range"] for entry in entries}
    assert numbers["1801-06-03"] == numbers["1801-08-09"] is not None
    assert sum(number is not None for number in numbers.values()) == 2


def test_a_date_in_two_calendars_is_one_line(entries: list[dict[str, Any]]) -> None:
    (birth,) = (entry for entry in entries if entry["value"].startswith("1756"))
    assert birth["alternative"] == "1756-06-28"
    assert all(entry["alternative"] is None for entry in entries if entry is not birth)


def test_the_visit_to_a_page_is_a_citation(entries: list[dict[str, Any]]) -> None:
    assert [entry["value"] for entry in entries if entry["use"] == "citation"] == ["2011-04-04"]


def test_precision_is_told_by_its_word(entries: list[dict[str, Any]]) -> None:
    assert [entry["precision"] for entry in entries] == ["day"] * 4 + ["decade", "century", "day"]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_offsets_count_code_points_of_the_file_as_it_is(
    daybook: Daybook, tmp_path: Path, ending: str, mark: str
) -> None:
    """With the mark of byte order and the ends of lines, and letters beyond 16 bits as one."""
    text = mark + ending.join(["Ђурђево 𝔐", "", "On 4 May 1911 𝔐 it burned.", ""])
    (entry,) = dates(daybook, tmp_path / "village.txt", text)
    assert text[entry["start"] : entry["end"]] == "4 May 1911"


def test_a_year_bc_is_astronomical(daybook: Daybook, tmp_path: Path) -> None:
    entries = dates(daybook, tmp_path / "war.txt", "It ended on 15 October 70 BC, or in 69 BC.\n")
    assert [entry["value"] for entry in entries] == ["-0069-10-15", "-0068"]


def test_a_file_without_dates_prints_nothing(daybook: Daybook, tmp_path: Path) -> None:
    assert dates(daybook, tmp_path / "empty.txt", "Nothing is dated here.\n") == []


@pytest.mark.parametrize(("data", "word"), [(b"\xff\xfe\x00", "UTF-8"), (b"ab\x80", "UTF-8")])
def test_a_file_that_cannot_be_read_is_one_sentence_and_1(
    daybook: Daybook, tmp_path: Path, data: bytes, word: str
) -> None:
    file = tmp_path / "bad.txt"
    file.write_bytes(data)
    ended = daybook("dates", str(file))
    assert (ended.code, ended.out) == (1, "")
    assert word in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_file_that_is_not_there_is_one_sentence_and_1(daybook: Daybook, tmp_path: Path) -> None:
    ended = daybook("dates", str(tmp_path / "missing.txt"))
    assert (ended.code, ended.out) == (1, "")
    assert "missing.txt can't be read" in ended.err
    assert len(ended.err.splitlines()) == 1


def test_no_file_is_wrong_usage(daybook: Daybook) -> None:
    assert daybook("dates").code == 2


def test_explain_says_of_each_why_it_was_read_so(daybook: Daybook, tmp_path: Path) -> None:
    file = tmp_path / "mill.txt"
    file.write_text(ARTICLE, "utf-8")
    lines = daybook("dates", "--explain", str(file)).lines
    assert "[5 May 1801]: 1801-05, step" in lines[0]
    assert "the year is written" in lines[0]
    assert "sure" in next(line for line in lines if "[3 June" in line)
    assert lines[-1].endswith("no part of the story (citation)")
