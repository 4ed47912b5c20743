"""The command line as operators' scripts use it: real processes, their output and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from processes import PATIENCE, ROOT, Daybook, Ended

from bot.__main__ import SUBCOMMANDS

POLAR = ROOT / "tests" / "packs" / "polar-expedition"
ONLY_POLAR = {"DAYBOOK_PACKS": "", "DAYBOOK_KNOWLEDGE": str(POLAR)}

VILLAGE = """
[pack]
title = "Our village"

[[event]]
id = "brigade"
date = "1921-05-14"
text = "The volunteer fire brigade of Oberbach is founded with a hand pump."

[[entity]]
id = "wallner"
kind = "person"
name = "Grete Wallner"
description = "Teacher in Oberbach who wrote the village chronicle."
"""

FAULTY = """
[[event]]
date = "1921-02-30"
text = "A day that no calendar has."

[[event]]
text = "A text without a date."

[[entity]]
kind = "person"
name = "Grete Wallner"
agee = 51
"""

KEYS = {"command", "outcome", "title", "items", "choices", "text"}


@pytest.fixture
def village(tmp_path: Path) -> Path:
    path = tmp_path / "village.toml"
    path.write_text(VILLAGE, "utf-8")
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "faulty.toml"
    path.write_text(FAULTY, "utf-8")
    return path


def ask_json(daybook: Daybook, *arguments: str, **more: str) -> dict[str, Any]:
    done = daybook("ask", "--json", *arguments, **{**ONLY_POLAR, **more})
    assert (done.code, done.err) == (0, "")
    (line,) = done.lines
    answer = json.loads(line)
    assert set(answer) == KEYS
    return dict(answer)


def keys(answer: dict[str, Any]) -> list[str]:
    return [item["id"] for item in answer["items"]]


def is_one_line(done: Ended) -> bool:
    return len(done.err.splitlines()) == 1 and done.out == ""


# -- ask: what is asked ---------------------------------------------------------------------------


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


# -- ask: now -------------------------------------------------------------------------------------

NOW = [
    # a date alone is noon of that day, in every zone
    ("2026-03-17", None, "17 March"),
    ("2026-03-17", "Pacific/Kiritimati", "17 March"),
    ("2026-03-17", "Etc/GMT+12", "17 March"),
    ("2024-02-29", None, "29 February"),
    # a date-time without an offset is of the zone, else of UTC
    ("2026-03-17T23:30:00", None, "17 March"),
    ("2026-03-17T23:30:00", "Europe/Berlin", "17 March"),
    ("2026-03-17T00:00", "America/Los_Angeles", "17 March"),
    ("2026-03-17 23:59:59", None, "17 March"),
    # one with an offset is of that offset, but of the zone if there is one
    ("2026-03-17T23:30:00-05:00", None, "17 March"),
    ("2026-03-17T00:30:00+14:00", None, "17 March"),
    ("2026-03-17T23:30:00Z", None, "17 March"),
    ("2026-03-17T23:30:00Z", "Europe/Berlin", "18 March"),
    ("2026-03-17T23:30:00+00:00", "Europe/Berlin", "18 March"),
    ("2026-03-17T03:00:00Z", "America/Los_Angeles", "16 March"),
    ("2026-03-17T03:00:00+09:00", "UTC", "16 March"),
    # summer time: 22:30 UTC is 00:30 in Berlin in July, 23:30 in January
    ("2026-07-05T22:30:00Z", "Europe/Berlin", "6 July"),
    ("2026-01-05T22:30:00Z", "Europe/Berlin", "5 January"),
]


@pytest.mark.parametrize(
    ("now", "zone", "day"), NOW, ids=[f"{now} {zone or 'no zone'}" for now, zone, _ in NOW]
)
def test_today_is_the_day_of_now_in_the_zone(
    daybook: Daybook, now: str, zone: str | None, day: str
) -> None:
    more = {"DAYBOOK_ZONE": zone} if zone else {}
    # the machine's zone must not matter where a moment is given
    assert ask_json(daybook, "--now", now, "today", TZ="XXX-14", **more)["title"] == day


@pytest.mark.parametrize("variable", ["DAYBOOK_ZONE", "TZ"])
def test_without_now_today_is_of_the_zone_else_of_the_machine(
    daybook: Daybook, variable: str
) -> None:
    # 26 hours lie between these two zones, so it is never the same day in both
    east, west = (
        ("Etc/GMT-14", "Etc/GMT+12") if variable == "DAYBOOK_ZONE" else ("EEE-14", "WWW+12")
    )
    days = {ask_json(daybook, "today", **{variable: zone})["title"] for zone in (east, west)}
    assert len(days) == 2


@pytest.mark.parametrize(
    "now", ["21 August", "2026-02-30", "2026-08-21T25:00", "now", "", "2026", "1e3"]
)
def test_a_moment_that_is_none_is_wrong_usage(daybook: Daybook, now: str) -> None:
    done = daybook("ask", "--now", now, "today", **ONLY_POLAR)
    assert (done.code, done.out) == (2, "")
    assert "--now" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("now", "zone"),
    [
        ("0001-01-01T00:00:00+14:00", "America/Los_Angeles"),
        ("9999-12-31T23:59:59-12:00", "Pacific/Kiritimati"),
    ],
)
def test_a_moment_beyond_the_ends_of_time_is_wrong_usage(
    daybook: Daybook, now: str, zone: str
) -> None:
    done = daybook("ask", "--now", now, "today", DAYBOOK_ZONE=zone, **ONLY_POLAR)
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err


# -- ask: a line after the other ------------------------------------------------------------------


def test_a_dash_answers_exactly_one_json_line_a_line_in_order(daybook: Daybook) -> None:
    lines = ["17 March", "", "   ", "31 June", "who was Tavelund", "", "2 April", "-", "/help"]
    done = daybook("ask", "--json", "-", stdin="\n".join(lines) + "\n", **ONLY_POLAR)
    assert (done.code, done.err) == (0, "")
    answers = [json.loads(line) for line in done.lines]
    assert [answer["title"] for answer in answers] == [
        *("17 March", None, None, None, None, None, "2 April", None, "Help")
    ]
    outcomes = [answer["outcome"] for answer in answers]
    assert outcomes[3:5] == ["invalid", "ambiguous"]
    assert {outcomes[1], outcomes[2], outcomes[5], outcomes[7]} == {"invalid"}


@pytest.mark.parametrize(
    ("stdin", "number"),
    [
        (b"", 0),
        (b"\n", 1),
        (b"17 March", 1),
        (b"17 March\n\n", 2),
        (b"\xff\xfe\x00\n17 March\n", 2),
        (b"a\rb\n", 1),
        ("one\u2028line\x85still\n".encode(), 1),
        (b"y" * 300_000 + b"\n17 March\n", 2),
    ],
    ids="nothing blank end blanks bytes return separators long".split(),
)
def test_every_line_of_input_is_one_line_of_output(
    daybook: Daybook, stdin: bytes, number: int
) -> None:
    done = daybook("ask", "--json", "-", stdin=stdin, **ONLY_POLAR)
    assert (done.code, done.err) == (0, "")
    assert done.out.count("\n") == len(done.lines) == number
    assert all(set(json.loads(line)) == KEYS for line in done.lines)


def test_an_answer_is_flushed_before_the_next_question_is_read(daybook: Daybook) -> None:
    with subprocess.Popen(
        daybook.command("ask", "--json", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=daybook.environment(**ONLY_POLAR),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for day in ("17 March", "2 April", "26 May"):
            process.stdin.write(f"{day}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["title"] == day
        process.stdin.close()
        assert process.wait(PATIENCE) == 0


def test_now_holds_for_every_line(daybook: Daybook) -> None:
    done = daybook(
        "ask", "--json", "--now", "2026-03-17", "-", stdin="today\ntomorrow\n", **ONLY_POLAR
    )
    assert [json.loads(line)["title"] for line in done.lines] == ["17 March", "18 March"]


def test_a_reader_that_leaves_ends_it_without_a_traceback(daybook: Daybook) -> None:
    with subprocess.Popen(
        daybook.command("ask", "--json", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=daybook.environment(**ONLY_POLAR),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"17 March\n")
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        try:
            process.stdin.write(b"1880 to 1921\n" * 500)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has ended already
        process.wait(PATIENCE)
        assert process.stderr.read() == b""


# -- ask: further knowledge -----------------------------------------------------------------------


def test_knowledge_adds_a_pack_in_a_file(daybook: Daybook, village: Path) -> None:
    answer = ask_json(daybook, "--knowledge", str(village), "14 May")
    assert keys(answer) == ["village/brigade"]


def test_knowledge_adds_to_what_is_configured(daybook: Daybook, village: Path) -> None:
    answer = ask_json(daybook, "--knowledge", str(village), "17 March")
    assert "polar-expedition/tavelund-dies" in keys(answer)


def test_knowledge_adds_a_folder(daybook: Daybook) -> None:
    done = daybook("ask", "--json", "--knowledge", str(POLAR), "2 April", DAYBOOK_PACKS="")
    assert keys(json.loads(done.out)) == ["polar-expedition/circle-founded"]


def test_knowledge_adds_a_built_file(daybook: Daybook, village: Path, tmp_path: Path) -> None:
    built = tmp_path / "built.sqlite"
    assert daybook("build", str(village), "--output", str(built)).code == 0
    answer = ask_json(daybook, "--knowledge", str(built), "14 May")
    assert keys(answer) == ["village/brigade"]


def test_knowledge_may_be_given_several_times(
    daybook: Daybook, village: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"type":"event","date":"1921-05-14","text":"Rain falls."}\n', "utf-8")
    answer = ask_json(daybook, "--knowledge", str(village), "--knowledge", str(other), "14 May")
    assert {key.partition("/")[0] for key in keys(answer)} == {"village", "other"}


def test_a_pack_with_faults_is_named_with_every_complaint(daybook: Daybook, faulty: Path) -> None:
    done = daybook("ask", "--knowledge", str(faulty), "14 May", **ONLY_POLAR)
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 3
    assert all(line.startswith(f"{faulty}:") for line in done.err.splitlines())


def test_a_file_that_is_no_pack_is_refused(daybook: Daybook, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0")
    done = daybook("ask", "--knowledge", str(photo), "14 May", **ONLY_POLAR)
    assert (done.code, done.out) == (1, "")
    assert "photo.jpg" in done.err
    assert "Traceback" not in done.err


def test_one_pack_added_twice_is_refused(daybook: Daybook) -> None:
    done = daybook("ask", "--knowledge", str(POLAR), "2 April", **ONLY_POLAR)
    assert (done.code, done.out) == (1, "")
    assert "polar-expedition" in done.err


# -- wrong usage, wrong configuration -------------------------------------------------------------

WRONG_USAGE = [
    ["ask"],
    ["ask", "--nonsense", "x"],
    ["ask", "--now"],
    ["ask", "--knowledge", "no/such/file.toml", "x"],
    ["build"],
    ["build", str(POLAR)],
    ["build", "--output", "x.sqlite"],
    ["build", "no/such/pack", "--output", "x.sqlite"],
    ["check"],
    ["check", "no/such/pack"],
    ["doctor", "now"],
    ["dance"],
    ["--nonsense"],
]


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=" ".join)
def test_wrong_usage_ends_with_2_and_says_why(daybook: Daybook, arguments: list[str]) -> None:
    done = daybook(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "Error" in done.err
    assert "Traceback" not in done.err


WRONG_CONFIGURATION = [
    ("DAYBOOK_PACKS", "napoleon"),
    ("DAYBOOK_KNOWLEDGE", "no/such/file.toml"),
    ("DAYBOOK_ZONE", "Atlantis/Capital"),
    ("DAYBOOK_LOG", "loud"),
]


@pytest.mark.parametrize(("variable", "value"), WRONG_CONFIGURATION)
@pytest.mark.parametrize(
    "arguments",
    [["ask", "17 March"], ["ask", "--now", "2026-01-01T00:00", "today"], ["ask", "-"], []],
)
def test_a_wrong_variable_is_one_line_that_names_it_and_78(
    daybook: Daybook, variable: str, value: str, arguments: list[str]
) -> None:
    done = daybook(*arguments, stdin="17 March\n", **{variable: value})
    assert done.code == 78
    assert is_one_line(done)
    assert done.err.startswith(f"{variable}: ")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DISCORD_TOKEN", "none"),
        ("TELEGRAM_TOKEN_FILE", "no/such/file"),
        ("TELEGRAM_WEBHOOK_URL", "nowhere"),
        ("DAYBOOK_HTTP", "nowhere"),
    ],
)
@pytest.mark.parametrize("arguments", [["ask", "17 March"], []], ids=["ask", "chat"])
def test_a_look_up_here_does_not_mind_how_platforms_are_set(
    daybook: Daybook, variable: str, value: str, arguments: list[str]
) -> None:
    done = daybook(*arguments, stdin="17 March\n", **ONLY_POLAR, **{variable: value})
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("17 March\n")


def test_a_faulty_pack_in_the_environment_is_wrong_configuration(
    daybook: Daybook, faulty: Path
) -> None:
    done = daybook("ask", "x", DAYBOOK_KNOWLEDGE=str(faulty))
    assert done.code == 78
    assert is_one_line(done)
    assert done.err.startswith("DAYBOOK_KNOWLEDGE: ")
    assert "faulty.toml" in done.err


# -- build ----------------------------------------------------------------------------------------


def test_a_built_file_alone_answers_as_its_packs_do(
    daybook: Daybook, village: Path, tmp_path: Path
) -> None:
    built = tmp_path / "built.sqlite"
    done = daybook("build", str(POLAR), str(village), "--output", str(built))
    assert (done.code, done.err) == (0, "")
    assert str(built) in done.out
    assert "2 packs" in done.out
    more = {"DAYBOOK_PACKS": "", "DAYBOOK_KNOWLEDGE": str(built)}
    both = {"DAYBOOK_PACKS": "", "DAYBOOK_KNOWLEDGE": os.pathsep.join([str(POLAR), str(village)])}
    questions = "17 March\n14 May\nwho was wallner\nwho was Tavelund\n1896\n/sources\n26 May\n"
    asked = [daybook("ask", "--json", "-", stdin=questions, **some) for some in (more, both)]
    assert asked[0].code == 0
    assert asked[0].lines == asked[1].lines


def test_a_knowledge_file_can_be_built_into_another(
    daybook: Daybook, village: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.sqlite", tmp_path / "second.sqlite"
    assert daybook("build", str(village), "--output", str(first)).code == 0
    assert daybook("build", str(first), str(POLAR), "--output", str(second)).code == 0
    more = {"DAYBOOK_PACKS": "", "DAYBOOK_KNOWLEDGE": str(second)}
    assert keys(ask_json(daybook, "14 May", **more)) == ["village/brigade"]


def test_build_replaces_a_file_and_leaves_nothing_else(
    daybook: Daybook, village: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    built = folder / "built.sqlite"
    built.write_text("something old")
    assert daybook("build", str(village), "--output", str(built)).code == 0
    assert built.read_bytes().startswith(b"SQLite format 3\0")
    assert [path.name for path in folder.iterdir()] == ["built.sqlite"]


def test_build_names_every_complaint_and_writes_nothing(
    daybook: Daybook, faulty: Path, village: Path, tmp_path: Path
) -> None:
    built = tmp_path / "built.sqlite"
    done = daybook("build", str(village), str(faulty), "--output", str(built))
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 3
    assert not built.exists()


def test_build_says_where_it_cannot_write(daybook: Daybook, village: Path, tmp_path: Path) -> None:
    done = daybook("build", str(village), "--output", str(tmp_path / "no" / "built.sqlite"))
    assert (done.code, done.out) == (1, "")
    assert "can't be written" in done.err
    assert "Traceback" not in done.err


# -- check ----------------------------------------------------------------------------------------


def test_check_of_good_packs_counts_them_and_ends_with_0(daybook: Daybook, village: Path) -> None:
    done = daybook("check", str(POLAR), str(village))
    assert (done.code, done.err) == (0, "")
    polar, of_village = done.lines
    assert polar.startswith("polar-expedition: 43 events, 26 entities")
    assert of_village.startswith("village: 1 events, 1 entities")


def test_the_built_in_packs_are_good(daybook: Daybook) -> None:
    packs = ROOT / "knowledge" / "packs"
    done = daybook("check", str(packs / "leon-trotsky"), str(packs / "nobel-laureates.jsonl"))
    assert (done.code, len(done.lines)) == (0, 2)


@pytest.mark.parametrize(
    ("line", "key", "word"), [(2, "date", "30"), (6, "date", "missing"), (9, "agee", "no key")]
)
def test_check_names_each_complaint_with_file_line_and_key(
    daybook: Daybook, faulty: Path, line: int, key: str, word: str
) -> None:
    done = daybook("check", str(faulty))
    assert (done.code, len(done.lines)) == (1, 3)
    (complaint,) = (text for text in done.lines if text.startswith(f"{faulty}:{line}: {key}: "))
    assert word in complaint


# -- doctor ---------------------------------------------------------------------------------------


def findings(done: Ended, word: str) -> list[str]:
    return [line for line in done.lines if line.startswith(f"{word}: ")]


def test_doctor_finds_a_good_installation_well(daybook: Daybook) -> None:
    done = daybook("doctor")
    assert (done.code, done.err) == (0, "")
    assert findings(done, "ok") == done.lines
    assert any("leon-trotsky" in line for line in done.lines)
    assert any("nobel-laureates" in line for line in done.lines)


@pytest.mark.parametrize(("variable", "value"), WRONG_CONFIGURATION)
def test_doctor_names_a_wrong_variable_and_its_cure(
    daybook: Daybook, variable: str, value: str
) -> None:
    done = daybook("doctor", **{variable: value})
    (wrong,) = findings(done, "wrong")
    assert done.code == 78
    assert variable in wrong
    assert "Correct" in wrong


def test_doctor_finds_an_empty_library(daybook: Daybook) -> None:
    done = daybook("doctor", DAYBOOK_PACKS="")
    (wrong,) = findings(done, "wrong")
    assert done.code == 1
    assert "DAYBOOK_PACKS" in wrong


def test_doctor_names_every_complaint_about_packs(daybook: Daybook, faulty: Path) -> None:
    done = daybook("doctor", DAYBOOK_KNOWLEDGE=str(faulty))
    assert (done.code, len(findings(done, "wrong"))) == (1, 3)


def test_doctor_finds_a_cache_that_cannot_be_written(daybook: Daybook, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way of the folder")
    done = daybook("doctor", XDG_CACHE_HOME=str(blocked), **ONLY_POLAR)
    (wrong,) = findings(done, "wrong")
    assert done.code == 1
    assert str(blocked) in wrong
    assert "DAYBOOK_KNOWLEDGE" in wrong


# -- the cache ------------------------------------------------------------------------------------


def test_a_cache_that_cannot_be_written_is_done_without(daybook: Daybook, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way of the folder")
    answer = ask_json(daybook, "2 April", XDG_CACHE_HOME=str(blocked))
    assert keys(answer) == ["polar-expedition/circle-founded"]


def test_a_damaged_built_file_is_built_again(daybook: Daybook, tmp_path: Path) -> None:
    cache = {"XDG_CACHE_HOME": str(tmp_path)}
    ask_json(daybook, "2 April", **cache)
    (built,) = tmp_path.glob("daybook/knowledge-*.sqlite")
    whole = built.stat().st_size
    built.write_bytes(built.read_bytes()[: whole // 2])
    assert keys(ask_json(daybook, "2 April", **cache)) == ["polar-expedition/circle-founded"]
    assert built.stat().st_size == whole


def test_a_changed_pack_is_answered_anew(daybook: Daybook, village: Path) -> None:
    more = {"DAYBOOK_KNOWLEDGE": str(village)}
    assert ask_json(daybook, "14 May", **more)["outcome"] == "found"
    village.write_text(VILLAGE.replace("1921-05-14", "1921-05-15"), "utf-8")
    assert ask_json(daybook, "14 May", **more)["outcome"] == "not_found"
    assert ask_json(daybook, "15 May", **more)["outcome"] == "found"


def test_two_processes_may_build_at_once(daybook: Daybook, tmp_path: Path) -> None:
    environment = daybook.environment(XDG_CACHE_HOME=str(tmp_path), **ONLY_POLAR)
    running = [
        subprocess.Popen(
            daybook.command("ask", "--json", "2 April"),
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=environment,
        )
        for _ in range(4)
    ]
    out = [process.communicate(timeout=PATIENCE)[0] for process in running]
    assert {process.returncode for process in running} == {0}
    assert len(set(out)) == 1
    assert len(list(tmp_path.glob("daybook/*"))) == 1


# -- the command itself ---------------------------------------------------------------------------


def test_daybook_is_the_same_as_python_m_bot(daybook: Daybook) -> None:
    script = Path(sysconfig.get_path("scripts")) / "daybook"
    assert script.is_file(), "install the project into the environment that runs the tests"
    for arguments in (["ask", "--json", "17 March"], ["--version"], ["ask"]):
        done = subprocess.run(
            [script, *arguments],
            capture_output=True,
            cwd=ROOT,
            env=daybook.environment(**ONLY_POLAR),
            timeout=PATIENCE,
            check=False,
        )
        module = daybook(*arguments, **ONLY_POLAR)
        assert (done.returncode, done.stdout.decode()) == (module.code, module.out)


def test_version_is_that_of_the_distribution(daybook: Daybook) -> None:
    done = daybook("--version")
    assert done.code == 0
    assert done.out.split() == ["daybook,", "version", version("daybook-bot")]


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_lists_every_subcommand_with_what_it_does(daybook: Daybook, option: str) -> None:
    done = daybook(option, COLUMNS="200")
    assert (done.code, done.err) == (0, "")
    for name, what in SUBCOMMANDS.items():
        assert any(line.split() == [name, *what.split()] for line in done.lines)


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_subcommand_has_help_of_its_own(daybook: Daybook, name: str) -> None:
    done = daybook(name, "--help")
    assert (done.code, done.err) == (0, "")
    assert f"bot {name}" in done.lines[0] or f"daybook {name}" in done.lines[0]


def test_a_start_imports_no_library_of_a_platform(daybook: Daybook) -> None:
    code = (
        "import sys\nsys.argv = ['daybook', 'ask', '17 March']\n"
        "from bot.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({'discord', 'telegram', 'prompt_toolkit', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        cwd=ROOT,
        env=daybook.environment(**ONLY_POLAR),
        timeout=PATIENCE,
        check=False,
    )
    assert done.stdout.decode().splitlines()[-1] == "[]"
