"""/settings and /privacy at the desk: what is chosen, what is stored, and how it is erased."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

import pytest
from desk_cases import CHANNEL, GROUP, NOW, asked, buttons, plan, said, snapshot, subscription

from bot.answer import Answerer
from bot.desk import privacy, settings
from bot.desk.changes import Choose, Decision, Erase
from bot.desk.values import Settings
from bot.errors import UserError
from bot.reply import Outcome


class Library(Protocol):
    @property
    def answerer(self) -> Answerer: ...


NOTHING = Settings()


def changed(
    library: Library,
    options: Mapping[str, str],
    before: Settings = NOTHING,
    **more: Any,  # noqa: ANN401 - fields of what is stored
) -> Decision:
    given = asked(library.answerer.store, "", options)
    return settings.decide(given, snapshot(settings=before, **more))


@pytest.mark.parametrize(
    ("options", "before", "after"),
    [
        ({"zone": "berlin"}, NOTHING, Settings(zone="Europe/Berlin")),
        ({"zone": "usual"}, Settings(zone="UTC", tone="all"), Settings(tone="all")),
        ({"date_order": "month-first"}, NOTHING, Settings(date_order="month")),
        ({"date_order": "Day first"}, NOTHING, Settings(date_order="day")),
        ({"date_order": "usual"}, Settings(date_order="day"), NOTHING),
        ({"tone": "gentle"}, NOTHING, Settings(tone="gentle")),
        ({"tone": "usual"}, Settings(tone="gentle"), NOTHING),
        ({"language": "en"}, NOTHING, Settings(language="en")),
        (
            {"zone": "Tokyo", "tone": "all"},
            Settings(date_order="day"),
            Settings(zone="Asia/Tokyo", date_order="day", tone="all"),
        ),
    ],
)
def test_what_is_named_is_changed_and_the_rest_stays(
    polar: Library, options: dict[str, str], before: Settings, after: Settings
) -> None:
    assert changed(polar, options, before).changes == (Choose(CHANNEL, after, NOW),)


def test_without_options_everything_is_shown_and_nothing_changed(polar: Library) -> None:
    decision = changed(polar, {}, Settings(zone="Asia/Tokyo", date_order="month"))
    assert decision.changes == ()
    for words in (
        "Zone: Asia/Tokyo (chosen for this server). It is 17:00 JST there.",
        "Date order: month-first, chosen.",
        "Tone of new daily posts: balanced.",
        "English",
    ):
        assert words in said(decision.reply)


def test_the_zone_of_the_daily_post_is_told_where_none_was_chosen(polar: Library) -> None:
    given = asked(polar.answerer.store, "")
    reply = settings.decide(given, snapshot(subscription(plan(zone="Asia/Kolkata")))).reply
    assert "Zone: Asia/Kolkata (that of the daily post here)." in said(reply)


def test_what_is_so_already_is_not_changed(polar: Library) -> None:
    assert changed(polar, {"tone": "gentle"}, Settings(tone="gentle")).changes == ()


@pytest.mark.parametrize(
    ("options", "words", "choice"),
    [
        ({"zone": "Berlim"}, "not a time zone", "/settings zone:Europe/Berlin"),
        ({"zone": "../../etc/passwd"}, "not the name", None),
        ({"language": "de"}, "English only for now", "/settings language:en"),
        ({"date_order": "ymd"}, "no order", "/settings date_order:day-first"),
        ({"tone": "nice"}, "no tone", "/settings tone:gentle"),
    ],
)
def test_a_mistake_is_explained(
    polar: Library, options: dict[str, str], words: str, choice: str | None
) -> None:
    with pytest.raises(UserError) as raised:
        changed(polar, options)
    assert words in raised.value.message
    assert choice is None or choice in raised.value.choices


# -- /privacy -------------------------------------------------------------------------------------

STORED: Mapping[str, Any] = {
    "places": [{"chat": 100}],
    "daily_posts": [{"zone": "UTC"}, {"zone": "UTC"}],
    "dates": [{"text": "Gründung"}],
    "settings": {"zone": "UTC"},
}
NONE_STORED: Mapping[str, Any] = {"places": [], "daily_posts": [], "settings": {}}


def about(
    library: Library,
    action: str,
    stored: Mapping[str, Any],
    options: Mapping[str, str] | None = None,
    **more: Any,  # noqa: ANN401 - fields of what is asked
) -> Decision:
    return privacy.decide(
        asked(library.answerer.store, action, options, **more), snapshot(stored=stored)
    )


def test_what_is_stored_is_exported_whole(polar: Library) -> None:
    file = about(polar, "export", STORED).reply.file
    assert file is not None
    assert json.loads(file.content) == STORED


def test_letters_of_an_export_can_be_read(polar: Library) -> None:
    file = about(polar, "export", STORED).reply.file
    assert file is not None
    assert "Gründung" in file.content.decode()


@pytest.mark.parametrize("action", ["export", "erase"])
def test_where_nothing_is_stored_it_is_said(polar: Library, action: str) -> None:
    decision = about(polar, action, NONE_STORED)
    assert (decision.changes, decision.reply.outcome) == ((), Outcome.NOT_FOUND)
    assert "Nothing is stored of this server" in said(decision.reply)


def test_erasing_is_asked_about_first(polar: Library) -> None:
    decision = about(polar, "erase", STORED)
    assert decision.changes == ()
    assert "1 place, 2 daily posts, 1 own date and the settings" in said(decision.reply)
    assert buttons(decision.reply)[0] == "/privacy erase yes"


def test_a_server_is_erased_and_nobody_s_number_elsewhere(polar: Library) -> None:
    decision = about(polar, "erase", STORED, {"sure": "yes"})
    assert decision.changes == (Erase(CHANNEL, None),)


def test_in_private_it_is_the_asker_who_is_erased(polar: Library) -> None:
    decision = about(polar, "erase", STORED, {"sure": "Yes"}, target=GROUP, user=5, is_private=True)
    assert decision.changes == (Erase(GROUP, 5),)


@pytest.mark.parametrize("sure", ["no", "maybe", "yes!"])
def test_nothing_is_erased_by_another_word(polar: Library, sure: str) -> None:
    with pytest.raises(UserError, match="yes"):
        about(polar, "erase", STORED, {"sure": sure})
