"""What a place may choose for its daily post: read from text, kept as text, refused with a cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.daily.choices import (
    LONGEST_ABOUT,
    DailyChoices,
    EmptyChoice,
    ToneChoice,
    read_choices,
    stored_choices,
)
from bot.errors import UserError
from bot.reply import Outcome
from knowledge.library import open_library
from knowledge.store import Store

POLAR = Path(__file__).resolve().parents[1] / "packs" / "polar-expedition"

POLAR_KINDS = (
    "appointment birth death decree event execution founding journey letter marriage prize"
    " publication speech treaty trial"
).split()
"""The kinds in the expedition's events.toml; entries without one are of the kind event."""


@pytest.fixture(scope="module")
def store() -> Store:
    return open_library([POLAR], None)


def refused(store: Store, **options: str) -> UserError:
    with pytest.raises(UserError) as caught:
        read_choices(store, options)
    return caught.value


def test_who_chooses_nothing_hears_of_everything_balanced_and_of_the_month_on_empty_days(
    store: Store,
) -> None:
    usual = DailyChoices((), "", ToneChoice.BALANCED, EmptyChoice.MONTH)
    assert read_choices(store, {}) == usual
    assert read_choices(store, dict.fromkeys(("kinds", "about", "tone", "empty"), "")) == usual


KINDS = [
    ("birth", ("birth",)),
    ("birth, death", ("birth", "death")),
    ("death,birth", ("death", "birth")),
    ("birth and death", ("birth", "death")),
    ("birth or death; trial", ("birth", "death", "trial")),
    ("Births", ("birth",)),
    ("TREATIES + speeches", ("treaty", "speech")),
    ("birth, births, birth", ("birth",)),
    ("all", ()),
    ("  ", ()),
    ("birth\u200b", ("birth",)),
]


@pytest.mark.parametrize(("typed", "kinds"), KINDS)
def test_kinds_are_read_in_any_case_and_number(
    store: Store, typed: str, kinds: tuple[str, ...]
) -> None:
    assert read_choices(store, {"kinds": typed}).kinds == kinds


@pytest.mark.parametrize("typed", ["wedding", "birth, wedding", "birthdeath", "s", "birth death"])
def test_a_kind_that_the_library_lacks_is_refused_with_those_it_has(
    store: Store, typed: str
) -> None:
    error = refused(store, kinds=typed)
    assert list(error.choices) == POLAR_KINDS
    assert "is no kind of event here" in error.message


def test_a_library_without_events_says_that_it_has_no_kinds(tmp_path: Path) -> None:
    pack = tmp_path / "empty.toml"
    pack.write_text('[pack]\ntitle = "Nothing"', "utf-8")
    error = refused(open_library([pack], None), kinds="birth")
    assert "no events" in error.message


@pytest.mark.parametrize("typed", ["birth," * 2_000, "x" * 100_000, "," * 600])
def test_a_list_of_kinds_without_end_is_refused_in_a_short_sentence(
    store: Store, typed: str
) -> None:
    assert len(refused(store, kinds=typed).message) < 200


@pytest.mark.parametrize("typed", ["Halvard Tavelund", "rangwald", "Sabelvind", "polar-expedition"])
def test_a_subject_is_a_name_or_a_pack_and_stays_as_it_was_typed(store: Store, typed: str) -> None:
    assert read_choices(store, {"about": f" {typed} "}).about == typed


def test_no_subject_is_everything(store: Store) -> None:
    assert {read_choices(store, {"about": word}).about for word in ("all", "Any", "")} == {""}


SUBJECTS_REFUSED = [
    ("Tavelund", Outcome.AMBIGUOUS),
    ("Napoleon", Outcome.NOT_FOUND),
    ("x" * (LONGEST_ABOUT + 1), Outcome.INVALID),
]


@pytest.mark.parametrize(("typed", "outcome"), SUBJECTS_REFUSED, ids=["two", "none", "long"])
def test_a_subject_that_means_none_or_several_is_refused(
    store: Store, typed: str, outcome: Outcome
) -> None:
    assert refused(store, about=typed).outcome is outcome


def test_of_several_bearers_of_a_name_each_is_a_choice_that_can_be_taken(store: Store) -> None:
    choices = refused(store, about="Osric Venn").choices
    assert len(choices) == 2
    assert [read_choices(store, {"about": one}).about for one in choices] == list(choices)


@pytest.mark.parametrize("typed", ["gentle", "Balanced", "ALL", " gentle "])
def test_a_tone_is_read_in_any_case(store: Store, typed: str) -> None:
    assert read_choices(store, {"tone": typed}).tone == typed.strip().casefold()


@pytest.mark.parametrize("typed", ["month", "Person", "SILENCE"])
def test_what_an_empty_day_tells_is_read_in_any_case(store: Store, typed: str) -> None:
    assert read_choices(store, {"empty": typed}).empty == typed.casefold()


@pytest.mark.parametrize("typed", ["grim", "gentle balanced", "g" * 9_999, "GENTLE!"])
def test_another_tone_is_refused_with_the_three_there_are(store: Store, typed: str) -> None:
    assert refused(store, tone=typed).choices == ("gentle", "balanced", "all")


@pytest.mark.parametrize("typed", ["nothing", "none", "year", "month, person"])
def test_another_choice_for_an_empty_day_is_refused_with_the_three_there_are(
    store: Store, typed: str
) -> None:
    assert refused(store, empty=typed).choices == ("month", "person", "silence")


KEPT = [
    DailyChoices(),
    DailyChoices(("birth", "trial"), "Halvard Tavelund", ToneChoice.GENTLE, EmptyChoice.PERSON),
    DailyChoices((), "Osric Venn (1820–1889, polar-expedition)", ToneChoice.ALL),
]


@pytest.mark.parametrize("choices", KEPT, ids=["usual", "all set", "a label"])
def test_choices_that_were_kept_as_text_are_read_back_the_same(choices: DailyChoices) -> None:
    assert stored_choices(choices.to_options()) == choices


def test_kept_choices_do_not_ask_the_library_which_may_have_changed() -> None:
    kept = stored_choices({"kinds": "wedding", "about": "Nobody", "tone": "", "empty": ""})
    assert (kept.kinds, kept.about) == (("wedding",), "Nobody")


IN_WORDS = [
    (DailyChoices(), "events of every kind, at most one grim event a day"),
    (DailyChoices(tone=ToneChoice.ALL), "events of every kind"),
    (
        DailyChoices(("birth", "death"), "Halvard Tavelund", ToneChoice.GENTLE),
        "birth and death, about Halvard Tavelund, nothing grim and no deaths",
    ),
]


@pytest.mark.parametrize(("choices", "words"), IN_WORDS, ids=["usual", "all", "narrow"])
def test_choices_are_told_in_words(choices: DailyChoices, words: str) -> None:
    assert choices.in_words == words
