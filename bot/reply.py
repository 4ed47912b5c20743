"""A reply as typed parts; every adapter renders the same parts within its own limits.

Nothing here knows of a platform. Texts are data: an adapter shows them literally, so that no
mention, link or markup in them comes alive.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.model import Citation


class Outcome(StrEnum):
    """How a question ended; CONTRACTS.md fixes the words."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Heading:
    """What was read and answered: a day, a name. `detail` stands beside it: life dates."""

    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One fact with its source.

    `label` is what stands before the text: a year, a date. `remark` qualifies the date ("by this
    day"), `note` the fact. `date` is the machine's form, as the source states it; none for an
    entity. `further` are the places where other sources say the same.
    """

    id: str
    text: str
    label: str = ""
    remark: str = ""
    note: str = ""
    date: str | None = None
    end: str | None = None
    citation: Citation | None = None
    further: tuple[Citation, ...] = ()

    @property
    def full_text(self) -> str:
        """The sentence with what qualifies it."""
        return f"({self.remark}) {self.text}" if self.remark else self.text


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence of ours, not of a source."""

    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to ask next. `ask` gives that answer; `detail` tells it from others."""

    ask: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be asked instead, the likeliest first, within a sentence: lead, choices, tail."""

    choices: tuple[Choice, ...]
    lead: str = ""
    joiner: str = " "
    tail: str = ""


@dataclass(frozen=True, slots=True)
class SeeAlso:
    """Names that lead on from here."""

    names: tuple[str, ...]


Part = Heading | Item | Note | Choices | SeeAlso


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an answer."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `command` is none where the question was not understood."""

    outcome: Outcome
    command: str | None
    parts: tuple[Part, ...]
    title: str | None = None
    names_sources: bool = True
    file: Attachment | None = None

    def with_file(self, file: Attachment) -> Reply:
        """Return the answer with a file."""
        return replace(self, file=file)

    @property
    def items(self) -> tuple[Item, ...]:
        """Every fact of the answer."""
        return tuple(part for part in self.parts if isinstance(part, Item))

    @property
    def choices(self) -> tuple[str, ...]:
        """Every text that may be asked next, once, the likeliest first."""
        asks = (
            choice.ask
            for part in self.parts
            if isinstance(part, Choices)
            for choice in part.choices
        )
        return tuple(dict.fromkeys(asks))


MOST_SECTIONS = 8
"""Sections of one source that a source line names before it counts the rest."""


def source_line(items: Iterable[Item]) -> str:
    """Return "Source: Title, Section · Section; Title, Section" for these items, or nothing.

    Each source is named once, its sections by their innermost heading, without its years.
    """
    sections: dict[str, dict[str, None]] = {}
    for item in items:
        for citation in filter(None, (item.citation, *item.further)):
            named = sections.setdefault(citation.source.title, {})
            if citation.section:
                named[without_years(citation.section[-1])] = None
    if not sections:
        return ""
    word = "Source" if len(sections) == 1 else "Sources"
    return f"{word}: " + "; ".join(
        ", ".join(filter(None, (title, _sections(list(named)))))
        for title, named in sections.items()
    )


def _sections(named: list[str]) -> str:
    shown = named[:MOST_SECTIONS]
    left = len(named) - len(shown)
    more = [f"{left} more sections"] if left > 1 else named[MOST_SECTIONS:]
    return " · ".join(shown + more)


def without_years(heading: str) -> str:
    """Return a heading without the years in brackets at its end: "Assassination (1940)"."""
    text, bracket, inside = heading.rpartition(" (")
    if bracket and inside.endswith(")") and any(c.isdigit() for c in inside):
        return text
    return heading
