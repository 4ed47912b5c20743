"""Where the edits of a pack lie: in a small file beside it, which outlives compiling it again."""

from __future__ import annotations

from pathlib import Path

EDITS_ENDING = ".edits.toml"


def edits_file_of(pack: Path) -> Path:
    """Return where the edits of a pack are looked for: village.edits.toml beside village.jsonl."""
    return pack.with_name((pack.name if pack.is_dir() else pack.stem) + EDITS_ENDING)


def is_edits_file(file: Path) -> bool:
    """Whether a file holds edits, and no entries of its own."""
    return file.name.endswith(EDITS_ENDING)
