"""The cached library: done without, built again when damaged or changed, by one or by many."""

from __future__ import annotations

import subprocess
from pathlib import Path

from command_lines import ONLY_POLAR, VILLAGE, ask_json, keys
from processes import PATIENCE, ROOT, Daybook


def test_a_cache_that_cannot_be_written_is_done_without(daybook: Daybook, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way of the folder")
    answer = ask_json(daybook, "2 April", XDG_CACHE_HOME=str(blocked))
    assert keys(answer) == ["polar-expedition/circle-founded"]


def test_a_damaged_built_file_is_built_again(daybook: Daybook, tmp_path: Path) -> None:
    cache = {"XDG_CACHE_HOME": str(tmp_path)}
    ask_json(daybook, "2 April", **cache)
    (built,) = tmp_path.glob("daybook/knowledge-*.sqlite")
    whole = built.stat().st_size
    built.write_bytes(built.read_bytes()[: whole // 2])
    assert keys(ask_json(daybook, "2 April", **cache)) == ["polar-expedition/circle-founded"]
    assert built.stat().st_size == whole


def test_a_changed_pack_is_answered_anew(daybook: Daybook, village: Path) -> None:
    more = {"DAYBOOK_KNOWLEDGE": str(village)}
    assert ask_json(daybook, "14 May", **more)["outcome"] == "found"
    village.write_text(VILLAGE.replace("1921-05-14", "1921-05-15"), "utf-8")
    assert ask_json(daybook, "14 May", **more)["outcome"] == "not_found"
    assert ask_json(daybook, "15 May", **more)["outcome"] == "found"


def test_two_processes_may_build_at_once(daybook: Daybook, tmp_path: Path) -> None:
    environment = daybook.environment(XDG_CACHE_HOME=str(tmp_path), **ONLY_POLAR)
    running = [
        subprocess.Popen(
            daybook.command("ask", "--json", "2 April"),
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=environment,
        )
        for _ in range(4)
    ]
    out = [process.communicate(timeout=PATIENCE)[0] for process in running]
    assert {process.returncode for process in running} == {0}
    assert len(set(out)) == 1
    assert len(list(tmp_path.glob("daybook/*"))) == 1
