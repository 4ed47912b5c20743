"""Every figure of quality that is measured, by name, with the kinds of difficulty apart.

A figure is a share from 0 to 1 with the two numbers behind it. tests/quality/floors.toml says below
which share a test fails; docs/quality.md shows all of them with the day of measuring.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from quality import against_the_pack
from quality.answered_facts import facts_of, unanswered
from quality.date_scores import (
    Score,
    dates_read,
    matches,
    missed,
    of_precision,
    of_sure_years,
    set_score,
    span_score,
    total,
    with_second_forms,
)
from quality.marks import unmarked
from quality.samples import Fixture, cases_of, fixtures, held_back, passage, wikiwars
from quality.story_scores import People, Story, people, story

from knowledge.compiler.compile import compile_article
from knowledge.compiler.compiled import Compiled
from knowledge.compiler.pack_entries import pack_entries
from knowledge.model import Pack
from knowledge.packs.assembly import Assembly, PlacedEntry
from knowledge.packs.builtin import builtin_packs
from knowledge.packs.complaints import Complaint
from knowledge.packs.files import RawEntry
from knowledge.packs.loader import load_pack
from knowledge.packs.typed_entries import typed


class Figure(NamedTuple):
    """A measured share: what it is of, and how many of how many."""

    group: str
    name: str
    right: float
    of: float

    @property
    def share(self) -> float:
        """From 0 to 1; 1 where there was nothing to get wrong."""
        return self.right / self.of if self.of else 1.0

    @property
    def key(self) -> str:
        """How floors.toml names it."""
        return f"{self.group}: {self.name}"


WIKIWARS_GROUP = "WikiWars, sample"
PACK_GROUP = "The article and the pack by hand"
FACTS_GROUP = "Answers from the compiled article alone"
"""Groups that need what lies in the folder shared beside the project."""


def figures() -> Iterator[Figure]:
    """Yield all of them; what needs the shared folder comes first."""
    yield from wikiwars_figures()
    yield from pack_figures()
    yield from facts_figures()
    yield from own_figures()


def own_figures() -> Iterator[Figure]:
    """Yield those of the project's own texts."""
    yield from marked_figures("Held back narratives", held_back())
    yield from marked_figures("Fixture articles", fixtures())
    yield from story_figures()
    yield from date_case_figures()
    yield from event_case_figures()
    yield from people_case_figures()


def _of_score(group: str, name: str, score: Score) -> Iterator[Figure]:
    yield Figure(group, f"{name}, recall", score.right, score.there)
    yield Figure(group, f"{name}, precision", score.right, score.read)


# -- dates ----------------------------------------------------------------------------------------


def wikiwars_figures() -> Iterator[Figure]:
    """Yield the scorer's figures: F1 over distinct values, and the recall of days by their form."""
    read = [dates_read(document.article) for document in wikiwars()]
    for precision in ("day", "month", "year"):
        pairs = [
            (of_precision(document.marks, precision), of_precision(dates, precision))
            for document, dates in zip(wikiwars(), read, strict=True)
        ]
        values = total(set_score(*pair) for pair in pairs)
        mentions = total(span_score(*pair) for pair in pairs)
        yield Figure(WIKIWARS_GROUP, f"{precision}s, F1 of values", values.f1, 1)
        yield Figure(WIKIWARS_GROUP, f"{precision}s, F1 of mentions", mentions.f1, 1)
    pairs_of_all = list(zip(wikiwars(), read, strict=True))
    sure = total(of_sure_years(document.marks, dates) for document, dates in pairs_of_all)
    yield Figure(WIKIWARS_GROUP, "concluded years that are called sure, right", *sure[::2])
    yield _only_by_relative_rules()
    by_form: dict[str, Score] = defaultdict(Score)
    for document, dates in pairs_of_all:
        days = of_precision(document.marks, "day")
        for day, found in zip(days, matches(days, of_precision(dates, "day")), strict=True):
            form = document.forms[day]
            by_form[form] = by_form[form].plus(Score(int(found is not None), 0, 1))
    for form, score in sorted(by_form.items()):
        yield Figure(WIKIWARS_GROUP, f"days written {form}, recall", score.right, score.there)


def _only_by_relative_rules() -> Figure:
    """Return how many of the days are right that no other rule gives: values of a document."""
    right = given = 0
    for document in wikiwars():
        there = {mark.value for mark in document.marks if mark.precision == "day"}
        with_rules, without = (
            {
                date.value
                for date in of_precision(dates_read(document.article, relative_days=on), "day")
            }
            for on in (True, False)
        )
        given += len(with_rules - without)
        right += len((with_rules - without) & there)
    return Figure(WIKIWARS_GROUP, "days that only relative rules give, right", right, given)


def marked_figures(group: str, marked: list[Fixture]) -> Iterator[Figure]:
    """Yield the figures of marked texts: by precision, by form, and what the dates are for."""
    by_form: dict[str, Score] = defaultdict(Score)
    by_precision: dict[str, Score] = defaultdict(Score)
    uses = Score()
    for one in marked:
        read = with_second_forms(one.marks, dates_read(one.article))
        found = matches(one.marks, read)
        for mark, date in zip(one.marks, found, strict=True):
            hit = Score(int(date is not None), 0, 1)
            by_form[mark.form] = by_form[mark.form].plus(hit)
            if date is not None:
                uses = uses.plus(Score(int(date.use == mark.use), 1, 1))
        for precision in ("day", "month", "year"):
            score = span_score(of_precision(one.marks, precision), of_precision(read, precision))
            by_precision[precision] = by_precision[precision].plus(score)
    for precision, score in by_precision.items():
        yield from _of_score(group, f"{precision}s", score)
    for form, score in sorted(by_form.items()):
        yield Figure(group, f"dates written {form}, recall", score.right, score.there)
    yield Figure(group, "text, citation or title told rightly", uses.right, uses.there)
    sure = total(of_sure_years(one.marks, dates_read(one.article)) for one in marked)
    yield Figure(group, "concluded years that are called sure, right", *sure[::2])


# -- events and people ----------------------------------------------------------------------------


@cache
def compiled_fixtures() -> list[tuple[Fixture, Compiled]]:
    """Return the fixture articles with what is found in them."""
    return [(one, compile_article(one.article)) for one in fixtures()]


def stories() -> list[tuple[str, Story, People]]:
    """Return the scores of events and people of every fixture article, by its name."""
    return [
        (
            one.name,
            story(found, one.gold["event"], only_days_complete=True),
            people(
                found,
                one.gold["person"],
                [thing["name"] for thing in one.gold.get("thing", ())],
                "\n".join(block.text for block in one.article.blocks),
            ),
        )
        for one, found in compiled_fixtures()
    ]


def story_figures() -> Iterator[Figure]:
    """Yield the figures of events and people in the fixture articles, all together and each."""
    scored = stories()
    events = "Fixture articles, events"
    yield from _of_score(events, "days", total(one.days for _, one, _ in scored))
    told = total(one.told for _, one, _ in scored)
    yield Figure(events, "told with the right words and people", told.right, told.there)
    of_whom = total(one.of_whom for _, one, _ in scored)
    yield Figure(events, "told of nobody else instead", of_whom.right, of_whom.there)
    kinds = total(one.kinds for _, one, _ in scored)
    yield Figure(events, "kinds", kinds.right, kinds.there)
    for name, one, _ in scored:
        yield from _of_score(events, f"{name}, days", one.days)
    group = "Fixture articles, people"
    yield from _of_score(group, "names", total(one.names for _, _, one in scored))
    for what in ("aliases", "described", "life", "relations"):
        score = total(getattr(one, what) for _, _, one in scored)
        yield Figure(group, f"{_WORDS[what]}, recall", score.right, score.there)
        if score.read:
            yield Figure(group, f"{_WORDS[what]}, precision", score.right, score.read)
    for name, _, one in scored:
        yield from _of_score(group, f"{name}, names", one.names)


_WORDS = {
    "aliases": "other names",
    "described": "descriptions",
    "life": "life dates",
    "relations": "relations",
}


def pack_figures() -> Iterator[Figure]:
    """Yield what agrees between the compiled article and the pack written from it by hand."""
    days = against_the_pack.days()
    yield Figure(PACK_GROUP, "day events, recall", *days.recall[::2])
    yield Figure(PACK_GROUP, "day events, precision", *days.precision[::2])
    named = against_the_pack.people()
    yield Figure(PACK_GROUP, "people under a right name", *named.named[::2])
    of_all = len(named.doubled) + len(named.no_people) + len(named.unknown)
    found = named.named.read
    yield Figure(PACK_GROUP, "people found who are people, each once", found - of_all, found)
    yield Figure(PACK_GROUP, "people who are described", *named.described[::2])
    yield Figure(PACK_GROUP, "descriptions that agree", *named.agreeing[::2])


def facts_figures() -> Iterator[Figure]:
    """Yield the share of the conversations' facts that the compiled article alone answers."""
    by_hand = load_pack(builtin_packs()[against_the_pack.PACK]).pack
    assert by_hand is not None
    facts = facts_of(by_hand)
    left = unanswered(facts, pack_of(against_the_pack.compiled()))
    yield Figure(FACTS_GROUP, "facts of the conversations", len(facts) - len(left), len(facts))
    for name in sorted({fact.case.setting.name for fact in facts}):
        of_file = [fact for fact in facts if fact.case.setting.name == name]
        lost = [fact for fact in left if fact.case.setting.name == name]
        yield Figure(FACTS_GROUP, f"{name}.toml", len(of_file) - len(lost), len(of_file))


def pack_of(*found: Compiled) -> Pack:
    """Return what was compiled as a pack, without a file."""
    complaints: list[Complaint] = []
    placed = []
    for line, keys in enumerate(pack_entries(found), start=1):
        entry = typed(RawEntry(_NOWHERE, line, keys.pop("type"), keys), complaints)
        assert entry is not None, complaints
        placed.append(PlacedEntry(_NOWHERE, line, entry))
    pack = Assembly(_NOWHERE, placed, complaints).pack()
    assert complaints == []
    return pack


_NOWHERE = Path("compiled.jsonl")


# -- cases, by the pattern that they stand for ----------------------------------------------------


def date_case_figures() -> Iterator[Figure]:
    """Yield by pattern how many cases of dates are read without a fault."""
    yield from _by_pattern("Date cases, unseen", "dates_unseen", date_case_faults)


def event_case_figures() -> Iterator[Figure]:
    """Yield by pattern how many cases of events are found without a fault."""
    yield from _by_pattern("Event cases, unseen", "events_unseen", event_case_faults)


def people_case_figures() -> Iterator[Figure]:
    """Yield by pattern how many cases of people are found without a fault."""
    yield from _by_pattern("People cases, unseen", "people_unseen", people_case_faults)


def _by_pattern(
    group: str, name: str, faults: Callable[[dict[str, Any]], list[str]]
) -> Iterator[Figure]:
    scores: dict[str, Score] = defaultdict(Score)
    for case in cases_of(name):
        is_right = not faults(case)
        scores[case["pattern"]] = scores[case["pattern"]].plus(Score(int(is_right), 1, 1))
    whole = total(scores.values())
    yield Figure(group, "all", whole.right, whole.there)
    for pattern, score in sorted(scores.items()):
        yield Figure(group, pattern, score.right, score.there)


def date_case_faults(case: dict[str, Any]) -> list[str]:
    """Return what is wrong with the dates that are read in a case."""
    text, marks = unmarked(case["text"])
    title, _ = unmarked(case.get("title", ""))
    found = missed(marks, dates_read(passage(text, section=title)))
    return [
        *(f"missing {mark.value}" for mark in found.missing),
        *(f"false {date.value}" for date in found.false if date.start < len(text)),
        *(f"wrong use {mark.value}" for mark in found.wrong_use),
    ]


def event_case_faults(case: dict[str, Any]) -> list[str]:
    """Return what is wrong with the events that are found in a case."""
    article = passage(case["text"], case.get("title", ""), case.get("section", ""))
    found = story(compile_article(article), case.get("event", ()))
    return [*found.missing, *found.false, *found.badly_told]


def people_case_faults(case: dict[str, Any]) -> list[str]:
    """Return what is wrong with the people that are found in a case."""
    article = passage(case["text"], case.get("title", ""))
    nobody = [one["name"] for key in ("thing", "nobody") for one in case.get(key, ())]
    found = people(compile_article(article), case.get("person", ()), nobody)
    parts = {
        "another name": found.aliases,
        "a life date": found.life,
        "a description": found.described,
        "a relation": found.relations,
    }
    return [
        *found.missing,
        *found.doubled,
        *found.wrong,
        *(f"{what} is missing" for what, score in parts.items() if score.right < score.there),
    ]
