"""Books, films and songs: what somebody is to a work, what a work is to somebody, and its sort."""

from __future__ import annotations

MAKERS = tuple(
    "author co-author creator composer painter director editor co-editor publisher translator"
    " maker illustrator contributor".split()
)
"""What somebody is to a work that is theirs."""

WORKS = tuple("work book newspaper journal letter".split())
"""What a work is to whoever made it."""

SUBJECTS = tuple("biography portrayal film novel play song portrait".split())
"""What a work is to whom it is about."""

_BOOK = frozenset(
    "book books novel novels memoir memoirs biography biographies autobiography pamphlet pamphlets"
    " history volume volumes essay essays study trilogy collection testament diary novella"
    " poem".split()
)
_FILM = frozenset("film films movie series television comedy drama documentary".split())
_PAPER = frozenset("paper papers newspaper newspapers journal journals magazine bulletin".split())
_BY_PLURAL: dict[str, frozenset[str]] = {
    "books": _BOOK,
    "biographies": frozenset("biography biographies biographer trilogy".split()),
    "novels": frozenset("novel novels novella".split()),
    "films": _FILM,
    "movies": _FILM,
    "plays": frozenset("play plays drama playlet comedy".split()),
    "songs": frozenset("song songs album band".split()),
    "papers": _PAPER,
    "newspapers": _PAPER,
    "journals": _PAPER,
    "articles": frozenset("article articles essay essays series".split()),
    "letters": frozenset("letter letters".split()),
}
SORTS_OF_WORK = _BY_PLURAL | {
    plural.replace("ies", "y") if plural == "biographies" else plural.removesuffix("s"): words
    for plural, words in _BY_PLURAL.items()
}
"""Words that say of a work that it is of a sort; other sorts are shown as works."""
