"""A block's text as words with their places: what names are looked for in."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right

CAPITALS = "".join(
    re.escape(chr(code))
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))
    if unicodedata.category(chr(code)) in ("Lu", "Lt")
)
"""The capital letters of Latin scripts, for a class of a regular expression."""

_ABBREVIATED = (
    "St|Dr|Mr|Mrs|Ms|Gen|Col|Maj|Capt|Lt|Sgt|Prof|Rev|Hon|Adm|Gov|Sen|Rep|Jr|Sr|Mt|Ft|Msgr|Mme"
    "|Mlle|Fr|Messrs|Cmdr|Brig|Vol|No|vol|no|ca|cf|pp|vs|etc"
)
_WORD = re.compile(
    rf"(?:[{CAPITALS}]\.)(?:-?[{CAPITALS}]\.)*(?!\w)"
    rf"|(?:{_ABBREVIATED})\."
    r"|(?:ca|c|b|d|r|fl)\.(?=\s?\d)"
    r"|\w+(?:(?:[-‑]|['’](?![sS]\b)|–(?=[^\W\d_]))\w+)*"
    r"|['’]s\b"
    r"|\S"
)
_SINGLE_INITIAL = re.compile(rf"[{CAPITALS}]\.")
_JOINED_TO_A_NAME = re.compile(
    rf"(?:al|el|ad|an|ar|as|at|az|ash|ul|ibn|bin|bint|abu)[-‑][{CAPITALS}ʿʾ‘’]"
    rf"|(?:[dl]|dell|dall|de)['’][{CAPITALS}]|[ʿʾ‘][{CAPITALS}]"
)
_NUMERALS = frozenset(
    "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII".split()
)

FUNCTION_WORDS = frozenset(
    "a an the this that these those he she it they we i you his her its their our my your him them"
    " us who whom whose which what when where why how in on at by for from to of with without"
    " within into onto upon over under after before during since until till while although though"
    " because if unless whereas as than then there here and or but nor so yet both either neither"
    " not no some any all many much most more few several other another each every one two three"
    " four five six seven eight nine ten first second third last next following among amongst"
    " between against through throughout across around about above below behind beside besides"
    " beyond near off out up down despite toward towards per via like unlike such however"
    " moreover furthermore therefore thus hence meanwhile nevertheless nonetheless instead"
    " otherwise also again once later early earlier soon now never ever only even just still"
    " already perhaps indeed finally eventually subsequently originally initially apart according"
    " along together today yesterday tomorrow that's it's following regarding concerning given"
    " is was were are be been being has had have does did would could might shall"
    " should must let due owing thanks prior alongside outside inside amid amidst whether whenever"
    " wherever whoever whatever half twice rather quite very too less least own same none nothing"
    " something everything nobody somebody everyone someone anyone see shortly afterwards"
    " thereafter elsewhere together notably especially particularly including include only"
    " conversely similarly likewise consequently accordingly additionally hitherto thereby"
    " born educated married raised trained based located founded released published written"
    " widowed orphaned wounded exiled elected appointed aged known influenced inspired encouraged"
    " supported faced left made named called sent taken given seen".split()
)
"""Words that begin a sentence with a capital letter and are no name."""

CALENDAR_WORDS = frozenset(
    "January February March April May June July August September October November December"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan Feb Mar Apr Jun Jul Aug Sep Sept"
    " Oct Nov Dec Christmas Easter Pentecost Whitsun Advent Lent Epiphany Ramadan Passover"
    " Michaelmas Whit AD BC BCE CE O.S. N.S. OS NS Eve Hanukkah Shrovetide Candlemas".split()
)


WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())


def is_latin(word: str) -> bool:
    """Whether a word is in Latin letters, those of other names of an English text."""
    letter = word[0]
    if letter < "\u0250":
        return letter.isalpha()
    letter = next((c for c in word if c.isalpha() and c not in "ʿʾ"), "")
    return bool(letter) and (letter < "\u0250" or "\u1e00" <= letter < "\u1f00")


def is_numeral(word: str) -> bool:
    """Whether a word is a Roman number as kings bear it."""
    return word in _NUMERALS


def is_capital(word: str) -> bool:
    """Whether a word is written as a name: "Kern", "J.", "al-Rashid", "d'Aubigny"."""
    return word[0].isupper() or _JOINED_TO_A_NAME.match(word) is not None


class Words:
    """The words of a text, where each starts and stops, and which of them open a sentence.

    A full stop that ends a sentence is a word of its own; that of an initial or "Dr." is not.
    """

    __slots__ = ("_sentences", "opens", "starts", "stops", "text", "words")

    def __init__(self, text: str) -> None:
        """Cut the text into words, in time linear in its length."""
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.stops: list[int] = []
        add_word, add_start, add_stop = self.words.append, self.starts.append, self.stops.append
        for match in _WORD.finditer(text):
            word, (start, stop) = match[0], match.span()
            if word[-1] == "." and len(word) == 2 and self._ends_a_sentence(word, stop):
                add_word(word[0])
                add_start(start)
                add_stop(start + 1)
                word, start = ".", start + 1
            add_word(word)
            add_start(start)
            add_stop(stop)
        self.opens = self._openings()
        self._sentences = [0, *(at for at, opens in enumerate(self.opens) if opens and at)]

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.words)

    def at(self, offset: int) -> int:
        """Return the index of the first word that starts at an offset or after it."""
        return bisect_left(self.starts, offset)

    def is_next(self, index: int) -> bool:
        """Whether a word follows the one before it after a single space."""
        return 0 < index < len(self.words) and self.starts[index] == self.stops[index - 1] + 1

    def opening_bracket(self, closing: int) -> int:
        """Return where the bracket that closes at a word opens; 0 where none does before it."""
        at = closing
        while at > 0 and self.words[at] != "(":
            at -= 1
        return at

    def sentence(self, index: int) -> tuple[int, int]:
        """Return the first word of the sentence of a word, and the one after its last."""
        at = bisect_right(self._sentences, index)
        last = self._sentences[at] if at < len(self._sentences) else len(self.words)
        return self._sentences[at - 1], last

    def _ends_a_sentence(self, word: str, stop: int) -> bool:
        """Whether the stop of "I." in "under Otto I. He ..." ends the sentence."""
        if not _SINGLE_INITIAL.fullmatch(word) or not self.words:
            return False
        if not (is_numeral(word[0]) and self.words[-1][0].isupper()):
            return False
        following = re.match(r"\s*(\w*)", self.text[stop : stop + 24])
        return following is None or not following[1] or following[1].lower() in FUNCTION_WORDS

    def _openings(self) -> list[bool]:
        opens = [False] * len(self.words)
        pending = True
        for index, word in enumerate(self.words):
            if not pending and word[-1] not in ".!?…•*":
                continue
            if pending and (word[0].isalnum() or word[0] in "ʿʾ"):
                opens[index] = True
                pending = False
            elif word in ".!?…•*;:" or word == "—":
                pending = word in ".!?…•*"
            elif word in '"“‘„«(':
                continue
            elif (
                word[-1] == "."
                and index + 1 < len(self.words)
                and self.words[index + 1].lower() in FUNCTION_WORDS
                and self.words[index + 1][0].isupper()
            ):
                pending = True
        return opens
