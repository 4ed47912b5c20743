"""`daybook` alone, as a real process: one answer a line in a pipe, a prompt on a terminal."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_lines import ONLY_POLAR
from processes import PATIENCE, ROOT, Daybook
from terminals import PROMPT, Terminal


def answers(out: str) -> list[str]:
    """Return the answers of a pipe, which have an empty line behind each."""
    assert out.endswith("\n\n")
    return out.removesuffix("\n\n").split("\n\n")


# -- a pipe ---------------------------------------------------------------------------------------


def test_three_lines_in_a_pipe_get_three_right_answers(daybook: Daybook) -> None:
    lines = "what happened on 21 August?\nwho was mercador\n/onthisday 31 June\n"
    done = daybook(stdin=lines)
    assert (done.code, done.err) == (0, "")
    day, person, refusal = answers(done.out)
    assert day.startswith("21 August\n")
    assert re.search(r"^1940 .*Leon Trotsky dies", day, re.MULTILINE)
    assert "Source" in day
    assert person.startswith("Ramón Mercader")
    assert "Leon Trotsky" in person
    assert "June has 30 days" in refusal
    assert "[30 June]" in refusal
    assert "[1 July]" in refusal


def test_nothing_in_a_pipe_gets_nothing(daybook: Daybook) -> None:
    done = daybook(stdin="", **ONLY_POLAR)
    assert (done.code, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (b"\n", 1),
        (b"\n\n\n", 3),
        (b"17 March\n\n2 April\n", 3),
        (b"17 March", 1),
        (b"17 March\r\n2 April\r\n", 2),
        (b"   \n\t\n", 2),
        (b"caf\xe9\n\xff\xfe\n17 March\n", 3),
        (b"\x00\x01\n17 March\n", 2),
        (b"x" * 200_000 + b"\n17 March\n", 2),
        (b"\xef\xbb\xbf17 March\n", 1),
    ],
    ids="blank blanks between end Windows spaces Latin-1 NUL long BOM".split(),
)
def test_every_line_gets_one_answer_whatever_it_holds(
    daybook: Daybook, typed: bytes, number: int
) -> None:
    done = daybook(stdin=typed, **ONLY_POLAR)
    assert (done.code, done.err) == (0, "")
    assert len(answers(done.out)) == number
    assert all(answer.strip() for answer in answers(done.out))


@pytest.mark.parametrize(
    "typed",
    [
        b"what happened on 17 March",
        b"what happened on 17 March?\r\n",
        b"\xef\xbb\xbfwhat happened on 17 March\n",
        b"x" * 70_000 + b"\nwhat happened on 17 March\n",
    ],
    ids=["no end", "Windows", "BOM", "behind a long one"],
)
def test_a_line_is_read_right_however_it_begins_and_ends(daybook: Daybook, typed: bytes) -> None:
    last = answers(daybook(stdin=typed, **ONLY_POLAR).out)[-1]
    assert last.startswith("17 March\n")
    assert "Halvard Tavelund dies" in last


def test_an_answer_comes_before_the_next_line_is_written(daybook: Daybook) -> None:
    with subprocess.Popen(
        daybook.command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=daybook.environment(**ONLY_POLAR),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for day in ("17 March", "2 April"):
            process.stdin.write(f"{day}\n".encode())
            process.stdin.flush()
            assert process.stdout.readline().decode().strip() == day
            while process.stdout.readline() != b"\n":
                pass
        process.stdin.close()
        assert process.wait(PATIENCE) == 0


def test_in_a_pipe_nothing_is_coloured_or_prompted(daybook: Daybook) -> None:
    done = daybook(stdin="17 March\n", **ONLY_POLAR)
    assert "\x1b" not in done.out
    assert ">" not in done.out


# -- a terminal -----------------------------------------------------------------------------------

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


@pytest.fixture
def terminal(daybook: Daybook, tmp_path: Path) -> Iterator[Terminal]:
    """Open a terminal in which the invented expedition is asked, with a history of its own."""
    with Terminal(daybook, XDG_DATA_HOME=str(tmp_path / "data"), **ONLY_POLAR) as opened:
        opened.wait_for(PROMPT)
        yield opened


def test_the_terminal_says_what_it_knows_and_how_to_ask(daybook: Daybook) -> None:
    with Terminal(daybook, **ONLY_POLAR) as opened:
        greeting = opened.wait_for("Ctrl-D ends.")
        assert "The Meridian Expedition" in greeting
        assert "/help" in greeting


def test_a_typed_question_is_answered(terminal: Terminal) -> None:
    terminal.press("who was rangwald\r")
    assert "Eskil Rangvald" in terminal.wait_for("Source: Chronicle of the Meridian")


def test_several_questions_are_answered_in_turn(terminal: Terminal) -> None:
    terminal.press("17 March\r")
    assert "Halvard Tavelund dies at 64" in terminal.wait_for("Source: Chronicle")
    terminal.press("31 June\r")
    terminal.wait_for("June has 30 days")


def test_tab_completes_a_command(terminal: Terminal) -> None:
    terminal.press("/onth\t")
    terminal.wait_for("isday")
    terminal.press("2 April\r")
    assert "debt of nine crowns" in terminal.wait_for("Source: Chronicle")


def test_tab_completes_a_name(terminal: Terminal) -> None:
    terminal.press("who was Rang\t")
    terminal.wait_for("Eskil Rangvald")
    terminal.press("\r")
    assert "Mate of the Sabelvind" in terminal.wait_for("Source: Chronicle")


def test_more_shows_page_after_page_until_that_was_all(terminal: Terminal) -> None:
    terminal.press("1869 to 1921\r")
    first = terminal.wait_for('23 more; type "more".')
    assert "1869" in first
    assert "1921" not in first.partition("1869–1921")[2]
    terminal.press("more\r")
    terminal.wait_for('11 more; type "more".')
    terminal.press("m\r")
    assert "The White Meridian" in terminal.wait_for("Source: Chronicle")
    terminal.press("more\r")
    terminal.wait_for("That was all.")


def test_an_empty_line_asks_nothing(terminal: Terminal) -> None:
    terminal.press("\r\r17 March\r")
    assert "look things up" not in terminal.wait_for("Source: Chronicle")


@pytest.mark.parametrize("keys", ["\x04", "\x03", "exit\r", "QUIT\r"])
def test_the_chat_ends_well(terminal: Terminal, keys: str) -> None:
    terminal.press(keys)
    assert terminal.end() == 0
    assert "Traceback" not in terminal.raw


def test_the_history_is_kept_for_its_owner_alone(terminal: Terminal, tmp_path: Path) -> None:
    terminal.press("17 March\r")
    terminal.wait_for("Source: Chronicle")
    terminal.wait_for(PROMPT)
    terminal.press("\x04")
    assert terminal.end() == 0
    history = tmp_path / "data" / "daybook" / "console-history"
    assert "17 March" in history.read_text("utf-8")
    assert history.stat().st_mode & 0o077 == 0


def test_the_last_question_comes_back_with_the_up_key(terminal: Terminal) -> None:
    terminal.press("17 March\r")
    terminal.wait_for("Source: Chronicle")
    terminal.wait_for(PROMPT)
    terminal.press("\x1b[A\r")
    assert "dies at 64" in terminal.wait_for("Source: Chronicle")


def test_a_home_that_cannot_be_written_keeps_no_history_and_works(
    daybook: Daybook, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way of the folder")
    with Terminal(daybook, XDG_DATA_HOME=str(blocked), **ONLY_POLAR) as opened:
        opened.wait_for(PROMPT)
        opened.press("17 March\r")
        opened.wait_for("Source: Chronicle")
        opened.wait_for(PROMPT)
        opened.press("\x04")
        assert opened.end() == 0


def test_a_narrow_terminal_wraps_between_words(daybook: Daybook) -> None:
    with Terminal(daybook, columns="40", **ONLY_POLAR) as opened:
        opened.wait_for(PROMPT)
        opened.press("14 June\r")
        shown = opened.wait_for("Source: Chronicle")
        lines = shown[shown.index("1893") :].split("\n")
        assert len(lines) > 2
        assert max(map(len, lines)) <= 40
