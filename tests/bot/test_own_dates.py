"""A community's own dates: typed, limited, and as files that come back just as they went out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.daily.own_date_files import (
    LARGEST_FILE,
    FaultyDatesError,
    read_csv,
    read_json,
    to_csv,
    to_json,
)
from bot.daily.own_dates import (
    MOST_DATES,
    OwnDate,
    in_order,
    own_date,
    read_own_date,
    read_own_line,
    told_on,
    with_added,
)
from bot.errors import UserError
from bot.safe_text import safe
from knowledge.calendars import month_length
from knowledge.dates import Order

Said = tuple[int, int, int | None, str]
"""Month, day, year and text."""


def numbered(count: int) -> list[OwnDate]:
    return [own_date(1 + n % 12, 1 + n % 28, None, f"thing {n}") for n in range(count)]


# -- typed ----------------------------------------------------------------------------------------

LINES: list[tuple[str, Said]] = [
    ("21 August 2019 server founded", (8, 21, 2019, "server founded")),
    ("21 August server founded", (8, 21, None, "server founded")),
    ("August 21, 2019: server founded", (8, 21, 2019, "server founded")),
    ("2019-08-21 server founded", (8, 21, 2019, "server founded")),
    ("21.08.2019 server founded", (8, 21, 2019, "server founded")),
    ("3.5.2019 first meeting", (5, 3, 2019, "first meeting")),
    ("1 May 100 members reached", (5, 1, None, "100 members reached")),
    ("1 May 10000 members", (5, 1, None, "10000 members")),
    ("29 February 2016 – leap party", (2, 29, 2016, "leap party")),
    ("29 February leap party", (2, 29, None, "leap party")),
    ("31 December 1000 an old school", (12, 31, 1000, "an old school")),
    ("5 March\n  two\tlines\u202e", (3, 5, None, "two lines")),
    ("5 March @everyone *look*", (3, 5, None, "@everyone *look*")),
]


@pytest.mark.parametrize(("typed", "said"), LINES, ids=[line for line, _ in LINES])
def test_a_line_begins_with_its_day(typed: str, said: Said) -> None:
    assert read_own_line(typed).content == said


REFUSED_LINES = [
    ("31 June party", ("30 June party", "1 July party")),
    ("29 Feb 2019 party", ("28 February 2019 party", "1 March 2019 party")),
    ("03-05 party", ("3 May party", "5 March party")),
    ("server founded", ("21 August 2019 server founded",)),
    ("Friday game night", ("21 August 2019 server founded",)),
    ("in 3 days a party", ("21 August 2019 server founded",)),
    ("May the force", ("21 August 2019 server founded",)),
    ("", ("21 August 2019 server founded",)),
    ("21 August 2019", ()),
    ("21 August " + "x" * 201, ()),
    ("x" * 100_000, ()),
]


@pytest.mark.parametrize(
    ("typed", "choices"), REFUSED_LINES, ids=[line[:30] for line, _ in REFUSED_LINES]
)
def test_a_line_that_can_not_be_read_is_refused_with_lines_that_can(
    typed: str, choices: tuple[str, ...]
) -> None:
    with pytest.raises(UserError) as caught:
        read_own_line(typed)
    assert caught.value.choices == choices
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(("order", "day"), [(Order.DAY_FIRST, (5, 3)), (Order.MONTH_FIRST, (3, 5))])
def test_numbers_of_two_readings_are_read_as_the_chat_chose(
    order: Order, day: tuple[int, int]
) -> None:
    one = read_own_date("03-05", "party", order)
    assert (one.month, one.day) == day


REFUSED_DATES = ["", "today", "tomorrow", "1917", "May", "1 May 44 BC", "0000-00-00", "../../etc"]
REFUSED_DATES += ["1-5 May", "9" * 5_000, "1 May 0999", "21 August\u202e 20190", "next friday"]


@pytest.mark.parametrize("typed", REFUSED_DATES)
def test_what_is_no_day_of_the_calendar_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        read_own_date(typed, "party")
    assert caught.value.message.endswith((".", "?"))


@pytest.mark.parametrize("text", ["", "  ", "\u200b\u202e", "x" * 201, "x" * 100_000, "a\n" * 150])
def test_a_text_of_no_or_too_many_characters_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        read_own_date("21 August", text)


def test_a_text_of_two_hundred_characters_is_taken() -> None:
    assert read_own_date("21 August", "ü" * 200).text == "ü" * 200


def test_the_same_date_typed_again_has_the_same_id_and_another_one_another() -> None:
    one, same = read_own_line("21 August party"), read_own_line("August 21 party")
    others = [read_own_line("22 August party"), read_own_line("21 August 2019 party")]
    assert one == same
    assert len({one.id, *(other.id for other in others)}) == 3


WRONG_VALUES: list[tuple[str, int, int, int | None, str]] = [
    ("", 8, 21, None, "x"),
    ("a b", 8, 21, None, "x"),
    ("a" * 41, 8, 21, None, "x"),
    ("a", 0, 21, None, "x"),
    ("a", 13, 21, None, "x"),
    ("a", 6, 31, None, "x"),
    ("a", 2, 29, 2019, "x"),
    ("a", 8, 21, 999, "x"),
    ("a", 8, 21, 10_000, "x"),
    ("a", 8, 21, None, ""),
    ("a", 8, 21, None, "x" * 201),
    ("a", 8, 21, None, "two\nlines"),
    ("a", 8, 21, None, " x"),
    ("a", 8, 21, None, "x\u202e"),
]


@pytest.mark.parametrize("values", WRONG_VALUES, ids=range(len(WRONG_VALUES)))
def test_no_wrong_value_can_be_made(values: tuple[str, int, int, int | None, str]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        OwnDate(*values)


# -- the day they are told ------------------------------------------------------------------------

TOLD = [
    ("21 August 2019", date(2026, 8, 21), True),
    ("21 August", date(2026, 8, 21), True),
    ("21 August", date(2026, 8, 22), False),
    ("21 August 2019", date(2019, 8, 21), True),
    ("21 August 2027", date(2026, 8, 21), False),
    ("29 February 2016", date(2028, 2, 29), True),
    ("29 February 2016", date(2028, 2, 28), False),
    ("29 February 2016", date(2027, 2, 28), True),
    ("29 February 2016", date(2027, 3, 1), False),
    ("29 February", date(2100, 2, 28), True),
    ("29 February", date(2000, 2, 28), False),
    ("28 February", date(2027, 2, 28), True),
    ("28 February", date(2028, 2, 28), True),
]


@pytest.mark.parametrize(("own", "day", "is_told"), TOLD)
def test_t11_a_date_is_told_once_each_year_from_its_own_on(
    own: str, day: date, is_told: bool
) -> None:
    assert read_own_date(own, "party").is_told_on(day) is is_told


def test_of_more_than_can_be_told_another_part_is_told_each_year() -> None:
    dates = [own_date(8, 21, 2000 + n, f"thing {n}") for n in range(8)]
    parts = [told_on(dates, date(year, 8, 21), 5) for year in (2026, 2027)]
    assert [left for _, left in parts] == [3, 3]
    assert {one for shown, _ in parts for one in shown} == set(dates)


def test_those_of_a_day_come_in_order_of_their_years() -> None:
    lines = ("21 August 2019 b", "21 August 2001 a", "21 August c", "22 August 1999 d")
    shown, left = told_on([read_own_line(line) for line in lines], date(2026, 8, 21), 5)
    assert ([one.text for one in shown], left) == (["c", "a", "b"], 0)


# -- those of a community -------------------------------------------------------------------------


def test_a_community_has_five_hundred_dates_and_no_more() -> None:
    known = numbered(MOST_DATES - 1)
    last, one_more = read_own_line("21 August last"), read_own_line("21 August one more")
    full = with_added(known, [last])
    assert len(full) == 500
    with pytest.raises(UserError, match="501"):
        with_added(full, [one_more])


def test_a_known_id_takes_the_place_of_the_old_one() -> None:
    old, new = OwnDate("a", 8, 21, None, "old"), OwnDate("a", 8, 22, 2019, "new")
    assert with_added([old], [new]) == (new,)


def test_the_same_date_is_kept_once_with_the_id_that_it_had() -> None:
    old, new = OwnDate("a", 8, 21, None, "same"), OwnDate("b", 8, 21, None, "same")
    assert with_added([old], [new]) == (old,)


# -- files ----------------------------------------------------------------------------------------

Read = Callable[[bytes], tuple[OwnDate, ...]]
Write = Callable[[list[OwnDate]], bytes]

HARD = [
    own_date(8, 21, 2019, 'says "hello", then; leaves'),
    own_date(2, 29, None, "leap day"),
    own_date(2, 29, 2016, "leap year"),
    own_date(3, 5, None, "=cmd|' /C calc'!A0"),
    own_date(3, 6, None, "+1"),
    own_date(3, 7, None, "-1"),
    own_date(3, 8, None, "@SUM(A1)"),
    own_date(3, 9, None, "'=quoted already"),
    own_date(3, 10, None, "''=twice"),
    own_date(3, 11, None, "'tis the season"),
    own_date(3, 12, None, "＝full width"),
    own_date(3, 13, None, "日本語 Ünïcödé 🎉"),
    own_date(3, 14, None, "back\\slash and 'quotes'"),
    own_date(3, 15, None, '"'),
    OwnDate("-starts-with-a-dash", 3, 16, 1999, "x"),
]

texts = st.text(min_size=1, max_size=200).map(safe).filter(lambda text: 1 <= len(text) <= 200)


@st.composite
def own_dates(draw: st.DrawFn) -> OwnDate:
    year = draw(st.none() | st.integers(1000, 9999))
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, month_length(month, year)))
    return own_date(month, day, year, draw(texts))


@pytest.mark.parametrize(("write", "read"), [(to_csv, read_csv), (to_json, read_json)])
def test_what_is_hard_to_write_comes_back_exactly(write: Write, read: Read) -> None:
    assert read(write(HARD)) == tuple(in_order(HARD))


@given(st.lists(own_dates(), max_size=8, unique_by=(lambda one: one.id, lambda one: one.content)))
def test_whatever_is_exported_as_csv_is_imported_the_same(dates: list[OwnDate]) -> None:
    assert read_csv(to_csv(dates)) == tuple(in_order(dates))


@given(st.lists(own_dates(), max_size=8, unique_by=(lambda one: one.id, lambda one: one.content)))
def test_whatever_is_exported_as_json_is_imported_the_same(dates: list[OwnDate]) -> None:
    assert read_json(to_json(dates)) == tuple(in_order(dates))


@pytest.mark.parametrize("one", HARD, ids=lambda one: one.text[:12])
def test_no_cell_of_an_exported_csv_begins_as_a_formula_does(one: OwnDate) -> None:
    rows = list(csv.reader(io.StringIO(to_csv([one]).decode("utf-8-sig"), newline="")))
    assert [cell for row in rows for cell in row if cell[0] in "=+-@＝＋－＠\t\r"] == []


def test_exported_csv_is_that_of_the_rfc_with_a_mark_for_excel() -> None:
    one, other = OwnDate("a", 8, 21, 2019, 'a, "b"'), OwnDate("b", 3, 5, None, "c")
    expected = '\ufeffdate,text,id\r\n5 March,c,b\r\n2019-08-21,"a, ""b""",a\r\n'
    assert to_csv([one, other]).decode() == expected


def test_exported_json_is_a_list_of_objects() -> None:
    one = OwnDate("a", 8, 21, 2019, "é")
    assert json.loads(to_json([one])) == [{"date": "2019-08-21", "text": "é", "id": "a"}]
    assert json.loads(to_json([])) == []


GOOD_FILES: list[tuple[str, bytes, list[Said]]] = [
    ("plain", b"date,text\n2019-08-21,x\n", [(8, 21, 2019, "x")]),
    ("no last line end", b"date,text\n21 August,x", [(8, 21, None, "x")]),
    ("a mark before", b"\xef\xbb\xbfdate,text\r\n2019-08-21,x\r\n", [(8, 21, 2019, "x")]),
    ("semicolons", b"date;text\r\n21.08.2019;a, b\r\n", [(8, 21, 2019, "a, b")]),
    ("day and month with dots", b"date;text\r\n3.5.;x\r\n", [(5, 3, None, "x")]),
    ("tabs", b"date\ttext\n2019-08-21\tx\n", [(8, 21, 2019, "x")]),
    ("quoted", b'"date","text"\n"2019-08-21","a ""b"", c"\n', [(8, 21, 2019, 'a "b", c')]),
    ("another order", b"Text,ID,Date\nx,a1,2019-08-21\n", [(8, 21, 2019, "x")]),
    ("more columns", b"date,text,who\n2019-08-21,x,me\n", [(8, 21, 2019, "x")]),
    ("empty lines", b"\ndate,text\n\n2019-08-21,x\n,\n\n", [(8, 21, 2019, "x")]),
    ("Excel's days", b"date,text\n05-Mar,x\n", [(3, 5, None, "x")]),
    ("old line ends", b"date,text\r2019-08-21,x\r", [(8, 21, 2019, "x")]),
    ("no rows", b"date,text\n", []),
]


@pytest.mark.parametrize(
    ("content", "said"), [case[1:] for case in GOOD_FILES], ids=[case[0] for case in GOOD_FILES]
)
def test_csv_is_read_as_spreadsheets_write_it(content: bytes, said: list[Said]) -> None:
    assert [one.content for one in read_csv(content)] == said


def test_an_id_in_the_file_is_kept_and_none_is_made_of_what_is_said() -> None:
    kept, made = read_csv(b"date,text,id\n2019-08-21,x,my-id\n2019-08-22,y,\n")
    assert kept.id == "my-id"
    assert made == own_date(8, 22, 2019, "y")


COMPLAINTS: list[tuple[str, Read, bytes, list[str]]] = [
    ("no file", read_csv, b"", ["The file is empty"]),
    ("no header", read_csv, b"2019-08-21,x\n", ["Line 1: the first line must name"]),
    ("a column twice", read_csv, b"date,text,text\n", ["Line 1: a column stands twice"]),
    ("no date", read_csv, b"date,text\n,x\n", ["Line 2: there is no date"]),
    ("no text", read_csv, b"date,text\n2019-08-21,\n", ["Line 2: there is no text"]),
    ("half a row", read_csv, b"date,text\n2019-08-21\n", ["Line 2: there is no text"]),
    ("a comma unquoted", read_csv, b"date,text\n2019-08-21,a,b\n", ["Line 2: there are more"]),
    ("no such day", read_csv, b"date,text\n2019-02-29,x\n", ["Line 2: 2019 is no leap year"]),
    ("two readings", read_csv, b"date,text\n03/05/2019,x\n", ['Line 2: "03/05/2019" may be']),
    (
        "every line is told, also behind a text of two lines",
        read_csv,
        b'date,text\nfoo,x\n2019-08-21,"a\nb"\n2019-08-22,ok\nbar,y\n',
        ['Line 2: "foo"', "Line 3: the text holds line breaks", 'Line 6: "bar"'],
    ),
    ("a long text", read_csv, b"date,text\n1 May," + b"x" * 201, ["Line 2: the text has 201"]),
    ("unseen", read_csv, "date,text\n1 May,a\u202eb".encode(), ["Line 2: the text holds"]),
    ("a wrong id", read_csv, b"date,text,id\n1 May,x,a/b", ['Line 2: "a/b" is no id']),
    ("twice", read_csv, b"date,text\n1 May,x\nMay 1,x\n", ["Line 3: this is the same date as on"]),
    ("an id twice", read_csv, b"date,text,id\n1 May,x,a\n2 May,y,a", ["Line 3: the id is the"]),
    ("an open quote", read_csv, b'date,text\n1 May,"x\n2 May,y\n', ["Line 2: a quote"]),
    ("a quote inside", read_csv, b'date,text\n1 May,"x"y\n', ["Line 2: a quote"]),
    ("one cell", read_csv, b"date,text\n1 May," + b"x" * 200_000, ["Line 2: a cell is too long"]),
    ("latin-1", read_csv, "date,text\n1 May,Café\n".encode("latin-1"), ["Line 2: this is not UTF"]),
    ("utf-16", read_csv, "date,text\n".encode("utf-16"), ["The file is in UTF-16"]),
    ("NUL", read_csv, b"date,text\n1 May,\0\n", ["Line 2: there is a NUL"]),
    ("too large", read_csv, b"x" * (LARGEST_FILE + 1), ["The file is larger than 256 kB"]),
    ("binary", read_csv, bytes(range(256)) * 9, ["Line 2: this is not UTF-8"]),
    ("no list", read_json, b'{"date": "1 May"}', ["Line 1: the file must be a list"]),
    ("no json", read_json, b"[\n{]", ["Line 2: this is no JSON"]),
    ("cut off", read_json, b'[{"date": "1 May", "text": "x"}', ["Line 1: between entries"]),
    ("more behind", read_json, b"[]\n[]", ["Line 2: there is more behind"]),
    ("no object", read_json, b'[\n"1 May",\nNaN]', ["Line 2: an entry is", "Line 3: an entry is"]),
    ("a number", read_json, b'[{"date": 2019, "text": "x"}]', ["Line 1: the date must be in"]),
    ("null", read_json, b'[{"date": "1 May", "text": null}]', ["Line 1: the text must be in"]),
    ("another key", read_json, b'[{"day": "1 May"}]', ['Line 1: there is no key "day"']),
    (
        "a key twice",
        read_json,
        b'[{"date": "1 May", "date": "2 May"}]',
        ["Line 1: this is no entr"],
    ),
    ("deep", read_json, b"[" + b"[" * 100_000, ["Line 1: this is no entry"]),
    ("a long number", read_json, b"[" + b"9" * 5_000 + b"]", ["Line 1: this is no entry"]),
    ("half a pair", read_json, b'[{"date":"1 May","text":"\\ud800x"}]', ["Line 1: the text holds"]),
    (
        "each entry's own line",
        read_json,
        b'[\n{"date": "1 May",\n"text": "x"},\n{"date": "foo", "text": "y"},\n{"text": "z"}]',
        ['Line 4: "foo"', "Line 5: there is no date"],
    ),
]


@pytest.mark.parametrize(
    ("read", "content", "beginnings"),
    [case[1:] for case in COMPLAINTS],
    ids=[case[0] for case in COMPLAINTS],
)
def test_a_faulty_file_is_refused_whole_with_every_complaint_and_its_line(
    read: Read, content: bytes, beginnings: list[str]
) -> None:
    with pytest.raises(FaultyDatesError) as caught:
        read(content)
    complaints = caught.value.complaints
    assert [
        complaint[: len(beginning)]
        for complaint, beginning in zip(complaints, beginnings, strict=True)
    ] == beginnings
    assert caught.value.message.startswith("Nothing was imported.")


@pytest.mark.parametrize(("write", "read"), [(to_csv, read_csv), (to_json, read_json)])
def test_five_hundred_rows_are_read_and_one_more_is_too_many(write: Write, read: Read) -> None:
    assert len(read(write(numbered(500)))) == 500
    with pytest.raises(FaultyDatesError, match="more than 500"):
        read(write(numbered(501)))


def test_of_many_complaints_twenty_are_told_and_the_others_counted() -> None:
    with pytest.raises(FaultyDatesError) as caught:
        read_csv(b"date,text\n" + b"foo,x\n" * 30)
    assert len(caught.value.complaints) == 30
    assert caught.value.message.endswith("And 10 more.")
    assert len(caught.value.message) < 3_000


def complaints_or_dates(read: Read, content: bytes) -> Sequence[object]:
    try:
        return read(content)
    except FaultyDatesError as error:
        return error.complaints or [None]


@given(st.binary(max_size=300))
def test_no_bytes_whatever_do_more_than_be_refused(content: bytes) -> None:
    for read in (read_csv, read_json):
        assert None not in complaints_or_dates(read, content)


@given(st.text(alphabet="date,text;\n\r\"'=21 May20[]{}:\\", max_size=80))
def test_no_text_that_is_nearly_a_file_does_more_than_be_refused(text: str) -> None:
    for read, content in ((read_csv, f"date,text\n{text}"), (read_json, f"[{text}]")):
        assert None not in complaints_or_dates(read, content.encode())
