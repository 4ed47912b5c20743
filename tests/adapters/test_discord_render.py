"""A page as the JSON of a Discord message: within its limits, with nothing live and nothing lost.

The figures are those of https://docs.discord.com/developers/resources/message (Embed Limits) and
/developers/components/reference; lengths are counted in UTF-16 units, the strictest way.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable
from typing import Any

import pytest
from emulators.discord_markdown import Setting, live_spans, shown_text
from emulators.discord_schema import spec_path
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.render import GREY, RED, ROOM, message, sentence, size
from bot.dialogue import Button, Keyboard
from bot.pages import Page, pages
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
from bot.safe_text import safe
from knowledge.model import Citation, Source

Json = dict[str, Any]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def citation(title: str, section: str = "Chapter") -> Citation:
    return Citation(Source("book", title), (section,))


def item(text: str, label: str = "", title: str = "The Book", **more: str) -> Item:
    return Item("pack/id", text, label, citation=citation(title), **more)


def written(page: Page, *, embeds: bool = True) -> Json:
    return message(page, embeds=embeds)


def described(*parts: Part) -> str:
    (embed,) = written(Page(parts))["embeds"]
    return str(embed["description"])


# -- how parts read -------------------------------------------------------------------------------

DAY = Heading("21 August")

READ: list[tuple[str, Part, str]] = [
    ("a fact", item("He dies.", "1940"), "**1940** He dies."),
    ("a fact without a date", item("Somebody."), "Somebody."),
    (
        "what qualifies a date",
        item("It happens.", "1905", remark="by this day"),
        "**1905** (by this day) It happens.",
    ),
    (
        "a note of the pack, small and below",
        item("It happens.", "1905", note="Others say 1906."),
        "**1905** It happens.\n-# Note: Others say 1906.",
    ),
    ("a note of ours", Note("Nothing happened."), "Nothing happened."),
    ("a heading with its detail", Heading("A Name", "1900 – 1980"), "**A Name (1900 – 1980)**"),
    (
        "choices in a sentence",
        Choices((Choice("30 June"), Choice("1 July")), "Did you mean", " or ", "?"),
        "Did you mean **30 June** or **1 July**?",
    ),
    (
        "choices with nothing between them",
        Choices((Choice("25 May"), Choice("27 May")), "Nearest:", tail="."),
        "Nearest: **25 May** · **27 May**.",
    ),
    (
        "choices that are told apart, each on its line",
        Choices((Choice("Lev", "the brother"), Choice("Sergey", "the commander")), joiner="\n"),
        "**Lev** the brother\n**Sergey** the commander",
    ),
    (
        "choices that are told apart, below their lead",
        Choices((Choice("Lev", "the brother"),), "One of:"),
        "One of:\n**Lev** the brother",
    ),
    ("names to see", SeeAlso(("Lev", "Sergey")), "See also: Lev, Sergey."),
]


@pytest.mark.parametrize(("name", "part", "line"), READ, ids=[case[0] for case in READ])
def test_reads(name: str, part: Part, line: str) -> None:
    assert described(Note("x"), part) == f"x\n{line}"


@pytest.mark.parametrize(("name", "part", "line"), READ, ids=[case[0] for case in READ])
def test_the_size_of_a_part_is_that_of_its_lines(name: str, part: Part, line: str) -> None:
    assert size(part) == units(line) + 1


# -- the two forms of a message ------------------------------------------------------------------

TWO_PAGES = Page((DAY, item("He dies.", "1940")), "Source: The Book, Chapter", 1, 2, 3)


def test_a_page_is_an_embed_with_its_heading_as_title_and_its_sources_below() -> None:
    (embed,) = written(TWO_PAGES)["embeds"]
    assert embed["title"] == "21 August"
    assert embed["description"] == "**1940** He dies."
    assert embed["footer"] == {"text": "Source: The Book, Chapter\nPage 1 of 2"}


def test_where_embeds_are_not_allowed_the_same_stands_in_the_content() -> None:
    payload = written(TWO_PAGES, embeds=False)
    assert "embeds" not in payload
    assert payload["content"] == (
        "**21 August**\n**1940** He dies.\nSource: The Book, Chapter\nPage 1 of 2"
    )


def test_a_page_without_facts_has_no_footer() -> None:
    (embed,) = written(Page((Note("Nothing."),)))["embeds"]
    assert "footer" not in embed


def test_a_heading_too_long_for_a_title_stands_in_the_text() -> None:
    (embed,) = written(Page((Heading("x" * 257), Note("y"))))["embeds"]
    assert "title" not in embed
    assert embed["description"] == f"**{'x' * 257}**\ny"


def test_a_heading_of_256_units_is_a_title() -> None:
    (embed,) = written(Page((Heading("👩" * 128), Note("y"))))["embeds"]
    assert embed["title"] == "👩" * 128


def test_only_who_asked_sees_an_ephemeral_message() -> None:
    assert message(TWO_PAGES, ephemeral=True)["flags"] == 64
    assert "flags" not in message(TWO_PAGES)


@pytest.mark.parametrize("embeds", [True, False])
def test_no_message_notifies_anybody(embeds: bool) -> None:
    assert written(TWO_PAGES, embeds=embeds)["allowed_mentions"] == {"parse": []}
    assert sentence("Hello.")["allowed_mentions"] == {"parse": []}


def test_a_sentence_is_for_who_asked_unless_it_is_said_to_all() -> None:
    assert (sentence("Hello.")["content"], sentence("Hello.")["flags"]) == ("Hello.", 64)
    assert "flags" not in sentence("Hello.", ephemeral=False)


# -- the source line is never lost ----------------------------------------------------------------


def footer(sources: str, count: int = 1) -> str:
    page = Page((Note("x"),), sources, 1, count)
    (embed,) = written(page)["embeds"]
    return str(embed["footer"]["text"])


def test_sources_that_do_not_fit_are_counted() -> None:
    sources = "Sources: " + "; ".join(f"{number:03} {'x' * 500}" for number in range(6))
    # one takes 504: "Sources: " and four with "; " between them are 2,031, with "; 2 more" 2,039;
    # a fifth would be beyond 2,048
    text = footer(sources)
    assert (text[:14], text[-8:], units(text)) == ("Sources: 000 x", "; 2 more", 2_039)


def test_of_one_source_that_does_not_fit_the_beginning_is_named() -> None:
    text = footer("Source: " + "y" * 5_000)
    assert text.startswith("Source: yyy")
    assert text.endswith("…")
    assert 1_900 < units(text) <= 2_048


def test_the_number_of_the_page_stands_below_sources_that_do_not_fit() -> None:
    assert footer("Source: " + "y" * 5_000, count=2).endswith("…\nPage 1 of 2")


def test_the_content_of_a_full_page_has_room_for_its_sources() -> None:
    page = Page((Note("x" * (ROOM.size - 1)),), "Source: " + "y" * 5_000, 1, 2)
    content = written(page, embeds=False)["content"]
    assert 1_900 < units(content) <= 2_000
    assert "Source: yyy" in shown_text(content)
    assert content.endswith("Page 1 of 2")


# -- buttons --------------------------------------------------------------------------------------


def buttons(number: int, label: str = "choice") -> tuple[Button, ...]:
    return tuple(Button(f"{label} {index}", f"{label}-{index}") for index in range(number))


def rows(keyboard: Keyboard) -> list[list[str]]:
    payload = message(TWO_PAGES, keyboard)
    return [[one["custom_id"] for one in row["components"]] for row in payload["components"]]


MORE = (Button("More", "more"), Button("Delete", "delete", deletes=True))

KEYBOARDS = [
    (Keyboard(), []),
    (Keyboard(MORE), [2]),
    (Keyboard((), buttons(1)), [1]),
    (Keyboard((), buttons(4)), [3, 1]),
    (Keyboard(MORE, buttons(12)), [2, 3, 3, 3, 3]),
    (Keyboard(MORE, buttons(13)), [2, 5, 5, 3]),
    (Keyboard((), buttons(15)), [3, 3, 3, 3, 3]),
    (Keyboard((), buttons(25)), [5, 5, 5, 5, 5]),
    # more have no room: they stand in the text and can be typed
    (Keyboard(MORE, buttons(30)), [2, 5, 5, 5, 5]),
]


@pytest.mark.parametrize(("keyboard", "widths"), KEYBOARDS)
def test_buttons_stand_in_rows(keyboard: Keyboard, widths: list[int]) -> None:
    assert [len(row) for row in rows(keyboard)] == widths


def test_buttons_keep_their_order() -> None:
    found = [one for row in rows(Keyboard(MORE, buttons(12))) for one in row]
    assert found == ["more", "delete", *(one.carries for one in buttons(12))]


def test_only_what_deletes_is_red() -> None:
    named_alike = Button("Delete", "somebody of that name")
    payload = message(TWO_PAGES, Keyboard(MORE, (named_alike,)))
    styles = {
        one["custom_id"]: one["style"] for row in payload["components"] for one in row["components"]
    }
    assert styles == {"more": GREY, "delete": RED, "somebody of that name": GREY}


def test_a_button_whose_label_shows_nothing_still_has_one() -> None:
    payload = message(TWO_PAGES, Keyboard((), (Button("\u200b", "x"),)))
    assert payload["components"][0]["components"][0]["label"] == "?"


# -- any reply ------------------------------------------------------------------------------------

PIECES = [
    *"*_~`|<>[]()#@:\\/-+.! \n",
    "everyone",
    "https://evil.example",
    "discord.gg/a",
    "<@1>",
    "<t:1>",
    ":a:",
    "-# ",
    "1. ",
    "👩\u200d🚀",
    "\u202e",
]
LONG = st.sampled_from([50, 257, 1_600])
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
    st.builds(lambda piece, number: piece * number, st.sampled_from(PIECES), LONG),
)
PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Heading, TEXTS, TEXTS),
    st.builds(Note, TEXTS),
    st.builds(
        Item,
        st.just("pack/id"),
        TEXTS,
        label=TEXTS,
        remark=TEXTS,
        note=TEXTS,
        citation=st.builds(citation, TEXTS, TEXTS),
    ),
    st.builds(
        Choices,
        st.lists(st.builds(Choice, TEXTS, TEXTS), max_size=8).map(tuple),
        lead=TEXTS,
        tail=TEXTS,
    ),
    st.builds(SeeAlso, st.lists(TEXTS, min_size=1, max_size=8).map(tuple)),
)
PAGES = st.lists(PARTS, min_size=1, max_size=6).map(
    lambda parts: pages(Reply(Outcome.FOUND, "onthisday", tuple(parts)), ROOM, size)
)


def check_limits(payload: Json) -> None:
    """Fail where a message is beyond what Discord takes."""
    assert units(payload.get("content", "")) <= 2_000
    for embed in payload.get("embeds", ()):
        title, description = embed.get("title", ""), embed.get("description", "")
        foot = embed.get("footer", {}).get("text", "")
        assert units(title) <= 256
        assert units(description) <= 4_096
        assert units(foot) <= 2_048
        assert units(title) + units(description) + units(foot) <= 6_000


def check_dead(payload: Json) -> None:
    """Fail where anything but our own bold and small lines is live."""
    found = live_spans(payload.get("content", ""), Setting.CONTENT)
    for embed in payload.get("embeds", ()):
        found += live_spans(embed.get("description", ""), Setting.EMBED)
        found += live_spans(embed.get("title", ""), Setting.TITLE)
    assert {span.kind for span in found} <= {"bold", "subtext"}


@settings(deadline=None, max_examples=60)
@given(PAGES, st.booleans())
def test_every_page_of_any_reply_is_within_the_limits(found: list[Page], embeds: bool) -> None:
    for page in found:
        check_limits(written(page, embeds=embeds))


@settings(deadline=None, max_examples=60)
@given(PAGES, st.booleans())
def test_nothing_in_any_reply_is_live(found: list[Page], embeds: bool) -> None:
    for page in found:
        check_dead(written(page, embeds=embeds))


@settings(deadline=None, max_examples=60)
@given(PAGES)
def test_every_page_with_sources_names_the_first_in_both_forms(found: list[Page]) -> None:
    for page in found:
        if page.sources:
            begin = safe(page.sources)[:20].rstrip(" ;…")
            (embed,) = written(page)["embeds"]
            assert embed["footer"]["text"].startswith(begin)
            assert begin in shown_text(written(page, embeds=False)["content"])


LIVE = [
    "*a*",
    "||a||",
    "`a`",
    "@everyone",
    "<@1>",
    "<#1>",
    "<t:1:R>",
    "</ban:1>",
    ":smile:",
    "# a",
    "- a",
    "1. a",
    "> a",
    "[a](https://evil.example)",
    "https://evil.example",
    "discord.gg/abc",
]
HELD: list[tuple[str, Callable[[str], Part]]] = [
    ("a heading", Heading),
    ("a heading's detail", lambda text: Heading("x", text)),
    ("a fact", item),
    ("a fact's date", lambda text: item("x", text)),
    ("what qualifies it", lambda text: item("x", remark=text)),
    ("a fact's note", lambda text: item("x", note=text)),
    ("a note", Note),
    ("a choice", lambda text: Choices((Choice(text),))),
    ("a choice's detail", lambda text: Choices((Choice("x", text), Choice("y", text)))),
    ("what leads to choices", lambda text: Choices((Choice("x"),), lead=text)),
    ("what joins them", lambda text: Choices((Choice("x"), Choice("y")), joiner=text)),
    ("what follows them", lambda text: Choices((Choice("x"),), tail=text)),
    ("a lead above details", lambda text: Choices((Choice("x", "y"),), lead=text)),
    ("a name to see", lambda text: SeeAlso((text,))),
]


@pytest.mark.parametrize("embeds", [True, False])
@pytest.mark.parametrize(("name", "part"), HELD, ids=[case[0] for case in HELD])
def test_nothing_is_live_wherever_it_stands(
    name: str, part: Callable[[str], Part], embeds: bool
) -> None:
    for text in LIVE:
        for parts in ((part(text),), (DAY, part(text), part(text))):
            check_dead(written(Page(parts, f"Source: {text}"), embeds=embeds))


SHORT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


@given(st.lists(SHORT, max_size=8), st.booleans())
def test_every_text_is_shown_as_it_is(texts: list[str], embeds: bool) -> None:
    parts = tuple(item(text, text, note=text) for text in texts)
    for page in pages(Reply(Outcome.FOUND, None, parts), ROOM, size):
        payload = written(page, embeds=embeds)
        shown = shown_text(
            payload["embeds"][0].get("description", "") if embeds else payload["content"]
        )
        for part in page.parts:
            assert isinstance(part, Item)
            line = f"{safe(part.label)} {safe(part.text)}".strip()
            assert line in shown


# -- Discord's own description of the API ----------------------------------------------------------


@functools.cache
def specification() -> Json:
    path = spec_path()
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"there is no {path.name}, which messages are checked against")
        pytest.skip(f"there is no {path.name}")
    found: Json = json.loads(path.read_text("utf-8"))
    return found


@pytest.mark.parametrize(
    "payload",
    [
        message(TWO_PAGES, Keyboard(MORE, buttons(20))),
        message(TWO_PAGES, Keyboard(MORE), embeds=False),
        message(TWO_PAGES, ephemeral=True),
        sentence("Hello."),
    ],
    ids=["embed", "content", "ephemeral", "sentence"],
)
def test_discords_description_of_the_api_takes_it(payload: Json) -> None:
    from jsonschema import Draft202012Validator

    components = specification()["components"]
    schema = {"$ref": "#/components/schemas/MessageCreateRequest", "components": components}
    validator = Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(payload)] == []
