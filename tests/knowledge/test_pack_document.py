"""What docs/packs.md says of packs is what is accepted, and all of it."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import msgspec
import pytest
from pack_texts import good_pack

from knowledge.calendars import Calendar
from knowledge.model import EntityKind, Precision, Qualifier, Tone
from knowledge.packs.builtin import builtin_packs
from knowledge.packs.entries import ENTRY_TYPES
from knowledge.packs.loader import load_pack

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "packs.md").read_text("utf-8")


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)


def test_the_ten_lines_of_the_document_and_their_twin_are_one_pack(tmp_path: Path) -> None:
    (toml, *_), (lines,) = examples("toml"), examples("json")
    packs = [good_pack(tmp_path, toml, "village.toml"), good_pack(tmp_path, lines, "village.jsonl")]
    assert packs[0] == packs[1]
    assert packs[0].title == "Our village"
    assert [event.text for event in packs[0].events] == [
        "The volunteer fire brigade of Oberbach is founded with a hand pump and eleven members."
    ]
    assert [entity.name for entity in packs[0].entities] == ["Grete Wallner"]


def test_the_ten_lines_are_not_many_more() -> None:
    toml, *_ = examples("toml")
    assert sum(bool(line) for line in toml.splitlines()) <= 10


def documented(entry: str) -> dict[str, bool]:
    """Return the keys that the document lists for an entry, and which it requires."""
    section = re.split(r"^##+ ", DOCUMENT, flags=re.MULTILINE)
    (text,) = (part for part in section if part.startswith(f"`{entry}`"))
    rows = re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)
    if not rows:
        rows = [text.split("\n\n")[1].split(".")[0]]
    return {name: bool(star) for row in rows for name, star in re.findall(r"`(\w+)`( \*)?", row)}


@pytest.mark.parametrize("entry", ENTRY_TYPES)
def test_the_document_lists_exactly_the_keys_that_are_accepted(entry: str) -> None:
    fields = msgspec.structs.fields(ENTRY_TYPES[entry])
    assert documented(entry) == {field.name: field.required for field in fields}


def test_the_document_names_every_entry() -> None:
    assert set(re.findall(r"^### `(\w+)`", DOCUMENT, re.MULTILINE)) == set(ENTRY_TYPES)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("| `precision` |", Precision),
        ("| `calendar` |", Calendar),
        ("| `qualifier` |", Qualifier),
        ("| `tone` |", Tone),
        ("| `kind` * |", EntityKind),
    ],
)
def test_the_document_lists_every_word_that_a_key_may_hold(row: str, words: type[StrEnum]) -> None:
    (line,) = (line for line in DOCUMENT.splitlines() if line.startswith(row))
    named = set(re.findall(r"`([a-z]+)`", line.removeprefix(row)))
    assert named & set(words) == set(words)


def test_the_kinds_of_events_that_are_in_use_are_listed() -> None:
    listed = set(re.findall(r"`([a-z]+)`", DOCUMENT.split("## Kinds")[1]))
    used = {
        event.kind
        for path in builtin_packs().values()
        for pack in [load_pack(path).pack]
        if pack
        for event in pack.events
    }
    assert used <= listed
