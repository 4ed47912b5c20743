"""`daybook review`: what was found, the least certain first, put right by single keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from processes import Daybook
from terminals import Terminal

from bot.cli.review_session import Review
from knowledge.packs.edit_writing import write_edits
from knowledge.packs.edits import EDIT
from knowledge.packs.file_names import edits_file_of
from knowledge.packs.files import read_entries
from knowledge.packs.findings import Finding, findings, sentence_of
from knowledge.packs.loader import load_pack

PACK = """\
{"type": "pack", "id": "kerrow", "compiled": true}
{"type": "event", "id": "flood", "date": "1831-05-03", "text": "A flood took the bridge away.", \
"people": ["Ada Veyl"], "section": ["Bridges"], "start": 13, "stop": 42, "confidence": 0.4, \
"note": "The source doesn't write the year there."}
{"type": "event", "id": "fair", "date": "1840", "text": "The fair opened.", "confidence": 0.9}
{"type": "event", "id": "fire", "date": "1702-10-07", "text": "The town burnt down."}
{"type": "entity", "id": "ada", "kind": "person", "name": "Ada Veyl", "confidence": 0.7}
{"type": "entity", "id": "veyl", "kind": "person", "name": "A. Veyl", "description": "Painter."}
{"type": "passage", "text": "It rained so. A flood took the bridge away. Then all was dry.", \
"start": 0, "stop": 62}
"""

NOTE = "The source doesn't write the year there."


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "kerrow.jsonl"
    path.write_text(PACK, "utf-8")
    return path


@pytest.fixture
def review(pack: Path) -> Review:
    return Review(read_entries(pack)[0], [])


def shown(review: Review) -> Finding:
    found = review.current
    assert found is not None
    return found


def ids(review: Review) -> list[str]:
    return [finding.id for finding in review.findings]


# -- the order, and the sentence ------------------------------------------------------------------


def test_the_least_certain_comes_first_and_events_before_entities(review: Review) -> None:
    assert ids(review) == ["flood", "ada", "fair", "fire", "veyl"]
    assert review.place == (1, 5)


def test_the_sentence_is_that_of_the_passage(pack: Path) -> None:
    first = findings(read_entries(pack)[0], [])[0]
    assert first.sentence == "A flood took the bridge away."


def test_where_markup_was_taken_away_it_is_the_sentence_with_most_of_the_words() -> None:
    passage = {"text": "It rained. The flood of May took the bridge. Dry.", "start": 0, "stop": 90}
    keys = {"text": "A flood took the bridge away.", "start": 20, "stop": 60}
    assert sentence_of(keys, [passage]) == "The flood of May took the bridge."


@pytest.mark.parametrize("more", [{}, {"start": 100, "stop": 120}, {"source": "other"}])
def test_without_a_passage_there_is_no_sentence(more: dict[str, object]) -> None:
    keys = {"text": "A flood.", "start": 200, "stop": 210, **more}
    assert sentence_of(keys, [{"text": "A flood.", "start": 0, "stop": 8}]) == ""


# -- what the keys do -----------------------------------------------------------------------------


def test_keeping_says_that_it_is_sure_and_takes_the_doubt_away(review: Review) -> None:
    review.keep(shown(review))
    assert review.edits == {"flood": {"id": "flood", "confidence": 1.0, "note": ""}}
    assert shown(review).id == "ada"


def test_a_dropped_one_is_passed_over(review: Review) -> None:
    review.drop(shown(review))
    assert shown(review).id == "ada"
    review.back()
    assert shown(review).id == "ada"


def test_skipping_and_going_back_change_nothing(review: Review) -> None:
    review.skip()
    review.skip()
    review.back()
    assert (shown(review).id, review.edits) == ("ada", {})


def test_a_replaced_value_is_shown_at_once_and_sure(review: Review) -> None:
    assert review.replace(shown(review), {"date": "1832-05-03", "kind": "disaster"}) == []
    assert (shown(review).keys["date"], shown(review).confidence) == ("1832-05-03", 1.0)


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ({"date": "1832-02-30"}, "date: 1832-02-30: this month has no day 30"),
        ({"date": "soon"}, "date: 'soon' is no date"),
        ({"text": ""}, "text: is missing"),
        ({"kind": "Two words"}, "kind: has characters or a form"),
        ({"end": "1800"}, "end: the end 1800 lies before the date"),
    ],
)
def test_a_wrong_value_is_told_and_not_taken(
    review: Review, keys: dict[str, str], fault: str
) -> None:
    (told,) = review.replace(shown(review), keys)
    assert told.startswith(fault)
    assert review.edits == {}


def test_an_entity_is_joined_to_another_by_name_or_id(review: Review) -> None:
    for name in ("a. veyl", "veyl"):
        review.skip()
        assert review.join(shown(review), name) == ""
        assert review.edits["ada"] == {"id": "ada", "same_as": "veyl"}
        assert review.undo()
        review.back()


def test_nobody_is_joined_to_a_name_that_is_not_there(review: Review) -> None:
    review.skip()
    assert review.join(shown(review), "Odo") == "Nobody in the pack is called 'Odo'."


def test_undo_takes_back_one_change_after_another_and_goes_there(review: Review) -> None:
    review.drop(shown(review))
    review.keep(shown(review))
    assert review.undo()
    assert shown(review).id == "ada"
    assert review.undo()
    assert (shown(review).id, review.edits) == ("flood", {})
    assert not review.undo()


def test_a_change_of_what_was_dropped_is_no_longer_a_drop(review: Review) -> None:
    flood = shown(review)
    review.drop(flood)
    review.replace(flood, {"kind": "disaster"})
    assert "drop" not in review.edits["flood"]


# -- the file -------------------------------------------------------------------------------------


def test_what_is_written_is_read_again(pack: Path) -> None:
    file = edits_file_of(pack)
    edits = [
        {
            "id": "flood",
            "text": 'Quotes " and \\ and é\u2014',
            "people": ["A", 'B "b"'],
            "weight": 3,
        },
        {"id": "ada", "relations": [{"kind": "sister", "to": "Odo"}], "confidence": 0.5},
        {"id": "fair", "drop": True},
        {"id": "lost", "same_as": "ada"},
    ]
    write_edits(file, pack, edits)
    read, complaints = read_entries(file, known=(EDIT,))
    assert complaints == []
    assert [edit.keys for edit in read] == edits


def test_edits_that_meet_nothing_are_kept(pack: Path) -> None:
    entries = read_entries(pack)[0]
    write_edits(edits_file_of(pack), pack, [{"id": "lost", "drop": True}])
    review = Review(entries, read_entries(edits_file_of(pack), known=(EDIT,))[0])
    review.keep(shown(review))
    assert list(review.edits) == ["lost", "flood"]


# -- the command ----------------------------------------------------------------------------------


def test_in_a_pipe_the_findings_are_listed(daybook: Daybook, pack: Path) -> None:
    ended = daybook("review", str(pack))
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines[:2] == [
        f"0.40  flood  1831-05-03  A flood took the bridge away.  ({NOTE})",
        "0.70  ada  person  Ada Veyl",
    ]
    assert len(ended.lines) == 5


def test_an_edit_whose_entry_is_gone_is_reported(daybook: Daybook, pack: Path) -> None:
    edits_file_of(pack).write_text('[[edit]]\nid = "lost"\ndrop = true\n', "utf-8")
    for command in ("review", "check"):
        ended = daybook(command, str(pack))
        assert ended.code == 0
        assert "kerrow.edits.toml:1: id: no entry is called 'lost' any more" in ended.err


def test_a_faulty_pack_or_edit_is_told(daybook: Daybook, pack: Path) -> None:
    edits_file_of(pack).write_text("[[edit]]\n", "utf-8")
    assert (daybook("review", str(pack)).code, daybook("check", str(pack)).code) == (1, 1)
    pack.write_text("x", "utf-8")
    assert daybook("review", str(pack)).code == 1


def test_edits_may_lie_elsewhere(daybook: Daybook, pack: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "mine.toml"
    elsewhere.write_text('[[edit]]\nid = "flood"\ndrop = true\n', "utf-8")
    ended = daybook("review", str(pack), "--overlay", str(elsewhere))
    assert len(ended.lines) == 4


def test_on_a_terminal_keys_put_the_findings_right(daybook: Daybook, pack: Path) -> None:
    with Terminal(daybook, arguments=("review", str(pack))) as terminal:
        first = terminal.wait_for("[q]uit")
        assert "1 of 5   confidence 0.40" in first
        assert "Why: The source doesn't write the year there." in first
        assert "Source: Bridges" in first
        terminal.press("i")
        terminal.wait_for("Kind:")
        terminal.press("\x15disaster\r")
        terminal.wait_for("disaster", "[q]uit")
        terminal.press("k")
        terminal.wait_for("Ada Veyl", "[q]uit")
        terminal.press("m")
        terminal.wait_for("id):")
        terminal.press("veyl\r")
        terminal.wait_for("The fair opened.", "[q]uit")
        terminal.press("d")
        terminal.wait_for("The town burnt down.", "[q]uit")
        terminal.press("u")
        terminal.wait_for("The fair opened.", "[q]uit")
        terminal.press("z")
        terminal.wait_for("No command is on the key")
        terminal.press("q")
        terminal.wait_for("2 edits kept.")
        assert terminal.end() == 0
    loaded = load_pack(pack)
    assert loaded.pack is not None
    assert [event.kind for event in loaded.pack.events] == ["disaster", "event", "event"]
    assert [entity.names for entity in loaded.pack.entities] == [("A. Veyl", "Ada Veyl")]


def test_a_wrong_value_on_a_terminal_is_told(daybook: Daybook, pack: Path) -> None:
    with Terminal(daybook, arguments=("review", str(pack))) as terminal:
        terminal.wait_for("[q]uit")
        terminal.press("w")
        terminal.wait_for("1905):")
        terminal.press("\x15soon\r")
        terminal.wait_for("none):")
        terminal.press("\r")
        terminal.wait_for("is no date")
        terminal.press("q")
        terminal.wait_for("0 edits kept.")
        assert terminal.end() == 0
    assert not edits_file_of(pack).exists()
