"""Each format's fixture is read into the blocks that were worked out by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from knowledge.readers.article import Article, Block
from knowledge.readers.reading import read_article_file

FIXTURES = Path(__file__).parent / "fixtures"
NAMES = sorted(path.name.removesuffix(".toml") for path in FIXTURES.glob("*.toml"))


def read(name: str) -> Article:
    article = read_article_file(FIXTURES / name)
    assert isinstance(article, Article)
    return article


def links(block: Block) -> list[str]:
    return sorted(f"{block.text[link.start : link.stop]} -> {link.target}" for link in block.links)


@pytest.mark.parametrize("name", NAMES)
def test_a_fixture_is_read_into_its_blocks(name: str) -> None:
    expected = tomllib.loads((FIXTURES / f"{name}.toml").read_text(encoding="utf-8"))
    article = read(name)
    found = [
        {
            "role": str(block.role),
            "text": block.text,
            "section": list(block.section),
            "links": links(block),
        }
        for block in article.blocks
    ]
    wanted = [{**block, "links": sorted(block.get("links", []))} for block in expected["block"]]
    assert found == wanted
    assert article.title == expected["title"]


def test_front_matter_names_the_address() -> None:
    assert read("page.md").url == "https://norrby.example/ada"


def test_the_hash_is_that_of_the_files_bytes() -> None:
    assert read("wrapped.txt").hash.startswith("sha256:")
    assert len(read("wrapped.txt").hash) == len("sha256:") + 64
