"""The knowledge file: read-only, replaced whole, and refused where it is damaged or missing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from knowledge.build import build
from knowledge.knowledge_file import NotAKnowledgeFileError, is_knowledge_file
from knowledge.model import Pack
from knowledge.store import open_store


def test_a_store_cannot_be_written(file: Path) -> None:
    with (
        closing(open_store(file)) as store,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        store._connection.execute("DELETE FROM event")


def test_no_file_appears_beside_a_knowledge_file(tmp_path: Path, pack: Pack) -> None:
    output = tmp_path / "knowledge.sqlite"
    build([pack], output)
    with closing(open_store(output)) as store:
        store.search("rudder")
        store.packs()
        assert [path.name for path in tmp_path.iterdir()] == ["knowledge.sqlite"]


def test_a_file_that_is_read_only_in_a_read_only_folder_is_opened(
    file: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(file, tmp_path / "copy.sqlite"))
    copy.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        with closing(open_store(copy)) as store:
            assert store.event("borealis/ides") is not None
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("name", ["a b.sqlite", "a?mode=rw.sqlite", "a#b%41.sqlite", "ä—字.sqlite"])
def test_a_file_may_have_any_name(file: Path, tmp_path: Path, name: str) -> None:
    copy = Path(shutil.copy(file, tmp_path / name))
    with closing(open_store(copy)) as store:
        assert len(store.packs()) == 1
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_open_file_that_is_replaced_still_answers_and_the_next_reads_the_new(
    file: Path, pack: Pack, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(file, tmp_path / "knowledge.sqlite"))
    with closing(open_store(copy)) as old:
        build([Pack("new", "New")], copy)
        assert old.packs() == [pack]
        with closing(open_store(copy)) as new:
            assert [one.id for one in new.packs()] == ["new"]


def test_a_build_that_fails_leaves_the_old_file_and_nothing_else(
    file: Path, pack: Pack, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(file, tmp_path / "knowledge.sqlite"))
    before = copy.read_bytes()
    with pytest.raises(sqlite3.IntegrityError):
        build([pack, pack], copy)
    assert [path.name for path in tmp_path.iterdir()] == ["knowledge.sqlite"]
    assert copy.read_bytes() == before


def test_a_built_file_may_be_read_by_everybody(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o644


def cut_in_half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def cut_by_a_byte(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def cut_to_its_header(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:20])


def lengthened(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\0")


def overwritten(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:100] + b"\xff" * (len(content) - 100))


def foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE meta (name, value)")
        connection.execute("INSERT INTO meta VALUES ('format', '1')")
        connection.commit()


def of_another_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE name = 'format'")
        connection.commit()


def without_a_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DELETE FROM meta")
        connection.commit()


def without_tables(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE meta")
        connection.commit()


def a_text(file: Path) -> None:
    file.write_text("[[event]]\n", "utf-8")


def empty(file: Path) -> None:
    file.write_bytes(b"")


def missing(file: Path) -> None:
    file.unlink()


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGED = "is damaged; build it again with daybook build"
NO_FILE = "is no knowledge file of Daybook"
OTHER = "was built by another version of Daybook; build it again with daybook build"


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (cut_in_half, DAMAGED),
        (cut_by_a_byte, DAMAGED),
        (cut_to_its_header, DAMAGED),
        (lengthened, DAMAGED),
        (overwritten, "can't be read as a knowledge file: "),
        (foreign, NO_FILE),
        (of_another_version, OTHER),
        (without_a_version, OTHER),
        (without_tables, "can't be read as a knowledge file: "),
        (a_text, NO_FILE),
        (empty, NO_FILE),
        (missing, NO_FILE),
        (a_folder, NO_FILE),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_no_whole_knowledge_file_is_refused_with_a_sentence(
    file: Path, tmp_path: Path, harm: Callable[[Path], None], sentence: str
) -> None:
    copy = Path(shutil.copy(file, tmp_path / "knowledge.sqlite"))
    harm(copy)
    with pytest.raises(NotAKnowledgeFileError) as refusal:
        open_store(copy)
    assert str(refusal.value).startswith(f"{copy} {sentence}")
    assert str(copy) not in [opened.path for opened in psutil.Process().open_files()]


def test_a_sqlite_file_is_taken_for_a_knowledge_file_and_a_text_is_not(
    file: Path, tmp_path: Path
) -> None:
    text = tmp_path / "pack.toml"
    a_text(text)
    assert is_knowledge_file(file)
    assert not is_knowledge_file(text)
    assert not is_knowledge_file(tmp_path)
    assert not is_knowledge_file(tmp_path / "missing")
