"""A question in a link: it comes back as it was, and what is broken asks nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.deep_link import (
    GREETING,
    LONGEST_PAYLOAD,
    group_link,
    payload_of,
    private_link,
    question_of,
)

PRINTED = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("question", "payload"),
    [
        ("21 August", "qMjEgQXVndXN0"),  # base64 of the text by RFC 4648, without padding
        ("who was Ada", "qd2hvIHdhcyBBZGE"),
    ],
)
def test_a_question_is_written(question: str, payload: str) -> None:
    assert payload_of(question) == payload


@given(PRINTED)
def test_a_question_comes_back_or_does_not_fit(question: str) -> None:
    payload = payload_of(question)
    if payload is None:
        assert len(question.encode()) > 45
    else:
        assert question_of(payload) == question


@given(PRINTED)
def test_a_payload_is_what_telegram_takes(question: str) -> None:
    payload = payload_of(question)
    assert payload is None or re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)


@given(st.text(max_size=LONGEST_PAYLOAD))
def test_any_payload_is_read_without_a_failure(payload: str) -> None:
    question = question_of(payload)
    assert question is None or payload_of(question) == payload


@pytest.mark.parametrize(
    "payload",
    ["", GREETING, "q", "q!", "qMjEgQXVndXN", "q_w", "qCg", "q" + "A" * 70, "MjEgQXVndXN0", "qIA"],
)
def test_what_is_broken_or_no_question_asks_nothing(payload: str) -> None:
    assert question_of(payload) is None


def test_a_link_without_a_question_opens_the_chat() -> None:
    assert private_link("daybook_bot") == "https://t.me/daybook_bot"


def test_a_link_with_a_question_asks_it() -> None:
    assert private_link("daybook_bot", "21 August") == (
        "https://t.me/daybook_bot?start=qMjEgQXVndXN0"
    )


def test_a_question_too_long_for_a_link_is_left_out() -> None:
    assert private_link("daybook_bot", "x" * 100) == "https://t.me/daybook_bot"


def test_a_group_is_joined_without_an_admins_rights() -> None:
    assert group_link("daybook_bot") == "https://t.me/daybook_bot?startgroup=daybook"
