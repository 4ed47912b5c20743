"""Plain text: doubled links, leaked citations and headings, case by case."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from knowledge.readers.article import Article, Role
from knowledge.readers.plain_text import read_plain_text

CASES = Path(__file__).parent / "cases"
DOUBLING = "He met Per Berg (smith), Per Berg and Ulf Ek (painter), Ulf Ek.\n\n"


def cases(name: str) -> list[Any]:
    entries = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(entry, id=entry["pattern"]) for entry in entries]


def texts(article: Article, role: Role) -> list[str]:
    return [block.text for block in article.blocks if block.role is role]


@pytest.mark.parametrize("case", cases("doubled_links"))
def test_a_doubled_link_is_read_once(case: dict[str, Any]) -> None:
    article = read_plain_text(("" if case.get("alone") else DOUBLING) + case["text"])
    assert texts(article, Role.PROSE)[-1] == case["read"]


@pytest.mark.parametrize("case", cases("leaked_citations"))
def test_a_leaked_citation_is_a_note(case: dict[str, Any]) -> None:
    article = read_plain_text(case["text"])
    assert texts(article, Role.PROSE) == [case["read"]]
    assert texts(article, Role.NOTE) == case["notes"]


@pytest.mark.parametrize("case", cases("headings"))
def test_a_heading_needs_two_signs(case: dict[str, Any]) -> None:
    article = read_plain_text(case["text"].replace("¶", "\n\n"))
    assert texts(article, Role.HEADING) == case["headings"]
