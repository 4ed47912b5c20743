"""What the templates of the English Wikipedia put into an article's text.

A template that isn't listed here says nothing in the text: most are boxes, marks and navigation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.readers.wiki_dates import date_in_words
from knowledge.readers.wiki_structure import Argument


@dataclass(frozen=True, slots=True)
class Sloped:
    """An argument that is read in its place and stands in italics, as titles of works do."""

    argument: Argument


Part = str | Argument | Sloped
"""Words that the template writes, or an argument that is read in its place."""


class Kind(StrEnum):
    """What a template's words are."""

    INLINE = "inline"
    NOTE = "note"
    QUOTE = "quote"
    FACTS = "facts"
    """A box whose arguments are facts, one each."""
    FACT = "fact"
    """A line by itself beside the text."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a template stands for: its parts in order."""

    kind: Kind = Kind.INLINE
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A template where it is used: its name in lower case and its arguments.

    `positional` are the arguments without a name or with a number for one.
    """

    name: str
    positional: Sequence[Argument]
    named: Mapping[str, Argument]
    source: str
    day_first: bool = False
    """Whether the article writes "7 November", as {{Use dmy dates}} says."""

    def text(self, argument: Argument) -> str:
        """Return an argument as it is written."""
        return self.source[argument.start : argument.stop]


NOTHING = Expansion()


def expand(call: Call) -> Expansion:
    """Return what a template stands for in the text."""
    name = call.name
    positional = [call.text(argument) for argument in call.positional]
    if any("{{" in value for value in positional[:3]):
        positional = []
    named = {key: call.text(argument) for key, argument in call.named.items()}
    if call.day_first:
        named.setdefault("df", "yes")
    date = date_in_words(name, positional, named)
    if date is not None:
        return Expansion(parts=(date,))
    handler = _HANDLERS.get(name)
    if handler:
        return handler(call)
    if name == "citation" or name.startswith(("cite ", "harv", "sfn", "vcite ")):
        return _citation(call)
    if name.startswith(("infobox", "geobox", "taxobox", "football club infobox")):
        return Expansion(Kind.FACTS)
    if name.endswith(" infobox"):
        return Expansion(Kind.FACTS)
    if name.startswith(("lang-", "langx")):
        return _last_of(call, 1 if name == "langx" else 0)
    if name.startswith(("transl", "script")):
        return _last_of(call, len(call.positional) - 1)
    return _ship(call)


def _first(call: Call) -> Expansion:
    return _last_of(call, 0)


def _second(call: Call) -> Expansion:
    return _last_of(call, 1)


def _last_of(call: Call, index: int) -> Expansion:
    """Read the argument at an index, or the last one before it."""
    arguments = call.positional[: index + 1]
    if not arguments:
        text = call.named.get("text") or call.named.get("1")
        return Expansion(parts=(text,)) if text else NOTHING
    return Expansion(parts=(arguments[-1],))


def _all(separator: str) -> Callable[[Call], Expansion]:
    def handler(call: Call) -> Expansion:
        parts: list[Part] = []
        for argument in call.positional:
            if argument.start < argument.stop:
                parts += [separator, argument] if parts else [argument]
        return Expansion(parts=tuple(parts))

    return handler


def _written(words: str) -> Callable[[Call], Expansion]:
    return lambda call: Expansion(parts=(words,))


def _before(words: str, joint: str = " – ") -> Callable[[Call], Expansion]:
    """Write words before an argument, and between two: "c. 965 – c. 970"."""

    def handler(call: Call) -> Expansion:
        parts: list[Part] = []
        for argument in call.positional[:2]:
            parts += [joint] if parts else []
            if not parts or joint == " – ":
                parts.append(words)
            parts.append(argument)
        return Expansion(parts=tuple(parts) or (words,))

    return handler


def _unit(call: Call) -> Expansion:
    parts: list[Part] = []
    for argument in call.positional[:2]:
        parts += [" ", argument] if parts else [argument]
    return Expansion(parts=tuple(parts))


def _old_style(call: Call) -> Expansion:
    """Read {{OldStyleDate|10 July|1856|28 June}}: "10 July [O.S. 28 June] 1856".

    Two days, as of {{OldStyleDateNY|8 March|23 February}}, have no year.
    """
    if len(call.positional) == 2:
        return Expansion(parts=(call.positional[0], " [O.S. ", call.positional[1], "]"))
    if len(call.positional) < 3:
        return _all(" ")(call)
    day, year, old = call.positional[:3]
    if call.name == "oldstyledate":
        parts: tuple[Part, ...] = (day, " [O.S. ", old, "] ", year)
    else:
        parts = (day, " ", year, " [O.S. ", old, "]")
    return Expansion(parts=parts)


def _marriage(call: Call) -> Expansion:
    parts: list[Part] = list(call.positional[:1])
    if len(call.positional) > 1 and call.text(call.positional[1]):
        parts += [" (m. ", call.positional[1]]
        if len(call.positional) > 2 and call.text(call.positional[2]):
            end = call.named.get("end") or call.named.get("reason")
            parts += ["; ", end or "until", " ", call.positional[2]]
        parts.append(")")
    return Expansion(parts=tuple(parts))


def _as_of(call: Call) -> Expansion:
    """Read {{As of|2024|5}}: "As of May 2024"."""
    if len(call.positional) == 1:
        return Expansion(parts=("As of ", call.positional[0]))
    values = [call.text(argument).strip() for argument in call.positional[:3]]
    written = date_in_words("start date", values, {"df": "yes" if call.day_first else ""})
    return Expansion(parts=("As of ", written)) if written else NOTHING


def _short_description(call: Call) -> Expansion:
    """Read {{Short description|Scottish explorer (1873–1929)}}, which pages show beside a title."""
    text = next(iter(call.positional), None)
    if text is None or call.text(text).strip().casefold() == "none":
        return NOTHING
    return Expansion(Kind.FACT, ("Short description: ", text))


def _quote(call: Call) -> Expansion:
    text = call.named.get("text") or call.named.get("quote") or next(iter(call.positional), None)
    return Expansion(Kind.QUOTE, (text,)) if text else NOTHING


def _note(call: Call) -> Expansion:
    text = call.named.get("text") or next(iter(call.positional), None)
    return Expansion(Kind.NOTE, (text,)) if text else NOTHING


def _list_of_notes(call: Call) -> Expansion:
    refs = call.named.get("refs")
    return Expansion(Kind.NOTE, (refs,)) if refs else NOTHING


_CITED = (
    ("date", " (", ")."), ("year", " (", ")."), ("title", " ", "."), ("chapter", " ", "."),
    ("work", " ", "."), ("website", " ", "."), ("journal", " ", "."), ("newspaper", " ", "."),
    ("magazine", " ", "."), ("volume", " Vol. ", "."), ("issue", " no. ", "."),
    ("location", " ", ":"), ("publisher", " ", "."), ("page", " p. ", "."), ("pages", " pp. ", "."),
    ("isbn", " ISBN ", "."), ("url", " ", "."), ("access-date", " Retrieved ", "."),
    ("accessdate", " Retrieved ", "."), ("archive-date", " Archived ", "."),
    ("archivedate", " Archived ", "."),
)  # fmt: skip


def _citation(call: Call) -> Expansion:
    """Read a citation as "last, first (date). title. ... Retrieved access-date."."""
    if call.name.startswith(("sfn", "harv")):
        parts: list[Part] = []
        for argument in call.positional:
            parts += [" ", argument] if parts else [argument]
        for key, words in (("p", " p. "), ("pp", " pp. "), ("loc", " ")):
            if key in call.named:
                parts += [words, call.named[key]]
        kind = Kind.NOTE if call.name.startswith("sfn") else Kind.INLINE
        return Expansion(kind, tuple(parts))
    parts = []
    for last, first in (("last", "first"), ("last1", "first1"), ("author", ""), ("author1", "")):
        if last in call.named:
            parts.append(call.named[last])
            if first in call.named:
                parts += [", ", call.named[first]]
            break
    for key, before, after in _CITED:
        cited = call.named.get(key)
        if cited is not None and cited.start < cited.stop:
            parts += [before, Sloped(cited) if key == "title" else cited, after]
    return Expansion(parts=tuple(parts))


def _ship(call: Call) -> Expansion:
    """Read {{HMS|Victory}}, {{SS|Great Britain}}: the template's name is the prefix."""
    if call.name not in _SHIPS or not call.positional:
        return NOTHING
    return Expansion(parts=(call.name.upper(), " ", call.positional[0]))


_SHIPS = frozenset("hms uss ss ms mv rms hmas hmcs sms ins rfa usns mt gts hnoms arm orp".split())

_HANDLERS: dict[str, Callable[[Call], Expansion]] = {
    "short description": _short_description,
    "oldstyledate": _old_style,
    "oldstyledatedy": _old_style,
    "oldstyledateny": _old_style,
    "marriage": _marriage,
    "convert": _unit,
    "cvt": _unit,
    "ship": _all(" "),
    "sortname": _all(" "),
    "frac": _all("/"),
    "fraction": _all("/"),
    "post-nominals": lambda call: NOTHING,
    "efn": _note,
    "efn-ua": _note,
    "refn": _note,
    "note": _note,
    "footnote": _note,
    "#tag:ref": _note,
    "reflist": _list_of_notes,
    "notelist": _list_of_notes,
    "ublist": _all("; "),
    "as of": _as_of,
    "nbsp": _written(" "),
    "space": _written(" "),
    "pad": _written(" "),
    "spaces": _written(" "),
    "snd": _written(" – "),
    "spnd": _written(" – "),
    "spaced ndash": _written(" – "),
    "sndash": _written(" – "),
    "ndash": _written("–"),
    "en dash": _written("–"),
    "–": _written("–"),
    "mdash": _written("—"),
    "em dash": _written("—"),
    "—": _written("—"),
    "spaced en dash": _written(" – "),
    "'": _written("'"),
    "'s": _written("'s"),
    "!": _written("|"),
    "=": _written("="),
    "·": _written(" · "),
    "•": _written(" · "),
    "bullet": _written(" · "),
    "dot": _written(" · "),
    "circa": _before("c. "),
    "c.": _before("c. "),
    "ca.": _before("c. "),
    "ca": _before("c. "),
    "floruit": _before("fl. ", "–"),
    "fl.": _before("fl. ", "–"),
    "fl": _before("fl. ", "–"),
    "reign": _before("r. ", "–"),
    "r.": _before("r. ", "–"),
    "b.": _before("b. "),
    "born-in": _before("born "),
    "d.": _before("d. "),
    "died-in": _before("died "),
    "bce": _all(" "),
}
_HANDLERS |= dict.fromkeys(
    "nowrap|nobr|small|smaller|big|larger|abbr|tooltip|em|strong|sup|sub|underline|nobold|noitalic"
    "|linktext|flag|flagu|flagcountry|ill|center|sic|interlanguage link|no wrap|not a typo"
    "|proper name|small caps|nihongo|nihongo2|zh".split("|"),
    _first,
)
_HANDLERS |= dict.fromkeys(["lang", "color", "font color", "rtl-lang", "transl"], _second)
_HANDLERS |= dict.fromkeys(
    "hlist|plainlist|plain list|flatlist|flat list|ubl|unbulleted list|collapsible list"
    "|br separated entries|bulleted list".split("|"),
    _all("; "),
)
_HANDLERS |= dict.fromkeys(
    "blockquote|quote|cquote|quotation|quote box|centered pull quote|rquote|quotebox|bquote"
    "|pull quote|poemquote|poem quote".split("|"),
    _quote,
)
