"""A reply as one line of JSON, with exactly the keys that scripts rely on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.console.json_answer import to_json
from adapters.console.render import to_text
from bot.reply import Choice, Choices, Heading, Item, Note, Outcome, Reply
from knowledge.model import Citation, Source

SOURCE = Source("book", "The Book", url="https://example.org/book")
ITEM = Item(
    "pack/1905-01-09",
    "It happens.",
    label="1905",
    remark="by this day",
    note="Others say 1906.",
    date="1905-01-09",
    end="1905-01-11",
    citation=Citation(SOURCE, ("Chapter (1905)", "Section")),
)
FOUND = Reply(
    Outcome.FOUND,
    "onthisday",
    (Heading("9 January"), ITEM, Choices((Choice("10 January"), Choice("9 January 1905")))),
    "9 January",
)


def answer(reply: Reply) -> dict[str, Any]:
    value = json.loads(to_json(reply))
    assert isinstance(value, dict)
    return value


def test_an_answer_has_the_keys_of_the_contract_in_its_order() -> None:
    assert list(answer(FOUND)) == ["command", "outcome", "title", "items", "choices", "text"]


def test_an_answer_says_what_was_asked_and_how_it_ended() -> None:
    found = answer(FOUND)
    assert (found["command"], found["outcome"], found["title"]) == (
        "onthisday",
        "found",
        "9 January",
    )


def test_an_item_has_its_key_its_date_and_its_text_with_what_qualifies_it() -> None:
    (item,) = answer(FOUND)["items"]
    assert item["id"] == "pack/1905-01-09"
    assert item["date"] == "1905-01-09"
    assert item["text"] == "(by this day) It happens."


def test_an_item_has_the_end_of_a_span_and_its_note_beside() -> None:
    (item,) = answer(FOUND)["items"]
    assert (item["end"], item["note"]) == ("1905-01-11", "Others say 1906.")


def test_a_source_has_its_title_the_whole_path_of_headings_and_its_address() -> None:
    (item,) = answer(FOUND)["items"]
    assert item["source"] == {
        "title": "The Book",
        "section": ["Chapter (1905)", "Section"],
        "url": "https://example.org/book",
    }


def test_what_an_item_lacks_is_null() -> None:
    bare = Item("pack/x", "Somebody.", citation=Citation(Source("s", "S")))
    (item,) = answer(Reply(Outcome.FOUND, "whowas", (bare,), "X"))["items"]
    assert (item["date"], item["end"], item["note"]) == (None, None, None)
    assert item["source"] == {"title": "S", "section": [], "url": None}


def test_what_was_not_understood_has_no_command_and_no_title() -> None:
    reply = answer(Reply(Outcome.INVALID, None, (Note("I look things up."),)))
    assert (reply["command"], reply["title"]) == (None, None)
    assert (reply["items"], reply["choices"]) == ([], [])


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_outcome_is_one_of_four_words(outcome: Outcome) -> None:
    assert answer(Reply(outcome, None, (Note("x"),)))["outcome"] in (
        "found",
        "not_found",
        "ambiguous",
        "invalid",
    )


def test_choices_are_texts_in_order_each_once() -> None:
    choices = Choices((Choice("b", "detail"), Choice("a"), Choice("b")))
    assert answer(Reply(Outcome.AMBIGUOUS, "whowas", (choices,)))["choices"] == ["b", "a"]


def test_the_text_is_what_is_printed_without_json() -> None:
    assert answer(FOUND)["text"] == to_text(FOUND)


def test_every_item_is_there_never_one_page() -> None:
    items = tuple(Item(f"pack/{n}", "x", citation=Citation(SOURCE)) for n in range(300))
    assert len(answer(Reply(Outcome.FOUND, "onthisday", items, "x"))["items"]) == 300


@pytest.mark.parametrize(
    "text",
    [
        *('"quoted"', "back\\slash", "two\nlines", "tab\t", "nul\0", "Łódź 毛泽东 👍", "</script>"),
        *("next\x85line", "line\u2028separator", "paragraph\u2029separator", "\x1c\x1d\x1e"),
    ],
    ids=ascii,
)
def test_an_answer_is_one_line_whatever_is_in_it(text: str) -> None:
    item = Item(text, text, text, text, text, text, text, Citation(Source("s", text), (text,)))
    line = to_json(Reply(Outcome.FOUND, text, (item, Choices((Choice(text),))), text))
    assert line.splitlines() == [line]
    found = json.loads(line)
    assert (found["title"], found["choices"], found["items"][0]["id"]) == (text, [text], text)
