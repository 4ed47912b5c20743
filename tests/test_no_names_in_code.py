"""The code is about nobody: no name of a built-in pack stands in it.

What is known belongs in packs. A name in the code would be a special case for it, or an example
that stops fitting when an operator leaves the pack out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from knowledge.packs.builtin import builtin_packs
from knowledge.packs.merge import read_packs

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("knowledge", "bot", "adapters")

LEAST_WORDS = 2
"""A name of one word is mostly a word of the language too: Pravda yes, but also Ruth and Utka."""


def words(text: str) -> list[str]:
    """Return the words of a text without marks and case; a snake_case name is several words."""
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", text)
        if unicodedata.category(character) != "Mn"
    )
    plain = re.sub(r"['’]s\b", "", plain).replace("'", "")
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain).replace("_", " ")
    return re.findall(r"[^\W_]+", split.casefold())


def found(names: set[tuple[str, ...]], sources: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return every file and name that stands in it, as whole words, however it is written."""
    lengths = sorted({len(name) for name in names})
    hits = set()
    for path, source in sources.items():
        for line in source.split("\n"):
            line_words = words(line)
            hits |= {
                (path, " ".join(part))
                for length in lengths
                for start in range(len(line_words) - length + 1)
                if (part := tuple(line_words[start : start + length])) in names
            }
    return sorted(hits)


@pytest.fixture(scope="module")
def names() -> set[tuple[str, ...]]:
    """Return the usual names of every entity in the built-in packs that have several words."""
    packs = read_packs(list(builtin_packs().values()))
    split = {tuple(words(entity.name)) for pack in packs for entity in pack.entities}
    return {name for name in split if len(name) >= LEAST_WORDS}


def test_no_name_of_a_built_in_pack_stands_in_the_code(names: set[tuple[str, ...]]) -> None:
    sources = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for package in PACKAGES
        for pattern in ("*.py", "*.sql")
        for path in (ROOT / package).rglob(pattern)
    }
    assert len(sources) > 30
    assert found(names, sources) == []


def test_there_are_names_to_look_for(names: set[tuple[str, ...]]) -> None:
    assert len(names) > 500
    assert {("leon", "trotsky"), ("albert", "einstein"), ("ramon", "mercader")} <= names


@pytest.mark.parametrize(
    "line",
    [
        'if name == "Albert Einstein":',
        "# such as Albert Einstein, who",
        "    albert_einstein = 1",
        "class AlbertEinstein:",
        "def test_ALBERT_EINSTEIN() -> None:",
        "'''ALBERT EINSTEIN'''",
        'PATTERN = r"albert einstein"',
        'x = "Ramón Mercader"',
        'x = "ramon-mercader"',
        "-- Ramón Mercader's row",
    ],
)
def test_a_planted_name_is_found(names: set[tuple[str, ...]], line: str) -> None:
    assert found(names, {"bot/planted.py": f"import os\n{line}\n"}) != []


@pytest.mark.parametrize(
    "line", ["alberta einsteinium", "albert, not einstein", "einstein albert", "the work on Leon"]
)
def test_a_line_without_a_whole_name_is_left_alone(names: set[tuple[str, ...]], line: str) -> None:
    assert found(names, {"bot/planted.py": line}) == []
