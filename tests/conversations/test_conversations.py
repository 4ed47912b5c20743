"""Conversations, asked of the command as a process; the files beside this one hold them.

Their facts were written from the packs' sources before any answer was seen.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import pytest
from conversation_cases import Case, Setting, conversations
from processes import Daybook, Ended

CASES = conversations()

LEAST = {
    "days": 70,
    "names": 40,
    "shared_names": 20,
    "things": 20,
    "absent": 20,
    "questions": 60,
    "no_answer": 20,
    "hostile": 20,
    "shapes_polar": 30,
    "shapes_nobel": 25,
}

BY_CHANCE = ("random", "surprise")


def by_setting() -> dict[Setting, list[Case]]:
    """Return the cases that one process can answer together."""
    together: dict[Setting, list[Case]] = defaultdict(list)
    for case in CASES:
        together[case.setting].append(case)
    return together


@pytest.fixture(scope="session")
def answers(daybook: Daybook) -> Mapping[int, dict[str, Any]]:
    """Return what `daybook ask` says to every case, by the case's id(); one process a file."""
    told: dict[int, dict[str, Any]] = {}
    for setting, cases in by_setting().items():
        lines = "".join(f"{case.ask}\n" for case in cases)
        ended = daybook(
            "ask", "--json", "--now", setting.now, "-", stdin=lines, **setting.environment
        )
        assert (ended.code, ended.err) == (0, "")
        assert len(ended.lines) == len(cases)
        told |= dict(zip(map(id, cases), map(json.loads, ended.lines), strict=True))
    return told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.shown)
def test_is_answered_with_its_facts(answers: Mapping[int, dict[str, Any]], case: Case) -> None:
    answer = answers[id(case)]
    assert case.faults(answer) == [], answer["text"]


def test_there_are_enough_of_every_kind() -> None:
    counted = Counter(case.setting.name for case in CASES)
    assert {name: counted[name] for name, least in LEAST.items() if counted[name] < least} == {}


def test_no_line_is_asked_twice() -> None:
    counted = Counter((case.ask, case.setting.packs, case.setting.knowledge) for case in CASES)
    assert [ask for ask, times in counted.items() if times > 1] == []


def test_every_case_says_what_is_expected() -> None:
    checked = ("outcome", "must", "must_not", "title", "choices")
    assert [
        case.shown for case in CASES if not any(case.expected.get(key) for key in checked)
    ] == []


@pytest.mark.parametrize("setting", list(by_setting()), ids=lambda setting: setting.name)
def test_the_console_says_the_same_as_ask(daybook: Daybook, setting: Setting) -> None:
    """Both answer for today, which may end between the two: then they are asked again."""
    cases = [case for case in by_setting()[setting] if not by_chance(case)]
    lines = "".join(f"{case.ask}\n" for case in cases)

    def said(*arguments: str) -> Ended:
        return daybook(*arguments, stdin=lines, DAYBOOK_ZONE="UTC", **setting.environment)

    asked, console = said("ask", "-"), said()
    if asked != console:
        asked, console = said("ask", "-"), said()
    assert console.code == 0
    assert console == asked


def by_chance(case: Case) -> bool:
    return any(word in case.ask.casefold() for word in BY_CHANCE)


# -- the judge itself ----------------------------------------------------------------------------

ANSWER = {
    "outcome": "found",
    "title": "21 August",
    "choices": ["20 August"],
    "text": "21 August\n1940  Somebody  dies in 1927 November.",
}

RIGHT: list[dict[str, Any]] = [
    {"outcome": "found"},
    {"title": "20 August|21 August"},
    {"must": ["somebody dies"]},
    {"must": ["lives|DIES"]},
    {"must_not": ["7 November"]},
    {"choices": ["20 August"]},
]

WRONG: list[dict[str, Any]] = [
    {"outcome": "not_found"},
    {"title": "20 August"},
    {"must": ["somebody lives"]},
    {"must_not": ["november"]},
    {"choices": ["22 August"]},
]


@pytest.mark.parametrize("expected", RIGHT, ids=str)
def test_a_right_answer_has_no_fault(expected: dict[str, Any]) -> None:
    assert Case("?", CASES[0].setting, expected).faults(ANSWER) == []


@pytest.mark.parametrize("expected", WRONG, ids=str)
def test_a_wrong_answer_has_a_fault(expected: dict[str, Any]) -> None:
    assert len(Case("?", CASES[0].setting, expected).faults(ANSWER)) == 1
