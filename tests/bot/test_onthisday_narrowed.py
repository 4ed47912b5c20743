"""/onthisday narrowed down by kind, subject or pack, and asked of several packs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from onthisday_cases import Ask, ids, said

from bot.reply import Heading, Outcome

# -- narrowed down --------------------------------------------------------------------------------
FILTERED = [
    ("/onthisday 17 March about:Halvard Tavelund", ["tavelund-dies"]),
    ('/onthisday date:"17 March" about:"halvard tavelund"', ["tavelund-dies"]),
    ("/onthisday 17 march about:the old bear", ["tavelund-dies"]),
    ("/onthisday 1899 kind:trial", ["trial"]),
    ("/onthisday 1899 kind:Trial", ["trial"]),
    ("/onthisday 1899 about:Eskil Rangvald kind:execution", ["execution"]),
    ("/onthisday 1899 kind:execution about:Rangvald", ["execution"]),
    ("/onthisday 11 November kind:letter", ["letters-by"]),
    ("/onthisday 6 June about:The Meridian Expedition", ["surgeon-born", "carpenter-born"]),
    ("/onthisday 6 June about:polar-expedition", ["surgeon-born", "carpenter-born"]),
    ("/onthisday May about:Sabelvind", ["mast-lost", "drift-home"]),
]


@pytest.mark.parametrize(("asked", "told"), FILTERED, ids=[case[0] for case in FILTERED])
def test_about_and_kind_narrow_the_answer_down(polar: Ask, asked: str, told: list[str]) -> None:
    reply = polar(asked)
    assert reply.outcome is Outcome.FOUND
    assert ids(reply) == told


def test_a_narrowed_answer_says_what_it_was_narrowed_to(polar: Ask) -> None:
    heading = polar("/onthisday 1899 about:rangvald kind:execution").parts[0]
    assert isinstance(heading, Heading)
    assert "Eskil Rangvald" in heading.detail
    assert "execution" in heading.detail


def test_a_day_with_nothing_of_the_kind_says_so(polar: Ask) -> None:
    reply = polar("/onthisday 17 March kind:treaty")
    assert (reply.outcome, reply.items) == (Outcome.NOT_FOUND, ())
    assert "treaty" in said(reply)
    assert reply.choices[0] == "23 November"


def test_about_somebody_who_is_not_there_is_not_found(polar: Ask) -> None:
    reply = polar("/onthisday 17 March about:Napoleon")
    assert (reply.outcome, reply.command, reply.items) == (Outcome.NOT_FOUND, "onthisday", ())
    assert '"Napoleon"' in said(reply)


def test_about_a_shared_name_is_ambiguous_with_everybody_as_a_choice(polar: Ask) -> None:
    reply = polar("/onthisday 17 March about:Tavelund")
    assert (reply.outcome, reply.items) == (Outcome.AMBIGUOUS, ())
    assert list(reply.choices) == ["Halvard Tavelund", "Sunniva Tavelund"]


def test_about_one_of_two_with_the_very_same_name_can_be_said(polar: Ask) -> None:
    choices = polar("/onthisday 6 June about:Osric Venn").choices
    told = [ids(polar(f'/onthisday 6 June about:"{choice}"')) for choice in choices]
    assert sorted(told) == [["carpenter-born"], ["surgeon-born"]]


def test_an_unknown_kind_is_refused_with_the_kinds_that_there_are(polar: Ask) -> None:
    reply = polar("/onthisday 17 March kind:earthquake")
    assert reply.outcome is Outcome.INVALID
    assert '"earthquake"' in said(reply)
    assert "marriage" in said(reply)
    assert "treaty" in said(reply)


# -- several packs --------------------------------------------------------------------------------
KINDS = ("birth", "death", "event", "letter", "speech", "trial", "vote", "strike")


def day_of(weight: int, kinds: tuple[str, ...]) -> str:
    return "\n".join(
        f'[[event]]\ndate = "19{number:02}-04-04"\nkind = "{kind}"\nweight = {weight}\n'
        f'text = "Thing {number} happens."'
        for number, kind in enumerate(kinds)
    )


@pytest.mark.parametrize(
    "heavy_kinds", [("event",) * 8, KINDS], ids=["all of one kind", "each of another kind"]
)
def test_a_heavy_and_a_light_pack_are_both_among_the_first_five(
    made: Callable[..., Ask], heavy_kinds: tuple[str, ...]
) -> None:
    ask = made(heavy=day_of(3, heavy_kinds), light=day_of(1, ("event",)))
    first_five = [item.id.partition("/")[0] for item in ask("4 April").items[:5]]
    assert set(first_five) == {"heavy", "light"}
    assert first_five[0] == "heavy"


def test_the_built_in_packs_share_the_first_five_of_a_day(everything: Ask) -> None:
    packs = {item.id.partition("/")[0] for item in everything("21 August").items[:5]}
    assert {"leon-trotsky", "nobel-laureates"} <= packs


def test_a_day_that_two_packs_know_tells_both_packs_events(everything: Ask) -> None:
    told = {item.id for item in everything("7 November").items}
    assert "leon-trotsky/1879-11-07-birth" in told
    assert any(key.startswith("nobel-laureates/") for key in told)
