"""Several packs and knowledge files in, their packs out, or every complaint about all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.knowledge_file import NotAKnowledgeFileError, is_knowledge_file
from knowledge.library import FaultyPacksError
from knowledge.model import Pack
from knowledge.packs.complaints import Complaint
from knowledge.packs.loader import load_pack
from knowledge.store import open_store


def read_packs(
    paths: Sequence[Path], remark: Callable[[Complaint], object] = lambda _: None
) -> list[Pack]:
    """Return the packs of all paths, in order.

    `remark` is told what is no fault and still worth knowing: an edit of an entry that is gone.
    Raises FaultyPacksError with every complaint; among them that two packs have one id, for then
    nobody could tell their entries apart.
    """
    packs: list[Pack] = []
    complaints: list[object] = []
    taken: dict[str, Path] = {}
    for path in paths:
        found, faults = _read(path, remark)
        complaints += faults
        for pack in found:
            if pack.id in taken:
                other = taken[pack.id]
                message = f"{pack.id!r} is already the id of {other}; give one of them another id"
                complaints.append(Complaint(path, 1, "id", message))
            taken.setdefault(pack.id, path)
            packs.append(pack)
    if complaints:
        raise FaultyPacksError(complaints)
    return packs


def _read(path: Path, remark: Callable[[Complaint], object]) -> tuple[list[Pack], list[object]]:
    if is_knowledge_file(path):
        try:
            store = open_store(path)
        except NotAKnowledgeFileError as error:
            return [], [error]
        try:
            return store.packs(), []
        finally:
            store.close()
    loaded = load_pack(path)
    for one in loaded.remarks:
        remark(one)
    return [loaded.pack] if loaded.pack else [], list(loaded.complaints)
