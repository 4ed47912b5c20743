"""The emulators' own tests run with the slow ones: they are of our tools, and there are many."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark them before pytest chooses by marks."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.slow)
