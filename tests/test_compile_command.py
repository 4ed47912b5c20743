"""`daybook compile`: articles in, a pack out that `daybook check` has nothing to say about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from processes import Daybook, Ended
from quality.marks import unmarked
from quality.measures import pack_of
from quality.samples import QUALITY, TROTSKY, article_in, skip_without
from terminals import Terminal

from bot.cli.compile import command
from knowledge.compiler.compile import compile_article, compile_file
from knowledge.compiler.compiled import Compiled
from knowledge.packs.loader import load_pack
from knowledge.readers.reading import Refusal, read_article

ADA = """# Ada Veyl

Ada Veyl (3 May 1811 – 9 March 1880) was a painter from Kerrow.

## Life

She left Kerrow on 12 June 1831. On 4 May 1840 she married Odo Lind.
"""
KERROW = """# Kerrow

Kerrow is a town on the Sarn. It was burnt down on 7 October 1702.

On 12 June 1831 Ada Veyl left it for the coast.
"""
FIXTURES = sorted((QUALITY / "articles").iterdir())


@pytest.fixture
def ada(tmp_path: Path) -> Path:
    file = tmp_path / "ada.md"
    file.write_text(ADA, "utf-8")
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two articles, and of things that are none."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "ada.md").write_text(ADA, "utf-8")
    (articles / "kerrow.md").write_text(KERROW, "utf-8")
    (articles / ".hidden").write_text("x", "utf-8")
    (articles / "old.jsonl").write_text("{}", "utf-8")
    (articles / "pictures").mkdir()
    return articles


def compiling(*arguments: str) -> Ended:
    """Run the command in this process, where nothing depends on its being one of its own."""
    done = CliRunner().invoke(command, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return Ended(done.exit_code, done.stdout, done.stderr)


def entries(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def of(kind: str, ended: Ended) -> list[dict[str, Any]]:
    return [entry for entry in entries(ended.out) if entry["type"] == kind]


# -- one article ----------------------------------------------------------------------------------


def test_an_article_becomes_json_lines_on_standard_output(daybook: Daybook, ada: Path) -> None:
    ended = daybook("compile", str(ada))
    assert (ended.code, ended.err) == (0, "")
    (source,) = of("source", ended)
    assert (source["title"], source["hash"][:7]) == ("Ada Veyl", "sha256:")
    assert [entry["date"] for entry in of("event", ended)] == [
        "1811-05-03",
        "1831-06-12",
        "1840-05-04",
        "1880-03-09",
    ]
    names = [entry["name"] for entry in of("entity", ended)]
    assert {"Ada Veyl", "Odo Lind", "Kerrow"} <= set(names)


def test_every_offset_is_one_of_the_file(ada: Path) -> None:
    ended = compiling(str(ada))
    (left,) = (entry for entry in of("event", ended) if entry["date"] == "1831-06-12")
    assert "left Kerrow on 12 June 1831" in ADA[left["start"] : left["stop"]]
    assert left["section"] == ["Life"]
    for passage in of("passage", ended):
        assert ADA[passage["start"] : passage["stop"]] == passage["text"]


def test_title_and_address_may_be_given(ada: Path) -> None:
    ended = compiling(str(ada), "--title", "A. Veyl", "--url", "https://example.org/a")
    (source,) = of("source", ended)
    assert (source["title"], source["url"]) == ("A. Veyl", "https://example.org/a")


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("page 2.txt", "Ada Veyl"),
        ("veyl.txt", "Ada Veyl"),
        ("Page 2.txt", "Ada Veyl"),
        ("Ada Veyl.txt", "Ada Veyl"),
        ("Veyl, Ada.txt", "Veyl, Ada"),
    ],
)
def test_an_article_without_a_title_is_called_by_whom_it_is_about(
    tmp_path: Path, file: str, title: str
) -> None:
    path = tmp_path / file
    path.write_text("Ada Veyl (1811–1880) was a pilot. She left Kerrow on 12 June 1831.", "utf-8")
    (source,) = of("source", compiling(str(path)))
    assert source["title"] == title


def test_a_title_that_is_given_stays_though_it_is_the_file_s(tmp_path: Path) -> None:
    path = tmp_path / "page 2.txt"
    path.write_text("Ada Veyl (1811–1880) was a pilot. She left Kerrow on 12 June 1831.", "utf-8")
    (source,) = of("source", compiling(str(path), "--title", "page 2"))
    assert source["title"] == "page 2"


def test_output_is_written_whole_and_replaces_what_was_there(ada: Path, tmp_path: Path) -> None:
    pack = tmp_path / "ada.jsonl"
    pack.write_text("old", "utf-8")
    ended = compiling(str(ada), "--output", str(pack))
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert entries(pack.read_text("utf-8"))[0]["compiled"] is True
    assert {path.name for path in tmp_path.iterdir()} == {"ada.md", "ada.jsonl"}


def test_the_pack_is_good_and_answers(daybook: Daybook, ada: Path, tmp_path: Path) -> None:
    pack = tmp_path / "ada.jsonl"
    daybook("compile", str(ada), "--output", str(pack))
    assert daybook("check", str(pack)).code == 0
    answer = daybook("ask", "--knowledge", str(pack), "12 June 1831", DAYBOOK_PACKS="")
    assert "Ada Veyl left Kerrow" in answer.out
    assert "Source: Ada Veyl, Life" in answer.out


def test_the_same_article_is_the_same_pack(ada: Path) -> None:
    assert compiling(str(ada)) == compiling(str(ada))


def test_ids_stay_when_the_article_is_reworded(ada: Path) -> None:
    before = {entry["id"] for entry in of("event", compiling(str(ada)))}
    ada.write_text(ADA.replace("She left", "For the sake of peace she left"), "utf-8")
    assert {entry["id"] for entry in of("event", compiling(str(ada)))} == before


BY_HAND = """
[[source]]
title = "The chronicle"

[[event]]
date = "1831-06-12"
kind = "journey"
text = "Ada Veyl leaves Kerrow for good."
people = ["Ada Veyl"]

[[entity]]
kind = "person"
name = "Ada Veyl"
description = "Painter who left Kerrow."
"""


def test_built_with_a_pack_by_hand_each_is_told_once_and_both_sources_are_named(
    daybook: Daybook, ada: Path, tmp_path: Path
) -> None:
    made, by_hand = tmp_path / "made.jsonl", tmp_path / "by-hand.toml"
    compiling(str(ada), "--output", str(made))
    by_hand.write_text(BY_HAND, "utf-8")
    knowledge = str(tmp_path / "k.sqlite")
    ended = daybook("build", str(made), str(by_hand), "--output", knowledge)
    assert ended.code == 0
    assert ended.err == (
        "People and things that several packs tell of: 1; events: 1. Each is told once, as a "
        "hand-written pack says it where one does, with every source.\n"
    )
    for added in ([knowledge], [str(made), str(by_hand)]):
        arguments = [part for file in added for part in ("--knowledge", file)]
        day = daybook("ask", *arguments, "12 June 1831", DAYBOOK_PACKS="")
        assert day.out == (
            "12 June 1831\n1831  Ada Veyl leaves Kerrow for good.\n"
            "Sources: The chronicle; Ada Veyl, Life\n"
        )
    who = daybook("ask", "--knowledge", knowledge, "who was Ada Veyl", DAYBOOK_PACKS="").out
    assert "Painter who left Kerrow." in who
    assert "4 May 1840" in who


# -- several --------------------------------------------------------------------------------------


def test_a_folder_is_its_articles_and_one_pack(folder: Path) -> None:
    ended = compiling(str(folder))
    assert (ended.code, ended.err) == (0, "")
    assert [entry["title"] for entry in of("source", ended)] == ["Ada Veyl", "Kerrow"]
    assert len(of("pack", ended)) == 1
    adas = [entry for entry in of("entity", ended) if entry["name"] == "Ada Veyl"]
    assert len(adas) == 1


def test_workers_change_nothing(daybook: Daybook, folder: Path) -> None:
    assert daybook("compile", str(folder), "--jobs", "2") == compiling(str(folder), "--jobs", "1")


def test_a_file_that_is_given_twice_is_compiled_once(folder: Path) -> None:
    ended = compiling(str(folder), str(folder / "ada.md"))
    assert len(of("source", ended)) == 2


def test_what_is_refused_is_a_sentence_and_the_rest_is_compiled(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "latin.txt").write_bytes(b"Caf\xe9 on 3 May 1811")
    ended = compiling(str(folder))
    assert ended.code == 1
    assert len(of("source", ended)) == 2
    assert sorted(line.split()[0] for line in ended.err.splitlines()) == ["empty.txt", "latin.txt"]


def test_nothing_is_written_where_nothing_can_be_read(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    pack = tmp_path / "pack.jsonl"
    ended = compiling(str(empty), "--output", str(pack))
    assert (ended.code, ended.out) == (1, "")
    assert not pack.exists()


def test_a_progress_bar_is_shown_on_a_terminal(daybook: Daybook, folder: Path) -> None:
    output = str(folder.parent / "out.jsonl")
    with Terminal(daybook, "100", arguments=("compile", str(folder), "--output", output)) as shown:
        shown.wait_for("Compiling")
        assert shown.end() == 0


# -- wrong usage ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "more",
    [
        ["--output", "pack.toml"],
        ["--url", "example.org"],
        ["--jobs", "0"],
        ["missing.txt"],
    ],
)
def test_wrong_usage_ends_with_2(ada: Path, more: list[str]) -> None:
    ended = compiling(str(ada), *more)
    assert ended.code == 2
    assert ended.out == ""


def test_a_title_for_several_articles_is_wrong_usage(folder: Path) -> None:
    assert compiling(str(folder), "--title", "x").code == 2


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    ended = compiling(str(tmp_path))
    assert (ended.code, len(ended.err.splitlines())) == (1, 1)


def test_a_place_that_cannot_be_written_is_told(daybook: Daybook, ada: Path) -> None:
    ended = daybook("compile", str(ada), "--output", str(ada / "pack.jsonl"))
    assert (ended.code, len(ended.err.splitlines())) == (1, 1)


# -- every reader's input, and hostile text -------------------------------------------------------


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.name)
def test_a_fixture_of_every_format_becomes_a_good_pack(fixture: Path) -> None:
    (file,) = (path for path in fixture.iterdir() if path.name.startswith("article."))
    text, _ = unmarked(file.read_text("utf-8"))
    pack = pack_of(compile_article(article_in(text.encode(), file.name)))
    assert len(pack.events) > 10
    assert len(pack.entities) > 10
    assert pack.passages


hostile = st.text(max_size=200) | st.lists(
    st.sampled_from(
        "Ada Veyl|3 May 1811|(born 1811)|== Life ==|[[|]]|{{|}}|<b>|</b>|<ref>|\0|\u202e|\u2028"
        "|\n\n|. |, |on |the next day|31 February 1900|29 February 1900 (O.S.)|99999|XX|—|'''|#|\t"
        "|died|was|married|Treaty of Sarn|c. 12 BC|1726/7|''|= x =|* |1. |\\|&amp;|😀|é́".split("|")
    ),
    max_size=40,
).map("".join)


@settings(max_examples=60)
@given(text=hostile, ending=st.sampled_from(["txt", "wiki", "html", "md"]))
def test_whatever_a_text_holds_the_pack_is_good_or_the_text_refused(text: str, ending: str) -> None:
    article = read_article(text.encode("utf-8", "replace"), f"hostile.{ending}")
    if not isinstance(article, Refusal):
        pack_of(compile_article(article))


def test_the_sample_article_becomes_a_good_pack(daybook: Daybook, tmp_path: Path) -> None:
    skip_without(TROTSKY)
    pack = tmp_path / "article.jsonl"
    ended = daybook("compile", str(TROTSKY), "--title", "Leon Trotsky", "--output", str(pack))
    assert (ended.code, ended.err) == (0, "")
    loaded = load_pack(pack)
    assert loaded.complaints == ()


def test_what_cannot_be_opened_is_refused_and_not_raised(tmp_path: Path) -> None:
    assert isinstance(compile_file(tmp_path), Refusal)
    assert isinstance(compile_file(tmp_path / "missing.txt"), Refusal)


def test_a_good_file_is_compiled(ada: Path) -> None:
    found = compile_file(ada)
    assert isinstance(found, Compiled)
    assert found.title == "Ada Veyl"
