"""The judges of quality: marks, scores and comparisons, on cases worked out by hand."""

from __future__ import annotations

import importlib.util
import json
from types import ModuleType
from typing import Any

import pytest
from quality.date_scores import (
    Read,
    Score,
    dates_read,
    matches,
    missed,
    of_precision,
    set_score,
    span_score,
    total,
    with_second_forms,
)
from quality.marks import Mark, unmarked
from quality.samples import SHARED, WIKIWARS, passage, skip_without, wikiwars
from quality.story_scores import people, story

from knowledge.compiler.cast import Cast, FoundEntity, FoundRelation
from knowledge.compiler.compiled import Compiled
from knowledge.compiler.found_event import FoundEvent
from knowledge.model import EntityKind, HistoricalDate, PartialDate, Span

SCORER = SHARED / "tools" / "eval_dates.py"


# -- marks ----------------------------------------------------------------------------------------


def test_marks_are_taken_away_and_kept_with_their_offsets() -> None:
    text, marks = unmarked("On ⟦3 May⇒1811-05-03 partial by⟧ it rained; in ⟦the 1890s⇒189X⟧ too.")
    assert text == "On 3 May it rained; in the 1890s too."
    assert marks == (
        Mark(3, 8, "1811-05-03", frozenset({"partial", "by"})),
        Mark(23, 32, "189X", frozenset()),
    )
    assert [(mark.precision, mark.form, mark.use) for mark in marks] == [
        ("day", "partial", "text"),
        ("decade", "full", "text"),
    ]


@pytest.mark.parametrize(
    ("value", "precision"),
    [("-0069-10-15", "day"), ("-0069", "year"), ("1811-05", "month"), ("-00XX", "century")],
)
def test_a_marks_precision(value: str, precision: str) -> None:
    assert unmarked(f"⟦x⇒{value}⟧")[1][0].precision == precision


def test_a_citations_date_is_of_that_use() -> None:
    assert unmarked("⟦1978⇒1978 citation⟧")[1][0].use == "citation"


# -- scores of dates ------------------------------------------------------------------------------

DAY = Read(0, 5, "1811-05-03", "day")


def test_a_value_counts_once_in_a_set_and_each_time_in_mentions() -> None:
    marks = [DAY, DAY._replace(start=10, stop=15)]
    read = [DAY, DAY._replace(start=20, stop=25)]
    assert set_score(marks, read) == Score(1, 1, 1)
    assert span_score(marks, read) == Score(1, 2, 2)


def test_a_read_date_is_right_for_one_mark_only() -> None:
    assert matches([DAY, DAY], [DAY]) == [DAY, None]


@pytest.mark.parametrize(
    "read",
    [DAY._replace(start=5, stop=9), DAY._replace(value="1811-05-04")],
    ids=["beside it", "another day"],
)
def test_what_does_not_overlap_or_has_another_value_is_wrong(read: Read) -> None:
    mark = Mark(0, 5, "1811-05-03", frozenset())
    assert missed([mark], [read]) == ([mark], [read], [])


def test_a_wrong_use_is_no_missing_date() -> None:
    mark = Mark(0, 5, "1811-05-03", frozenset({"citation"}))
    assert missed([mark], [DAY]) == ([], [], [mark])


def test_a_second_form_counts_where_it_is_marked_by_itself() -> None:
    text, marks = unmarked("⟦8 November 1912⇒1912-11-08⟧ (O.S. ⟦26 October⇒1912-10-26 partial⟧)")
    read = Read(0, len(text), "1912-11-08", "day", second="1912-10-26")
    assert missed(marks, [read]).missing == []
    assert with_second_forms(marks[:1], [read]) == [read]


def test_precision_recall_and_f1() -> None:
    score = Score(3, 4, 6)
    assert (score.precision, score.recall) == (0.75, 0.5)
    assert score.f1 == pytest.approx(0.6)
    assert (Score().precision, Score().recall, Score(0, 1, 1).f1) == (1, 1, 0)


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    """Return the scorer that comes with the sample."""
    skip_without(SCORER)
    skip_without(WIKIWARS)
    spec = importlib.util.spec_from_file_location("eval_dates", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_our_figures_are_those_of_the_scorer_that_comes_with_the_sample(
    scorer: ModuleType,
) -> None:
    read = [dates_read(document.article) for document in wikiwars()]
    predicted = [
        {
            "doc_id": document.name,
            "dates": [{"start": one.start, "end": one.stop, "value": one.value} for one in dates],
        }
        for document, dates in zip(wikiwars(), read, strict=True)
    ]
    gold = [json.loads(line) for line in WIKIWARS.read_text("utf-8").splitlines()]
    theirs = scorer.evaluate(gold, predicted)
    for precision in ("day", "month", "year"):
        pairs = [
            (of_precision(document.marks, precision), of_precision(dates, precision))
            for document, dates in zip(wikiwars(), read, strict=True)
        ]
        assert list(total(set_score(*pair) for pair in pairs)) == theirs[precision]["set_n"]
        assert list(total(span_score(*pair) for pair in pairs)) == theirs[precision]["span_n"]


# -- scores of events and people ------------------------------------------------------------------

ADA = FoundEntity(
    EntityKind.PERSON,
    "Ada Veyl",
    aliases=("Veyl",),
    born=PartialDate.parse("1811"),
    description="Painter from Kerrow.",
)
ODO = FoundEntity(EntityKind.PERSON, "Odo Veyl", relations=(FoundRelation("brother", 0),))


def event(date: str, text: str, *people: int) -> FoundEvent:
    return FoundEvent(
        HistoricalDate.parse(date), text, "event", (Span(0, 9),), ((),), people=people
    )


def compiled(*events: FoundEvent, entities: tuple[FoundEntity, ...] = (ADA, ODO)) -> Compiled:
    return Compiled("Ada Veyl", "", "", Cast(entities), events, ("",) * len(events), ())


LEFT = event("1831-05-03", "Ada Veyl left Kerrow.", 0)


@pytest.mark.parametrize(
    "gold",
    [
        {"words": ["leaves|left", "KERROW"], "people": ["Ada Veyl"], "not_words": ["married"]},
        {"people": ["Veyl"]},
        {"words": ["Kerr"]},
    ],
)
def test_an_event_with_its_words_and_people_is_told_rightly(gold: dict[str, Any]) -> None:
    found = story(compiled(LEFT), [{"date": "1831-05-03", **gold}])
    assert (found.days, found.told) == (Score(1, 1, 1), Score(1, 1, 1))
    assert [*found.missing, *found.false, *found.badly_told] == []


@pytest.mark.parametrize(
    "gold",
    [
        {"words": ["married"]},
        {"not_words": ["left"]},
        {"people": ["Odo Veyl"]},
        {"qualifier": "by"},
    ],
)
def test_an_event_without_them_is_found_and_badly_told(gold: dict[str, Any]) -> None:
    found = story(compiled(LEFT), [{"date": "1831-05-03", **gold}])
    assert (found.days, found.told) == (Score(1, 1, 1), Score(0, 1, 1))
    assert found.badly_told == ["1831-05-03 Ada Veyl left Kerrow."]


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("Odo Veyl left Kerrow.", True),
        ("Ada Lind left Kerrow.", False),
        ("A painter left Kerrow.", False),
        ("Odo Veyl and Ada Lind left.", False),
        ("Lind left Kerrow.", False),
    ],
)
def test_what_begins_with_somebody_else_is_told_of_a_wrong_person(
    text: str, is_wrong: bool
) -> None:
    gold = [{"date": "1831-05-03", "people": ["Ada Lind"]}]
    found = story(compiled(event("1831-05-03", text)), gold)
    assert bool(found.wrong_person) is is_wrong
    assert found.of_whom == Score(int(not is_wrong), 1, 1)


def test_of_two_events_of_one_day_each_is_one_of_the_gold() -> None:
    married = event("1831-05-03", "Ada Veyl married.", 0)
    gold = [
        {"date": "1831-05-03", "words": ["married"]},
        {"date": "1831-05-03", "words": ["left"]},
    ]
    assert story(compiled(LEFT, married), gold).told == Score(2, 2, 2)


def test_an_event_that_nobody_expects_is_false() -> None:
    found = story(compiled(LEFT, event("1840", "Rain fell.")), [])
    assert (found.days, len(found.false)) == (Score(0, 1, 0), 2)
    only_days = story(compiled(LEFT, event("1840", "Rain fell.")), [], only_days_complete=True)
    assert only_days.false == ["1831-05-03 Ada Veyl left Kerrow."]


def test_people_are_compared_by_name_and_by_what_is_told_of_them() -> None:
    gold = [
        {"name": "Ada Veyl", "aliases": ["Veyl"], "born": "1811", "description": ["painter"]},
        {"name": "Odo Veyl", "relations": [{"kind": "brother", "to": "Ada Veyl"}]},
        {"name": "Ivo Veyl"},
    ]
    found = people(compiled(), gold, ["Kerrow"])
    assert found.names == Score(2, 2, 3)
    assert (found.aliases.right, found.life, found.described) == (1, Score(1, 1, 1), Score(1, 1, 1))
    assert (found.relations.right, found.missing) == (1, ["Ivo Veyl"])


def test_another_name_that_the_text_never_uses_by_itself_is_not_asked_for() -> None:
    gold = [{"name": "Ada Veyl", "aliases": ["Veyl", "Ada", "Ada Kern", "Ada the Elder"]}]
    text = "Ada Veyl came to Kerrow. Ada the Elder died."
    assert people(compiled(), gold).aliases == Score(1, 0, 4)
    assert people(compiled(), gold, text=text).aliases == Score(1, 0, 2)


def test_a_relation_to_somebody_under_another_of_their_names_is_right() -> None:
    gold = [
        {"name": "Ada of Kerrow", "aliases": ["Ada Veyl"]},
        {"name": "Odo Veyl", "relations": [{"kind": "brother", "to": "Ada of Kerrow"}]},
    ]
    assert people(compiled(), gold).relations == Score(1, 0, 1)


def test_a_person_who_is_none_and_one_who_is_there_twice_are_wrong() -> None:
    kerrow = FoundEntity(EntityKind.PERSON, "Kerrow")
    veyl = FoundEntity(EntityKind.PERSON, "Veyl")
    gold = [{"name": "Ada Veyl", "aliases": ["Veyl"]}]
    found = people(compiled(entities=(ADA, veyl, kerrow)), gold, ["Kerrow"])
    assert (found.doubled, found.wrong) == (["Veyl"], ["Kerrow"])


def test_a_passage_counts_the_letters_of_its_text() -> None:
    article = passage("It  rained.\n\n It snowed on 3 May 1811.", "Kerrow", "Weather")
    heading, _, second = article.blocks
    assert (heading.text, second.text, second.section) == (
        "Weather",
        "It snowed on 3 May 1811.",
        ("Weather",),
    )
    assert second.span(0, 2) == (14, 16)
