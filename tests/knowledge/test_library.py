"""The library: packs are built once into a cache, and never wrongly taken from it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from knowledge import library
from knowledge.library import (
    KEPT_SECONDS,
    FaultyPacksError,
    build_library,
    fingerprint_of,
    open_library,
)
from knowledge.packs.builtin import builtin_packs
from knowledge.packs.merge import read_packs

EVENT = '[[event]]\ndate = "1921-05-14"\ntext = "The fire brigade is founded."\n'
DAY = 24 * 3600


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "oberbach"
    folder.mkdir()
    (folder / "a.toml").write_text(EVENT, "utf-8")
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Name a folder that isn't there yet."""
    return tmp_path / "cache" / "daybook"


def pack_ids(paths: list[Path], cache: Path | None) -> list[str]:
    with closing(open_library(paths, cache)) as store:
        return [summary.id for summary in store.pack_summaries]


def texts(paths: list[Path], cache: Path | None) -> list[str]:
    with closing(open_library(paths, cache)) as store:
        return [event.text for pack in store.packs() for event in pack.events]


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


# -- the cache -----------------------------------------------------------------------------------


def test_a_library_is_built_into_the_cache(pack: Path, cache: Path) -> None:
    assert texts([pack], cache) == ["The fire brigade is founded."]
    name = only_file(cache).name
    assert name == f"knowledge-{fingerprint_of([pack])[:32]}.sqlite"


def test_it_is_not_built_again_while_nothing_changes(pack: Path, cache: Path) -> None:
    texts([pack], cache)
    before = only_file(cache).stat()
    assert texts([pack], cache) == ["The fire brigade is founded."]
    after = only_file(cache).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_start_with_a_built_library_reads_no_pack(
    pack: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts([pack], cache)
    monkeypatch.setattr("knowledge.packs.merge.read_packs", None)
    assert texts([pack], cache) == ["The fire brigade is founded."]


def test_every_changed_byte_makes_another_file(pack: Path, cache: Path) -> None:
    texts([pack], cache)
    (pack / "a.toml").write_text(EVENT.replace("founded", "fOunded"), "utf-8")
    assert texts([pack], cache) == ["The fire brigade is fOunded."]
    assert len(names_in(cache)) == 2


def test_a_change_that_is_taken_back_finds_the_old_file(pack: Path, cache: Path) -> None:
    texts([pack], cache)
    (pack / "a.toml").write_text(EVENT + "# more\n", "utf-8")
    texts([pack], cache)
    (pack / "a.toml").write_text(EVENT, "utf-8")
    texts([pack], cache)
    assert len(names_in(cache)) == 2


def write_another(pack: Path) -> None:
    (pack / "b.toml").write_text("", "utf-8")


def rename_a_file(pack: Path) -> None:
    (pack / "a.toml").rename(pack / "z.toml")


def move_a_line_to_another_file(pack: Path) -> None:
    first, rest = EVENT.split("\n", 1)
    (pack / "a.toml").write_text(first, "utf-8")
    (pack / "b.toml").write_text(rest, "utf-8")


@pytest.mark.parametrize("change", [write_another, rename_a_file, move_a_line_to_another_file])
def test_a_change_of_files_is_a_change(pack: Path, change: object) -> None:
    before = fingerprint_of([pack])
    assert callable(change)
    change(pack)
    assert fingerprint_of([pack]) != before


def test_the_name_of_a_pack_and_the_order_of_packs_count_and_its_place_does_not(
    tmp_path: Path,
) -> None:
    paths = [tmp_path / name for name in ("one/x.toml", "two/x.toml", "one/y.toml")]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(EVENT, "utf-8")
    one, same, other = paths
    assert fingerprint_of([one]) == fingerprint_of([same])
    assert fingerprint_of([one]) != fingerprint_of([other])
    assert fingerprint_of([one, other]) != fingerprint_of([other, one])


@pytest.mark.parametrize("name", ["FORMAT", "BUILDER"])
def test_another_version_of_the_program_builds_another_file(
    pack: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = fingerprint_of([pack])
    monkeypatch.setattr(library, name, "another")
    assert fingerprint_of([pack]) != before


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"junk"])
def test_a_damaged_file_in_the_cache_is_built_again(
    pack: Path, cache: Path, content: bytes
) -> None:
    texts([pack], cache)
    whole = only_file(cache).read_bytes()
    only_file(cache).write_bytes(content)
    assert texts([pack], cache) == ["The fire brigade is founded."]
    assert only_file(cache).read_bytes() == whole


def test_a_file_that_was_cut_off_is_built_again(pack: Path, cache: Path) -> None:
    texts([pack], cache)
    whole = only_file(cache).read_bytes()
    only_file(cache).write_bytes(whole[:-4096])
    assert texts([pack], cache) == ["The fire brigade is founded."]
    assert only_file(cache).read_bytes() == whole


@pytest.mark.parametrize("depth", [".", "below"])
def test_where_the_cache_cannot_be_written_the_library_is_in_memory(
    pack: Path, tmp_path: Path, depth: str
) -> None:
    """A file stands where the folder should be: nobody may write there, whatever their rights."""
    blocked = tmp_path / "blocked"
    blocked.write_text("not a folder", "utf-8")
    assert texts([pack], blocked / depth) == ["The fire brigade is founded."]
    assert blocked.read_text("utf-8") == "not a folder"


def test_a_folder_in_the_files_place_is_no_obstacle(pack: Path, cache: Path) -> None:
    (cache / f"knowledge-{fingerprint_of([pack])[:32]}.sqlite").mkdir(parents=True)
    assert texts([pack], cache) == ["The fire brigade is founded."]
    assert len(names_in(cache)) == 1


def test_without_a_cache_the_library_is_in_memory(pack: Path, tmp_path: Path) -> None:
    before = names_in(tmp_path)
    assert texts([pack], None) == ["The fire brigade is founded."]
    assert names_in(tmp_path) == before


def test_no_packs_are_an_empty_library(cache: Path) -> None:
    assert pack_ids([], cache) == []
    assert pack_ids([], None) == []


# -- two processes -------------------------------------------------------------------------------

ASK = """\
import sys
from pathlib import Path
from knowledge.library import open_library
from knowledge.model import MonthDay
store = open_library([Path(sys.argv[1])], Path(sys.argv[2]))
print(len(store.events_on(MonthDay(12, 10))), end="")
"""


def test_two_processes_that_build_at_once_both_answer_and_leave_one_file(cache: Path) -> None:
    path = builtin_packs()["nobel-laureates"]
    command = [sys.executable, "-c", ASK, str(path), str(cache)]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    results = [process.communicate(timeout=60) for process in processes]
    first, second = results
    assert [process.returncode for process in processes] == [0, 0], results
    assert first == second
    assert int(first[0]) > 0
    assert only_file(cache).name.startswith("knowledge-")


# -- unused files --------------------------------------------------------------------------------


def aged(file: Path, seconds: float) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"")
    then = time.time() - seconds
    os.utime(file, (then, then))
    return file


@pytest.mark.parametrize(
    "name", ["knowledge-0.sqlite", ".knowledge-0.sqlite.x7", ".knowledge-0.sqlite.x7-journal"]
)
def test_a_file_that_nobody_used_for_30_days_is_forgotten_at_the_next_build(
    pack: Path, cache: Path, name: str
) -> None:
    """Also what a build left behind that was killed."""
    old = aged(cache / name, KEPT_SECONDS + DAY)
    texts([pack], cache)
    assert not old.exists()


def test_a_younger_file_stays_and_so_does_what_is_not_ours(pack: Path, cache: Path) -> None:
    young = aged(cache / "knowledge-1.sqlite", KEPT_SECONDS - DAY)
    building = aged(cache / ".knowledge-2.sqlite.x7", DAY)
    other = aged(cache / "state.sqlite", KEPT_SECONDS * 10)
    texts([pack], cache)
    assert young.exists()
    assert building.exists()
    assert other.exists()


def test_a_file_that_is_used_is_not_forgotten(pack: Path, cache: Path, tmp_path: Path) -> None:
    texts([pack], cache)
    used = only_file(cache)
    then = time.time() - KEPT_SECONDS - DAY
    os.utime(used, (then, then))
    texts([pack], cache)
    another = tmp_path / "another.toml"
    another.write_text(EVENT, "utf-8")
    texts([another], cache)
    assert used.exists()


# -- packs and knowledge files together ----------------------------------------------------------


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Build a knowledge file of two packs."""
    folder = tmp_path / "others"
    folder.mkdir()
    packs = [folder / "one.toml", folder / "two.toml"]
    for number, path in enumerate(packs):
        path.write_text(EVENT.replace("fire", f"fire {number}"), "utf-8")
    output = tmp_path / "others.sqlite"
    build_library(packs, output)
    return output


def test_a_single_knowledge_file_is_opened_as_it_is(built: Path, cache: Path) -> None:
    assert pack_ids([built], cache) == ["one", "two"]
    assert not cache.exists()


def test_a_knowledge_file_among_packs_is_merged_in_the_given_order(
    pack: Path, built: Path, cache: Path
) -> None:
    assert pack_ids([pack, built], cache) == ["oberbach", "one", "two"]
    assert pack_ids([built, pack], cache) == ["one", "two", "oberbach"]
    assert texts([pack, built], cache) == [
        "The fire brigade is founded.",
        "The fire 0 brigade is founded.",
        "The fire 1 brigade is founded.",
    ]


def test_a_knowledge_file_may_have_any_name(pack: Path, built: Path, cache: Path) -> None:
    renamed = built.rename(built.with_name("knowledge.toml"))
    assert pack_ids([pack, renamed], cache) == ["oberbach", "one", "two"]


def test_a_merged_knowledge_file_is_left_as_it_was(pack: Path, built: Path, cache: Path) -> None:
    before = built.read_bytes()
    texts([pack, built], cache)
    assert built.read_bytes() == before


# -- faults --------------------------------------------------------------------------------------


def complaints(paths: list[Path], cache: Path | None = None) -> tuple[str, ...]:
    with pytest.raises(FaultyPacksError) as refusal:
        open_library(paths, cache)
    assert str(refusal.value) == "\n".join(refusal.value.complaints)
    return refusal.value.complaints


def test_two_packs_of_one_id_are_refused(pack: Path, tmp_path: Path, cache: Path) -> None:
    twin = tmp_path / "twin.toml"
    twin.write_text('[pack]\nid = "oberbach"\n', "utf-8")
    assert complaints([pack, twin], cache) == (
        f"{twin}:1: id: 'oberbach' is already the id of {pack}; give one of them another id",
    )


def test_a_pack_given_twice_is_refused(pack: Path) -> None:
    assert len(complaints([pack, pack])) == 1


def test_a_pack_that_is_in_a_knowledge_file_already_is_refused(built: Path, pack: Path) -> None:
    twin = pack.parent / "two.toml"
    twin.write_text(EVENT, "utf-8")
    (complaint,) = complaints([built, twin])
    assert "'two' is already the id of" in complaint


def test_the_complaints_of_all_packs_come_at_once(tmp_path: Path, cache: Path) -> None:
    paths = [tmp_path / "one.toml", tmp_path / "missing.toml", tmp_path / "two.jsonl"]
    paths[0].write_text('[[event]]\ndate = "1921"\n', "utf-8")
    paths[2].write_text("[]\n", "utf-8")
    assert complaints(paths, cache) == (
        f"{paths[0]}:1: text: is missing",
        f"{paths[1]}:1: can't be read: No such file or directory",
        f"{paths[2]}:1: is no entry: a line is one object, {{...}}",
    )


def test_faulty_packs_leave_nothing_in_the_cache(tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text("[[event]]\n", "utf-8")
    complaints([path], cache)
    assert not cache.exists() or names_in(cache) == set()


def test_a_damaged_knowledge_file_is_refused_alone_and_among_packs(pack: Path, built: Path) -> None:
    built.write_bytes(built.read_bytes()[:-1])
    sentence = f"{built} is damaged; build it again with daybook build"
    assert complaints([built]) == (sentence,)
    assert complaints([pack, built]) == (sentence,)


def test_a_pack_that_was_repaired_is_built(tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text("[[event]]\n", "utf-8")
    complaints([path], cache)
    path.write_text(EVENT, "utf-8")
    assert texts([path], cache) == ["The fire brigade is founded."]


def test_the_packs_that_come_with_daybook_go_together() -> None:
    assert [pack.id for pack in read_packs(list(builtin_packs().values()))] == list(builtin_packs())
