"""What an imported article says in its own words, where nothing was made of it.

The town is invented, in tests/packs/harbour-town.jsonl: four passages, and hardly an entry.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conversation_cases import plain

from adapters.console.render import to_text
from bot.reply import Outcome, Reply

Ask = Callable[..., Reply]

CALLED = "The library has that only in the words of its source:"


def texts(reply: Reply) -> list[str]:
    return [item.text for item in reply.items]


# -- questions that no entry answers --------------------------------------------------------------

ANSWERED = [
    # the words stand in one sentence
    ("how many barrels did Jens Brandal ship?", "forty thousand barrels"),
    ("what did the lamp of the lighthouse burn", "rapeseed oil"),
    # the name stands in the sentence before: "she"
    ("where did Tilde Okker study?", "studied in Lisbon"),
    # a synonym
    ("what broke the keel of the Grey Heron", "storm broke her keel"),
    # no entry bears the name, and a sentence explains it
    ("what was the skerry penny", "A toll called the skerry penny"),
    ("/whowas skerry penny", "A toll called the skerry penny"),
]


@pytest.mark.parametrize(("question", "answer"), ANSWERED, ids=[case[0] for case in ANSWERED])
def test_a_sentence_of_the_article_answers(harbour: Ask, question: str, answer: str) -> None:
    reply = harbour(question)
    assert reply.outcome is Outcome.FOUND
    assert any(answer in text for text in texts(reply))


NOT_ANSWERED = [
    # a word that stands nowhere counts
    "how many horses did Jens Brandal ship?",
    # somebody else's deeds
    "where did Jens Brandal study?",
    # nobody's birth is told, and another one's is none of theirs
    "when was Jens Brandal born?",
    # "Heroes" is no word of the ship's name, nor is a hero a heron
    "what year was the Grey Heron launched?",
    "who was Napoleon",
    "what was the whale penny",
]


@pytest.mark.parametrize("question", NOT_ANSWERED)
def test_no_sentence_is_told_that_does_not_answer(harbour: Ask, question: str) -> None:
    assert harbour(question).outcome is Outcome.NOT_FOUND


def test_it_is_said_that_these_are_the_words_of_the_source(harbour: Ask) -> None:
    shown = to_text(harbour("where did Tilde Okker study?"))
    assert CALLED in shown
    assert plain("Source: Merrowhaven, Harbour") in plain(shown)


def test_what_an_entry_answers_is_answered_by_it(harbour: Ask) -> None:
    reply = harbour("when was the lighthouse lit?")
    assert reply.items[0].id == "harbour-town/lighthouse"
    assert CALLED not in to_text(reply)


def test_at_most_three_sentences_are_told(harbour: Ask) -> None:
    reply = harbour("who was Jens Brandal")
    assert len(reply.items) <= 1 + 3


# -- who somebody was -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("who was Jens Brandal", "The merchant Jens Brandal shipped"),
        ("who was Okker", "drawn by the engineer Tilde Okker"),
        ("what was the Grey Heron", "The ferry Grey Heron ran"),
    ],
)
def test_the_sentences_that_name_somebody_introduce_them(
    harbour: Ask, question: str, sentence: str
) -> None:
    reply = harbour(question)
    assert reply.outcome is Outcome.FOUND
    assert any(sentence in text for text in texts(reply))


def test_who_is_explained_at_length_needs_no_introduction(polar: Ask) -> None:
    assert "In the words of the source" not in to_text(polar("who was Marthe Quillon"))
