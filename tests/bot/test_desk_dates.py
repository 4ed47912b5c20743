"""A community's own dates at the desk: added by what people type, listed, removed, as files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any, Protocol

import pytest
from desk_cases import CHANNEL, NOW, asked, buttons, said, snapshot

from bot.answer import Answerer
from bot.command import Request
from bot.daily.own_date_files import to_csv, to_json
from bot.daily.own_dates import MOST_DATES, OwnDate, own_date
from bot.desk.changes import Decision, DropDates, KeepDates
from bot.desk.dates import decide
from bot.desk.onthisday import day_of, with_own_dates
from bot.errors import UserError
from bot.reply import Outcome, Reply
from bot.typed_command import read_command
from knowledge.dates import Day, Order


class Library(Protocol):
    @property
    def answerer(self) -> Answerer: ...

    def __call__(self, text: str) -> Reply: ...


FOUNDED = own_date(8, 21, 2019, "server founded")
PICNIC = own_date(8, 21, None, "the picnic")
MOVED = own_date(3, 5, 2020, "server moved")
ALL = (FOUNDED, PICNIC, MOVED)


def done(
    library: Library,
    action: str,
    options: Mapping[str, str] | None = None,
    dates: tuple[OwnDate, ...] = (),
    **more: Any,  # noqa: ANN401 - fields of what is asked
) -> Decision:
    given = asked(library.answerer.store, action, options, **more)
    return decide(given, snapshot(own_dates=dates))


def typed(library: Library, line: str, **more: Any) -> Decision:  # noqa: ANN401 - as above
    found = read_command(f"/dates {line}", library.answerer.commands)
    return done(library, found.action, found.options, is_typed=True, **more)


def kept(decision: Decision) -> tuple[OwnDate, ...]:
    (change,) = decision.changes
    assert isinstance(change, KeepDates)
    return change.dates


# -- add ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "content"),
    [
        ("add 21 August 2019 server founded", (8, 21, 2019, "server founded")),
        ("add 21 August server founded", (8, 21, None, "server founded")),
        ("add 2019-08-21 server founded", (8, 21, 2019, "server founded")),
        ("add August 21, 2019: server founded", (8, 21, 2019, "server founded")),
        ("add 21/8/2019 server founded", (8, 21, 2019, "server founded")),
        ("add 29 February 2020 leap party", (2, 29, 2020, "leap party")),
        ('add date:"21 August 2019" text:"server founded"', (8, 21, 2019, "server founded")),
        ("add 21 August <@1> & @everyone **met**", (8, 21, None, "<@1> & @everyone **met**")),
    ],
)
def test_a_date_is_added_by_what_people_type(
    polar: Library, line: str, content: tuple[int, int, int | None, str]
) -> None:
    (added,) = kept(typed(polar, line))
    assert added.content == content


def test_a_slash_command_has_the_date_and_the_text_apart(polar: Library) -> None:
    options = {"date": "21 August", "text": "2019 guests came"}
    (added,) = kept(done(polar, "add", options))
    assert added.content == (8, 21, None, "2019 guests came")


def test_who_added_a_date_and_when_is_kept(polar: Library) -> None:
    (change,) = typed(polar, "add 21 August picnic", user=5).changes
    assert isinstance(change, KeepDates)
    assert (change.by, change.at, change.target) == (5, NOW.astimezone(UTC), CHANNEL)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("add", "Begin with the day"),
        ("add server founded", "Begin with the day"),
        ("add 21 August", "Say what happened"),
        ("add 31 June party", "June has 30 days"),
        ("add 03-05 party", "may be"),
        ("add tomorrow party", "Begin with the day"),
        ("add 21 August " + "x" * 201, "at most 200"),
    ],
)
def test_what_is_no_date_is_refused(polar: Library, line: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        typed(polar, line)


def test_a_date_of_two_readings_goes_by_the_setting(polar: Library) -> None:
    (added,) = kept(typed(polar, "add 03-05 party", order=Order.MONTH_FIRST))
    assert (added.month, added.day) == (3, 5)


def test_what_is_there_already_is_not_added(polar: Library) -> None:
    decision = typed_with(polar, "add 21 August 2019 server founded", (FOUNDED,))
    assert decision.changes == ()
    assert "there already" in said(decision.reply)


def typed_with(library: Library, line: str, dates: tuple[OwnDate, ...]) -> Decision:
    found = read_command(f"/dates {line}", library.answerer.commands)
    return done(library, found.action, found.options, dates, is_typed=True)


def test_no_other_date_loses_its_id(polar: Library) -> None:
    taken = OwnDate(FOUNDED.id, 1, 1, None, "something else")
    (added,) = kept(typed_with(polar, "add 21 August 2019 server founded", (taken,)))
    assert added.id != taken.id


def test_a_community_has_so_many_dates(polar: Library) -> None:
    full = tuple(own_date(1, 1, None, f"day {number}") for number in range(MOST_DATES))
    with pytest.raises(UserError, match="at most 500"):
        typed_with(polar, "add 21 August 2019 server founded", full)


# -- list and remove ------------------------------------------------------------------------------


def test_dates_are_listed_through_the_year_with_their_ids(polar: Library) -> None:
    reply = done(polar, "list", dates=ALL).reply
    assert [item.text for item in reply.items] == [
        f"server moved [{MOVED.id}]",
        f"the picnic [{PICNIC.id}]",
        f"server founded [{FOUNDED.id}]",
    ]


def test_without_dates_one_is_shown_how_to_add_them(polar: Library) -> None:
    reply = done(polar, "list").reply
    assert reply.outcome is Outcome.NOT_FOUND
    assert buttons(reply) == ["/dates add 21 August 2019 server founded"]


@pytest.mark.parametrize(
    ("which", "gone"),
    [
        (FOUNDED.id, FOUNDED),
        ("the picnic", PICNIC),
        ("Picnic", PICNIC),
        ("server founded", FOUNDED),
        ("5 March 2020", MOVED),
        ("moved", MOVED),
        ("server 2019", FOUNDED),
    ],
)
def test_a_date_is_removed_by_its_id_or_words(polar: Library, which: str, gone: OwnDate) -> None:
    decision = done(polar, "remove", {"which": which}, ALL)
    assert decision.changes == (DropDates(CHANNEL, (gone.id,)),)


def test_words_that_fit_several_are_asked_about(polar: Library) -> None:
    decision = done(polar, "remove", {"which": "server"}, ALL)
    assert decision.changes == ()
    assert decision.reply.outcome is Outcome.AMBIGUOUS
    assert buttons(decision.reply) == [
        f"/dates remove {MOVED.id}",
        f"/dates remove {FOUNDED.id}",
    ]


@pytest.mark.parametrize("which", ["", "party", "2018", "../x"])
def test_what_is_not_there_is_not_removed(polar: Library, which: str) -> None:
    with pytest.raises(UserError):
        done(polar, "remove", {"which": which}, ALL)


# -- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "write"), [("d.csv", to_csv), ("d.json", to_json), ("", to_json)])
def test_a_file_is_imported(polar: Library, name: str, write: Any) -> None:  # noqa: ANN401 - a function of ours
    decision = done(polar, "import", file_name=name, file=write(ALL))
    assert {one.content for one in kept(decision)} == {one.content for one in ALL}
    assert "3 added" in said(decision.reply)


def test_an_import_of_what_is_there_changes_nothing(polar: Library) -> None:
    decision = done(polar, "import", dates=ALL, file_name="d.csv", file=to_csv(ALL))
    assert decision.changes == ()
    assert "0 added, 0 changed, 3 there already" in said(decision.reply)


def test_an_import_changes_a_date_of_the_same_id(polar: Library) -> None:
    renamed = OwnDate(PICNIC.id, 8, 22, None, "the picnic")
    decision = done(polar, "import", dates=ALL, file_name="d.csv", file=to_csv([renamed]))
    assert kept(decision) == (renamed,)
    assert "0 added, 1 changed" in said(decision.reply)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "Attach a CSV or JSON file"),
        (b"date,text\n31 June,party\n", "Line 2"),
        (b"date,text\n1 May,party\n31 June,party\n", "Nothing was imported"),
        (b"x" * (256 * 1024 + 1), "larger than 256 kB"),
        (b"\xff\xfea", "UTF-16"),
    ],
    ids=["none", "a line", "all or nothing", "large", "UTF-16"],
)
def test_a_faulty_file_is_refused_whole(polar: Library, file: bytes | None, words: str) -> None:
    with pytest.raises(UserError, match=words):
        done(polar, "import", file_name="d.csv", file=file)


@pytest.mark.parametrize(
    ("wanted", "name", "write"), [("", "dates.csv", to_csv), ("json", "dates.json", to_json)]
)
def test_dates_are_exported_as_a_file(
    polar: Library,
    wanted: str,
    name: str,
    write: Any,  # noqa: ANN401 - a function of ours
) -> None:
    file = done(polar, "export", {"format": wanted}, ALL).reply.file
    assert file is not None
    assert (file.name, file.content) == (name, write(ALL))


def test_there_is_no_other_sort_of_file(polar: Library) -> None:
    with pytest.raises(UserError, match="csv and json"):
        done(polar, "export", {"format": "xlsx"}, ALL)


# -- beside the sources' facts ---------------------------------------------------------------------


def beside(library: Library, text: str) -> Reply:
    """Return the answer to a question with the own dates of its day."""
    reply = library(text)
    day = day_of(reply, Request(library_today(library)))
    return reply if day is None else with_own_dates(reply, day, ALL)


def library_today(library: Library) -> Any:  # noqa: ANN401 - a date
    return NOW.date()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/onthisday 21 August", ["server founded", "the picnic"]),
        ("/onthisday 21 August 2019", ["server founded", "the picnic"]),
        ("/onthisday 21 August 2018", ["the picnic"]),
        ("what happened on 5 March?", ["server moved"]),
        ("/onthisday 6 March", []),
        ("/onthisday March", []),
        ("/onthisday 21 August kind:birth", []),
        ("/whowas Korvic", []),
        ("31 June", []),
    ],
)
def test_onthisday_tells_the_own_dates_of_the_day(
    polar: Library, text: str, told: list[str]
) -> None:
    own = [one.text for one in beside(polar, text).items if one.id.startswith("own-dates/")]
    assert sorted(own) == told


def test_own_dates_name_the_community_as_their_source(polar: Library) -> None:
    first = beside(polar, "/onthisday 5 March").items[0]
    assert first.citation is not None
    assert first.citation.source.title == "This community's dates"


def test_a_day_with_own_dates_alone_is_found(polar: Library) -> None:
    bare = polar("/onthisday 21 August")
    found = with_own_dates(bare, Day(8, 21), ALL)
    assert (bare.outcome, found.outcome) == (Outcome.NOT_FOUND, Outcome.FOUND)
