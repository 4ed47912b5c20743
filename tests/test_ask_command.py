"""`daybook ask` as scripts use it: what it takes, what it prints, and that it ends with 0."""

from __future__ import annotations

import json
import os
import subprocess

import pytest
from command_lines import ONLY_POLAR, ask_json
from processes import PATIENCE, ROOT, Daybook


def test_ask_prints_the_answer_as_text(daybook: Daybook) -> None:
    done = daybook("ask", "17 March", **ONLY_POLAR)
    assert (done.code, done.err) == (0, "")
    assert done.lines[0] == "17 March"
    assert done.lines[-1].startswith("Source: Chronicle of the Meridian")


def test_ask_joins_its_arguments_by_a_space(daybook: Daybook) -> None:
    joined = daybook("ask", "what", "happened", "on", "17", "March?", **ONLY_POLAR)
    assert joined == daybook("ask", "what happened on 17 March?", **ONLY_POLAR)


@pytest.mark.parametrize(
    "arguments",
    [
        ["/onthisday 17 March"],
        ["/onthisday", "17", "March"],
        ['/onthisday date:"17 March"'],
        ["/onthisday", "date:17 March"],
    ],
)
def test_ask_takes_a_command(daybook: Daybook, arguments: list[str]) -> None:
    assert ask_json(daybook, *arguments)["title"] == "17 March"


def test_the_text_of_an_answer_is_what_is_printed_without_json(daybook: Daybook) -> None:
    printed = daybook("ask", "17 March", **ONLY_POLAR).out
    assert ask_json(daybook, "17 March")["text"] + "\n" == printed


OUTCOMES = [
    ("17 March", "onthisday", "found", "17 March"),
    ("who was rangwald", "whowas", "found", "Eskil Rangvald"),
    ("/sources", "sources", "found", "Sources"),
    ("/help", "help", "found", "Help"),
    ("03-10", "onthisday", "found", "3 October"),
    ("26 May", "onthisday", "not_found", "26 May"),
    ("who was Napoleon", "whowas", "not_found", None),
    ("who was Tavelund", "whowas", "ambiguous", None),
    ("31 June", "onthisday", "invalid", None),
    ("sing me a song", None, "invalid", None),
    ("", None, "invalid", None),
    ("/dance", None, "invalid", None),
]


@pytest.mark.parametrize(
    ("text", "command", "outcome", "title"), OUTCOMES, ids=[case[0] or "''" for case in OUTCOMES]
)
def test_every_outcome_ends_with_0(
    daybook: Daybook, text: str, command: str | None, outcome: str, title: str | None
) -> None:
    answer = ask_json(daybook, text)
    assert (answer["command"], answer["outcome"], answer["title"]) == (command, outcome, title)


def test_an_item_is_as_the_contract_shows_it(daybook: Daybook) -> None:
    item = ask_json(daybook, "14 June")["items"][0]
    assert item["id"] == "polar-expedition/departure"
    assert item["date"] == "1893-06-14"
    assert item["text"].endswith("sails from Port Sorrel with thirty-one people on board.")
    assert item["source"] == {
        "title": "Chronicle of the Meridian",
        "section": ["The voyage (1893–1898)", "Departure"],
        "url": None,
    }


def test_whowas_gives_the_entity_and_then_its_events(daybook: Daybook) -> None:
    items = ask_json(daybook, "who was Eskil Rangvald")["items"]
    assert [item["date"] for item in items] == [None, "1896-07-01", "1899-06-19", "1899-08-14"]
    assert items[0]["id"] == "polar-expedition/eskil-rangvald"


def test_the_day_of_the_contract_is_answered_by_the_built_in_packs(daybook: Daybook) -> None:
    done = daybook("ask", "--json", "/onthisday", "21 August 1940")
    answer = json.loads(done.out)
    item = next(i for i in answer["items"] if i["id"] == "leon-trotsky/1940-08-21-death")
    assert item["date"] == "1940-08-21"
    assert item["source"] == {
        "title": "Leon Trotsky",
        "section": ["Exile (1929–1940)", "Assassination"],
        "url": None,
    }


def test_an_argument_that_is_no_utf8_is_answered(daybook: Daybook) -> None:
    words = [*(os.fsencode(word) for word in daybook.command("ask", "--json")), b"caf\xe9"]
    done = subprocess.run(
        words,
        capture_output=True,
        cwd=ROOT,
        env=daybook.environment(**ONLY_POLAR),
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode())["outcome"] == "invalid"


@pytest.mark.parametrize(
    "locale",
    [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}],
)
def test_answers_are_utf8_whatever_the_locale_is(daybook: Daybook, locale: dict[str, str]) -> None:
    assert "Mercader" in daybook("ask", "who was mercador", **locale).out
    assert "Ramón" in daybook("ask", "who was mercador", **locale).out
