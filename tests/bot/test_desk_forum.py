"""What an admin types for a forum's posts: a title, and tags by their names."""

from __future__ import annotations

import pytest

from bot.desk.forum import LONGEST_TITLE, Forum, check_tag, read_tags, read_title
from bot.errors import UserError

FORUM = Forum({"History": 91, "Daily news": 92, "Art": 93, "A": 94, "B": 95, "C": 96})


@pytest.mark.parametrize(
    ("typed", "title"),
    [("Our day", "Our day"), ("  Our \n day ", "Our day"), ("none", ""), ("None", ""), ("", "")],
)
def test_a_title_is_one_line_or_none(typed: str, title: str) -> None:
    assert read_title(typed) == title


def test_a_title_that_leaves_no_room_for_the_day_is_refused() -> None:
    assert read_title("x" * LONGEST_TITLE) == "x" * LONGEST_TITLE
    with pytest.raises(UserError, match="may have 70 characters, this one has 71"):
        read_title("x" * (LONGEST_TITLE + 1))


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("History", (91,)),
        ("history, DAILY NEWS", (91, 92)),
        (" art ,art,, ", (93,)),
        ("none", ()),
        ("", ()),
    ],
)
def test_tags_are_read_by_name(typed: str, numbers: tuple[int, ...]) -> None:
    assert read_tags(typed, FORUM) == numbers


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("news", '"news" is no tag of this forum. It has: History, Daily news'),
        ("@everyone", "is no tag of this forum"),
        ("History, Daily news, Art, A, B, C", "may have 5 tags, not 6"),
    ],
)
def test_other_tags_are_refused(typed: str, said: str) -> None:
    with pytest.raises(UserError) as raised:
        read_tags(typed, FORUM)
    assert said in raised.value.message


def test_a_forum_without_tags_says_so() -> None:
    with pytest.raises(UserError, match="It has none"):
        read_tags("news", Forum())


@pytest.mark.parametrize(
    ("tags", "needs", "is_well"),
    [((91,), True, True), ((), False, True), ((), True, False), ((12345,), True, False)],
    ids=["one of them", "none needed", "none chosen", "one that is gone"],
)
def test_a_forum_may_need_a_tag(tags: tuple[int, ...], needs: bool, is_well: bool) -> None:
    forum = Forum(FORUM.tags, needs)
    if is_well:
        check_tag(tags, forum)
    else:
        with pytest.raises(UserError, match="takes no post without a tag"):
            check_tag(tags, forum)
