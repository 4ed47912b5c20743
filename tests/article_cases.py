"""Cases of articles' dates and people as parameters of a test: each by its pattern and number."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).resolve().parent / "cases"

Case = dict[str, Any]


def cases(name: str) -> list[Any]:
    """Return the cases of a file; what a case calls a known failure must fail."""
    found: list[Case] = tomllib.loads((CASES / name).read_text("utf-8"))["case"]
    counted: defaultdict[str, int] = defaultdict(int)
    parameters = []
    for case in found:
        pattern = case["pattern"]
        counted[pattern] += 1
        failure = case.get("known_failure")
        marks = [pytest.mark.xfail(reason=failure, strict=True)] if failure else []
        parameters.append(pytest.param(case, id=f"{pattern} {counted[pattern]}", marks=marks))
    return parameters
