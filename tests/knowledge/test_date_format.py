"""Dates in words, as the people of each language write them."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.calendars import month_length
from knowledge.date_format import (
    format_date,
    format_day,
    format_days,
    format_month,
    format_point,
    format_span,
    format_year,
)
from knowledge.date_words import LANGUAGES
from knowledge.dates import Day, read_date
from knowledge.model import HistoricalDate, MonthDay, PartialDate

EVERY_DAY = [
    MonthDay(month, day) for month in range(1, 13) for day in range(1, month_length(month) + 1)
]
NARROW_SPACE = "\u202f"
"""CLDR puts it before the Russian and Ukrainian word for year."""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "21 August"),
        ("de", "21. August"),
        ("es", "21 de agosto"),
        ("fr", "21 août"),
        ("it", "21 agosto"),
        ("pt", "21 de agosto"),
        ("ru", "21 августа"),
        ("uk", "21 серпня"),
        ("pl", "21 sierpnia"),
        ("tr", "21 Ağustos"),
        ("ja", "8月21日"),
        ("zh", "8月21日"),
    ],
)
def test_a_day_of_any_year(language: str, words: str) -> None:
    assert format_day(MonthDay(8, 21), language) == words


def test_the_first_of_a_month_is_an_ordinal_in_french_only() -> None:
    assert format_day(MonthDay(5, 1), "fr") == "1er mai"
    assert format_day(MonthDay(5, 21), "fr") == "21 mai"
    assert format_day(MonthDay(5, 1), "es") == "1 de mayo"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "August"),
        ("de", "August"),
        ("fr", "août"),
        ("ru", "август"),
        ("uk", "серпень"),
        ("pl", "sierpień"),
        ("tr", "Ağustos"),
        ("ja", "8月"),
    ],
)
def test_a_month_alone_has_the_form_that_stands_alone(language: str, words: str) -> None:
    assert format_month(8, language) == words


@pytest.mark.parametrize(
    ("year", "language", "words"),
    [
        (1917, "en", "1917"),
        (1, "en", "1"),
        (0, "en", "1 BC"),
        (-69, "en", "70 BC"),
        (-4712, "en", "4713 BC"),
        (-69, "de", "70 v. Chr."),
        (-69, "es", "70 a. C."),
        (-69, "fr", "70 av. J.-C."),
        (-69, "it", "70 a.C."),
        (-69, "ru", "70 до н. э."),
        (-69, "uk", "70 до н. е."),
        (-69, "pl", "70 p.n.e."),
        (-69, "tr", "MÖ 70"),
        (-69, "ja", "紀元前70年"),
        (-69, "zh", "公元前70年"),
        (1917, "ja", "1917年"),
        (1917, "ru", "1917"),
    ],
)
def test_a_year(year: int, language: str, words: str) -> None:
    assert format_year(year, language) == words


@pytest.mark.parametrize(
    ("written", "language", "words"),
    [
        ("1940-08-21", "en", "21 August 1940"),
        ("1940-08-21", "de", "21. August 1940"),
        ("1940-08-21", "es", "21 de agosto de 1940"),
        ("1940-08-21", "fr", "21 août 1940"),
        ("1940-08-01", "fr", "1er août 1940"),
        ("1940-08-21", "it", "21 agosto 1940"),
        ("1940-08-21", "pt", "21 de agosto de 1940"),
        ("1940-08-21", "ru", f"21 августа 1940{NARROW_SPACE}г."),
        ("1940-08-21", "uk", f"21 серпня 1940{NARROW_SPACE}р."),
        ("1940-08-21", "pl", "21 sierpnia 1940"),
        ("1940-08-21", "tr", "21 Ağustos 1940"),
        ("1940-08-21", "ja", "1940年8月21日"),
        ("1940-08-21", "zh", "1940年8月21日"),
        ("1940-08", "en", "August 1940"),
        ("1940-08", "de", "August 1940"),
        ("1940-08", "es", "agosto de 1940"),
        ("1940-08", "ru", f"август 1940{NARROW_SPACE}г."),
        ("1940-08", "uk", f"серпень 1940{NARROW_SPACE}р."),
        ("1940-08", "pl", "sierpień 1940"),
        ("1940-08", "ja", "1940年8月"),
        ("1940", "en", "1940"),
        ("0070", "en", "70"),
        ("-0069-10-15", "en", "15 October 70 BC"),
        ("-0069-10-15", "de", "15. Oktober 70 v. Chr."),
        ("-0069-10-15", "es", "15 de octubre de 70 a. C."),
        ("-0069-10-15", "fr", "15 octobre 70 av. J.-C."),
        ("-0069-10-15", "ru", f"15 октября 70{NARROW_SPACE}г. до н. э."),
        ("-0069-10-15", "uk", f"15 жовтня 70{NARROW_SPACE}р. до н. е."),
        ("-0069-10-15", "pl", "15 października 70 p.n.e."),
        ("-0069-10-15", "tr", "15 Ekim MÖ 70"),
        ("-0069-10-15", "ja", "紀元前70年10月15日"),
        ("-0069-10-15", "zh", "公元前70年10月15日"),
        ("-0043-03", "en", "March 44 BC"),
        ("0000", "en", "1 BC"),
        ("192X", "en", "1920s"),
        ("192X", "de", "1920–1929"),
        ("192X", "ja", "1920–1929年"),
        ("180X", "en", "1800–1809"),
        ("18XX", "en", "1800s"),
        ("18XX", "ru", "1800–1899"),
        ("-010X", "en", "110 BC – 101 BC"),
        ("-00XX", "en", "100 BC – 1 BC"),
        ("-006X", "de", "70 v. Chr. – 61 v. Chr."),
        ("000X", "en", "1 BC – 9"),
    ],
)
def test_a_date(written: str, language: str, words: str) -> None:
    assert format_point(PartialDate.parse(written), language) == words


def test_a_decade_that_begins_a_century_is_not_mistaken_for_it() -> None:
    decade, century = PartialDate.parse("180X"), PartialDate.parse("18XX")
    assert format_point(decade) != format_point(century)


@pytest.mark.parametrize(
    ("start", "end", "language", "words"),
    [
        ("1917-11-07", "1917-11-08", "en", "7–8 November 1917"),
        ("1917-11-07", "1917-11-08", "de", "7.–8. November 1917"),
        ("1917-11-07", "1917-11-08", "es", "7–8 de noviembre de 1917"),
        ("1917-11-07", "1917-11-08", "fr", "7–8 novembre 1917"),
        ("1917-11-01", "1917-11-02", "fr", "1er–2 novembre 1917"),
        ("1917-11-07", "1917-11-08", "ru", f"7–8 ноября 1917{NARROW_SPACE}г."),
        ("1917-11-07", "1917-11-08", "pl", "7–8 listopada 1917"),
        ("1917-11-07", "1917-11-08", "tr", "7–8 Kasım 1917"),
        ("1917-11-07", "1917-11-08", "ja", "1917年11月7日 – 1917年11月8日"),
        ("1918-08-17", "1918-09-02", "en", "17 August – 2 September 1918"),
        ("1918-08-17", "1918-09-02", "de", "17. August – 2. September 1918"),
        ("1918-08-17", "1918-09-02", "es", "17 de agosto – 2 de septiembre de 1918"),
        ("1917-12-22", "1918-02-10", "en", "22 December 1917 – 10 February 1918"),
        ("1917-12-22", "1918-02-10", "zh", "1917年12月22日 – 1918年2月10日"),
        ("1917-11-07", "1918-11-07", "en", "7 November 1917 – 7 November 1918"),
        ("1917-11-07", "1918-03", "en", "7 November 1917 – March 1918"),
        ("1917-03", "1917-11-07", "en", "March 1917 – 7 November 1917"),
        ("1917-03", "1918-11", "en", "March 1917 – November 1918"),
        ("1917", "1920", "en", "1917–1920"),
        ("1917", "1920", "ja", "1917–1920年"),
        ("1917", "1920-05-02", "en", "1917 – 2 May 1920"),
        ("-0069", "-0060", "en", "70 BC – 61 BC"),
        ("-0001", "0002", "en", "2 BC – 2"),
        ("-0043-03-13", "-0043-03-15", "en", "13–15 March 44 BC"),
        ("192X", "193X", "en", "1920s – 1930s"),
    ],
)
def test_a_span_says_once_what_its_ends_share(
    start: str, end: str, language: str, words: str
) -> None:
    assert format_date(HistoricalDate.parse(start, end), language) == words
    assert format_span(PartialDate.parse(start), PartialDate.parse(end), language) == words


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (HistoricalDate.parse("1940-08-21"), "21 August 1940"),
        (HistoricalDate.parse("1940-08-21", "1940-08-21"), "21 August 1940"),
        (HistoricalDate.parse("1940", "1940"), "1940"),
        (HistoricalDate.parse("192X"), "1920s"),
    ],
)
def test_a_date_without_another_end_is_no_span(date: HistoricalDate, words: str) -> None:
    assert format_date(date) == words


@pytest.mark.parametrize(
    ("first", "last", "language", "words"),
    [
        (MonthDay(8, 17), MonthDay(8, 30), "en", "17–30 August"),
        (MonthDay(12, 28), MonthDay(1, 3), "en", "28 December – 3 January"),
        (MonthDay(8, 17), MonthDay(8, 30), "de", "17.–30. August"),
        (MonthDay(8, 17), MonthDay(8, 30), "es", "17–30 de agosto"),
        (MonthDay(5, 1), MonthDay(5, 3), "fr", "1er–3 mai"),
        (MonthDay(8, 17), MonthDay(8, 30), "ja", "8月17日 – 8月30日"),
    ],
)
def test_days_of_any_year(first: MonthDay, last: MonthDay, language: str, words: str) -> None:
    assert format_days(first, last, language) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_the_year_is_a_text_of_its_own(language: str) -> None:
    texts = {format_day(day, language) for day in EVERY_DAY}
    assert len(EVERY_DAY) == 366
    assert len(texts) == 366


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_of_a_pattern_is_left_in_a_date(language: str) -> None:
    for written in ("1940-08-21", "1940-08", "1940", "-0069-10-15", "-0069-10", "192X", "18XX"):
        words = format_point(PartialDate.parse(written), language)
        assert "LL" not in words
        assert "MM" not in words
        assert "'" not in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_a_year_is_read_back_as_that_day(language: str) -> None:
    for month, day in EVERY_DAY:
        written = f"1940-{month:02}-{day:02}"
        words = format_point(PartialDate.parse(written), language)
        assert read_date(words, date(2026, 8, 21), language=language) == Day(month, day, 1940)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_before_christ_is_read_back_as_that_day(language: str) -> None:
    words = format_point(PartialDate.parse("-0069-10-15"), language)
    assert read_date(words, date(2026, 8, 21), language=language) == Day(10, 15, -69)


def test_months_of_one_year_name_the_year_once() -> None:
    assert format_date(HistoricalDate.parse("1918-05", "1918-06")) == "May – June 1918"


def test_months_of_two_years_name_both_years() -> None:
    assert format_date(HistoricalDate.parse("1918-11", "1919-02")) == (
        "November 1918 – February 1919"
    )
