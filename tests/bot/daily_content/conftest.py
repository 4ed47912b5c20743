"""Libraries that daily posts tell of: the invented expedition, the built-in packs, ones made up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from daily_content_cases import POLAR, Make

from knowledge.library import open_library
from knowledge.packs.builtin import builtin_packs
from knowledge.store import Store


@pytest.fixture(scope="session")
def polar() -> Store:
    return open_library([POLAR], None)


@pytest.fixture(scope="session")
def built_in() -> Store:
    return open_library(list(builtin_packs().values()), None)


@pytest.fixture
def made(made: Callable[..., Any]) -> Make:
    """Return a function that makes a library of packs, each given by its id and its TOML."""
    return lambda **packs: made(**packs).answerer.store
