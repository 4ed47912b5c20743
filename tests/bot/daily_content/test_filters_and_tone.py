"""What was chosen for a post, its tone, kinds and subject, says what it tells and leaves out."""

from __future__ import annotations

from datetime import date

import pytest
from daily_content_cases import ALL, GENTLE, Make, Place, event, ids, notes, reply_of

from bot.daily.choices import DailyChoices, ToneChoice
from bot.daily.own_dates import read_own_line
from knowledge.store import Store

GRIM_DAY = (
    event("murder", kind="assassination", tone="grim", weight=3)
    + event("fire", kind="event", tone="grim", weight=3)
    + event("birth", kind="birth", weight=1)
    + event("death", kind="death", weight=1)
)

TONES = [
    (ToneChoice.ALL, {"murder", "fire", "birth", "death"}),
    (ToneChoice.GENTLE, {"birth"}),
]


@pytest.mark.parametrize(("tone", "told"), TONES, ids=[tone for tone, _ in TONES])
def test_a_tone_leaves_out_what_it_says(made: Make, tone: ToneChoice, told: set[str]) -> None:
    content = Place(made(one=GRIM_DAY), DailyChoices(tone=tone)).post(date(2026, 5, 5))
    assert set(ids(content)) == told


def test_all_begins_with_the_weightiest_grim_or_not(made: Make) -> None:
    assert ids(Place(made(one=GRIM_DAY), ALL).post(date(2026, 5, 5)))[0] in {"murder", "fire"}


@pytest.mark.parametrize("place", range(5))
def test_balanced_tells_one_grim_event_and_not_first(made: Make, place: int) -> None:
    told = ids(Place(made(one=GRIM_DAY), name=str(place)).post(date(2026, 5, 5)))
    assert len({"murder", "fire"} & set(told)) == 1
    assert told[0] in {"birth", "death"}


def test_balanced_tells_a_grim_event_first_where_there_is_no_other(polar: Store) -> None:
    assert ids(Place(polar).post(date(2026, 8, 14))) == ["execution"]


def test_a_gentle_place_with_a_grim_day_only_hears_of_the_month_and_why(polar: Store) -> None:
    content = Place(polar, GENTLE).post(date(2026, 8, 14))
    assert ids(content) == ["nine-days-fog"]
    assert notes(content) == [
        "Nothing on 14 August fits what was chosen for this post. In some August:",
        "/onthisday 14 August has 1 more.",
    ]


def test_kinds_and_a_subject_narrow_the_post_down(built_in: Store) -> None:
    births = Place(built_in, DailyChoices(kinds=("birth",))).post(date(2026, 11, 7))
    events = [built_in.event(item.id) for item in reply_of(births).items]
    assert {one.kind for one in events if one} == {"birth"}
    about = Place(built_in, DailyChoices(about="leon-trotsky")).post(date(2026, 11, 7))
    assert {item.id.partition("/")[0] for item in reply_of(about).items} == {"leon-trotsky"}


def test_a_subject_that_is_gone_is_a_complaint_and_no_post_about_others(polar: Store) -> None:
    content = Place(polar, DailyChoices(about="Nobody at All")).post(date(2026, 3, 17))
    assert (content.reply, content.keys) == (None, ())
    assert "Nobody at All" in content.complaint


def test_own_dates_are_told_though_the_subject_is_gone(polar: Store) -> None:
    own = [read_own_line("17 March 2020 party")]
    content = Place(polar, DailyChoices(about="Nobody at All"), own).post(date(2026, 3, 17))
    assert [item.text for item in reply_of(content).items] == ["party"]
    assert content.complaint


def test_how_many_more_there_are_is_said_with_the_day_to_ask_for(polar: Store) -> None:
    # 13 March: the storm within its span, two Julian days; births are none of them
    content = Place(polar, DailyChoices(kinds=("letter",))).post(date(2026, 3, 13))
    assert ids(content) == ["leap-day-petition"]
    assert notes(content) == ["/onthisday 13 March has 2 more."]


def test_where_all_is_told_no_more_is_promised(polar: Store) -> None:
    assert notes(Place(polar).post(date(2026, 6, 26))) == []
