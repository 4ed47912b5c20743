"""Dates as sources state them: their forms, their order, and the days on which they are told."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.calendars import Calendar, day_number, from_day_number
from knowledge.model import (
    Anniversary,
    Citation,
    Entity,
    EntityKind,
    Event,
    HistoricalDate,
    InvalidDateError,
    MonthDay,
    PartialDate,
    Position,
    Precision,
    Qualifier,
    Source,
)

GREGORIAN, JULIAN = Calendar.GREGORIAN, Calendar.JULIAN
DAY, FIRST, WITHIN, LAST = Position.DAY, Position.FIRST, Position.WITHIN, Position.LAST


def historical(
    start: str,
    end: str | None = None,
    calendar: Calendar = GREGORIAN,
    qualifier: Qualifier = Qualifier.ON,
) -> HistoricalDate:
    return HistoricalDate(
        PartialDate.parse(start),
        PartialDate.parse(end) if end else None,
        calendar,
        qualifier=qualifier,
    )


def julian(start: str, end: str | None = None) -> HistoricalDate:
    return historical(start, end, JULIAN)


# -- the written form ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1940-08-21", PartialDate(1940, 8, 21, Precision.DAY)),
        ("1940-08", PartialDate(1940, 8, None, Precision.MONTH)),
        ("1940", PartialDate(1940)),
        ("0070", PartialDate(70)),
        ("0000", PartialDate(0)),
        ("-0069-10-15", PartialDate(-69, 10, 15, Precision.DAY)),
        ("-0069", PartialDate(-69)),
        ("192X", PartialDate(1920, precision=Precision.DECADE)),
        ("000X", PartialDate(0, precision=Precision.DECADE)),
        ("18XX", PartialDate(1800, precision=Precision.CENTURY)),
        ("00XX", PartialDate(0, precision=Precision.CENTURY)),
    ],
)
def test_a_written_date_is_read(written: str, expected: PartialDate) -> None:
    assert PartialDate.parse(written) == expected
    assert str(expected) == written


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("-010X", -109, -100),
        ("-006X", -69, -60),
        ("-000X", -9, 0),
        ("-01XX", -199, -100),
        ("-00XX", -99, 0),
    ],
)
def test_digits_before_the_year_0_name_the_years_that_begin_with_them(
    written: str, first: int, last: int
) -> None:
    """-00XX is -0099 to -0000: 100 BC to 1 BC, the first century BC."""
    date = PartialDate.parse(written)
    assert str(date) == written
    assert date.first_day(GREGORIAN) == day_number(first, 1, 1)
    assert date.last_day(GREGORIAN) == day_number(last, 12, 31)


@given(
    st.from_regex(
        r"-?(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
        r"|-?[0-9]{3}X|-?[0-9]{2}XX",
        fullmatch=True,
    )
)
@example("-000X")
@example("-00XX")
@example("0000-02-29")
def test_a_date_that_was_read_is_written_as_it_stood(written: str) -> None:
    assert str(PartialDate.parse(written)) == written


@given(st.text(max_size=12))
@example("１９４０")
@example("1940-٠٨")
def test_any_other_text_is_refused_and_nothing_else_happens(text: str) -> None:
    try:
        date = PartialDate.parse(text)
    except InvalidDateError:
        return
    assert str(date) == text


NO_DATE = "is no date; write 1940-08-21, 1940-08, 1940, 192X or 18XX"


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", f"'' {NO_DATE}"),
        ("yesterday", f"'yesterday' {NO_DATE}"),
        ("21 August 1940", f"'21 August 1940' {NO_DATE}"),
        ("1940-8-21", f"'1940-8-21' {NO_DATE}"),
        ("1940/08/21", f"'1940/08/21' {NO_DATE}"),
        ("19400821", f"'19400821' {NO_DATE}"),
        ("940", f"'940' {NO_DATE}"),
        ("10000", f"'10000' {NO_DATE}"),
        ("+1940", f"'+1940' {NO_DATE}"),
        ("192x", f"'192x' {NO_DATE}"),
        ("1XXX", f"'1XXX' {NO_DATE}"),
        ("1940-08-21\n", f"'1940-08-21\\n' {NO_DATE}"),
        (" 1940", f"' 1940' {NO_DATE}"),
        ("1940-", f"'1940-' {NO_DATE}"),
        ("١٩٤٠", f"'١٩٤٠' {NO_DATE}"),
        ("-0000", "the year -0000 is written 0000"),
        ("-0000-01-01", "the year -0000 is written 0000"),
        ("1940-13", "'1940-13' has no month: months are 01 to 12"),
        ("1940-00", "'1940-00' has no month: months are 01 to 12"),
        ("1940-00-01", "'1940-00-01' has no month: months are 01 to 12"),
        ("1940-08-00", "'1940-08-00' has no day: days of a month begin with 01"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(written: str, sentence: str) -> None:
    with pytest.raises(InvalidDateError) as refusal:
        PartialDate.parse(written)
    assert str(refusal.value) == sentence


def test_a_refusal_quotes_no_more_than_40_characters() -> None:
    with pytest.raises(InvalidDateError) as refusal:
        PartialDate.parse("9" * 1_000_000)
    assert str(refusal.value) == f"'{'9' * 40}' {NO_DATE}"


# -- the days that a date covers -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("1940-08-21", (1940, 8, 21), (1940, 8, 21)),
        ("1940-02", (1940, 2, 1), (1940, 2, 29)),
        ("1940", (1940, 1, 1), (1940, 12, 31)),
        ("192X", (1920, 1, 1), (1929, 12, 31)),
        ("18XX", (1800, 1, 1), (1899, 12, 31)),
        ("000X", (0, 1, 1), (9, 12, 31)),
        ("-0069", (-69, 1, 1), (-69, 12, 31)),
        ("999X", (9990, 1, 1), (9999, 12, 31)),
    ],
)
def test_a_date_covers_its_first_to_its_last_day(
    written: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    date = PartialDate.parse(written)
    assert date.first_day(GREGORIAN) == day_number(*first)
    assert date.last_day(GREGORIAN) == day_number(*last)


def test_the_last_day_of_a_month_is_that_of_its_calendar() -> None:
    february = PartialDate.parse("1900-02")
    assert february.last_day(GREGORIAN) == day_number(1900, 2, 28, GREGORIAN)
    assert february.last_day(JULIAN) == day_number(1900, 2, 29, JULIAN)


@given(
    st.from_regex(
        r"-?(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?|-?[0-9]{3}X|-?[0-9]{2}XX",
        fullmatch=True,
    ),
    st.sampled_from(Calendar),
)
def test_a_date_covers_as_many_days_as_its_precision_says(written: str, calendar: Calendar) -> None:
    date = PartialDate.parse(written)
    days = date.last_day(calendar) - date.first_day(calendar) + 1
    least, most = {
        Precision.DAY: (1, 1),
        Precision.MONTH: (28, 31),
        Precision.YEAR: (365, 366),
        Precision.DECADE: (3652, 3653),
        Precision.CENTURY: (
            36_524,
            36_525,
        ),  # the Julian century always has the leap day of its hundredth year
    }[date.precision]
    assert least <= days <= most


@pytest.mark.parametrize(
    ("written", "expected"),
    [("1940-08-21", MonthDay(8, 21)), ("1940-08", None), ("1940", None), ("192X", None)],
)
def test_only_a_day_has_a_day_of_the_year(written: str, expected: MonthDay | None) -> None:
    assert PartialDate.parse(written).month_day == expected


# -- dates that no calendar has ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "calendar", "sentence"),
    [
        (
            *("1917-06-31", None, GREGORIAN),
            "1917-06-31: this month has no day 31 in the gregorian calendar",
        ),
        (
            *("1900-02-29", None, GREGORIAN),
            "1900-02-29: this month has no day 29 in the gregorian calendar",
        ),
        (
            *("1901-02-29", None, JULIAN),
            "1901-02-29: this month has no day 29 in the julian calendar",
        ),
        (
            *("1917-01-01", "1917-02-30", GREGORIAN),
            "1917-02-30: this month has no day 30 in the gregorian calendar",
        ),
        (
            "1917-11-08",
            "1917-11-07",
            GREGORIAN,
            "the end 1917-11-07 lies before the date 1917-11-08",
        ),
        ("1917-11", "1917-10", GREGORIAN, "the end 1917-10 lies before the date 1917-11"),
        ("1917", "1916-12-31", GREGORIAN, "the end 1916-12-31 lies before the date 1917"),
        ("192X", "191X", GREGORIAN, "the end 191X lies before the date 192X"),
        ("-0060", "-0069", GREGORIAN, "the end -0069 lies before the date -0060"),
        ("-4713-12-31", None, JULIAN, "-4713-12-31 lies before 4713 BC"),
        ("-4713-11-23", None, GREGORIAN, "-4713-11-23 lies before 4713 BC"),
        ("-9999", None, GREGORIAN, "-9999 lies before 4713 BC"),
        ("-48XX", None, GREGORIAN, "-48XX lies before 4713 BC"),
        ("9999-12-31", None, JULIAN, "9999-12-31 lies after the year 9999"),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_a_sentence(
    start: str, end: str | None, calendar: Calendar, sentence: str
) -> None:
    with pytest.raises(InvalidDateError) as refusal:
        historical(start, end, calendar)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("written", "calendar"),
    [
        ("1900-02-29", JULIAN),
        ("1904-02-29", GREGORIAN),
        ("0000-02-29", GREGORIAN),
        ("-4712-01-01", JULIAN),
        ("-4713-11-24", GREGORIAN),
        ("9999-12-31", GREGORIAN),
        ("999X", GREGORIAN),
    ],
)
def test_a_date_that_is_just_possible_is_taken(written: str, calendar: Calendar) -> None:
    assert str(historical(written, None, calendar).start) == written


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("1917-11-07", "1917-11-07"),
        ("1917-11-07", "1917-11"),
        ("1917-11-07", "1917"),
        ("1917-11", "1917-11-01"),
        ("-0069", "-0060"),
        ("-0001-12-31", "0000-01-01"),
    ],
)
def test_an_end_that_may_lie_on_the_date_or_after_it_is_taken(start: str, end: str) -> None:
    assert str(historical(start, end).end) == end


def test_a_date_is_parsed_with_its_end() -> None:
    assert HistoricalDate.parse("1917-11-07", "1917-11-08") == historical(
        "1917-11-07", "1917-11-08"
    )
    assert HistoricalDate.parse("1917-11-07").end is None


# -- Gregorian days ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "gregorian", "gregorian_end"),
    [
        (julian("1905-01-03"), "1905-01-16", None),
        (julian("1898-03-01", "1898-03-03"), "1898-03-13", "1898-03-15"),
        (julian("1917-12-20", "1917-12-31"), "1918-01-02", "1918-01-13"),
        (julian("1905-01-03", "1905-02"), "1905-01-16", None),
        (julian("1905-01", "1905-02-03"), None, "1905-02-16"),
        (julian("1905-01"), None, None),
        (julian("1905"), None, None),
        (julian("-0043-03-15"), "-0043-03-13", None),
        (historical("1940-08-21"), "1940-08-21", None),
        (historical("1917-11-07", "1917-11-08"), "1917-11-07", "1917-11-08"),
        (historical("192X"), None, None),
    ],
)
def test_the_gregorian_day_is_known_where_a_day_is(
    date: HistoricalDate, gregorian: str | None, gregorian_end: str | None
) -> None:
    found = (date.gregorian, date.gregorian_end)
    assert tuple(day and str(day) for day in found) == (gregorian, gregorian_end)


def test_the_precision_is_that_of_the_first_date() -> None:
    assert historical("1917-11-07", "1918").precision is Precision.DAY
    assert historical("1917", "1918-03-03").precision is Precision.YEAR


def test_a_span_covers_all_from_its_first_to_its_last_possible_day() -> None:
    date = historical("1917", "1918-02")
    assert (date.first_day, date.last_day) == (day_number(1917, 1, 1), day_number(1918, 2, 28))


# -- order ---------------------------------------------------------------------------------------

IN_ORDER = [
    historical("-006X"),
    historical("-0069-10-15"),
    historical("0000"),
    historical("0001-01-01"),
    historical("18XX"),
    julian("1900-02-28"),
    historical("1900-03-13"),
    historical("1900-03-14"),
    historical("1917-01-01"),
    historical("1917-01"),
    historical("1917"),
    julian("1917-10-24"),
    historical("1917-11-07"),
    historical("1917-11-07", "1917-11-08"),
    julian("1917-10-26"),
    julian("1917-12-25"),
    historical("1918-01-08"),
]
"""Of those that begin together, the one that is over first comes first."""


def test_dates_come_in_the_order_of_time_whatever_their_calendar() -> None:
    shuffled = IN_ORDER[::2] + IN_ORDER[1::2]
    assert sorted(shuffled, key=lambda date: date.in_time) == IN_ORDER


@pytest.mark.parametrize(("earlier", "later"), list(pairwise(IN_ORDER)))
def test_of_two_dates_the_earlier_comes_first_in_time(
    earlier: HistoricalDate, later: HistoricalDate
) -> None:
    assert earlier.in_time < later.in_time


def test_one_day_in_two_calendars_is_neither_earlier_nor_later() -> None:
    assert julian("1917-10-25").in_time == historical("1917-11-07").in_time


def test_two_dates_are_not_compared_but_by_their_place_in_time() -> None:
    """Else one day in two calendars would be unequal, and neither less nor greater."""
    with pytest.raises(TypeError):
        assert historical("1917") < historical("1918")  # type: ignore[operator]


# -- equality ------------------------------------------------------------------------------------


def test_dates_that_say_the_same_are_equal() -> None:
    assert historical("1917-11-07") == historical("1917-11-07")
    assert hash(historical("1917-11-07")) == hash(historical("1917-11-07"))


@pytest.mark.parametrize(
    "other",
    [
        historical("1917-11-08"),
        historical("1917-11"),
        historical("1917-11-07", "1917-11-07"),
        historical("1917-11-07", qualifier=Qualifier.BY),
        julian("1917-11-07"),
        julian("1917-10-25"),
        HistoricalDate(PartialDate.parse("1917-11-07"), calendar_inferred=True),
        "1917-11-07",
    ],
)
def test_dates_that_say_something_else_are_not_equal(other: object) -> None:
    assert historical("1917-11-07") != other


# -- the days on which a date is told ------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "days"),
    [
        pytest.param(historical("1940-08-21"), [Anniversary(8, 21, GREGORIAN, DAY)], id="one day"),
        pytest.param(
            historical("1904-02-29"), [Anniversary(2, 29, GREGORIAN, DAY)], id="a leap day"
        ),
        pytest.param(
            julian("1905-01-03"),
            [Anniversary(1, 3, JULIAN, DAY), Anniversary(1, 16, GREGORIAN, DAY)],
            id="a Julian day, on both days",
        ),
        pytest.param(
            julian("1900-02-29"),
            [Anniversary(2, 29, JULIAN, DAY), Anniversary(3, 13, GREGORIAN, DAY)],
            id="a leap day that only the Julian calendar has",
        ),
        pytest.param(
            julian("0250-06-01"),
            [Anniversary(6, 1, JULIAN, DAY), Anniversary(6, 1, GREGORIAN, DAY)],
            id="a Julian day of the third century, once for each calendar",
        ),
        pytest.param(
            historical("-0069-10-15"), [Anniversary(10, 15, GREGORIAN, DAY)], id="a day BC"
        ),
        pytest.param(
            historical("1917-11-07", "1917-11-08"),
            [Anniversary(11, 7, GREGORIAN, FIRST), Anniversary(11, 8, GREGORIAN, LAST)],
            id="two days",
        ),
        pytest.param(
            historical("1917-11-07", "1917-11-07"),
            [Anniversary(11, 7, GREGORIAN, DAY)],
            id="an end on the same day is one day",
        ),
        pytest.param(
            historical("1924-02-26", "1924-03-04"),
            [
                Anniversary(2, 26, GREGORIAN, FIRST),
                Anniversary(2, 27, GREGORIAN, WITHIN),
                Anniversary(2, 28, GREGORIAN, WITHIN),
                Anniversary(2, 29, GREGORIAN, WITHIN),
                Anniversary(3, 1, GREGORIAN, WITHIN),
                Anniversary(3, 2, GREGORIAN, WITHIN),
                Anniversary(3, 3, GREGORIAN, WITHIN),
                Anniversary(3, 4, GREGORIAN, LAST),
            ],
            id="eight days, over a leap day: every one",
        ),
        pytest.param(
            historical("1924-02-26", "1924-03-05"),
            [Anniversary(2, 26, GREGORIAN, FIRST), Anniversary(3, 5, GREGORIAN, LAST)],
            id="nine days: the first and the last",
        ),
        pytest.param(
            historical("1923-12-30", "1924-01-01"),
            [
                Anniversary(12, 30, GREGORIAN, FIRST),
                Anniversary(12, 31, GREGORIAN, WITHIN),
                Anniversary(1, 1, GREGORIAN, LAST),
            ],
            id="over the turn of the year",
        ),
        pytest.param(
            historical("1917-12-22", "1918-02-10"),
            [Anniversary(12, 22, GREGORIAN, FIRST), Anniversary(2, 10, GREGORIAN, LAST)],
            id="an end in another year",
        ),
        pytest.param(
            julian("1898-03-01", "1898-03-03"),
            [
                Anniversary(3, 1, JULIAN, FIRST),
                Anniversary(3, 13, GREGORIAN, FIRST),
                Anniversary(3, 3, JULIAN, LAST),
                Anniversary(3, 15, GREGORIAN, LAST),
                Anniversary(3, 2, JULIAN, WITHIN),
                Anniversary(3, 14, GREGORIAN, WITHIN),
            ],
            id="a Julian span, every day of it in both calendars",
        ),
        pytest.param(
            historical("1917-11-07", "1918-03"),
            [Anniversary(11, 7, GREGORIAN, FIRST)],
            id="from a day to a month: the day",
        ),
        pytest.param(
            historical("1917-03", "1917-11-07"),
            [Anniversary(11, 7, GREGORIAN, LAST)],
            id="from a month to a day: the day",
        ),
        pytest.param(
            historical("1917-11", "1917-11-02"),
            [Anniversary(11, 2, GREGORIAN, LAST)],
            id="from a month to its second day: that day, and nothing is made up before it",
        ),
        pytest.param(historical("1940-08"), [], id="a month"),
        pytest.param(historical("1940-08", "1940-09"), [], id="months"),
        pytest.param(historical("1940"), [], id="a year"),
        pytest.param(historical("192X"), [], id="a decade"),
        pytest.param(historical("18XX", "19XX"), [], id="centuries"),
    ],
)
def test_a_date_is_told_on_its_days(date: HistoricalDate, days: list[Anniversary]) -> None:
    found = date.anniversaries()
    assert len(found) == len(days)
    assert set(found) == set(days)


spans = st.tuples(
    st.integers(min_value=0, max_value=5_373_000), st.integers(min_value=0, max_value=400)
)


@given(spans, st.sampled_from(Calendar))
def test_a_date_is_told_on_at_most_eight_days_of_a_calendar(
    span: tuple[int, int], calendar: Calendar
) -> None:
    number, length = span
    first, last = (from_day_number(n, calendar) for n in (number, number + length))
    date = HistoricalDate(
        PartialDate(*first, precision=Precision.DAY),
        PartialDate(*last, precision=Precision.DAY),
        calendar,
    )
    told = [day for day in date.anniversaries() if day.calendar is calendar]
    assert len(told) == (length + 1 if length < 8 else 2)
    assert told[0][:2] == first[1:]
    assert told[-1][:2] == last[1:]


# -- what else the values say --------------------------------------------------------------------

SOURCE = Citation(Source("logbook", "The logbook of the Borealis"))


def test_an_entry_belongs_to_the_pack_that_its_key_names() -> None:
    event = Event("expedition/1911-landing", historical("1911"), "They land.", "event", SOURCE)
    entity = Entity("expedition/borealis", EntityKind.SHIP, "Borealis", SOURCE)
    assert (event.pack, entity.pack) == ("expedition", "expedition")


def test_the_names_of_an_entity_begin_with_the_usual_one() -> None:
    entity = Entity(
        *("expedition/ilse-brandt", EntityKind.PERSON, "Ilse Brandt", SOURCE),
        aliases=("Ilse Brandt-Moe",),
        transliterations=("Ильзе Брандт",),
        pen_names=("Polaris",),
    )
    assert entity.names == ("Ilse Brandt", "Ilse Brandt-Moe", "Ильзе Брандт", "Polaris")
