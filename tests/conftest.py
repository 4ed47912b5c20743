"""Fixtures that several files share."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from command_lines import FAULTY, VILLAGE
from compose_rules import load
from hypothesis import HealthCheck, settings
from processes import Daybook

# how long an example takes says something of the machine, and nothing of what is tested
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = ROOT / "docker-compose.yml"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return cast(dict[str, Any], load(COMPOSE.read_text(encoding="utf-8")))


@pytest.fixture(scope="module", params=["bot", "daybook"])
def service(compose: dict[str, Any], request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return each service in turn: the bot, and the chat on the console."""
    found: dict[str, Any] = compose["services"][request.param]
    return found


@pytest.fixture(scope="session")
def daybook(tmp_path_factory: pytest.TempPathFactory) -> Daybook:
    """Return the command as a process, with a home and a cache that only these tests use."""
    return Daybook(tmp_path_factory.mktemp("home"))


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """Return a small good pack in a file."""
    path = tmp_path / "village.toml"
    path.write_text(VILLAGE, "utf-8")
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Return a pack in a file that has three faults."""
    path = tmp_path / "faulty.toml"
    path.write_text(FAULTY, "utf-8")
    return path
