"""`daybook ask --now`: which day today is, in a zone, in the machine's, and at the ends of time."""

from __future__ import annotations

import pytest
from command_lines import ONLY_POLAR, ask_json
from processes import Daybook

NOW = [
    # a date alone is noon of that day, in every zone
    ("2026-03-17", None, "17 March"),
    ("2026-03-17", "Pacific/Kiritimati", "17 March"),
    ("2026-03-17", "Etc/GMT+12", "17 March"),
    ("2024-02-29", None, "29 February"),
    # a date-time without an offset is of the zone, else of UTC
    ("2026-03-17T23:30:00", None, "17 March"),
    ("2026-03-17T23:30:00", "Europe/Berlin", "17 March"),
    ("2026-03-17T00:00", "America/Los_Angeles", "17 March"),
    ("2026-03-17 23:59:59", None, "17 March"),
    # one with an offset is of that offset, but of the zone if there is one
    ("2026-03-17T23:30:00-05:00", None, "17 March"),
    ("2026-03-17T00:30:00+14:00", None, "17 March"),
    ("2026-03-17T23:30:00Z", None, "17 March"),
    ("2026-03-17T23:30:00Z", "Europe/Berlin", "18 March"),
    ("2026-03-17T23:30:00+00:00", "Europe/Berlin", "18 March"),
    ("2026-03-17T03:00:00Z", "America/Los_Angeles", "16 March"),
    ("2026-03-17T03:00:00+09:00", "UTC", "16 March"),
    # summer time: 22:30 UTC is 00:30 in Berlin in July, 23:30 in January
    ("2026-07-05T22:30:00Z", "Europe/Berlin", "6 July"),
    ("2026-01-05T22:30:00Z", "Europe/Berlin", "5 January"),
]


@pytest.mark.parametrize(
    ("now", "zone", "day"), NOW, ids=[f"{now} {zone or 'no zone'}" for now, zone, _ in NOW]
)
def test_today_is_the_day_of_now_in_the_zone(
    daybook: Daybook, now: str, zone: str | None, day: str
) -> None:
    more = {"DAYBOOK_ZONE": zone} if zone else {}
    # the machine's zone must not matter where a moment is given
    assert ask_json(daybook, "--now", now, "today", TZ="XXX-14", **more)["title"] == day


@pytest.mark.parametrize("variable", ["DAYBOOK_ZONE", "TZ"])
def test_without_now_today_is_of_the_zone_else_of_the_machine(
    daybook: Daybook, variable: str
) -> None:
    # 26 hours lie between these two zones, so it is never the same day in both
    east, west = (
        ("Etc/GMT-14", "Etc/GMT+12") if variable == "DAYBOOK_ZONE" else ("EEE-14", "WWW+12")
    )
    days = {ask_json(daybook, "today", **{variable: zone})["title"] for zone in (east, west)}
    assert len(days) == 2


@pytest.mark.parametrize(
    "now", ["21 August", "2026-02-30", "2026-08-21T25:00", "now", "", "2026", "1e3"]
)
def test_a_moment_that_is_none_is_wrong_usage(daybook: Daybook, now: str) -> None:
    done = daybook("ask", "--now", now, "today", **ONLY_POLAR)
    assert (done.code, done.out) == (2, "")
    assert "--now" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("now", "zone"),
    [
        ("0001-01-01T00:00:00+14:00", "America/Los_Angeles"),
        ("9999-12-31T23:59:59-12:00", "Pacific/Kiritimati"),
    ],
)
def test_a_moment_beyond_the_ends_of_time_is_wrong_usage(
    daybook: Daybook, now: str, zone: str
) -> None:
    done = daybook("ask", "--now", now, "today", DAYBOOK_ZONE=zone, **ONLY_POLAR)
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err
