"""What files of a pack are called, and where its edits lie: beside it, in a file of their own."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = (".toml", ".jsonl")
"""The endings of a pack's files: written by hand, and made by a program."""

EDITS_ENDING = ".edits.toml"


def edits_file_of(pack: Path) -> Path:
    """Return where the edits of a pack are looked for: village.edits.toml beside village.jsonl."""
    return pack.with_name((pack.name if pack.is_dir() else pack.stem) + EDITS_ENDING)


def is_edits_file(file: Path) -> bool:
    """Whether a file holds edits, and no entries of its own."""
    return file.name.endswith(EDITS_ENDING)
