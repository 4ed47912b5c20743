"""A text that was cut out of a sentence is told only where it is a sentence itself."""

from __future__ import annotations

import pytest

from knowledge.compiler.well_formed import is_sentence


@pytest.mark.parametrize(
    "text",
    [
        "Otto Kern left Kiel.",
        "The terms which the envoy brought were refused.",
        "After the storm, the ship was repaired.",
        "In snow so heavy that the judges stopped, she won.",
        "The bridge (of 1911) collapsed.",
        "It soon closed.",
    ],
)
def test_a_subject_with_its_verb_is_a_sentence(text: str) -> None:
    assert is_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "Peace having been signed at Kiel.",
        "Do not mention the brother died.",
        "Kiel, 3 December 1960) appeared for the first time.",
        "A cycle of songs about a summer, was released.",
        "In snow so heavy that the judges stopped the race.",
        "It the treaty was signed.",
        "The town in the south.",
    ],
)
def test_what_lacks_a_verb_a_subject_or_half_a_bracket_is_none(text: str) -> None:
    assert not is_sentence(text)
