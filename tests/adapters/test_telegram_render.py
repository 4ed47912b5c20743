"""A page as a Telegram message: it reads well, it fits, and nothing in it comes alive."""

from __future__ import annotations

from typing import Any

import pytest
from emulators.telegram_entities import find_entities
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.telegram.dead_text import PARTING, dead
from adapters.telegram.render import (
    CHARACTERS_A_ROW,
    CHOICES_A_ROW,
    LONGEST_SOURCES,
    LONGEST_TEXT,
    MOST_BUTTONS,
    ROOM,
    message,
    messages,
    sentence,
    size,
    sources,
)
from bot.dialogue import Button, Keyboard
from bot.pages import Page, pages
from bot.reply import Choice, Choices, Heading, Item, Note, Outcome, Part, Reply, SeeAlso
from knowledge.model import Citation, Source

BOOK = Citation(Source("book", "The Book"), ("Chapter", "Section (1900–1910)"))
COMMANDS = ("help", "start", "whowas", "privacy")


def item(text: str, label: str = "", **more: str) -> Item:
    return Item("pack/id", text, label, citation=BOOK, **more)


def reply(*parts: Part) -> Reply:
    return Reply(Outcome.FOUND, "onthisday", parts, "a title")


def text_of(*parts: Part, sources: str = "", commands: tuple[str, ...] = ()) -> str:
    text: str = message(Page(parts, sources), commands=commands)["text"]
    return text


def styled(payload: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what each entity covers, counted in UTF-16 units as Telegram does."""
    units = payload["text"].encode("utf-16-le")
    return [
        (one["type"], units[2 * one["offset"] :][: 2 * one["length"]].decode("utf-16-le"))
        for one in payload.get("entities", [])
    ]


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


# -- how it reads ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (Heading("21 August"), "21 August"),
        (Heading("Ada", "1815 – 1852"), "Ada (1815 – 1852)"),
        (item("Ada writes.", "1843"), "1843 Ada writes."),
        (item("Ada writes."), "Ada writes."),
        (item("Ada writes.", "1843", remark="by this day"), "1843 (by this day) Ada writes."),
        (item("Ada writes.", note="Perhaps."), "Ada writes.\nNote: Perhaps."),
        (Note("Nothing happened."), "Nothing happened."),
        (SeeAlso(("Ada", "Charles")), "See also: Ada, Charles."),
        (
            Choices((Choice("30 June"), Choice("1 July")), "Did you mean", " or ", "?"),
            "Did you mean 30 June or 1 July?",
        ),
        (Choices((Choice("25 May"), Choice("27 May")), "Nearest:"), "Nearest: 25 May · 27 May"),
        (
            Choices((Choice("Ada", "writes"), Choice("Bea", "reads")), joiner="\n"),
            "Ada writes\n\nBea reads",
        ),
    ],
)
def test_a_part_reads(part: Part, text: str) -> None:
    assert text_of(part) == text


def test_parts_stand_apart_and_the_source_is_last() -> None:
    parts = (Heading("21 August"), item("Ada writes.", "1843"))
    assert text_of(*parts, sources="Source: The Book") == (
        "21 August\n\n1843 Ada writes.\n\nSource: The Book"
    )


def test_a_page_of_several_says_which_it_is() -> None:
    page = Page((Note("Yes."),), "Source: The Book", number=2, count=3)
    assert message(page)["text"].endswith("Source: The Book\nPage 2 of 3")


def test_headings_and_labels_are_bold_notes_of_facts_and_sources_italic() -> None:
    page = Page((Heading("A day"), item("She writes.", "1843", note="Perhaps.")), "Source: Book")
    assert styled(message(page)) == [
        ("bold", "A day"),
        ("bold", "1843"),
        ("italic", "Note: Perhaps."),
        ("italic", "Source: Book"),
    ]


def test_styles_stand_right_behind_characters_of_two_units() -> None:
    page = Page((Note("😀😀"), item("She writes.", "1843")), "Source: 😀")
    assert styled(message(page)) == [("bold", "1843"), ("italic", "Source: 😀")]


def test_markup_is_shown_as_it_is() -> None:
    assert text_of(Note("<b>bold *star* [a](b) `x` &amp;")) == ("<b>bold *star* [a](b) `x` &amp;")


def test_nothing_is_previewed() -> None:
    assert message(Page((Note("x"),)))["link_preview_options"] == {"is_disabled": True}


def test_no_markup_language_is_asked_for() -> None:
    assert "parse_mode" not in message(Page((Note("x"),)))


def test_an_empty_page_still_has_a_text() -> None:
    assert message(Page((Note("\u200b"),)))["text"]


# -- nothing comes alive --------------------------------------------------------------------------

LIVE = [
    "@daybook",
    "(@daybook)",
    "/whowas",
    "/whowas@daybook_bot",
    "see /help.",
    "#tag",
    "#\u200ctag",
    "#·tag",
    "$USD",
    "$1INCH",
    "example.com",
    "www.example.com/path?x=1",
    "https://example.com",
    "http://localhost:80/x",
    "tg://user?id=1",
    "ton://transfer",
    "t.me/daybook",
    "пример.рф",
    "भारत.भारत",
    "a@example.com",
    "http://127.0.0.1/x",
    "1.2.3.4:80",
    "+1 212 555 0123",
    "+12125550123",
    "+1 (212) 555-0123",
]


@pytest.mark.parametrize("text", LIVE)
def test_what_is_made_dead_is_live_or_shown_otherwise_before(text: str) -> None:
    assert dead(text) != text


@pytest.mark.parametrize("text", LIVE)
def test_nothing_of_a_text_is_live(text: str) -> None:
    assert find_entities(dead(text)) == []


@pytest.mark.parametrize("text", LIVE)
def test_a_dead_text_looks_the_same(text: str) -> None:
    assert dead(text).replace(PARTING, "") == text


@pytest.mark.parametrize(
    "text",
    [
        "Leon Trotsky dies in hospital, aged 60.",
        "He flees (1917–1924), and/or so they say; 3.5 km at 12:30.",
        "J.R.R. Tolkien, e.g. in the U.S.S.R.; see p. 5.",
        "1917-1924",
        "No. 5, $ 5, # and @ alone",
        "Троцкий, Лев",
    ],
)
def test_a_text_in_which_nothing_can_be_found_is_left_as_it_is(text: str) -> None:
    assert dead(text) == text


HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            [*LIVE, "@", "#", "$", "/", "://", ".", "com", "a", "+", "1", " ", "\u200c", "\u2060"]
        ),
        st.text(max_size=4),
    ),
    max_size=10,
).map("".join)
"""Texts made of what is live, what makes live, and anything."""


def parts(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Part]:
    choices = st.lists(st.builds(Choice, texts, texts), min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Heading, texts, texts),
        st.builds(Note, texts),
        st.builds(item, texts, texts, remark=texts, note=texts),
        st.builds(Choices, choices, texts, texts, texts),
        st.builds(SeeAlso, st.lists(texts, max_size=4).map(tuple)),
    )


PARTS = st.lists(parts(HOSTILE), max_size=6).map(tuple)


@settings(max_examples=120)
@given(PARTS, HOSTILE)
def test_nothing_of_a_page_is_live_whatever_it_holds(some: tuple[Part, ...], source: str) -> None:
    payload = message(Page(some, f"Source: {source}"))
    assert find_entities(payload["text"]) == []


@settings(max_examples=120)
@given(PARTS)
def test_styles_lie_within_the_text_and_begin_and_end_with_something_seen(
    some: tuple[Part, ...],
) -> None:
    payload = message(Page(some))
    whole = utf16(payload["text"])
    for one in payload.get("entities", []):
        assert 0 <= one["offset"] < one["offset"] + one["length"] <= whole
    assert all(text == text.strip() for _, text in styled(payload))


# -- our own commands -----------------------------------------------------------------------------


def live_in(text: str) -> list[str]:
    return [text[one.start : one.stop] for one in find_entities(text)]


@pytest.mark.parametrize(
    ("note", "live"),
    [
        ("/help tells how to ask, /privacy what is stored.", ["/help", "/privacy"]),
        ("/whowas name: Who it was. Example: /whowas Ada", ["/whowas", "/whowas"]),
        ("/start: What I am. Example: /start", ["/start", "/start"]),
        ("/unknown is none", []),
        ("I know: /help, /start", []),
        ("/help@other_bot says, /help@other_bot too", []),
    ],
)
def test_in_help_and_start_our_commands_can_be_pressed(note: str, live: list[str]) -> None:
    assert live_in(text_of(Note(note), commands=COMMANDS)) == live


@pytest.mark.parametrize("note", ["/help tells how to ask", '"/help" is not in the library.'])
def test_elsewhere_a_command_at_the_beginning_is_data(note: str) -> None:
    assert live_in(text_of(Note(note))) == []


@pytest.mark.parametrize(
    ("note", "live"),
    [
        ("/help is not in the library (A). /sources tells what is.", ["/sources"]),
        ('I look things up. Try "on this day", or /help.', ["/help"]),
        ("It says /help. And so on", []),
        ("see /help.", []),
        ("/sources tells what is.", []),
    ],
)
def test_the_command_at_the_end_of_our_sentence_can_be_pressed(note: str, live: list[str]) -> None:
    assert live_in(text_of(Note(note))) == live


# -- it fits --------------------------------------------------------------------------------------

LONG = st.text(min_size=1, max_size=40).flatmap(
    lambda word: st.integers(1, 150).map(lambda times: f"{word} " * times)
)


@settings(max_examples=25)
@given(st.lists(parts(LONG), max_size=8).map(tuple))
def test_every_page_fits_a_message(some: tuple[Part, ...]) -> None:
    for page in pages(reply(*some), ROOM, size):
        assert 0 < utf16(message(page)["text"]) <= LONGEST_TEXT


@settings(max_examples=25)
@given(st.lists(parts(LONG), max_size=8).map(tuple))
def test_every_message_of_a_whole_reply_fits(some: tuple[Part, ...]) -> None:
    assert all(0 < utf16(one["text"]) <= LONGEST_TEXT for one in messages(reply(*some)))


def test_a_whole_reply_that_fits_is_one_message() -> None:
    whole = messages(reply(Heading("A day"), *[item(f"Fact {n}.") for n in range(40)]))
    assert len(whole) == 1


def test_a_longer_reply_loses_no_fact_and_names_the_source_in_each_message() -> None:
    facts = [
        item(f"Fact number {n} is told in a sentence of some length here.") for n in range(200)
    ]
    whole = messages(reply(Heading("A day"), *facts))
    assert len(whole) > 1
    assert all("Source: The Book" in one["text"] for one in whole)
    told = "\n".join(one["text"] for one in whole)
    assert all(f"Fact number {n} " in told for n in range(200))


def test_parts_of_a_whole_reply_end_with_a_sentence() -> None:
    text = " ".join(f"This is sentence number {n}." for n in range(400))
    for one in messages(reply(Note(text))):
        assert one["text"].endswith(".")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Source: The Book, Section", "Source: The Book, Section"),
        (
            "Sources: " + "; ".join(["A" * 400] * 5),
            "Sources: " + "; ".join(["A" * 400] * 2) + "; and 3 more",
        ),
        ("Source: " + "A" * 2000, "Source: " + "A" * 242 + " …"),
    ],
    ids=["short", "many", "one"],
)
def test_a_source_line_is_shortened_but_never_lost(line: str, shown: str) -> None:
    assert sources(line) == shown


@given(HOSTILE.map(lambda text: text * 80))
@settings(max_examples=25)
def test_a_source_line_has_its_bound(text: str) -> None:
    assert utf16(sources(f"Sources: {text}")) <= LONGEST_SOURCES


# -- buttons --------------------------------------------------------------------------------------


def rows(*labels: str) -> list[list[str]]:
    keyboard = Keyboard(choices=tuple(Button(label, "c") for label in labels))
    markup = message(Page((Note("x"),)), keyboard)["reply_markup"]["inline_keyboard"]
    return [[button["text"] for button in row] for row in markup]


def test_a_page_without_buttons_has_no_keyboard() -> None:
    assert "reply_markup" not in message(Page((Note("x"),)))


def test_short_choices_share_a_row() -> None:
    assert rows("25 May", "27 May", "Ada", "Bea") == [["25 May", "27 May", "Ada"], ["Bea"]]


def test_long_choices_stand_alone() -> None:
    one, other = "x" * CHARACTERS_A_ROW, "y" * CHARACTERS_A_ROW
    assert rows(one, other) == [[one], [other]]


def test_no_row_is_wider_than_a_phone() -> None:
    assert max(map(len, rows(*[f"n{n}" for n in range(30)]))) == CHOICES_A_ROW


def test_what_turns_the_page_stands_first() -> None:
    keyboard = Keyboard((Button("More", "m"), Button("Delete", "d")), (Button("Ada", "a"),))
    markup = message(Page((Note("x"),)), keyboard)["reply_markup"]["inline_keyboard"]
    assert [[one["text"] for one in row] for row in markup] == [["More", "Delete"], ["Ada"]]


def test_no_more_buttons_than_telegram_takes() -> None:
    assert sum(map(len, rows(*[f"n{n}" for n in range(300)]))) == MOST_BUTTONS


@pytest.mark.parametrize(("in_place", "data"), [(True, "eCARRIED"), (False, "nCARRIED")])
def test_a_button_carries_whether_its_answer_replaces_the_message(
    in_place: bool, data: str
) -> None:
    keyboard = Keyboard(choices=(Button("Ada", "CARRIED"),))
    markup = message(Page((Note("x"),)), keyboard, in_place=in_place)["reply_markup"]
    assert markup["inline_keyboard"][0][0]["callback_data"] == data


def test_a_sentence_of_ours_that_repeats_a_text_is_dead() -> None:
    assert live_in(sentence("Ask @somebody at example.com")["text"]) == []
