"""A text in sentences: where one ends, where a full stop ends none, and that no word is lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.sentences import sentences

# -- where a sentence ends ------------------------------------------------------------------------

SEVERAL = [
    ("The ship sails. The ice closes.", ["The ship sails.", "The ice closes."]),
    ("Who sails? Ida Holm! So it was.", ["Who sails?", "Ida Holm!", "So it was."]),
    ("He waits...  Then he goes.", ["He waits...", "Then he goes."]),
    ("Really?! Yes.", ["Really?!", "Yes."]),
    ("It ends in 1893. 1894 is worse.", ["It ends in 1893.", "1894 is worse."]),
    ("It is cold.\nThe dogs sleep.", ["It is cold.", "The dogs sleep."]),
    ("It is cold.\n\n\tThe dogs sleep.", ["It is cold.", "The dogs sleep."]),
    ("It is cold.\u00a0The dogs sleep.", ["It is cold.", "The dogs sleep."]),
    ("A. Holm sails. B. Sund stays.", ["A. Holm sails.", "B. Sund stays."]),
]


@pytest.mark.parametrize(("text", "parts"), SEVERAL, ids=[ascii(text) for text, _ in SEVERAL])
def test_a_stop_before_a_capital_or_a_number_ends_a_sentence(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


QUOTED = [
    ('"It is cold." The dogs sleep.', ['"It is cold."', "The dogs sleep."]),
    ("“It is cold.” The dogs sleep.", ["“It is cold.”", "The dogs sleep."]),
    ("‘It is cold.’ The dogs sleep.", ["‘It is cold.’", "The dogs sleep."]),
    ('It is cold. "Sleep," she says.', ["It is cold.", '"Sleep," she says.']),
    ("It is cold. “Sleep,” she says.", ["It is cold.", "“Sleep,” she says."]),
    ("It is cold. ‘Sleep,’ she says.", ["It is cold.", "‘Sleep,’ she says."]),
    ("It is cold. (The dogs sleep.) So be it.", ["It is cold.", "(The dogs sleep.)", "So be it."]),
    ("(It is “cold.”) The dogs sleep.", ["(It is “cold.”)", "The dogs sleep."]),
    ('(She asks, "Why?") The dogs sleep.', ['(She asks, "Why?")', "The dogs sleep."]),
]


@pytest.mark.parametrize(("text", "parts"), QUOTED, ids=[ascii(text) for text, _ in QUOTED])
def test_closing_quotes_and_brackets_belong_to_what_they_close(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


SCRIPTS = [
    ("She sails. Élise stays.", ["She sails.", "Élise stays."]),
    ("She sails. Østen stays.", ["She sails.", "Østen stays."]),
    ("She sails. Иван stays.", ["She sails.", "Иван stays."]),
    ("Она плывёт. Он ждёт.", ["Она плывёт.", "Он ждёт."]),
    ("Она плывёт. Ёлка стоит.", ["Она плывёт.", "Ёлка стоит."]),
    ("Вона пливе. Її чекають.", ["Вона пливе.", "Її чекають."]),
    ("She sails. Łukasz stays.", ["She sails.", "Łukasz stays."]),
    ("She sails. Šimon stays.", ["She sails.", "Šimon stays."]),
    ("Πλέει μακριά. Αυτός μένει.", ["Πλέει μακριά.", "Αυτός μένει."]),
]


@pytest.mark.parametrize(("text", "parts"), SCRIPTS, ids=[ascii(text) for text, _ in SCRIPTS])
def test_a_capital_of_any_alphabet_begins_a_sentence(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


# -- where a full stop ends none ------------------------------------------------------------------

WHOLE = [
    # initials
    "The ship of J. R. Holm sails.",
    "J.R. Holm sails.",
    "She signs as I. Holm (I. H. Holm on maps).",
    "Jean-P. Lund sails.",
    "The U.S. Navy helps.",
    "Капитан И. В. Лунд плывёт.",
    "The poet Č. Novak sails.",
    "The poet Ł. Novak sails.",
    # what stands before a name or a number
    "She meets Dr. Holm at St. Olaf with Mrs. Sund, Mr. Sund and Ms. Berg.",
    "Gen. Holm, Col. Sund and Capt. Berg sail.",
    "Prof. Holm asks Rev. Sund and the Hon. Ida Berg.",
    "Olaf Berg Jr. Holmsen and Olaf Berg Sr. Holmsen sail.",
    "Lt. Holm and Sgt. Sund sail.",
    "They climb Mt. Erling from Ft. Ross.",
    "It is told in vol. 2, No. 7, Nos. 8 and 9, p. 12, pp. 14 and vols. 3 to 4.",
    "She is born c. 1850 or ca. 1851.",
    "Holm vs. Sund is heard.",
    "Others, e.g. Holm, i.e. Ida, cf. Sund, sail.",
    # decimals, marks within a word, small letters
    "The ice is 3.5 metres thick and the boat 12.25 long.",
    "It costs 1.000.000 crowns.",
    "Visit www.holm.example and holm.txt now.",
    "At 5 p.m. they sail.",
    "She calls the ship Sabel! and sails.",
    "She asks “why?” and sails.",
    "She asks (why?) and sails.",
    "The novel Who Sails? is read",
    "He waits... and goes.",
]


@pytest.mark.parametrize("text", WHOLE, ids=ascii)
def test_one_sentence_stays_whole(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize("word", ["map", "cap", "Vilno", "vast", "arc", "Kazno"])
def test_a_word_that_ends_like_an_abbreviation_still_ends_a_sentence(word: str) -> None:
    assert sentences(f"It is the {word}. The dogs sleep.") == [
        f"It is the {word}.",
        "The dogs sleep.",
    ]


# -- nothing is lost ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u00a0", "\u2003"])
def test_no_text_has_no_sentence(text: str) -> None:
    assert sentences(text) == []


@pytest.mark.parametrize("text", [".", "?!", "...", "no end", "NO END", "—", "😀"])
def test_a_text_without_an_end_is_one_sentence(text: str) -> None:
    assert sentences(f"  {text}\n") == [text]


pieces = st.sampled_from(
    [*'aZ9ДéŁ.!?"”’)(“‘ \n\t\u00a0\u2028\x1c', "St.", "No.", " Holm", ". ", '." ', "... "]
)
texts = st.text() | st.lists(pieces).map("".join)


@given(texts)
@example("He came. No. 5 left.")
@example('"Why?" "So." He left.')
def test_the_sentences_together_hold_every_word_in_order(text: str) -> None:
    assert " ".join(sentences(text)).split() == text.split()


@given(texts)
def test_no_sentence_is_empty_or_has_blanks_around_it(text: str) -> None:
    assert all(sentence and sentence == sentence.strip() for sentence in sentences(text))


@given(texts)
def test_each_sentence_stands_in_the_text_as_it_is_told(text: str) -> None:
    rest = text
    for sentence in sentences(text):
        before, found, rest = rest.partition(sentence)
        assert found
        assert not before.strip()


@given(st.lists(st.from_regex(r"[A-Z][a-z]{2,8}( [a-z]{3,8}){1,4}[.!?]", fullmatch=True)))
def test_plain_sentences_come_back_as_they_were_written(told: list[str]) -> None:
    assert sentences(" ".join(told)) == told
