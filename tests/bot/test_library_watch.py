"""Packs replaced while the bot runs. Every look is a call of the test; nothing waits."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from pathlib import Path

import pytest

from bot.library_watch import LOOK_SECONDS, MOST_UNSTILL, LibraryWatch
from knowledge.library import build_library, open_library
from knowledge.store import Store

PATIENCE = 30.0

VILLAGE = """
[pack]
title = "{title}"

[[event]]
id = "brigade"
date = "1921-05-14"
text = "The volunteer fire brigade of Oberbach is founded with a hand pump."
"""
FAULTY = '[[event]]\ndate = "1921-02-30"\ntext = "A day that no calendar has."\n'

STILL = 2
"""Looks after a change until it is opened: one that sees it, one that sees it kept still."""


class Watched:
    """A pack that is watched, and the titles of the stores that were handed over."""

    def __init__(self, folder: Path, *, is_built: bool = False) -> None:
        self.pack = folder / ("village.sqlite" if is_built else "village.toml")
        self._is_built = is_built
        self._cache = folder / "cache"
        self.titles: list[str] = []
        self.broken = 0
        self.fails = False
        self.thread: int | None = None
        self.write("first")
        self.watch = LibraryWatch([self.pack], self._cache, self.take, self._break)

    def write(self, title: str) -> None:
        """Replace the pack as an editor or a build does: beside it, then a rename."""
        beside = self.pack.with_name("beside.toml")
        beside.write_text(VILLAGE.format(title=title), "utf-8")
        if self._is_built:
            built = beside.with_suffix(".built")
            build_library([beside], built)
            beside.unlink()
            beside = built
        beside.replace(self.pack)

    def spoil(self, text: str = FAULTY) -> None:
        self.pack.write_text(text, "utf-8")

    async def looks(self, times: int) -> None:
        for _ in range(times):
            await asyncio.wait_for(self.watch.look(), PATIENCE)

    async def take(self, store: Store) -> None:
        self.thread = threading.get_ident()
        if self.fails:
            raise RuntimeError("a bug")
        self.titles += [pack.title for pack in store.pack_summaries]
        store.close()

    def _break(self) -> None:
        self.broken += 1


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def warnings_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]


# -- what is handed over --------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_replaced_pack_is_handed_over_once(watched: Watched) -> None:
    await watched.looks(1)
    watched.write("second")
    await watched.looks(STILL + 3)
    assert (watched.titles, watched.broken) == (["second"], 0)


@pytest.mark.asyncio
async def test_a_pack_that_stays_is_never_handed_over(watched: Watched) -> None:
    await watched.looks(5)
    assert watched.titles == []


@pytest.mark.asyncio
async def test_a_pack_that_was_replaced_before_the_first_look_is_handed_over(
    watched: Watched,
) -> None:
    watched.write("second")
    await watched.looks(STILL)
    assert watched.titles == ["second"]


@pytest.mark.asyncio
async def test_a_pack_that_was_only_touched_is_not_handed_over(watched: Watched) -> None:
    await watched.looks(1)
    os.utime(watched.pack, (1, 1))
    await watched.looks(STILL + 1)
    assert watched.titles == []


@pytest.mark.asyncio
async def test_each_change_is_handed_over(watched: Watched) -> None:
    for title in ("second", "third"):
        watched.write(title)
        await watched.looks(STILL)
    assert watched.titles == ["second", "third"]


@pytest.mark.asyncio
async def test_a_knowledge_file_is_watched_too(tmp_path: Path) -> None:
    watched = Watched(tmp_path, is_built=True)
    await watched.looks(1)
    watched.write("second")
    await watched.looks(STILL)
    assert watched.titles == ["second"]


@pytest.mark.asyncio
@pytest.mark.parametrize("change", ["added", "changed", "removed"])
async def test_every_file_of_a_folder_is_watched(tmp_path: Path, change: str) -> None:
    folder = tmp_path / "village"
    folder.mkdir()
    (folder / "pack.toml").write_text(VILLAGE.format(title="village"), "utf-8")
    more = folder / "more.toml"
    event = '[[event]]\nid = "{0}"\ndate = "1922-05-14"\ntext = "The second pump of {0} arrives."\n'
    if change != "added":
        more.write_text(event.format("one"), "utf-8")
    counts: list[int] = []

    async def take(store: Store) -> None:
        counts.append(store.pack_summaries[0].events)
        store.close()

    watch = LibraryWatch([folder], tmp_path / "cache", take)
    await watch.look()
    if change == "removed":
        more.unlink()
    else:
        more.write_text(event.format("two") + event.format("three"), "utf-8")
    for _ in range(STILL):
        await watch.look()
    assert counts == [1 if change == "removed" else 3]


@pytest.mark.asyncio
async def test_the_store_is_opened_in_another_thread_and_handed_over_in_the_loops(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def noted(paths: list[Path], cache: Path | None) -> Store:
        threads.append(threading.get_ident())
        return open_library(paths, cache)

    monkeypatch.setattr("bot.library_watch.open_library", noted)
    watched.write("second")
    await watched.looks(STILL)
    assert watched.thread == threading.get_ident()
    assert threads != [threading.get_ident()]
    assert len(threads) == 1


# -- half copied ----------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_file_that_is_still_written_is_left_alone(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    await watched.looks(1)
    watched.spoil("[[event]]\ndate =")
    await watched.looks(1)
    watched.write("second")
    await watched.looks(STILL)
    assert (watched.titles, warnings_in(caplog)) == (["second"], [])


@pytest.mark.asyncio
async def test_files_that_never_keep_still_are_opened_within_a_minute(watched: Watched) -> None:
    await watched.looks(1)
    for number in range(MOST_UNSTILL + 1):
        watched.write(f"title {number}")
        await watched.looks(1)
    assert watched.titles == [f"title {MOST_UNSTILL}"]
    assert (MOST_UNSTILL + 2) * LOOK_SECONDS <= 60


# -- what can't be used ---------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_faulty_pack_is_one_warning_and_the_old_one_stays(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    await watched.looks(1)
    watched.spoil()
    await watched.looks(STILL + 3)
    (warning,) = warnings_in(caplog)
    assert "village.toml" in warning
    assert "the old one stays" in warning
    assert (watched.titles, watched.broken) == ([], 1)


@pytest.mark.asyncio
async def test_a_second_fault_is_a_second_warning(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    for text in (FAULTY, FAULTY * 2):
        watched.spoil(text)
        await watched.looks(STILL)
    assert len(warnings_in(caplog)) == 2


@pytest.mark.asyncio
async def test_a_mended_pack_is_handed_over(watched: Watched) -> None:
    watched.spoil()
    await watched.looks(STILL)
    watched.write("mended")
    await watched.looks(STILL)
    assert watched.titles == ["mended"]


@pytest.mark.asyncio
async def test_a_pack_that_is_as_it_was_again_is_not_handed_over(watched: Watched) -> None:
    await watched.looks(1)
    watched.spoil()
    await watched.looks(STILL)
    watched.write("first")
    await watched.looks(STILL)
    assert watched.titles == []


@pytest.mark.asyncio
async def test_a_pack_that_is_gone_is_a_warning(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    watched.pack.unlink()
    await watched.looks(STILL + 1)
    assert len(warnings_in(caplog)) == 1


@pytest.mark.asyncio
async def test_a_damaged_knowledge_file_is_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watched = Watched(tmp_path, is_built=True)
    content = watched.pack.read_bytes()
    half = tmp_path / "half"
    half.write_bytes(content[: len(content) // 8])
    half.replace(watched.pack)
    await watched.looks(STILL)
    assert (watched.titles, watched.broken, len(warnings_in(caplog))) == ([], 1, 1)


@pytest.mark.asyncio
async def test_a_store_that_nobodytakes_is_closed_and_logged(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    watched.fails = True
    watched.write("second")
    await watched.looks(STILL)
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [RuntimeError]
    assert watched.broken == 1


# -- again and again ------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_it_looks_waits_and_looks_again_whatever_happens(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    waits = 0
    done = asyncio.Event()

    async def wait() -> None:
        nonlocal waits
        waits += 1
        if waits == 1:
            monkeypatch.setattr("bot.library_watch.signature_of", _broken)
        if waits == 2:
            monkeypatch.undo()
            watched.write("second")
        if waits == 4:
            done.set()
            await asyncio.Event().wait()

    def _broken(_: object) -> None:
        raise RuntimeError("a bug")

    running = asyncio.create_task(LibraryWatch([watched.pack], None, watched.take, wait=wait).run())
    await asyncio.wait_for(done.wait(), PATIENCE)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert watched.titles == ["second"]
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [RuntimeError]
