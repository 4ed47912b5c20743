"""/dates: what is decided about a community's own dates. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC

from bot.commands.dates import ADD, CSV, EXPORT, IMPORT, JSON, LIST, NAME, REMOVE
from bot.daily.own_date_files import read_csv, read_json, to_csv, to_json
from bot.daily.own_dates import (
    MOST_DATES,
    OwnDate,
    in_order,
    read_own_date,
    read_own_line,
    with_added,
)
from bot.desk.asked import Asked
from bot.desk.changes import Decision, DropDates, KeepDates
from bot.desk.values import Snapshot
from bot.desk.words import counted_in_words, reply
from bot.errors import UserError
from bot.reply import Attachment, Item, Outcome
from bot.wording import quoted
from knowledge.names import fold

TITLE = "This community's dates"
LIST_BUTTON, EXPORT_BUTTON = "/dates list", "/dates export"

MOST_OFFERED = 8
"""Dates that are offered where words fit several."""

NO_FILE = (
    "Attach a CSV or JSON file with the columns date and text, and write /dates import beside it."
)


def decide(asked: Asked, snapshot: Snapshot) -> Decision:
    """Return what is done and said; raises UserError for what is wrong in what was asked."""
    return _ACTIONS[asked.action or LIST](asked, snapshot)


def _list(asked: Asked, snapshot: Snapshot) -> Decision:
    dates = in_order(snapshot.own_dates)
    if not dates:
        said = "There are none yet. Add one with its day first, or import a file."
        buttons = ("/dates add 21 August 2019 server founded",)
        return Decision(
            reply(NAME, TITLE, said, buttons=buttons, outcome=Outcome.NOT_FOUND),
        )
    count = counted_in_words(len(dates), "date", "dates")
    note = f"{count} of at most {MOST_DATES}; what stands behind each is its id."
    return Decision(
        reply(NAME, TITLE, note, *map(_item, dates), buttons=(EXPORT_BUTTON,)),
    )


def _item(one: OwnDate) -> Item:
    iso = f"{one.year:04}-{one.month:02}-{one.day:02}" if one.year is not None else None
    return Item(id=f"own-dates/{one.id}", text=f"{one.text} [{one.id}]", label=_day(one), date=iso)


def _day(one: OwnDate) -> str:
    return one.date_in_words()


def _add(asked: Asked, snapshot: Snapshot) -> Decision:
    typed_date = asked.options.get("date", "").strip()
    text = asked.options.get("text", "").strip()
    if asked.is_typed or not (typed_date and text):
        # typed, the words of the day were parted: they are read as the one line that they were
        added = read_own_line(f"{typed_date} {text}".strip(), asked.order)
    else:
        added = read_own_date(typed_date, text, asked.order)
    if any(one.content == added.content for one in snapshot.own_dates):
        return Decision(
            reply(NAME, TITLE, f"That is there already: {_day(added)}, {added.text}"),
        )
    added = _with_free_id(added, snapshot.own_dates)
    with_added(snapshot.own_dates, (added,))
    change = KeepDates(asked.target, (added,), asked.user, asked.now.astimezone(UTC))
    said = f"Added: {_day(added)}, {added.text}"
    again = (
        "It is told on that day each year"
        + (", with how long ago it was" if added.year is not None else "")
        + ", in daily posts and by /onthisday here."
    )
    buttons = (f"/dates remove {added.id}", LIST_BUTTON)
    return Decision(reply(NAME, TITLE, said, again, buttons=buttons), (change,))


def _with_free_id(added: OwnDate, known: Sequence[OwnDate]) -> OwnDate:
    """Return a date with an id that no other one has: an imported one may have taken it."""
    taken = {one.id for one in known}
    number, found = 2, added
    while found.id in taken:
        found = OwnDate(f"{added.id}-{number}", added.month, added.day, added.year, added.text)
        number += 1
    return found


def _remove(asked: Asked, snapshot: Snapshot) -> Decision:
    which = asked.options.get("which", "").strip()
    if not which:
        raise UserError("Which one? Write its id, as /dates list shows it.", (LIST_BUTTON,))
    found = _meant(which, snapshot.own_dates)
    if not found:
        raise UserError(
            f'"{quoted(which)}" is none of this community\'s dates.',
            (LIST_BUTTON,),
            Outcome.NOT_FOUND,
        )
    if len(found) > 1:
        shown = in_order(found)[:MOST_OFFERED]
        left = len(found) - len(shown)
        more = f" ({left} more; say more words)" if left else ""
        items = [_item(one) for one in shown]
        return Decision(
            reply(
                NAME,
                TITLE,
                f'"{quoted(which)}" fits {len(found)} dates{more}. Which one is to go?',
                *items,
                buttons=[f"/dates remove {one.id}" for one in shown],
                outcome=Outcome.AMBIGUOUS,
            )
        )
    (gone,) = found
    said = f"Removed: {_day(gone)}, {gone.text}"
    change = DropDates(asked.target, (gone.id,))
    return Decision(reply(NAME, TITLE, said, buttons=(LIST_BUTTON,)), (change,))


def _meant(which: str, dates: Sequence[OwnDate]) -> list[OwnDate]:
    """Return the dates that an id or words mean: the id goes first, then the whole text."""
    by_id = [one for one in dates if one.id == which]
    if by_id:
        return by_id
    wanted = fold(which)
    whole = [one for one in dates if wanted in (fold(one.text), fold(_day(one)))]
    if whole:
        return whole
    words = wanted.split()
    texts = [(one, fold(f"{_day(one)} {one.text}")) for one in dates]
    return [one for one, text in texts if words and all(word in text for word in words)]


def _import(asked: Asked, snapshot: Snapshot) -> Decision:
    if asked.file is None:
        raise UserError(NO_FILE)
    is_json = asked.file_name.lower().endswith(".json") or asked.file.lstrip()[:1] == b"["
    read = (read_json if is_json else read_csv)(asked.file, asked.order)
    merged = with_added(snapshot.own_dates, read)
    before = {one.id: one for one in snapshot.own_dates}
    kept = tuple(one for one in merged if before.get(one.id) != one)
    gone = tuple(before.keys() - {one.id for one in merged})
    new = sum(one.id not in before for one in kept)
    changed, same = len(kept) - new, len(read) - len(kept)
    counts = [f"{new} added", f"{changed} changed", f"{max(0, same)} there already"]
    said = f"Imported {counted_in_words(len(read), 'date', 'dates')}: {', '.join(counts)}."
    at = asked.now.astimezone(UTC)
    changes = (
        *((DropDates(asked.target, gone),) if gone else ()),
        *((KeepDates(asked.target, kept, asked.user, at),) if kept else ()),
    )
    return Decision(reply(NAME, TITLE, said, buttons=(LIST_BUTTON,)), changes)


def _export(asked: Asked, snapshot: Snapshot) -> Decision:
    if not snapshot.own_dates:
        said = "There are none yet, so there is nothing to export."
        return Decision(reply(NAME, TITLE, said, outcome=Outcome.NOT_FOUND))
    wanted = asked.options.get("format", "").strip().lower() or CSV
    if wanted not in (CSV, JSON):
        raise UserError(
            f'"{quoted(wanted)}" is no sort of file here. There are csv and json.',
            tuple(f"{EXPORT_BUTTON} {one}" for one in (CSV, JSON)),
        )
    write = to_json if wanted == JSON else to_csv
    file = Attachment(f"dates.{wanted}", write(snapshot.own_dates))
    count = counted_in_words(len(snapshot.own_dates), "date", "dates")
    said = f"{count}, in the file dates.{wanted}; /dates import reads it."
    found = reply(NAME, TITLE, said)
    return Decision(found.with_file(file))


Decide = Callable[[Asked, Snapshot], Decision]
_ACTIONS: Mapping[str, Decide] = {
    LIST: _list,
    ADD: _add,
    REMOVE: _remove,
    IMPORT: _import,
    EXPORT: _export,
}
