"""Which headings open the parts of an article that are no story: references, links, lists of works.

The headings are those that encyclopedias in English use for their appendices, after Wikipedia's
manual of style ("Layout: standard appendices and footers") and the variants of older articles.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from knowledge.readers.article import Role
from knowledge.readers.citations import reads_as_prose


class Zone(StrEnum):
    """What kind of part of an article a section is."""

    BODY = "body"
    NOTES = "notes"
    """Footnotes and citations."""
    REFERENCES = "references"
    """Bibliography, further reading, links, see also."""
    WORKS = "works"
    """What somebody made or won, as a list: discography, filmography, publications."""


_HEADINGS = {
    Zone.NOTES: """
        notes|footnotes|endnotes|citations|references|notes and references|references and notes
        references and footnotes|notes and citations|citations and notes|footnotes and references
        explanatory notes|informational notes|general notes|notelist|inline citations|cited sources
        references and sources|sources and references|notes and sources|general references
        general and cited references|specific references|annotations|reference list|refs|note
        reference|footnote|in-line citations|explanatory footnotes
    """,
    Zone.REFERENCES: """
        bibliography|sources|further reading|external links|external link|see also|links|web links
        weblinks|general sources|general and cited sources|cited works|works cited|literature cited
        secondary sources|primary sources|printed sources|online sources|web sources|other sources
        general bibliography|select bibliography|selected bibliography|references cited
        secondary literature|literature|further information|related articles|related pages
        additional reading|reading list|suggested reading|recommended reading|biographical sources
        sources and further reading|references and further reading|bibliography and further reading
        further reading and external links|sources cited|books cited|book sources|archives
        archival sources|archival collections|archival materials|resources|external resources
        other reading|news articles|journal articles|historiography and bibliography|navigation
        external sources|press articles|media links|related topics|portals|source|categories
        biographical information|bibliographical sources|scholarly sources|ancient sources
        modern sources|contemporary sources
    """,
    Zone.WORKS: """
        discography|selected discography|filmography|selected filmography|videography|works|writings
        selected works|selected writings|published works|publications|selected publications|books
        list of works|major works|principal works|notable works|main works|literary works|articles
        works by|books by|albums|studio albums|live albums|compilation albums|singles|releases
        compositions|selected compositions|list of compositions|paintings|selected paintings|poetry
        novels|plays|short stories|essays|short story collections|collections|translations|film
        television|theatre|theater|stage|radio|films|video games|awards and nominations
        bibliography of works|editions|english translations|music videos|extended plays|soundtracks
        recordings|collected works|written works|works in english|works in translation|non-fiction
        fiction|children's books|biographies|biographies and monographs|in popular culture
        media portrayals|portrayals|tour dates|concert tours|tours|track listing|chart performance
        charts|setlist
    """,
}
_ZONES = {
    heading.strip(): zone
    for zone, table in _HEADINGS.items()
    for heading in table.replace("\n", "|").split("|")
    if heading.strip()
}

_WITH_WHOSE = re.compile(
    r"(?P<kind>works|books|writings|publications|books and articles|films|articles|plays|poems)"
    r" (?:by|about|on|of) ",
)


def zone_of(section: tuple[str, ...]) -> Zone:
    """Return what kind of part the section with this path of headings is.

    A part within the references is of them, whatever it is called; elsewhere the innermost heading
    that says anything decides.

    >>> zone_of(("Life", "Youth"))
    <Zone.BODY: 'body'>
    >>> zone_of(("References", "Books"))
    <Zone.NOTES: 'notes'>
    """
    zones = [zone_of_heading(heading) for heading in section]
    for zone in zones:
        if zone in (Zone.NOTES, Zone.REFERENCES):
            return zone
    return next((zone for zone in reversed(zones) if zone is not Zone.BODY), Zone.BODY)


def zone_of_heading(heading: str) -> Zone:
    """Return what kind of part a heading by itself opens."""
    words = heading.casefold().strip(" :.")
    if words in _ZONES:
        return _ZONES[words]
    return Zone.WORKS if _WITH_WHOSE.match(words) else Zone.BODY


def role_in_section(role: Role, section: tuple[str, ...], text: Callable[[], str]) -> Role:
    """Return what a block is, given what it looks like and the section that it stands in.

    Among references a paragraph that reads as an account of its own stays one; `text` gives it.
    """
    match zone_of(section):
        case Zone.NOTES:
            return Role.NOTE
        case Zone.REFERENCES:
            return role if role is Role.PROSE and reads_as_prose(text()) else Role.REFERENCE
        case _:
            return role
