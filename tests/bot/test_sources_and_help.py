"""/sources and /help, and that every fact of every answer names its source."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.reply import Note, Outcome, Reply, source_line

Ask = Callable[..., Reply]

LIBRARIES = ["polar", "trotsky", "nobel", "everything"]


def said(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Note))


# -- /sources -------------------------------------------------------------------------------------


def test_sources_names_the_pack_its_size_and_every_source(polar: Ask) -> None:
    reply = polar("/sources")
    assert (reply.outcome, reply.command) == (Outcome.FOUND, "sources")
    (pack,) = reply.items
    assert (pack.id, pack.label) == ("polar-expedition", "The Meridian Expedition")
    for words in (
        "43 events",
        "26 people and things",
        "Chronicle of the Meridian",
        "Anselm Korvic",
        "Vellmark Almanac",
        "Sorrel Press",
        "https://example.org/almanac",
        "MIT",
    ):
        assert words in pack.text


def test_sources_lists_the_packs_in_the_order_of_the_library(everything: Ask) -> None:
    packs = [item.id for item in everything("/sources").items]
    assert packs == ["leon-trotsky", "nobel-laureates", "polar-expedition"]


def test_sources_of_an_empty_library_says_how_to_add_some(made: Callable[..., Ask]) -> None:
    reply = made()("/sources")
    assert reply.outcome is Outcome.FOUND
    assert "DAYBOOK_KNOWLEDGE" in said(reply)


# -- /help ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("library", LIBRARIES)
def test_help_shows_every_command_with_its_help_and_example(
    libraries: dict[str, Ask], library: str
) -> None:
    ask = libraries[library]
    help_text = said(ask("/help"))
    for command in ask.answerer.commands.values():  # type: ignore[attr-defined]
        if command.name != "help":
            assert f"/{command.name}" in help_text
            assert command.help in help_text
            assert command.example in help_text


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_example_of_a_command_gives_an_answer(
    libraries: dict[str, Ask], library: str
) -> None:
    ask = libraries[library]
    for command in ask.answerer.commands.values():  # type: ignore[attr-defined]
        reply = ask(command.example)
        assert (reply.command, reply.outcome) == (command.name, Outcome.FOUND)


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_questions_that_help_offers_are_understood(
    libraries: dict[str, Ask], library: str
) -> None:
    ask = libraries[library]
    on_this_day, *others = ask("/help").choices
    assert ask(on_this_day).command == "onthisday"
    assert len(others) == 3
    assert {ask(choice).outcome for choice in others} == {Outcome.FOUND}


def test_help_of_an_empty_library_still_helps(made: Callable[..., Ask]) -> None:
    reply = made()("/help")
    assert reply.outcome is Outcome.FOUND
    assert "/onthisday" in said(reply)


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_is_not_understood_is_answered_with_examples_that_work(
    libraries: dict[str, Ask], library: str
) -> None:
    ask = libraries[library]
    reply = ask("sing me a song")
    assert (reply.outcome, reply.command, reply.items) == (Outcome.INVALID, None, ())
    examples = [text for text in said(reply).split('"') if text and "," not in text][1:5]
    assert len(examples) == 4
    assert {ask(text).command for text in examples} == {"onthisday", "when", "whowas"}


# -- every fact has a source ----------------------------------------------------------------------

SOURCED = [
    ("polar", "17 March", ["Chronicle of the Meridian", "Tavelund", "In the ice"]),
    ("polar", "15 October", ["Vellmark Almanac", "Legends"]),
    ("polar", "13 March", ["Chronicle of the Meridian", "Vellmark Almanac"]),
    ("polar", "1893", ["Chronicle of the Meridian", "Departure"]),
    ("polar", "who was Halvard Tavelund", ["Chronicle of the Meridian"]),
    ("polar", "who was Port Sorrel", ["Vellmark Almanac", "Chronicle of the Meridian"]),
    ("polar", "26 May", ["Chronicle of the Meridian"]),
    ("trotsky", "21 August", ["Leon Trotsky", "Assassination"]),
    ("everything", "21 August", ["Leon Trotsky", "Nobel laureates"]),
]


@pytest.mark.parametrize(
    ("library", "asked", "words"), SOURCED, ids=[f"{case[0]}: {case[1]}" for case in SOURCED]
)
def test_the_source_line_names_source_and_innermost_section(
    libraries: dict[str, Ask], library: str, asked: str, words: list[str]
) -> None:
    line = source_line(libraries[library](asked).items)
    assert all(word in line for word in words)


def test_the_source_line_names_each_source_once(polar: Ask) -> None:
    line = source_line(polar("who was Port Sorrel").items)
    assert line.count("Chronicle of the Meridian") == 1
    assert line.count("Vellmark Almanac") == 1
    assert line.startswith("Sources: ")


def test_a_single_source_is_called_source(polar: Ask) -> None:
    assert source_line(polar("15 October").items).startswith("Source: ")


def test_years_of_a_heading_are_left_out_of_the_source_line(polar: Ask) -> None:
    assert "(1848–1912)" not in source_line(polar("2 April").items + polar("9 September").items)


def test_a_section_is_the_whole_path_outermost_first(polar: Ask) -> None:
    (item,) = polar("14 June").items
    assert item.citation is not None
    assert item.citation.section == ("The voyage (1893–1898)", "Departure")


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_fact_of_every_command_has_a_source(libraries: dict[str, Ask], library: str) -> None:
    ask = libraries[library]
    asked = ["today", "17 March", "10 December", "26 May", "1905", "October", "who was Lenin"]
    asked += ["who was Tavelund", "who was Einstein", "/sources", "1901 to 1903"]
    items = [item for text in asked for item in ask(text).items]
    assert items
    assert [item.id for item in items if item.citation is None] == []
    assert all(item.citation.source.title for item in items if item.citation)
