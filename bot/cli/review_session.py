"""A person's way through what a program found: where they are, what they changed, and undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from knowledge.names import fold
from knowledge.packs.edits import EDIT
from knowledge.packs.files import RawEntry
from knowledge.packs.findings import Finding, faults, findings

KEPT = {"confidence": 1.0}
"""What an edit says of an entry that a person found right, or has put right."""

_ALONE = frozenset({"drop", "same_as"})
"""What an edit says that says nothing else."""

Edits = dict[str, dict[str, Any]]
"""The edits by the id of their entry, in the order in which they were made."""


class Review:
    """The findings of a pack, one at a time, the least certain first.

    The order is that of the beginning, so that what was put right doesn't jump away.
    """

    def __init__(self, entries: Sequence[RawEntry], edits: Iterable[RawEntry]) -> None:
        """Take the entries of a pack as they were read, and the edits that there are already."""
        self._entries = entries
        self.edits: Edits = {}
        for edit in edits:
            self._add(str(edit.keys["id"]), edit.keys)
        self._order = [finding.id for finding in self._findings()]
        self._before: list[tuple[int, Edits]] = []
        self._position = 0

    def _findings(self) -> list[Finding]:
        raw = [RawEntry(Path(), 1, EDIT, keys) for keys in self.edits.values()]
        return findings(self._entries, raw)

    def _add(self, entry: str, keys: dict[str, Any]) -> None:
        known = self.edits.get(entry, {})
        if _ALONE & (keys.keys() | known.keys()):
            known = {}
        self.edits[entry] = {"id": entry, **known, **keys}

    @property
    def findings(self) -> list[Finding]:
        """All that is left, in the order in which it is shown."""
        by_id = {finding.id: finding for finding in self._findings()}
        return [by_id[entry] for entry in self._order if entry in by_id]

    @property
    def place(self) -> tuple[int, int]:
        """Which of how many is shown, from 1."""
        return self._position + 1, len(self._order)

    @property
    def current(self) -> Finding | None:
        """What is shown now; nothing when all has been looked at.

        A dropped or joined one is passed over.
        """
        by_id = {finding.id: finding for finding in self._findings()}
        while self._position < len(self._order):
            found = by_id.get(self._order[self._position])
            if found is not None:
                return found
            self._position += 1
        return None

    def skip(self) -> None:
        """Go on and change nothing."""
        self._position += 1

    def back(self) -> None:
        """Go to the one before that is still there."""
        left = {finding.id for finding in self._findings()}
        place = self._position - 1
        while place >= 0 and self._order[place] not in left:
            place -= 1
        self._position = max(place, 0)

    def keep(self, finding: Finding) -> None:
        """Say that it is right, and go on. A program's doubt is no longer told with it."""
        doubt = {"note": ""} if finding.keys.get("note") and finding.confidence < 1 else {}
        self._change(finding, {**KEPT, **doubt})
        self._position += 1

    def drop(self, finding: Finding) -> None:
        """Take it out of the pack."""
        self._change(finding, {"drop": True})

    def replace(self, finding: Finding, keys: dict[str, Any]) -> list[str]:
        """Put other values in, an empty text for none. Returns what is wrong with them, if so."""
        entry = {**finding.keys, **keys, **KEPT}
        if {"date", "end", "calendar"} & keys.keys():
            for key in ("precision", "gregorian", "gregorian_end"):
                entry.pop(key, None)
        left = {key: value for key, value in entry.items() if key not in keys or value != ""}
        wrong = faults(finding.type, left)
        if not wrong:
            self._change(finding, {**keys, **KEPT})
        return wrong

    def join(self, finding: Finding, name: str) -> str:
        """Say that an entity is the one with this name or id. Returns what is wrong, if so."""
        wanted = fold(name)
        others = [
            other.id
            for other in self._findings()
            if other.type == "entity" and other.id != finding.id
            if other.id == name or wanted in map(fold, _names(other))
        ]
        if len(others) != 1:
            number = "Nobody" if not others else "More than one"
            also = f": {', '.join(others)}; write its id" if others else ""
            return f"{number} in the pack is called {name!r}{also}."
        self._change(finding, {"same_as": others[0]})
        return ""

    def undo(self) -> bool:
        """Take the last change back and go where it was made; False where there is none."""
        if not self._before:
            return False
        self._position, self.edits = self._before.pop()
        return True

    def _change(self, finding: Finding, keys: dict[str, Any]) -> None:
        self._before.append((self._position, {entry: dict(e) for entry, e in self.edits.items()}))
        self._add(finding.id, keys)


def _names(finding: Finding) -> list[str]:
    aliases = finding.keys.get("aliases")
    return [str(finding.keys.get("name")), *(aliases if isinstance(aliases, list) else ())]
