"""The pack about Leon Trotsky holds every day that its article names, and says it in its own words.

So it does with what the article dates by month or year only; of these the test looks at what the
pack has, and whether the article names the month or year there.

The article's text is no part of the project. It lies in the folder "shared" beside the project;
where that is missing, the tests are skipped, and fail under CI. Neither our loader nor our reading
of dates is used here: the TOML is parsed as it stands, and the days are found by the expressions
below, so that this test and the program cannot be wrong together.
"""

import functools
import hashlib
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from quality.samples import skip_without

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "knowledge" / "packs" / "leon-trotsky"
ARTICLE = Path(__file__).resolve().parents[3] / "shared" / "articles" / "leon-trotsky.txt"

Entry = dict[str, Any]
Span = tuple[int, int]

MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
MONTH = f"(?P<month>{'|'.join(MONTHS)})"
WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
ORDINAL = "(?:st|nd|rd|th)?"
COUNT = "(?:\\d+|two|three|four|five|six|seven|eight|nine|ten|several|some|many|few)"

# 3 March, 30 August 1918, 3–4 July, 17 and 30 August 1918, 4th of October 1906
DAY_FIRST = (
    rf"(?<!\d)(?P<day>\d{{1,2}}){ORDINAL}"
    rf"(?:\s*(?:–|-|and|to|or)\s*(?P<last>\d{{1,2}}){ORDINAL})?"
    rf"\s+(?:of\s+)?{MONTH}\b(?:,?\s+(?P<year>\d{{4}})\b)?"
)
# October 4, October 4th, 1906, 2019 February 20; also a year cut short, such as March 185
MONTH_FIRST = (
    rf"(?:\b(?P<before>\d{{4}})\s+)?\b{MONTH}\s+(?P<day>\d{{1,3}}){ORDINAL}\b"
    rf"(?:,\s+(?P<year>\d{{4}})\b)?"
)
NUMERIC = r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
RELATIVE = "|".join(
    [
        r"New Year's (?:Day|Eve)|\b(?:Christmas|Easter|May Day)\b|\bfeast\b",
        rf"(?<!Bloody ){WEEKDAY}\b",
        r"\b(?:same|next|following|previous|preceding|that|very) (?:day|night|morning|evening)\b",
        r"\bday (?:before|after|of)\b|\beve of\b|\bbirthday\b|\banniversary\b|\b[ON]\.S\.",
    ]
)
LENGTH = (
    rf"\b{COUNT} (?:days?|weeks?)\b|\bdays (?:before|after|later|earlier)\b"
    r"|\bweeks in\b|\b[Aa] (?:day|week|month|year) later\b"
)
LOST = r"\bon \."
VOTES = rf"(?<![\w–-])\d{{1,2}}[–-]\d{{1,2}}\b(?!\s+(?:{'|'.join(MONTHS)}))"
NO_DAY = "|".join([LENGTH, LOST, VOTES])

OLD_STYLE = {
    *("1898-03-01", "1905-01-03", "1905-01-07", "1905-01-09", "1905-09-19", "1905-09-24"),
    *("1905-10-02", "1905-10-07", "1905-10-15", "1905-11-26", "1905-12-02", "1905-12-03"),
    *("1906-10-04", "1912-04-22"),
}


class Expression(NamedTuple):
    """Words of the article that name a day, and what they say of it."""

    span: Span
    words: str
    days: tuple[tuple[int, int], ...] = ()
    """Month and day of each day named; none for a relative or mistakable expression."""
    year: int | None = None
    is_day: bool = True
    """False for what no event can rest on: a length of time, a lost date, the count of a vote."""


@functools.cache
def expressions(text: str) -> tuple[Expression, ...]:
    """Find everything in a text that names a day, or that a reader may take for one."""
    return (*dates(text), *other_expressions(text))


def dates(text: str) -> Iterator[Expression]:
    taken: list[Span] = []
    for pattern in (DAY_FIRST, MONTH_FIRST):
        for match in re.finditer(pattern, text):
            if any(start < match.end() and match.start() < stop for start, stop in taken):
                continue
            taken.append(match.span())
            groups = match.groupdict()
            month = MONTHS.index(groups["month"]) + 1
            days = tuple((month, int(groups[key])) for key in ("day", "last") if groups.get(key))
            year = groups.get("year") or groups.get("before")
            yield Expression(match.span(), match[0], days, int(year) if year else None)


def other_expressions(text: str) -> Iterator[Expression]:
    for pattern, is_day in ((NUMERIC, True), (RELATIVE, True), (NO_DAY, False)):
        for match in re.finditer(pattern, text):
            yield Expression(match.span(), match[0], is_day=is_day)


def entries(kind: str) -> list[Entry]:
    return [entry for found in entries_by_file(kind).values() for entry in found]


def entries_by_file(kind: str) -> dict[str, list[Entry]]:
    return {
        file.name: tomllib.loads(file.read_text(encoding="utf-8")).get(kind, [])
        for file in sorted(PACK.glob("*.toml"))
    }


EVENTS = entries("event")
ENTITIES = entries("entity")
NOT_EVENTS = entries("not_event")
BY_DAY = [event for event in EVENTS if re.fullmatch(r"\d{4}-\d\d-\d\d", event["date"])]
BY_MONTH = [event for event in EVENTS if re.fullmatch(r"\d{4}-\d\d", event["date"])]
BY_YEAR = [event for event in EVENTS if re.fullmatch(r"\d{3}[\dX]", event["date"])]


def spans(entry: Entry) -> list[Span]:
    """Return where the article states an entry: first its own span, then the further ones."""
    return [
        (entry["start"], entry["stop"]),
        *((start, stop) for start, stop in entry.get("also", [])),
    ]


def covers(span: Span, expression: Expression) -> bool:
    return span[0] <= expression.span[0] and expression.span[1] <= span[1]


def has_the_day(event: Entry, expression: Expression) -> bool:
    """Tell whether an event falls on every day that an expression names, or on those between."""
    first = date.fromisoformat(event["date"])
    last = date.fromisoformat(event.get("end") or event["date"])
    its_days = {first + timedelta(days=offset) for offset in range((last - first).days + 1)}
    return all(
        any(
            (day.month, day.day) == named and expression.year in {None, day.year}
            for day in its_days
        )
        for named in expression.days
    )


def overlooked(text: str, events: list[Entry], not_events: list[Entry]) -> list[str]:
    """List the days of a text that stand neither in an event of that day nor in a not_event."""
    return [
        f"{expression.words!r} at {expression.span[0]}"
        for expression in expressions(text)
        if not any(
            expression.is_day and covers(span, expression) and has_the_day(event, expression)
            for event in events
            for span in spans(event)
        )
        and not any(covers(span, expression) for entry in not_events for span in spans(entry))
    ]


def headings(text: str) -> list[tuple[int, str]]:
    """Find the headings: lone lines with two empty ones before; the lead's own lines are none."""
    found = [
        (match.start(), match[1])
        for match in re.finditer(r"(?<=\n\n\n)(?:= )?([^\n]+)\n(?=\n)", text)
        if len(match[1]) < 100
    ]
    lead = text.index("Lev Davidovich Bronstein (")
    return [heading for heading in found if heading[0] > lead]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.fixture(scope="module")
def article() -> str:
    skip_without(ARTICLE)
    with ARTICLE.open(encoding="utf-8", newline="") as file:
        return file.read()


def test_the_pack_names_the_hash_of_the_article(article: str) -> None:
    (source,) = entries("source")
    assert source["hash"] == "sha256:" + hashlib.sha256(article.encode()).hexdigest()


def test_every_day_in_the_article_is_an_event_of_that_day_or_said_to_be_none(article: str) -> None:
    assert overlooked(article, BY_DAY, NOT_EVENTS) == []


@pytest.mark.parametrize(
    ("words_of_the_article", "days"),
    [
        ("(1–3 March 1898)", ((3, 1), (3, 3))),
        ("between 17 and 30 August 1918", ((8, 17), (8, 30))),
        ("the 3–4 July Central Committee", ((7, 3), (7, 4))),
        ("the October Revolution on 7–8 November 1917", ((11, 7), (11, 8))),
        ("On 30 August, Fanny Kaplan", ((8, 30),)),
        ("signed on 3 March and ratified", ((3, 3),)),
        ("Wilde, Robert. 2019 February 20.", ((2, 20),)),
        ("– 16 June 2023), was shot", ((6, 16),)),
        ("Engels' March 185\n", ((3, 185),)),
        ("New Year's Day 1920", ()),
        ("The same day, Vācietis", ()),
        ("The next day, police", ()),
        ("The following day, 3 December", ()),
        ("the day of his assassination", ()),
        ("released 40 days later", ()),
        ("on his birthday", ()),
        ("the 20th anniversary of", ()),
        ("the tenth anniversary of", ()),
        ("3 January 1905 (O.S.)", ()),
        ("recessed for 12 days", ()),
        ("for three days", ()),
        ("chairman on . He", ()),
    ],
)
def test_the_finder_sees(
    words_of_the_article: str, days: tuple[tuple[int, int], ...], article: str
) -> None:
    """The finder of days is no sieve: it sees each of the forms that the article uses."""
    at = article.index(words_of_the_article)
    here = (at, at + len(words_of_the_article))
    assert days in [found.days for found in expressions(article) if covers(here, found)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on October 4, 1906, he", ((10, 4),)),
        ("on the 4th of October 1906", ((10, 4),)),
        ("on 3rd March", ((3, 3),)),
        ("from 30 to 31 May 1920", ((5, 30), (5, 31))),
        ("in May 1920", None),
        ("on 1906-10-04", ()),
        ("on 4.10.1906", ()),
        ("on Friday he", ()),
        ("after Bloody Sunday he", None),
    ],
)
def test_the_finder_reads(text: str, days: tuple[tuple[int, int], ...] | None) -> None:
    assert [found.days for found in expressions(text)] == ([] if days is None else [days])


@pytest.mark.parametrize("event", BY_DAY, ids=lambda event: event["id"])
def test_forgetting_an_event_is_noticed(event: Entry, article: str) -> None:
    """Without an event, and without others that rest on its words, a day stands uncovered."""
    start, stop = spans(event)[0]
    rest = [
        {
            **other,
            "also": [span for span in spans(other)[1:] if span[1] <= start or stop <= span[0]],
        }
        for other in BY_DAY
        if (other["date"], other["start"]) != (event["date"], start)
    ]
    before = overlooked(article, BY_DAY, NOT_EVENTS)
    assert set(overlooked(article, rest, NOT_EVENTS)) > set(before)


@pytest.mark.parametrize("at", range(len(NOT_EVENTS)))
def test_every_not_event_covers_a_day_that_is_no_event(at: int, article: str) -> None:
    before = overlooked(article, BY_DAY, NOT_EVENTS)
    rest = NOT_EVENTS[:at] + NOT_EVENTS[at + 1 :]
    assert set(overlooked(article, BY_DAY, rest)) > set(before)


@pytest.mark.parametrize("event", BY_DAY, ids=lambda event: event["id"])
def test_every_statement_of_an_event_contains_its_day(event: Entry, article: str) -> None:
    """A dated expression in the span must be of that day; only where there is none, a relative."""
    for span in spans(event):
        inside = [found for found in expressions(article) if found.is_day and covers(span, found)]
        dated = [found for found in inside if found.days]
        assert inside, article[slice(*span)]
        assert not dated or any(has_the_day(event, found) for found in dated), dated


def test_every_event_has_a_day_a_month_or_a_year() -> None:
    assert len(BY_DAY) + len(BY_MONTH) + len(BY_YEAR) == len(EVENTS)


@pytest.mark.parametrize("event", BY_MONTH, ids=lambda event: event["id"])
def test_a_statement_of_an_event_names_its_month(event: Entry, article: str) -> None:
    """Where the month follows from what stands elsewhere, a note says so."""
    month = MONTHS[int(event["date"][5:]) - 1]
    stated = any(month in article[slice(*span)] for span in spans(event))
    assert stated or "note" in event


@pytest.mark.parametrize("event", BY_YEAR, ids=lambda event: event["id"])
def test_a_statement_of_an_event_names_its_year(event: Entry, article: str) -> None:
    """Else the heading above names it, or a note says how the year follows."""
    year = event["date"].rstrip("X")
    stated = any(year in article[slice(*span)] for span in spans(event))
    assert stated or year in event["section"][-1] or "note" in event


@pytest.mark.parametrize("event", BY_MONTH + BY_YEAR, ids=lambda event: event["id"])
def test_a_span_of_months_or_years_ends_later_and_is_as_exact(event: Entry) -> None:
    end = event.get("end")
    assert end is None or (len(end) == len(event["date"]) and end > event["date"])


@pytest.mark.parametrize("entry", EVENTS + ENTITIES, ids=lambda entry: entry["id"])
def test_every_statement_lies_in_the_article(entry: Entry, article: str) -> None:
    assert all(0 <= start < stop <= len(article) for start, stop in spans(entry))


def test_a_span_that_the_article_gives_with_two_days_has_both() -> None:
    """Ranges have an end, and the end is later."""
    ranges = {event["date"]: event["end"] for event in BY_DAY if "end" in event}
    assert ranges == {
        "1898-03-01": "1898-03-03",
        "1917-11-07": "1917-11-08",
        "1917-12-22": "1918-02-10",
        "1918-08-17": "1918-08-30",
        "1919-07-03": "1919-07-04",
        "1922-05-25": "1923-03-09",
        "1924-01-16": "1924-01-18",
        "1935-06-18": "1936-09-02",
    }


def test_a_day_that_the_article_hedges_keeps_its_preposition() -> None:
    hedged = {event["date"]: event["qualifier"] for event in BY_DAY if "qualifier" in event}
    assert hedged == {
        "1905-01-07": "by",
        "1905-09-24": "by",
        "1918-01-18": "before",
        "1918-08-17": "between",
        "1922-05-25": "between",
        "1935-09-19": "from",
        "1940-08-27": "by",
    }


def test_there_are_between_80_and_90_events_with_a_day() -> None:
    assert 80 <= len(BY_DAY) <= 90


def test_the_old_style_days_are_those_of_russia_before_the_war() -> None:
    assert {event["date"] for event in BY_DAY if event.get("calendar") == "julian"} == OLD_STYLE


def test_only_the_day_that_the_article_marks_old_style_is_not_an_inference(article: str) -> None:
    stated = [
        event
        for event in BY_DAY
        if event.get("calendar") == "julian" and not event.get("calendar_inferred")
    ]
    marked = [event for event in BY_DAY if "O.S." in article[event["start"] : event["stop"]]]
    assert [event["date"] for event in stated] == ["1905-01-03"]
    assert stated == marked


def test_the_date_that_is_doubtful_says_so() -> None:
    (conviction,) = (event for event in BY_DAY if event["date"] == "1906-10-04")
    assert "November 1906" in conviction["note"]


@pytest.mark.parametrize("entry", EVENTS + ENTITIES, ids=lambda entry: entry["id"])
def test_every_entry_stands_under_the_heading_it_names(entry: Entry, article: str) -> None:
    above = [heading for at, heading in headings(article) if at < entry["start"]]
    assert entry["section"][-1:] == above[-1:]
    in_order = iter(above)
    assert all(heading in in_order for heading in entry["section"]), entry["section"]


@pytest.mark.parametrize("events", entries_by_file("event").values(), ids=entries_by_file("event"))
def test_events_stand_in_the_order_of_time(events: list[Entry]) -> None:
    """Entries with the same day stand in the article's order, so that a reader finds them."""
    keys = [(event["date"], event.get("end", event["date"]), event["start"]) for event in events]
    assert keys == sorted(keys)


def test_ids_are_unique_and_an_events_id_begins_with_its_date() -> None:
    ids = [entry["id"] for entry in EVENTS + ENTITIES]
    assert len(ids) == len(set(ids))
    assert all(event["id"].startswith(event["date"].lower() + "-") for event in EVENTS)
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}", entry_id) for entry_id in ids)


def test_every_person_named_in_an_event_is_an_entity() -> None:
    known = {
        name
        for entity in ENTITIES
        if entity["kind"] == "person"
        for name in (entity["id"], entity["name"], *entity.get("aliases", []))
    }
    assert {name for event in EVENTS for name in event.get("people", [])} <= known


def test_every_thing_named_in_an_event_is_an_entity() -> None:
    known = {name for entity in ENTITIES for name in (entity["id"], entity["name"])}
    assert {name for event in EVENTS for name in event.get("things", [])} <= known


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event["id"])
def test_a_person_in_an_events_text_is_among_its_people(event: Entry) -> None:
    people = {entity["name"] for entity in ENTITIES if entity["kind"] == "person"}
    # A work's title may hold a name without being about what the person did.
    text = event["text"]
    for thing in event.get("things", []):
        text = text.replace(thing, "")
    assert {name for name in people if name in text} <= set(event.get("people", []))


def test_no_name_means_two_entities() -> None:
    """People who share a surname are told apart: an alias is never a bare shared name."""
    bearers: dict[str, set[str]] = {}
    for entity in ENTITIES:
        for name in (entity["name"], *entity.get("aliases", []), *entity.get("pen_names", [])):
            bearers.setdefault(name, set()).add(entity["id"])
    assert [name for name, ids in bearers.items() if len(ids) > 1] == []


def test_both_kamenevs_are_known_and_only_lev_is_trotskys_brother_in_law() -> None:
    lev, sergey = (
        next(entity for entity in ENTITIES if entity["id"] == entity_id)
        for entity_id in ("lev-kamenev", "sergey-kamenev")
    )
    assert {"kind": "brother-in-law", "to": "Leon Trotsky"} in lev["relations"]
    assert "Leon Trotsky" not in [relation["to"] for relation in sergey["relations"]]


def test_every_relation_is_told_from_both_ends() -> None:
    ties = {
        (entity["name"], relation["to"])
        for entity in ENTITIES
        for relation in entity.get("relations", [])
    }
    assert {(to, of) for of, to in ties} == ties


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event["id"])
def test_every_text_is_one_short_sentence(event: Entry) -> None:
    text = event["text"]
    assert len(text) <= 200
    assert text.endswith(".")
    assert "\n" not in text
    assert not re.match(r"(?:He|She|It|They|However|His|Her|Their|Then|Later)\b", text)


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity["id"])
def test_every_description_is_one_sentence_without_the_name_at_its_start(entity: Entry) -> None:
    description = entity["description"]
    assert len(description) <= 300
    assert description[0].isupper()
    assert description.endswith(".")
    assert not description.startswith(entity["name"] + " ")


def test_no_nine_words_in_a_row_are_the_articles(article: str) -> None:
    its_words = words(article)
    its_runs = {tuple(its_words[at : at + 9]) for at in range(len(its_words) - 8)}
    ours = [
        entry[key]
        for entry in EVENTS + ENTITIES + NOT_EVENTS
        for key in ("text", "description", "note", "reason")
        if key in entry
    ]
    shared = [
        " ".join(run)
        for text in ours
        for at in range(len(words(text)) - 8)
        if (run := tuple(words(text)[at : at + 9])) in its_runs
    ]
    assert shared == []
