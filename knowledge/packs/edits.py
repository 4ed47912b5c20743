"""Edits of a pack, by the ids of its entries: what a person corrected in what a program made.

An edit drops an entry, says that an entity is the same as another one, or replaces some of an
entry's keys. They are applied to the entries as they were read, before anything is checked, so
that an edited entry is checked like any other; complaints about it name the edit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from knowledge.packs.complaints import Complaint
from knowledge.packs.file_names import edits_file_of, is_edits_file
from knowledge.packs.files import RawEntry, read_entries

EDIT = "edit"
"""The word of an edit's header in its file."""

EDITABLE = frozenset({"event", "entity", "passage"})

_FROM_DATE = ("precision", "gregorian", "gregorian_end")
"""Keys that follow from the date: where that is replaced, the old ones would contradict it."""

_DATES = frozenset({"date", "end", "calendar"})


class Edited(NamedTuple):
    """The entries after the edits, what is wrong with the edits, and those that meet nothing.

    `same` leads from the id of an entity to that of the one that it is; the entries hold both yet.
    """

    entries: list[RawEntry]
    same: dict[str, str]
    complaints: list[Complaint]
    remarks: list[Complaint]


def read_edits(pack: Path) -> tuple[list[RawEntry], list[Complaint]]:
    """Return the edits of a pack, from the file beside it and from those in its folder."""
    beside = edits_file_of(pack)
    inside = sorted(filter(is_edits_file, pack.iterdir())) if pack.is_dir() else []
    edits: list[RawEntry] = []
    complaints: list[Complaint] = []
    for file in [*inside, *([beside] if beside.is_file() else [])]:
        found, faults = read_entries(file, known=(EDIT,))
        edits += found
        complaints += faults
    return edits, complaints


def with_edits(entries: Sequence[RawEntry], edits: Sequence[RawEntry]) -> Edited:
    """Apply edits in their order; of several on one entry and key the last one holds."""
    complaints = [fault for edit in edits for fault in _faults(edit)]
    if complaints or not edits:
        return Edited(list(entries), {}, complaints, [])
    known = {str(entry.keys["id"]): entry for entry in entries if _is_editable(entry)}
    remarks: list[Complaint] = []
    dropped: set[str] = set()
    same: dict[str, str] = {}
    for edit in edits:
        entry_id = str(edit.keys["id"])
        target = edit.keys.get("same_as", entry_id)
        if entry_id not in known or target not in known:
            remarks.append(_gone(edit, "id" if entry_id not in known else "same_as"))
        elif edit.keys.get("drop"):
            dropped.add(entry_id)
        elif "same_as" in edit.keys:
            same[entry_id] = str(target)
            if _end_of(entry_id, same) is None:
                return Edited(list(entries), {}, [_circle(edit)], remarks)
        else:
            known[entry_id] = _replaced(known[entry_id], edit)
    left = [
        known[str(entry.keys["id"])] if _is_editable(entry) else entry
        for entry in entries
        if not (_is_editable(entry) and entry.keys["id"] in dropped)
    ]
    ends = {one: str(_end_of(one, same)) for one in same}
    return Edited(left, ends, [], remarks)


def _is_editable(entry: RawEntry) -> bool:
    """Whether an edit can mean an entry; a source's id is another name than an entity's."""
    return entry.type in EDITABLE and "id" in entry.keys


def _faults(edit: RawEntry) -> Iterator[Complaint]:
    keys = edit.keys

    def fault(key: str, message: str) -> Complaint:
        return Complaint(edit.file, edit.line, key, message)

    if not isinstance(keys.get("id"), str):
        yield fault("id", "must be there, as text: the id of the entry that is edited")
    if not isinstance(keys.get("drop", False), bool):
        yield fault("drop", "must be true or false")
    if not isinstance(keys.get("same_as", ""), str):
        yield fault("same_as", "must be text: the id of the entity that this one is")
    if keys.get("drop") is True and len(keys) > len(("id", "drop")):
        yield fault("drop", "stands alone: nothing of a dropped entry is left to edit")
    elif "same_as" in keys and len(keys) > len(("id", "same_as")):
        yield fault("same_as", "stands alone: edit the entity that this one is")


def _gone(edit: RawEntry, key: str) -> Complaint:
    message = f"no entry is called {edit.keys[key]!r} any more; the edit is kept and does nothing"
    return Complaint(edit.file, edit.line, key, message)


def _circle(edit: RawEntry) -> Complaint:
    message = f"makes {edit.keys['id']!r} the same as itself, by way of others; take it out"
    return Complaint(edit.file, edit.line, "same_as", message)


def _replaced(entry: RawEntry, edit: RawEntry) -> RawEntry:
    """Return an entry with an edit's keys in place of its own; an empty text takes a key away."""
    keys = dict(entry.keys)
    if _DATES & edit.keys.keys():
        for key in _FROM_DATE:
            keys.pop(key, None)
    keys |= {key: value for key, value in edit.keys.items() if key != "drop"}
    kept = {key: value for key, value in keys.items() if key not in edit.keys or value != ""}
    return RawEntry(edit.file, edit.line, entry.type, kept)


def _end_of(entity: str, same: Mapping[str, str]) -> str | None:
    """Return the id that a chain of "same as" ends at, or nothing where it runs in a circle."""
    seen = {entity}
    while entity in same:
        entity = same[entity]
        if entity in seen:
            return None
        seen.add(entity)
    return entity
