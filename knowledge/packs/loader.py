"""Packs in, checked values out: every complaint at once, each with file, line and key.

A pack is read in four steps: its files become raw entries (files.py), its edits are applied to them
(edits.py), those become typed entries (entries.py), and the whole is checked and joined
(assembly.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from knowledge.model import Pack
from knowledge.packs.assembly import Assembly, PlacedEntry
from knowledge.packs.complaints import Complaint
from knowledge.packs.edits import read_edits, with_edits
from knowledge.packs.files import RawEntry, files_of, read_entries
from knowledge.packs.same_as import joined
from knowledge.packs.typed_entries import typed


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
        entry = typed(raw, complaints)
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
