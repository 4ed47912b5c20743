"""A reply as text: one layout for a pipe and a terminal, and nothing in it comes alive."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from wcwidth import wcswidth

from adapters.console.render import Line, Style, lines, printable, to_text
from adapters.console.terminal import ITEMS_A_PAGE, page, wrapped
from bot.reply import (
    Choice,
    Choices,
    Heading,
    Item,
    Note,
    Outcome,
    Part,
    Reply,
    SeeAlso,
)
from knowledge.model import Citation, Source

SOURCE = Source("book", "The Book")
OTHER = Source("paper", "The Paper")


def reply(*parts: Part, **more: object) -> Reply:
    return Reply(Outcome.FOUND, "onthisday", parts, "a title", **more)  # type: ignore[arg-type]


def item(text: str, label: str = "", source: Source = SOURCE, **more: str) -> Item:
    citation = Citation(source, ("Chapter", "Section (1900–1910)"))
    return Item("pack/id", text, label, citation=citation, **more)


# -- the layout -----------------------------------------------------------------------------------

LAYOUT: list[tuple[str, Reply, list[str]]] = [
    (
        "a day",
        reply(Heading("21 August"), item("He dies.", "1940")),
        ["21 August", "1940  He dies.", "Source: The Book, Section"],
    ),
    (
        "what qualifies a date stands in brackets before the fact",
        reply(item("It happens.", "1905", remark="by this day")),
        ["1905  (by this day) It happens.", "Source: The Book, Section"],
    ),
    (
        "labels of different lengths",
        reply(item("One.", "20 August 1940"), item("Two.", "1960")),
        ["20 August 1940  One.", "1960            Two.", "Source: The Book, Section"],
    ),
    (
        "a label that is longer than others may be leaves the others where they are",
        reply(item("One.", "between 1 and 5 September 1898"), item("Two.", "1960")),
        [
            "between 1 and 5 September 1898  One.",
            "1960                Two.",
            "Source: The Book, Section",
        ],
    ),
    (
        "a fact without a label",
        reply(Heading("A Name", "1900 – 1980"), item("Somebody.")),
        ["A Name (1900 – 1980)", "Somebody.", "Source: The Book, Section"],
    ),
    (
        "a note of the pack stands below its fact",
        reply(item("It happens.", "1905", note="Others say 1906.")),
        ["1905  It happens.", "      Note: Others say 1906.", "Source: The Book, Section"],
    ),
    (
        "a note of ours",
        reply(Note("Nothing happened.")),
        ["Nothing happened."],
    ),
    (
        "choices within a sentence",
        reply(Choices((Choice("30 June"), Choice("1 July")), "Did you mean", " or ", "?")),
        ["Did you mean [30 June] or [1 July]?"],
    ),
    (
        "choices with what tells them apart",
        reply(Choices((Choice("Ann Lee", "a baker"), Choice("Bo", "a smith")))),
        ["[Ann Lee]  a baker", "[Bo]       a smith"],
    ),
    (
        "names that lead on",
        reply(SeeAlso(("Ann Lee", "Bo"))),
        ["See also: Ann Lee, Bo."],
    ),
    (
        "several sources",
        reply(item("One.", "1"), item("Two.", "2", OTHER)),
        ["1  One.", "2  Two.", "Sources: The Book, Section; The Paper, Section"],
    ),
    (
        "a reply whose facts are the sources",
        reply(item("One."), names_sources=False),
        ["One."],
    ),
]


@pytest.mark.parametrize(
    ("answer", "drawn"), [case[1:] for case in LAYOUT], ids=[case[0] for case in LAYOUT]
)
def test_is_laid_out_as(answer: Reply, drawn: list[str]) -> None:
    assert to_text(answer).split("\n") == drawn


def test_two_facts_that_are_alike_are_both_drawn() -> None:
    assert to_text(reply(item("It happens."), item("It happens."))).count("It happens.") == 2


def test_the_source_line_is_the_last_and_marked_so() -> None:
    drawn = lines(reply(Heading("A day"), item("It happens."), Note("More to come.")))
    assert [line.style for line in drawn].index(Style.SOURCE) == len(drawn) - 1


# -- nothing comes alive --------------------------------------------------------------------------

OBEYED = [
    ("\x1b[31mred\x1b[0m", "an escape sequence"),
    ("\x1b]0;title\a", "a title"),
    ("bell\a", "a bell"),
    ("over\rwritten", "a carriage return"),
    ("two\nlines", "a line end"),
    ("form\ffeed \v", "other white space"),
    ("\x9b31m", "an 8-bit escape"),
    ("next\x85line", "a next line"),
    ("line\u2028end", "a line separator"),
    ("paragraph\u2029end", "a paragraph separator"),
    ("\u202eback\u202c", "a change of direction"),
    ("\u2066isolated\u2069", "an isolate"),
    ("half \ud800", "half a surrogate pair"),
    ("delete\x7f", "a delete"),
    ("nul\0", "a nul"),
]

BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize("text", [case[0] for case in OBEYED], ids=[case[1] for case in OBEYED])
@pytest.mark.parametrize(
    "part_of",
    [
        lambda text: Heading(text, text),
        lambda text: item(text, text, remark=text, note=text),
        lambda text: item("x", source=Source("s", text)),
        Note,
        lambda text: Choices((Choice(text, text),), text, text, text),
        lambda text: Choices((Choice(text),), text, text, text),
        lambda text: SeeAlso((text,)),
    ],
    ids=["heading", "item", "source", "note", "choices", "choices in a line", "see also"],
)
def test_what_a_terminal_obeys_is_neutralised(text: str, part_of: Callable[[str], Part]) -> None:
    for line in lines(reply(part_of(text))):
        categories = {unicodedata.category(character) for character in line.text}
        assert categories.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
        assert BIDI.isdisjoint(line.text)


@pytest.mark.parametrize(
    "text",
    ["Łódź", "Троцкий", "毛泽东", "👩\u200d🚀", "می\u200cخواهم", "soft\u00adhyphen", "a\u00a0b"],
)
def test_what_nobody_obeys_is_left_as_it_is(text: str) -> None:
    assert printable(text) == text


# -- wrapping -------------------------------------------------------------------------------------

LATIN = "The Palace Guard fires on the march that Georgi Gapon leads to the Winter Palace."
CHINESE = "托洛茨基在墨西哥城的医院去世享年六十岁他被拉蒙梅尔卡德用冰镐袭击"
MIXED = "1940  托洛茨基 dies in 墨西哥城 hospital, a day after 梅尔卡德 struck him."


@pytest.mark.parametrize("text", [LATIN, CHINESE, MIXED], ids=["latin", "chinese", "mixed"])
@pytest.mark.parametrize("width", [10, 20, 33, 60, 110])
@pytest.mark.parametrize("hang", [0, 6, 40])
def test_no_wrapped_line_is_wider_than_its_columns(text: str, width: int, hang: int) -> None:
    drawn = wrapped(Line(text, Style.FACT, hang), width)
    assert max(wcswidth(line) for line in drawn) <= width


@pytest.mark.parametrize("text", [LATIN, CHINESE, MIXED], ids=["latin", "chinese", "mixed"])
@pytest.mark.parametrize("width", [10, 20, 33, 60])
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    drawn = wrapped(Line(text, Style.FACT, 6), width)
    assert "".join("".join(drawn).split()) == "".join(text.split())


def test_latin_is_wrapped_between_words() -> None:
    words = {word for line in wrapped(Line(LATIN, Style.FACT, 6), 30) for word in line.split()}
    assert words == set(LATIN.split())


def test_what_follows_the_first_line_stands_in() -> None:
    first, *rest = wrapped(Line(f"1905  {LATIN}", Style.FACT, 6), 40)
    assert first.startswith("1905  The")
    assert rest
    assert all(line.startswith(" " * 6) and line[6] != " " for line in rest)


def test_a_narrow_terminal_keeps_half_of_its_columns_for_text() -> None:
    _, *rest = wrapped(Line(LATIN, Style.FACT, 20), 20)
    assert {len(line) - len(line.lstrip()) for line in rest} == {10}


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_line_is_a_line(text: str) -> None:
    assert len(wrapped(Line(text, Style.NOTE), 40)) == 1


def test_a_line_that_fits_is_left_as_it_is() -> None:
    assert wrapped(Line("1940  He dies.", Style.FACT, 6), 14) == ["1940  He dies."]


# -- pages ----------------------------------------------------------------------------------------


def many(number: int) -> Reply:
    return reply(Heading("1900"), *(item(f"Fact {n}.", str(n)) for n in range(number)))


def facts(drawn: list[Line]) -> list[str]:
    return [line.text.split()[-1] for line in drawn if line.style is Style.FACT]


def test_the_pages_of_an_answer_show_every_fact_once_in_order() -> None:
    answer = many(30)
    shown = [fact for first in range(0, 30, ITEMS_A_PAGE) for fact in facts(page(answer, first))]
    assert shown == [f"{n}." for n in range(30)]


@pytest.mark.parametrize(
    ("number", "first", "left"),
    [(12, 0, None), (13, 0, 1), (30, 0, 18), (30, 12, 6), (30, 24, None), (0, 0, None)],
)
def test_a_page_says_how_much_is_left(number: int, first: int, left: int | None) -> None:
    last = page(many(number), first)[-1].text
    assert (f"{left} more" in last) if left else ("more" not in last)


def test_every_page_names_its_sources() -> None:
    answer = many(20)
    assert all(any(line.style is Style.SOURCE for line in page(answer, first)) for first in (0, 12))


def test_a_page_names_only_the_sources_of_its_facts() -> None:
    answer = reply(
        *(item(f"Fact {n}.", source=SOURCE if n < ITEMS_A_PAGE else OTHER) for n in range(20))
    )
    sources = [
        next(line.text for line in page(answer, first) if line.style is Style.SOURCE)
        for first in (0, ITEMS_A_PAGE)
    ]
    assert sources == ["Source: The Book, Section", "Source: The Paper, Section"]


def test_plain_text_is_never_a_page() -> None:
    assert to_text(many(500)).count("Fact") == 500
