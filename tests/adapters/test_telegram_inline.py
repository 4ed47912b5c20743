"""An inline answer: results that Telegram takes, kept no longer than they are true."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from adapters.telegram.inline import answer, first_of, nothing, until_midnight
from bot.inline_lookup import Found, LookUp
from bot.reply import Heading, Item, Note, Outcome, Reply
from knowledge.model import Citation, Source

NOON = datetime(2026, 8, 21, 12, tzinfo=UTC)
CITATION = Citation(Source("book", "The Book"), ("Chapter",))


def found(key: str = "k", title: str = "Ada", description: str = "She writes.") -> Found:
    item = Item("pack/id", "She writes.", "1843", citation=CITATION)
    reply = Reply(Outcome.FOUND, "whowas", (Heading(title), item), title)
    return Found(key, title, description, reply)


def results(*some: Found) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = answer("i", "ada", LookUp(some), NOON)["results"]
    return listed


def test_a_result_is_a_whole_answer_with_its_source() -> None:
    (article,) = results(found())
    assert article["type"] == "article"
    assert (article["title"], article["description"]) == ("Ada", "She writes.")
    content = article["input_message_content"]
    assert isinstance(content, dict)
    assert content["message_text"] == "Ada\n\n1843 She writes.\n\nSource: The Book, Chapter"
    assert content["link_preview_options"] == {"is_disabled": True}
    assert [one["type"] for one in content["entities"]] == ["bold", "bold", "italic"]


def test_an_id_is_short_the_same_each_time_and_another_for_each() -> None:
    one, other, again = results(found("a")), results(found("b")), results(found("a"))
    assert one[0]["id"] == again[0]["id"] != other[0]["id"]
    assert 1 <= len(str(one[0]["id"]).encode()) <= 64


def test_no_id_stands_twice() -> None:
    assert len(results(found("a"), found("a"), found("b"))) == 2


def test_long_titles_and_descriptions_are_shortened_at_a_word() -> None:
    (article,) = results(found(title="word " * 100, description="word " * 100))
    assert str(article["title"]).endswith("word…")
    assert len(str(article["description"])) <= 160


def test_an_answer_without_a_description_has_none() -> None:
    assert "description" not in results(found(description=""))[0]


@pytest.mark.parametrize(
    ("now", "cache"),
    [
        (NOON, 300),
        (datetime(2026, 8, 21, 23, 58, tzinfo=UTC), 120),
        (datetime(2026, 8, 21, 23, 59, 59, 900_000, tzinfo=UTC), 1),
        (datetime(2026, 8, 21, 23, 58, tzinfo=ZoneInfo("Asia/Tokyo")), 120),
    ],
)
def test_an_answer_is_kept_no_longer_than_the_day(now: datetime, cache: int) -> None:
    assert answer("i", "", LookUp(()), now)["cache_time"] == cache


def test_the_day_of_a_shifted_clock_ends_by_the_zones_rules() -> None:
    # 25 October 2026 in Berlin has 25 hours: clocks go back at 3
    midnight = datetime(2026, 10, 25, tzinfo=ZoneInfo("Europe/Berlin"))
    assert until_midnight(midnight) == 25 * 3600


@pytest.mark.parametrize(
    ("typed", "is_personal"),
    [("03-05", True), ("3/5/1917", True), ("3 . 5", True), ("ada", False), ("21 August", False)],
)
def test_what_may_be_read_two_ways_is_for_the_asker_alone(typed: str, is_personal: bool) -> None:
    assert answer("i", typed, LookUp(()), NOON)["is_personal"] is is_personal


@pytest.mark.parametrize(("next_offset", "written"), [(0, ""), (10, "10")])
def test_the_next_page_is_named_where_there_is_one(next_offset: int, written: str) -> None:
    assert answer("i", "", LookUp((), next_offset), NOON)["next_offset"] == written


@pytest.mark.parametrize(
    ("offset", "first"), [("", 0), ("10", 10), ("-1", 0), ("x", 0), ("99999", 0), ("١٠", 0)]
)
def test_an_offset_that_is_none_begins_anew(offset: str, first: int) -> None:
    assert first_of(offset) == first


@pytest.mark.parametrize(
    ("typed", "start"),
    [("21 August", "qMjEgQXVndXN0"), ("", "daybook"), ("x" * 200, "daybook")],
)
def test_the_button_leads_to_the_private_chat_with_the_question(typed: str, start: str) -> None:
    assert answer("i", typed, LookUp(()), NOON)["button"]["start_parameter"] == start


def test_an_answer_to_who_types_too_fast_is_not_kept_for_others() -> None:
    assert nothing("i") == {
        "inline_query_id": "i",
        "results": [],
        "cache_time": 1,
        "is_personal": True,
    }


def test_a_note_alone_can_be_sent() -> None:
    reply = Reply(Outcome.FOUND, "sources", (Note("Nothing."),))
    (article,) = results(Found("k", "", "", reply))
    assert article["title"] == "Daybook"
