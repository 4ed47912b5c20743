"""The sentences that several commands share."""

from __future__ import annotations

import pytest

from bot.reply import Item, source_line, without_years
from bot.wording import count_in_words, in_words, joined, quoted, refusal
from knowledge.dates import Day, Impossible, Month, Range, Readable, Why, Year
from knowledge.model import Citation, Source

QUOTED = [
    ("Napoleon", "Napoleon"),
    ("  Napo   leon ", "Napo leon"),
    ("one\ntwo\tthree\r\nfour", "one two three four"),
    ("red\x1b[31m text", "red [31m text"),
    ("bell\a", "bell"),
    ("turned \u202eback", "turned back"),
    ("line\u2028paragraph\u2029end\x85next", "line paragraph end next"),
    ("zero\u200bwidth", "zero width"),
    ("lone \ud800 half", "lone half"),
    ("Zürich Łódź 東京", "Zürich Łódź 東京"),
    ("x" * 60, "x" * 60),
    ("x" * 61, "x" * 59 + "…"),
    ("", ""),
]


@pytest.mark.parametrize(("typed", "shown"), QUOTED, ids=[ascii(case[0][:20]) for case in QUOTED])
def test_what_a_person_typed_is_repeated_on_one_line_without_controls(
    typed: str, shown: str
) -> None:
    assert quoted(typed) == shown


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
    ],
)
def test_parts_are_joined_as_in_a_sentence(parts: list[str], words: str) -> None:
    assert joined(parts) == words


def test_parts_may_be_joined_by_another_word() -> None:
    assert joined(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(
    ("number", "words"), [(0, "No"), (1, "One"), (2, "Two"), (10, "Ten"), (11, "11"), (99, "99")]
)
def test_a_number_that_begins_a_sentence_is_a_word_up_to_ten(number: int, words: str) -> None:
    assert count_in_words(number) == words


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (Day(8, 21), "21 August"),
        (Day(8, 21, 1940), "21 August 1940"),
        (Day(3, 15, -43), "15 March 44 BC"),
        (Month(8), "August"),
        (Month(8, 1940), "August 1940"),
        (Year(1940), "1940"),
        (Year(0), "1 BC"),
        (Year(-69), "70 BC"),
        (Range(Year(1917), Year(1920)), "1917–1920"),
        (Range(Year(-99), Year(-49)), "100 BC – 50 BC"),
    ],
    ids=str,
)
def test_a_date_that_was_read_is_named_in_words(reading: Readable, words: str) -> None:
    assert in_words(reading) == words


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_why_a_date_is_none_is_a_whole_sentence(why: Why) -> None:
    for impossible in (Impossible(why), Impossible(why, 2, 2023), Impossible(why, 6)):
        message = refusal(impossible).message
        assert not message[0].islower()
        assert message[-1] in ".?"


@pytest.mark.parametrize(
    ("impossible", "words"),
    [
        (Impossible(Why.DAY_BEYOND_MONTH, 6), "June has 30 days"),
        (Impossible(Why.DAY_BEYOND_MONTH, 2), "February has 29 days"),
        (Impossible(Why.DAY_BEYOND_MONTH, 2, 2023), "February has 28 days"),
        (Impossible(Why.NO_LEAP_YEAR, 2, 2023), "2023 is no leap year"),
        (Impossible(Why.YEAR_OUT_OF_RANGE), "4713 BC to 9999"),
        (Impossible(Why.NO_SUCH_MONTH, 13), "12 months"),
    ],
    ids=str,
)
def test_a_reason_names_what_is_wrong(impossible: Impossible, words: str) -> None:
    assert words in refusal(impossible).message


def test_the_days_to_ask_instead_are_in_words() -> None:
    impossible = Impossible(Why.DAY_BEYOND_MONTH, 6, 1941, (Day(6, 30, 1941), Day(7, 1, 1941)))
    assert refusal(impossible).choices == ("30 June 1941", "1 July 1941")


# -- the source line ------------------------------------------------------------------------------

LEFT = Source("left", "Left Book")
RIGHT = Source("right", "Right Book")


def item(source: Source, *section: str) -> Item:
    return Item("p/i", "It happens.", citation=Citation(source, section))


@pytest.mark.parametrize(
    ("items", "line"),
    [
        ([], ""),
        ([Item("p/i", "Unsourced.")], ""),
        ([item(LEFT)], "Source: Left Book"),
        ([item(LEFT, "Exile (1929–1940)", "Assassination")], "Source: Left Book, Assassination"),
        ([item(LEFT, "A"), item(LEFT, "A")], "Source: Left Book, A"),
        ([item(LEFT, "A"), item(LEFT, "B")], "Source: Left Book, A · B"),
        ([item(LEFT, "A"), item(RIGHT, "B")], "Sources: Left Book, A; Right Book, B"),
        ([item(LEFT, "A"), item(RIGHT), item(LEFT, "B")], "Sources: Left Book, A · B; Right Book"),
    ],
)
def test_the_source_line_names_each_source_and_section_once(items: list[Item], line: str) -> None:
    assert source_line(items) == line


def test_a_source_line_counts_the_sections_beyond_eight() -> None:
    line = source_line([item(LEFT, f"Section {n}") for n in range(12)])
    assert "Section 7" in line
    assert "Section 8" not in line
    assert "4 more" in line


def test_a_source_line_never_counts_a_single_section_that_it_could_name() -> None:
    assert "Section 8" in source_line([item(LEFT, f"Section {n}") for n in range(9)])


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("Assassination (1940)", "Assassination"),
        ("Exile (1929–1940)", "Exile"),
        ("Mexico", "Mexico"),
        ("Names (disputed)", "Names (disputed)"),
        ("(1940)", "(1940)"),
        ("Year (1940) of", "Year (1940) of"),
    ],
)
def test_years_at_the_end_of_a_heading_are_left_out(heading: str, shown: str) -> None:
    assert without_years(heading) == shown
