"""Which zone an admin means: its name, a city, a country, an offset, a slip, something hostile.

Which zones a place has is as in the tz database's zone.tab; who keeps summer time as in its rules.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.daily import zone_names as zone_names_module
from bot.daily import zones as zones_module
from bot.daily.zone_names import zone_names
from bot.daily.zones import MOST_CHOICES, read_zone, zone_named, zone_suggestions
from bot.errors import UserError
from bot.reply import Outcome

NOVEMBER = datetime(2026, 11, 29, 13, 5, tzinfo=UTC)
JULY = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)

# -- zones that are found -------------------------------------------------------------------------

ZONES = [
    ("Europe/Berlin", "Europe/Berlin"),
    ("europe/berlin", "Europe/Berlin"),
    ("EUROPE/BERLIN", "Europe/Berlin"),
    ("europe berlin", "Europe/Berlin"),
    ("  Europe / Berlin ", "Europe/Berlin"),
    ("America/New York", "America/New_York"),
    ("new york", "America/New_York"),
    ("New_York", "America/New_York"),
    ("america/argentina/buenos aires", "America/Argentina/Buenos_Aires"),
    ("buenos aires", "America/Argentina/Buenos_Aires"),
    ("port-au-prince", "America/Port-au-Prince"),
    ("St. John's", "America/St_Johns"),
    ("São Paulo", "America/Sao_Paulo"),
    ("Москва", "Europe/Moscow"),
    ("Europe/Berlin\u200b", "Europe/Berlin"),
    ("\u202aEurope/Berlin\u202c", "Europe/Berlin"),
    ("UTC", "UTC"),
    ("utc", "UTC"),
    ("Etc/GMT+5", "Etc/GMT+5"),
    ("etc/gmt-5", "Etc/GMT-5"),
    # names in use, though their zone is a link
    ("Stockholm", "Europe/Stockholm"),
    ("Europe/Oslo", "Europe/Oslo"),
    # T10: names of the past
    ("Kyiv", "Europe/Kyiv"),
    ("Kiev", "Europe/Kyiv"),
    ("Europe/Kiev", "Europe/Kyiv"),
    ("Asia/Calcutta", "Asia/Kolkata"),
    ("US/Pacific", "America/Los_Angeles"),
    ("Japan", "Asia/Tokyo"),
    # countries of one clock, cities with none
    ("Germany", "Europe/Berlin"),
    ("germany", "Europe/Berlin"),
    ("UK", "Europe/London"),
    ("Côte d'Ivoire", "Africa/Abidjan"),
    ("South Korea", "Asia/Seoul"),
    ("Korea (South)", "Asia/Seoul"),
    ("Türkiye", "Europe/Istanbul"),
    ("de", "Europe/Berlin"),
    ("Munich", "Europe/Berlin"),
    ("münchen", "Europe/Berlin"),
    ("San Francisco", "America/Los_Angeles"),
    ("Beijing", "Asia/Shanghai"),
    ("Berlin, Germany", "Europe/Berlin"),
]


@pytest.mark.parametrize(("typed", "name"), ZONES, ids=[ascii(case[0]) for case in ZONES])
def test_a_zone_is_found_by_what_people_call_it(typed: str, name: str) -> None:
    assert read_zone(typed, NOVEMBER).key == name


def test_every_name_of_the_tz_database_is_a_zone_or_says_why_not() -> None:
    refused = set()
    for name in available_timezones():
        try:
            read_zone(name, NOVEMBER)
        except UserError:
            refused.add(name)
    abbreviations = {"CET", "EET", "EST", "GMT", "HST", "MST", "WET"}
    offsets = {"GMT+0", "GMT-0"}
    assert refused - {"Factory", "localtime"} == abbreviations | offsets


@pytest.mark.parametrize("function", [read_zone, zone_suggestions])
def test_a_naive_now_is_refused(function: Callable[[str, datetime], object]) -> None:
    with pytest.raises(ValueError, match="no zone"):
        function("berlin", NOVEMBER.replace(tzinfo=None))


def test_a_name_in_use_is_kept_and_one_of_the_past_replaced() -> None:
    names = zone_names()
    assert {read_zone(name, NOVEMBER).key for name in names.in_use} == set(names.in_use)


# -- zones to choose from -------------------------------------------------------------------------


def refusal(typed: str, now: datetime = NOVEMBER) -> UserError:
    with pytest.raises(UserError) as caught:
        read_zone(typed, now)
    return caught.value


SEVERAL = [
    # typed, among the choices, not among them
    ("CET", ["Europe/Berlin", "Europe/Paris", "Africa/Algiers"], "Europe/London"),
    ("est", ["America/New_York", "America/Toronto"], "America/Chicago"),
    ("PST", ["America/Los_Angeles", "Asia/Manila"], "America/New_York"),
    ("CST", ["America/Chicago", "Asia/Shanghai"], "America/New_York"),
    ("IST", ["Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"], "Europe/London"),
    ("PDT", ["America/Los_Angeles"], "Asia/Manila"),
    ("BST", ["Europe/London"], "Europe/Dublin"),
    ("ET", ["America/New_York", "Africa/Addis_Ababa"], "America/Chicago"),
    ("USA", ["America/New_York", "America/Phoenix", "Pacific/Honolulu"], "America/Detroit"),
    ("Spain", ["Europe/Madrid", "Atlantic/Canary"], "Africa/Ceuta"),
    ("UTC+5:45", ["Asia/Kathmandu"], "Asia/Kolkata"),
    ("UTC+2", ["Africa/Johannesburg", "Europe/Athens"], "Europe/Berlin"),
    ("gmt +2", ["Africa/Johannesburg"], "Europe/Berlin"),
    ("+02:00", ["Africa/Johannesburg"], "Europe/Berlin"),
    ("UTC−3:30", ["America/St_Johns"], "America/Halifax"),
]


@pytest.mark.parametrize(("typed", "offered", "other"), SEVERAL, ids=[case[0] for case in SEVERAL])
def test_what_has_several_zones_offers_them(typed: str, offered: list[str], other: str) -> None:
    error = refusal(typed)
    assert error.outcome is Outcome.AMBIGUOUS
    assert set(offered) <= set(error.choices)
    assert other not in error.choices


def test_an_offset_offers_the_zones_that_have_it_now() -> None:
    assert "Europe/Berlin" in refusal("UTC+2", JULY).choices


def test_an_offset_is_told_to_know_no_summer_time() -> None:
    assert "UTC+2 is an offset, which knows no summer time" in refusal("utc+02").message


@pytest.mark.parametrize("typed", ["UTC+13:37", "UTC-14", "+99"])
def test_an_offset_that_nobody_has_is_told_so(typed: str) -> None:
    assert "No time zone is at UTC" in refusal(typed).message


SLIPS = [
    ("Europe/Berln", "Europe/Berlin"),
    ("new yrok", "America/New_York"),
    ("tokio", "Asia/Tokyo"),
    ("Munic", "Europe/Berlin"),
    ("Gremany", "Europe/Berlin"),
    ("sidney", "Australia/Sydney"),
]


@pytest.mark.parametrize(("typed", "meant"), SLIPS, ids=[case[0] for case in SLIPS])
def test_t10_a_slip_is_not_guessed_but_offered_first(typed: str, meant: str) -> None:
    assert refusal(typed).choices[0] == meant


HOSTILE = {
    "a path": "../../etc/passwd",
    "an absolute path": "/etc/localtime",
    "a path behind a zone": "Europe/../Europe/Berlin",
    "a path on Windows": "..\\..\\Europe\\Berlin",
    "10 kB": "Europe/Berlin" * 800,
    "10 kB of slashes": "/" * 10_000,
    "NUL": "Europe/Berlin\0",
    "an escape": "Europe/Berlin\x1b[31m",
    "a trailing dot": "Europe/Berlin.",
    "trailing dots": "Europe/Berlin...",
    "a trailing slash": "Europe/Berlin/",
    "two slashes": "Europe//Berlin",
    "a folder": "Europe",
    "a file that is no zone": "zone.tab",
    "this machine's zone": "localtime",
    "no zone at all": "Factory",
    "rules with a colon": ":Europe/Berlin.",
    "rules of POSIX": "CET-1CEST,M3.5.0,M10.5.0/3",
    "a query": "'; DROP TABLE zones; --",
    "half a pair": "\ud800",
    "nothing": " ",
}


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_t10_what_is_no_zone_is_refused_with_zones_to_choose(typed: str) -> None:
    error = refusal(typed)
    assert error.outcome is Outcome.INVALID
    assert 1 <= len(error.choices) <= MOST_CHOICES
    assert len(error.message) < 250


def test_t10_a_zone_with_a_dot_behind_it_is_offered() -> None:
    assert refusal("Europe/Berlin.").choices[0] == "Europe/Berlin"


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_t10_zoneinfo_is_asked_only_for_names_that_it_lists(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = set()

    def note(name: str) -> ZoneInfo:
        asked.add(name)
        return ZoneInfo(name)

    monkeypatch.setattr(zones_module, "ZoneInfo", note)
    refusal(typed)
    zone_suggestions(typed, NOVEMBER)
    assert asked <= available_timezones()


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_t17_what_is_no_zone_is_refused_in_ten_milliseconds(typed: str) -> None:
    refusal(typed)
    times = []
    for _ in range(5):
        begun = perf_counter()
        refusal(typed)
        times.append(perf_counter() - begun)
    assert min(times) < 0.01


@given(st.text(max_size=80))
def test_any_text_is_a_zone_or_a_sentence(typed: str) -> None:
    try:
        names = {read_zone(typed, NOVEMBER).key}
    except UserError as error:
        names = set(error.choices)
    assert names
    assert names <= available_timezones()


def test_every_choice_is_a_zone_by_its_name() -> None:
    typed = [*HOSTILE.values(), *(case[0] for case in SEVERAL), *(case[0] for case in SLIPS)]
    for choice in {choice for text in typed for choice in refusal(text).choices}:
        assert read_zone(choice, NOVEMBER).key == choice


# -- zones that were stored -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Europe/Berlin", "Europe/Kiev", "UTC"])
def test_t10_a_stored_zone_is_what_its_name_says(name: str) -> None:
    assert zone_named(name) is ZoneInfo(name)


@pytest.mark.parametrize("name", ["Europe/Berln", "europe/berlin", "../Europe/Berlin", ""])
def test_t10_a_stored_zone_that_is_no_more_is_told_never_replaced(name: str) -> None:
    with pytest.raises(UserError, match="unknown here now"):
        zone_named(name)


def test_t10_a_stored_zone_that_is_no_more_offers_one_like_it() -> None:
    with pytest.raises(UserError) as caught:
        zone_named("Europe/Berln")
    assert caught.value.choices[0] == "Europe/Berlin"


def test_t15_without_a_systems_tzdata_the_pinned_package_has_the_zones() -> None:
    code = (
        "import zoneinfo\n"
        "from datetime import datetime, UTC\n"
        "from bot.daily.zones import read_zone\n"
        "assert zoneinfo.TZPATH == (), zoneinfo.TZPATH\n"
        "print(read_zone('berlin', datetime.now(UTC)).utcoffset(datetime(2026, 7, 1)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONTZPATH": ""},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (found.stdout, found.stderr) == ("2:00:00\n", "")


@pytest.fixture
def without_tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave zoneinfo its zones, but none of the tables that tell of them."""

    def none(name: str, separator: str = "\t") -> Iterator[list[str]]:
        return iter(())

    monkeypatch.setattr(zone_names_module, "_rows", none)
    zone_names.cache_clear()
    yield
    monkeypatch.undo()
    zone_names.cache_clear()


@pytest.mark.parametrize(
    ("typed", "name"), [("berlin", "Europe/Berlin"), ("New York", "America/New_York")]
)
@pytest.mark.usefixtures("without_tables")
def test_without_tables_a_zone_is_found_by_its_name(typed: str, name: str) -> None:
    assert read_zone(typed, NOVEMBER).key == name


@pytest.mark.usefixtures("without_tables")
def test_without_tables_a_country_is_unknown() -> None:
    assert refusal("Germany").outcome is Outcome.INVALID


def test_a_table_that_is_missing_has_no_rows() -> None:
    assert list(zone_names_module._rows("no-such-file.tab")) == []


# -- suggestions while typing ---------------------------------------------------------------------

SUGGESTED = [
    ("ber", "Europe/Berlin (CET, 14:05)"),
    ("berlin", "Europe/Berlin (CET, 14:05)"),
    ("Europe/Ber", "Europe/Berlin (CET, 14:05)"),
    ("new y", "America/New_York (EST, 08:05)"),
    ("york", "America/New_York (EST, 08:05)"),
    ("ger", "Europe/Berlin (CET, 14:05)"),
    ("berln", "Europe/Berlin (CET, 14:05)"),
    ("utc+5:45", "Asia/Kathmandu (UTC+5:45, 18:50)"),
    ("nepal", "Asia/Kathmandu (UTC+5:45, 18:50)"),
    ("cet", "Europe/Berlin (CET, 14:05)"),
    ("utc", "UTC (UTC, 13:05)"),
]


@pytest.mark.parametrize(("typed", "shown"), SUGGESTED, ids=[case[0] for case in SUGGESTED])
def test_what_is_typed_suggests_first(typed: str, shown: str) -> None:
    assert zone_suggestions(typed, NOVEMBER)[0].shown == shown


def test_before_anything_is_typed_the_zones_of_most_people_are_suggested() -> None:
    found = [suggestion.name for suggestion in zone_suggestions("", NOVEMBER)]
    assert len(found) == 25
    assert {"America/New_York", "Europe/London", "Asia/Kolkata", "UTC"} <= set(found)


@pytest.mark.parametrize("typed", ["", "a", "europe", "us", *HOSTILE.values()])
def test_suggestions_are_at_most_as_many_as_a_platform_takes(typed: str) -> None:
    found = zone_suggestions(typed, NOVEMBER)
    assert len(found) == len({suggestion.name for suggestion in found}) <= 25


def test_suggestions_keep_to_a_smaller_limit() -> None:
    assert len(zone_suggestions("a", NOVEMBER, limit=3)) == 3


@given(st.text(max_size=80))
def test_any_text_can_be_suggested_for(typed: str) -> None:
    assert {found.name for found in zone_suggestions(typed, JULY)} <= available_timezones()
