"""Typed commands: what stands behind the stroke, as a command with its options."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command import Action, Command, Option, Request
from bot.errors import UserError
from bot.reply import Outcome, Reply
from bot.typed_command import is_command, read_command, write_command

Ask = Callable[..., Reply]


def nothing(request: Request, options: object) -> Reply:
    raise AssertionError("reading a command answers nothing")


COMMANDS = {
    command.name: command
    for command in (
        Command("look", "Look something up", nothing, (Option("what", "W"), Option("how", "H"))),
        Command("help", "Help", nothing),
        Command(
            "watch",
            "Watch a star",
            nothing,
            actions=(
                Action("show", "What is watched"),
                Action(
                    "set", "Watch", (Option("time", "T"), Option("star", "S"), Option("how", "H"))
                ),
                Action("stop", "Stop", (Option("star", "S"),)),
            ),
        ),
    )
}

READ = [
    # the first option by position
    ("/look", "look", {}),
    ("/look stars", "look", {"what": "stars"}),
    ("/look bright stars", "look", {"what": "bright stars"}),
    ("/look   bright   stars  ", "look", {"what": "bright   stars"}),
    # by name
    ("/look what:stars", "look", {"what": "stars"}),
    ("/look what: stars", "look", {"what": "stars"}),
    ("/look what:bright stars", "look", {"what": "bright stars"}),
    ("/look how:far", "look", {"how": "far"}),
    # several
    ("/look stars how:far", "look", {"what": "stars", "how": "far"}),
    ("/look bright stars how:far away", "look", {"what": "bright stars", "how": "far away"}),
    ("/look what:stars how:far", "look", {"what": "stars", "how": "far"}),
    ("/look how:far what:bright stars", "look", {"what": "bright stars", "how": "far"}),
    # quotes, straight and typographic
    ('/look "bright stars"', "look", {"what": "bright stars"}),
    ('/look what:"bright stars"', "look", {"what": "bright stars"}),
    (
        '/look what:"bright stars" how:"far away"',
        "look",
        {"what": "bright stars", "how": "far away"},
    ),
    ("/look what:“bright stars”", "look", {"what": "bright stars"}),
    ("/look «bright stars»", "look", {"what": "bright stars"}),
    ("/look 'bright stars'", "look", {"what": "bright stars"}),
    ('/look "bright" stars', "look", {"what": '"bright" stars'}),
    ('/look what:"a how:b"', "look", {"what": "a how:b"}),
    # the name of an option in any case
    ("/look WHAT:stars How:far", "look", {"what": "stars", "how": "far"}),
    # the command in any case, with the bot's name behind it, with space around it
    ("/LOOK stars", "look", {"what": "stars"}),
    ("/look@DaybookBot stars", "look", {"what": "stars"}),
    ("/look@daybook_bot", "look", {}),
    ("  /look stars", "look", {"what": "stars"}),
    ("/look\tstars", "look", {"what": "stars"}),
    ("/look\nstars", "look", {"what": "stars"}),
    # a word with a colon that is no option's name is text, if a space follows
    ("/look stars: a book", "look", {"what": "stars: a book"}),
    # what stands behind a command without options is left
    ("/help", "help", {}),
    ("/help me", "help", {}),
]


@pytest.mark.parametrize(("typed", "name", "options"), READ, ids=[ascii(case[0]) for case in READ])
def test_reads(typed: str, name: str, options: dict[str, str]) -> None:
    assert is_command(typed)
    invocation = read_command(typed, COMMANDS)
    assert (invocation.command, dict(invocation.options)) == (name, options)


ACTIONS = [
    ("/watch", "show", {}),  # the first where none is named
    ("/watch show", "show", {}),
    ("/watch SHOW", "show", {}),
    ("/watch stop", "stop", {}),
    ("/watch stop Alpha Centauri", "stop", {"star": "Alpha Centauri"}),
    # of several options each word is one, by position, and the last takes the rest
    ("/watch set 09:00", "set", {"time": "09:00"}),
    ("/watch set 09:00 Vega", "set", {"time": "09:00", "star": "Vega"}),
    ("/watch set 09:00 Vega far away", "set", {"time": "09:00", "star": "Vega", "how": "far away"}),
    (
        '/watch set 09:00 "Alpha Centauri" far',
        "set",
        {"time": "09:00", "star": "Alpha Centauri", "how": "far"},
    ),
    # by name, and both
    ("/watch set time:09:00 how:far", "set", {"time": "09:00", "how": "far"}),
    ("/watch set 09:00 how:far away", "set", {"time": "09:00", "how": "far away"}),
    (
        "/watch set time:09:00 star:Alpha Centauri",
        "set",
        {"time": "09:00", "star": "Alpha Centauri"},
    ),
]


@pytest.mark.parametrize(("typed", "action", "options"), ACTIONS, ids=[one[0] for one in ACTIONS])
def test_reads_what_a_command_is_to_do(typed: str, action: str, options: dict[str, str]) -> None:
    invocation = read_command(typed, COMMANDS)
    assert (invocation.action, dict(invocation.options)) == (action, options)


REFUSED = [
    ("/watch dance", ["/watch", "show, set, stop"]),
    ("/watch set colour:red", ["/watch set", "colour", "time, star, how"]),
    ("/dance", ["/dance", "/look", "/help"]),
    ("/lookstars", ["/lookstars", "/look"]),
    ("/look! stars", ["/look"]),
    ("/look colour:red", ["/look", "colour", "what, how"]),
    ("/look stars colour:red", ["/look", "colour", "what, how"]),
]


@pytest.mark.parametrize(("typed", "words"), REFUSED, ids=[case[0] for case in REFUSED])
def test_refuses_what_it_does_not_know_and_says_what_it_knows(typed: str, words: list[str]) -> None:
    with pytest.raises(UserError) as refusal:
        read_command(typed, COMMANDS)
    assert all(word in refusal.value.message for word in words)


@pytest.mark.parametrize("text", ["/", "//", "/ look", "/1", "look /help", "", "1/2", "/7 May"])
def test_is_no_command(text: str) -> None:
    assert not is_command(text)


ANSWERED = [
    ("/onthisday 17 March", "onthisday", "17 March"),
    ('/onthisday date:"17 March"', "onthisday", "17 March"),
    ("/onthisday date:17 March kind:death", "onthisday", "17 March"),
    ("/OnThisDay 17 march", "onthisday", "17 March"),
    ("/onthisday@daybook_bot 17 March", "onthisday", "17 March"),
    ("/onthisday", "onthisday", "21 August"),
    ("/whowas halvard tavelund", "whowas", "Halvard Tavelund"),
    ('/whowas name:"Halvard Tavelund"', "whowas", "Halvard Tavelund"),
    ("/when halvard tavelund was born", "when", "Halvard Tavelund"),
    ('/when query:"Halvard Tavelund was born"', "when", "Halvard Tavelund"),
    ("/search mizzen mast", "search", "mizzen mast"),
    ('/search text:"mizzen mast"', "search", "mizzen mast"),
    ("/timeline sabelvind", "timeline", "Sabelvind"),
    ("/timeline Sabelvind years:1893..1894", "timeline", "Sabelvind"),
    ("/random about:Oddny Kverne", "random", "30 October 1921"),
    ("/sources", "sources", "Sources"),
    ("/help", "help", "Help"),
]


@pytest.mark.parametrize(
    ("typed", "command", "title"), ANSWERED, ids=[case[0] for case in ANSWERED]
)
def test_a_typed_command_is_answered(polar: Ask, typed: str, command: str, title: str) -> None:
    reply = polar(typed)
    assert (reply.command, reply.title) == (command, title)


@pytest.mark.parametrize(
    "typed", ["/dance", "/weekly set 09:00", "/whenever x", "/onthisdays", "/x" * 400]
)
def test_an_unknown_command_is_invalid_and_named_by_nobody(polar: Ask, typed: str) -> None:
    reply = polar(typed)
    assert (reply.outcome, reply.command, reply.items) == (Outcome.INVALID, None, ())
    assert "/onthisday" in getattr(reply.parts[0], "text", "")


def test_an_unknown_option_is_invalid(polar: Ask) -> None:
    reply = polar("/onthisday 17 March sort:year")
    assert reply.outcome is Outcome.INVALID
    assert "date, about, kind" in getattr(reply.parts[0], "text", "")


# -- a command written as a line, for a button ----------------------------------------------------

WRITTEN: list[tuple[Mapping[str, str], str]] = [
    ({}, "/look"),
    ({"what": "stars"}, "/look what:stars"),
    ({"what": "bright stars", "how": "far away"}, "/look what:bright stars how:far away"),
    ({"how": "far", "what": "stars"}, "/look how:far what:stars"),
    ({"what": "  stars "}, "/look what:stars"),
    ({"what": "", "how": " "}, "/look"),  # what is empty was not given
    # a value that would be read as another option stands in quotes
    ({"what": "a how:b"}, '/look what:"a how:b"'),
    ({"what": "and see:this"}, '/look what:"and see:this"'),
    ({"what": '"quoted"'}, '/look what:""quoted""'),
    ({"what": "/look up"}, "/look what:/look up"),
]


@pytest.mark.parametrize(("options", "line"), WRITTEN, ids=[case[1] for case in WRITTEN])
def test_writes(options: Mapping[str, str], line: str) -> None:
    assert write_command("look", options, COMMANDS) == line


UNWRITABLE: list[tuple[str, Mapping[str, str]]] = [
    ("dance", {}),
    ("help", {"what": "stars"}),
    ("look", {"colour": "red"}),
    ("look", {"what": 'a how:b "c', "how": "x"}),
]


@pytest.mark.parametrize(("name", "options"), UNWRITABLE, ids=str)
def test_what_no_line_says_is_refused(name: str, options: Mapping[str, str]) -> None:
    with pytest.raises(ValueError, match="no line says"):
        write_command(name, options, COMMANDS)


PIECES = [
    "stars",
    "how:",
    "what:",
    "x:y",
    " ",
    '"',
    "“",
    "”",
    "'",
    "«",
    "»",
    ":",
    "/look",
    "\n",
    "é",
]
VALUES = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES)).map("".join))


@given(st.dictionaries(st.sampled_from(["what", "how"]), VALUES))
def test_what_was_written_is_read_as_it_was_given(options: dict[str, str]) -> None:
    try:
        line = write_command("look", options, COMMANDS)
    except ValueError:
        return
    given_options = {name: value.strip() for name, value in options.items() if value.strip()}
    assert read_command(line, COMMANDS).options == given_options


@given(st.text(st.characters(categories=["L", "N", "Zs"]), max_size=60))
def test_words_without_marks_can_always_be_written(value: str) -> None:
    assert write_command("look", {"what": value, "how": value}, COMMANDS)


@given(
    st.sampled_from(["set", "stop"]),
    st.dictionaries(st.sampled_from(["time", "star", "how"]), VALUES),
)
def test_what_was_written_of_an_action_is_read_as_it_was_given(
    action: str, options: dict[str, str]
) -> None:
    try:
        line = write_command("watch", options, COMMANDS, action)
    except ValueError:
        return
    given_options = {name: value.strip() for name, value in options.items() if value.strip()}
    invocation = read_command(line, COMMANDS)
    assert (invocation.action, invocation.options) == (action, given_options)
