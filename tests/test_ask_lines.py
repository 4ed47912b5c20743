"""`daybook ask -`: a line of answer to each line of input, at once and in order."""

from __future__ import annotations

import json
import subprocess

import pytest
from command_lines import KEYS, ONLY_POLAR
from processes import PATIENCE, ROOT, Daybook


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
