"""README shows what the program says."""

from __future__ import annotations

from pathlib import Path

from readme_conversation import QUESTIONS, shown, with_conversation, wrapped

README = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")


def test_the_conversation_is_what_the_program_says() -> None:
    """If it isn't: python scripts/readme_conversation.py README.md."""
    assert with_conversation(README) == README


def test_every_question_is_in_it() -> None:
    assert [question for question in QUESTIONS if f"\n> {question}\n" not in README] == []


def test_a_long_answer_is_cut_in_the_middle_and_keeps_its_source() -> None:
    answer = "\n".join([*map(str, range(20)), "Source: S"])
    assert shown(answer) == "0\n1\n2\n3\n4\n... 15 more lines\nSource: S"


def test_a_long_line_hangs_under_its_beginning() -> None:
    assert wrapped("word " * 30).split("\n")[1].startswith("    word")


def test_a_short_answer_stays_whole() -> None:
    assert shown("one\ntwo") == "one\ntwo"
