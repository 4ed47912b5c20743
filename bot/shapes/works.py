"""Books, films and songs, by somebody or about somebody."""

from __future__ import annotations

from bot.command import Invocation
from bot.shapes.asked import Asked, Readings, facts, shape
from bot.vocabulary.works import SORTS_OF_WORK

_SORTS = "|".join((*SORTS_OF_WORK, "works?", "writings", "publications", "texts", "stuff"))
_MADE = "(?:written|made|published|edited|directed|composed|authored)"
_BY = shape(
    r"(?:(?:what|which|any|all|some|the|list|list of|good|famous|are there|were)\s+)*"
    rf"(?P<sort>{_SORTS})\s+(?:(?:were|was|are|that were)\s+)?(?:{_MADE}\s+)?by\s+(?P<by>.+)",
    rf"(?:what|which)\s+(?:(?P<did_sort>{_SORTS})\s+)?(?:did|has|had|does)\s+(?P<author>.+?)\s+"
    r"(?:write|written|wrote|publish|published|author|edit|edited|compose|direct|make|found)",
    rf"(?P<whose>.+?)(?:['’]s|s['’])\s+(?P<own>{_SORTS})",
)
_ABOUT = shape(
    r"(?:(?:what|which|any|all|some|the|list|list of|good|famous|are|is|were|there|recommend|me|a)"
    rf"\s+)*(?P<sort>{_SORTS})\s+(?:(?:are|were|is|was|there|made|written|exist)\s+)*"
    r"(?:about|on|of)\s+(?P<about>.+)",
    rf"who (?:wrote|made|published) (?:a |the |any )?(?P<who_sort>{_SORTS})"
    r" (?:about|on|of) (?P<who_about>.+)",
)
_BESIDES = shape(r"\s+(?:besides|except(?: for)?|other than|apart from|aside from)\s+.+$")


def works(asked: Asked) -> Readings:
    """Read "books by X", "what did X write", "films about Y"."""
    asked = asked.without(_BESIDES)
    if match := _BY.fullmatch(asked.bare):
        name = match["by"] or match["author"] or match["whose"]
        sort = match["sort"] or match["did_sort"] or match["own"] or ""
        if asked.is_name(name):
            return (_reading("by", name, sort),)
    if match := _ABOUT.fullmatch(asked.bare):
        name, sort = match["about"] or match["who_about"], match["sort"] or match["who_sort"]
        if asked.is_name(name):
            return (_reading("about", name, sort), facts(asked.bare))
    return ()


def _reading(preposition: str, name: str, sort: str) -> Invocation:
    sort = sort.casefold()
    options = {preposition: name} | ({"sort": sort} if sort in SORTS_OF_WORK else {})
    return Invocation("works", options)
