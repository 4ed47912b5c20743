"""What is wrong with a pack, worded for the person who wrote it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import msgspec

from knowledge.packs.entries import SOMETHING, AnyEntry


class Complaint(NamedTuple):
    """One fault: where it stands and what to do about it. `line` is where the entry begins."""

    file: Path
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        """Return it as compilers do, so that editors can jump to the place."""
        name = self.key if self.key.isprintable() else ascii(self.key)
        key = f"{name}: " if name else ""
        return f"{self.file}:{self.line}: {key}{self.message}"


class KeyFault(NamedTuple):
    """A fault of one key of an entry, before it is known where the entry stands."""

    key: str
    message: str


def faults_of(raw: dict[str, object], entry_type: type[AnyEntry]) -> list[KeyFault]:
    """Return every fault of an entry's keys, not only the first one as msgspec does."""
    fields = {field.name: field for field in msgspec.structs.fields(entry_type)}
    faults = [
        KeyFault(name, "is missing")
        for name, field in fields.items()
        if field.required and name not in raw
    ]
    for key, value in raw.items():
        if key == "type":
            faults.append(KeyFault(key, "belongs to JSON Lines; in TOML the header says it"))
            continue
        if key not in fields:
            faults.append(KeyFault(str(key)[:60], _unknown_key(str(key), list(fields))))
            continue
        try:
            msgspec.convert(value, fields[key].type)
        except msgspec.ValidationError as error:
            faults.append(KeyFault(key, in_plain_words(str(error))))
    return faults


def _unknown_key(key: str, known: list[str]) -> str:
    close = get_close_matches(key, known, n=1)
    hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
    return f"is no key of this entry; {hint}"


_TYPE_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a decimal number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "null": "nothing",
    "datetime": "a date and time without quotes",
    "date": "a date without quotes",
    "time": "a time without quotes",
}

_REWORDINGS = (
    (r"Expected `str` of length >= 1", "is empty"),
    (rf"Expected `str` matching regex {re.escape(repr(SOMETHING))}", "is empty"),
    (r"Expected `str` of length <= (\d+)", "is longer than {} characters"),
    (r"Expected `array` of length <= (\d+)", "has more than {} entries"),
    (r"Expected `array` of length (\d+), got \d+", "must have {} entries"),
    (r"Expected `int` >= (-?\d+)", "must be at least {}"),
    (r"Expected `int` <= (-?\d+)", "must be at most {}"),
    (r"Invalid enum value (.+)", "{} is none of the words that docs/packs.md lists for it"),
    (r"Object missing required field `(\w+)`", "lacks its {}"),
    (r"Object contains unknown field `(\w+)`", "has a key {} that is not known"),
)


def in_plain_words(message: str) -> str:
    """Return a message of msgspec as a clause about the key."""
    what, _, path = message.partition(" - at `$")
    place = f" (at {path.strip('`.')})" if path else ""
    types = re.fullmatch(r"Expected `([\w |]+)`, got `(\w+)`", what)
    if types:
        wanted, got = (_TYPE_WORDS.get(t.split(" |")[0], t) for t in types.groups())
        return f"must be {wanted}, not {got}{place}"
    for pattern, words in _REWORDINGS:
        match = re.match(pattern, what)
        if match:
            return words.format(*match.groups()) + place
    if "matching regex" in what:
        return f"has characters or a form that docs/packs.md doesn't allow for it{place}"
    return what[:1].lower() + what[1:] + place
