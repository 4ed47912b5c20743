"""Packs in, checked values out: every complaint at once, each with file, line and key.

A pack is read in four steps: its files become raw entries (files.py), its edits are applied to them
(edits.py), those become typed entries (entries.py), and the whole is checked and joined
(assembly.py).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from knowledge.characters import BIDI_CONTROLS
from knowledge.model import Pack
from knowledge.packs.assembly import Assembly, PlacedEntry
from knowledge.packs.complaints import Complaint, faults_of
from knowledge.packs.edits import read_edits, with_edits
from knowledge.packs.entries import ENTRY_TYPES, AnyEntry
from knowledge.packs.files import RawEntry, files_of, read_entries
from knowledge.packs.same_as import joined


class LoadedPack(NamedTuple):
    """A pack, or the complaints that keep it from being one.

    `remarks` are what its owner should know and what keeps it from nothing: edits of entries that
    are gone.
    """

    pack: Pack | None
    complaints: tuple[Complaint, ...]
    remarks: tuple[Complaint, ...] = ()


def load_pack(path: Path) -> LoadedPack:
    """Read and check a pack, one file or one folder, with the edits that lie beside it."""
    files = files_of(path)
    if not files:
        return LoadedPack(None, (Complaint(path, 1, "", "holds no .toml or .jsonl file"),))
    complaints: list[Complaint] = []
    raws: list[RawEntry] = []
    for file in files:
        entries, faults = read_entries(file)
        complaints += faults
        raws += entries
    edits, faults = read_edits(path)
    edited = with_edits(raws, edits)
    complaints += faults + edited.complaints
    placed: list[PlacedEntry] = []
    lost_sources = False
    for raw in edited.entries:
        entry = _typed(raw, complaints)
        if entry is not None:
            placed.append(PlacedEntry(raw.file, raw.line, entry))
        elif raw.type == "source":
            lost_sources = True
    assembly = Assembly(path, joined(placed, edited.same), complaints, lost_sources)
    pack = assembly.pack()
    remarks = tuple(edited.remarks)
    if complaints:
        order = {file: number for number, file in enumerate(files)}  # edits come last
        complaints.sort(key=lambda fault: (order.get(fault.file, len(order)), fault.line))
        return LoadedPack(None, tuple(complaints), remarks)
    return LoadedPack(pack, (), remarks)


def _typed(raw: RawEntry, complaints: list[Complaint]) -> AnyEntry | None:
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
