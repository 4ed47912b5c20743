"""Raw entries in, entries of the schema out; every fault of one is a complaint."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import msgspec

from knowledge.characters import BIDI_CONTROLS
from knowledge.packs.complaints import Complaint, faults_of
from knowledge.packs.entries import ENTRY_TYPES, AnyEntry
from knowledge.packs.files import RawEntry


def typed(raw: RawEntry, complaints: list[Complaint]) -> AnyEntry | None:
    """Return a raw entry as the schema has it; nothing, and complaints added, where it is wrong."""
    before = len(complaints)
    for key, text in _texts(raw.keys):
        fault = _bad_character(text, lines_allowed=key == "text" and raw.type != "event")
        if fault:
            complaints.append(Complaint(raw.file, raw.line, key, fault))
    entry_type = ENTRY_TYPES[raw.type]
    try:
        entry: AnyEntry = msgspec.convert(raw.keys, entry_type)
    except (msgspec.ValidationError, RecursionError):
        complaints += [
            Complaint(raw.file, raw.line, fault.key, fault.message)
            for fault in faults_of(raw.keys, entry_type)
        ]
        return None
    return entry if len(complaints) == before else None


def _texts(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in an entry with the key that it stands under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for inner_key, inner in value.items():
            yield from _texts(inner, key or str(inner_key))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, key)


_NO_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})


def _bad_character(text: str, *, lines_allowed: bool) -> str | None:
    if text.isprintable():
        return None
    for character in text:
        if character == "\n" and lines_allowed:
            continue
        if unicodedata.category(character) in _NO_TEXT or character in BIDI_CONTROLS:
            return f"holds the control character U+{ord(character):04X}; take it out"
    return None
