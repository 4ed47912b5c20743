"""What the elements of a web page are for an article: text, facts, notes, or not to be read."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.readers.article import Role
from knowledge.readers.markup_tokens import Tag

VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr keygen".split()
)
BLOCKS = frozenset(
    "p div section article main header footer aside nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table"
    " tbody thead tfoot tr caption blockquote pre figure figcaption details summary hr form body"
    " html head fieldset address center title".split()
)
"""Elements that begin and end a block of text. Cells of tables are not: a row is one block."""

ITALICS = frozenset(["i", "em"])

ENDS_OF_ROWS = frozenset("tr table tbody thead tfoot caption h1 h2 h3 h4 h5 h6".split())
"""Elements that end a row of a table; others in its cells do not."""

CLOSED_BY: dict[str, tuple[str, ...]] = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("tr",),
    "td": ("td", "th"),
    "th": ("td", "th"),
} | dict.fromkeys(
    "p div section ul ol dl table h1 h2 h3 h4 h5 h6 blockquote figure pre".split(), ("p",)
)
"""Which open element ends where one of these begins, after the HTML standard's optional tags."""

_SKIPPED = frozenset(
    "head script style nav noscript template iframe svg math button select textarea audio video"
    " canvas object map form footer img".split()
)
_SKIPPED_CLASSES = frozenset(
    """
    mw-editsection navbox vertical-navbox navbar navbox-styles hatnote dablink rellink noprint toc
    mw-jump-link metadata ambox tmbox mbox-small sistersitebox sidebar shortdescription reference
    mw-ref Inline-Template printfooter mw-indicators mw-cite-backlink mwe-math-element catlinks
    portal authority-control mw-authority-control navigation-not-searchable mw-empty-elt nomobile
    mw-hidden-catlinks geo-nondefault error mw-kartographer-maplink mw-footer
    mw-page-title-edit mw-collapsible-toggle mw-table-of-contents-container vector-toc side-box
    cite-accessibility-label ext-phonos mw-tmh-player audiolink share breadcrumb breadcrumbs cookie
    cookie-banner advertisement related-articles comments newsletter
    """.split()
)
_NOTE_LISTS = frozenset("references mw-references mw-references-wrap reflist footnotes".split())
_CAPTION_CLASSES = frozenset(
    "thumbcaption gallerytext infobox-caption gallerycaption wp-caption-text".split()
)
_BOXES = frozenset("infobox portable-infobox vcard biota geography taxobox".split())
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_SAYS_MORE = re.compile(r"class|style|id=|hidden|role", re.IGNORECASE)
_ROLES = {
    "li": Role.LIST,
    "dt": Role.LIST,
    "dd": Role.LIST,
    "tr": Role.TABLE,
    "blockquote": Role.QUOTE,
    "figcaption": Role.CAPTION,
    "caption": Role.CAPTION,
}

_MAIN = (
    ("class", "mw-parser-output", re.compile(r"""\bclass=["'][^"']{0,200}\bmw-parser-output\b""")),
    ("id", "mw-content-text", re.compile(r"""\bid=["']mw-content-text["']""")),
    ("name", "article", re.compile(r"<article[\s>]", re.IGNORECASE)),
    ("name", "main", re.compile(r"<main[\s>]", re.IGNORECASE)),
    ("id", "content", re.compile(r"""\bid=["']content["']""")),
)


class MainPart(NamedTuple):
    """How the element that holds the article is known: by its class, id or name."""

    by: str
    value: str


class Meaning(NamedTuple):
    """What an element is for the article."""

    role: Role | None = None
    is_skipped: bool = False
    is_main: bool = False
    is_box: bool = False
    is_note_list: bool = False
    is_row: bool = False


def main_part(source: str) -> MainPart | None:
    """Return how a page marks the part that is the article; none where all of it may be."""
    for by, value, pattern in _MAIN:
        if pattern.search(source):
            return MainPart(by, value)
    return None


def meaning_of(tag: Tag, part: MainPart | None) -> Meaning:
    """Return what an element is, from its name and attributes."""
    name = tag.name
    is_main = part is not None and part.by == "name" and name == part.value
    role = _ROLES.get(name)
    if name in _SKIPPED:
        return Meaning(is_skipped=True)
    if _SAYS_MORE.search(tag.rest) is None:
        return Meaning(role, is_main=is_main, is_row=name == "tr")
    attributes = tag.attributes()
    classes = set(attributes.get("class", "").split())
    if part and part.by == "class":
        is_main = part.value in classes
    elif part and part.by == "id":
        is_main = attributes.get("id") == part.value
    hidden = _HIDDEN.search(attributes.get("style", "")) or "hidden" in attributes
    is_reference = name == "sup" and attributes.get("id", "").startswith("cite_ref")
    if hidden or is_reference or (classes & _SKIPPED_CLASSES and not is_main):
        return Meaning(is_skipped=True)
    if attributes.get("role") in ("navigation", "banner", "search", "contentinfo"):
        return Meaning(is_skipped=True)
    if classes & _CAPTION_CLASSES:
        role = Role.CAPTION
    return Meaning(
        role,
        is_main=is_main,
        is_box=bool(classes & _BOXES),
        is_note_list=bool(classes & _NOTE_LISTS),
        is_row=name == "tr",
    )
