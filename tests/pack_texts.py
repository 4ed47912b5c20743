"""What the tests of packs share: good entries as TOML, and what a file of them comes to."""

from __future__ import annotations

from pathlib import Path

from knowledge.model import Pack
from knowledge.packs.complaints import Complaint
from knowledge.packs.loader import load_pack

HEAD = """\
[pack]
title = "Oberbach"

[[source]]
id = "chronicle"
title = "The village chronicle"

"""
FAULTY_LINE = HEAD.count("\n") + 1
EVENT = '[[event]]\ndate = "1921-05-14"\ntext = "The fire brigade is founded."\n'
PERSON = '[[entity]]\nkind = "person"\nname = "Grete Wallner"\n'


def load_text(folder: Path, text: str, name: str = "oberbach.toml") -> tuple[Complaint, ...]:
    """Load a pack of this text, and return what is wrong with it."""
    return load_file(folder, text, name)[1]


def load_file(
    folder: Path, text: str, name: str = "oberbach.toml"
) -> tuple[Pack | None, tuple[Complaint, ...]]:
    """Load a pack of this text."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return load_pack(file)


def good_pack(folder: Path, text: str, name: str = "oberbach.toml") -> Pack:
    """Load a pack of this text that has no fault."""
    pack, complaints, _ = load_file(folder, text, name)
    assert complaints == ()
    assert pack is not None
    return pack


def with_key(good: str, line: str) -> str:
    """Return a good entry with a line added, or put in the place of the same key's."""
    key = line.split(" = ")[0]
    kept = [old for old in good.splitlines() if not old.startswith(f"{key} = ")]
    return "\n".join([*kept, line, ""])
