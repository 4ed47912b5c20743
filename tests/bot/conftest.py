"""Libraries to ask: the invented expedition, the built-in packs, all together, and ones made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answerer
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
    """The invented expedition alone: every answer can be worked out from its TOML files."""
    return asker(PACKS / "polar-expedition")


@pytest.fixture(scope="session")
def nobel() -> Asker:
    """The Nobel laureates alone."""
    return asker(builtin_packs()["nobel-laureates"])


@pytest.fixture(scope="session")
def trotsky() -> Asker:
    """Leon Trotsky alone."""
    return asker(builtin_packs()["leon-trotsky"])


@pytest.fixture(scope="session")
def everything() -> Asker:
    """The built-in packs and the invented expedition in one library."""
    return asker(*builtin_packs().values(), PACKS / "polar-expedition")


@pytest.fixture(scope="session")
def libraries(polar: Asker, nobel: Asker, trotsky: Asker, everything: Asker) -> dict[str, Asker]:
    """Every library by its name."""
    return {"polar": polar, "nobel": nobel, "trotsky": trotsky, "everything": everything}


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Asker]:
    """Make a library of packs that a test writes: made(heavy='[[event]]...', light='...')."""

    def make(**packs: str) -> Asker:
        paths = []
        for name, text in packs.items():
            path = tmp_path / f"{name}.toml"
            path.write_text(text, "utf-8")
            paths.append(path)
        return asker(*paths)

    return make
