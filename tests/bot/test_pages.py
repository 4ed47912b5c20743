"""A reply in pages: whatever it holds stands on one of them, once, in order, within the room."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pages import Page, Room, pages
from bot.reply import (
    Choice,
    Choices,
    Heading,
    Item,
    Note,
    Outcome,
    Part,
    Reply,
    SeeAlso,
    source_line,
)
from knowledge.model import Citation, Source

BOOK = Citation(Source("book", "The Book"), ("Chapter", "Birth"))
PAPER = Citation(Source("paper", "The Paper"), ("Trial",))


def reply(*parts: Part, names_sources: bool = True) -> Reply:
    return Reply(Outcome.FOUND, "onthisday", parts, "a title", names_sources)


def item(text: str, label: str = "", number: int = 0, **more: str) -> Item:
    return Item(f"pack/{number}", text, label, citation=BOOK, **more)


def plain(part: Part) -> str:
    """Return everything that a part says, in order."""
    match part:
        case Heading(text, detail):
            said = [text, detail]
        case Item():
            said = [part.label, part.remark, part.text, part.note]
        case Note(text):
            said = [text]
        case Choices():
            choices = [text for choice in part.choices for text in (choice.ask, choice.detail)]
            said = [part.lead, *choices, part.tail]
        case SeeAlso(names):
            said = [*names]
    return " ".join(filter(None, said))


def size(part: Part) -> int:
    """Measure a part as if its marks took as much again as its words, and each line ten more."""
    return 2 * len(plain(part)) + 10


def paged(*parts: Part, items: int = 6, room: int = 400) -> list[Page]:
    return pages(reply(*parts), Room(items, room), size)


def texts(page: Page) -> list[str]:
    return [plain(part) for part in page.parts]


# -- worked examples ------------------------------------------------------------------------------

DAY = Heading("21 August")
FACTS = [item(f"Fact {number}.", f"19{number:02}", number) for number in range(1, 15)]
NEXT = Choices((Choice("20 August"),), lead="Nearest:", tail=".")


def test_what_fits_is_one_page() -> None:
    page = Page((DAY, *FACTS[:3], NEXT), "Source: The Book, Birth")
    assert paged(DAY, *FACTS[:3], NEXT) == [page]


def test_a_page_holds_so_many_facts() -> None:
    assert [len(page.parts) for page in paged(*FACTS)] == [6, 6, 2]


def test_the_heading_stands_on_every_page() -> None:
    assert [page.parts[0] for page in paged(DAY, *FACTS)] == [DAY, DAY, DAY]


def test_a_heading_within_the_reply_stays_in_its_place() -> None:
    later = Heading("22 August")
    found = paged(DAY, *FACTS[:2], later, *FACTS[2:8])
    assert [[part for part in page.parts if isinstance(part, Heading)] for page in found] == [
        [DAY, later],
        [DAY],
    ]


def test_what_stands_behind_the_facts_comes_on_the_first_page() -> None:
    first, *others = paged(DAY, *FACTS, Note("No day."), NEXT)
    assert first.parts == (DAY, *FACTS[:6], Note("No day."), NEXT)
    assert [part for page in others for part in page.parts if part != DAY] == FACTS[6:]


def test_what_stands_before_the_facts_stays_before_them() -> None:
    assert paged(DAY, Note("Two readings."), *FACTS)[0].parts[:3] == (
        DAY,
        Note("Two readings."),
        FACTS[0],
    )


def test_pages_are_numbered_and_say_how_many_facts_are_left() -> None:
    found = [(page.number, page.count, page.items_left) for page in paged(DAY, *FACTS)]
    assert found == [(1, 3, 8), (2, 3, 2), (3, 3, 0)]


def test_a_fact_in_pieces_is_left_once() -> None:
    long = item("Something happens here. " * 40, "1905", number=99)
    found = paged(FACTS[0], long, FACTS[1], room=200)
    # the first page begins the long one; only the fact behind it is left until it is told
    assert len(found) > 3
    assert [page.items_left for page in found] == [1] * (len(found) - 1) + [0]


def test_each_page_names_the_sources_of_its_facts() -> None:
    other = Item("pack/x", "Another.", "1950", citation=PAPER)
    assert [page.sources for page in paged(*FACTS[:6], other)] == [
        "Source: The Book, Birth",
        "Source: The Paper, Trial",
    ]


def test_a_reply_that_names_no_sources_has_none_on_its_pages() -> None:
    found = pages(reply(*FACTS, names_sources=False), Room(6, 400), size)
    assert {page.sources for page in found} == {""}


def test_every_piece_of_a_long_fact_has_its_date_and_its_source() -> None:
    found = paged(item("Something happens here. " * 40, "1905"))
    assert {plain(page.parts[0])[:4] for page in found} == {"1905"}
    assert {page.sources for page in found} == {"Source: The Book, Birth"}


def test_the_note_of_a_fact_that_has_no_room_beside_it_keeps_the_source() -> None:
    note = "Others put it a year later. " * 10
    found = paged(item("It happens.", "1905", note=note))
    assert len(found) > 1
    assert texts(found[0])[0] == "1905 It happens."
    assert texts(found[0])[1].startswith("Note: Others put it a year later.")
    assert {page.sources for page in found} == {"Source: The Book, Birth"}


def test_a_long_text_is_parted_between_sentences() -> None:
    found = paged(Note("One two three. " * 40))
    assert all(text.endswith("three.") for page in found for text in texts(page))


def test_a_long_sentence_is_parted_between_words() -> None:
    found = paged(Note("word " * 200))
    assert {word for page in found for text in texts(page) for word in text.split()} == {"word"}


def test_a_long_word_is_parted_between_characters() -> None:
    # e and its accent are one character, and so are a woman, a joiner and a rocket
    found = paged(Note("e\u0301" * 300 + "👩\u200d🚀" * 200))
    begins = {text[0] for page in found for text in texts(page)}
    assert begins == {"e", "👩"}


def test_a_long_heading_is_a_text_with_its_detail() -> None:
    found = paged(Heading("A name of many words " * 20, "1879 – 1940"), FACTS[0])
    assert "(1879 – 1940)" in " ".join(text for page in found for text in texts(page))
    assert not any(isinstance(part, Heading) for page in found for part in page.parts)


def test_a_heading_too_long_to_repeat_stands_once() -> None:
    heading = Heading("A name of forty-one letters and more, all")
    found = paged(heading, *FACTS, room=200)
    assert [heading in page.parts for page in found] == [True] + [False] * (len(found) - 1)


def test_choices_that_fill_a_page_are_parted_and_can_all_be_asked() -> None:
    many = tuple(Choice(f"Person {number}", "somebody of that name") for number in range(30))
    found = paged(Choices(many, lead="Thirty people:", tail="."))
    assert [ask for page in found for ask in page.choices] == [choice.ask for choice in many]
    assert texts(found[0])[0].startswith("Thirty people:")
    assert texts(found[-1])[-1].endswith(".")


def test_a_choice_whose_words_fill_a_page_can_still_be_asked() -> None:
    found = paged(Choices((Choice("Lev", "told apart " * 40),), lead="Did you mean", tail="?"))
    assert [ask for page in found for ask in page.choices] == ["Lev"]
    said = " ".join(text for page in found for text in texts(page))
    assert said == "Did you mean Lev " + "told apart " * 40 + "?"


def test_a_choice_that_fills_a_page_itself_is_read() -> None:
    found = paged(Choices((Choice("x " * 300),)))
    assert " ".join(text for page in found for text in texts(page)) == ("x " * 300).strip()


def test_names_to_see_that_fill_a_page_stay_names() -> None:
    names = tuple(f"Person {number}" for number in range(60))
    found = paged(SeeAlso(names))
    assert tuple(ask for page in found for ask in page.choices) == names


@pytest.mark.parametrize(
    "part",
    [
        item("", "x" * 900),
        item("", "", remark="x" * 900),
        item("It happens.", "1905 " * 300, note="n" * 900),
        Choices((), lead="x" * 900),
        Choices((), tail="x" * 900),
        SeeAlso(("x" * 900,)),
    ],
    ids=["label", "remark", "label and note", "lead alone", "tail alone", "one name"],
)
def test_odd_parts_are_paged_within_the_room(part: Part) -> None:
    found = paged(part)
    assert len(found) > 1
    assert all(sum(map(size, page.parts)) <= 400 for page in found)


@pytest.mark.parametrize("parts", [(), (DAY,)], ids=["nothing", "a heading"])
def test_a_reply_without_a_body_is_one_page(parts: tuple[Part, ...]) -> None:
    assert paged(*parts) == [Page(parts)]


def test_a_room_too_small_for_a_character_ends_all_the_same() -> None:
    assert len(paged(Note("word"), room=3)) == 4


def test_a_text_of_a_hundred_thousand_characters_is_paged_in_a_second() -> None:
    began = time.perf_counter()
    found = pages(reply(Note("x" * 100_000)), Room(6, 1_500), size)
    assert time.perf_counter() - began < 1
    assert sum(len(text) for page in found for text in texts(page)) == 100_000


# -- any reply: words that exist once, so that each can be found again ----------------------------


def sentences_of(words: Iterator[int], length: int, sentence: int) -> str:
    """Return a text of about so many characters, with a full stop behind every few words."""
    text = ""
    for number in count(1):
        if len(text) >= length:
            break
        text += f"W{next(words)}{'.' if number % sentence == 0 else ''} "
    return text.strip()


@st.composite
def replies(draw: st.DrawFn) -> tuple[Part, ...]:
    words = count()

    def text(longest: int, least: int = 0) -> str:
        length = draw(st.one_of(st.integers(least, min(60, longest)), st.integers(least, longest)))
        return sentences_of(words, length, draw(st.integers(1, 30)))

    def short() -> str:
        return f"W{next(words)}"

    def part(kind: int) -> Part:
        if kind == 0:
            return Heading(text(200, 1), text(60))
        if kind == 1:
            return Note(text(20_000, 1))
        if kind == 2:
            number = draw(st.integers(0, 30))
            choices = tuple(
                Choice(short(), text(draw(st.sampled_from([0, 60, 2_000])))) for _ in range(number)
            )
            return Choices(choices, lead=text(200), tail=text(20))
        if kind == 3:
            return SeeAlso(tuple(short() for _ in range(draw(st.integers(1, 60)))))
        return Item(
            f"pack/{next(words)}",
            text(20_000 if draw(st.integers(0, 9)) == 0 else 200, 1),
            label=text(30),
            remark=text(40),
            note=text(draw(st.sampled_from([0, 60, 2_000]))),
            citation=draw(st.sampled_from([BOOK, PAPER, None])),
        )

    kinds = draw(st.lists(st.sampled_from([0, 1, 2, 3, 4, 4, 4, 4]), max_size=25))
    return tuple(part(kind) for kind in kinds)


ROOMS = st.builds(Room, st.integers(1, 8), st.integers(300, 3_000))


def words_of(text: str) -> list[str]:
    return re.findall(r"W\d+", text)


def words_told(found: list[Page], headings: int) -> list[str]:
    """Return the words of all pages, without headings and dates that were told before."""
    told: list[str] = []
    begun: set[str] = set()
    for page in found:
        repeated = headings if page.number > 1 else 0
        for part in page.parts[repeated:]:
            words = words_of(plain(part))
            if isinstance(part, Item):
                again = words_of(f"{part.label} {part.remark}") if part.id in begun else []
                words = words[len(again) :]
                begun.add(part.id)
            told += words
    return told


def leading_headings(parts: Iterable[Part]) -> int:
    number = 0
    for part in parts:
        if not isinstance(part, Heading):
            break
        number += 1
    return number


@given(replies(), ROOMS)
def test_every_word_stands_on_one_page_once_and_in_order(
    parts: tuple[Part, ...], room: Room
) -> None:
    headings = leading_headings(parts)
    if sum(map(size, parts[:headings])) > room.size // 4:
        headings = 0
    told = words_told(pages(reply(*parts), room, size), headings)
    last = max((index for index, part in enumerate(parts) if isinstance(part, Item)), default=-1)
    # what stands behind the facts may come before some of them
    behind = [word for part in parts[last + 1 :] for word in words_of(plain(part))]
    before = [word for part in parts[: last + 1] for word in words_of(plain(part))]
    assert [word for word in told if word not in set(behind)] == before
    assert [word for word in told if word in set(behind)] == behind


@given(replies(), ROOMS)
def test_every_page_is_within_the_room(parts: tuple[Part, ...], room: Room) -> None:
    for page in pages(reply(*parts), room, size):
        assert sum(map(size, page.parts)) <= room.size
        assert sum(isinstance(part, Item) for part in page.parts) <= room.items


@given(replies(), ROOMS)
def test_every_choice_can_be_asked_on_one_page(parts: tuple[Part, ...], room: Room) -> None:
    found = pages(reply(*parts), room, size)
    asked = sorted(ask for page in found for ask in page.choices)
    choices = [one.ask for part in parts if isinstance(part, Choices) for one in part.choices]
    names = [name for part in parts if isinstance(part, SeeAlso) for name in part.names]
    assert asked == sorted(choices + names)


@given(replies(), ROOMS)
def test_every_page_names_the_sources_of_what_it_tells(parts: tuple[Part, ...], room: Room) -> None:
    cited = {part.id: part.citation for part in parts if isinstance(part, Item)}
    for page in pages(reply(*parts), room, size):
        items = [part for part in page.parts if isinstance(part, Item)]
        assert [one.citation for one in items] == [cited[one.id] for one in items]
        assert page.sources == source_line(items)


@given(replies(), ROOMS)
def test_what_is_left_is_what_later_pages_begin(parts: tuple[Part, ...], room: Room) -> None:
    found = pages(reply(*parts), room, size)
    for page in found:
        begun = {
            part.id for one in found[: page.number] for part in one.parts if isinstance(part, Item)
        }
        every = {part.id for part in parts if isinstance(part, Item)}
        assert page.items_left == len(every - begun)


@given(st.text(max_size=3_000), st.integers(60, 400))
def test_no_character_of_any_text_is_lost(text: str, room: int) -> None:
    found = pages(reply(Note(text)), Room(6, room), size)
    told = "".join(plain(part) for page in found for part in page.parts)
    assert "".join(told.split()) == "".join(text.split())
