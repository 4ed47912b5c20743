"""Measure how well articles are compiled, and print it as a table by kind of difficulty.

    python scripts/measure_quality.py              # prints the table
    python scripts/measure_quality.py --write      # puts it into docs/quality.md, with the day
    python scripts/measure_quality.py --faults     # prints what is missing, false or badly told

It runs from a checkout; the samples lie in the folder "shared" beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from quality import against_the_pack  # noqa: E402 - found by the path above
from quality.date_scores import dates_read, missed  # noqa: E402
from quality.measures import (  # noqa: E402
    Figure,
    date_case_faults,
    event_case_faults,
    figures,
    people_case_faults,
    stories,
)
from quality.samples import cases_of, fixtures, held_back  # noqa: E402

DOCUMENT = ROOT / "docs" / "quality.md"
BEGIN = "<!-- figures: made by scripts/measure_quality.py -->"
END = "<!-- end of figures -->"


def table(measured: Sequence[Figure], day: str) -> str:
    """Return the figures as Markdown, a table a group; whole patterns of cases are only counted."""
    parts = [f"Measured on {day}.\n"]
    for group, found in groupby(measured, key=lambda figure: figure.group):
        rows = list(found)
        shown = [row for row in rows if "cases" not in group or row.name == "all" or row.share < 1]
        parts.append(f"### {group}\n\n| what | share | |\n|---|---|---|")
        parts += [f"| {row.name} | {row.share:.3f} | {_counted(row)} |" for row in shown]
        left = len(rows) - len(shown)
        parts.append(f"\n{left} further patterns have no fault.\n" if left else "")
    return "\n".join(parts)


def _counted(figure: Figure) -> str:
    if figure.of == 1 and figure.right not in (0, 1):
        return ""
    return f"{figure.right:g} of {figure.of:g}"


def with_table(document: str, made: str) -> str:
    """Return the document with a table in the place of the old one."""
    head, _, rest = document.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{made}\n{END}{tail}"


def faults() -> Iterator[str]:
    """Yield in words what went wrong, text by text."""
    days, people = against_the_pack.days(), against_the_pack.people()
    for what in ("missing", "false", "citations"):
        yield from (f"article, event {what}: {one}" for one in getattr(days, what))
    for what in ("missing", "doubled", "no_people", "unknown", "disagreeing"):
        yield from (f"article, person {what}: {one}" for one in getattr(people, what))
    for marked in [*held_back(), *fixtures()]:
        wrong = missed(marked.marks, dates_read(marked.article))
        for name, found in zip(wrong._fields, wrong, strict=True):
            yield from (f"{marked.name}, date {name}: {one.value} at {one.start}" for one in found)
    for name, story, persons in stories():
        for what in ("missing", "false", "wrong_person", "badly_told"):
            yield from (f"{name}, event {what}: {one}" for one in getattr(story, what))
        for what in ("missing", "doubled", "wrong", "badly_described"):
            yield from (f"{name}, person {what}: {one}" for one in getattr(persons, what))
    for kind, find in (
        ("dates", date_case_faults),
        ("events", event_case_faults),
        ("people", people_case_faults),
    ):
        for case in cases_of(f"{kind}_unseen"):
            for fault in find(case):
                yield f"{kind}, {case['pattern']}: {fault}"


def main() -> None:
    """Print the table or what went wrong, or write the table."""
    if "--faults" in sys.argv:
        for fault in faults():
            print(fault)
        return
    made = table(list(figures()), datetime.now(UTC).date().isoformat())
    if "--write" in sys.argv:
        DOCUMENT.write_text(with_table(DOCUMENT.read_text("utf-8"), made), "utf-8")
    else:
        print(made)


if __name__ == "__main__":
    main()
