"""Wrong usage ends with 2 and wrong configuration with 78, each with a line that says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_lines import ONLY_POLAR, POLAR, WRONG_CONFIGURATION, is_one_line
from processes import Daybook

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
