"""What a program found, as a person looks it over: the least certain first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from knowledge.names import fold
from knowledge.packs.assembly import Assembly, PlacedEntry
from knowledge.packs.complaints import Complaint
from knowledge.packs.edits import with_edits
from knowledge.packs.entries import Cited
from knowledge.packs.files import RawEntry
from knowledge.packs.typed_entries import typed
from knowledge.sentences import sentences

REVIEWED = ("event", "entity")


@dataclass(frozen=True, slots=True)
class Finding:
    """An event or entity of a pack after its edits, and the sentence of the source that says it.

    `keys` are those of the entry. `sentence` is empty where the pack holds no passage of it.
    """

    type: str
    keys: dict[str, Any]
    sentence: str = ""

    @property
    def id(self) -> str:
        """The entry's id."""
        return str(self.keys["id"])

    @property
    def confidence(self) -> float:
        """How sure the program is, from 0 to 1."""
        value = self.keys.get("confidence", 1.0)
        return float(value) if isinstance(value, (int, float)) else 1.0


def findings(entries: Sequence[RawEntry], edits: Sequence[RawEntry]) -> list[Finding]:
    """Return the events and entities with ids that the edits leave, the least certain first.

    Of equally certain ones events come first, in the order of the pack.
    """
    edited = with_edits(entries, edits)
    passages = [entry.keys for entry in entries if entry.type == "passage"]
    found = [
        Finding(entry.type, entry.keys, sentence_of(entry.keys, passages))
        for entry in edited.entries
        if entry.type in REVIEWED and "id" in entry.keys and entry.keys["id"] not in edited.same
    ]
    return sorted(found, key=lambda one: (one.confidence, REVIEWED.index(one.type)))


def sentence_of(keys: dict[str, Any], passages: Iterable[dict[str, Any]]) -> str:
    """Return the sentence of a passage that states an entry, or nothing where none holds it.

    Offsets count the letters of the file, a passage has its markup taken away: where the two are
    not of one length, it is the sentence that has most words of the entry's text.
    """
    start, stop = keys.get("start"), keys.get("stop")
    if not isinstance(start, int) or not isinstance(stop, int):
        return ""
    for passage in passages:
        begin, end, text = passage.get("start"), passage.get("stop"), str(passage.get("text"))
        if passage.get("source") != keys.get("source") or begin is None or end is None:
            continue
        if begin <= start < end:
            if end - begin == len(text):
                return text[start - begin : stop - begin].strip()
            wanted = set(fold(str(keys.get("text") or keys.get("description") or "")).split())
            return max(
                sentences(text),
                key=lambda sentence: len(wanted & set(fold(sentence).split())),
                default="",
            )
    return ""


def faults(entry_type: str, keys: dict[str, Any]) -> list[str]:
    """Return what is wrong with an entry by itself, each fault as "key: what is wrong"."""
    nowhere = Path("pack")
    found: list[Complaint] = []
    entry = typed(RawEntry(nowhere, 1, entry_type, keys), found)
    if entry is not None:
        alone = replace(entry, source=None) if isinstance(entry, Cited) else entry
        Assembly(nowhere, [PlacedEntry(nowhere, 1, alone)], found).pack()
    return [f"{fault.key}: {fault.message}" for fault in found]
