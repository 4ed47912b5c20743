"""The pack of Nobel laureates and the Nobel Prize API's list, read."""

from __future__ import annotations

import json

import pytest
from nobel_cases import DATA, PACK, Entry
from quality.samples import skip_without


@pytest.fixture(scope="module")
def content() -> bytes:
    """Read the API's file, which is not part of the project."""
    skip_without(DATA)
    return DATA.read_bytes()


@pytest.fixture(scope="module")
def records(content: bytes) -> list[Entry]:
    """Return the laureates as the API has them."""
    laureates: list[Entry] = json.loads(content)["laureates"]
    return laureates


@pytest.fixture(scope="module")
def pack() -> list[Entry]:
    """Return the pack's entries."""
    return [json.loads(line) for line in PACK.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def entities(pack: list[Entry]) -> dict[str, Entry]:
    """Return the entities by the numbers of laureates."""
    return {entry["id"].split("-")[0]: entry for entry in pack if entry["type"] == "entity"}


@pytest.fixture(scope="module")
def events(pack: list[Entry]) -> dict[str, Entry]:
    """Return the events by their ids."""
    return {entry["id"]: entry for entry in pack if entry["type"] == "event"}
