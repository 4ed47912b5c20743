"""What a citation looks like, wherever it stands, and what an account in sentences looks like."""

from __future__ import annotations

import re

_SIGNS = re.compile(
    r"\bISBN\b|\bISSN\b|\bOCLC\b|\bdoi:|\bOl?CLC\b|\bJSTOR\b|\bPMID\b|https?://|\bwww\."
    r"|\b(?:[Rr]etrieved|[Aa]ccessed|[Aa]rchived)\b(?= (?:on |from |\d|[A-Z]))"
    r"|\bpp?\. ?\d|\bvol\. ?\d|\bVol\. ?\d|\bno\. ?\d|\bNo\. ?\d|\b[Cc]h(?:ap)?\. ?\d|\bibid\b"
    r"|\b[Ee]ds?\.|\btrans\.|\bed\. by\b|\bet al\."
    r"|\b(?:Press|Publishers?|Publishing|Verlag|Books|Editions|Editore|Éditions)\b"
    r"|\(\d{4}[a-z]?\)|\b[A-Z][a-z]+: [A-Z][\w&]+(?: [A-Z]\w+)*,? \(?\d{4}"
)
_AUTHOR_FIRST = re.compile(
    r"[\"“]?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?, (?:[A-Z][\w'’-]*\.? ?){1,3}[(,;.&]"
)
_TITLE = re.compile(r"''[^'\n]{2,200}''|[\"“][^\"”\n]{4,200}[\"”]")
_SENTENCE = re.compile(r"[a-z)\"”’'][.!?](?= +[A-Z\"“‘(]|$)")

_NOTE_MARK = re.compile(r"(?:\d{1,3}\.? ?)?[\^↑] ?\S|\[\d{1,3}\] ?\S")

SIGNS_OF_CITATION = 2
LONGEST_CITATION = 600


def looks_like_citation(text: str) -> bool:
    """Whether a stretch of text reads as a reference to a publication, by two signs at least.

    A sign is a page, a volume, a publisher, a year in brackets, an access date, a number such as an
    ISBN, the surname before the given name, a title in quotation marks or italics.
    """
    if len(text) > LONGEST_CITATION:
        return False
    signs = len({match[0] for match in _SIGNS.finditer(text)})
    signs += _AUTHOR_FIRST.match(text) is not None
    signs += _TITLE.search(text) is not None
    return signs >= SIGNS_OF_CITATION


def is_footnote(text: str) -> bool:
    """Whether a paragraph is a citation by itself, or begins as the notes under an article do."""
    if _NOTE_MARK.match(text):
        return True
    begins_as_one = _AUTHOR_FIRST.match(text) or _TITLE.match(text)
    return begins_as_one is not None and looks_like_citation(text)


def reads_as_prose(text: str) -> bool:
    """Whether a text is an account of at least two sentences and no citation.

    It is asked of what stands under headings such as "Sources", where some articles list books and
    others tell of the chronicles that know of their subject.
    """
    return len(_SENTENCE.findall(text)) >= 2 and not looks_like_citation(text)
