"""Where a date stands decides first: boxes of facts, lists, tables, references, plots."""

from __future__ import annotations

import pytest

from knowledge.compiler.dates import find_dates
from knowledge.compiler.events import find_events
from knowledge.compiler.found_event import FoundEvent
from knowledge.compiler.people import find_cast
from knowledge.readers.article import Article, Block, Piece, Role

LEAD = "Edda Falk was a Danish engraver."


def events_of(*lines: tuple[Role, str, str]) -> list[FoundEvent]:
    """Return the events of blocks given as (role, heading, text), behind a lead of prose."""
    blocks = []
    at = 0
    for role, heading, text in ((Role.PROSE, "", LEAD), *lines):
        section = (heading,) if heading else ()
        blocks.append(Block(role, text, section, (Piece(0, at, at + len(text)),)))
        at += len(text) + 1
    article = Article("Edda Falk", tuple(blocks))
    dates = find_dates(article)
    return list(find_events(article, dates, find_cast(article, dates)))


def texts(*lines: tuple[Role, str, str]) -> list[str]:
    return [event.text for event in events_of(*lines)]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Born: 2 May 1799", "Edda Falk was born."),
        ("Born: 2 May 1799, Ribe", "Edda Falk was born in Ribe."),
        ("Died: 30 October 1861 (aged 62), Bergen", "Edda Falk died in Bergen."),
        ("Founded: 11 November 1894", "Edda Falk was founded."),
        ("Premiere: 12 March 1901", "Edda Falk was first performed."),
    ],
)
def test_a_line_of_a_box_of_facts_is_told_of_the_subject(line: str, text: str) -> None:
    assert texts((Role.FACT, "", line)) == [text]


@pytest.mark.parametrize(
    "line", ["In office: 2 May 1829 – 3 June 1831", "Population (1 May 1911): 3,204", "Area: 1811"]
)
def test_other_facts_are_no_events(line: str) -> None:
    assert texts((Role.FACT, "", line)) == []


def test_a_fact_and_the_prose_are_one_event() -> None:
    (birth,) = events_of(
        (Role.FACT, "", "Born: 2 May 1799"),
        (Role.PROSE, "Life", "Falk was born in Ribe on 2 May 1799."),
    )
    assert birth.text == "Edda Falk was born in Ribe."
    assert len(birth.statements) == 2
    assert birth.sections == (("Life",), ())


@pytest.mark.parametrize(
    "role", [Role.REFERENCE, Role.NOTE, Role.TABLE, Role.CAPTION, Role.HEADING, Role.QUOTE]
)
def test_this_zone_tells_no_events(role: Role) -> None:
    assert texts((role, "Life", "Falk left Ribe on 2 May 1829.")) == []


@pytest.mark.parametrize("heading", ["Discography", "Selected works", "Further reading", "Sources"])
def test_a_list_of_works_tells_no_events(heading: str) -> None:
    assert texts((Role.LIST, heading, "Night Harbour was published on 2 May 1829.")) == []


@pytest.mark.parametrize("heading", ["Plot", "Synopsis", "Legend"])
def test_a_story_within_the_story_tells_no_events(heading: str) -> None:
    assert texts((Role.PROSE, heading, "The heroine left home on 2 May 1829.")) == []


def test_a_list_of_days_tells_them() -> None:
    assert texts(
        (Role.LIST, "Chronology", "2 May 1829: the council bans the press."),
        (Role.LIST, "Chronology", "1830 – the press reopens."),
    ) == ["The council bans the press.", "The press reopens."]


def test_an_entry_without_a_subject_is_about_the_person_of_the_article() -> None:
    assert texts(
        (Role.LIST, "Life in dates", "1817 – enters the school at Ribe"),
        (Role.LIST, "Life in dates", "3 May 1819 – promoted to the master class"),
        (Role.LIST, "Life in dates", "1820 – the school closes"),
    ) == [
        "Edda Falk enters the school at Ribe.",
        "Edda Falk was promoted to the master class.",
        "The school closes.",
    ]


def test_a_lead_weighs_more_than_a_detail() -> None:
    lead, detail = events_of(
        (Role.PROSE, "", "Falk founded a school on 4 June 1823."),
        (Role.PROSE, "Life", "It was a cold year."),
        (Role.PROSE, "Life", "A neighbour bought a cow in June 1824."),
    )
    assert (lead.weight, detail.weight) == (3, 1)
