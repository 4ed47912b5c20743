"""`daybook review`: a person looks over what a program found, the least certain first."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot.cli.review_session import Review
from bot.errors import UserError
from knowledge.packs.edit_writing import write_edits
from knowledge.packs.edits import EDIT, with_edits
from knowledge.packs.file_names import edits_file_of
from knowledge.packs.files import RawEntry, files_of, read_entries
from knowledge.packs.findings import Finding

KEYS = {
    "event": "[k]eep  [d]rop  [w]hen  [t]ext  k[i]nd  [p]eople",
    "entity": "[k]eep  [d]rop  [t]ext  k[i]nd  [n]ame  [m]erge",
}
"""The keys for each type of entry; those behind them are for all."""

MORE_KEYS = "[s]kip  [b]ack  [u]ndo  [q]uit"

SURE_ENOUGH = 0.995
"""From here on, two digits show 1.00: nothing is said of it."""


@click.command()
@click.argument("pack", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--overlay",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where the edits are kept, instead of beside the pack, where build and serve look.",
)
def command(pack: Path, overlay: Path | None) -> None:
    """Look over what the compiler found in PACK: keep, drop and put right, one entry a screen.

    Edits are kept in a file beside the pack (village.edits.toml for village.jsonl) and outlive
    compiling it again. In a pipe the findings are listed, the least certain first.
    """
    file = overlay or edits_file_of(pack)
    entries = _read(pack)
    edits = _edits(file)
    edited = with_edits(entries, edits)
    if edited.complaints:
        raise UserError("\n".join(map(str, edited.complaints)))
    for remark in edited.remarks:
        click.echo(remark, err=True)
    review = Review(entries, edits)
    if sys.stdin.isatty() and sys.stdout.isatty():
        _on_terminal(review, lambda: _write(file, pack, review))
    else:
        for finding in review.findings:
            click.echo(_listed(finding))


def _read(pack: Path) -> list[RawEntry]:
    entries: list[RawEntry] = []
    for file in files_of(pack):
        found, complaints = read_entries(file)
        if complaints:
            raise UserError("\n".join(map(str, complaints)))
        entries += found
    return entries


def _edits(file: Path) -> list[RawEntry]:
    if not file.exists():
        return []
    edits, complaints = read_entries(file, known=(EDIT,))
    if complaints:
        raise UserError("\n".join(map(str, complaints)))
    return edits


def _write(file: Path, pack: Path, review: Review) -> None:
    try:
        write_edits(file, pack, review.edits.values())
    except OSError as error:
        raise UserError(f"{file} can't be written: {error.strerror}") from None


# -- a list, where nobody can press a key ---------------------------------------------------------


def _listed(finding: Finding) -> str:
    keys = finding.keys
    words = keys.get("text") if finding.type == "event" else _introduced(keys)
    when = _when(keys) if finding.type == "event" else str(keys.get("kind"))
    why = f"  ({keys['note']})" if keys.get("note") else ""
    return f"{finding.confidence:.2f}  {finding.id}  {when}  {words}{why}"


def _introduced(keys: dict[str, Any]) -> str:
    return ": ".join(filter(None, (str(keys.get("name")), str(keys.get("description") or ""))))


def _when(keys: dict[str, Any]) -> str:
    end = f" to {keys['end']}" if keys.get("end") else ""
    calendar = ", Old Style" if keys.get("calendar") == "julian" else ""
    qualifier = keys.get("qualifier", "on")
    word = "" if qualifier == "on" else f"{qualifier} "
    return f"{word}{keys.get('date')}{end}{calendar}"


# -- one entry a screen ---------------------------------------------------------------------------


def _on_terminal(review: Review, save: Callable[[], None]) -> None:
    said = ""
    press = _key_reader()
    while (finding := review.current) is not None:
        _show(finding, review, said)
        key = press(f"\n{KEYS[finding.type]}  {MORE_KEYS} ")
        if key == "q":
            break
        before = review.edits.copy()
        said = _pressed(key, finding, review)
        if review.edits != before:
            save()
    click.clear()
    changed = len(review.edits)
    done = "Everything has been looked at. " if review.current is None else ""
    click.echo(f"{done}{changed} edit{'' if changed == 1 else 's'} kept.")


def _key_reader() -> Callable[[str], str]:
    """Return what shows a line and waits for one key; Ctrl-C and Ctrl-D are "q".

    Keys that are pressed before it waits are kept, as click.getchar would not.
    """
    from prompt_toolkit import PromptSession  # a list in a pipe does without it
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from prompt_toolkit.keys import Keys

    bindings = KeyBindings()

    @bindings.add(Keys.Any)
    def any_key(event: KeyPressEvent) -> None:
        event.app.exit(result=event.data.lower())

    session: PromptSession[str] = PromptSession(key_bindings=bindings)

    def press(line: str) -> str:
        try:
            return session.prompt(line)
        except (KeyboardInterrupt, EOFError):
            return "q"

    return press


def _pressed(key: str, finding: Finding, review: Review) -> str:
    """Do what a key stands for; returns what there is to say about it."""
    is_event = finding.type == "event"
    match key:
        case "k":
            review.keep(finding)
        case "d":
            review.drop(finding)
        case "s":
            review.skip()
        case "b":
            review.back()
        case "u":
            return "" if review.undo() else "There is nothing to undo."
        case "w" if is_event:
            return _changed(finding, review, ("date", "end"))
        case "t":
            return _changed(finding, review, ("text" if is_event else "description",))
        case "i":
            return _changed(finding, review, ("kind",))
        case "p" if is_event:
            return _changed(finding, review, ("people",))
        case "n" if not is_event:
            return _changed(finding, review, ("name",))
        case "m" if not is_event:
            name = _typed("This is the same as (name or id)", "")
            return review.join(finding, name) if name else ""
        case _:
            return f"No command is on the key {key!r}."
    return ""


def _changed(finding: Finding, review: Review, keys: tuple[str, ...]) -> str:
    """Ask for new values of keys and put them in; returns what is wrong with them."""
    values: dict[str, Any] = {}
    for key in keys:
        old = finding.keys.get(key) or ""
        is_list = key == "people"
        shown = "; ".join(old) if is_list else str(old)
        typed = _typed(LABELS[key], shown)
        if typed is None:
            return "Nothing was changed."
        if typed != shown:
            values[key] = _names_in(typed) if is_list else typed
    if not values:
        return "Nothing was changed."
    return "; ".join(review.replace(finding, values))


def _names_in(typed: str) -> list[str]:
    return [name for part in typed.split(";") if (name := part.strip())]


LABELS = {
    "date": "Date (1905-01-09, 1905-01, 1905)",
    "end": "Last day, month or year (empty: none)",
    "text": "Text",
    "description": "Description",
    "kind": "Kind",
    "people": "People, by semicolons",
    "name": "Name",
}


def _typed(label: str, old: str) -> str | None:
    """Return what is typed, beginning with what was there; nothing where Ctrl-C was pressed."""
    from prompt_toolkit import prompt

    try:
        return prompt(f"{label}: ", default=old).strip()
    except (KeyboardInterrupt, EOFError):
        return None


def _show(finding: Finding, review: Review, said: str) -> None:
    keys = finding.keys
    number, count = review.place
    click.clear()
    sure = "" if finding.confidence >= SURE_ENOUGH else f"   confidence {finding.confidence:.2f}"
    click.echo(f"{number} of {count}{sure}\n")
    if finding.type == "event":
        click.secho(f"{_when(keys)}   {keys.get('kind', 'event')}", bold=True)
        click.echo(_safe(keys.get("text")))
        for key in ("people", "places", "things"):
            if keys.get(key):
                click.echo(f"{key.capitalize()}: {_safe('; '.join(keys[key]))}")
    else:
        click.secho(f"{_safe(keys.get('name'))}   {keys.get('kind')}", bold=True)
        click.echo(_safe(keys.get("description") or "Nothing is told of who or what this is."))
        if keys.get("aliases"):
            click.echo(f"Also: {_safe('; '.join(keys['aliases']))}")
        life = [f"{key} {keys[key]}" for key in ("born", "died") if keys.get(key)]
        click.echo(", ".join([*life, f"named {keys.get('mentions', 0)} times"]))
    if keys.get("note"):
        click.echo(f"Why: {_safe(keys['note'])}")
    section = " > ".join(keys.get("section") or ())
    click.echo(f"\nSource: {_safe(section) or 'the beginning'}")
    if finding.sentence:
        click.secho(f"  {_safe(finding.sentence)}", dim=True)
    if said:
        click.secho(f"\n{said}", fg="yellow")


def _safe(text: object) -> str:
    """Return text of an article without what would command the terminal."""
    return "".join(one if one.isprintable() else " " for one in str(text))
