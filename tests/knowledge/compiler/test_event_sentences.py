"""Whatever a text holds, an event's sentence is short, of one line, and ends with a stop."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.compiler.dates import find_dates
from knowledge.compiler.events import find_events
from knowledge.compiler.found_event import FoundEvent
from knowledge.compiler.people import find_cast
from knowledge.compiler.sentence_spans import sentence_spans
from knowledge.compiler.shortening import shorten
from knowledge.readers.article import Article, Block, Piece, Role

WORDS = (
    'Kern Brandt he she it they who which that was were had left died born and but , ; : ( ) " “ ”'
    " . – — [4] on in by until after before of the a his her their 3 May 1811 5 June 1812 1813"
    " Riga married founded leaving killing not never to would § \u200b ''"
).split(" ")


def events_of(text: str) -> tuple[FoundEvent, ...]:
    block = Block(Role.PROSE, text, (), (Piece(0, 0, len(text)),))
    article = Article("Otto Kern", (block,))
    dates = find_dates(article)
    return find_events(article, dates, find_cast(article, dates))


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60))
@settings(max_examples=150)
def test_any_words_make_sentences_that_a_pack_accepts(words: list[str]) -> None:
    text = " ".join(words)
    for event in events_of(text):
        assert 0 < len(event.text) <= 200
        assert event.text.splitlines() == [event.text]
        assert event.text.endswith((".", "!", "?", "…", '"', "”"))
        assert all(0 <= start < stop <= len(text) for start, stop in event.statements)


@pytest.mark.parametrize(
    "text",
    [
        "Otto Kern left Riga on 3 May 1811 and " * 600,
        "(" * 2000 + "3 May 1811" + ")" * 2000,
        '"' * 3000 + " On 3 May 1811 he left. " + '"' * 3000,
        "On 3 May 1811, " * 600 + "Kern left.",
        "Otto Kern (1811) " * 600,
    ],
)
def test_the_work_grows_with_the_text_only(text: str) -> None:
    """The bound is generous: what grew with the square of the text would take minutes."""
    block = Block(Role.PROSE, text, (), (Piece(0, 0, len(text)),))
    article = Article("Otto Kern", (block,))
    dates = find_dates(article)
    cast = find_cast(article, dates)
    begin = time.process_time()
    find_events(article, dates, cast)
    assert time.process_time() - begin < 8


def test_a_long_sentence_is_cut_at_a_clause() -> None:
    long = (
        "Otto Kern left Riga with two carts of books and a clock, " + "which he sold later, " * 12
    )
    cut = shorten(f"{long}at last.")
    assert len(cut) <= 200
    assert cut.endswith("which he sold later.")


def test_no_quotation_is_cut_in_the_middle() -> None:
    told = "Otto Kern wrote from Riga to the bishop of Kiel in the spring of that year"
    assert shorten(f"{told}, “{'so it is, ' * 30}”") == f"{told}."


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He left on Sept. 3, 1862. She stayed.", ["He left on Sept. 3, 1862.", "She stayed."]),
        ("Gov. Hale spoke. Nobody heard.", ["Gov. Hale spoke.", "Nobody heard."]),
        ("Kern (b. 1811) left.", ["Kern (b. 1811) left."]),
    ],
)
def test_abbreviations_end_no_sentence(text: str, sentences: list[str]) -> None:
    assert [text[start:stop] for start, stop in sentence_spans(text)] == sentences
