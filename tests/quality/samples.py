"""The texts that quality is measured on: the samples beside the project, and the fixtures."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from quality.date_scores import Read
from quality.marks import Mark, unmarked

from knowledge.readers.article import Article, Block, Piece, Role
from knowledge.readers.reading import Refusal, read_article

QUALITY = Path(__file__).resolve().parent
CASES = QUALITY.parent / "cases"
SHARED = QUALITY.parents[2] / "shared"
WIKIWARS = SHARED / "data" / "wikiwars-dev.jsonl"
TROTSKY = SHARED / "articles" / "leon-trotsky.txt"


def skip_without(path: Path) -> None:
    """Skip a test where a sample beside the project is missing; fail where CI=true."""
    if not path.is_file():
        missing = f"the sample is not there: {path.name} in the folder shared beside the project"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)


def article_in(data: bytes, name: str, title: str | None = None) -> Article:
    """Return the article that a reader finds in a file's bytes."""
    article = read_article(data, name, title=title)
    assert not isinstance(article, Refusal), article.sentence
    return article


class Document(NamedTuple):
    """A document of WikiWars with the dates that people marked in it."""

    name: str
    article: Article
    marks: list[Read]
    forms: dict[Read, str]
    """By a day that is marked: whether it is written full, in part, or relative to another."""


@cache
def wikiwars() -> list[Document]:
    """Return the documents of the sample; the dates that are marked twice are there twice."""
    documents = []
    for line in WIKIWARS.read_text("utf-8").splitlines():
        raw = json.loads(line)
        article = article_in(raw["text"].encode(), f"{raw['doc_id']}.txt")
        marks, forms = [], {}
        for date in raw["dates"]:
            mark = Read(date["start"], date["end"], date["value"], date["precision"])
            marks.append(mark)
            forms[mark] = date.get("form", "-")
        documents.append(Document(raw["doc_id"], article, marks, forms))
    return documents


class Fixture(NamedTuple):
    """A marked article of ours, and what a careful reader takes from it."""

    name: str
    article: Article
    marks: tuple[Mark, ...]
    gold: dict[str, Any]


@cache
def fixtures() -> list[Fixture]:
    """Return the articles in tests/quality/articles."""
    return [_fixture(folder) for folder in sorted((QUALITY / "articles").iterdir())]


def _fixture(folder: Path) -> Fixture:
    (file,) = (path for path in folder.iterdir() if path.name.startswith("article."))
    gold = tomllib.loads((folder / "gold.toml").read_text("utf-8"))
    text, marks = unmarked(file.read_text("utf-8"))
    return Fixture(folder.name, article_in(text.encode(), file.name), marks, gold)


@cache
def held_back() -> list[Fixture]:
    """Return the long narratives in tests/quality/held_back; of them only dates are known."""
    found = []
    for file in sorted((QUALITY / "held_back").glob("*.txt")):
        text, marks = unmarked(file.read_text("utf-8"))
        found.append(Fixture(file.stem, article_in(text.encode(), file.name), marks, {}))
    return found


def cases_of(name: str) -> Iterator[dict[str, Any]]:
    """Yield the cases of tests/cases/article_NAME.toml, known failures among them."""
    yield from tomllib.loads((CASES / f"article_{name}.toml").read_text("utf-8"))["case"]


def passage(text: str, title: str = "", section: str = "") -> Article:
    """Return paragraphs of prose under one heading as an article of their own, read by no reader.

    Offsets count the letters of the text; the heading's lie behind it.
    """
    path = (section,) if section else ()
    behind = Piece(0, len(text), len(text) + len(section))
    blocks = [Block(Role.HEADING, section, path, (behind,))] if section else []
    position = 0
    for paragraph in text.split("\n\n"):
        start = text.index(paragraph, position)
        position = start + len(paragraph)
        line = " ".join(paragraph.split())
        stripped = start + len(paragraph) - len(paragraph.lstrip())
        if line:
            piece = Piece(0, stripped, stripped + len(line))
            blocks.append(Block(Role.PROSE, line, path, (piece,)))
    return Article(title or section, tuple(blocks))
