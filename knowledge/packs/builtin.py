"""Where the packs lie that come with Daybook."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def builtin_packs() -> dict[str, Path]:
    """Return the packs that come with Daybook, by id, in the order of their names."""
    return {
        path.stem: path
        for path in sorted(_FOLDER.iterdir())
        if path.suffix == ".jsonl" or (path / "pack.toml").is_file()
    }
