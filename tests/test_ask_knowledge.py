"""`daybook ask --knowledge`: packs in files, folders and built files are added or refused."""

from __future__ import annotations

import json
from pathlib import Path

from command_lines import ONLY_POLAR, POLAR, ask_json, keys
from processes import Daybook


def test_knowledge_adds_a_pack_in_a_file(daybook: Daybook, village: Path) -> None:
    answer = ask_json(daybook, "--knowledge", str(village), "14 May")
    assert keys(answer) == ["village/brigade"]


def test_knowledge_adds_to_what_is_configured(daybook: Daybook, village: Path) -> None:
    answer = ask_json(daybook, "--knowledge", str(village), "17 March")
    assert "polar-expedition/tavelund-dies" in keys(answer)


def test_knowledge_adds_a_folder(daybook: Daybook) -> None:
    done = daybook("ask", "--json", "--knowledge", str(POLAR), "2 April", DAYBOOK_PACKS="")
    assert keys(json.loads(done.out)) == ["polar-expedition/circle-founded"]


def test_knowledge_adds_a_built_file(daybook: Daybook, village: Path, tmp_path: Path) -> None:
    built = tmp_path / "built.sqlite"
    assert daybook("build", str(village), "--output", str(built)).code == 0
    answer = ask_json(daybook, "--knowledge", str(built), "14 May")
    assert keys(answer) == ["village/brigade"]


def test_knowledge_may_be_given_several_times(
    daybook: Daybook, village: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"type":"event","date":"1921-05-14","text":"Rain falls."}\n', "utf-8")
    answer = ask_json(daybook, "--knowledge", str(village), "--knowledge", str(other), "14 May")
    assert {key.partition("/")[0] for key in keys(answer)} == {"village", "other"}


def test_a_pack_with_faults_is_named_with_every_complaint(daybook: Daybook, faulty: Path) -> None:
    done = daybook("ask", "--knowledge", str(faulty), "14 May", **ONLY_POLAR)
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 3
    assert all(line.startswith(f"{faulty}:") for line in done.err.splitlines())


def test_a_file_that_is_no_pack_is_refused(daybook: Daybook, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0")
    done = daybook("ask", "--knowledge", str(photo), "14 May", **ONLY_POLAR)
    assert (done.code, done.out) == (1, "")
    assert "photo.jpg" in done.err
    assert "Traceback" not in done.err


def test_one_pack_added_twice_is_refused(daybook: Daybook) -> None:
    done = daybook("ask", "--knowledge", str(POLAR), "2 April", **ONLY_POLAR)
    assert (done.code, done.out) == (1, "")
    assert "polar-expedition" in done.err
