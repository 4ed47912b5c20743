"""The files of a pack: TOML and JSON Lines in, raw entries with their line numbers out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec

from knowledge.packs.complaints import Complaint
from knowledge.packs.entries import ENTRY_TYPES
from knowledge.packs.file_names import SUFFIXES, is_edits_file

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of one file of a pack: far beyond any pack, small enough to read at once."""

_DATE_KEYS = ("date", "end", "gregorian", "gregorian_end", "born", "died")


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as it was read: its type's word, its keys, and where it begins."""

    file: Path
    line: int
    type: str
    keys: dict[str, object]


def files_of(path: Path) -> list[Path]:
    """Return the files of a pack, a file itself or a folder's files in the order of their names."""
    if not path.is_dir():
        return [path]
    return sorted(
        file
        for file in path.iterdir()
        if file.suffix in SUFFIXES and not is_edits_file(file) and file.is_file()
    )


def read_entries(
    file: Path, known: Collection[str] = ENTRY_TYPES
) -> tuple[list[RawEntry], list[Complaint]]:
    """Return what a file of a pack holds, and what can't be read of it.

    `known` are the words of the entries that it may hold.
    """
    try:
        if file.stat().st_size > LARGEST_FILE:
            return [], [Complaint(file, 1, "", "is larger than 64 MiB; split it in several files")]
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return [], [Complaint(file, line, "", "is not UTF-8; save it with that encoding")]
    except OSError as error:
        return [], [Complaint(file, 1, "", f"can't be read: {error.strerror}")]
    read = _read_json_lines if file.suffix == ".jsonl" else _read_toml
    entries: list[RawEntry] = []
    complaints: list[Complaint] = []
    for item in read(file, text, known):
        if isinstance(item, Complaint):
            complaints.append(item)
        else:
            entries.append(item)
    return entries, complaints


def _read_json_lines(
    file: Path, text: str, known: Collection[str]
) -> Iterator[RawEntry | Complaint]:
    decoder = msgspec.json.Decoder()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = decoder.decode(line)
        except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
            yield Complaint(file, number, "", f"is no JSON: {error}")
            continue
        if not isinstance(value, dict):
            yield Complaint(file, number, "", "is no entry: a line is one object, {...}")
        elif not isinstance(value.get("type"), str) or value["type"] not in known:
            yield Complaint(file, number, "type", f"must be one of {', '.join(known)}")
        else:
            yield RawEntry(file, number, value.pop("type"), _plain_dates(value))


def _read_toml(file: Path, text: str, known: Collection[str]) -> Iterator[RawEntry | Complaint]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        yield Complaint(file, int(place[1]) if place else 1, "", f"is no TOML: {error}")
        return
    except (RecursionError, ValueError) as error:
        yield Complaint(file, 1, "", f"is no TOML that can be read: {error}")
        return
    lines = _header_lines(text)
    for word, value in document.items():
        places = lines.get(word, [])
        if word not in known:
            line = places[0] if places else _key_line(text, word)
            yield Complaint(file, line, word, f"is no entry; known are {', '.join(known)}")
            continue
        tables = value if isinstance(value, list) else [value]
        for index, table in enumerate(tables):
            line = places[index] if index < len(places) else _key_line(text, word)
            if isinstance(table, dict):
                yield RawEntry(file, line, word, _plain_dates(table))
            else:
                yield Complaint(file, line, word, f"is no entry: begin it with [[{word}]]")


_HEADER = re.compile(r"\s*\[\[?\s*[\"']?([\w\-]+)[\"']?\s*\]\]?\s*(?:#.*)?")
_ENDS = {
    '"""': re.compile(r"(?:[^\\]|\\.)*?\"\"\""),
    "'''": re.compile(r".*?'''"),
}
"""Where a string of several lines ends; a backslash before its quotes counts in one kind only."""
_QUOTES = re.compile(r"\"\"\"|'''|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#[^\n]*")


def _header_lines(text: str) -> dict[str, list[int]]:
    """Return the lines of `[[word]]` and `[word]` headers by their word.

    tomllib tells no line for what it has read, so the headers are counted; those inside strings
    of several lines are none.
    """
    found: dict[str, list[int]] = {}
    open_quotes = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not open_quotes:
            header = _HEADER.fullmatch(line.rstrip("\r"))
            if header:
                found.setdefault(header[1], []).append(number)
                continue
        open_quotes = _open_after(line, open_quotes)
    return found


def _open_after(line: str, open_quotes: str) -> str:
    """Return the quotes of a string of several lines that is open at a line's end, or nothing."""
    position = 0
    while True:
        if open_quotes:
            close = _ENDS[open_quotes].match(line, position)
            if close is None:
                return open_quotes
            position, open_quotes = close.end(), ""
        match = _QUOTES.search(line, position)
        if match is None:
            return ""
        position = match.end()
        if match[0] in ('"""', "'''"):
            open_quotes = match[0]


def _key_line(text: str, key: str) -> int:
    match = re.search(rf"^[ \t]*[\"']?{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _plain_dates(keys: dict[str, object]) -> dict[str, object]:
    """Accept the dates that people write without quotes: 1921-05-14 in TOML, and bare years."""
    for key in _DATE_KEYS:
        value = keys.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            keys[key] = value.isoformat()
        elif isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 9999:
            keys[key] = f"{'-' if value < 0 else ''}{abs(value):04}"
    return keys
