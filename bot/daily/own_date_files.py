"""A community's own dates as a file: CSV for spreadsheets, JSON for programs; whole or not at all.

CSV is that of RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), with a header: date,text,id. The
id may be missing. What a spreadsheet would take for a formula has an apostrophe before it
(https://owasp.org/www-community/attacks/CSV_Injection), which importing takes off again.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from bot.daily.own_dates import LONGEST_TEXT, MOST_DATES, OwnDate, in_order, own_date, read_day
from bot.errors import UserError
from bot.safe_text import safe
from bot.wording import quoted
from knowledge.dates import Order

LARGEST_FILE = 256 * 1024
"""Bytes: 500 dates of 200 characters in any script, and as much again."""

MOST_COMPLAINTS = 20
"""Complaints that are told; the others are counted."""

COLUMNS = ("date", "text", "id")

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")
_QUOTED_FORMULA = re.compile(r"'+[=+\-@＝＋－＠]")
_SPACE = re.compile(r"[ \t\r\n]*")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


class FaultyDatesError(UserError):
    """A file that can't be imported; each complaint names its line."""

    def __init__(self, complaints: Sequence[str]) -> None:
        """Take the complaints, at least one, in the order of the file."""
        self.complaints = tuple(complaints)
        shown = list(self.complaints[:MOST_COMPLAINTS])
        left = len(self.complaints) - len(shown)
        shown += [f"And {left} more."] if left else []
        super().__init__(" ".join(["Nothing was imported.", *shown]))


class _Row(NamedTuple):
    """What a file says of one date, unread, and the line where it begins."""

    line: int
    date: str
    text: str
    id: str


# -- export --------------------------------------------------------------------------------------


def to_csv(dates: Sequence[OwnDate]) -> bytes:
    """Return dates as CSV in UTF-8, with the byte order mark by which Excel knows that."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in in_order(dates):
        text = f"'{one.text}" if _FORMULA.match(one.text) else one.text
        number = f"'{one.id}" if _FORMULA.match(one.id) else one.id
        writer.writerow((_written_date(one), text, number))
    return out.getvalue().encode("utf-8-sig")


def to_json(dates: Sequence[OwnDate]) -> bytes:
    """Return dates as a JSON list of objects with a date, a text and an id, one a line."""
    lines = [
        json.dumps({"date": _written_date(one), "text": one.text, "id": one.id}, ensure_ascii=False)
        for one in in_order(dates)
    ]
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode() if lines else b"[]\n"


def _written_date(one: OwnDate) -> str:
    """Return an ISO date, or "21 August" without a year: 08-21 is no ISO date, nor --08-21 safe."""
    if one.year is None:
        return one.date_in_words()
    return f"{one.year:04}-{one.month:02}-{one.day:02}"


# -- import --------------------------------------------------------------------------------------


def read_csv(content: bytes, order: Order | None = None) -> tuple[OwnDate, ...]:
    """Return the dates of a CSV file, parted by commas, semicolons or tabs.

    `order` reads numeric dates of two readings, where the chat chose one. Raises FaultyDatesError
    with every complaint; then nothing is to be imported.
    """
    return _dates(_csv_rows(_decoded(content)), order)


def read_json(content: bytes, order: Order | None = None) -> tuple[OwnDate, ...]:
    """Return the dates of a JSON file: a list of objects with a date, a text and perhaps an id.

    `order` and errors are those of `read_csv`.
    """
    return _dates(_json_rows(_decoded(content)), order)


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise FaultyDatesError([f"The file is larger than {LARGEST_FILE // 1024} kB."])
    if content.startswith(_BYTE_ORDER_MARKS):
        raise FaultyDatesError(["The file is in UTF-16. Save it as CSV UTF-8."])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FaultyDatesError([f"Line {line}: this is not UTF-8. Save it as CSV UTF-8."]) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FaultyDatesError([f"Line {line}: there is a NUL character. This is no text file."])
    return text


def _csv_rows(text: str) -> Iterator[_Row | str]:
    """Yield rows, or complaints in their place."""
    lines = text.splitlines(keepends=True)
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    # strict: a quote that is not closed would take in the rest of the file
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: dict[str, int] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield f"Line {line}: {_csv_complaint(error)}"
            return
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = {cell.strip().casefold(): place for place, cell in enumerate(cells)}
            if "date" not in columns or "text" not in columns:
                yield f"Line {line}: the first line must name the columns: date,text"
                return
            if len(columns) < len(cells):
                yield f"Line {line}: a column stands twice."
                return
            continue
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            yield (
                f"Line {line}: there are more cells than columns."
                f' A text with "{delimiter}" in it stands in quotes.'
            )
            continue
        values = dict(zip(columns, cells, strict=False))
        yield _Row(
            line,
            values.get("date", ""),
            _without_apostrophe(values.get("text", "").strip(" ")),
            _without_apostrophe(values.get("id", "").strip()),
        )
    if columns is None:
        yield "The file is empty. Its first line names the columns: date,text"


def _csv_complaint(error: csv.Error) -> str:
    if "field larger" in str(error):
        return "a cell is too long, or a quote is not closed."
    return "a quote stands in the wrong place, or is not closed."


def _without_apostrophe(text: str) -> str:
    return text[1:] if _QUOTED_FORMULA.match(text) else text


def _json_rows(text: str) -> Iterator[_Row | str]:
    """Yield rows, or complaints in their place; each entry is read by itself, to know its line."""
    decoder = json.JSONDecoder(object_pairs_hook=_without_doubles)
    place = _after_space(text, 0)
    if text[place : place + 1] != "[":
        yield "Line 1: the file must be a list of dates: [...]"
        return
    place = _after_space(text, place + 1)
    while text[place : place + 1] != "]":
        line = text.count("\n", 0, place) + 1
        try:
            entry, place = decoder.raw_decode(text, place)
        except json.JSONDecodeError as error:
            yield f"Line {error.lineno}: this is no JSON."
            return
        except (ValueError, RecursionError):  # a number of 5,000 digits, a list in a list in ...
            yield f"Line {line}: this is no entry of a date."
            return
        yield _json_row(entry, line)
        place = _after_space(text, place)
        if text[place : place + 1] == ",":
            place = _after_space(text, place + 1)
        elif text[place : place + 1] != "]":
            found = text.count("\n", 0, place) + 1
            yield f"Line {found}: between entries there is a comma, behind the last one a ]."
            return
    end = _after_space(text, place + 1)
    if end < len(text):
        yield f"Line {text.count(chr(10), 0, end) + 1}: there is more behind the list."


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


class _DoubledKeyError(ValueError):
    """An object that has a key twice, of which JSON readers take either."""


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _DoubledKeyError
    return found


def _json_row(entry: object, line: int) -> _Row | str:
    if not isinstance(entry, dict):
        return f'Line {line}: an entry is {{"date": ..., "text": ...}}.'
    unknown = next((key for key in entry if key not in COLUMNS), None)
    if unknown is not None:
        return f'Line {line}: there is no key "{quoted(unknown)}". There are date, text and id.'
    for key in COLUMNS:
        if not isinstance(entry.get(key, ""), str):
            return f'Line {line}: the {key} must be in quotes, as "...".'
    return _Row(line, entry.get("date", ""), entry.get("text", ""), entry.get("id", ""))


def _dates(rows: Iterator[_Row | str], order: Order | None) -> tuple[OwnDate, ...]:
    found: list[OwnDate] = []
    complaints: list[str] = []
    by_content: dict[object, int] = {}
    by_id: dict[str, int] = {}
    for number, row in enumerate(rows):
        if number == MOST_DATES:
            complaints.append(f"There are more than {MOST_DATES} dates in the file.")
            break
        if isinstance(row, str):
            complaints.append(row)
            continue
        try:
            one = _date(row, order)
        except UserError as error:
            complaints.append(f"Line {row.line}: {error.message}")
            continue
        same = by_content.setdefault(one.content, row.line)
        same_id = by_id.setdefault(one.id, row.line)
        if same != row.line:
            complaints.append(f"Line {row.line}: this is the same date as on line {same}.")
        elif same_id != row.line:
            complaints.append(f"Line {row.line}: the id is the same as on line {same_id}.")
        else:
            found.append(one)
    if complaints:
        raise FaultyDatesError(complaints)
    return tuple(found)


def _date(row: _Row, order: Order | None) -> OwnDate:
    if not row.date.strip():
        raise UserError("there is no date.")
    day = read_day(row.date, order)
    text = row.text
    if not safe(text):
        raise UserError("there is no text.")
    if len(text) > LONGEST_TEXT:
        raise UserError(f"the text has {len(text)} characters; there may be {LONGEST_TEXT}.")
    if text != safe(text):
        raise UserError(
            "the text holds line breaks, doubled spaces or characters that can't be seen."
        )
    if not row.id:
        return own_date(day.month, day.day, day.year, text)
    try:
        return OwnDate(row.id, day.month, day.day, day.year, text)
    except ValueError:  # all else was checked
        raise UserError(
            f'"{quoted(row.id)}" is no id: it has letters, digits, - and _, at most 40.'
        ) from None
