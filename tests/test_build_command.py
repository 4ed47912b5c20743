"""`daybook build`: a file that answers as its packs do, or nothing but complaints."""

from __future__ import annotations

import os
from pathlib import Path

from command_lines import POLAR, ask_json, keys
from processes import Daybook


def test_a_built_file_alone_answers_as_its_packs_do(
    daybook: Daybook, village: Path, tmp_path: Path
) -> None:
    built = tmp_path / "built.sqlite"
    done = daybook("build", str(POLAR), str(village), "--output", str(built))
    assert (done.code, done.err) == (0, "")
    assert str(built) in done.out
    assert "2 packs" in done.out
    more = {"DAYBOOK_PACKS": "", "DAYBOOK_KNOWLEDGE": str(built)}
    both = {"DAYBOOK_PACKS": "", "DAYBOOK_KNOWLEDGE": os.pathsep.join([str(POLAR), str(village)])}
    questions = "17 March\n14 May\nwho was wallner\nwho was Tavelund\n1896\n/sources\n26 May\n"
    asked = [daybook("ask", "--json", "-", stdin=questions, **some) for some in (more, both)]
    assert asked[0].code == 0
    assert asked[0].lines == asked[1].lines


def test_a_knowledge_file_can_be_built_into_another(
    daybook: Daybook, village: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.sqlite", tmp_path / "second.sqlite"
    assert daybook("build", str(village), "--output", str(first)).code == 0
    assert daybook("build", str(first), str(POLAR), "--output", str(second)).code == 0
    more = {"DAYBOOK_PACKS": "", "DAYBOOK_KNOWLEDGE": str(second)}
    assert keys(ask_json(daybook, "14 May", **more)) == ["village/brigade"]


def test_build_replaces_a_file_and_leaves_nothing_else(
    daybook: Daybook, village: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    built = folder / "built.sqlite"
    built.write_text("something old")
    assert daybook("build", str(village), "--output", str(built)).code == 0
    assert built.read_bytes().startswith(b"SQLite format 3\0")
    assert [path.name for path in folder.iterdir()] == ["built.sqlite"]


def test_build_names_every_complaint_and_writes_nothing(
    daybook: Daybook, faulty: Path, village: Path, tmp_path: Path
) -> None:
    built = tmp_path / "built.sqlite"
    done = daybook("build", str(village), str(faulty), "--output", str(built))
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 3
    assert not built.exists()


def test_build_says_where_it_cannot_write(daybook: Daybook, village: Path, tmp_path: Path) -> None:
    done = daybook("build", str(village), "--output", str(tmp_path / "no" / "built.sqlite"))
    assert (done.code, done.out) == (1, "")
    assert "can't be written" in done.err
    assert "Traceback" not in done.err
