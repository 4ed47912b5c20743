"""What kind of happening a sentence tells, and whether it is grim."""

from __future__ import annotations

import pytest

from knowledge.compiler.event_kinds import kind_of, tone_of
from knowledge.model import Tone


@pytest.mark.parametrize(
    ("text", "verb", "kind"),
    [
        ("Otto Kern was born in Kiel.", "born", "birth"),
        ("Otto Kern died of typhus.", "died", "death"),
        ("Eleven rebels were hanged at dawn.", "hanged", "execution"),
        ("A student murdered the governor.", "murdered", "assassination"),
        ("Otto Kern married Ilse Brandt.", "married", "marriage"),
        ("The king signed the treaty at Kiel.", "signed", "treaty"),
        ("The Treaty of Kiel was signed.", "signed", "treaty"),
        ("Otto Kern wrote to the bishop.", "wrote", "letter"),
        ("Otto Kern wrote a novel about the sea.", "wrote", "publication"),
        ("Otto Kern delivered a speech in the market.", "delivered", "speech"),
        ("The weavers went on strike.", "went", "strike"),
        ("Otto Kern became mayor of Kiel.", "became", "appointment"),
        ("Otto Kern became blind.", "became", "event"),
        ("Otto Kern moved to Riga.", "moved", "journey"),
        ("Otto Kern left Riga.", "left", "journey"),
        ("Otto Kern left the room.", "left", "event"),
        ("The troops took the bridge.", "took", "battle"),
        ("Otto Kern took a wife's advice.", "took", "event"),
        ("The congress met in Kiel.", "met", "congress"),
        ("Otto Kern met the painter.", "met", "event"),
        ("The Chamber passed the bill.", "passed", "decree"),
        ("Otto Kern won the gold medal.", "won", "prize"),
        ("The club was founded by dockers.", "founded", "founding"),
        ("Otto Kern was released from prison.", "released", "release"),
        ("Their second album was released.", "released", "publication"),
        ("The mill stood empty.", "stood", "event"),
    ],
)
def test_a_sentence_is_of_this_kind(text: str, verb: str, kind: str) -> None:
    assert kind_of(text, verb) == kind


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("Eleven rebels were shot at the wall.", Tone.GRIM),
        ("Otto Kern committed suicide.", Tone.GRIM),
        ("The massacre lasted two days.", Tone.GRIM),
        ("Otto Kern died in Kiel.", Tone.PLAIN),
        ("The bridge was opened.", Tone.PLAIN),
    ],
)
def test_a_sentence_has_this_tone(text: str, tone: Tone) -> None:
    assert tone_of(text, kind_of(text)) is tone
