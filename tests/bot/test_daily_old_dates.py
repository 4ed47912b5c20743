"""Daily posts of old calendars, of years before Christ and of the year 0: T18 of the fault list.

The days were worked out by hand. In 1582 ten days separate the calendars: Julian 5 October is the
Gregorian 15th. In the year 0 (1 BC) the Julian calendar is two days behind: Julian 5 October is the
Gregorian 3rd. The differences are those of the Explanatory Supplement to the Astronomical Almanac.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.daily.choices import DailyChoices
from bot.daily.content import daily_reply
from knowledge.library import open_library
from knowledge.store import Store

PACK = """
[[event]]
id = "reform"
date = "1582-10-05"
calendar = "julian"
text = "A day that one calendar left out is written into a parish book."

[[event]]
id = "one-bc"
date = "0000-10-05"
calendar = "julian"
text = "A well is dug in the year before the year one."

[[event]]
id = "long-ago"
date = "-0044-10-15"
text = "A treaty is cut into bronze."

[[event]]
id = "leap"
date = "0000-02-29"
text = "A child is born on a leap day."
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    file = tmp_path / "old.toml"
    file.write_text(PACK, "utf-8")
    return open_library([file], None)


TOLD = [
    (date(2026, 10, 15), ["old/long-ago", "old/reform"]),
    (date(2026, 10, 3), ["old/one-bc"]),
    (date(2028, 2, 29), ["old/leap"]),
]


@pytest.mark.parametrize(("day", "told"), TOLD, ids=str)
def test_t18_what_is_told_on_a_day(store: Store, day: date, told: list[str]) -> None:
    reply = daily_reply(store, day, DailyChoices(), {}).reply
    assert reply is not None
    assert sorted(item.id for item in reply.items) == told


def test_t18_a_julian_date_is_not_told_on_the_day_that_it_names(store: Store) -> None:
    reply = daily_reply(store, date(2026, 10, 5), DailyChoices(), {}).reply
    assert reply is None or not {item.id for item in reply.items} & {"old/reform", "old/one-bc"}


def test_t18_the_order_is_the_same_each_time(store: Store) -> None:
    day = date(2026, 10, 15)
    first = daily_reply(store, day, DailyChoices(), {}).reply
    assert all(daily_reply(store, day, DailyChoices(), {}).reply == first for _ in range(5))


def test_t18_no_day_of_a_leap_year_breaks_and_each_event_has_its_day(store: Store) -> None:
    days = [date.fromordinal(date(2028, 1, 1).toordinal() + number) for number in range(366)]
    replies = [daily_reply(store, day, DailyChoices(), {}).reply for day in days]
    told = {item.id for reply in replies if reply for item in reply.items}
    assert told == {"old/reform", "old/one-bc", "old/long-ago", "old/leap"}
