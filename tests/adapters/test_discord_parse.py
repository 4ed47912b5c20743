"""What Discord sends, read: options of commands, what is being typed, what a message asks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.parse import (
    TypedOption,
    action_of,
    mentions,
    options_of,
    question_of,
    typed_option,
)

US = 1122334455667788990

OPTIONS: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    ("none", {"name": "help"}, {}),
    ("none by name", {"options": None}, {}),
    ("a text", {"options": [{"name": "date", "type": 3, "value": "21 May"}]}, {"date": "21 May"}),
    (
        "several",
        {
            "options": [
                {"name": "of", "type": 3, "value": "Trotsky"},
                {"name": "years", "type": 3, "value": "1917..1924"},
            ]
        },
        {"of": "Trotsky", "years": "1917..1924"},
    ),
    ("a number", {"options": [{"name": "n", "type": 4, "value": 7}]}, {"n": "7"}),
    ("one without a value", {"options": [{"name": "n", "type": 3}]}, {}),
    (
        "a sub-command",
        {
            "options": [
                {
                    "name": "set",
                    "type": 1,
                    "options": [{"name": "time", "type": 3, "value": "09:00"}],
                }
            ]
        },
        {"time": "09:00"},
    ),
    ("a sub-command alone", {"options": [{"name": "show", "type": 1}]}, {}),
]


ACTIONS: list[tuple[dict[str, Any], str]] = [
    ({"options": [{"name": "show", "type": 1}]}, "show"),
    ({"options": [{"name": "set", "type": 1, "options": []}]}, "set"),
    ({"options": [{"name": "date", "type": 3, "value": "set"}]}, ""),
    ({}, ""),
]


@pytest.mark.parametrize(("data", "action"), ACTIONS, ids=str)
def test_a_sub_command_is_the_action(data: dict[str, Any], action: str) -> None:
    assert action_of(data) == action


@pytest.mark.parametrize(("name", "data", "options"), OPTIONS, ids=[case[0] for case in OPTIONS])
def test_options(name: str, data: dict[str, Any], options: dict[str, str]) -> None:
    assert options_of(data) == options


TYPED: list[tuple[str, dict[str, Any], TypedOption | None]] = [
    ("none", {}, None),
    ("not in focus", {"options": [{"name": "a", "type": 3, "value": "x"}]}, None),
    (
        "the one in focus",
        {
            "options": [
                {"name": "a", "type": 3, "value": "x"},
                {"name": "b", "type": 3, "value": "y", "focused": True},
            ]
        },
        TypedOption("b", "y"),
    ),
    (
        "empty",
        {"options": [{"name": "a", "type": 3, "value": "", "focused": True}]},
        TypedOption("a", ""),
    ),
    (
        "within a sub-command",
        {
            "options": [
                {
                    "name": "set",
                    "type": 1,
                    "options": [{"name": "zone", "type": 3, "value": "Eu", "focused": True}],
                }
            ]
        },
        TypedOption("zone", "Eu"),
    ),
]


@pytest.mark.parametrize(("name", "data", "typed"), TYPED, ids=[case[0] for case in TYPED])
def test_typed_option(name: str, data: dict[str, Any], typed: TypedOption | None) -> None:
    assert typed_option(data) == typed


NAMES = {5: "Frida Kahlo", 6: r"a\1\g<0>", 7: "<@8>"}

QUESTIONS = [
    (f"<@{US}> who was Trotsky", "who was Trotsky"),
    (f"<@!{US}> who was Trotsky", "who was Trotsky"),
    (f"who was Trotsky <@{US}>?", "who was Trotsky ?"),
    (f"<@{US}>, who was Trotsky", "who was Trotsky"),
    (f"<@{US}>: who was Trotsky", "who was Trotsky"),
    (f"hey <@{US}> who\n was  Trotsky", "hey who was Trotsky"),
    (f"<@{US}>", ""),
    ("", ""),
    ("who was <@5>", "who was Frida Kahlo"),
    ("who was <@5>and", "who was Frida Kahlo and"),
    # a name is a text, not a pattern, and what it holds is not read again
    ("who was <@6>", r"who was a\1\g<0>"),
    ("who was <@7>", "who was <@8>"),
    # what isn't known stays
    ("who was <@9>", "who was <@9>"),
    (f"who was <@{US}1>", f"who was <@{US}1>"),
    ("<@&5> <#5>", "<@&5> <#5>"),
    ("<@> <@x> <@-1>", "<@> <@x> <@-1>"),
    ("<@" + "9" * 5000 + ">", "<@" + "9" * 5000 + ">"),
]


@pytest.mark.parametrize(
    ("content", "question"), QUESTIONS, ids=[ascii(case[0][:40]) for case in QUESTIONS]
)
def test_question(content: str, question: str) -> None:
    assert question_of(content, US, NAMES) == question


MENTIONED = [
    (f"<@{US}> hello", True),
    (f"hello <@!{US}>", True),
    (f"hello<@{US}>", True),
    (f"<@{US}1>", False),
    (f"<@&{US}>", False),
    (f"<#{US}>", False),
    (f"@{US}", False),
    ("<@5>", False),
    ("", False),
    ("@Daybook hello", False),
]


@pytest.mark.parametrize(("content", "is_mentioned"), MENTIONED, ids=[one[0] for one in MENTIONED])
def test_mentions(content: str, is_mentioned: bool) -> None:
    assert mentions(content, US) is is_mentioned


@given(st.text(max_size=80), st.dictionaries(st.integers(0, 9), st.text(max_size=20)))
def test_no_message_and_no_name_is_an_error(content: str, names: dict[int, str]) -> None:
    text = content + "".join(f"<@{user}>" for user in names)
    question = question_of(text, US, names)
    assert question == question.strip()
