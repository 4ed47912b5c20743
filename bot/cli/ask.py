"""`daybook ask`: one question on the command line, or one a line from standard input."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import click

from adapters.console.json_answer import to_json
from adapters.console.render import to_text
from bot.cli.session import open_session
from bot.config import load_offline_config

MOST_OF_A_LINE = 65_536
"""Characters of a line of standard input that are read; a longer one is too long anyway."""


class Moment(click.ParamType[datetime]):
    """An ISO date or date-time; a date alone is noon of that day."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the moment, without a zone where the text has none."""
        if isinstance(value, datetime):
            return value
        moment = self._read(str(value), param, ctx)
        if not date.min < moment.date() < date.max:
            self.fail("must leave room for every zone: 0001-01-02 to 9999-12-30", param, ctx)
        return moment

    def _read(
        self, text: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            return datetime.combine(date.fromisoformat(text), time(12))
        except ValueError:
            pass  # not a date alone
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"{text!r} is no ISO date or date-time such as 2026-08-21", param, ctx)


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, one object a line.")
@click.option("--now", type=Moment(), metavar="TIME", help="Take this moment for now.")
@click.option(
    "--knowledge",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE",
    help="A pack or knowledge file to add. May be given several times.",
)
def command(
    text: tuple[str, ...], as_json: bool, now: datetime | None, knowledge: tuple[Path, ...]
) -> None:
    """Answer TEXT: plain words, or a command such as "/onthisday 21 August".

    With -, answer each line of standard input.
    """
    session = open_session(knowledge, _with_zone(now))
    render = to_json if as_json else to_text
    if text == ("-",):
        for line in lines_of_input():
            print_answer(render(session.answer(line)), separate=not as_json)
    else:
        print_answer(render(session.answer(_decoded(" ".join(text)))))


def print_answer(answer: str, *, separate: bool = False) -> None:
    """Write an answer at once, with an empty line behind it where others follow."""
    click.echo(answer + "\n" if separate else answer)
    sys.stdout.flush()


def _with_zone(now: datetime | None) -> datetime | None:
    """Give a moment without an offset the zone of DAYBOOK_ZONE, else UTC."""
    if now is None or now.tzinfo is not None:
        return now
    return now.replace(tzinfo=load_offline_config(os.environ).zone or UTC)


def _decoded(text: str) -> str:
    """Return an argument whose bytes were no UTF-8 with marks in their place."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def lines_of_input() -> Iterator[str]:
    """Yield the lines of standard input, whatever its bytes are."""
    stream = io.TextIOWrapper(
        sys.stdin.buffer,
        encoding="utf-8-sig",  # PowerShell begins a pipe with the mark
        errors="replace",
        newline="\n",
    )
    while line := stream.readline(MOST_OF_A_LINE):
        while not line.endswith("\n") and (rest := stream.readline(MOST_OF_A_LINE)):
            line = line[:MOST_OF_A_LINE] + rest[-1:]
        yield line.rstrip("\r\n")
