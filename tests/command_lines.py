"""What tests of the command line share: an invented library, packs in files, answers as JSON."""

from __future__ import annotations

import json
from typing import Any

from processes import ROOT, Daybook, Ended

POLAR = ROOT / "tests" / "packs" / "polar-expedition"
ONLY_POLAR = {"DAYBOOK_PACKS": "", "DAYBOOK_KNOWLEDGE": str(POLAR)}

VILLAGE = """
[pack]
title = "Our village"

[[event]]
id = "brigade"
date = "1921-05-14"
text = "The volunteer fire brigade of Oberbach is founded with a hand pump."

[[entity]]
id = "wallner"
kind = "person"
name = "Grete Wallner"
description = "Teacher in Oberbach who wrote the village chronicle."
"""

FAULTY = """
[[event]]
date = "1921-02-30"
text = "A day that no calendar has."

[[event]]
text = "A text without a date."

[[entity]]
kind = "person"
name = "Grete Wallner"
agee = 51
"""

KEYS = {"command", "outcome", "title", "items", "choices", "text"}
"""What every answer in JSON has."""

WRONG_CONFIGURATION = [
    ("DAYBOOK_PACKS", "napoleon"),
    ("DAYBOOK_KNOWLEDGE", "no/such/file.toml"),
    ("DAYBOOK_ZONE", "Atlantis/Capital"),
    ("DAYBOOK_LOG", "loud"),
]
"""Variables, each with a value that it can't have."""


def ask_json(daybook: Daybook, *arguments: str, **more: str) -> dict[str, Any]:
    """Ask the invented expedition alone, and return the one answer."""
    done = daybook("ask", "--json", *arguments, **{**ONLY_POLAR, **more})
    assert (done.code, done.err) == (0, "")
    (line,) = done.lines
    answer = json.loads(line)
    assert set(answer) == KEYS
    return dict(answer)


def keys(answer: dict[str, Any]) -> list[str]:
    """Return the ids of an answer's items."""
    return [item["id"] for item in answer["items"]]


def is_one_line(done: Ended) -> bool:
    """Whether a process said one line, on its standard error."""
    return len(done.err.splitlines()) == 1 and done.out == ""
