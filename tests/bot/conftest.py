"""Libraries to ask: the invented expedition, the built-in packs, all together, and ones made up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answerer
from bot.answering import Answering
from bot.command import Request
from bot.reply import Reply
from knowledge.dates import Order
from knowledge.library import open_library
from knowledge.packs.builtin import builtin_packs

PACKS = Path(__file__).resolve().parents[1] / "packs"

TODAY = date(2026, 8, 21)
"""A Friday."""


@dataclass(frozen=True)
class Asker:
    """A library that is asked in the process, on a fixed day."""

    answerer: Answerer

    def __call__(
        self,
        text: str,
        today: date = TODAY,
        order: Order = Order.DAY_FIRST,
    ) -> Reply:
        return self.answerer.answer(Request(today=today, text=text, order=order))


def asker(*paths: Path, cache: Path | None = None) -> Asker:
    return Asker(Answerer(open_library(list(paths), cache)))


@pytest.fixture(scope="session")
def polar() -> Asker:
    """Open the invented expedition alone: its TOML files say every answer."""
    return asker(PACKS / "polar-expedition")


@pytest.fixture(scope="session")
def answering() -> Iterator[Answering]:
    """Answer beside an event loop, from the invented expedition."""
    answering = Answering(open_library([PACKS / "polar-expedition"], None))
    yield answering
    answering.close()


@pytest.fixture(scope="session")
def harbour() -> Asker:
    """Open a library of passages with hardly an entry, as of an article that says little."""
    return asker(PACKS / "harbour-town.jsonl")


@pytest.fixture(scope="session")
def nobel() -> Asker:
    """Open the Nobel laureates alone."""
    return asker(builtin_packs()["nobel-laureates"])


@pytest.fixture(scope="session")
def trotsky() -> Asker:
    """Open Leon Trotsky alone."""
    return asker(builtin_packs()["leon-trotsky"])


@pytest.fixture(scope="session")
def everything() -> Asker:
    """Open the built-in packs and the invented expedition in one library."""
    return asker(*builtin_packs().values(), PACKS / "polar-expedition")


@pytest.fixture(scope="session")
def libraries(polar: Asker, nobel: Asker, trotsky: Asker, everything: Asker) -> dict[str, Asker]:
    """Return every library by its name."""
    return {"polar": polar, "nobel": nobel, "trotsky": trotsky, "everything": everything}


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Asker]:
    """Return a function that makes a library of packs, each given by its id and its TOML."""

    def make(**packs: str) -> Asker:
        paths = []
        for name, text in packs.items():
            path = tmp_path / f"{name}.toml"
            path.write_text(text, "utf-8")
            paths.append(path)
        return asker(*paths)

    return make
