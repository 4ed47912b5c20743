"""Sentences taken apart: which verb has which subject, and what hangs on what."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from knowledge.compiler.chunks import Shape
from knowledge.compiler.clauses import Sentence, take_apart
from knowledge.compiler.tokens import DATE, tokenize
from knowledge.compiler.verb_forms import base, past_of_gerund, past_of_participle
from knowledge.model import Span

DATED = re.compile(r"(?:\d{1,2} )?(?:May|June)(?: \d{4})?|\b1[5-9]\d\d\b")


def apart(text: str) -> Sentence:
    return take_apart(
        tokenize(text, 0, len(text), [Span(*found.span()) for found in DATED.finditer(text)])
    )


def told(text: str) -> list[tuple[str, str, str]]:
    """Return the clauses of a sentence as (shape, subject, verb)."""
    sentence = apart(text)
    tokens = sentence.tokens
    return [
        (
            clause.shape.value,
            text[tokens[clause.subject[0]].start : tokens[clause.subject[1] - 1].stop]
            if clause.subject
            else "",
            tokens[clause.verb].word,
        )
        for clause in sentence.clauses
    ]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Kern left Riga on 3 May.", [("main", "Kern", "left")]),
        (
            "Kern was born on 3 May and died in 1880.",
            [("main", "Kern", "was"), ("verb phrase", "Kern", "died")],
        ),
        (
            "Kern, who had died on 3 May, was buried on 5 May.",
            [("relative", "Kern", "had"), ("main", "Kern", "was")],
        ),
        (
            "Born in Riga on 3 May, she studied law.",
            [("participle", "she", "born"), ("main", "she", "studied")],
        ),
        (
            "He sailed to Riga, arriving on 5 May.",
            [("main", "He", "sailed"), ("gerund", "He", "arriving")],
        ),
        (
            "The fire that destroyed the mill in 1811 began in a bakery.",
            [("relative", "The fire", "destroyed"), ("main", "The fire", "began")],
        ),
        (
            "In 1811, over 200 weavers, including Kern, were fined.",
            [("main", "over 200 weavers", "were")],
        ),
        (
            "The army led by Kern defeated the rebels.",
            [("main", "The army led by Kern", "defeated")],
        ),
        ("He was tried and convicted in 1811.", [("main", "He", "was")]),
        (
            "When the war broke out in 1811, he fled.",
            [("subordinate", "the war", "broke"), ("main", "he", "fled")],
        ),
        (
            "The fort fell on 3 May; on 5 May the town followed.",
            [("main", "The fort", "fell"), ("main", "the town", "followed")],
        ),
        (
            "The bank closed on 9 May, and its director, Adler, fled on 11 May.",
            [("main", "The bank", "closed"), ("main", "its director", "fled")],
        ),
        ("Kern and Brandt married in 1903.", [("main", "Kern and Brandt", "married")]),
        ("At the congress Kern spoke on 3 May.", [("main", "Kern", "spoke")]),
        (
            "The canal cost more than the town could pay.",
            [("main", "The canal", "cost")],
        ),
        ("With both armies defeated in 1811, the king fled.", [("main", "the king", "fled")]),
        (
            "As the losses grew in 1811, the admiral resigned.",
            [("subordinate", "the losses", "grew"), ("main", "the admiral", "resigned")],
        ),
        (
            "The treaty was drafted on 3 May and signed by the king on 5 May.",
            [("main", "The treaty", "was"), ("verb phrase", "The treaty", "signed")],
        ),
    ],
)
def test_a_sentence_has_these_clauses(text: str, clauses: list[tuple[str, str, str]]) -> None:
    assert told(text) == clauses


@pytest.mark.parametrize(
    "text", ["In 1811 the mill on the Drenn.", "A long, cold winter.", "", '§ , ; : ( ) " — –']
)
def test_what_has_no_verb_has_no_clause(text: str) -> None:
    assert told(text) == []


def test_every_token_stands_in_exactly_one_chunk() -> None:
    sentence = apart("Kern, born in 1811, left Riga; on 3 May, Brandt, his wife, followed him.")
    bounds = [(chunk.start, chunk.stop) for chunk in sentence.chunks]
    assert bounds[0][0] == 0
    assert bounds[-1][1] == len(sentence.tokens)
    assert all(a[1] == b[0] for a, b in pairwise(bounds))


def test_a_date_is_one_word_and_words_in_brackets_are_no_verbs() -> None:
    sentence = apart("Kern (who was ill) left on 3 May 1811.")
    assert [token.word for token in sentence.tokens].count(DATE) == 1
    assert [clause.shape for clause in sentence.clauses] == [Shape.MAIN]
    assert sentence.tokens[sentence.clauses[0].verb].word == "left"


@pytest.mark.parametrize(
    ("gerund", "past"),
    [
        *(("leaving", "left"), ("arriving", "arrived"), ("marrying", "married"), ("dying", "died")),
        *(("stopping", "stopped"), ("writing", "wrote"), ("becoming", "became"), ("being", "was")),
    ],
)
def test_a_gerund_has_this_past(gerund: str, past: str) -> None:
    assert past_of_gerund(gerund) == past


@pytest.mark.parametrize(
    ("participle", "past"), [("taken", "took"), ("been", "been"), ("founded", "founded")]
)
def test_a_participle_has_this_past(participle: str, past: str) -> None:
    assert past_of_participle(participle) == past


def test_find_and_found_are_two_verbs() -> None:
    assert base("founded") != base("found")
    assert base("founding") == base("founded")
    assert base("written") == base("wrote") == "write"
