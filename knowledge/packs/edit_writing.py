"""The edits of a pack as they are kept: a small TOML file that people can read and change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from knowledge.whole_file import write_whole

Edit = Mapping[str, object]
"""The keys of one edit; `id` is the first."""

HEAD = """\
# What was corrected in {pack}, by the ids of its entries. Compiling it again doesn't touch this.
# `daybook review` writes it, and keeps every edit; remarks like this one it doesn't keep.
"""


def write_edits(file: Path, pack: Path, edits: Iterable[Edit]) -> None:
    """Write the edits of a pack, replacing the file. Raises OSError where it can't be written."""
    write_whole(file, "\n".join([HEAD.format(pack=pack.name), *map(_table, edits)]).encode())


def _table(edit: Edit) -> str:
    lines = [f"{key} = {_value(value)}" for key, value in edit.items()]
    return "\n".join(["[[edit]]", *lines, ""])


def _value(value: object) -> str:
    """Return a value in TOML, whose strings, numbers and lists are written as JSON writes them.

    https://toml.io/en/v1.0.0#string; the control character DEL is the one that JSON lets stand.
    """
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_value(inner)}' for key, inner in value.items())} }}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
